"""Calendar arithmetic: plain dates, no time zones, windows open at the left (METRICS 0)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

YEAR_DAYS = Fraction(36525, 100)
MONTH_DAYS = Fraction(304375, 10000)


def years_before(day: date, years: int = 1) -> date:
    """Give the same calendar date some years earlier; 29 February becomes the 28th (METRICS 0)."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def months_after(day: date, months: int) -> date:
    """Give the same day some months later, or the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Window:
    """The days after `after` up to and including `until` (left end open)."""

    after: date
    until: date

    def __contains__(self, day: date) -> bool:
        return self.after < day <= self.until


def last_days(as_of: date, days: int) -> Window:
    """Give the window of the last `days` days: (as_of - days, as_of]."""
    return Window(as_of - timedelta(days=days), as_of)


def last_years(as_of: date, years: int = 1) -> Window:
    """Give the window of the last calendar years: (the same date `years` ago, as_of]."""
    return Window(years_before(as_of, years), as_of)
