"""Amounts, dates and times as people write them, by our own grammar (RELIABILITY 71-75); standard library only."""

from app.domain.parsing.amounts import (
    Amount,
    DecimalGuess,
    DecimalMark,
    guess_decimal,
    parse_amount,
    read_plain,
)
from app.domain.parsing.dates import (
    DateOrder,
    DateOrderGuess,
    ParsedDate,
    guess_date_order,
    parse_date,
)
from app.domain.parsing.times import parse_minutes, parse_time
from app.domain.parsing.typed_dates import Lean, parse_date_typed

__all__ = [
    "Amount",
    "DateOrder",
    "DateOrderGuess",
    "DecimalGuess",
    "DecimalMark",
    "Lean",
    "ParsedDate",
    "guess_date_order",
    "guess_decimal",
    "parse_amount",
    "parse_date",
    "parse_date_typed",
    "parse_minutes",
    "parse_time",
    "read_plain",
]
