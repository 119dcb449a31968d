"""Adds up what clients cost while a page is being read, so that nobody who then sorts by profit waits for it."""

from PySide6.QtCore import QObject, QTimer

from app.services.figures import Figures
from ui.changes import ChangeBus

AFTER_MS, EVERY_MS = 500, 20
SLICE_SECONDS = 0.004


class CostsAhead(QObject):
    """A little at a time, from shortly after the window stands and after every change; nobody notices a slice."""

    def __init__(self, figures: Figures, bus: ChangeBus, parent: QObject) -> None:
        super().__init__(parent)
        self._figures = figures
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_quiet)
        bus.changed.connect(self.begin)

    def begin(self) -> None:
        """Begin when nothing more has happened for a moment."""
        self._timer.start(AFTER_MS)

    def end(self) -> None:
        """Begin no more."""
        self._timer.stop()

    def _on_quiet(self) -> None:
        if self._figures.add_up_costs(SLICE_SECONDS):
            self._timer.start(EVERY_MS)
        else:
            self._timer.stop()
