"""Amounts as people write them: own grammar, exact decimals, nothing guessed (RELIABILITY 74, 75)."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from app.domain.checking import Problem
from app.domain.currencies import CODES, SIGNS
from app.domain.parsing.shown import shown

LONGEST = 60


class DecimalMark(StrEnum):
    """What stands before the decimals of a column."""

    POINT = "."
    COMMA = ","


class Amount(NamedTuple):
    """An exact amount in major units and the currencies its sign or code may mean; empty where none was written."""

    value: Decimal
    currencies: tuple[str, ...]


_SPACES = str.maketrans(
    {
        "\u00a0": " ",
        "\u2007": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\t": " ",
        "\u2019": "'",
        "\u2018": "'",
        "\u00b4": "'",
        "\u2212": "-",
        "\u2013": "-",
        "\ufeff": None,
        "\u200e": None,
        "\u200f": None,
    }
)
_NUMBER = {
    DecimalMark.POINT: re.compile(
        r"[1-9][0-9]{0,2}(?:(?P<group>[,' ])[0-9]{3})(?:(?P=group)[0-9]{3})*(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+"
    ),
    DecimalMark.COMMA: re.compile(
        r"[1-9][0-9]{0,2}(?:(?P<group>[.' ])[0-9]{3})(?:(?P=group)[0-9]{3})*(?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?|,[0-9]+"
    ),
}
_SIGNS = sorted(SIGNS, key=len, reverse=True)
_BEFORE = re.compile(
    r"(?P<currency>{signs}|(?<![A-Za-z])[A-Z]{{3}})\.?\s*(?=[0-9.,'(+-])".format(
        signs="|".join(re.escape(sign) for sign in _SIGNS)
    )
)
_AFTER = re.compile(
    r"(?<=[0-9)-])\s*(?P<currency>{signs}|[A-Z]{{3}})\.?".format(signs="|".join(re.escape(sign) for sign in _SIGNS))
)
# 1250,- as German and Dutch price lists write round sums.
_ROUND_SUM = {
    DecimalMark.POINT: re.compile(r"(?<=[0-9])\.-{1,2}\Z"),
    DecimalMark.COMMA: re.compile(r"(?<=[0-9]),-{1,2}\Z"),
}
MEND = "Write it as a plain number, for example 1234.50."


def parse_amount(text: str, decimal: DecimalMark) -> Amount | Problem:
    """Read an amount: digits with thousands marks, a sign or brackets for negatives, a currency before or behind.

    Accepted: `CHF 1'234.50`, `(5.00)`, `5-`, `−5`, `€ 1.234,50`. Refused: `NaN`, `1e5`, `1_000`, digits of other
    scripts, thousands marks in wrong places. All decimals are kept; rounding is the caller's.
    """
    if len(text) > LONGEST:
        return Problem("", f"{shown(text)} is no amount.", MEND)
    rest = text.translate(_SPACES).strip()
    negative, currencies, rest = _peel(rest, decimal)
    match = _NUMBER[decimal].fullmatch(rest)
    if negative is None:
        return Problem("", f"{shown(text)} has more than one sign.", MEND)
    if match is None:
        return _refuse(text, rest, decimal)
    group = match["group"]
    plain = rest.replace(group, "") if group else rest
    value = Decimal(plain.replace(",", "."))
    return Amount(-value if negative else value, currencies)


def read_plain(text: str, decimal: DecimalMark) -> Decimal | None:
    """Give the value of an amount, None where it is not one."""
    amount = parse_amount(text, decimal)
    return None if isinstance(amount, Problem) else amount.value


def _peel(text: str, decimal: DecimalMark) -> tuple[bool | None, tuple[str, ...], str]:
    """Take sign, brackets and currency off, each at most once; None for the sign where two contradict each other."""
    marks = 0
    negative = False
    currencies: tuple[str, ...] = ()
    named = False
    rest = text
    while rest:
        if rest[0] == "(" and rest[-1] == ")":
            rest, negative, marks = rest[1:-1].strip(), True, marks + 1
        elif rest[0] in "+-":
            negative, marks, rest = rest[0] == "-", marks + 1, rest[1:].strip()
        elif round_sum := _ROUND_SUM[decimal].search(rest):
            rest = rest[: round_sum.start()]
        elif rest[-1] == "-":
            rest, negative, marks = rest[:-1].strip(), True, marks + 1
        elif not named and (found := _currency(rest)):
            currencies, rest = found
            named = True
        else:
            break
    return (None if marks > 1 else negative), currencies, rest


def _currency(text: str) -> tuple[tuple[str, ...], str] | None:
    before = _BEFORE.match(text)
    if before and (known := _known(before["currency"])):
        return known, text[before.end() :]
    for after in _AFTER.finditer(text):
        if after.end() == len(text) and (known := _known(after["currency"])):
            return known, text[: after.start()]
    return None


def _known(currency: str) -> tuple[str, ...]:
    return SIGNS.get(currency) or ((currency,) if currency in CODES else ())


def _refuse(text: str, rest: str, decimal: DecimalMark) -> Problem:
    other = DecimalMark.COMMA if decimal is DecimalMark.POINT else DecimalMark.POINT
    if _NUMBER[other].fullmatch(rest):
        names = {DecimalMark.COMMA: "a decimal comma", DecimalMark.POINT: "a decimal point"}
        return Problem("", f"{shown(text)} is written with {names[other]}, the column with {names[decimal]}.", MEND)
    return Problem("", f"{shown(text)} is no amount.", MEND)


@dataclass(frozen=True, slots=True)
class DecimalGuess:
    """Which decimal mark a column is written with; where that is ambiguous, an example and the sum both ways."""

    mark: DecimalMark
    ambiguous: bool = False
    example: str = ""
    sums: dict[DecimalMark, Decimal] = field(default_factory=dict)


_PLAIN_POINT = re.compile(r"^-?[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})$", re.MULTILINE)
_TWO_POINTS = re.compile(r"\.[0-9]+\.")


def guess_decimal(values: Sequence[str]) -> DecimalGuess:
    """Find the decimal mark of a column; ambiguous where both readings hold and differ (`1.234`) and nothing decides.

    A few values that fit the other mark only (under a tenth) do not make a column ambiguous: they become Problems.
    """
    joined = "\n".join(values)
    if "," not in joined and ("." not in joined or (_PLAIN_POINT.search(joined) and not _TWO_POINTS.search(joined))):
        return DecimalGuess(DecimalMark.POINT)
    point, comma = DecimalMark.POINT, DecimalMark.COMMA
    only = {point: 0, comma: 0}
    sums = {point: Decimal(0), comma: Decimal(0)}
    example = ""
    for text, times in Counter(text for text in values if text).items():
        by_point, by_comma = read_plain(text, point), read_plain(text, comma)
        sums[point] += (by_point or 0) * times
        sums[comma] += (by_comma or 0) * times
        if by_comma is None and by_point is not None:
            only[point] += times
        elif by_point is None and by_comma is not None:
            only[comma] += times
        elif by_point != by_comma:
            example = example or text
    mark = comma if only[comma] > only[point] else point
    undecided = bool(example) and not any(only.values())
    if undecided or min(only.values()) * 10 > max(only.values()):
        return DecimalGuess(mark, ambiguous=True, example=example, sums=sums)
    return DecimalGuess(mark)
