"""Text on at most a few lines, the last of them shortened: for words that must not push everything else down.

Usage: `ClampedLabel(text, lines=2)`; a widget that paints itself asks `clamped(text, font, width, lines)`.
"""

from functools import lru_cache

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.tokens import TextRole, Tone
from ui.widgets.labels import PlainLabel
from ui.widgets.text import one_line, tip


@lru_cache(maxsize=1_024)
def _broken(text: str, font: str, width: int, lines: int) -> tuple[str, ...]:
    written = QFont()
    written.fromString(font)
    layout = QTextLayout(text, written)
    found: list[int] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid() and len(found) < lines:
        line.setLineWidth(width)
        found.append(line.textStart())
    layout.endLayout()
    ends = [*found[1:], len(text)]
    shown = [text[start:end].rstrip() for start, end in zip(found, ends, strict=True)]
    if shown:
        shown[-1] = QFontMetrics(written).elidedText(shown[-1], Qt.TextElideMode.ElideRight, width)
    return tuple(shown)


def clamped(text: str, font: QFont, width: int, lines: int) -> tuple[str, ...]:
    """Break a text at a width; what no longer fits on the last line gives way to an ellipsis."""
    return _broken(one_line(text), font.toString(), max(1, width), lines)


class ClampedLabel(PlainLabel):
    """A label that breaks its text over at most `lines` lines; the whole text is its tooltip where it is shortened."""

    def __init__(
        self, text: str = "", *, lines: int = 2, tone: Tone = Tone.QUIET, parent: QWidget | None = None
    ) -> None:
        self._lines = lines
        super().__init__("", TextRole.SMALL, tone, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(one_line(text))

    def set_most(self, lines: int) -> None:
        """Break it over at most so many lines from now on."""
        self._lines = lines
        self._tell()
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Narrow means taller, up to its most lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As tall as the lines it needs at a width."""
        return max(1, len(self._shown(width))) * self.fontMetrics().lineSpacing()

    def sizeHint(self) -> QSize:
        """All on one line, or a comfortable width."""
        self.ensurePolished()
        metrics = self.fontMetrics()
        most = metrics.horizontalAdvance("m" * 24)
        return QSize(min(metrics.horizontalAdvance(self.text()) + 2, most), metrics.lineSpacing())

    def minimumSizeHint(self) -> QSize:
        """Three letters, as tall as the lines at the present width."""
        self.ensurePolished()
        return QSize(self.fontMetrics().horizontalAdvance("mmm"), self.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the whole text in the tooltip when it no longer fits."""
        super().resizeEvent(event)
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        """Break the lines anew when the font changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        tall = self.fontMetrics().lineSpacing()
        for place, words in enumerate(self._shown(self.width())):
            painter.drawText(QRect(0, place * tall, self.width(), tall), int(self.alignment()), words)

    def _shown(self, width: int) -> tuple[str, ...]:
        return clamped(self.text(), self.font(), width, self._lines)

    def _tell(self) -> None:
        shown = self._shown(self.width())
        cut = bool(shown) and shown[-1].endswith("…") and not self.text().endswith(shown[-1])
        self.setToolTip(tip(self.text()) if cut else "")
