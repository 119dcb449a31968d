"""What was brought in, what it shows that was not seen before, and where to go on."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from app.exchange.importing import Plan
from app.exchange.lists.fields import Kind
from app.words import importing
from app.words.catalogue import tr
from ui.theme import Theme
from ui.tokens import SIZES
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.flow_box import FlowBox
from ui.widgets.labels import body
from ui.widgets.layout import PageHead, ScrollPage, clear


class BroughtPart(ScrollPage):
    """Shown after the last list, until the person goes on."""

    page_wanted = Signal(str)
    sheet_wanted = Signal(object, str)
    file_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._file = Path()

    def show_plan(self, planned: Plan, sentences: Sequence[str], file: Path, sheets: Sequence[str]) -> None:
        """Show what came of a plan, and the sheets of its file that may hold more."""
        clear(self.body)
        self._file = file
        rows = importing.counted(planned.kind, planned.taken)
        title = tr("Brought in {rows}").format(rows=rows)
        self.body.addWidget(PageHead(self._theme, title, tr("one step: Ctrl+Z takes it back")))
        self.body.addSpacing(SIZES.gap)
        for sentence in sentences:
            line = body(sentence, wrap=True)
            line.setMaximumWidth(self._theme.px(640))
            self.body.addWidget(line)
        self.body.addSpacing(SIZES.wide_gap)
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
        self.body.addWidget(FlowBox(*buttons, another))
        self.body.addStretch(1)
        self.setFocusProxy(buttons[0])

    def _on_page(self, key: str, _checked: bool = False) -> None:
        self.page_wanted.emit(key)

    def _on_sheet(self, name: str, _checked: bool = False) -> None:
        self.sheet_wanted.emit(self._file, name)
