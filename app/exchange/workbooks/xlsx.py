"""The typed wrapper of XlsxWriter: what may stand in a cell, and how.

Text is always text, never a formula, a link or markup. Numbers a spreadsheet cannot hold exactly and dates it does not
know become text; every character replaced and every text cut is counted in the report.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from io import BytesIO
from math import ceil

from app.domain.money import minor_units
from app.exchange.safe_text import MAX_CELL, cell_length, chunks, looks_like_formula, xlsx_safe
from app.exchange.workbooks.library import Chart, Format, Worksheet, new_workbook
from app.exchange.workbooks.measuring import EDGE, fits, text_height
from app.exchange.workbooks.paper import A4, BOTTOM, LEFT_RIGHT, TOP, Paper
from app.exchange.workbooks.report import ExportReport
from app.exchange.workbooks.styles import (
    BODY,
    CELL,
    DATE_FORMAT,
    FONT,
    HEAD,
    NOTE,
    SHEET_TITLE,
    Style,
    money_format,
)
from app.words.catalogue import tr
from app.words.formats import DASH

# Spreadsheets disagree about the days before: one of them believes in 29 February 1900.
EARLIEST = date(1900, 3, 1)
_ZERO = date(1899, 12, 30).toordinal()
_MOST_DIGITS = 10**15
_KEPT = 1_000
_HIGHEST = 409
_USUAL_HEIGHT = 15.0
_CHARACTER = 5.25
# How small print may become where a sheet is wide, and where it is a little longer than a page.
_SMALLEST, _LITTLE_LONGER = 0.5, 0.77
_WHO_WROTE_IT = {"author": "", "company": "", "manager": "", "comments": "", "keywords": ""}


@dataclass(slots=True)
class _LongText:
    sheet: str
    row: int
    column: int
    text: str


class Workbook:
    """A workbook in the making; `content()` gives its bytes. It holds no name of a person, machine or folder."""

    def __init__(self, title: str, paper: Paper = A4) -> None:
        self.paper = paper
        self._bytes = BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": False,
            "default_format_properties": {"font_name": FONT, "font_size": BODY},
        }
        self._book = new_workbook(self._bytes, options)
        self._book.set_properties(_WHO_WROTE_IT | {"title": title, "subject": ""})
        self._formats: dict[Style, Format] = {}
        # A style met before is found by what it is, not by what it holds: a quarter of the time of a large sheet.
        self._seen: dict[int, tuple[Style, Format]] = {}
        self._in_currency: dict[tuple[int, str], Style] = {}
        self._long: list[_LongText] = []
        self.replaced = 0
        self.rows = 0

    def sheet(self, name: str) -> "Sheet":
        """Add a sheet; the name must be one of `tab_names`."""
        raw = self._book.add_worksheet(name)
        raw.hide_gridlines(2)
        return Sheet(self, raw, name)

    def format(self, style: Style) -> Format:
        """Give the one format of a style."""
        seen = self._seen.get(id(style))
        if seen is not None:
            return seen[1]
        found = self._formats.get(style)
        if found is None:
            found = self._formats[style] = self._book.add_format(style.properties())
        self._seen[id(style)] = (style, found)
        return found

    def in_currency(self, style: Style, currency: str) -> Style:
        """Give a style for money of a currency."""
        self.format(style)  # keeps the style, so that its identity stays its own
        found = self._in_currency.get((id(style), currency))
        if found is None:
            found = self._in_currency[id(style), currency] = replace(style, number=money_format(currency))
        return found

    def define(self, name: str, sheet: str, first: tuple[int, int], last: tuple[int, int] | None = None) -> None:
        """Name a cell or a range, for formulas a person can read."""
        area = cell(*first, fixed=True) + ("" if last is None else f":{cell(*last, fixed=True)}")
        self._book.define_name(name, f"='{sheet}'!{area}")

    def chart(self, kind: str, subtype: str = "") -> Chart:
        """Begin a native chart."""
        return self._book.add_chart({"type": kind} | ({"subtype": subtype} if subtype else {}))

    def fitting(self, text: str, sheet: str, row: int, column: int) -> str:
        """Give a text as its cell can hold it; one that is too long moves to a sheet of its own."""
        safe = xlsx_safe(text)
        self.replaced += safe.replaced
        if len(safe.text) * 2 <= MAX_CELL or cell_length(safe.text) <= MAX_CELL:
            return safe.text
        self._long.append(_LongText(sheet, row, column, safe.text))
        where = tr("… continued on the sheet “Long texts”, no. {n}").format(n=len(self._long))
        return chunks(safe.text, _KEPT)[0] + where

    def content(self) -> bytes:
        """Finish and give the whole file."""
        if self._long:
            self._write_long_texts()
        self._book.close()
        return self._bytes.getvalue()

    @property
    def report(self) -> ExportReport:
        """Tell what was written and what was changed on the way."""
        return ExportReport(self.rows, self.replaced, len(self._long))

    def _write_long_texts(self) -> None:
        sheet = self.sheet("Long texts")
        sheet.widths(2, 8, 14, 8, 90)
        sheet.text(1, 1, tr("Long texts"), SHEET_TITLE)
        for column, title in enumerate((tr("No."), tr("Sheet"), tr("Cell"), tr("Text")), start=1):
            sheet.text(3, column, title, HEAD)
        row = 4
        for number, long in enumerate(self._long, start=1):
            for piece in chunks(long.text, MAX_CELL):
                sheet.number(row, 1, number, replace(CELL, align="left"))
                sheet.text(row, 2, long.sheet, CELL)
                sheet.text(row, 3, cell(long.row, long.column), CELL)
                sheet.text(row, 4, piece, CELL)
                sheet.height(row, 120)
                row += 1
        sheet.print_on(landscape=True, title=tr("Long texts"), repeat=3)


class Sheet:
    """One sheet; rows and columns count from 0."""

    def __init__(self, book: Workbook, raw: Worksheet, name: str) -> None:
        self._book = book
        self._raw = raw
        self.name = name
        self._widths: tuple[float, ...] = ()
        self._heights: dict[int, float] = {}
        self._middle = False
        self._centred: dict[int, tuple[Style, Style]] = {}

    def widths(self, *widths: float) -> None:
        """Set the widths of the columns from the first on, in characters."""
        self._widths = widths
        for column, width in enumerate(widths):
            self._raw.set_column(column, column, width)

    def width(self, first: int, last: int | None = None) -> float:
        """Give the width of one column, or of several together."""
        columns = self._widths[first : (first if last is None else last) + 1]
        return sum(columns) + len(columns) * EDGE

    def height(self, row: int, points: float) -> None:
        """Set the height of a row."""
        self._heights[row] = min(points, _HIGHEST)
        self._raw.set_row(row, self._heights[row])
        self._middle = False

    def row(self, row: int, texts: Sequence[tuple[int, str]] = (), least: float = 20) -> None:
        """Begin a row as high as the longest of its texts needs, (column, text).

        What stands in one line stands in the middle of the row, what takes several begins at its top.
        """
        needed = least
        for column, text in texts:
            if not fits(text, self._widths[column]):
                needed = max(needed, text_height(text, self.width(column)))
        self.height(row, needed)
        self._middle = needed <= least

    def _look(self, style: Style) -> Format:
        return self._book.format(self._in_the_middle(style) if self._middle else style)

    def _in_the_middle(self, style: Style) -> Style:
        if style.valign != "top":
            return style
        centred = self._centred.get(id(style))
        if centred is None:
            centred = self._centred[id(style)] = style, replace(style, valign="vcenter")
        return centred[1]

    def text(self, row: int, column: int, text: str, style: Style) -> None:
        """Write text that stays text, whatever it begins with."""
        fitting = self._book.fitting(text, self.name, row, column)
        if not fitting:
            self.blank(row, column, style)
            return
        shown = replace(style, quoted=True) if looks_like_formula(fitting) else style
        self._raw.write_string(row, column, fitting, self._look(shown))

    def merged(self, row: int, first: int, last: int, text: str, style: Style, *, rows: int = 1) -> None:
        """Write text across several columns, and rows."""
        if last > first or rows > 1:
            self._raw.merge_range(row, first, row + rows - 1, last, "", self._look(style))
        self.text(row, first, text, style)

    def across(self, row: int, first: int, last: int, text: str, style: Style, least: float = 18) -> None:
        """Write text across columns in a row as high as it needs."""
        self.merged(row, first, last, text, style)
        self.height(row, max(least, text_height(text, self.width(first, last), style.size)))

    def blank(self, row: int, column: int, style: Style) -> None:
        """Give an empty cell its look."""
        self._raw.write_blank(row, column, None, self._look(style))

    def blanks(self, row: int, first: int, last: int, style: Style) -> None:
        """Give empty cells their look."""
        for column in range(first, last + 1):
            self.blank(row, column, style)

    def number(self, row: int, column: int, value: int | float | Fraction | None, style: Style) -> None:
        """Write a number; a dash where there is none, text where a spreadsheet would lose digits."""
        if value is None:
            self.text(row, column, DASH, style)
        elif -_MOST_DIGITS < value < _MOST_DIGITS:
            self._raw.write_number(row, column, float(value), self._look(style))
        else:
            self.text(row, column, str(value), style)

    def money(self, row: int, column: int, minor: int | Fraction | None, currency: str, style: Style) -> None:
        """Write minor units as an amount of the currency; a dash where unknown."""
        # Whole numbers divided are rounded once, as a fraction would be, in a fraction of its time.
        amount = None if minor is None else minor.numerator / (minor.denominator * minor_units(currency))
        self.number(row, column, amount, self._book.in_currency(style, currency))

    def exact(self, column: int, style: Style, currency: str | None = None) -> Callable[[int, int | Fraction], None]:
        """Give what writes into the rows of one column what `number` does, or `money` of a currency, but quicker."""
        units, shown = 1, style
        if currency is not None:
            units, shown = minor_units(currency), self._book.in_currency(style, currency)
        top, middle = self._book.format(shown), self._book.format(self._in_the_middle(shown))
        put = self._raw.write_number

        def write(row: int, value: int | Fraction) -> None:
            above, below = value.numerator, value.denominator * units
            if -_MOST_DIGITS * below < above < _MOST_DIGITS * below:
                put(row, column, above / below, middle if self._middle else top)
            elif currency is None:
                self.number(row, column, value, style)
            else:
                self.money(row, column, value, currency, style)

        return write

    def day(self, row: int, column: int, day: date | None, style: Style) -> None:
        """Write a date as a date; as text where spreadsheets know no such day, a dash where unknown."""
        if day is None:
            self.text(row, column, DASH, style)
        elif day < EARLIEST:
            self.text(row, column, day.isoformat(), style)
        else:
            dated = style if style.number else replace(style, number=DATE_FORMAT)
            self._raw.write_number(row, column, serial(day), self._look(dated))

    def formula(self, row: int, column: int, formula: str, value: float | Fraction | int, style: Style) -> None:
        """Write a live formula of ours with the value it has now."""
        self._raw.write_formula(row, column, formula, self._look(style), float(value))

    def print_across(self, columns: int) -> None:
        """Let a sheet too wide to be read on one page take several beside each other, its first columns on each."""
        across, _ = self._book.paper.room(landscape=True)
        pages = ceil(self._points_wide() * _SMALLEST / across)
        if pages > 1:
            self._raw.fit_to_pages(pages, 0)
            self._raw.repeat_columns(0, columns - 1)
            self._raw.print_across()

    def freeze(self, row: int, column: int = 0) -> None:
        """Keep the rows above and the columns before in sight."""
        self._raw.freeze_panes(row, column)

    def table(self, first: tuple[int, int], last: tuple[int, int], headers: Sequence[tuple[str, Style]]) -> None:
        """Make a range a table with a filter; writes its header row, no two titles of which may be alike."""
        columns = [
            {"header": xlsx_safe(title).text, "header_format": self._book.format(style)} for title, style in headers
        ]
        options = {"columns": columns, "style": None, "banded_rows": False}
        self._raw.add_table(*first, *last, options)

    def place_chart(
        self,
        row: int,
        column: int,
        chart: Chart,
        size: tuple[int, int],
        alternative: str,
    ) -> None:
        """Put a chart on the sheet, width and height in pixels, with the words for who cannot see it."""
        chart.set_size({"width": size[0], "height": size[1]})
        self._raw.insert_chart(row, column, chart, {"description": alternative, "object_position": 2})

    def keep_together(self, row: int, points: float) -> None:
        """Begin a new page at a row where what comes, so many points high, would be cut by the end of the page.

        For sheets in landscape that are one page wide and end with it.
        """
        page, filled = self._page(landscape=True), self._filled(row)
        if (filled + points) * _LITTLE_LONGER > page and filled % page + points > page:
            self._raw.set_h_pagebreaks([row])

    def _page(self, *, landscape: bool) -> float:
        """Give how many points of rows a page holds where the sheet is one page wide."""
        across, down = self._book.paper.room(landscape=landscape)
        return down / min(1.0, across / self._points_wide())

    def is_about_a_page(self, *, landscape: bool) -> bool:
        """Tell whether the rows whose height was set fit on one page, print a little smaller at most."""
        return self._filled(max(self._heights, default=0) + 1) * _LITTLE_LONGER <= self._page(landscape=landscape)

    def _points_wide(self) -> float:
        return self.width(0, len(self._widths) - 1) * _CHARACTER

    def _filled(self, row: int) -> float:
        return sum(self._heights.get(above, _USUAL_HEIGHT) for above in range(row))

    def print_on(
        self, *, title: str, landscape: bool = False, repeat: int | None = None, one_page: bool = False
    ) -> None:
        """Set the sheet up for the workbook's paper: one page wide, header row repeated, page x of y."""
        raw = self._raw
        raw.set_paper(self._book.paper.number)
        if landscape:
            raw.set_landscape()
        else:
            raw.set_portrait()
        raw.fit_to_pages(1, 1 if one_page else 0)
        raw.center_horizontally()
        raw.set_margins(LEFT_RIGHT, LEFT_RIGHT, TOP, BOTTOM)
        if repeat is not None:
            raw.repeat_rows(repeat)
        safe = xlsx_safe(title).text.replace("\n", " ")[:110].replace("&", "&&")
        page = tr("Page {page} of {pages}").format(page="&P", pages="&N")
        raw.set_footer(f'&L&"{FONT}"&8&K5C6370{_spaced(safe)}&R&"{FONT}"&8&K5C6370{page}', {"margin": 0.4})

    def first_shown(self) -> None:
        """Open the workbook on this sheet."""
        self._raw.activate()

    def count_rows(self, number: int = 1) -> None:
        """Count rows of content for the report."""
        self._book.rows += number

    def note(self, row: int, column: int, last: int, text: str) -> None:
        """Write a quiet remark across columns."""
        self.across(row, column, last, text, NOTE, least=14)


def serial(day: date) -> int:
    """Give a date as spreadsheets count days."""
    return day.toordinal() - _ZERO


def cell(row: int, column: int, *, fixed: bool = False) -> str:
    """Give the address of a cell: B3, or $B$3."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"${letters}${row + 1}" if fixed else f"{letters}{row + 1}"


def _spaced(text: str) -> str:
    """Keep a text that begins with a digit from joining the code of the colour before it."""
    return f" {text}" if text[:1].isalnum() else text
