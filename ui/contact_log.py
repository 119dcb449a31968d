"""Logging a contact from anywhere: opens the form, writes what it gives, keeps what was left unfinished.

Usage: `log = ContactLog(desk, window, clients=..., people=..., contacts=..., history=...)`; `log.open()` is Ctrl+L,
`log.open_for(client_id)` is the L of a row.
"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.checking import InvalidInputError
from app.domain.people import PersonDraft
from app.errors import AppError
from app.services.clients import Clients
from app.services.contacts import Contacts
from app.services.history import History
from app.services.people import People
from app.words import steps
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs.log_contact import LogBook, LogContactDialog, Logged
from ui.drafts import DraftKeeper
from ui.undo_toast import UndoToast


class ContactLog(QObject):
    """One form at a time."""

    logged = Signal(int)

    def __init__(
        self, desk: Desk, window: QWidget, *, clients: Clients, people: People, contacts: Contacts, history: History
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._clients = clients
        self._people = people
        self._contacts = contacts
        self._done = UndoToast(desk, history)
        self._dialog: LogContactDialog | None = None
        self._draft: DraftKeeper | None = None

    @property
    def dialog(self) -> LogContactDialog | None:
        """The form, while it is open."""
        return self._dialog

    def open(self) -> None:
        """Open the form without a client."""
        self._open(None)

    def open_for(self, client_id: int) -> None:
        """Open the form for a client."""
        self._open(client_id)

    def _open(self, client_id: int | None) -> None:
        if self._dialog is not None:
            self._dialog.raise_()
            self._dialog.activateWindow()
            return
        if not self._desk.may_type:
            self._desk.toasts.show_words(self._desk.why_not)
            return
        clients = tuple(self._clients.every())
        if not clients:
            self._desk.toasts.show_words(tr("There is no client yet to log a contact with."))
            return
        preset = next((client for client in clients if client.id == client_id), None)
        book = LogBook(clients, tuple(self._people.every()), self._desk.day, preset)
        dialog = LogContactDialog(self._desk.theme, self._desk.icons, book, self._window)
        key = "log" if preset is None else f"log of {preset.id}"
        draft = DraftKeeper(self._desk.drafts, key, dialog.form, dialog.draft, dialog)
        dialog.line.textChanged.connect(draft.touch)
        dialog.restore(draft.take_up())
        dialog.accepted_log.connect(self._on_log)
        dialog.person_wanted.connect(self._on_person)
        dialog.rejected.connect(self._on_left)
        dialog.finished.connect(self._on_closed)
        self._dialog, self._draft = dialog, draft
        dialog.open()

    def _on_log(self, entry: Logged) -> None:
        if self._dialog is None:
            return
        try:
            self._contacts.log(entry.contact, entry.promises)
        except InvalidInputError as error:
            self._dialog.form.show_problems(error.problems)
            return
        except AppError as error:
            # The form stays with all that was typed; what is in the way may be out of it by the next try.
            self._desk.messages.show(error)
            return
        if self._draft is not None:
            self._draft.saved(stays=entry.stays)
        words = tr("Logged with {name}").format(name=steps.short(entry.client.name))
        self._dialog.taken(words)
        self._done.say(words)
        self.logged.emit(entry.client.id)

    def _on_person(self, client_id: int, name: str) -> None:
        if self._dialog is not None:
            called = name.replace("_", " ").replace(".", " ").strip()
            person_id = self._people.add(PersonDraft(client_id=client_id, name=called[:1].upper() + called[1:]))
            self._dialog.add_person(self._people.get(person_id))

    def _on_left(self) -> None:
        if self._draft is not None:
            self._draft.keep_now()

    def _on_closed(self) -> None:
        self._dialog = self._draft = None
