"""Dates as lists hold them: the order of day, month and year is a fact of the column, never guessed by value."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from typing import NamedTuple

from app.domain.checking import Problem
from app.domain.parsing.months import FILLERS, MONTHS, WEEKDAYS, fold
from app.domain.parsing.shown import shown
from app.domain.parsing.times import parse_time

# The first two months of 1900 are those that spreadsheets count wrong.
EARLIEST, LATEST = 1901, 2199
LONGEST = 60


class DateOrder(StrEnum):
    """In which order a column writes day, month and year."""

    YMD = "ymd"
    DMY = "dmy"
    MDY = "mdy"


class ParsedDate(NamedTuple):
    """A calendar day and, where one was written, the time of day."""

    day: date
    time: time | None


_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ISO_MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[T ]([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:[.,][0-9]+)?)?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_NUMERIC = re.compile(r"([0-9]{1,4})(?:([-/.])\s?|\s)([0-9]{1,2})(?:(?(2)\2|(?!))\s?|(?(2)(?!)|\s))([0-9]{1,4})\.?")
_COMPACT = re.compile(r"[0-9]{8}")
_TIME_PART = re.compile(
    r"(?:[T ]\s*|,\s*)(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:\s?[AaPp]\.?[Mm]\.?)?)"
    r"\s*(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?"
)
_WORDS = re.compile(r"[^\W\d_]+|[0-9]+")
_NAMED = re.compile(r"[\w\s.,'’/-]+")
MEND = "Write it like 2026-04-03."


def full_year(two_digits: int, today: date) -> int:
    """Give the year meant by two digits: within 80 years before and 19 after the current one (RELIABILITY 72)."""
    year = today.year // 100 * 100 + two_digits
    if year > today.year + 19:
        return year - 100
    if year < today.year - 80:
        return year + 100
    return year


def parse_date(text: str, order: DateOrder, today: date) -> ParsedDate | Problem:
    """Read a date in the column's order; four digits in front are a year in every order, and so are month names.

    `today` decides the century of two-digit years. A time behind the date is given apart; a zone behind it is
    dropped, since days are those written.
    """
    stripped = text.strip()
    iso = _ISO.fullmatch(stripped)
    if iso:
        return _made(text, int(iso[1]), int(iso[2]), int(iso[3]), None)
    iso = _ISO_MOMENT.fullmatch(stripped)
    if iso:
        clock = time(int(iso[4]), int(iso[5]), int(iso[6] or 0))
        return _made(text, int(iso[1]), int(iso[2]), int(iso[3]), clock)
    if len(stripped) > LONGEST or not stripped:
        return _refused(text)
    moment: time | None = None
    found = _TIME_PART.search(stripped)
    if found and found.end() == len(stripped):
        parsed = parse_time(found["time"])
        if isinstance(parsed, Problem):
            return Problem("", f"{shown(text)} is no date with a time.", MEND)
        moment, stripped = parsed, stripped[: found.start()].rstrip(" ,")
    parts = _parts(stripped, order, today)
    return _refused(text) if parts is None else _made(text, *parts, moment)


def _parts(stripped: str, order: DateOrder, today: date) -> tuple[int, int, int] | None:
    numeric = _NUMERIC.fullmatch(stripped)
    if numeric:
        return _numeric(numeric[1], numeric[3], numeric[4], order, today)
    if _COMPACT.fullmatch(stripped):
        return _compact(stripped, order)
    return _named(stripped, today)


def _numeric(first: str, second: str, third: str, order: DateOrder, today: date) -> tuple[int, int, int] | None:
    if len(first) == 4:
        return (int(first), int(second), int(third)) if len(third) <= 2 else None
    if len(first) > 2 or len(third) not in (2, 4, 1):
        return None
    if order is DateOrder.YMD:
        if len(first) != 2 or len(third) == 4:
            return None
        return full_year(int(first), today), int(second), int(third)
    if len(third) == 1:
        return None
    year = int(third) if len(third) == 4 else full_year(int(third), today)
    if order is DateOrder.DMY:
        return year, int(second), int(first)
    return year, int(first), int(second)


def _compact(digits: str, order: DateOrder) -> tuple[int, int, int] | None:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if EARLIEST <= year <= LATEST and 1 <= month <= 12:
        return year, month, day
    if order is DateOrder.DMY:
        return int(digits[4:]), int(digits[2:4]), int(digits[:2])
    if order is DateOrder.MDY:
        return int(digits[4:]), int(digits[:2]), int(digits[2:4])
    return None


def _named(stripped: str, today: date) -> tuple[int, int, int] | None:
    """Read a date with a month's name: `3 Apr 2026`, `April 3rd, 2026`, `3. März 26`, `Fri 3 avril 2026`."""
    if not _NAMED.fullmatch(stripped):
        return None
    month = 0
    numbers: list[str] = []
    for word in _WORDS.findall(fold(stripped)):
        if word.isdigit():
            numbers.append(word)
        elif not month and word in MONTHS:
            month = MONTHS[word]
        elif word not in FILLERS and word not in WEEKDAYS:
            return None
    if not month or len(numbers) != 2:
        return None
    first, second = numbers
    if len(first) == 4:
        first, second = second, first
    if len(first) > 2 or len(second) not in (2, 4) or not (first + second).isascii():
        return None
    return int(second) if len(second) == 4 else full_year(int(second), today), month, int(first)


