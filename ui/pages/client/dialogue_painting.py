"""How a row of the timeline is painted, and where its parts lie, so that a tick can be clicked."""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.vocabulary import Direction
from app.words.catalogue import tr
from ui.desk import Desk
from ui.icons import Icon
from ui.pages.client.dialogue_rows import Entry, Head, PromiseLine, TimelineModel
from ui.tokens import SIZES, TextRole, Tone
from ui.widgets.painting import frame

Index = QModelIndex | QPersistentModelIndex
_WRAP = int(Qt.TextFlag.TextWordWrap)
_MOST_LINES = 8
_MOST_KEPT = 20_000
_ICONS = {Direction.IN: Icon.ARROW_IN, Direction.OUT: Icon.ARROW_OUT, Direction.BOTH: Icon.ARROW_BOTH}


class TimelineDelegate(QStyledItemDelegate):
    """Paints heads and contacts; `ticked` gives the promise whose box was clicked."""

    ticked = Signal(object)

    def __init__(self, desk: Desk, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._theme = desk.theme
        self._icons = desk.icons
        self._heights: dict[tuple[int, int], int] = {}
        self._tall: dict[tuple[str, int], int] = {}
        self.may_tick = True
        self._measure()
        self._theme.changed.connect(self._measure)

    def forget(self) -> None:
        """Measure every row anew; the rows are others now. Words once measured are kept, within reason."""
        self._heights.clear()
        if len(self._tall) > _MOST_KEPT:
            self._tall.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As tall as its lines at the width of the list."""
        width = self._view.viewport().width()
        key = (index.row(), width)
        if key not in self._heights:
            self._heights[key] = self._height(index, width)
        return QSize(width, self._heights[key])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        model = index.model()
        if not isinstance(model, TimelineModel):
            return
        row = model.rows[index.row()]
        painter.save()
        if isinstance(row, Head):
            self._paint_head(painter, option.rect, row)
        else:
            self._paint_entry(painter, option, row)
        painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Tick the box that was clicked."""
        if (
            isinstance(event, QMouseEvent)
            and event.type() is QEvent.Type.MouseButtonRelease
            and event.button() is Qt.MouseButton.LeftButton
            and isinstance(model, TimelineModel)
            and self.may_tick
        ):
            entry = model.entry(index)
            if entry is not None:
                for line, area in self.promise_areas(option.rect, entry):
                    if area.contains(event.position().toPoint()):
                        self.ticked.emit(line.promise)
                        return True
        return super().editorEvent(event, model, option, index)

    def promise_areas(self, rect: QRect, entry: Entry) -> Iterator[tuple[PromiseLine, QRect]]:
        """Give each promise of a row with the area that ticks it: its box and its words."""
        room = self._room(rect, entry)
        top = room.top() + self._above(room.width(), entry)
        for line in entry.promises:
            yield line, QRect(room.left(), top, room.width(), self._small_line)
            top += self._small_line

    def _height(self, index: Index, width: int) -> int:
        model = index.model()
        if not isinstance(model, TimelineModel):
            return 0
        row = model.rows[index.row()]
        if isinstance(row, Head):
            return self._theme.px(32)
        room = self._room(QRect(0, 0, width, 0), row)
        inside = self._above(room.width(), row) + len(row.promises) * self._small_line
        return inside + (self._small_line if row.note else 0) + 2 * self._pad

    def _above(self, width: int, entry: Entry) -> int:
        """Height of what stands over the promises: who, and the words."""
        who = self._small_line if entry.who or entry.aside else 0
        return who + self._words_height(width, entry) + self._theme.px(1)

    def _words_height(self, width: int, entry: Entry) -> int:
        if not entry.words:
            return 0 if entry.who or entry.aside else self._body_line
        key = (entry.words, width)
        if key not in self._tall:
            self._tall[key] = self._measured(*key)
        return self._tall[key]

    def _measured(self, words: str, width: int) -> int:
        if "\n" not in words and self._body.horizontalAdvance(words) <= width:
            return self._body_line
        needed = self._body.boundingRect(0, 0, width, 10_000, _WRAP, words).height()
        spacing = self._body.lineSpacing()
        return min(needed, _MOST_LINES * spacing) + self._body_line - spacing

    def _room(self, rect: QRect, entry: Entry) -> QRect:
        """The room for words: after the channel, before the purpose."""
        left = self._theme.px(_TEXT_AT)
        right = self._pill_width(entry) + self._theme.px(12) if entry.purpose else 0
        return QRect(
            rect.left() + left,
            rect.top() + self._pad,
            max(rect.width() - left - right, self._theme.px(80)),
            rect.height(),
        )

    def _pill_width(self, entry: Entry) -> int:
        return self._cap.horizontalAdvance(entry.purpose) + self._theme.px(16)

    def _paint_head(self, painter: QPainter, rect: QRect, head: Head) -> None:
        painter.setFont(self._theme.font(TextRole.SMALL, strong=True))
        painter.setPen(QColor(self._theme.colours.quiet))
        painter.drawText(rect.adjusted(self._theme.px(4), 0, 0, -self._theme.px(6)), _BOTTOM, head.words)
        self._line(painter, rect)

    def _paint_entry(self, painter: QPainter, option: QStyleOptionViewItem, entry: Entry) -> None:
        rect: QRect = option.rect
        colours, px = self._theme.colours, self._theme.px
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        tinted = chosen or over
        if tinted:
            painter.fillRect(rect, QColor(colours.selection if chosen else colours.hover))
        self._line(painter, rect)
        if chosen and bool(option.state & QStyle.StateFlag.State_HasFocus):
            painter.fillRect(QRect(rect.left(), rect.top(), px(3), rect.height()), QColor(colours.accent))
        top = rect.top() + self._pad
        first = QRect(rect.left() + px(4), top, px(62), self._body_line)
        painter.setFont(self._theme.font(TextRole.BODY))
        painter.setPen(self._theme.colour(Tone.DUE if entry.missed else Tone.QUIET, tinted=tinted))
        painter.drawText(first, Qt.AlignmentFlag.AlignVCenter, entry.day)
        self._paint_arrow(painter, QRect(rect.left() + px(68), top, px(16), self._body_line), entry)
        painter.setPen(QColor(colours.quiet))
        channel = QRect(rect.left() + px(96), top, px(_TEXT_AT - 96 - 6), self._body_line)
        painter.drawText(
            channel,
            Qt.AlignmentFlag.AlignVCenter,
            self._body.elidedText(entry.channel, Qt.TextElideMode.ElideRight, channel.width()),
        )
        self._paint_text(painter, self._room(rect, entry), entry, tinted=tinted)
        if entry.purpose:
            self._paint_pill(painter, rect, top, entry)
        for line, area in self.promise_areas(rect, entry):
            self._paint_promise(painter, area, line, tinted=tinted)

    def _paint_arrow(self, painter: QPainter, area: QRect, entry: Entry) -> None:
        tone = Tone.QUIET if entry.contact.direction is Direction.OUT else Tone.OK
        side = self._theme.px(SIZES.icon)
        device = painter.device()
        pixmap = self._icons.pixmap(
            _ICONS[entry.contact.direction], side, self._theme.colour(tone), device.devicePixelRatioF()
        )
        painter.drawPixmap(area.left(), area.top() + (area.height() - side) // 2, pixmap)

    def _paint_text(self, painter: QPainter, room: QRect, entry: Entry, *, tinted: bool) -> None:
        top = room.top()
        if entry.who or entry.aside:
            painter.setFont(self._theme.font(TextRole.SMALL))
            painter.setPen(self._theme.colour(Tone.QUIET, tinted=tinted))
            who = " · ".join(filter(None, (entry.who, entry.aside)))
            shown = self._small.elidedText(who, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(QRect(room.left(), top, room.width(), self._small_line), _MIDDLE, shown)
            top += self._small_line
        if entry.words:
            tall = self._words_height(room.width(), entry)
            painter.setFont(self._theme.font(TextRole.BODY))
            painter.setPen(QColor(self._theme.colours.text))
            self._paint_words(painter, QRect(room.left(), top, room.width(), tall), entry)
        if entry.note:
            below = room.top() + self._above(room.width(), entry) + len(entry.promises) * self._small_line
            painter.setFont(self._theme.font(TextRole.SMALL))
            painter.setPen(self._theme.colour(Tone.QUIET, tinted=tinted))
            side = self._theme.px(12)
            device = painter.device()
            lock = self._icons.pixmap(Icon.LOCK, side, self._theme.colour(Tone.QUIET), device.devicePixelRatioF())
            painter.drawPixmap(room.left(), below + (self._small_line - side) // 2, lock)
            area = QRect(room.left() + side + self._theme.px(6), below, room.width() - side, self._small_line)
            words = tr("internal: {note}").format(note=entry.note)
            shown = self._small.elidedText(words, Qt.TextElideMode.ElideRight, area.width() - self._theme.px(6))
            painter.drawText(area, _MIDDLE, shown)

    def _paint_words(self, painter: QPainter, area: QRect, entry: Entry) -> None:
        if area.height() <= self._body_line:
            shown = self._body.elidedText(entry.words.replace("\n", " "), Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, _MIDDLE, shown)
            return
        painter.setClipRect(area)
        painter.drawText(area, _WRAP | int(Qt.AlignmentFlag.AlignTop), entry.words)
        painter.setClipping(False)

    def _paint_pill(self, painter: QPainter, rect: QRect, top: int, entry: Entry) -> None:
        colours, width = self._theme.colours, self._pill_width(entry)
        tall = self._theme.px(18)
        area = QRect(rect.right() - width - self._theme.px(4), top + (self._body_line - tall) // 2, width, tall)
        frame(painter, area, tall / 2, colours.sunken, colours.line)
        painter.setFont(self._theme.font(TextRole.CAP))
        painter.setPen(QColor(colours.quiet))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, entry.purpose)

    def _paint_promise(self, painter: QPainter, area: QRect, line: PromiseLine, *, tinted: bool) -> None:
        side = self._theme.px(11)
        colour = self._theme.colour(line.tone, tinted=tinted)
        box = QRect(area.left(), area.top() + (area.height() - side) // 2, side, side)
        frame(painter, box, 3, None, colour.name())
        if line.ticked:
            check = self._icons.pixmap(Icon.CHECK, side, colour, painter.device().devicePixelRatioF())
            painter.drawPixmap(box.topLeft(), check)
        painter.setFont(self._theme.font(TextRole.SMALL))
        painter.setPen(colour)
        words = area.adjusted(side + self._theme.px(6), 0, 0, 0)
        painter.drawText(words, _MIDDLE, self._small.elidedText(line.words, Qt.TextElideMode.ElideRight, words.width()))

    def _line(self, painter: QPainter, rect: QRect) -> None:
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(self._theme.colours.line))

    def _measure(self) -> None:
        self._heights.clear()
        self._tall.clear()
        self._body = QFontMetrics(self._theme.font(TextRole.BODY))
        self._small = QFontMetrics(self._theme.font(TextRole.SMALL))
        self._cap = QFontMetrics(self._theme.font(TextRole.CAP))
        self._body_line = max(self._theme.px(20), self._body.lineSpacing())
        self._small_line = max(self._theme.px(19), self._small.lineSpacing())
        self._pad = self._theme.px(8)


_TEXT_AT = 168
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_BOTTOM = int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
