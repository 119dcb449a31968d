"""The paper a workbook is set up for: by the firm's currency, as a book knows no country."""

from dataclasses import dataclass

_LETTER_CURRENCIES = frozenset({"USD", "CAD", "MXN", "COP", "CLP", "PHP"})
LEFT_RIGHT, TOP, BOTTOM = 0.5, 0.6, 0.75
_INCH = 72


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper: its number in workbooks, and its short and long side in points."""

    number: int
    short: float
    long: float

    def room(self, *, landscape: bool) -> tuple[float, float]:
        """Give what a page holds between its margins, across and down, in points."""
        across, down = (self.long, self.short) if landscape else (self.short, self.long)
        return across - 2 * LEFT_RIGHT * _INCH, down - (TOP + BOTTOM) * _INCH


A4 = Paper(9, 595.3, 841.9)
LETTER = Paper(1, 612, 792)


def paper_for(currency: str) -> Paper:
    """Give the paper of a firm that counts in a currency: Letter where it is usual, else A4."""
    return LETTER if currency in _LETTER_CURRENCIES else A4
