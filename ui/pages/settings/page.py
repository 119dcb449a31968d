"""The settings: sections one under the other, found by a word, applied at once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.book import Book
from app.words.catalogue import tr
from ui.changes import Refresher
from ui.desk import Desk
from ui.pages.settings.colleagues import ColleaguesSection
from ui.pages.settings.data import DataSection
from ui.pages.settings.firm import FirmSection
from ui.pages.settings.look import LookSection
from ui.pages.settings.section import SettingsSection
from ui.pages.settings.tiers import CadenceSection, TiersSection
from ui.tokens import SIZES
from ui.widgets.labels import quiet
from ui.widgets.layout import PageHead, ScrollPage
from ui.widgets.search_box import SearchBox

TABLES = frozenset({"firm", "tier_level", "cadence_rule", "colleague", "hourly_cost"})
WIDTH = 760


class SettingsPage(ScrollPage):
    """Every setting of the book and of this window."""

    backups_wanted = Signal()
    second_chosen = Signal(object)
    share_let_go = Signal()

    def __init__(self, desk: Desk, book: Book) -> None:
        super().__init__(desk.theme)
        self._search = SearchBox(desk.theme, desk.icons, tr("Find a setting"))
        self._search.textChanged.connect(self._on_search)
        self.setFocusProxy(self._search)
        head = PageHead(desk.theme, tr("Settings"), tr("changes apply at once, and can be undone"), self._search)
        self._nothing = quiet(tr("No setting is called that."))
        self._nothing.hide()
        currency = book.firm.get().currency
        data = DataSection(desk, book)
        data.backups_wanted.connect(self.backups_wanted)
        data.second_chosen.connect(self.second_chosen)
        data.share_let_go.connect(self.share_let_go)
        self.sections: tuple[SettingsSection, ...] = (
            FirmSection(desk, book.firm),
            ColleaguesSection(desk, book.colleagues, currency),
            TiersSection(desk, book.firm),
            CadenceSection(desk, book.firm),
            LookSection(desk),
            data,
        )
        column = QWidget()
        column.setMaximumWidth(desk.theme.px(WIDTH))
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, SIZES.wide_gap, 0, 0)
        for section in self.sections:
            layout.addWidget(section)
        layout.addWidget(self._nothing)
        layout.addStretch(1)
        self.body.addWidget(head)
        self.body.addWidget(column)
        self._refresher = Refresher(self, desk.bus, TABLES, self.reload)

    def reload(self) -> None:
        """Show everything as it stands in the book."""
        for section in self.sections:
            section.reload()

    def _on_search(self, text: str) -> None:
        wanted = text.strip().lower()
        for section in self.sections:
            section.setVisible(wanted in section.words)
        self._nothing.setVisible(not any(wanted in section.words for section in self.sections))
