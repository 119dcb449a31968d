"""Days counted back from the day a sample book is made."""

from datetime import date, timedelta

_HOLIDAYS = frozenset({(12, 25), (12, 26), (1, 1)})
_SEASONS = ("winter", "spring", "summer", "autumn")
# Not strftime's: those follow the computer's language, and the sample book is English.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def ago(today: date, days: int) -> date:
    """Give the day so many days before today; negative for days to come."""
    return today - timedelta(days=days)


def workday(day: date, today: date) -> date:
    """Move a day nobody works to the workday before, or to the one after when it lies ahead."""
    step = timedelta(days=1 if day > today else -1)
    while day.weekday() > 4 or (day.month, day.day) in _HOLIDAYS:
        day += step
    return day


def month_start(today: date, months_ago: int) -> date:
    """Give the first day of the month so many months before today's; negative for months to come."""
    months = today.year * 12 + today.month - 1 - months_ago
    return date(months // 12, months % 12 + 1, 1)


def season_after(day: date) -> str:
    """Name the season that is being planned on a day, about a hundred days ahead."""
    return _SEASONS[(day + timedelta(days=100)).month % 12 // 3]


def month_after(day: date) -> str:
    """Name the coming month."""
    return MONTHS[day.month % 12]
