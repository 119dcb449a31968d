"""How a feedback is painted: day, who, the words, the four steps of its loop, and the link of the step to do next."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ui.pages.client.feedback_rows import FeedbackLine, Step
from ui.tokens import SIZES, Mark, TextRole, Tone
from ui.widgets.line_painting import LineDelegate
from ui.widgets.lines import Index, Line, LinesModel
from ui.widgets.painting import status_mark
from ui.widgets.text import one_line, plain

_DAY = 92
_GAP = 8
_BETWEEN = 4
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class FeedbackDelegate(LineDelegate):
    """Paints feedback; `stepped` gives the line whose next step was clicked."""

    stepped = Signal(object)

    def height(self, line: Line, width: int) -> int:
        """How tall a feedback is at a width."""
        if not isinstance(line, FeedbackLine):
            return super().height(line, width)
        key = (line, width)
        if key not in self.heights:
            room = width - self._left() - self.theme.px(6)
            tall = self.small_line + self._words_height(line, room) + self._steps_height(line, room)
            self.heights[key] = tall + 2 * self.theme.px(10) + self.theme.px(6) + 1
        return self.heights[key]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one feedback."""
        line = _line(index)
        if line is None:
            return
        rect: QRect = option.rect
        theme = self.theme
        current = self.view.hasFocus() and self.view.currentIndex() == index
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        self.paint_ground(painter, rect, current=current, over=over)
        tinted = current or over
        top = rect.top() + theme.px(10)
        room = QRect(rect.left() + self._left(), top, rect.width() - self._left() - theme.px(6), self.small_line)
        painter.setFont(theme.font(TextRole.BODY))
        painter.setPen(theme.colour(Tone.QUIET, tinted=tinted))
        painter.drawText(QRect(rect.left() + theme.px(6), top, theme.px(_DAY), self.small_line), _MIDDLE, line.day)
        self._paint_head(painter, room, line, tinted=tinted)
        top = room.bottom() + 1
        words_tall = self._words_height(line, room.width())
        if line.words:
            painter.setFont(theme.font(TextRole.BODY))
            painter.setPen(theme.colour(Tone.PLAIN))
            painter.drawText(QRect(room.left(), top + 1, room.width(), words_tall), _WRAP, plain(line.words))
        top += words_tall + theme.px(6)
        steps = QRect(room.left(), top, room.width(), self._steps_height(line, room.width()))
        self._paint_steps(painter, steps, line, tinted=tinted)
        painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Do the next step whose link was clicked."""
        line = _line(index)
        if (
            line is not None
            and line.next_words
            and self.may_tick
            and isinstance(event, QMouseEvent)
            and event.type() is QEvent.Type.MouseButtonRelease
            and event.button() is Qt.MouseButton.LeftButton
            and self.link_area(option.rect, line).contains(event.position().toPoint())
        ):
            self.stepped.emit(line.key)
            return True
        return False

    def link_area(self, rect: QRect, line: FeedbackLine) -> QRect:
        """Where the link of the next step stands: at the right of the first line."""
        width = self.small.horizontalAdvance(line.next_words)
        top = rect.top() + self.theme.px(10)
        return QRect(rect.right() + 1 - self.theme.px(6) - width, top, width, self.small_line)

    def _paint_head(self, painter: QPainter, room: QRect, line: FeedbackLine, *, tinted: bool) -> None:
        theme = self.theme
        right = room.right() + 1
        painter.setFont(theme.font(TextRole.SMALL))
        if line.next_words:
            painter.setPen(theme.colour(Tone.ACCENT if self.may_tick else Tone.QUIET, tinted=tinted))
            painter.drawText(QRect(room.left(), room.top(), room.width(), room.height()), _RIGHT, line.next_words)
            right -= self.small.horizontalAdvance(line.next_words) + theme.px(16)
        sub = " · ".join(filter(None, (line.sub, line.scores)))
        painter.setPen(theme.colour(Tone.QUIET, tinted=tinted))
        shown = self.small.elidedText(one_line(sub), Qt.TextElideMode.ElideRight, right - room.left())
        painter.drawText(QRect(room.left(), room.top(), right - room.left(), room.height()), _MIDDLE, shown)

    def _paint_steps(self, painter: QPainter, area: QRect, line: FeedbackLine, *, tinted: bool) -> None:
        steps, across = self._laid_out(line, area.width())
        width = area.width() // max(1, across)
        for place, step in enumerate(steps):
            row, column = divmod(place, across)
            top = area.top() + row * (2 * self.small_line + self.theme.px(_BETWEEN))
            room = QRect(area.left() + column * width, top, width, 2 * self.small_line)
            if not step.words:
                middle = room.top() + self.small_line // 2
                ends = room.right() - self.theme.px(6) - room.left()
                painter.fillRect(QRect(room.left(), middle, ends, 1), QColor(self.theme.colours.line))
                continue
            self._paint_step(painter, room, step, line, last=place == len(steps) - 1, tinted=tinted)

    def _paint_step(
        self, painter: QPainter, room: QRect, step: Step, line: FeedbackLine, *, last: bool, tinted: bool
    ) -> None:
        theme = self.theme
        side = theme.px(SIZES.mark - 2)
        tone = Tone.OK if step.done else Tone.QUIET
        mark = Mark.WELL if step.done else Mark.DUE
        spot = QRectF(room.left(), room.top() + (self.small_line - side) / 2, side, side)
        status_mark(painter, mark, spot, theme.colour(tone, tinted=tinted))
        left = room.left() + side + theme.px(5)
        painter.setFont(theme.font(TextRole.SMALL))
        painter.setPen(theme.colour(Tone.PLAIN if step.done else Tone.QUIET, tinted=tinted))
        words_width = min(self.small.horizontalAdvance(step.words), room.right() - left)
        shown = self.small.elidedText(step.words, Qt.TextElideMode.ElideRight, room.right() - left)
        painter.drawText(QRect(left, room.top(), room.right() - left, self.small_line), _MIDDLE, shown)
        if not last:
            ends = left + words_width + theme.px(6)
            if room.right() - theme.px(6) > ends:
                middle = room.top() + self.small_line // 2
                painter.fillRect(QRect(ends, middle, room.right() - theme.px(6) - ends, 1), QColor(theme.colours.line))
        below = QRect(left, room.top() + self.small_line, room.right() - left, self.small_line)
        said, tone = step.day, Tone.QUIET
        if last and not step.done:
            said, tone = line.state, line.mark.tone
        painter.setPen(theme.colour(tone, tinted=tinted))
        painter.drawText(below, _MIDDLE, self.small.elidedText(said, Qt.TextElideMode.ElideRight, below.width()))

    def _left(self) -> int:
        return self.theme.px(_DAY + _GAP)

    def _words_height(self, line: FeedbackLine, width: int) -> int:
        return self.wrapped(self.body, self.body_line, line.words, width) if line.words else 0

    def _laid_out(self, line: FeedbackLine, width: int) -> tuple[Sequence[Step], int]:
        """Give the steps to draw and how many stand side by side: all, or where they would be cut off two."""
        longest = max((self.small.horizontalAdvance(step.words) for step in line.steps), default=0)
        needed = longest + self.theme.px(SIZES.mark - 2 + 5 + _GAP)
        if width >= needed * len(line.steps):
            return line.steps, max(1, len(line.steps))
        # What was left out is drawn as a line between two; there is none between two rows.
        return [step for step in line.steps if step.words], 2

    def _steps_height(self, line: FeedbackLine, width: int) -> int:
        steps, across = self._laid_out(line, width)
        rows = -(-len(steps) // across) or 1
        return rows * 2 * self.small_line + (rows - 1) * self.theme.px(_BETWEEN)


def _line(index: Index) -> FeedbackLine | None:
    model = index.model()
    line = model.line(index) if isinstance(model, LinesModel) else None
    return line if isinstance(line, FeedbackLine) else None
