"""The one table model: plain rows, columns that say how to show them, sorted in Python.

Usage:
    columns = [
        Column[Row]("client", "Client", text=attrgetter("name"), strong=True, width=200, stretch=True),
        Column[Row]("tfi", "TFI £", text=show_tfi, value=attrgetter("tfi"), align=Align.RIGHT),
    ]
    model = RowsModel(columns, identity=attrgetter("id"))
    model.set_rows(rows)

Filtering is done by the caller before `set_rows` (a proxy model is a hundred times slower). Sorting is stable and
missing values (`None`) are last in both directions. Rows are frozen values; a changed row arrives by `set_rows`.
"""

import unicodedata
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import Enum
from operator import itemgetter
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.tokens import Mark, Tone
from ui.widgets.text import one_line, tip

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Align(Enum):
    """Words stand left, figures right."""

    LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)  # no slots: `Column[Row](...)` would fail on Python 3.11, which marks what it makes
class Column(Generic[R]):
    """How one property of a row is shown and sorted.

    `value` is what sorts (default: the text); `mark` puts a status shape before the text; `tone` colours it; `hint`
    explains the column in its head; `shown` is whether it stands there before the person chooses; `stretch` takes spare
    width, shared among all that do; `wraps` shows the whole text, on as many lines as it needs.
    """

    key: str
    title: str
    text: Callable[[R], str]
    value: Callable[[R], Any] | None = None
    align: Align = Align.LEFT
    width: int = 110
    mark: Callable[[R], Mark] | None = None
    tone: Callable[[R], Tone] | None = None
    tooltip: Callable[[R], str] | None = None
    strong: bool = False
    stretch: bool = False
    wraps: bool = False
    shown: bool = True
    editable: bool = False
    hint: str = ""


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows as a Qt model."""

    edited = Signal(object, str, str)

    def __init__(
        self, columns: Sequence[Column[R]], identity: Callable[[R], Hashable] = id, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.identity = identity
        self._given: list[R] = []
        self._rows: list[R] = []
        self._sort: tuple[int, bool] | None = None

    @property
    def rows(self) -> Sequence[R]:
        """The rows in the order shown; not to be changed."""
        return self._rows

    @property
    def sorting(self) -> tuple[str, bool] | None:
        """The key of the sorted column and whether it is descending."""
        return None if self._sort is None else (self.columns[self._sort[0]].key, self._sort[1])

    def row(self, index: int) -> R:
        """The row shown at a place."""
        return self._rows[index]

    def place_of(self, identity: Hashable) -> int:
        """Where the row with an identity is shown, or -1."""
        return next((place for place, row in enumerate(self._rows) if self.identity(row) == identity), -1)

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show other rows in the sorting chosen."""
        self.beginResetModel()
        self._given = list(rows)
        self._rows = self._ordered()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 goes back to the order given."""
        self.layoutAboutToBeChanged.emit()
        self._sort = (column, order is Qt.SortOrder.DescendingOrder) if 0 <= column < len(self.columns) else None
        before = self._rows
        self._rows = self._ordered()
        held = self.persistentIndexList()
        if held:
            places = {id(row): place for place, row in enumerate(self._rows)}
            self.changePersistentIndexList(
                held, [self.index(places[id(before[index.row()])], index.column()) for index in held]
            )
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns there are, shown or hidden."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A cell can be chosen, and edited where its column says so."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsEditable if self.columns[index.column()].editable else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What Qt asks of a cell; painting goes through the delegate, which asks the columns itself."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        column, row = self.columns[index.column()], self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one_line(column.text(row))
            case Qt.ItemDataRole.EditRole:
                return column.text(row)
            case Qt.ItemDataRole.TextAlignmentRole:
                return column.align.value
            case Qt.ItemDataRole.ToolTipRole:
                return tip(column.tooltip(row)) if column.tooltip else None
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Say what was typed; the service changes the row and the new one arrives by `set_rows`."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        column, row = self.columns[index.column()], self._rows[index.row()]
        if str(value) != column.text(row):
            self.edited.emit(row, column.key, str(value))
        return False

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles of columns; rows have none."""
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.title
            case Qt.ItemDataRole.TextAlignmentRole:
                return column.align.value
            case Qt.ItemDataRole.ToolTipRole:
                return tip(column.hint) if column.hint else None
            case _:
                return None

    def _ordered(self) -> list[R]:
        if self._sort is None:
            return list(self._given)
        place, descending = self._sort
        column = self.columns[place]
        value = column.value or column.text
        present: list[tuple[Any, R]] = []
        missing: list[R] = []
        for row in self._given:
            key = value(row)
            if key is None:
                missing.append(row)
            else:
                present.append((sort_key(key) if isinstance(key, str) else key, row))
        present.sort(key=itemgetter(0), reverse=descending)
        return [row for _, row in present] + missing


def sort_key(text: str) -> str:
    """Fold a text so that case and accents do not matter in sorting: Łódź and Zoë stand where people look for them."""
    if text.isascii():
        return text.lower()
    return "".join(part for part in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(part))
