"""What pages are laid out with: hairlines, cards, section heads, wrapping rows, scrolling pages.

Usage: `hairline()`, `Card("Three clients bring 52 % of fees", "n = 34")` with content in `card.body`,
`PageHead(theme, title, sentence, *buttons)`, `FlowBox` (`ui/widgets/flow_box.py`) for chips and buttons that wrap,
`row(a, b, stretch_after=0)`, `column(a, b)`, and `ScrollPage(theme)` whose `body` has the page's padding and grows
downwards.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme import Theme
from ui.tokens import SIZES, TextRole
from ui.widgets.labels import name, quiet, small, title

# What Qt means by no greatest width.
UNLIMITED = 16_777_215


def hairline(*, upright: bool = False) -> QFrame:
    """A line one pixel thin."""
    line = QFrame()
    line.setProperty("role", "hairline")
    if upright:
        line.setFixedWidth(1)
        line.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
    else:
        line.setFixedHeight(1)
        line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return line


def row(*parts: QWidget | QLayout | None, gap: int = SIZES.gap) -> QHBoxLayout:
    """Lay parts side by side; None is a stretch."""
    layout = QHBoxLayout()
    _fill(layout, parts, gap)
    return layout


def column(*parts: QWidget | QLayout | None, gap: int = SIZES.gap) -> QVBoxLayout:
    """Lay parts under each other; None is a stretch."""
    layout = QVBoxLayout()
    _fill(layout, parts, gap)
    return layout


def _fill(layout: QBoxLayout, parts: tuple[QWidget | QLayout | None, ...], gap: int) -> None:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


class PageHead(QWidget):
    """The first line of a page: its title, a quiet sentence on the same base line, buttons at the right."""

    def __init__(
        self, theme: Theme, words: str, sentence: str = "", *right: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = title(words, elide=True)
        self.sentence = quiet(sentence, elide=True)
        self.parts = row(gap=SIZES.gap)
        layout = row(self.title, self.sentence, self.parts, gap=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        for widget in right:
            self.parts.addWidget(widget)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_words(self, words: str, sentence: str = "") -> None:
        """Say something else."""
        self.title.set_text(words)
        self.sentence.set_text(sentence)

    def sizeHint(self) -> QSize:
        """As high as a quiet control, or what stands at the right."""
        return super().sizeHint().expandedTo(QSize(0, self._theme.px(SIZES.control - 4)))

    def minimumSizeHint(self) -> QSize:
        """As high as a quiet control, or what stands at the right; a long page must not press it together."""
        return super().minimumSizeHint().expandedTo(QSize(0, self._theme.px(SIZES.control - 4)))

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        big, usual = QFontMetrics(self._theme.font(TextRole.TITLE)), QFontMetrics(self._theme.font(TextRole.BODY))
        # Both lines are centred; this brings the small one down to the base line of the big one.
        drop = (big.ascent() - big.descent()) - (usual.ascent() - usual.descent())
        self.sentence.setContentsMargins(0, drop, 0, 0)


class Card(QFrame):
    """A surface with a rounded frame, an optional head, and a `body` layout for its content."""

    def __init__(self, words: str = "", sentence: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(2)
        if words:
            outer.addWidget(name(words, elide=True))
        if sentence:
            outer.addWidget(small(sentence, elide=True))
        if words or sentence:
            outer.addSpacing(SIZES.gap)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(SIZES.gap)
        outer.addLayout(self.body, 1)


class ScrollPage(QScrollArea):
    """A page that scrolls when it is longer than the window; its content goes into `body`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("ground", "clear")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(SIZES.page_sides, SIZES.page_top, SIZES.page_sides, SIZES.page_top)
        self.body.setSpacing(SIZES.gap)
        self.setWidget(inside)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Move the focus, and the page so that the focus is seen."""
        moved = super().focusNextPrevChild(forward)
        focused = self.focusWidget()
        if moved and self.isAncestorOf(focused):
            self.ensureWidgetVisible(focused)
        return moved
