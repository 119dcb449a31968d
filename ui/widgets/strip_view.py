"""What a timeline strip shows, as plain values: marks, shaded stretches, payback, and the ticks of its axis."""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.words import formats

SHORT_DAYS = 500


class StripRow(StrEnum):
    """Where a mark stands."""

    FEES = "fees"
    THEY = "they"
    WE = "we"
    SCORES = "scores"


class SpanKind(StrEnum):
    """What a shaded stretch of time is."""

    INCUBATION = "incubation"
    RISK = "risk"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class StripMark:
    """One thing on one day; `amount` is the height of a fee (minor units), `score` a number from 0 to 10.

    `say` puts it into words; it is asked only when somebody points at the mark.
    """

    day: date
    row: StripRow
    say: Callable[[], str]
    amount: int = 0
    score: int | None = None


@dataclass(frozen=True, slots=True)
class StripSpan:
    """A shaded stretch with its words."""

    start: date
    end: date
    kind: SpanKind
    words: str


@dataclass(frozen=True, slots=True)
class StripView:
    """All that the strip shows; `summed` writes the sum of fees that became one bar."""

    start: date
    end: date
    marks: tuple[StripMark, ...] = ()
    spans: tuple[StripSpan, ...] = ()
    payback: tuple[date, str] | None = None
    summary: str = ""
    names: dict[StripRow, str] = field(default_factory=dict)
    summed: Callable[[int], str] = str


def ticks(start: date, end: date) -> list[tuple[date, str]]:
    """Give the beginnings of years, or of months where the whole is short, with their words."""
    if (end - start).days <= SHORT_DAYS:
        months = [date(year, month, 1) for year in range(start.year, end.year + 1) for month in range(1, 13)]
        step = 1 if (end - start).days <= 200 else 3
        return [
            (day, formats.month_year(day) if day.month == 1 else formats.month(day))
            for day in months
            if start <= day <= end and (day.month - 1) % step == 0
        ]
    years = [date(year, 1, 1) for year in range(start.year, end.year + 1)]
    inside = years[bisect_left(years, start) :]
    step = 1 + len(inside) // 20
    return [(day, str(day.year)) for day in inside if day.year % step == 0]
