"""Tables on their way out, as seen: typed columns to a workbook or to csv, by the file's suffix."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import TypeAlias

from app.domain.money import minor_digits, round_half_away
from app.errors import AskedWrongError
from app.exchange.reading.progress import UNWATCHED, Watch
from app.exchange.safe_text import csv_safe, tab_names
from app.exchange.workbooks.paper import A4, Paper
from app.exchange.workbooks.report import ExportReport
from app.exchange.workbooks.saving import place, put
from app.exchange.workbooks.styles import (
    CELL,
    CELL_DATE,
    CELL_RIGHT,
    CELL_WHOLE,
    HEAD,
    HEAD_RIGHT,
    SHARE_FORMAT,
    Style,
    money_format,
    number_format,
)
from app.exchange.workbooks.xlsx import Sheet, Workbook
from app.words.catalogue import tr

Cell: TypeAlias = str | int | float | Fraction | Decimal | date | bool | None

MOST_ROWS = 1_048_575
_STEP = 2_000
_WIDEST, _NARROWEST, _MEASURED = 48, 8, 200


class Kind(Enum):
    """What the cells of a column hold. MONEY is minor units, SHARE a part of one."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    MONEY = "money"
    SHARE = "share"
    DATE = "date"


_LEFT = (Kind.TEXT, Kind.DATE)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its title and kind. Money is of `currency`, or of the code found in the row at `currency_from`."""

    title: str
    kind: Kind = Kind.TEXT
    currency: str = ""
    currency_from: int | None = None
    digits: int = 2

    def currency_of(self, row: Sequence[Cell]) -> str:
        """Give the currency of this column's cell in a row."""
        return self.currency if self.currency_from is None else str(row[self.currency_from] or "")


@dataclass(frozen=True, slots=True)
class CsvForm:
    """How csv is written: the separator and the decimal mark; `;` and `,` where spreadsheets expect them so."""

    separator: str = ","
    decimal: str = "."


ISO_FORM = CsvForm()
DECIMAL_COMMA = CsvForm(";", ",")


def export_table(
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[Cell]],
    path: Path,
    *,
    title: str = "",
    form: CsvForm = ISO_FORM,
    paper: Paper = A4,
    watch: Watch = UNWATCHED,
) -> ExportReport:
    """Write rows to a path ending in .xlsx or .csv; whole or not at all. What is missing stays empty, never 0.

    Raises:
        AskedWrongError: the path is no place for a table, or a workbook cannot hold so many rows.
        AppError: the disk is full, the folder refuses, the old file is open elsewhere.
        CancelledError: the person cancelled; nothing was written.
    """
    target = place(path, ".xlsx", ".csv")
    if target.suffix.lower() == ".csv":
        content, report = _csv(columns, rows, form, watch)
    else:
        if len(rows) > MOST_ROWS:
            raise AskedWrongError(
                f"A sheet holds {MOST_ROWS:,} rows; these are {len(rows):,}.", "Give the file a name that ends in .csv."
            )
        content, report = _xlsx(columns, rows, title or path.stem, paper, watch)
    watch.step(len(rows), len(rows))
    put(target, content)
    return report


def _watched(rows: Sequence[Sequence[Cell]], watch: Watch) -> Iterator[tuple[int, Sequence[Cell]]]:
    for at, row in enumerate(rows):
        if at % _STEP == 0:
            watch.step(at, len(rows))
        yield at, row


def _csv(
    columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]], form: CsvForm, watch: Watch
) -> tuple[bytes, ExportReport]:
    replaced = 0

    def text(words: str) -> str:
        nonlocal replaced
        safe = csv_safe(words)
        replaced += safe.replaced
        return '"' + safe.text.replace('"', '""') + '"'

    # Python's own writer cannot quote text and leave numbers with a decimal comma alone.
    out = StringIO(newline="")
    out.write(form.separator.join(text(column.title) for column in columns) + "\r\n")
    for _, row in _watched(rows, watch):
        cells = (
            text(cell) if isinstance(cell, str) else _plain(column, cell, column.currency_of(row), form)
            for column, cell in zip(columns, row, strict=True)
        )
        out.write(form.separator.join(cells) + "\r\n")
    return out.getvalue().encode("utf-8-sig"), ExportReport(len(rows), replaced)


def _plain(column: TableColumn, cell: Cell, currency: str, form: CsvForm) -> str:
    """Write what is not text: exact, without thousands; dates as ISO 8601."""
    match cell:
        case None:
            return ""
        case bool():
            return '"yes"' if cell else '"no"'
        case date():
            return cell.isoformat()
        case str():
            return cell
    number = str(cell) if isinstance(cell, int | Decimal) else _decimals(cell, column)
    if column.kind is Kind.MONEY:
        digits = minor_digits(currency)
        number = f"{Decimal(round_half_away(Fraction(cell))).scaleb(-digits):.{digits}f}"
    return f'"{number}"' if form.separator in number else number.replace(".", form.decimal)


