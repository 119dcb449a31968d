"""What every tab of the client page is: a widget that shows one client for the desk's day and reloads by itself.

Usage: subclass `ClientTab`, pass the tables it shows, write `reload()`; it runs only while the tab is seen, after
another client was chosen, the day moved, or one of the tables changed. `self.client_id` is the client to show.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.changes import RecordRef
from ui.changes import Refresher
from ui.desk import Desk
from ui.theme import Theme
from ui.widgets.scrolled import Scrolled

# How a tab's room is shared between its list and the column beside it.
LEFT_SHARE, RIGHT_SHARE = 63, 37


class ClientTab(QWidget):
    """One tab. `tab_wanted` asks for another tab by its key, `client_wanted` for another client.

    `history_wanted` asks for the history of a record.
    """

    tab_wanted = Signal(str)
    client_wanted = Signal(int)
    log_wanted = Signal(int)
    history_wanted = Signal(object)

    def __init__(self, desk: Desk, tables: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.client_id = 0
        self.refresher = Refresher(self, desk.bus, tables, self._on_stale)
        desk.as_of.changed.connect(self._on_day_changed)

    def show_client(self, client_id: int) -> None:
        """Show another client, at once if the tab is seen, else when it next is."""
        if client_id != self.client_id:
            self.client_id = client_id
            self.client_changed()
            self.refresher.mark()

    def client_changed(self) -> None:
        """Let go of what belonged to the client before, such as a filter; nothing by default."""

    def take_focus(self) -> None:
        """Put the keyboard where one begins; the tab itself by default."""
        self.setFocus()

    def show_record(self, record_id: int) -> None:
        """Choose one of the records that the tab lists, and bring it in sight; nothing by default."""

    def record_at_hand(self) -> RecordRef | None:
        """Give the record of the current row; none by default."""
        return None

    def reload(self) -> None:
        """Read and show the client again."""
        raise NotImplementedError

    def _on_history(self) -> None:
        ref = self.record_at_hand()
        if ref is not None:
            self.history_wanted.emit(ref)

    def _on_stale(self) -> None:
        if self.client_id:
            self.reload()

    def _on_day_changed(self) -> None:
        self.refresher.mark()


class TabSpec(NamedTuple):
    """A tab as the page takes it: its key, its title, and what builds it when it is first shown."""

    key: str
    title: str
    build: Callable[[], ClientTab]


class SideColumn(Scrolled):
    """The column at the right of a tab: scrolls by itself where it is taller than the tab, without a frame.

    It is `width` wide (in lengths of `ui/tokens.py`); with little room it gives way, down to what it holds.
    """

    def __init__(self, theme: Theme, content: QWidget, width: int) -> None:
        super().__init__(content)
        self._theme = theme
        self._most = width
        theme.changed.connect(self._fit)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit again when what it holds has changed."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        most = self._theme.px(self._most)
        held = self.inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        self.setMaximumWidth(most)
        self.setMinimumWidth(min(most, max(most // 3, held)))
