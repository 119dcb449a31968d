"""Keeps backups while the window is open: looks every minute, makes one when due, and says so in the status line.

What a person must do something about stands in a bar over the page: no good backup for three days, or tries that fail.
"""

from contextlib import suppress
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.backups import Backup, BackupStatus, Reason
from app.domain.changes import ChangeSet
from app.errors import AppError
from app.services.backups import Backups
from app.words import backups as words
from app.words.catalogue import tr
from ui.changes import ChangeBus
from ui.main_window import MainWindow
from ui.tasks.runner import Cancelled, Report, Tasks
from ui.tokens import Tone
from ui.widgets.banner import BannerKind

LOOK_EVERY_MS = 60_000


class BackupKeeper(QObject):
    """Works off the window's thread; a failure is said in the status line and tried again at the next look."""

    made = Signal(object)

    def __init__(self, backups: Backups, tasks: Tasks, window: MainWindow, bus: ChangeBus, *, writable: bool) -> None:
        super().__init__(window)
        self._backups = backups
        self._tasks = tasks
        self._window = window
        self._writable = writable
        self._said = ("", "")
        self._busy = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        bus.changed.connect(self._on_changed)
        if writable:
            self._timer.start()
        self._say_later = QTimer(self)
        self._say_later.setSingleShot(True)
        self._say_later.timeout.connect(self._ask_status)
        self._say_later.start(0)

    def look(self) -> None:
        """Make a backup if one is due."""
        if not self._busy:
            self._busy = True
            task = self._tasks.run(self._work, self._on_looked, self._on_failed)
            task.ended.connect(self._on_ended)

    def make(self) -> None:
        """Make a backup now."""
        task = self._tasks.run(self._make, self._on_made, title=tr("Backing up"))
        task.ended.connect(self._ask_status)

    def _work(self, _report: Report, _cancelled: Cancelled) -> BackupStatus:
        now = datetime.now(UTC)
        if not self._backups.empty() and self._backups.due(now):
            # The status says why there is none.
            with suppress(AppError):
                self._backups.make(Reason.REGULAR)
        return self._backups.status(now)

    def _make(self, _report: Report, cancelled: Cancelled) -> Backup:
        return self._backups.make(Reason.ASKED, cancelled=cancelled)

    def _ask_status(self) -> None:
        self._tasks.run(self._read_status, self._on_looked, self._on_failed)

    def _read_status(self, _report: Report, _cancelled: Cancelled) -> BackupStatus:
        return self._backups.status(datetime.now(UTC))

    def _on_looked(self, status: BackupStatus) -> None:
        now = datetime.now(UTC)
        wrong = status.failure or status.second_failure or status.overdue or status.shrunk
        self._window.status.set_backup(words.status(status, now), Tone.OVERDUE if wrong else Tone.QUIET)
        if self._writable:
            self._say(words.alarm(status, now), words.shrunk(status))

    def _say(self, alarm: str, shrunk: str) -> None:
        # A bar that is said again would take the keyboard off its button.
        if (alarm, shrunk) == self._said:
            return
        self._said = alarm, shrunk
        set_notice = self._window.set_notice
        set_notice("backups", alarm, action=tr("Try again"), run=self.make, kind=BannerKind.ALARM)
        set_notice("backups-shrunk", shrunk, action=tr("It is right"), run=self._on_right)

    def _on_right(self) -> None:
        self._backups.confirm_shrinking()
        self._ask_status()

    def _on_failed(self, error: Exception) -> None:
        self._window.status.set_backup(tr("Backup failed"), Tone.OVERDUE)
        if self._writable and isinstance(error, AppError):
            self._say(str(error), "")

    def _on_ended(self) -> None:
        self._busy = False

    def _on_made(self, backup: Backup) -> None:
        self.made.emit(backup)

    def _on_changed(self, _change: ChangeSet) -> None:
        self._say_later.start(2_000)
