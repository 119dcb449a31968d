"""What can be done with the chosen clients: the bar under the table, the menu of a row, and the acts themselves.

Every act is one service call, one undo step, and a toast with Undo.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.changes import RecordRef
from app.domain.checking import InvalidInputError
from app.domain.vocabulary import Tier
from app.services.clients import Clients
from app.services.history import History
from app.words import steps
from app.words.catalogue import tr, trn
from ui.desk import Desk
from ui.dialogs.merge_clients import MergeClientsDialog
from ui.dialogs.record import RecordDialog
from ui.dialogs.set_for_many import OwnerForMany, TagForMany, TierForMany
from ui.pages.clients.rows import ClientRow
from ui.undo_toast import UndoToast
from ui.widgets.buttons import Button
from ui.widgets.labels import body
from ui.widgets.layout import row

Owners = Sequence[tuple[int, str]]
Tiers = Sequence[tuple[Tier, str]]


class BulkActs(QObject):
    """Changes many clients at once."""

    open_wanted = Signal(int)
    edit_wanted = Signal(int)
    log_wanted = Signal(int)
    history_wanted = Signal(object)

    def __init__(self, desk: Desk, clients: Clients, history: History, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._clients = clients
        self._page = page
        self._done = UndoToast(desk, history)
        self._rows: tuple[ClientRow, ...] = ()
        self.owners: Owners = ()
        self.tiers: Tiers = ()
        self.tags: Sequence[str] = ()

    def choose(self, rows: Sequence[ClientRow]) -> None:
        """Say which clients are meant."""
        self._rows = tuple(rows)

    @property
    def rows(self) -> tuple[ClientRow, ...]:
        """The clients meant."""
        return self._rows

    def set_owner(self) -> None:
        """Ask for an owner."""
        if self._may():
            self._ask(OwnerForMany(self._desk.theme, self._names(), self.owners, self._page), self._write_owner)

    def set_tier(self) -> None:
        """Ask for a tier."""
        if self._may():
            self._ask(TierForMany(self._desk.theme, self._names(), self.tiers, self._page), self._write_tier)

    def add_tag(self) -> None:
        """Ask for a tag."""
        if self._may():
            self._ask(TagForMany(self._desk.theme, self._names(), self.tags, self._page), self._write_tag)

    def merge(self) -> None:
        """Show what merging two would move."""
        if self._may() and len(self._rows) == 2:
            first, second = ((self._clients.get(chosen.id), self._clients.counts(chosen.id)) for chosen in self._rows)
            self._ask(MergeClientsDialog(self._desk.theme, first, second, self._page), self._write_merge)

    def delete(self) -> None:
        """Delete without asking: Undo is in the toast."""
        if not self._may():
            return
        rows = self._rows
        self._clients.delete(chosen.id for chosen in rows)
        name = tr("“{name}”").format(name=steps.short(rows[0].name))
        self._done.say(
            tr("Deleted {what}").format(what=name if len(rows) == 1 else trn("{n} client", "{n} clients", len(rows)))
        )

    def menu(self, at: QPoint) -> None:
        """Open the menu of the chosen rows."""
        if not self._rows:
            return
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(self._rows) == 1:
            _act(menu, tr("Open"), self._on_open, key="Return")
            _act(menu, tr("Change…"), self._on_edit, key="F2", enabled=self._desk.may_type)
            _act(menu, tr("Log contact…"), self._on_log, enabled=self._desk.may_type)
            _act(menu, tr("History…"), self._on_history, key="Ctrl+Shift+H")
            menu.addSeparator()
        for words, slot in ((tr("Owner…"), self.set_owner), (tr("Tier…"), self.set_tier), (tr("Tag…"), self.add_tag)):
            _act(menu, words, slot, enabled=self._desk.may_type)
        _act(menu, tr("Merge…"), self.merge, enabled=self._desk.may_type and len(self._rows) == 2)
        menu.addSeparator()
        _act(menu, tr("Delete"), self.delete, key="Del", enabled=self._desk.may_type)
        menu.popup(at)

    def _may(self) -> bool:
        return self._desk.may_type and bool(self._rows)

    def _names(self) -> list[str]:
        return [chosen.name for chosen in self._rows]

    def _ids(self) -> list[int]:
        return [chosen.id for chosen in self._rows]

    def _ask(self, dialog: RecordDialog, write: Callable[..., None]) -> None:
        self._dialog = dialog
        dialog.accepted_draft.connect(lambda _draft: self._done.begin())
        dialog.accepted_draft.connect(write)
        dialog.open()

    def _write_owner(self, owner: int | None) -> None:
        self._clients.set_owner(self._ids(), owner)
        self._finish(tr("Changed the owner of {what}"))

    def _write_tier(self, chosen: tuple[Tier | None, str]) -> None:
        self._clients.pin_tier(self._ids(), chosen[0], self._desk.day, chosen[1])
        self._finish(tr("Changed the tier of {what}"))

    def _write_tag(self, tag: str) -> None:
        try:
            self._clients.add_tag(self._ids(), tag)
        except InvalidInputError as error:
            self._dialog.form.show_problems(error.problems)
            return
        self._finish(tr("Tagged {what}"))

    def _write_merge(self, pair: tuple[int, int]) -> None:
        keep, lose = pair
        lost = self._clients.get(lose).name
        self._clients.merge(keep, lose)
        self._dialog.accept()
        self._done.say(tr("Merged “{name}”").format(name=steps.short(lost)))

    def _finish(self, words: str) -> None:
        rows = self._rows
        what = tr("“{name}”").format(name=steps.short(rows[0].name)) if len(rows) == 1 else ""
        self._dialog.accept()
        self._done.say(words.format(what=what or trn("{n} client", "{n} clients", len(rows))))

    def _on_open(self) -> None:
        self.open_wanted.emit(self._rows[0].id)

    def _on_edit(self) -> None:
        self.edit_wanted.emit(self._rows[0].id)

    def _on_log(self) -> None:
        self.log_wanted.emit(self._rows[0].id)

    def _on_history(self) -> None:
        self.history_wanted.emit(RecordRef("client", self._rows[0].id))


def _act(menu: QMenu, words: str, slot: Callable[[], None], *, key: str = "", enabled: bool = True) -> QAction:
    # The key after the tab is only shown: the table has the shortcut itself.
    action = menu.addAction(f"{words}\t{key}" if key else words)
    action.triggered.connect(slot)
    action.setEnabled(enabled)
    return action


class BulkBar(QWidget):
    """Says how many are chosen and offers what can be done with them."""

    def __init__(self, desk: Desk, acts: BulkActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._words = body()
        theme = desk.theme
        self.owner = Button(theme, tr("Owner…"))
        self.tier = Button(theme, tr("Tier…"))
        self.tag = Button(theme, tr("Tag…"))
        self.merge = Button(theme, tr("Merge…"))
        self.delete = Button(theme, tr("Delete"), key="Del")
        for button, slot in (
            (self.owner, acts.set_owner),
            (self.tier, acts.set_tier),
            (self.tag, acts.add_tag),
            (self.merge, acts.merge),
            (self.delete, acts.delete),
        ):
            button.clicked.connect(slot)
        self.setLayout(row(self._words, self.owner, self.tier, self.tag, self.merge, self.delete, None))

    def show_count(self, count: int) -> None:
        """Offer what goes with so many."""
        self._words.set_text(trn("{n} chosen", "{n} chosen", count))
        why = self._desk.why_not
        for button in (self.owner, self.tier, self.tag, self.merge, self.delete):
            button.setEnabled(not why)
            button.setToolTip(why)
        if not why and count != 2:
            self.merge.setEnabled(False)
            self.merge.setToolTip(tr("Two clients can be merged: choose exactly two."))
