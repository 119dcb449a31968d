"""Ctrl+L from anywhere: opens the form, writes what it gives, keeps what was left unfinished."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.checking import InvalidInputError
from app.domain.people import PersonDraft
from app.errors import AppError
from app.services.clients import Clients
from app.services.contacts import Contacts
from app.services.history import History
from app.services.people import People
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs.log_contact import LogBook, LogContactDialog, Logged


class LogFlow(QObject):
    """One form at a time."""

    def __init__(
        self, desk: Desk, clients: Clients, people: People, contacts: Contacts, history: History, window: QWidget
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._clients = clients
        self._people = people
        self._contacts = contacts
        self._history = history
        self._window = window
        self._dialog: LogContactDialog | None = None
        self._unfinished: Mapping[str, str] = {}

    def open(self, client_id: int | None) -> None:
        """Open the form, for a client or for whichever the line names."""
        if self._dialog is not None:
            self._dialog.raise_()
            self._dialog.activateWindow()
            return
        book = LogBook(
            clients=tuple(self._clients.every()),
            people=tuple(self._people.every()),
            today=date.today(),
            client=None if client_id is None else self._clients.get(client_id),
        )
        dialog = LogContactDialog(self._desk.theme, self._desk.icons, book, self._window)
        dialog.accepted_log.connect(self._on_logged)
        dialog.person_wanted.connect(self._on_person)
        dialog.finished.connect(self._on_finished)
        if client_id is None:
            dialog.restore(self._unfinished)
        self._dialog = dialog
        dialog.open()

    def _on_logged(self, logged: Logged) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        try:
            self._contacts.log(logged.contact, logged.promises)
        except InvalidInputError as error:
            dialog.form.show_problems(error.problems)
        except AppError as error:
            self._desk.messages.show(error)
        else:
            words = tr("Logged with {client}.").format(client=logged.client.name)
            dialog.taken(words)
            self._desk.toasts.show_words(words, action=tr("Undo"), key="Ctrl Z", run=self._history.undo)

    def _on_person(self, client_id: int, name: str) -> None:
        if self._dialog is not None:
            person_id = self._people.add(PersonDraft(client_id=client_id, name=name))
            self._dialog.add_person(self._people.get(person_id))

    def _on_finished(self, result: int) -> None:
        if self._dialog is not None:
            self._unfinished = {} if result else self._dialog.draft()
        self._dialog = None
