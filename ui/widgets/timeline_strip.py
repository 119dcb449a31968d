"""One relationship on one time axis, from the first contact to the day: fees as bars, contacts and scores as marks.

Usage: `strip = TimelineStrip(theme)`; `strip.show_view(StripView(...))`. Marks too near to tell apart become one. The
mouse over a mark, or Left and Right while the strip has the keyboard, say what it is; nothing is said by colour alone:
bars stand on the line, and they, we and scores have a row each, named at the left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.theme import Theme
from ui.tokens import SIZES, TextRole, Tone
from ui.widgets.painting import focus_ring
from ui.widgets.strip_view import SpanKind, StripMark, StripRow, StripView, ticks
from ui.widgets.text import one_line, tip

MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class _Bin:
    x: float
    row: StripRow
    marks: tuple[StripMark, ...]

    @property
    def amount(self) -> int:
        return sum(mark.amount for mark in self.marks)


class TimelineStrip(QWidget):
    """Paints a `StripView`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: StripView | None = None
        self._bins: list[_Bin] = []
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    @property
    def bins(self) -> Sequence[tuple[StripRow, tuple[StripMark, ...]]]:
        """What is drawn, in order of time: a row and the marks that became one."""
        return [(found.row, found.marks) for found in self._bins]

    def show_view(self, view: StripView) -> None:
        """Show another relationship."""
        self._view = view
        self._at = -1
        self.setAccessibleName(view.summary)
        self._gather()
        self.updateGeometry()
        self.update()

    def words_at(self, place: int) -> str:
        """Say what a mark is."""
        found = self._bins[place]
        lines = "\n".join(mark.say() for mark in found.marks).split("\n")
        # Marks of one day say that whole day; once is enough.
        told = list(dict.fromkeys(lines))
        words = told[:MOST_LINES]
        if len(told) > MOST_LINES:
            words.append(f"+ {len(told) - MOST_LINES}")
        if found.row is StripRow.FEES and len(found.marks) > 1 and self._view is not None:
            words.insert(0, self._view.summed(found.amount))
        return "\n".join(words)

    def sizeHint(self) -> QSize:
        """As wide as there is room, a few rows tall."""
        return QSize(self._theme.px(480), self._theme.px(self._bottom() + 20))

    def minimumSizeHint(self) -> QSize:
        """Narrow, but never lower."""
        return QSize(self._theme.px(240), self._theme.px(self._bottom() + 20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw spans, axis, bars, marks, words, years."""
        if self._view is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_spans(painter, self._view)
        axis = self._px(_AXIS)
        painter.setPen(QPen(QColor(self._theme.colours.strong_line), 1))
        painter.drawLine(QPointF(self._left(), axis + 0.5), QPointF(self._right(), axis + 0.5))
        self._paint_names(painter, self._view)
        self._paint_payback(painter, self._view)
        self._paint_marks(painter)
        self._paint_words(painter, self._view)
        self._paint_years(painter, self._view)
        if self.hasFocus():
            focus_ring(painter, self.rect(), SIZES.radius_control, self._theme)
            if 0 <= self._at < len(self._bins):
                x = self._bins[self._at].x
                painter.setPen(QPen(QColor(self._theme.colours.accent), 1.5))
                painter.drawLine(QPointF(x, self._px(16)), QPointF(x, self._px(self._bottom())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gather the marks anew: more room tells more of them apart."""
        super().resizeEvent(event)
        self._gather()

    def event(self, event: QEvent) -> bool:
        """Say what is under the mouse."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._near(event.pos())
            QToolTip.showText(event.globalPos(), tip(self.words_at(place)) if place >= 0 else "", self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at what can be asked."""
        near = self._near(event.position().toPoint()) >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if near else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk along the marks."""
        last = len(self._bins) - 1
        steps = {
            Qt.Key.Key_Right: min(last, self._at + 1),
            Qt.Key.Key_Left: max(0, self._at - 1) if self._at >= 0 else last,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.key() not in steps or last < 0:
            super().keyPressEvent(event)
            return
        self._at = steps[Qt.Key(event.key())]
        words = self.words_at(self._at)
        self.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        place = QPoint(round(self._bins[self._at].x), self._theme.px(self._bottom()))
        QToolTip.showText(self.mapToGlobal(place), tip(words), self)
        self.update()

    def _gather(self) -> None:
        self._bins = []
        self._at = -1
        if self._view is None:
            return
        groups: dict[tuple[StripRow, int], list[tuple[float, StripMark]]] = {}
        widths = {row: self._px(width) for row, width in _WIDTHS.items()}
        first, left = self._view.start.toordinal(), self._left()
        scale = (self._right() - left) / max(1, self._view.end.toordinal() - first)
        for mark in sorted(self._view.marks, key=attrgetter("day")):
            x = left + scale * (mark.day.toordinal() - first)
            groups.setdefault((mark.row, int(x // widths[mark.row])), []).append((x, mark))
        for (row, _), found in groups.items():
            middle = sum(x for x, _ in found) / len(found)
            self._bins.append(_Bin(middle, row, tuple(mark for _, mark in found)))
        self._bins.sort(key=lambda found: (found.marks[0].day, found.row))

    def _near(self, place: QPoint) -> int:
        reach = self._px(6)
        if place.y() < self._px(14):
            return -1
        best, nearest = -1, float(reach)
        for at, found in enumerate(self._bins):
            top, bottom = self._band(found.row)
            away = abs(found.x - place.x())
            if top <= place.y() <= bottom and away < nearest:
                best, nearest = at, away
        return best

    def _band(self, row: StripRow) -> tuple[float, float]:
        if row is StripRow.FEES:
            return self._px(14), self._px(_AXIS)
        middle = self._px(_ROWS[row])
        return middle - self._px(6), middle + self._px(6)

    def _paint_spans(self, painter: QPainter, view: StripView) -> None:
        colours = self._theme.colours
        fills = {
            SpanKind.INCUBATION: colours.sunken,
            SpanKind.RISK: colours.tint_due,
            SpanKind.SILENCE: colours.tint_overdue,
        }
        for span in view.spans:
            left, right = self._x(span.start), self._x(span.end)
            area = QRectF(left, 0, max(right - left, 2), self._px(self._bottom()))
            painter.fillRect(area, QColor(fills[span.kind]))

    def _paint_names(self, painter: QPainter, view: StripView) -> None:
        painter.setFont(self._theme.font(TextRole.CAP))
        painter.setPen(QColor(self._theme.colours.quiet))
        for row, words in view.names.items():
            if row is StripRow.SCORES and not self._has_scores():
                continue
            middle = self._px(_AXIS - 10) if row is StripRow.FEES else self._px(_ROWS[row])
            area = QRectF(0, middle - self._px(8), self._left() - self._px(8), self._px(16))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _paint_marks(self, painter: QPainter) -> None:
        colours = self._theme.colours
        tallest = max((abs(found.amount) for found in self._bins if found.row is StripRow.FEES), default=0)
        for found in self._bins:
            match found.row:
                case StripRow.FEES:
                    self._paint_bar(painter, found, tallest)
                case StripRow.THEY | StripRow.WE:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(QColor(colours.ok if found.row is StripRow.THEY else colours.quiet))
                    radius = self._px(2.5) + min(len(found.marks) - 1, 3) * self._px(0.5)
                    painter.drawEllipse(QPointF(found.x, self._px(_ROWS[found.row])), radius, radius)
                case StripRow.SCORES:
                    scores = [mark.score for mark in found.marks if mark.score is not None]
                    lowest = min(scores, default=0)
                    tone = Tone.OVERDUE if lowest <= 6 else Tone.OK if lowest >= 9 else Tone.QUIET
                    painter.setFont(self._theme.font(TextRole.CAP, strong=True))
                    painter.setPen(self._theme.colour(tone))
                    middle = QPointF(found.x, self._px(_ROWS[found.row]))
                    area = QRectF(
                        middle - QPointF(self._px(10), self._px(8)), middle + QPointF(self._px(10), self._px(8))
                    )
                    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(lowest))

    def _paint_bar(self, painter: QPainter, found: _Bin, tallest: int) -> None:
        colour = QColor(self._theme.colours.series[0])
        width = self._px(6)
        tall = max(self._px(3), self._px(_TALLEST) * abs(found.amount) / max(tallest, 1))
        area = QRectF(found.x - width / 2, self._px(_AXIS) - tall, width, tall)
        if found.amount > 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
        else:
            painter.setPen(QPen(colour, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            area.adjust(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, 1, 1)

    def _paint_payback(self, painter: QPainter, view: StripView) -> None:
        if view.payback is None:
            return
        x = round(self._x(view.payback[0])) + 0.5
        painter.setPen(QPen(self._theme.colour(Tone.OK), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, self._px(18)), QPointF(x, self._px(_AXIS)))

    def _paint_words(self, painter: QPainter, view: StripView) -> None:
        font = self._theme.font(TextRole.CAP)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        tall = self._px(16)
        taken: list[QRectF] = []
        payback = [] if view.payback is None else [(*view.payback, Tone.OK)]
        texts = [(span.start, span.words, _TONES[span.kind], span.end) for span in view.spans]
        texts += [(day, words, tone, day) for day, words, tone in payback]
        for start, words, tone, end in texts:
            width = metrics.horizontalAdvance(words)
            left = self._x(start) + self._px(6)
            if tone is Tone.OVERDUE and self._x(end) - self._x(start) < width + self._px(12):
                left = self._x(start) - width - self._px(6)
            left = max(self._left() + self._px(2), min(left, self._right() - width))
            area = QRectF(left, 0, width + 1, tall)
            # A second line is there for words that would stand on others.
            if any(area.adjusted(-4, 0, 4, 0).intersects(other) for other in taken):
                area.moveTop(self._px(15))
            taken.append(area)
            painter.setPen(self._theme.colour(tone, tinted=True))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, one_line(words))

    def _paint_years(self, painter: QPainter, view: StripView) -> None:
        font = self._theme.font(TextRole.CAP)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        top, until = self._px(self._bottom()), -1e9
        for day, words in ticks(view.start, view.end):
            x = self._x(day)
            width = metrics.horizontalAdvance(words)
            left = max(self._left(), min(x - width / 2, self._right() - width))
            if left < until + self._px(8):
                continue
            until = left + width
            painter.setPen(QPen(QColor(self._theme.colours.strong_line), 1))
            painter.drawLine(QPointF(x, top), QPointF(x, top + self._px(3)))
            painter.setPen(QColor(self._theme.colours.quiet))
            painter.drawText(QRectF(left, top + self._px(4), width + 1, self._px(16)), Qt.AlignmentFlag.AlignTop, words)

    def _has_scores(self) -> bool:
        return any(found.row is StripRow.SCORES for found in self._bins)

    def _bottom(self) -> float:
        has = self._view is not None and any(mark.row is StripRow.SCORES for mark in self._view.marks)
        return _ROWS[StripRow.SCORES] + 8 if has else _ROWS[StripRow.WE] + 10

    def _left(self) -> float:
        return self._px(44)

    def _right(self) -> float:
        return self.width() - self._px(4)

    def _x(self, day: date) -> float:
        view = self._view
        if view is None:
            return 0
        whole = max(1, (view.end - view.start).days)
        return self._left() + (self._right() - self._left()) * (day - view.start).days / whole

    def _px(self, length: float) -> float:
        return length * self._theme.text_size / 100

    def _on_theme_changed(self) -> None:
        self._gather()
        self.updateGeometry()
        self.update()


_AXIS = 62
_TALLEST = 30
_ROWS = {StripRow.THEY: 73, StripRow.WE: 85, StripRow.SCORES: 99}
_WIDTHS = {StripRow.FEES: 8, StripRow.THEY: 4, StripRow.WE: 4, StripRow.SCORES: 18}
_TONES = {SpanKind.INCUBATION: Tone.QUIET, SpanKind.RISK: Tone.DUE, SpanKind.SILENCE: Tone.OVERDUE}
