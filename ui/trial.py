"""A trial start: every page is shown once, and whatever fails ends the program with 1. Packaging uses it.

Usage: `Trial(rapport).begin()` once the window is shown; `QApplication.exec` then gives the exit code.
"""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.errors import AppError
from ui.crash_report import crash_report
from ui.tasks.runner import Tasks

if TYPE_CHECKING:
    from ui.application import Rapport

STEP_MS = 60
PATIENCE_MS = 60_000


class Trial(QObject):
    """Waits for each page and what it starts, then goes to the next."""

    def __init__(self, rapport: "Rapport", version: str) -> None:
        super().__init__(rapport)
        self._rapport = rapport
        self._version = version
        self._left: list[Callable[[], object]] | None = None
        self._deadline = QDeadlineTimer(PATIENCE_MS)
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self._on_step)

    def begin(self) -> None:
        """Start going through the pages; an error shown to the person from now on is a failure."""
        self._rapport.messages.shown.connect(self._on_error)
        self._timer.start()

    def _on_step(self) -> None:
        window = self._rapport.window
        if self._deadline.hasExpired():
            self._end(f"No page was shown within {PATIENCE_MS // 1000} seconds.")
        elif not window.current or any(tasks.running for tasks in window.findChildren(Tasks)):
            return
        elif self._left is None:
            session = self._rapport.session
            self._left = [] if session is None else session.every_page()
        elif self._left:
            self._left.pop(0)()
        else:
            self._end("")

    def _on_error(self, error: BaseException) -> None:
        self._end(str(error) if isinstance(error, AppError) else crash_report(error, self._version))

    def _end(self, failure: str) -> None:
        self._timer.stop()
        if failure:
            sys.stderr.write(f"rapport: {failure}\n")
        QApplication.exit(1 if failure else 0)
