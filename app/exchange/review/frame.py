"""What every sheet of a review shares: the workbook, the content, the words' addressee, and how a page is laid out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from app.domain.money import minor_digits, minor_units
from app.domain.reviews import ClientSafeReview
from app.exchange.workbooks.measuring import text_height
from app.exchange.workbooks.styles import (
    CELL,
    CELL_QUIET,
    EYEBROW,
    FIGURE,
    HEAD,
    HEAD_RIGHT,
    HEADING,
    SENTENCE,
    SHEET_TITLE,
    Style,
    money_format,
)
from app.exchange.workbooks.xlsx import Sheet, Workbook
from app.services.review_values import Review
from app.words import formats
from app.words.catalogue import tr
from app.words.steps import short

MARGIN = 2.0
_EYEBROW = 90


class Names(StrEnum):
    """The sheets of a review, in the order in which they are read."""

    SUMMARY = "Summary"
    PLAN = "Plan"
    DIALOGUE = "Dialogue"
    FEEDBACK = "Feedback"
    VALUE = "Value"
    FEES = "Fees"
    DEFINITIONS = "Definitions"
    STANDING = "Standing"
    CONTRIBUTION = "Contribution"
    PEOPLE = "People"


@dataclass(frozen=True, slots=True)
class Frame:
    """One review on its way into a workbook. `review` is the allow-list; `inside` all of it, for our edition only."""

    book: Workbook
    review: ClientSafeReview
    inside: Review | None = None

    @property
    def to_client(self) -> bool:
        """Whether the words are spoken to the client."""
        return self.inside is None

    @property
    def currency(self) -> str:
        """The firm's currency."""
        return self.review.currency

    def sheet(self, name: str, *widths: float) -> Sheet:
        """Begin a sheet with a narrow margin and columns of the widths given."""
        sheet = self.book.sheet(name)
        sheet.widths(MARGIN, *widths)
        return sheet

    def finish(
        self, sheet: Sheet, *, landscape: bool = False, repeat: int | None = None, one_page: bool = False
    ) -> None:
        """Set a sheet up for paper, on one page where it is hardly longer than one."""
        one_page = one_page or sheet.is_about_a_page(landscape=landscape)
        title = tr("{client} · {sheet} · as of {day}").format(
            client=short(self.review.client, 60), sheet=tr(sheet.name), day=formats.day(self.review.as_of)
        )
        sheet.print_on(title=title, landscape=landscape, repeat=repeat, one_page=one_page)

    def opening(self, sheet: Sheet, last: int, heading: str, sentence: str) -> int:
        """Write the head of a sheet: whose it is, its title, its sentence; gives the row after an empty one."""
        sheet.height(0, 8)
        sheet.merged(1, 1, last, short(self.review.client, _EYEBROW), EYEBROW)
        sheet.height(1, 15)
        sheet.merged(2, 1, last, heading, SHEET_TITLE)
        sheet.height(2, 26)
        sheet.across(3, 1, last, sentence, replace(CELL_QUIET, line="", valign="top"), least=18)
        sheet.height(4, 8)
        return 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the figures at the head: its label, value (or why there is none) and remark."""

    label: str
    value: Fraction | int | None
    style: Style
    remark: str
    why: str = ""
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Months:
    """Where the table by month stands, for charts: first and last row; fees and the three ways to speak in columns."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Heads:
    """The titles over a table; those of `right` stand over numbers, those of `indented` over texts beside numbers."""

    titles: Sequence[str]
    right: frozenset[int] = frozenset()
    indented: frozenset[int] = frozenset()

    def write(self, sheet: Sheet, row: int, column: int, least: float = 20) -> None:
        """Write them, in a row as high as they need."""
        needed = [text_height(title, sheet.width(column + at), HEAD.size) for at, title in enumerate(self.titles)]
        sheet.height(row, max(least, *needed))
        for at, title in enumerate(self.titles):
            style = HEAD_RIGHT if at in self.right else replace(HEAD, indent=1) if at in self.indented else HEAD
            sheet.text(row, column + at, title, style)


def whole_money(currency: str) -> str:
    """Give the number format of a currency without its decimals."""
    return money_format(currency).replace(f".{'0' * minor_digits(currency)}", "")


def money_figure(currency: str, largest: int) -> Style:
    """Give the look of figures at the head: without pence, once they are large enough to do without."""
    large = abs(largest) >= 1_000 * minor_units(currency)
    return replace(FIGURE, number=whole_money(currency) if large else money_format(currency))


def heading(sheet: Sheet, row: int, first: int, last: int, text: str) -> int:
    """Write a heading with air above; gives the next row."""
    sheet.height(row, 12)
    sheet.merged(row + 1, first, last, text, HEADING)
    sheet.height(row + 1, 22)
    return row + 2


def lines(sheet: Sheet, row: int, first: int, last: int, texts: Sequence[str]) -> int:
    """Write sentences, a hairline under each; gives the next row."""
    for text in texts:
        sheet.across(row, first, last, text, SENTENCE, least=22)
        row += 1
    return row


def nothing(sheet: Sheet, row: int, first: int, last: int, why: str) -> int:
    """Write a dash with its reason where a table would be; gives the next row."""
    sheet.across(row, first, last, f"{formats.DASH}  {why}", CELL_QUIET, least=22)
    return row + 1


def words(sheet: Sheet, row: int, column: int, texts: Sequence[str]) -> None:
    """Write texts side by side, in a row as high as they need."""
    sheet.row(row, list(enumerate(texts, start=column)))
    for at, text in enumerate(texts, start=column):
        sheet.text(row, at, text, CELL)
