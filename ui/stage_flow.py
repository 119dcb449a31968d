"""Sets a client's stage by hand: opens the dialog, writes what it gives, keeps its list up to date."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.changes import ChangeSet
from app.domain.checking import InvalidInputError
from app.errors import AppError
from app.services.clients import Clients
from app.services.figures import Figures
from ui.desk import Desk
from ui.dialogs.stage import StageDialog, StageMade


class StageFlow(QObject):
    """One dialog at a time."""

    def __init__(self, desk: Desk, clients: Clients, figures: Figures, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._clients = clients
        self._figures = figures
        self._window = window
        self._dialog: StageDialog | None = None
        self._client_id = 0
        desk.bus.changed.connect(self._on_changed)

    def open(self, client_id: int) -> None:
        """Open the dialog for a client."""
        client = self._clients.get(client_id)
        now = self._figures.on(self._desk.day).clients[client_id].stage.stage
        dialog = StageDialog(self._desk, client, now, self._clients.stages(client_id), self._window)
        dialog.accepted_draft.connect(self._on_made)
        dialog.remove_wanted.connect(self._clients.remove_stage)
        dialog.finished.connect(self._on_finished)
        self._dialog, self._client_id = dialog, client_id
        dialog.keep_draft(self._desk.drafts)
        dialog.open()

    def _on_made(self, made: StageMade) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        try:
            self._clients.set_stage(made.client_id, made.stage, made.since, made.reason)
        except InvalidInputError as error:
            dialog.form.show_problems(error.problems)
        except AppError as error:
            self._desk.messages.show(error)
        else:
            dialog.accept()

    def _on_changed(self, change: ChangeSet) -> None:
        if self._dialog is not None and "stage" in change.tables:
            self._dialog.show_rows(self._clients.stages(self._client_id))

    def _on_finished(self, _result: int) -> None:
        self._dialog = None
