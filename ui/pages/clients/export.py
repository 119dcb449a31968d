"""The table as seen, ready for a workbook: its rows, its order, its columns, each cell as the value it is."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from app.exchange.reading.progress import Watch
from app.exchange.tables import DECIMAL_COMMA, ISO_FORM, Cell, CsvForm, Kind, TableColumn, export_table
from app.exchange.workbooks.paper import paper_for
from app.words import formats
from app.words.catalogue import tr
from ui.desk import Desk
from ui.pages.clients.rows import ClientRow
from ui.pages.clients.table import ClientsTable
from ui.tasks.runner import Cancelled, Report

MONEY = frozenset({"tfi", "lifetime", "fees", "profit", "observed", "so_far", "expected", "spend"})
WHOLE = frozenset({"gap", "n", "length", "rank", "cadence"})
DATES = frozenset({"last", "planned"})
_FIGURES: dict[str, Callable[[ClientRow], Cell]] = {
    "tier": lambda row: row.tier,
    "owner": lambda row: row.owner_name or None,
    "interval": lambda row: row.figures.fees.interval,
    "dialogue": lambda row: None if row.dialogue.value is None else Fraction(row.dialogue.value, 100),
}
_KINDS = {"interval": Kind.NUMBER, "dialogue": Kind.SHARE}


def files() -> dict[str, CsvForm]:
    """Give the kinds of file offered, and how csv is written in each: where commas mark decimals, first with them."""
    if QLocale().decimalPoint() != ",":
        return {"Excel (*.xlsx)": ISO_FORM, "CSV (*.csv)": ISO_FORM}
    return {
        "Excel (*.xlsx)": DECIMAL_COMMA,
        tr("CSV for spreadsheets here, with decimal commas (*.csv)"): DECIMAL_COMMA,
        tr("CSV for programs, with decimal points (*.csv)"): ISO_FORM,
    }


def kind_of(key: str) -> Kind:
    """What the cells of a column hold."""
    if key in MONEY:
        return Kind.MONEY
    if key in WHOLE:
        return Kind.WHOLE
    return Kind.DATE if key in DATES else _KINDS.get(key, Kind.TEXT)


def as_seen(table: ClientsTable, currency: str) -> tuple[list[TableColumn], list[Sequence[Cell]]]:
    """Give the columns the person has chosen, in their order, and the rows shown; a dash is an empty cell."""
    layout = table.column_layout()
    known = {column.key: column for column in table.rows.columns}
    columns = [known[key] for key in layout.order if key not in layout.hidden - table.away]
    heads = [
        TableColumn(column.title, kind_of(column.key), currency if column.key in MONEY else "") for column in columns
    ]
    rows: list[Sequence[Cell]] = []
    for row in table.rows.rows:
        cells: list[Cell] = []
        for column in columns:
            if column.key in _FIGURES:
                cells.append(_FIGURES[column.key](row))
            elif kind_of(column.key) is not Kind.TEXT and column.value is not None:
                cells.append(column.value(row))
            else:
                text = column.text(row)
                cells.append(None if text == formats.DASH else text)
        rows.append(cells)
    return heads, rows


class TableExport(QObject):
    """Asks for a file, writes the table off the window's thread, and offers to open what it wrote."""

    def __init__(self, desk: Desk, table: ClientsTable, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._table = table
        self._page = page
        self.currency = ""

    def ask(self) -> None:
        """Ask where to."""
        offered = str(Path.home() / f"{tr('Clients')} {self._desk.day}.xlsx")
        forms = files()
        name, chosen = QFileDialog.getSaveFileName(self._page, tr("Save the table"), offered, ";;".join(forms))
        if name:
            self.write(Path(name), forms.get(chosen, ISO_FORM))

    def write(self, path: Path, form: CsvForm = ISO_FORM) -> None:
        """Write the table as it is seen now."""
        columns, rows = as_seen(self._table, self.currency)
        paper = paper_for(self.currency)
        export = partial(export_table, columns, rows, path, title=tr("Clients"), form=form, paper=paper)
        work = partial(_write, export, path)
        self._desk.tasks.run(work, self._on_written, self._desk.messages.show, title=tr("Writing the table"))

    def _on_written(self, path: Path) -> None:
        self._desk.toasts.show_words(
            tr("Saved {name}").format(name=path.name),
            action=tr("Open"),
            run=partial(_open, path),
            other=(tr("Show in folder"), partial(_open, path.parent)),
        )


def _write(export: Callable[..., object], path: Path, report: Report, cancelled: Cancelled) -> Path:
    def say(done: int, total: int) -> None:
        report(done, total, "")

    export(watch=Watch(say, cancelled))
    return path


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
