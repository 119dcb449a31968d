"""How a line of a `LineList` is measured and painted, and the editor that renames it in place."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.theme import Theme
from ui.tokens import SIZES, Mark, TextRole, Tone
from ui.widgets.lines import Cell, Index, Line, LineColumn, LinesModel
from ui.widgets.painting import frame, status_mark
from ui.widgets.text import one_line, plain

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
_MOST_LINES = 8
INSET = 6
PAD = 8
TICK = 14
TICK_ROOM = 30
BAR = 6


class LineDelegate(QStyledItemDelegate):
    """Paints lines; `ticked` gives the line whose box was clicked."""

    ticked = Signal(object)

    def __init__(self, theme: Theme, view: QAbstractItemView, columns: Sequence[LineColumn]) -> None:
        super().__init__(view)
        self.view = view
        self.theme = theme
        self._columns = tuple(columns)
        self.heights: dict[tuple[Line, int], int] = {}
        self.may_tick = True
        self._measure()
        theme.changed.connect(self._measure)

    def forget(self) -> None:
        """Measure every line anew."""
        self.heights.clear()

    def height(self, line: Line, width: int) -> int:
        """How tall a line is at a width."""
        key = (line, width)
        if key not in self.heights:
            room = self._room(QRect(0, 0, width, 0), line)
            tall = self.wrapped(self.body, self.body_line, line.words, room.width())
            if line.has_bar:
                tall += self.theme.px(BAR + 8)
            if line.sub:
                tall += self.wrapped(self.small, self.small_line, line.sub, room.width())
            self.heights[key] = tall + 2 * self.theme.px(PAD) + 1
        return self.heights[key]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As tall as its words at the width of the list."""
        line = _line(index)
        width = self.view.viewport().width()
        return QSize(0, 0) if line is None else QSize(width, self.height(line, width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        line = _line(index)
        if line is None:
            return
        rect: QRect = option.rect
        px = self.theme.px
        current = self.view.hasFocus() and self.view.currentIndex() == index
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        self.paint_ground(painter, rect, current=current, over=over)
        tinted = current or over
        if line.ticked is not None:
            self._paint_tick(painter, self._tick_area(rect), line)
        room = self._room(rect, line)
        top = self._paint_words(painter, room, line, tinted=tinted)
        if line.has_bar:
            top = self._paint_bar(painter, QRect(room.left(), top + px(4), room.width(), px(BAR)), line) + px(4)
        if line.sub:
            painter.setFont(self.theme.font(TextRole.SMALL))
            painter.setPen(self.theme.colour(Tone.QUIET, tinted=tinted))
            painter.drawText(QRect(room.left(), top, room.width(), rect.bottom() - top), _WRAP, plain(line.sub))
        for column, cell, area in self._cell_areas(rect, line):
            self._paint_cell(painter, area, cell, column, tinted=tinted)
        painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Tick the box that was clicked."""
        line = _line(index)
        if (
            line is not None
            and line.ticked is not None
            and self.may_tick
            and isinstance(event, QMouseEvent)
            and event.type() is QEvent.Type.MouseButtonRelease
            and event.button() is Qt.MouseButton.LeftButton
            and self._tick_area(option.rect).adjusted(-6, -6, 6, 6).contains(event.position().toPoint())
        ):
            self.ticked.emit(line)
            return True
        return False

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Give a line to type in."""
        editor = QLineEdit(parent)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Lay the editor over the words."""
        rect: QRect = option.rect
        tall = self.theme.px(SIZES.control)
        editor.setGeometry(QRect(rect.left(), rect.top() + max(0, (rect.height() - tall) // 2), rect.width(), tall))

    def paint_ground(self, painter: QPainter, rect: QRect, *, current: bool, over: bool) -> None:
        """Draw what lies under a line: a tint where the keyboard or the mouse is, the hairline, the bar."""
        colours = self.theme.colours
        if current or over:
            painter.fillRect(rect, QColor(colours.selection if current else colours.hover))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(colours.line))
        if current:
            painter.fillRect(
                QRect(rect.left(), rect.top(), self.theme.px(3), rect.height() - 1), QColor(colours.accent)
            )

    def wrapped(self, metrics: QFontMetrics, one: int, words: str, width: int) -> int:
        """How tall words are at a width, eight lines at most; `one` is the height of a single line."""
        if "\n" not in words and metrics.horizontalAdvance(words) <= width:
            return one
        needed = metrics.boundingRect(0, 0, width, 10_000, _WRAP, plain(words)).height()
        return min(needed, _MOST_LINES * metrics.lineSpacing()) + max(0, one - metrics.lineSpacing())

    def _paint_words(self, painter: QPainter, room: QRect, line: Line, *, tinted: bool) -> int:
        """Draw the words, struck out where ticked; gives where they end."""
        tall = self.wrapped(self.body, self.body_line, line.words, room.width())
        font = QFont(self.theme.font(TextRole.BODY))
        font.setStrikeOut(line.ticked is True)
        painter.setFont(font)
        painter.setPen(self.theme.colour(Tone.QUIET if line.ticked else line.tone, tinted=tinted))
        if tall <= self.body_line:
            shown = self.body.elidedText(one_line(line.words), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(QRect(room.left(), room.top(), room.width(), tall), _MIDDLE, shown)
        else:
            # Lines after the first follow at the font's own spacing; the first stands where a single one would.
            lead = (self.body_line - self.body.lineSpacing()) // 2
            area = QRect(room.left(), room.top() + lead, room.width(), tall - lead)
            painter.setClipRect(area)
            painter.drawText(area, _WRAP, plain(line.words))
            painter.setClipping(False)
        return room.top() + tall

    def _paint_bar(self, painter: QPainter, area: QRect, line: Line) -> int:
        frame(painter, area, area.height() / 2, self.theme.colours.pressed, None)
        if line.share:
            full = QRect(area.left(), area.top(), max(area.height(), round(area.width() * line.share)), area.height())
            frame(painter, full, area.height() / 2, self.theme.colours.accent, None)
        return area.bottom() + 1

    def _paint_tick(self, painter: QPainter, box: QRect, line: Line) -> None:
        colours = self.theme.colours
        on = bool(line.ticked)
        frame(painter, box, 4, colours.accent if on else colours.surface, colours.accent if on else colours.quiet)
        if on:
            painter.setPen(QPen(QColor(colours.on_accent), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            side = box.width()
            points = ((0.24, 0.52), (0.43, 0.71), (0.77, 0.31))
            spots = [QRectF(box.x() + x * side, box.y() + y * side, 0, 0).topLeft() for x, y in points]
            painter.drawPolyline(QPolygonF(spots))

    def _paint_cell(self, painter: QPainter, area: QRect, cell: Cell, column: LineColumn, *, tinted: bool) -> None:
        marked = cell.mark is not Mark.NONE
        font = self.theme.font(TextRole.SMALL if marked else TextRole.BODY, strong=marked or None)
        metrics = QFontMetrics(font)
        colour = self.theme.colour(cell.mark.tone if marked else cell.tone, tinted=tinted)
        side = self.theme.px(SIZES.mark) if marked else 0
        gap = self.theme.px(6) if marked else 0
        words = metrics.elidedText(one_line(cell.words), Qt.TextElideMode.ElideRight, area.width() - side - gap)
        used = metrics.horizontalAdvance(words) + side + gap
        left = area.right() + 1 - used if column.right else area.left()
        if marked:
            status_mark(painter, cell.mark, QRectF(left, area.center().y() - side / 2 + 0.5, side, side), colour)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QRect(left + side + gap, area.top(), used, area.height()), _MIDDLE, words)

    def _room(self, rect: QRect, line: Line) -> QRect:
        """The room for words: after the box, before the cells."""
        left = self.theme.px(INSET) + (self.theme.px(TICK_ROOM) if line.ticked is not None else 0)
        right = sum(self.theme.px(column.width + 8) for column in self._columns[: len(line.cells)])
        right += self.theme.px(INSET)
        width = max(rect.width() - left - right, self.theme.px(60))
        return QRect(rect.left() + left, rect.top() + self.theme.px(PAD), width, rect.height())

    def _cell_areas(self, rect: QRect, line: Line) -> list[tuple[LineColumn, Cell, QRect]]:
        shown = list(zip(self._columns, line.cells, strict=False))
        right = rect.right() + 1 - self.theme.px(INSET)
        areas = []
        for column, cell in reversed(shown):
            width = self.theme.px(column.width)
            areas.append((column, cell, QRect(right - width, rect.top() + self.theme.px(PAD), width, self.body_line)))
            right -= width + self.theme.px(8)
        return areas[::-1]

    def _tick_area(self, rect: QRect) -> QRect:
        side = self.theme.px(TICK)
        top = rect.top() + self.theme.px(PAD) + (self.body_line - side) // 2
        return QRect(rect.left() + self.theme.px(INSET), top, side, side)

    def _measure(self) -> None:
        self.heights.clear()
        self.body = QFontMetrics(self.theme.font(TextRole.BODY))
        self.small = QFontMetrics(self.theme.font(TextRole.SMALL))
        self.body_line = max(self.theme.px(20), self.body.lineSpacing())
        self.small_line = max(self.theme.px(18), self.small.lineSpacing())


def _line(index: Index) -> Line | None:
    model = index.model()
    return model.line(index) if isinstance(model, LinesModel) else None


_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
