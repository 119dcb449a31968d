"""Fields for times of day, lengths of time and exchange rates; days and money have theirs in `days` and `numbers`."""

from decimal import Decimal

from app.domain.checking import InvalidInputError, Problem
from app.domain.parsing import DecimalMark, parse_minutes, parse_time, read_plain
from app.words.catalogue import tr
from ui.widgets.parsed_field import ParsedField


def rate_field(value: Decimal | None = None) -> ParsedField[Decimal]:
    """Make a field for an exchange rate: firm's units for one unit."""
    field = ParsedField(_rate, str, hint="0.79", wrong=tr("This is no rate; for example 0.79."))
    field.set_value(value)
    return field


def minutes_field(value: int | None = None) -> ParsedField[int]:
    """Make a field for a length of time in minutes: 20, 1h30."""
    field = ParsedField(_minutes, str, hint="20")
    field.set_value(value)
    return field


def time_field(value: str = "") -> ParsedField[str]:
    """Make a field for a time of day, HH:MM."""
    field = ParsedField(_time, str, hint="14:30")
    field.set_value(value or None)
    return field


def _rate(text: str) -> Decimal | None:
    point = read_plain(text, DecimalMark.POINT)
    return point if point is not None else read_plain(text, DecimalMark.COMMA)


def _minutes(text: str) -> int:
    found = parse_minutes(text)
    if isinstance(found, Problem):
        raise InvalidInputError(found)
    return found


def _time(text: str) -> str:
    found = parse_time(text)
    if isinstance(found, Problem):
        raise InvalidInputError(found)
    return f"{found:%H:%M}"


def decimal_field() -> ParsedField[Decimal]:
    """Make a field for an amount in whatever currency stands beside it: an exact number, a minus for credits."""
    return ParsedField(_rate, _grouped, hint="1,250.00", wrong=tr("This is no amount; for example 1,250.00."))


def _grouped(value: Decimal) -> str:
    return f"{value:,}"
