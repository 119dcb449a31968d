"""The pages of one book in one window: made when they are first shown, and what they ask for wired to the session."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.words.catalogue import tr
from ui.icons import Icon
from ui.main_window import PageSpec

if TYPE_CHECKING:
    from ui.session import Session


class BookPages:
    """Makes the pages of a session."""

    def __init__(self, session: "Session") -> None:
        self._session = session

    def add(self) -> None:
        """Add them all to the window; each is made when it is first shown."""
        add = self._session.window.add_page
        add(PageSpec("today", tr("Today"), Icon.TODAY, self._today))
        add(PageSpec("clients", tr("Clients"), Icon.CLIENTS, self._clients))
        add(PageSpec("portfolio", tr("Portfolio"), Icon.PORTFOLIO, self._portfolio))
        add(PageSpec("client", tr("Client"), Icon.CLIENTS, self._client, under="clients"))
        add(PageSpec("bring", tr("Bring in a list"), Icon.CLIENTS, self._bring, under="clients"))
        add(PageSpec("settings", tr("Settings"), Icon.SETTINGS, self._settings, below=True))

    def _today(self) -> QWidget:
        from ui.pages.today.page import TodayPage

        book = self._session.book
        page = TodayPage(
            self._session.desk,
            book.today,
            book.clients,
            contacts=book.contacts,
            promises=book.promises,
            history=book.history,
        )
        page.client_wanted.connect(self._session.show_client)
        page.log_wanted.connect(self._session.log)
        return page

    def _clients(self) -> QWidget:
        from ui.pages.clients.page import ClientsPage

        book = self._session.book
        page = ClientsPage(
            self._session.desk,
            book.clients,
            book.figures,
            colleagues=book.colleagues,
            contacts=book.contacts,
            promises=book.promises,
            history=book.history,
        )
        page.client_wanted.connect(self._session.show_client)
        page.log_wanted.connect(self._session.log)
        page.history_wanted.connect(self._session.show_record)
        page.bring_wanted.connect(self._session.bring)
        return page

    def _client(self) -> QWidget:
        from ui.pages.client.page import ClientPage

        page = ClientPage(self._session.desk, self._session.book)
        page.log_wanted.connect(self._session.log)
        page.review_wanted.connect(self._session.review)
        page.client_wanted.connect(self._session.show_client)
        page.edit_wanted.connect(self._session.edit_client)
        page.page_wanted.connect(self._session.window.show_page)
        page.history_wanted.connect(self._session.show_record)
        return page

    def _portfolio(self) -> QWidget:
        from ui.pages.portfolio import PortfolioPage

        page = PortfolioPage(self._session.desk, self._session.book)
        page.client_wanted.connect(self._session.show_client)
        page.bring_wanted.connect(self._session.bring)
        return page

    def _bring(self) -> QWidget:
        from ui.pages.bring.page import BringPage

        page = BringPage(self._session.desk, self._session.book)
        page.page_wanted.connect(self._session.window.show_page)
        return page

    def _settings(self) -> QWidget:
        from ui.pages.settings import SettingsPage

        page = SettingsPage(self._session.desk, self._session.book)
        page.backups_wanted.connect(self._session.backups_wanted)
        page.second_chosen.connect(self._session.second_chosen)
        page.share_let_go.connect(self._session.share_let_go)
        return page
