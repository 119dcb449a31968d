"""Who speaks how much: a bar with their share, the line from which a dialogue is balanced, and its sentence.

Usage: `meter = BalanceMeter(theme)`; `meter.show_balance(Balance(...))`. A share of None shows an empty bar: too few
contacts for a share.
"""

from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.tokens import SIZES, TextRole, Tone
from ui.widgets.labels import section, small


@dataclass(frozen=True, slots=True)
class Balance:
    """What the meter says; shares of one. `theirs` and `ours` are the words over the two ends."""

    heading: str
    sentence: str
    share: Fraction | None
    balanced_from: Fraction
    theirs: str
    ours: str
    balanced: str
    tone: Tone = Tone.OK


class BalanceMeter(QWidget):
    """Heading, bar, sentence."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = section()
        self.bar = _Bar(theme)
        self.sentence = small(wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SIZES.gap)
        layout.addWidget(self.heading)
        layout.addWidget(self.bar)
        layout.addWidget(self.sentence)

    def show_balance(self, balance: Balance) -> None:
        """Show another balance."""
        self.heading.set_text(balance.heading)
        self.sentence.set_text(balance.sentence)
        self.bar.show_balance(balance)


class _Bar(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._balance: Balance | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def show_balance(self, balance: Balance) -> None:
        """Show another share."""
        self._balance = balance
        told = (balance.heading, balance.theirs, balance.ours) if balance.share is not None else (balance.heading,)
        self.setAccessibleName(", ".join(told))
        self.update()

    def sizeHint(self) -> QSize:
        """Words, bar, words."""
        return QSize(self._theme.px(200), self._theme.px(50))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar and its three words."""
        balance = self._balance
        if balance is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, px = self._theme.colours, self._theme.px
        font = self._theme.font(TextRole.CAP)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        whole = QRectF(0, px(20), self.width(), px(8))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.pressed))
        painter.drawRoundedRect(whole, px(4), px(4))
        line = self.width() * float(balance.balanced_from)
        if balance.share is not None:
            filled = QRectF(whole)
            filled.setWidth(max(px(8), self.width() * float(balance.share)))
            painter.setBrush(self._theme.colour(balance.tone))
            painter.drawRoundedRect(filled, px(4), px(4))
        painter.setPen(QPen(QColor(colours.quiet), 1.5))
        painter.drawLine(round(line), px(16), round(line), px(32))
        painter.setPen(QColor(colours.quiet))
        top = QRectF(0, 0, self.width(), px(16))
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, balance.theirs)
        painter.drawText(top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, balance.ours)
        width = metrics.horizontalAdvance(balance.balanced)
        left = max(0.0, min(line - width / 2, self.width() - width))
        painter.drawText(QRectF(left, px(33), width + 1, px(16)), Qt.AlignmentFlag.AlignVCenter, balance.balanced)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
