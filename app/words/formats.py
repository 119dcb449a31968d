"""How money, dates, days and shares are written for people."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from app.domain.money import SYMBOLS, minor_digits, round_half_away
from app.domain.periods import MONTH_DAYS, YEAR_DAYS
from app.words.catalogue import tr, trn

# Named here, for the computer's own locale must not decide what language a date is in.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DASH = "—"
MINUS = "\N{MINUS SIGN}"


def number(value: int | Fraction, digits: int = 0) -> str:
    """Write an exact number with thousands grouped and a true minus sign: −1,234.50."""
    scaled = round_half_away(Fraction(value) * 10**digits)
    whole, rest = divmod(abs(scaled), 10**digits)
    text = f"{whole:,}" + (f".{rest:0{digits}d}" if digits else "")
    return f"{MINUS}{text}" if scaled < 0 else text


def money(minor: int | Fraction | None, currency: str, *, pence: bool = False, symbol: bool = True) -> str:
    """Write minor units as money, whole pounds unless `pence`; a dash where unknown."""
    if minor is None:
        return DASH
    digits = minor_digits(currency)
    text = number(Fraction(minor) / 10**digits, digits if pence else 0)
    if not symbol:
        return text
    sign = symbol_of(currency)
    return f"{MINUS}{sign}{text[1:]}" if text.startswith(MINUS) else f"{sign}{text}"


def symbol_of(currency: str) -> str:
    """Write what stands before an amount: £, or the code and a blank."""
    return SYMBOLS.get(currency, f"{currency} ")


def day(value: date | None) -> str:
    """Write a date in full: 24 Nov 2026; a dash where unknown."""
    return DASH if value is None else f"{value.day} {month(value)} {value.year}"


def short_day(value: date | None, as_of: date) -> str:
    """Write a date without its year where that is the year of the as-of date: 22 Sep."""
    if value is None:
        return DASH
    return day_month(value) if value.year == as_of.year else day(value)


def weekday(value: date) -> str:
    """Write a date with its weekday: Tuesday 24 November."""
    return f"{weekday_name(value)} {value.day} {full_month(value)}"


def weekday_name(value: date) -> str:
    """Write the weekday of a date: Tuesday."""
    return tr(WEEKDAYS[value.weekday()])


def weekday_short(value: date) -> str:
    """Write the weekday of a date in three letters: Tue."""
    return weekday_name(value)[:3]


def day_month(value: date) -> str:
    """Write a date without its year: 24 Nov."""
    return f"{value.day} {month(value)}"


def full_month(value: date) -> str:
    """Write the month of a date: November."""
    return tr(MONTHS[value.month - 1])


def month(value: date) -> str:
    """Write the month of a date in three letters: Nov."""
    return full_month(value)[:3]


def month_year(value: date) -> str:
    """Write the month and year of a date: Nov 2026."""
    return f"{month(value)} {value.year}"


def days(value: int) -> str:
    """Write a number of days: 1 day, 63 days."""
    return trn("{n} day", "{n} days", value)


def in_tenths(value: int | Fraction) -> str:
    """Write a number with one decimal where it is not whole: 30, 25.5."""
    return number(value, 0 if Fraction(value).denominator == 1 else 1)


def every(value: int | Fraction) -> str:
    """Write what comes after “every” where a rhythm is told: day, 30, 25.5."""
    return tr("day") if value == 1 else in_tenths(value)


def duration(value: int | Fraction | None) -> str:
    """Write a length of time in days under 60, else months, else years (METRICS P8); a dash where unknown."""
    if value is None:
        return DASH
    length = Fraction(value)
    if length < 60:
        return days(int(length)) if length.denominator == 1 else tr("{n} days").format(n=number(length, 1))
    if length < 2 * YEAR_DAYS:
        return tr("{n} months").format(n=number(length / MONTH_DAYS, 1))
    return tr("{n} years").format(n=number(length / YEAR_DAYS, 1))


def share(value: Fraction | float | None, digits: int = 0) -> str:
    """Write a share of one as per cent: 41 %, under 1 %; a dash where unknown."""
    if value is None:
        return DASH
    least = Fraction(1, 10**digits)
    percent = Fraction(value) * 100
    if 0 < percent < least / 2:
        return tr("under {least}\N{NO-BREAK SPACE}%").format(least=number(least, digits))
    return f"{number(percent, digits)}\N{NO-BREAK SPACE}%"


def odds(probability: float) -> str:
    """Write a small probability as people say it: 1 time in 40 (METRICS C6)."""
    if probability <= 0.001:
        return tr("less than 1 time in 1,000")
    if probability >= 0.5:
        return tr("more often than not")
    return tr("1 time in {n}").format(n=round(1 / probability))


def size(octets: int) -> str:
    """Write the size of a file: 40.6 MB."""
    if octets < 1_000_000:
        return tr("{n} kB").format(n=number(Fraction(octets, 1_000)))
    if octets < 1_000_000_000:
        return tr("{n} MB").format(n=number(Fraction(octets, 1_000_000), 1))
    return tr("{n} GB").format(n=number(Fraction(octets, 1_000_000_000), 1))


def listed(items: Iterable[str], most: int = 3) -> str:
    """Join words: “Acme, Bexley and 4 more”."""
    words = list(items)
    if len(words) <= most:
        return tr(" and ").join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""
    return ", ".join(words[:most]) + trn(" and {n} more", " and {n} more", len(words) - most)
