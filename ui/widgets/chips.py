"""Filter chips that read as a sentence.

Usage: `chip = Chip(theme, "tier is Platinum, Gold or Iron")`; `chip.clicked` edits it, `chip.removed` takes it away
(the cross, or Delete while it has the focus); `set_words(text, grey=True)` for one whose field no longer exists.
"""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.words.catalogue import tr
from ui.theme import Theme
from ui.tokens import SIZES, TextRole
from ui.widgets.painting import focus_ring, frame
from ui.widgets.text import one_line


class Chip(QAbstractButton):
    """A removable word group in a rounded frame."""

    removed = Signal()

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = ""
        self._grey = False
        self.set_words(text)
        self.setAccessibleDescription(tr("Delete removes it"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def set_words(self, text: str, *, grey: bool = False) -> None:
        """Say something else."""
        self._words = one_line(text)
        self._grey = grey
        self.setText(self._words.replace("&", "&&"))
        self.setAccessibleName(self._words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The words, the cross and the round ends."""
        width = QFontMetrics(self._theme.font(TextRole.CAP)).horizontalAdvance(self._words)
        return QSize(width + self._theme.px(11 + 6 + 18), self._theme.px(SIZES.small_control))

    def minimumSizeHint(self) -> QSize:
        """A few letters and the cross."""
        return QSize(self._theme.px(72), self._theme.px(SIZES.small_control))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        colours = self._theme.colours
        radius = self.height() / 2
        frame(painter, self.rect(), radius, colours.pressed if self.underMouse() else colours.sunken, colours.line)
        if self.hasFocus():
            focus_ring(painter, self.rect(), radius, self._theme)
        font = self._theme.font(TextRole.CAP)
        painter.setFont(font)
        painter.setPen(QColor(colours.quiet if self._grey else colours.text))
        words = QRect(self._theme.px(11), 0, self.width() - self._theme.px(11 + 18), self.height())
        shown = QFontMetrics(font).elidedText(self._words, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.drawText(self._cross(), Qt.AlignmentFlag.AlignCenter, "×")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The cross removes, the rest edits."""
        if event.button() is Qt.MouseButton.LeftButton and self._cross().contains(event.position().toPoint()):
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Backspace remove."""
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def _cross(self) -> QRect:
        width = self._theme.px(20)
        return QRect(self.width() - width - self._theme.px(3), 0, width, self.height())

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
