"""What lies behind: the trash and the histories of single records, opened over the window and kept up to date.

Usage: `past = Past(desk, window, book.trash, book.record_history)`; `past.open_trash()`, `past.open_record(ref)`.
"""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.changes import BroughtBack, ChangeSet, RecordChange, RecordRef, TrashEntry
from app.domain.checking import InvalidInputError
from app.errors import AppError
from app.services.record_history import RecordHistory
from app.services.trash import Trash
from app.words.catalogue import tr, trn
from ui.desk import Desk
from ui.dialogs.record_history import RecordHistoryDialog
from ui.dialogs.trash import TrashDialog
from ui.tasks.runner import plainly


class Past(QObject):
    """Opens the dialogs; at most one of each."""

    def __init__(self, desk: Desk, window: QWidget, trash: Trash, history: RecordHistory) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._trash = trash
        self._history = history

    def open_trash(self) -> TrashDialog:
        """Show what can be brought back."""
        dialog = TrashDialog(self._desk.theme, self._window)
        _TrashFlow(self._desk, self._trash, dialog)
        dialog.open()
        return dialog

    def open_record(self, ref: RecordRef) -> RecordHistoryDialog:
        """Show what was done to a record."""
        dialog = RecordHistoryDialog(self._desk.theme, self._window)
        _RecordFlow(self._desk, self._history, dialog, ref)
        dialog.open()
        return dialog


class _TrashFlow(QObject):
    """Lives as long as its dialog."""

    def __init__(self, desk: Desk, trash: Trash, dialog: TrashDialog) -> None:
        super().__init__(dialog)
        self._desk = desk
        self._trash = trash
        self._dialog = dialog
        dialog.bring_back_wanted.connect(self._on_wanted)
        desk.bus.changed.connect(self._on_changed)
        self._load()

    def _load(self) -> None:
        # An import undone holds many thousand rows, which are read to be named.
        self._desk.tasks.run(
            plainly(self._trash.entries), self._on_loaded, self._on_failed, title=tr("Reading the trash")
        )

    def _on_loaded(self, entries: list[TrashEntry]) -> None:
        self._dialog.show_entries(entries, self._desk.why_not)

    def _on_wanted(self, entry: TrashEntry) -> None:
        self._dialog.wait()
        work = plainly(partial(self._trash.bring_back, entry.step_id))
        self._desk.tasks.run(work, self._on_back, self._on_failed, title=tr("Bringing back"))

    def _on_back(self, back: BroughtBack) -> None:
        words = tr("Brought back: {what}.").format(what=back.what)
        if back.without:
            words += " " + trn(
                "{n} link to what is no longer in the book was left out.",
                "{n} links to what is no longer in the book were left out.",
                back.without,
            )
        self._dialog.say(words)
        self._desk.toasts.show_words(tr("{words} Ctrl+Z takes it back.").format(words=words))

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            self._desk.messages.show(error)
            return
        self._dialog.say(f"{error.sentence} {error.mend}", wrong=True)
        self._load_again()

    def _load_again(self) -> None:
        self._dialog.show_entries(self._dialog.table.rows.rows, self._desk.why_not)

    def _on_changed(self, _change: ChangeSet) -> None:
        self._load()


class _RecordFlow(QObject):
    """Lives as long as its dialog."""

    def __init__(self, desk: Desk, history: RecordHistory, dialog: RecordHistoryDialog, ref: RecordRef) -> None:
        super().__init__(dialog)
        self._desk = desk
        self._history = history
        self._dialog = dialog
        self._ref = ref
        dialog.take_back_wanted.connect(self._on_wanted)
        desk.bus.changed.connect(self._on_changed)
        self._show()

    def _show(self) -> None:
        # Where a record was part of a step of many thousand, all of them are looked through.
        self._desk.tasks.run(plainly(self._read), self._on_read, self._on_failed, title=tr("Reading the history"))

    def _read(self) -> tuple[str, list[RecordChange]]:
        return self._history.title(self._ref), self._history.changes(self._ref)

    def _on_read(self, found: tuple[str, list[RecordChange]]) -> None:
        self._dialog.show_changes(*found, self._history.can_take_back, self._desk.why_not)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, AppError):
            self._dialog.say(f"{error.sentence} {error.mend}", wrong=True)
        else:
            self._desk.messages.show(error)

    def _on_wanted(self, change: RecordChange) -> None:
        try:
            self._history.take_back(change)
        except InvalidInputError as error:
            problems = " ".join(problem.sentence() for problem in error.problems)
            self._dialog.say(tr("It no longer fits: {problems}").format(problems=problems), wrong=True)
        except AppError as error:
            self._dialog.say(f"{error.sentence} {error.mend}", wrong=True)
        else:
            self._dialog.say(
                tr("{field} is {old} again.").format(field=change.field, old=change.old)
                if change.old
                else tr("Taken back.")
            )

    def _on_changed(self, _change: ChangeSet) -> None:
        self._show()
