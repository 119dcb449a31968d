"""The sheet behind every figure: what it is, this client's numbers in the formula, what was counted and what left out.

Usage: build an `ExplanationView` from a metric's result, then `show_explanation(theme, anchor, view)`; connect
`.linked` of the returned `Explanation` to show the rows. Everything in it is plain text. Copy puts `view.as_text()` on
the clipboard.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.words.catalogue import tr
from ui.theme import Theme
from ui.tokens import SIZES, TextRole, Tone
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel, name, small
from ui.widgets.layout import hairline, row
from ui.widgets.popover import SHADOW, Popover
from ui.widgets.scrolled import Scrolled
from ui.widgets.text import plain


@dataclass(frozen=True, slots=True)
class ExplanationRow:
    """One part of a formula: "S", "average spend per purchase", "£148,320 ÷ 36", "£4,120"."""

    symbol: str
    meaning: str
    working: str
    value: str


@dataclass(frozen=True, slots=True)
class ExplanationView:
    """All that an explanation shows, in words for people."""

    title: str
    rule: str
    formula: str
    rows: tuple[ExplanationRow, ...] = ()
    paragraphs: tuple[str, ...] = ()
    note: str = ""
    link: str = ""
    lever: str = ""

    def as_text(self) -> str:
        """The same as plain lines, for the clipboard."""
        table = [f"{part.symbol}\t{part.meaning}\t{part.working}\t{part.value}" for part in self.rows]
        lines = [self.title, self.rule, self.formula, *table, *self.paragraphs, self.note, self.lever]
        return "\n".join(plain(line) for line in lines if line)


class Explanation(Popover):
    """The open sheet."""

    linked = Signal()

    def __init__(self, theme: Theme, anchor: QWidget, view: ExplanationView) -> None:
        super().__init__(theme, anchor)
        self._view = view
        self.setAccessibleName(view.title)
        self.setAccessibleDescription(view.as_text())
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(SIZES.gap)
        rule = small(view.rule)
        inside.addLayout(row(name(view.title), None, rule))
        inside.addSpacing(6)
        inside.addWidget(PlainLabel(view.formula, TextRole.FORMULA, wrap=True, selectable=True))
        inside.addSpacing(6)
        if view.rows:
            inside.addLayout(self._table())
        for paragraph in view.paragraphs:
            inside.addWidget(small(paragraph, tone=Tone.PLAIN, wrap=True))
        if view.note:
            inside.addWidget(small(view.note, wrap=True))
        inside.addSpacing(4)
        inside.addLayout(self._foot())
        self._scroll = Scrolled(content)
        self.body.addWidget(self._scroll)

    def place(self) -> None:
        """As wide as the design says, as tall as the content and the window allow."""
        window = self.window()
        width = min(self._theme.px(SIZES.popover), window.width() - 32)
        tall = self._scroll.inside.layout().heightForWidth(width - 2)  # type: ignore[union-attr]
        self.setFixedSize(width + 2 * SHADOW, min(tall + 4, window.height() - 32) + 2 * SHADOW)
        super().place()

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        grid.setContentsMargins(0, 0, 0, 4)
        grid.setColumnStretch(1, 1)
        for place, part in enumerate(self._view.rows):
            value = small(part.value, tone=Tone.PLAIN, strong=True)
            for column, label in enumerate(
                (
                    small(part.symbol, tone=Tone.PLAIN),
                    small(part.meaning, tone=Tone.PLAIN, wrap=True),
                    small(part.working, tone=Tone.PLAIN),
                    value,
                )
            ):
                label.setContentsMargins(10 if column == 0 else 0, 0, 10 if column == 3 else 0, 0)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                side = Qt.AlignmentFlag.AlignRight if column >= 2 else Qt.AlignmentFlag(0)
                grid.addWidget(label, 2 * place, column, side)
            grid.addWidget(hairline(), 2 * place + 1, 0, 1, 4)
        return grid

    def _foot(self) -> QHBoxLayout:
        copy = Button(self._theme, tr("Copy"))
        copy.clicked.connect(self._on_copy)
        link = Button(self._theme, self._view.link)
        link.clicked.connect(self._on_link)
        if not self._view.link:
            link.hide()
        return row(copy, link, None, small(self._view.lever))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._view.as_text())

    def _on_link(self) -> None:
        self.close()
        self.linked.emit()


def show_explanation(theme: Theme, anchor: QWidget, view: ExplanationView) -> Explanation:
    """Open an explanation under the figure that was clicked."""
    explanation = Explanation(theme, anchor, view)
    explanation.open()
    return explanation
