"""The trash: what was deleted, by whom and when, and the way to bring it back.

Usage: `dialog = TrashDialog(theme, parent)`, `dialog.show_entries(entries)`; connect `bring_back_wanted` (it gives an
entry), and say what came of it with `say`.
"""

from collections.abc import Sequence
from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.domain.changes import TrashEntry
from app.words import formats
from app.words.catalogue import tr
from ui.models.rows import Column
from ui.theme import Theme
from ui.tokens import SIZES, Tone
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.labels import body, quiet, small, title
from ui.widgets.layout import row
from ui.widgets.table import Table
from ui.widgets.text import tip


def _when(entry: TrashEntry) -> str:
    local = entry.when.astimezone()
    return f"{formats.day(local.date())}, {local:%H:%M}"


def _things(entry: TrashEntry) -> str:
    return entry.things[:1].upper() + entry.things[1:]


def _how(entry: TrashEntry) -> str:
    return tr("addition undone") if entry.taken_back else tr("deleted")


def _belongings(entry: TrashEntry) -> str:
    return tr("with {belongings}").format(belongings=entry.belongings) if entry.belongings else ""


COLUMNS: tuple[Column[TrashEntry], ...] = (
    Column("when", tr("When"), text=_when, value=attrgetter("step_id"), width=172),
    Column("who", tr("Who"), text=attrgetter("who"), width=90),
    Column("things", tr("What"), text=_things, tooltip=_things, stretch=True, strong=True, width=240),
    Column("belongings", tr("With it"), text=_belongings, tooltip=_belongings, tone=lambda _: Tone.QUIET, width=190),
    Column("how", tr("How"), text=_how, tone=lambda _: Tone.QUIET, width=136),
)


class TrashDialog(QDialog):
    """Lists what can come back, newest first; Enter brings it back."""

    bring_back_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Trash"))
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(940), room.width() - 40), min(theme.px(540), room.height() - 80))
        self._why_not = ""
        self._busy = True
        self.table: Table[TrashEntry] = Table(theme, COLUMNS, attrgetter("step_id"), name=tr("Trash"), several=False)
        self.detail = small(wrap=True)
        self.said = body(wrap=True)
        self.bring_back = Button(theme, tr("Bring back"), key=tr("Enter"), kind=ButtonKind.PRIMARY, large=True)
        close = Button(theme, tr("Close"), large=True)
        self.bring_back.clicked.connect(self._on_bring_back)
        close.clicked.connect(self.accept)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_opened)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._on_bring_back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(SIZES.gap)
        layout.addWidget(title(tr("Trash")))
        layout.addWidget(
            quiet(
                tr("What was deleted in the last two years, and how it comes back: with all that belonged to it."),
                wrap=True,
            )
        )
        layout.addWidget(self.table, 1)
        layout.addWidget(self.detail)
        layout.addWidget(self.said)
        layout.addLayout(row(None, close, self.bring_back))
        self.setTabOrder(self.table, close)
        self.setTabOrder(close, self.bring_back)
        self.say(_LOOKING)
        self._on_chosen(())

    def show_entries(self, entries: Sequence[TrashEntry], why_not: str = "") -> None:
        """List entries; `why_not` says why nothing can be brought back now."""
        if self.said.text() == _LOOKING:
            self.say("")
        self._busy, self._why_not = False, why_not
        here = self.table.currentIndex().row()
        self.table.set_rows(entries)
        if entries and not self.table.chosen_rows():
            self.table.choose_place(min(max(here, 0), len(entries) - 1))
        if not entries and not self.said.text():
            self.say(tr("Nothing that was deleted is waiting here."))
        self._on_chosen(self.table.chosen_rows())

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Say what came of it."""
        self.said.set_tone(Tone.OVERDUE if wrong else Tone.PLAIN)
        self.said.set_text(words)
        self.said.setVisible(bool(words))

    def wait(self) -> None:
        """Nothing can be chosen until the entries come anew."""
        self._busy = True
        self.bring_back.setEnabled(False)

    def _on_chosen(self, chosen: Sequence[TrashEntry]) -> None:
        entry = chosen[0] if chosen else None
        self.bring_back.setEnabled(entry is not None and not self._why_not and not self._busy)
        self.bring_back.setToolTip(tip(self._why_not))
        self.detail.set_text("" if entry is None else _detail(entry))

    def _on_opened(self, _entry: TrashEntry) -> None:
        self._on_bring_back()

    def _on_bring_back(self) -> None:
        chosen = self.table.chosen_rows()
        if chosen and self.bring_back.isEnabled():
            self.bring_back_wanted.emit(chosen[0])


def _detail(entry: TrashEntry) -> str:
    parts = (_things(entry), _belongings(entry))
    return tr("{things}. Step: {what}.").format(things=", ".join(filter(None, parts)), what=entry.what)


_LOOKING = tr("Looking…")
