"""One client: head with its four figures, the cradle-to-grave strip, and the tabs."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.services.book import Book
from app.services.figures import Figures
from app.words.catalogue import tr
from ui.changes import Refresher
from ui.desk import Desk
from ui.icons import Icon
from ui.pages.client.header import ClientHeader
from ui.pages.client.strip import ClientStrip
from ui.pages.client.tab import ClientTab, TabSpec
from ui.pages.client.wiring import client_tabs
from ui.tokens import SIZES
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import ScrollPage
from ui.widgets.tabs import Tabs

FIRST_TAB = "dialogue"
TABLES = (
    "client", "client_tag", "stage", "fee", "cost", "contact", "contact_person", "contact_colleague", "promise",
    "feedback", "engagement", "colleague", "hourly_cost", "firm", "tier_level", "cadence_rule",
)  # fmt: skip


class ClientPage(QWidget):
    """Shows one client at a time; goes elsewhere by its signals."""

    client_wanted = Signal(int)
    log_wanted = Signal(int)
    review_wanted = Signal(int)
    edit_wanted = Signal(int)
    page_wanted = Signal(str)
    history_wanted = Signal(object)

    def __init__(self, desk: Desk, book: Book, tabs: Sequence[TabSpec] | None = None) -> None:
        super().__init__()
        explanations = book.explanations
        self._desk = desk
        self._figures: Figures = book.figures
        self._client_id = 0
        self.header = ClientHeader(desk, book.clients, book.colleagues, book.promises, explanations)
        self.strip = ClientStrip(desk, book.figures, book.clients, book.contacts, book.feedback, explanations)
        self.tabs = Tabs(desk.theme)
        self.tabs.strip.setAccessibleName(tr("Parts of this client’s page"))
        self.gone = EmptyState(
            desk.theme,
            desk.icons,
            Icon.CLIENTS,
            tr("This client no longer exists."),
            tr("It was deleted; undo brings it back."),
            action=tr("All clients"),
        )
        self.specs = tuple(client_tabs(desk, book, explanations) if tabs is None else tabs)
        self._lay_out()
        self._add_tabs()
        self.header.edit_wanted.connect(self._on_edit)
        self.header.log_wanted.connect(self._on_log)
        self.header.review_wanted.connect(self._on_review)
        self.header.figures.rows_wanted.connect(self.show_tab)
        self.gone.button.clicked.connect(self._on_all_clients)
        self.tabs.shown.connect(self._on_tab_shown)
        self._refresher = Refresher(self, desk.bus, TABLES, self.reload)
        desk.as_of.changed.connect(self._on_day_changed)
        for number in range(1, 10):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(partial(self._show_numbered, number - 1))

    @property
    def client_id(self) -> int:
        """The client shown; 0 before the first one."""
        return self._client_id

    def show_client(self, client_id: int, tab: str = "", record_id: int = 0) -> None:
        """Show a client, on the tab named, else on Dialogue; a record named is chosen there."""
        self._client_id = client_id
        self.reload()
        self.show_tab(tab or FIRST_TAB)
        page = self.tabs.page(self.tabs.current)
        if record_id and isinstance(page, ClientTab):
            page.show_record(record_id)

    def show_tab(self, key: str) -> None:
        """Show a tab and put the keyboard in it; a key no tab has is Dialogue's."""
        self.tabs.show_tab(key if key in self._keys else FIRST_TAB)
        page = self.tabs.page(self.tabs.current)
        if isinstance(page, ClientTab):
            page.show_client(self._client_id)
            page.take_focus()

    def reload(self) -> None:
        """Show the client again for the day of the desk."""
        if not self._client_id:
            return
        book = self._figures.on(self._desk.day)
        client = book.clients.get(self._client_id)
        self._pages.setCurrentIndex(0 if client is not None else 1)
        if client is not None:
            self.header.show_head(client, book)
            self.strip.show_strip(client, book)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the tabs room to work in; what does not fit scrolls."""
        super().resizeEvent(event)
        self.tabs.setMinimumHeight(self._desk.theme.px(_LEAST_TAB))

    def _lay_out(self) -> None:
        whole = ScrollPage(self._desk.theme)
        whole.body.addWidget(self.header)
        whole.body.addSpacing(SIZES.gap)
        whole.body.addWidget(self.strip)
        whole.body.addWidget(self.tabs, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(whole)
        self._pages.addWidget(self.gone)

    @property
    def _keys(self) -> list[str]:
        return [spec.key for spec in self.specs]

    def _add_tabs(self) -> None:
        # The strip shows, and so builds, the first tab it gets; only the one shown first is built now.
        later = self._keys[0] != FIRST_TAB
        self.tabs.strip.blockSignals(later)
        for spec in self.specs:
            self.tabs.add(spec.key, spec.title, partial(self._built, spec))
        self.tabs.strip.blockSignals(False)  # noqa: FBT003 - Qt's way
        self.tabs.show_tab(FIRST_TAB)

    def _built(self, spec: TabSpec) -> ClientTab:
        tab = spec.build()
        tab.tab_wanted.connect(self.show_tab)
        tab.client_wanted.connect(self.client_wanted)
        tab.log_wanted.connect(self.log_wanted)
        tab.history_wanted.connect(self.history_wanted)
        return tab

    def _show_numbered(self, place: int) -> None:
        if place < len(self._keys):
            self.show_tab(self._keys[place])

    def _on_tab_shown(self, key: str) -> None:
        page = self.tabs.page(key)
        if isinstance(page, ClientTab) and self._client_id:
            page.show_client(self._client_id)
            # Somebody who walks along the strip by the arrows stays there.
            if not self.tabs.strip.hasFocus():
                page.take_focus()

    def _on_day_changed(self) -> None:
        self._refresher.mark()

    def _on_edit(self) -> None:
        self.edit_wanted.emit(self._client_id)

    def _on_log(self) -> None:
        self.log_wanted.emit(self._client_id)

    def _on_review(self) -> None:
        self.review_wanted.emit(self._client_id)

    def _on_all_clients(self) -> None:
        self.page_wanted.emit("clients")


_LEAST_TAB = 300
