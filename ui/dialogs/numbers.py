"""Fields for money and whole numbers in dialogs and pages.

Usage: `money_field("GBP")` gives minor units; `number_field(wrong=…)` gives a whole number.
"""

from app.domain.checking import InvalidInputError, Problem
from app.domain.money import minor_units, to_minor
from app.domain.parsing.amounts import DecimalMark, parse_amount
from app.words import formats
from app.words.catalogue import tr
from ui.widgets.parsed_field import MoneyField, ParsedField


class MoneyParser:
    """Reads a typed amount of one currency into minor units."""

    def __init__(self, currency: str) -> None:
        self._currency = currency

    def __call__(self, text: str) -> int:
        """Read one; what cannot be read is refused with its sentence."""
        found = parse_amount(text, DecimalMark.POINT)
        if isinstance(found, Problem):
            raise InvalidInputError(found)
        return to_minor(found.value, self._currency)

    def show(self, minor: int) -> str:
        """Write minor units as they are typed: 1,250.00."""
        pence = minor % minor_units(self._currency) != 0
        return formats.money(minor, self._currency, pence=pence, symbol=False)


def money_field(currency: str, *, hint: str = "") -> MoneyField:
    """Make a field for an amount in a currency."""
    parser = MoneyParser(currency)
    return MoneyField(parser, parser.show, before=formats.symbol_of(currency).strip(), hint=hint)


class _WholeParser:
    """Reads a whole number within limits."""

    def __init__(self, least: int, most: int | None) -> None:
        self._least = least
        self._most = most

    def __call__(self, text: str) -> int | None:
        digits = text.replace(",", "").replace(" ", "")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 12):
            return None
        number = int(digits)
        if number < self._least:
            raise InvalidInputError.one("", tr("The least here is {n}.").format(n=self._least))
        if self._most is not None and number > self._most:
            raise InvalidInputError.one("", tr("The most here is {n}.").format(n=self._most))
        return number


def number_field(*, hint: str = "", wrong: str = "", least: int = 0, most: int | None = None) -> ParsedField[int]:
    """Make a field for a whole number; empty means none."""
    sentence = wrong or tr("This is no whole number; for example 20.")
    return ParsedField(_WholeParser(least, most), formats.number, hint=hint, wrong=sentence)