def _made(text: str, year: int, month: int, day: int, moment: time | None) -> ParsedDate | Problem:
    try:
        made = date(year, month, day)
    except ValueError:
        return _refused(text)
    if not EARLIEST <= year <= LATEST:
        return Problem("", f"{shown(text)} lies outside the years {EARLIEST} to {LATEST}.", MEND)
    return ParsedDate(made, moment)


def _refused(text: str) -> Problem:
    return Problem("", f"{shown(text)} is no date.", MEND)


@dataclass(frozen=True, slots=True)
class DateOrderGuess:
    """Which order a column's dates are written in and how many of its values fit each."""

    order: DateOrder
    ambiguous: bool
    fits: dict[DateOrder, int]
    total: int
    example: str


def guess_date_order(values: Iterable[str], today: date) -> DateOrderGuess:
    """Find the order of a column; ambiguous where two orders fit as well, differ, and nothing decides (RELIABILITY 71).

    Dots between two-digit parts mean the day first: no place that writes dots puts the month first. A few values that
    fit another order only (under a tenth) leave the column decided: they become Problems.
    """
    counted = Counter(values)
    counted.pop("", None)
    readings = [(text, times, _readings(text, today)) for text, times in counted.items()]
    fits = {order: sum(times for _, times, days in readings if days[order]) for order in _PREFERENCE}
    best = max(_PREFERENCE, key=lambda order: fits[order])
    guess = DateOrderGuess(best, ambiguous=False, fits=fits, total=counted.total(), example="")
    decided = False
    for other in _PREFERENCE:
        mine = sum(times for _, times, days in readings if days[best] and not days[other])
        theirs = sum(times for _, times, days in readings if days[other] and not days[best])
        differing = next((text for text, _, days in readings if days[best] != days[other] and days[other]), "")
        if (differing and not mine and not theirs) or min(mine, theirs) * 10 > max(mine, theirs):
            return replace(guess, ambiguous=True, example=differing)
        decided = decided or bool(differing or mine or theirs)
    return guess if decided else replace(guess, order=DateOrder.YMD)


_PREFERENCE = (DateOrder.DMY, DateOrder.MDY, DateOrder.YMD)
_YEAR_FIRST = re.compile(r"\s*[0-9]{4}[-/.]")
_DOTTED = re.compile(r"\s*[0-9]{1,2}\.\s?[0-9]{1,2}\.\s?(?:[0-9]{4}|[0-9]{2})\b.*")


def _readings(text: str, today: date) -> dict[DateOrder, date | None]:
    if _YEAR_FIRST.match(text):
        parsed = parse_date(text, DateOrder.YMD, today)
        return dict.fromkeys(DateOrder, None if isinstance(parsed, Problem) else parsed.day)
    days: dict[DateOrder, date | None] = {}
    for order in DateOrder:
        parsed = parse_date(text, order, today)
        days[order] = None if isinstance(parsed, Problem) else parsed.day
    if days[DateOrder.DMY] is not None and _DOTTED.fullmatch(text):
        days[DateOrder.MDY] = days[DateOrder.YMD] = None
    return days
