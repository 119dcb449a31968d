"""Brings backups back: as a copy beside the book, or in its place; also where the book itself cannot be opened."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from app.domain.backups import Backup
from app.paths import BOOK_SUFFIX, Paths
from app.services.backups import Backups, backups_for, pin, restore
from app.words import backups as words
from app.words.catalogue import tr
from ui.backup_keeper import BackupKeeper
from ui.dialogs.backups import BackupsDialog
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.tasks.runner import Cancelled, Report, Tasks


class BackupsFlow(QObject):
    """One dialog at a time. `copied` gives what to open; `replace_wanted` the book and the backup for its place."""

    copied = Signal(object)
    replace_wanted = Signal(object, object)

    def __init__(self, window: MainWindow, messages: Messages, tasks: Tasks, paths: Paths) -> None:
        super().__init__(window)
        self._window = window
        self._messages = messages
        self._tasks = tasks
        self._paths = paths
        self._backups: Backups | None = None
        self._book = Path()
        self._dialog: BackupsDialog | None = None

    def open_for_book(self, backups: Backups, book: Path, keeper: BackupKeeper, *, writable: bool) -> None:
        """Show the backups of the open book."""
        self._backups, self._book = backups, book
        sentence = tr("Made at closing, every half hour of changes, and before what changes much. They lie in {place}.")
        dialog = BackupsDialog(
            self._window.theme,
            sentence.format(place=backups.folder),
            self._window,
            may_make=writable,
            may_replace=writable,
        )
        dialog.make_wanted.connect(keeper.make)
        keeper.made.connect(self._on_made)
        self._show(dialog)

    def open_for_damaged(self, book: Path, why: str) -> None:
        """Show the backups of a book that cannot be opened."""
        self._backups, self._book = None, book
        sentence = tr("{why} These are its backups; what stands there now is kept whatever you choose.")
        dialog = BackupsDialog(self._window.theme, sentence.format(why=why), self._window, may_make=False)
        self._show(dialog)

    def _show(self, dialog: BackupsDialog) -> None:
        dialog.look_wanted.connect(self._on_look)
        dialog.pin_wanted.connect(self._on_pin)
        dialog.copy_wanted.connect(self._on_copy)
        dialog.replace_wanted.connect(self._on_replace)
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        self._list()
        dialog.open()

    def _list(self, chosen: Backup | None = None) -> None:
        if self._dialog is None:
            return
        if self._backups:
            found = self._backups.every()
            self._dialog.show_backups(found, self._backups.differences(found), chosen)
        else:
            self._dialog.show_backups(backups_for(self._book, self._paths), {}, chosen)

    def _on_made(self, _backup: Backup) -> None:
        self._list()

    def _on_finished(self, _result: int) -> None:
        self._dialog = None

    def _on_pin(self, backup: Backup) -> None:
        self._messages.guard(partial(self._pin, backup))

    def _pin(self, backup: Backup) -> None:
        self._list(pin(backup, pinned=not backup.pinned))

    def _on_look(self, backup: Backup) -> None:
        # A backup is only ever opened to be read.
        self._on_copied(backup.path)

    def _on_copy(self, backup: Backup) -> None:
        offered = self._book.with_name(f"{self._book.stem} {backup.made.astimezone():%Y-%m-%d %H%M}{BOOK_SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("Open the backup as a copy"), str(offered), f"Rapport books (*{BOOK_SUFFIX})"
        )
        if name:
            work = partial(_restore, backup.path, Path(name), self._paths)
            self._tasks.run(work, self._on_copied, title=tr("Restoring a copy"))

    def _on_copied(self, place: Path) -> None:
        if self._dialog:
            self._dialog.close()
        self.copied.emit(place)

    def _on_replace(self, backup: Backup) -> None:
        moment = words.moment(backup.made, datetime.now(UTC))
        self._messages.ask(
            tr("Put the backup of {when} in the place of {book}?").format(when=moment, book=self._book.name),
            words.replaces(damaged=self._backups is None),
            tr("Put it in its place"),
            partial(self._replace, backup),
        )

    def _replace(self, backup: Backup) -> None:
        if self._dialog:
            self._dialog.close()
        self.replace_wanted.emit(self._book, backup.path)


def _restore(backup: Path, target: Path, paths: Paths, _report: Report, cancelled: Cancelled) -> Path:
    restore(backup, target, paths, cancelled)
    return target
