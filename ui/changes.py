"""How screens learn that the book has changed: one bus, one signal.

Usage: a page connects `bus.changed` to a bound method and reloads if `change.tables` meets what it shows (at once if
visible, else when next shown). Undo and redo emit the same signal.
"""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.changes import ChangeSet


class ChangeBus(QObject):
    """Carries every `ChangeSet` from the service that made it to the screens."""

    changed = Signal(object)

    def emit_change(self, change: ChangeSet) -> None:
        """Tell every screen."""
        self.changed.emit(change)


class Refresher(QObject):
    """Reloads a page when its tables have changed: at once if visible, else when it is next shown."""

    def __init__(self, page: QWidget, bus: ChangeBus, tables: Iterable[str], reload: Callable[[], None]) -> None:
        super().__init__(page)
        self._page = page
        self._tables = frozenset(tables)
        self._reload = reload
        self._stale = False
        page.installEventFilter(self)
        bus.changed.connect(self._on_changed)

    @property
    def stale(self) -> bool:
        """Whether the page has something to reload."""
        return self._stale

    def mark(self) -> None:
        """Reload as if everything had changed, for example after the as-of date has moved."""
        self._stale = True
        self._reload_if_seen()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Reload when the page is shown."""
        if watched is self._page and event.type() is QEvent.Type.Show and self._stale:
            self._stale = False
            self._reload()
        return False

    def _on_changed(self, change: ChangeSet) -> None:
        if change.tables & self._tables:
            self._stale = True
            self._reload_if_seen()

    def _reload_if_seen(self) -> None:
        if self._page.isVisible():
            self._stale = False
            self._reload()
