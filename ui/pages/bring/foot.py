"""The line under the page, always in sight: what bringing in means or why it cannot be done, and its button."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.words import formats
from app.words.catalogue import tr
from ui.theme import Theme
from ui.tokens import SIZES, Tone
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.labels import small
from ui.widgets.layout import column, hairline, row

MOST_WAITING = 4


class Foot(QWidget):
    """However long the list's page is, the button that brings it in does not scroll away."""

    bring_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.go = Button(theme, "", kind=ButtonKind.PRIMARY, large=True)
        self.cancel = Button(theme, "", large=True)
        self._why = small(tone=Tone.DUE, wrap=True)
        self._promise = small(
            tr("One step to undo. What you choose is kept for the next list with these columns."), wrap=True
        )
        self._then = small(wrap=True)
        line = row(column(self._why, self._promise, self._then, gap=2), self.cancel, self.go)
        line.setStretch(0, 1)
        line.setContentsMargins(SIZES.page_sides, SIZES.gap, SIZES.page_sides, SIZES.gap)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(hairline())
        whole.addLayout(line)
        self.go.clicked.connect(self.bring_wanted)
        self.cancel.clicked.connect(self.cancel_wanted)

    def show_way(self, verb: str, why: str, *, may: bool, waiting: Sequence[Path]) -> None:
        """Say what the button does, or why it cannot be pressed, and which lists are next."""
        self.go.set_words(verb)
        self.go.setEnabled(may and not why)
        self.go.setToolTip(why)
        self._why.set_text(why)
        self._why.setVisible(bool(why))
        self._promise.setVisible(not why)
        self._then.set_text(
            tr("Then: {files}").format(files=formats.listed([file.name for file in waiting], MOST_WAITING))
        )
        self._then.setVisible(bool(waiting))
        self.cancel.set_words(tr("Leave this list") if waiting else tr("Cancel"))
