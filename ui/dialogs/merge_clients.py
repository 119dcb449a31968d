"""Make two clients one: which stays, and the counts of everything that moves, before it moves.

Usage: `MergeClientsDialog(theme, (first, counts), (second, counts), parent)`; `accepted_draft` gives (keep, lose) ids.
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.clients import Client
from app.words.catalogue import tr
from ui.dialogs.record import RecordDialog
from ui.theme import Theme
from ui.tokens import Tone
from ui.widgets.buttons import Button
from ui.widgets.labels import small
from ui.widgets.layout import clear, hairline, row

Counted = tuple[Client, Mapping[str, int]]
_TABLES = {
    "fee": "Fees",
    "contact": "Contacts",
    "feedback": "Feedback",
    "promise": "Promises",
    "person": "People",
    "cost": "Costs",
    "plan": "Plans",
    "engagement": "Engagements",
    "stage": "Stages set by hand",
    "client_alias": "Other names",
}


class MergeClientsDialog(RecordDialog):
    """Shows the sum before it is made."""

    def __init__(self, theme: Theme, first: Counted, second: Counted, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Merge two clients"), tr("Merge"), parent, width=560)
        self._keep, self._lose = first, second
        self._table = QWidget()
        self._sentence = small(wrap=True)
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setColumnStretch(0, 1)
        self.swap = Button(theme, tr("Keep the other one"))
        self.swap.clicked.connect(self._on_swap)
        below = QWidget()
        below.setLayout(row(self.swap, None))
        self._fill()
        for part in (self._sentence, self._table, below):
            self.form.add_part(part)

    def _fill(self) -> None:
        keep, lose = self._keep[0], self._lose[0]
        self.go.set_words(tr("Merge into {name}").format(name=_short(keep.name)))
        self._sentence.set_text(
            tr(
                "All of {lost} moves to {kept}, whose empty fields are filled from it. “{lost}” stays as another name "
                "of {kept}. Undo takes it back."
            ).format(lost=lose.name, kept=keep.name)
        )
        clear(self._grid)
        self._line(0, ("", _short(keep.name), _short(lose.name), tr("together")), strong=True)
        place = 1
        for table, words in _TABLES.items():
            ours, theirs = self._keep[1].get(table, 0), self._lose[1].get(table, 0)
            # The name that goes becomes another name of the one that stays.
            together = ours + theirs + (table == "client_alias")
            if together:
                self._line(place, (tr(words), f"{ours:,}", f"{theirs:,}", f"{together:,}"))
                place += 1

    def _line(self, place: int, texts: tuple[str, str, str, str], *, strong: bool = False) -> None:
        for column, text in enumerate(texts):
            label = small(text, tone=Tone.QUIET if strong or column == 0 else Tone.PLAIN, strong=column == 3)
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(label, 2 * place, column, side)
        self._grid.addWidget(hairline(), 2 * place + 1, 0, 1, 4)

    def _on_swap(self) -> None:
        self._keep, self._lose = self._lose, self._keep
        self._fill()

    def made(self) -> tuple[int, int]:
        """Give the ids of the client that stays and of the one that goes into it."""
        return self._keep[0].id, self._lose[0].id


def _short(name: str) -> str:
    return name if len(name) <= 28 else name[:27].rstrip() + "…"
