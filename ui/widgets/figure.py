"""The figures that matter: small label, big value, quiet line beneath; a click opens the explanation.

Usage: `figure = Figure(theme, "TFI")`; `figure.set_figure("£147,862", "S £4,120 × (L 5.3 y ÷ T 54 d)")`; connect
`figure.clicked`. `FigureRow([a, b, c, d])` puts them side by side with hairlines between. `counts=True` is for plain
counts: the number first, its word beneath, no third line. A figure that cannot be computed shows "–" and its reason in
the quiet line.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ui.theme import Theme
from ui.tokens import SIZES, TextRole, Tone
from ui.widgets.clamped import clamped
from ui.widgets.layout import hairline
from ui.widgets.painting import focus_ring
from ui.widgets.text import one_line, tip

MOST_LINES = 2


class Figure(QAbstractButton):
    """One figure, reachable by key, that explains itself when clicked."""

    def __init__(
        self,
        theme: Theme,
        label: str,
        value: str = "",
        sub: str = "",
        tone: Tone = Tone.PLAIN,
        parent: QWidget | None = None,
        *,
        explains: bool = True,
        counts: bool = False,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label = one_line(label)
        self._value = ""
        self._sub = ""
        self._tone = tone
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if explains else Qt.FocusPolicy.NoFocus)
        if explains:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setEnabled(True)
        self._explains = explains
        self._counts = counts
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_figure(value, sub, tone)
        theme.changed.connect(self._on_theme_changed)

    @property
    def value(self) -> str:
        """The value shown."""
        return self._value

    def set_figure(self, value: str, sub: str = "", tone: Tone = Tone.PLAIN) -> None:
        """Show another value; an empty one shows a dash."""
        self._value = one_line(value) or "–"
        self._sub = one_line(sub)
        self._tone = tone
        self.setText(self._label)
        self.setAccessibleName(", ".join(part for part in (f"{self._label}: {self._value}", self._sub) if part))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """In a narrow place the quiet line breaks."""
        return not self._counts

    def heightForWidth(self, width: int) -> int:
        """Room for the value and all that is said beneath."""
        return self._height() + (len(self._broken(width)) - 1) * self._line_height(TextRole.SMALL) * 3 // 4

    def sizeHint(self) -> QSize:
        """Three lines as wide as the widest."""
        lines = self._lines()
        width = max(QFontMetrics(self._theme.font(role)).horizontalAdvance(text) for text, role, _ in lines)
        return QSize(width + self._theme.px(16), self._height())

    def minimumSizeHint(self) -> QSize:
        """The value is never cut; label and reason may be."""
        metrics = QFontMetrics(self._theme.font(TextRole.FIGURE))
        return QSize(metrics.horizontalAdvance(self._value) + self._theme.px(8), self._height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the three lines."""
        painter = QPainter(self)
        top = 0
        cut = False
        pointed = self._explains and self.underMouse()
        for text, role, usual in self._lines():
            font = self._theme.font(role)
            tone = Tone.ACCENT if pointed and role is TextRole.FIGURE else usual
            painter.setFont(font)
            painter.setPen(self._theme.colour(tone))
            beneath = not self._counts and text == self._sub
            shown = self._broken(self.width()) if beneath else clamped(text, font, self.width(), 1)
            cut = cut or "".join(shown).endswith("…")
            height = self._line_height(role)
            for words in shown:
                painter.drawText(QRect(0, top, self.width(), height), Qt.AlignmentFlag.AlignVCenter, words)
                top += height * 3 // 4 if beneath else height
        self.setToolTip(tip(f"{self._value}\n{self._sub}") if cut else "")
        if self.hasFocus():
            focus_ring(painter, self.rect(), SIZES.radius_control, self._theme)

    def _lines(self) -> tuple[tuple[str, TextRole, Tone], ...]:
        value = (self._value, TextRole.FIGURE, self._tone)
        label = (self._label, TextRole.SMALL, Tone.QUIET)
        return (value, label) if self._counts else (label, value, (self._sub, TextRole.SMALL, Tone.QUIET))

    def _broken(self, width: int) -> tuple[str, ...]:
        return clamped(self._sub, self._theme.font(TextRole.SMALL), width, MOST_LINES) or ("",)

    def _line_height(self, role: TextRole) -> int:
        return self._theme.px(30 if role is TextRole.FIGURE else 20)

    def _height(self) -> int:
        return sum(self._line_height(role) for _, role, _ in self._lines())

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


class FigureRow(QWidget):
    """Figures side by side, all of one width, hairlines between."""

    def __init__(self, figures: Sequence[Figure], parent: QWidget | None = None, *, equal: bool = True) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(24)
        for place, figure in enumerate(figures):
            if place:
                layout.addWidget(hairline(upright=True))
            layout.addWidget(figure, 1 if equal else 0)
        if not equal:
            layout.addStretch(1)
