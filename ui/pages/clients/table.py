"""The table of the page: remembers its columns, and leaves some out while the window has no room for all."""

from collections.abc import Sequence
from operator import attrgetter

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from ui.models.rows import Column
from ui.pages.clients.rows import ClientRow
from ui.theme import Theme
from ui.view_state import ViewStore
from ui.widgets.column_layout import ColumnLayout
from ui.widgets.table import Table

VIEW = "clients"
GIVES = 32  # how much narrower the names may become before a column goes


class ClientsTable(Table[ClientRow]):
    """A table that fits its first columns into its room; columns a person chose are never taken away."""

    fitted = Signal()

    def __init__(
        self, theme: Theme, columns: Sequence[Column[ClientRow]], dispensable: Sequence[str], store: ViewStore
    ) -> None:
        super().__init__(theme, columns, attrgetter("id"), name="Clients")
        self._store = store
        self._dispensable = tuple(dispensable)
        self._brought = frozenset(column.key for column in columns if not column.shown)
        self._away: frozenset[str] = frozenset()
        self.sort_by("fees", descending=True)
        kept = store.columns(VIEW)
        if kept is not None:
            self.set_layout(kept)
        self.layout_changed.connect(self._on_layout)
        theme.changed.connect(self.fit)

    @property
    def away(self) -> frozenset[str]:
        """The keys of the columns that have no room now."""
        return self._away

    @property
    def left_out(self) -> tuple[str, ...]:
        """The titles of the columns that have no room now."""
        return tuple(column.title for column in self.rows.columns if column.key in self._away)

    def fit(self) -> None:
        """Leave out as many columns as the room asks for, if the person has not chosen others."""
        layout = self.column_layout()
        if layout.hidden - self._away != self._brought:
            return
        away: list[str] = []
        wanted = [key for key in layout.order if key not in self._brought]
        widths = dict(layout.widths)
        room = self.viewport().width() + self._theme.px(GIVES)
        for key in self._dispensable:
            if sum(self._theme.px(widths[other]) for other in wanted if other not in away) <= room:
                break
            away.append(key)
        if frozenset(away) != self._away:
            self._away = frozenset(away)
            for place, column in enumerate(self.rows.columns):
                if column.key in self._dispensable:
                    self.setColumnHidden(place, column.key in self._away)
            self._fill()
            self.fitted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns into the new room."""
        super().resizeEvent(event)
        self.fit()

    def _fill(self) -> None:
        super()._fill()
        over = self.horizontalHeader().length() - self.viewport().width()
        if 0 < over <= self._theme.px(GIVES):
            self._filling = True
            self.setColumnWidth(0, self.columnWidth(0) - over)
            self._filling = False

    def _on_layout(self, layout: ColumnLayout) -> None:
        # What merely has no room now is not what the person hid.
        hidden = layout.hidden - self._away
        if hidden != self._brought:
            self._away = frozenset()
            hidden = layout.hidden
        self._store.keep_columns(
            VIEW, ColumnLayout(layout.order, hidden, layout.widths, layout.sort, descending=layout.descending)
        )
