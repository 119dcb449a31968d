"""A status: a mark and a word in one colour.

Usage: `StatusLabel(theme, Mark.OVERDUE, "63 days")`.
"""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.tokens import SIZES, Mark, TextRole
from ui.widgets.painting import status_mark
from ui.widgets.text import one_line, tip


class StatusLabel(QWidget):
    """Shows a mark with its word; the word alone is what a screen reader says."""

    def __init__(self, theme: Theme, mark: Mark, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mark = mark
        self._word = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_status(mark, word)
        theme.changed.connect(self._on_theme_changed)

    def set_status(self, mark: Mark, word: str) -> None:
        """Show another status."""
        self._mark = mark
        self._word = one_line(word)
        self.setAccessibleName(self._word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Mark, space and word on one line."""
        metrics = QFontMetrics(self._font())
        return QSize(self._indent() + metrics.horizontalAdvance(self._word) + 1, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        """The mark and a few letters."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), self._indent() + self._theme.px(32)), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark and the word, shortened if it must be."""
        painter = QPainter(self)
        colour = self._theme.colour(self._mark.tone)
        metrics = QFontMetrics(self._font())
        shown = metrics.elidedText(self._word, Qt.TextElideMode.ElideRight, self.width() - self._indent())
        self.setToolTip("" if shown == self._word else tip(self._word))
        if self._mark is not Mark.NONE:
            side = self._theme.px(SIZES.mark)
            status_mark(painter, self._mark, QRectF(0, (self.height() - side) / 2, side, side), colour)
        painter.setFont(self._font())
        painter.setPen(colour)
        area = QRect(self._indent(), 0, self.width() - self._indent(), self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)

    def _font(self) -> QFont:
        return self._theme.font(TextRole.SMALL, strong=self._mark is not Mark.NONE)

    def _indent(self) -> int:
        return 0 if self._mark is Mark.NONE else self._theme.px(SIZES.mark + 6)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
