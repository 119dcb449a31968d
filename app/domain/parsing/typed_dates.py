"""Dates as people type them into a field or the quick entry: forgiving, and shown back before anything is stored."""

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import StrEnum

from app.domain.checking import Problem
from app.domain.parsing.dates import EARLIEST, LATEST, DateOrder, ParsedDate, parse_date
from app.domain.parsing.months import FILLERS, MONTHS, WEEKDAYS, fold
from app.domain.parsing.shown import shown


class Lean(StrEnum):
    """Which year a date without one is meant in."""

    THIS_YEAR = "this_year"
    PAST = "past"
    FUTURE = "future"


_NEAR = {
    "today": 0, "tod": 0, "now": 0, "heute": 0, "aujourdhui": 0, "hoy": 0,
    "tomorrow": 1, "tom": 1, "tmr": 1, "morgen": 1, "demain": 1, "manana": 1,
    "yesterday": -1, "yest": -1, "gestern": -1, "hier": -1, "ayer": -1,
}  # fmt: skip
_OFFSET = re.compile(r"([+-])\s?([0-9]{1,4})\s?(d|w|m|y|days?|weeks?|months?|years?)?")
_DAY_MONTH = re.compile(r"([0-9]{1,2})[-/. ]\s?([0-9]{1,2})[-/.]?")
_WORDS = re.compile(r"[^\W\d_]+|[0-9]+")
MEND = "Write it like 2026-04-03, 3 Apr, fri, tomorrow or +2w."


def parse_date_typed(
    text: str, today: date, order: DateOrder = DateOrder.DMY, lean: Lean = Lean.THIS_YEAR
) -> date | Problem:
    """Read a typed date: `today`, `tomorrow`, `fri`, `last fri`, `+2w`, `-3d`, `3.4.`, `12 Mar`, or a full date.

    A weekday is the next one after today. `order` is that of the firm's locale, `lean` says which year a date without
    one is meant in.
    """
    typed = " ".join(fold(text).replace("'", "").replace("’", "").split())
    if not typed:
        return Problem("", "The date is missing.", MEND)
    if typed in _NEAR:
        return today + timedelta(days=_NEAR[typed])
    try:
        found = _weekday(typed, today) or _offset(typed, today) or _without_year(typed, today, order, lean)
    except (ValueError, OverflowError):
        found = None
    if found is not None and EARLIEST <= found.year <= LATEST:
        return found
    numeric = order if order is not DateOrder.YMD else DateOrder.DMY
    for attempt in (order, numeric):
        parsed = parse_date(text, attempt, today)
        if isinstance(parsed, ParsedDate):
            return parsed.day
    return Problem("", f"{shown(text)} is no date.", MEND)


def _weekday(typed: str, today: date) -> date | None:
    first, _, rest = typed.partition(" ")
    if first in ("next", "last", "this") and rest == "week":
        return today + timedelta(days={"next": 7, "last": -7, "this": 0}[first])
    name = (rest if first in ("next", "last", "this", "on") else typed).rstrip(".")
    if name not in WEEKDAYS:
        return None
    ahead = (WEEKDAYS[name] - today.weekday() - 1) % 7 + 1
    if first == "last":
        behind = (today.weekday() - WEEKDAYS[name] - 1) % 7 + 1
        return today - timedelta(days=behind)
    if first == "next":
        monday = today + timedelta(days=7 - today.weekday())
        return monday + timedelta(days=WEEKDAYS[name])
    return today + timedelta(days=ahead)


def _offset(typed: str, today: date) -> date | None:
    match = _OFFSET.fullmatch(typed)
    if match is None:
        return None
    count = int(match[2]) * (1 if match[1] == "+" else -1)
    unit = (match[3] or "d")[0]
    if unit in "dw":
        return today + timedelta(days=count * (7 if unit == "w" else 1))
    return _months_on(today, count * (12 if unit == "y" else 1))


def _months_on(day: date, months: int) -> date:
    """Move by months; a day that the month does not have becomes its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _without_year(typed: str, today: date, order: DateOrder, lean: Lean) -> date | None:
    numeric = _DAY_MONTH.fullmatch(typed)
    if numeric:
        first, second = int(numeric[1]), int(numeric[2])
        day, month = (first, second) if order is DateOrder.DMY else (second, first)
        return _in_year(day, month, today, lean)
    words = [word for word in _WORDS.findall(typed) if word not in FILLERS and word not in WEEKDAYS]
    if len(words) != 2:
        return None
    number, name = (words[0], words[1]) if words[0].isdigit() else (words[1], words[0])
    if name not in MONTHS or not number.isdigit() or len(number) > 2:
        return None
    return _in_year(int(number), MONTHS[name], today, lean)


def _in_year(day: int, month: int, today: date, lean: Lean) -> date | None:
    step = {Lean.THIS_YEAR: 0, Lean.PAST: -1, Lean.FUTURE: 1}[lean]
    years = [today.year + step * count for count in range(9)] if step else [today.year]
    for year in years:
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if not step or (found <= today if step < 0 else found >= today):
            return found
    return None
