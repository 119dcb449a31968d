"""The table every list of records is shown in.

Usage:
    table = Table(theme, columns, identity=attrgetter("id"), name="Clients")
    table.set_rows(rows)                    # keeps selection, current row and scroll by identity
    table.opened.connect(self._on_opened)   # Enter or double click: the row
    table.previewed.connect(...)            # Space: the row
    table.chosen.connect(...)               # the selected rows, a tuple
    table.layout_changed.connect(...)       # a ColumnLayout to remember; give it back with `set_layout`
    table.height_changed.connect(...)       # rows of columns that wrap have become taller or lower
    table.edited.connect(...)               # (row, column key, text typed) of an editable column, by F2

Letters are left to the page's shortcuts (no type-ahead). Ctrl+C copies the chosen rows as a table and as plain text.
`columns_menu()` is the menu to choose and sort columns by key; it also opens on the header's right click.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from ui.delegates.cells import CellDelegate
from ui.models.copying import as_clipboard
from ui.models.rows import Column, RowsModel
from ui.theme import Theme
from ui.tokens import SIZES
from ui.widgets.column_layout import ColumnLayout
from ui.widgets.column_menu import ColumnsMenu
from ui.widgets.table_header import TableHeader

R = TypeVar("R")
MOST_FITTED = 1_000
SELECT_ROWS = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
ONLY_ROWS = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class Table(QTableView, Generic[R]):
    """Rows of one kind, calm, sortable, reachable by key."""

    opened = Signal(object)
    previewed = Signal(object)
    chosen = Signal(object)
    edited = Signal(object, str, str)
    layout_changed = Signal(object)
    menu_wanted = Signal(object, QPoint)
    height_changed = Signal()

    def __init__(
        self,
        theme: Theme,
        columns: Sequence[Column[R]],
        identity: Callable[[R], Hashable] = id,
        *,
        name: str = "",
        several: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows: RowsModel[R] = RowsModel(columns, identity, self)
        self._widths = {column.key: column.width for column in columns}
        self._filling = False
        self.setAccessibleName(name)
        self.setModel(self.rows)
        self._header = TableHeader(theme, cast(tuple[Column[object], ...], self.rows.columns), self)
        self.setHorizontalHeader(self._header)
        self._delegate = CellDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self._set_looks(several=several)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(200)
        self._later.timeout.connect(self._on_layout_settled)
        for place, column in enumerate(self.rows.columns):
            self.setColumnHidden(place, not column.shown)
        self._header.sectionResized.connect(self._on_resized)
        self._header.sectionMoved.connect(self._on_layout_touched)
        self._header.sortIndicatorChanged.connect(self._on_sort_chosen)
        self._header.customContextMenuRequested.connect(self._on_header_menu)
        self.selectionModel().selectionChanged.connect(self._on_selection)
        self.doubleClicked.connect(self._on_double_clicked)
        self.customContextMenuRequested.connect(self._on_menu)
        self.rows.edited.connect(self.edited)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _set_looks(self, *, several: bool) -> None:
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setFrameShape(QFrame.Shape.Box)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(8)
        self._header.setSortIndicatorShown(True)  # the table view has switched it off
        self._header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show other rows; what was chosen stays so as far as it is there, else the row that has taken its place is."""
        chosen, current = self.chosen_rows(), self.current_row()
        kept = {self.rows.identity(row) for row in chosen}
        place = self.rows.place_of(self.rows.identity(chosen[0])) if chosen else self.currentIndex().row()
        here = None if current is None else self.rows.identity(current)
        bar = self.verticalScrollBar().value()
        self.rows.set_rows(rows)
        self._fit_heights()
        if kept or here is not None:
            self._choose(kept, here)
        if here is not None and rows and not self.currentIndex().isValid() and not self.chosen_rows():
            self.choose_place(min(place, len(rows) - 1))
        self.verticalScrollBar().setValue(bar)

    def chosen_rows(self) -> tuple[R, ...]:
        """The chosen rows in the order shown."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self.rows.row(place) for place in places)

    def current_row(self) -> R | None:
        """The row where the keyboard is."""
        place = self.currentIndex().row()
        return self.rows.row(place) if 0 <= place < self.rows.rowCount() else None

    def choose(self, identity: Hashable) -> bool:
        """Choose one row by its identity and bring it into sight; whether it is there."""
        place = self.rows.place_of(identity)
        if place >= 0:
            self.choose_place(place)
            self.scrollTo(self.rows.index(place, 0))
        return place >= 0

    def choose_place(self, place: int) -> None:
        """Choose the row at a place and no other; Qt's `selectRow` adds to what is chosen while Ctrl is held."""
        self.selectionModel().setCurrentIndex(self.rows.index(place, 0), ONLY_ROWS)

    def height_for(self, most: int) -> int:
        """How tall the table is with its head and its first rows, at most so many of them."""
        rows = sum(self.rowHeight(place) for place in range(min(most, self.rows.rowCount())))
        return self._header.sizeHint().height() + rows + 2 * self.frameWidth()

    def sort_by(self, key: str, *, descending: bool = False) -> None:
        """Sort by a column."""
        place = self._place(key)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self._header.setSortIndicator(place, order)

    def column_layout(self) -> ColumnLayout:
        """What the person has arranged."""
        columns = self.rows.columns
        order = tuple(columns[self._header.logicalIndex(place)].key for place in range(len(columns)))
        hidden = frozenset(column.key for place, column in enumerate(columns) if self.isColumnHidden(place))
        sorting = self.rows.sorting or ("", False)
        return ColumnLayout(order, hidden, tuple(self._widths.items()), *sorting)

    def set_layout(self, layout: ColumnLayout) -> None:
        """Arrange the columns as remembered."""
        columns = self.rows.columns
        known = {column.key: place for place, column in enumerate(columns)}
        for place, key in enumerate(key for key in layout.order if key in known):
            self._header.moveSection(self._header.visualIndex(known[key]), place)
        for key, place in known.items():
            if key in layout.order:
                self.setColumnHidden(place, key in layout.hidden)
        self._widths |= {key: width for key, width in layout.widths if key in known}
        if layout.sort in known:
            self.sort_by(layout.sort, descending=layout.descending)
        self._fill()
        self._later.stop()

    def reset_layout(self) -> None:
        """Go back to the columns as the page brings them."""
        columns = self.rows.columns
        hidden = frozenset(column.key for column in columns if not column.shown)
        widths = tuple((column.key, column.width) for column in columns)
        self.set_layout(ColumnLayout(tuple(column.key for column in columns), hidden, widths))
        self._on_layout_settled()

    def show_column(self, key: str, *, shown: bool) -> None:
        """Show or hide a column; the last one stays."""
        places = range(len(self.rows.columns))
        visible = [place for place in places if not self.isColumnHidden(place)]
        if shown or visible != [self._place(key)]:
            self.setColumnHidden(self._place(key), not shown)
            self._fill()
            self._on_layout_touched()

    def columns_menu(self) -> ColumnsMenu:
        """A menu to choose, sort and reset columns."""
        return ColumnsMenu(cast("Table[Any]", self))

    def copy(self) -> None:
        """Put the chosen rows on the clipboard as a table and as plain text."""
        rows = self.chosen_rows()
        if rows:
            order = [self._header.logicalIndex(place) for place in range(len(self.rows.columns))]
            columns = [self.rows.columns[place] for place in order if not self.isColumnHidden(place)]
            QGuiApplication.clipboard().setMimeData(as_clipboard(columns, rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space previews, letters belong to the page."""
        current = self.current_row()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and current is not None:
            self.opened.emit(current)
        elif event.key() == Qt.Key.Key_Space and not event.modifiers() and current is not None:
            self.previewed.emit(current)
        elif event.text().isprintable() and event.text() and not event.modifiers() & _COMMANDS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End go to the first and the last row, as in lists; Qt would go to the first and the last column."""
        if action in {QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd}:
            modifiers |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, modifiers)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose the row where the keyboard begins; Qt only stands on it, and Del would do nothing."""
        super().focusInEvent(event)
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        if not by_mouse and self.rows.rowCount() and not self.selectionModel().hasSelection():
            self.choose_place(max(self.currentIndex().row(), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give spare width to the column that stretches."""
        super().resizeEvent(event)
        self._fill()

    def _choose(self, kept: set[Hashable], here: Hashable | None) -> None:
        selection = QItemSelection()
        for place, row in enumerate(self.rows.rows):
            identity = self.rows.identity(row)
            if identity in kept:
                selection.select(self.rows.index(place, 0), self.rows.index(place, len(self.rows.columns) - 1))
            if identity == here:
                no_change = QItemSelectionModel.SelectionFlag.NoUpdate
                self.selectionModel().setCurrentIndex(self.rows.index(place, 0), no_change)
        self.selectionModel().select(selection, SELECT_ROWS)

    def _fill(self) -> None:
        self._filling = True
        spare, takers = self.viewport().width(), []
        for place, column in enumerate(self.rows.columns):
            width = self._theme.px(self._widths[column.key])
            self.setColumnWidth(place, width)
            if not self.isColumnHidden(place):
                spare -= width
                takers += [place] if column.stretch else []
        for left, place in enumerate(takers, -len(takers)):
            # What cannot be parted evenly goes to the last of them.
            share = max(0, spare) // -left
            self.setColumnWidth(place, self.columnWidth(place) + share)
            spare -= share
        self._filling = False
        self._fit_heights()

    def _fit_heights(self) -> None:
        """Make rows as tall as what wraps in them; those behind the first thousand are whole under the mouse."""
        wrapping = [(place, column) for place, column in enumerate(self.rows.columns) if column.wraps]
        if not wrapping:
            return
        changed = False
        for place, row in enumerate(self.rows.rows[:MOST_FITTED]):
            height = max(self._delegate.height_of(column, row, self.columnWidth(at)) for at, column in wrapping)
            if height != self.rowHeight(place):
                self.setRowHeight(place, height)
                changed = True
        if changed:
            self.height_changed.emit()

    def _place(self, key: str) -> int:
        return next(place for place, column in enumerate(self.rows.columns) if column.key == key)

    def _on_resized(self, place: int, _before: int, now: int) -> None:
        if not self._filling and now > 0:
            self._widths[self.rows.columns[place].key] = round(now * 100 / self._theme.text_size)
            self._fit_heights()
            self._on_layout_touched()

    def _on_sort_chosen(self, place: int, order: Qt.SortOrder) -> None:
        self.rows.sort(place, order)
        self._fit_heights()
        self._on_layout_touched()

    def _on_layout_touched(self) -> None:
        self._later.start()

    def _on_layout_settled(self) -> None:
        self._later.stop()
        self.layout_changed.emit(self.column_layout())

    def currentChanged(  # noqa: N802 - Qt's name
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the bar at the head of the current row, wherever in the row the keyboard is."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def _on_selection(self) -> None:
        self.chosen.emit(self.chosen_rows())

    def _on_double_clicked(self) -> None:
        current = self.current_row()
        if current is not None:
            self.opened.emit(current)

    def _on_menu(self, place: QPoint) -> None:
        current = self.current_row()
        if current is not None:
            self.menu_wanted.emit(current, self.viewport().mapToGlobal(place))

    def _on_header_menu(self, place: QPoint) -> None:
        self.columns_menu().popup(self._header.mapToGlobal(place))

    def _on_theme_changed(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.px(SIZES.row))
        self._fill()
        self.viewport().update()


_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
