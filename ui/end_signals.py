"""The computer is shut down, or a terminal ends the program: it ends as by its window, the book closed."""

import os
import signal
import sys
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication


class EndSignals(QObject):
    """Watches from its making to the end of the process; without effect on Windows, which sends no such signals."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        if sys.platform == "win32":
            return
        # Python hears of a signal when it next runs, and Qt sleeps in between: a pipe wakes it.
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, _heard)
        self._reader = reader
        self._notifier = QSocketNotifier(reader, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)

    def _on_signal(self) -> None:
        os.read(self._reader, 64)
        # Closed, forms keep what was typed in them.
        QApplication.closeAllWindows()
        QApplication.quit()


def _heard(_number: int, _frame: FrameType | None) -> None:
    """Let the pipe speak."""
