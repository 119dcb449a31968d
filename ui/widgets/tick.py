"""A box to tick, with its words; alone in rows of actions, or in a form as a `TickField`.

Usage: `Tick(theme, "Footfall figures to the board")`; `toggled`, `isChecked`, `setChecked` as in any check box.
"""

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox, QWidget

from ui.theme import Theme
from ui.tokens import SIZES, TextRole
from ui.widgets.painting import focus_ring, frame
from ui.widgets.text import amp, one_line


class Tick(QCheckBox):
    """A check box painted from the tokens."""

    def __init__(self, theme: Theme, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(amp(words), parent)
        self._theme = theme
        self._words = one_line(words)
        self.setAccessibleName(self._words)
        theme.changed.connect(self._on_theme_changed)

    def sizeHint(self) -> QSize:
        """Box and words."""
        words = QFontMetrics(self._theme.font(TextRole.BODY)).horizontalAdvance(self._words)
        return QSize(self._side() + (self._theme.px(8) + words if words else 0) + 8, self._theme.px(24))

    def minimumSizeHint(self) -> QSize:
        """Box and words."""
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:  # noqa: N802 - Qt's name
        """Box and words can be clicked."""
        return self.rect().contains(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box, the tick and the words."""
        painter = QPainter(self)
        colours = self._theme.colours
        side = self._side()
        box = QRect(4, (self.height() - side) // 2, side, side)
        ticked = self.isChecked()
        fill, edge = (colours.accent, colours.accent) if ticked else (colours.surface, colours.quiet)
        if not self.isEnabled():
            fill, edge = (colours.quiet, colours.quiet) if ticked else (colours.sunken, colours.line)
        frame(painter, box, 4, fill, edge)
        if ticked:
            painter.setPen(QPen(QColor(colours.on_accent), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            points = ((0.24, 0.52), (0.43, 0.71), (0.77, 0.31))
            painter.drawPolyline(QPolygonF([QPointF(box.x() + x * side, box.y() + y * side) for x, y in points]))
        if self.hasFocus():
            focus_ring(painter, box.adjusted(-4, -4, 4, 4), SIZES.radius_control, self._theme)
        painter.setFont(self._theme.font(TextRole.BODY))
        painter.setPen(QColor(colours.text if self.isEnabled() else colours.quiet))
        words = QRect(4 + side + self._theme.px(8), 0, self.width(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._words)

    def _side(self) -> int:
        return self._theme.px(14)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
