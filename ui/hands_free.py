"""Waits until no form stands open: nothing is taken from under the hands of somebody who types."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

LOOK_EVERY_MS = 400


class HandsFree(QObject):
    """Calls something once no dialog and no menu is open: `HandsFree(then, parent)`, `wait()`."""

    def __init__(self, then: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._then = then
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def wait(self) -> None:
        """Call it when the hands are free, a moment from now at the earliest; asked for twice, it is called once."""
        self._timer.start()

    def _look(self) -> None:
        if QApplication.activeModalWidget() is None and QApplication.activePopupWidget() is None:
            self._timer.stop()
            self._then()
