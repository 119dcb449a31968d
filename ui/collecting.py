"""Python's cycle collector at work between Qt's events only.

By itself it begins wherever a value is made, and that may be deep in Qt: `QObject::disconnect` holds a lock while
PySide looks for an override, and a collection that begins there and takes another widget apart waits for that lock for
ever (seen with a debugger: the locks are few, so two objects may share one).
"""

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 1_000


class Collecting(QObject):
    """Collects by a timer of the window's thread, as often as Python would at most; rests while `PAUSES` rest."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._limits = gc.get_threshold()
        # Enabled and paused as before, but never by itself.
        gc.set_threshold(0)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_EVERY_MS)

    def look(self) -> None:
        """Collect each generation that has grown beyond its limit."""
        if gc.isenabled():
            for generation, limit in enumerate(self._limits):
                if gc.get_count()[generation] > limit:
                    gc.collect(generation)

    def end(self) -> None:
        """Leave collecting to Python again."""
        self._timer.stop()
        gc.set_threshold(*self._limits)
