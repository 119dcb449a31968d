"""What was brought in, what it shows that was not seen before, and where to go on."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.exchange.importing import Plan
from app.exchange.lists.fields import Kind
from app.words import importing
from app.words.catalogue import tr
from ui.theme import Theme
from ui.tokens import SIZES
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.labels import body
from ui.widgets.layout import PageHead, clear, row


class BroughtPart(QWidget):
    """Shown after the last list, until the person goes on."""

    page_wanted = Signal(str)
    sheet_wanted = Signal(object, str)
    file_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._file = Path()
        self._head = PageHead(theme, "")
        self._layout = QVBoxLayout()
        self._layout.setSpacing(SIZES.gap)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SIZES.page_sides, SIZES.page_top, SIZES.page_sides, SIZES.page_top)
        layout.addWidget(self._head)
        layout.addSpacing(SIZES.gap)
        layout.addLayout(self._layout)
        layout.addStretch(1)

    def show_plan(self, planned: Plan, sentences: Sequence[str], file: Path, sheets: Sequence[str]) -> None:
        """Show what came of a plan, and the sheets of its file that may hold more."""
        clear(self._layout)
        self._file = file
        rows = importing.counted(planned.kind, planned.taken)
        self._head.set_words(tr("Brought in {rows}").format(rows=rows), tr("one step: Ctrl+Z takes it back"))
        for sentence in sentences:
            line = body(sentence, wrap=True)
            line.setMaximumWidth(self._theme.px(640))
            self._layout.addWidget(line)
        self._layout.addSpacing(SIZES.wide_gap)
        pages = [("clients", tr("See the clients"))]
        if planned.kind in (Kind.FEES, Kind.COSTS):
            pages.append(("portfolio", tr("See the portfolio")))
        buttons: list[Button] = []
        for key, words in pages:
            kind = ButtonKind.PLAIN if buttons else ButtonKind.PRIMARY
            button = Button(self._theme, words, kind=kind, large=True)
            button.clicked.connect(partial(self._on_page, key))
            buttons.append(button)
        for sheet in sheets:
            button = Button(self._theme, tr("Bring in sheet “{name}”").format(name=sheet), large=True)
            button.clicked.connect(partial(self._on_sheet, sheet))
            buttons.append(button)
        another = Button(self._theme, tr("Bring in another list…"), large=True)
        another.clicked.connect(self.file_wanted)
        self._layout.addLayout(row(*buttons, another, None))
        self.setFocusProxy(buttons[0])

    def _on_page(self, key: str, _checked: bool = False) -> None:
        self.page_wanted.emit(key)

    def _on_sheet(self, name: str, _checked: bool = False) -> None:
        self.sheet_wanted.emit(self._file, name)
