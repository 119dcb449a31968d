"""The form of a client, new or changed: opens it, writes what it gives, keeps what was left unfinished."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.checking import InvalidInputError
from app.domain.clients import ClientDraft
from app.domain.colleagues import Colleague
from app.domain.vocabulary import Tier
from app.errors import AppError
from app.services.book_figures import BookFigures
from app.services.clients import Clients
from app.services.history import History
from app.words import steps
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs.client import ClientDialog, choices_of
from ui.undo_toast import UndoToast


class ClientForms(QObject):
    """One form at a time; `written` gives the id of the client that was added or changed."""

    written = Signal(int)
    client_wanted = Signal(int)

    def __init__(self, desk: Desk, clients: Clients, history: History, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._clients = clients
        self._page = page
        self._done = UndoToast(desk, history)
        self._editing: int | None = None
        self._dialog: ClientDialog | None = None
        self.owners: Sequence[tuple[int, str]] = ()
        self.tiers: Sequence[tuple[Tier, str]] = ()

    @property
    def dialog(self) -> ClientDialog | None:
        """The form, while it is open."""
        return self._dialog

    def know(self, book: BookFigures, colleagues: Iterable[Colleague]) -> None:
        """Offer the active colleagues as owners, and the tiers by the firm's names."""
        self.owners = [(colleague.id, colleague.name) for colleague in colleagues if colleague.active]
        self.tiers = [(level.tier, level.name) for level in book.tiers]

    def new(self) -> None:
        """Open the form of a new client; what was left unfinished is there again."""
        if self._may_open():
            self._open(None)

    def edit(self, client_id: int) -> None:
        """Open the form of a client of the book."""
        if self._may_open():
            self._open(client_id)

    def _may_open(self) -> bool:
        return self._desk.may_type and self._dialog is None

    def _open(self, client_id: int | None) -> None:
        known = self._clients.every()
        client = None if client_id is None else self._clients.get(client_id)
        choices = choices_of(known, self.owners, self.tiers, self._desk.day)
        dialog = ClientDialog(self._desk.theme, self._desk.icons, choices, self._page, client)
        dialog.accepted_draft.connect(self._on_draft)
        dialog.duplicate_wanted.connect(self.client_wanted)
        dialog.finished.connect(self._on_closed)
        dialog.keep_draft(self._desk.drafts)
        self._editing, self._dialog = client_id, dialog
        dialog.open()

    def _on_draft(self, draft: ClientDraft) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        self._done.begin()
        try:
            if self._editing is None:
                client_id = self._clients.add(draft)
                words = tr("Added “{name}”")
            else:
                client_id = self._editing
                self._clients.change(client_id, draft)
                words = tr("Changed “{name}”")
        except InvalidInputError as error:
            dialog.form.show_problems(error.problems)
            return
        except AppError as error:
            # The form stays: what is in the way (a full disk) may be out of it by the next try.
            self._desk.messages.show(error)
            return
        dialog.accept()
        self.written.emit(client_id)
        self._done.say(words.format(name=steps.short(draft.name)))

    def _on_closed(self) -> None:
        self._dialog = None
