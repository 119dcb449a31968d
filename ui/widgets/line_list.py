"""A list that is a part of a page: as tall as its lines, each with a tick, wrapped words, a quiet line, cells, a bar.

Usage:
    actions = LineList(theme, "Actions", columns=[LineColumn(40), LineColumn(96, right=True)])
    actions.show_lines([Line(key=4, words="Lunch", sub="Be known", ticked=False, cells=(Cell("JV"), Cell("5 Dec")))])
    actions.opened / ticked / deleted / renamed / add_wanted / menu_wanted    # each with the key of its line

Space ticks, Enter or F2 opens (or edits in place where `editable`), Del deletes, Insert asks for a new line, the menu
key for a menu; other letters come by `key_pressed` and belong to the page. It never scrolls by itself: the page does.
"""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QScrollArea, QWidget

from ui.theme import Theme
from ui.widgets.line_painting import LineDelegate
from ui.widgets.lines import Index, Line, LineColumn, LinesModel


class LineList(QListView):
    """The lines."""

    opened = Signal(object)
    ticked = Signal(object)
    deleted = Signal(object)
    renamed = Signal(object, str)
    add_wanted = Signal()
    menu_wanted = Signal(object, QPoint)
    key_pressed = Signal(object, str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        columns: Sequence[LineColumn] = (),
        editable: bool = False,
        painter: type[LineDelegate] = LineDelegate,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._editable = editable
        self._may = True
        self.lines = LinesModel(self)
        self.lines.editable = editable
        self.painter = painter(theme, self, columns)
        self.setModel(self.lines)
        self.setItemDelegate(self.painter)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", "true")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustIgnored)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.painter.ticked.connect(self._on_ticked)
        self.lines.renamed.connect(self.renamed)
        theme.changed.connect(self._on_theme_changed)
        self._fit()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; where one was stays, or the line that has taken its place."""
        here, place = self.current_key(), self.currentIndex().row()
        if tuple(lines) == tuple(self.lines.lines):
            return
        self.painter.forget()
        self.lines.set_lines(lines)
        if place >= 0 and lines and not self.choose(here):
            self.setCurrentIndex(self.lines.index(min(place, len(lines) - 1)))
        self._fit()

    def current_key(self) -> Hashable | None:
        """The key of the line where the keyboard is."""
        line = self.lines.line(self.currentIndex())
        return None if line is None else line.key

    def choose(self, key: Hashable) -> bool:
        """Go to a line; whether it is there."""
        place = next((at for at, line in enumerate(self.lines.lines) if line.key == key), -1)
        if place >= 0:
            self.setCurrentIndex(self.lines.index(place))
        return place >= 0

    def set_may(self, *, may: bool) -> None:
        """Let lines be changed or only looked at."""
        self._may = may
        self.lines.editable = may and self._editable
        self.painter.may_tick = may

    def rename(self, key: Hashable) -> None:
        """Edit a line in place."""
        if self._may and self._editable and self.choose(key):
            self.edit(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick, open, delete, ask for a new line; letters are not searched for."""
        line = self.lines.line(self.currentIndex())
        key = event.key()
        if self.state() is QAbstractItemView.State.EditingState:
            # What the editor in place leaves over, such as the Enter that ends it.
            event.ignore()
            return
        if event.matches(QKeySequence.StandardKey.Copy) and line is not None:
            QGuiApplication.clipboard().setText(line.spoken)
        elif key == Qt.Key.Key_Insert and self._may:
            self.add_wanted.emit()
        elif line is None or key in _MOVES:
            super().keyPressEvent(event)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self._open(line)
        elif key == Qt.Key.Key_Space and line.ticked is not None:
            self._on_ticked(line)
        elif key == Qt.Key.Key_Delete and self._may:
            self.deleted.emit(line.key)
        elif event.text().isprintable() and event.text() and not event.modifiers():
            self.key_pressed.emit(line.key, event.text().lower())
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what was double-clicked."""
        line = self.lines.line(self.indexAt(event.position().toPoint()))
        if line is not None:
            self._open(line)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu at the mouse or at the line."""
        index = self.currentIndex()
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        line = self.lines.line(index)
        if line is not None:
            self.menu_wanted.emit(line.key, place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the page."""
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure anew at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.painter.forget()
            self.scheduleDelayedItemsLayout()
            self._fit()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        """Bring the line into sight on its page."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if self.hasFocus():
            self._bring_into_sight(current)

    def _bring_into_sight(self, index: Index) -> None:
        page = scroll_page_of(self)
        inside = page.widget() if page is not None else None
        if page is not None and inside is not None and index.isValid():
            area = self.visualRect(index)
            # With the first line comes the head above it.
            margin = self.painter.theme.px(56 if index.row() == 0 else 8)
            for corner in (area.bottomLeft(), area.topLeft()):
                spot = self.viewport().mapTo(inside, corner)
                page.ensureVisible(spot.x(), spot.y(), 0, margin)

    def _open(self, line: Line) -> None:
        if self._may and self._editable:
            self.edit(self.currentIndex())
        else:
            self.opened.emit(line.key)

    def _on_ticked(self, line: Line) -> None:
        if self._may:
            self.ticked.emit(line.key)

    def _fit(self) -> None:
        width = self.viewport().width()
        self.setFixedHeight(sum(self.painter.height(line, width) for line in self.lines.lines))
        empty = not self.lines.lines
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if empty else Qt.FocusPolicy.StrongFocus)

    def _on_theme_changed(self) -> None:
        self.painter.forget()
        self.scheduleDelayedItemsLayout()
        self._fit()


def scroll_page_of(part: QWidget) -> QScrollArea | None:
    """Give the page that scrolls a part, if any does."""
    page = part.parentWidget()
    while page is not None and not isinstance(page, QScrollArea):
        page = page.parentWidget()
    return page


_MOVES = {
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab,
}  # fmt: skip
