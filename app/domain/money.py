"""Money: integer minor units with a currency code; exact, rounded half away from zero once (METRICS 0)."""

from decimal import Decimal
from fractions import Fraction

NO_MINOR_UNITS = frozenset({"JPY", "KRW", "ISK", "CLP", "VND", "XAF", "XOF", "UGX", "PYG"})
SYMBOLS = {
    "GBP": "£",
    "EUR": "€",
    "USD": "$",
    "JPY": "¥",
    "CHF": "CHF ",
    "SEK": "kr ",
    "NOK": "kr ",
    "DKK": "kr ",
}


def round_half_away(value: Fraction) -> int:
    """Round to the nearest integer, halves away from zero (METRICS 0): 2.5 -> 3, -2.5 -> -3."""
    whole, rest = divmod(abs(value.numerator), value.denominator)
    if 2 * rest >= value.denominator:
        whole += 1
    return whole if value >= 0 else -whole


def minor_digits(currency: str) -> int:
    """How many decimal places the currency has: 2 for GBP, 0 for JPY."""
    return 0 if currency.upper() in NO_MINOR_UNITS else 2


def minor_units(currency: str) -> int:
    """How many minor units make one major unit: 100 for GBP, 1 for JPY."""
    return 1 if currency.upper() in NO_MINOR_UNITS else 100


def to_minor(amount: Decimal | Fraction, currency: str) -> int:
    """Turn an amount in major units (pounds) into integer minor units (pence), half away from zero."""
    return round_half_away(Fraction(amount) * minor_units(currency))


def to_major(minor: int | Fraction, currency: str) -> Fraction:
    """Turn minor units (pence) into an exact amount in major units (pounds)."""
    return Fraction(minor) / minor_units(currency)


def convert(original: int, original_currency: str, rate: Decimal, base_currency: str) -> int:
    """Convert minor units at a rate given in base units for one original unit, rounded once (METRICS P6)."""
    return to_minor(to_major(original, original_currency) * Fraction(rate), base_currency)