def _decimals(cell: float | Fraction, column: TableColumn) -> str:
    digits = 6 if column.kind is Kind.SHARE else column.digits
    if isinstance(cell, float) and not float("-inf") < cell < float("inf"):
        return f'"{cell}"'
    return f"{Decimal(round_half_away(Fraction(cell) * 10**digits)).scaleb(-digits):f}"


def _xlsx(
    columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]], title: str, paper: Paper, watch: Watch
) -> tuple[bytes, ExportReport]:
    book = Workbook(title, paper)
    sheet = book.sheet(tab_names([title])[0])
    headers = _unique([column.title for column in columns])
    widths = [_width(at, column, rows) for at, column in enumerate(columns)]
    sheet.widths(*widths)
    # A text beside a number keeps its distance; long ones take several lines.
    beside = [False, *(column.kind not in _LEFT for column in columns[:-1])]
    wrapped = [at for at, column in enumerate(columns) if column.kind is Kind.TEXT and widths[at] == _WIDEST]
    styles = [_style(column, beside[at], at in wrapped) for at, column in enumerate(columns)]
    writers = [_writer(sheet, at, *looked) for at, looked in enumerate(zip(columns, styles, strict=True))]
    for at, row in _watched(rows, watch):
        if wrapped:
            sheet.row(at + 1, [(place_, text) for place_ in wrapped if isinstance(text := row[place_], str)], 15)
        for write, cell in zip(writers, row, strict=True):
            write(at + 1, cell, row)
    looks = [
        HEAD_RIGHT if column.kind not in _LEFT else replace(HEAD, indent=1) if near else HEAD
        for column, near in zip(columns, beside, strict=True)
    ]
    # A table needs a row; one of an empty list stays empty.
    sheet.table((0, 0), (max(1, len(rows)), len(columns) - 1), list(zip(headers, looks, strict=True)))
    sheet.height(0, 24)
    sheet.freeze(1, 1)
    sheet.count_rows(len(rows))
    sheet.print_on(title=title, landscape=True, repeat=0)
    sheet.print_across(1)
    watch.step(len(rows), len(rows))
    return book.content(), book.report


def _writer(sheet: Sheet, at: int, column: TableColumn, style: Style) -> Callable[[int, Cell, Sequence[Cell]], None]:
    """Give what writes the cells of one column, (row, cell, the whole row); most are numbers that all look alike."""
    alike = column.kind not in _LEFT and column.currency_from is None
    exact = sheet.exact(at, style, column.currency if column.kind is Kind.MONEY else None)

    def write(row: int, cell: Cell, of_row: Sequence[Cell]) -> None:
        if alike and (type(cell) is int or type(cell) is Fraction):
            exact(row, cell)
        else:
            _cell(sheet, (row, at), column, style, cell, of_row)

    return write


def _cell(
    sheet: Sheet, at: tuple[int, int], kind: TableColumn, style: Style, cell: Cell, of_row: Sequence[Cell]
) -> None:
    row, column = at
    match cell:
        case None:
            sheet.blank(row, column, style)
        case str():
            sheet.text(row, column, cell, style)
        case bool():
            sheet.text(row, column, tr("yes") if cell else tr("no"), style)
        case date():
            sheet.day(row, column, cell, style)
        case _ if kind.kind is Kind.MONEY:
            exact = cell if isinstance(cell, int | Fraction) else Fraction(cell)
            sheet.money(row, column, exact, kind.currency_of(of_row), style)
        case Decimal():
            sheet.number(row, column, Fraction(cell), style)
        case _:
            sheet.number(row, column, cell, style)


def _style(column: TableColumn, beside_number: bool, wrapped: bool) -> Style:
    indent = 1 if beside_number else 0
    match column.kind:
        case Kind.TEXT:
            return replace(CELL, wrap=wrapped, indent=indent)
        case Kind.DATE:
            return replace(CELL_DATE, indent=indent)
        case Kind.WHOLE:
            return CELL_WHOLE
        case Kind.NUMBER:
            return replace(CELL_RIGHT, number=number_format(column.digits))
        case Kind.SHARE:
            return replace(CELL_RIGHT, number=SHARE_FORMAT)
        case Kind.MONEY:
            return replace(CELL_RIGHT, number=money_format(column.currency)) if column.currency else CELL_RIGHT


def _width(at: int, column: TableColumn, rows: Sequence[Sequence[Cell]]) -> float:
    """Give a width that shows the title and what stands in the first rows."""
    least = len(column.title) + 4
    if column.kind is not Kind.TEXT:
        return max(least, 12 if column.kind is Kind.DATE else 14 if column.kind is Kind.MONEY else _NARROWEST)
    longest = max((len(cell) for row in rows[:_MEASURED] if isinstance(cell := row[at], str)), default=0)
    return min(_WIDEST, max(least, longest + 2))


def _unique(titles: Sequence[str]) -> list[str]:
    """Give titles that a table accepts: none empty, no two alike whatever the case."""
    taken: set[str] = set()
    found = []
    for at, title in enumerate(titles, start=1):
        wanted = title or tr("Column {n}").format(n=at)
        name, number = wanted, 1
        while name.casefold() in taken:
            number += 1
            name = f"{wanted} {number}"
        taken.add(name.casefold())
        found.append(name)
    return found
