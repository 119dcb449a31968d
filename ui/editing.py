"""What pages and tabs share when records are edited: dialogs that stay open on a refusal, and toasts that offer Undo.

Usage: `editing = Editing(desk, book.history, self)`; `editing.open(PersonDialog(...), book.people.add)`;
after a deletion `editing.say("Deleted Helen Sørby")`.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.checking import InvalidInputError
from app.errors import AppError
from app.services.history import History
from ui.desk import Desk
from ui.dialogs.record import RecordDialog
from ui.undo_toast import UndoToast


class Editing:
    """Opens dialogs over a page or a tab and saves what they give."""

    def __init__(self, desk: Desk, history: History, host: QWidget) -> None:
        self._messages = desk.messages
        self._drafts = desk.drafts
        self._toast = UndoToast(desk, history)
        self._host = host
        self._dialog: RecordDialog | None = None

    @property
    def over(self) -> QWidget:
        """The window over which dialogs stand."""
        return self._host.window()

    @property
    def dialog(self) -> RecordDialog | None:
        """The dialog that is open, if any."""
        return self._dialog

    # What a dialog gives is what its service takes; only the caller knows both.
    def open(self, dialog: RecordDialog, save: Callable[[Any], object]) -> None:
        """Show a dialog and save what it gives; refused, it stays open with all that was typed."""
        dialog.accepted_draft.connect(partial(self._on_made, save))
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        dialog.keep_draft(self._drafts)
        dialog.open()

    def say(self, words: str) -> None:
        """Say what was done last, with Undo."""
        self._toast.say(words)

    def _on_made(self, save: Callable[[Any], object], draft: object) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        try:
            save(draft)
        except InvalidInputError as error:
            dialog.form.show_problems(error.problems)
        except AppError as error:
            self._messages.show(error)
        else:
            dialog.close()

    def _on_finished(self) -> None:
        self._dialog = None
