"""Help: every page of the window has a page of the guide, its links lead somewhere, and F1 opens the right one."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.clients import ClientDraft
from app.services.book import Book
from ui.dialogs.help import CONTENTS, GUIDE, PAGES, HelpDialog
from ui.session import Session
from ui.theme import Theme


def _beta(book: Book) -> None:
    book.clients.add(ClientDraft(name="Beta"))


@pytest.mark.parametrize("name", sorted({CONTENTS, *PAGES.values()}))
def test_every_topic_is_a_page_whose_links_lead_somewhere(name: str) -> None:
    text = (GUIDE / name).read_text(encoding="utf-8")
    for link in re.findall(r"(?<!!)\[[^]]*]\(([^)#]+)", text):
        assert (GUIDE / link).is_file(), link


def test_a_page_is_shown_without_pictures_and_links_are_followed_and_left_again(theme: Theme, qtbot: QtBot) -> None:
    dialog = HelpDialog(theme, "today")
    qtbot.addWidget(dialog)
    assert "whom to speak to now" in dialog.browser.toPlainText()
    assert "![" not in dialog.browser.toPlainText()
    assert not dialog.back.isEnabled()
    dialog.contents.click()
    assert "The first afternoon" in dialog.browser.toPlainText()
    dialog.browser.anchorClicked.emit(QUrl("first-afternoon.md"))
    assert "sample agency" in dialog.browser.toPlainText()
    dialog.back.click()
    dialog.back.click()
    assert "whom to speak to now" in dialog.browser.toPlainText()


@pytest.mark.parametrize("link", ["../promises.md", "/etc/hostname", "https://example.org", "no-such.md", ""])
def test_a_link_out_of_the_guide_leads_nowhere(link: str, theme: Theme, qtbot: QtBot) -> None:
    dialog = HelpDialog(theme, "today")
    qtbot.addWidget(dialog)
    dialog.browser.anchorClicked.emit(QUrl(link))
    assert dialog.name == "today.md"


def test_f1_helps_with_the_page_and_the_tab_on_screen(with_book: Callable[..., Session], qtbot: QtBot) -> None:
    session = with_book(_beta)

    def shown() -> str:
        (dialog,) = session.window.findChildren(HelpDialog)
        return dialog.name

    session.window.show_page("portfolio")
    session.window.activateWindow()
    QTest.qWaitForWindowActive(session.window)
    QTest.keyClick(session.window, Qt.Key.Key_F1)
    assert shown() == "portfolio.md"
    client = session.book.clients.find("Beta").id
    session.show_client(client, "dialogue")
    session.window.commands["help"].trigger()
    assert shown() == "dialogue.md"
    session.show_client(client, "money")
    session.window.commands["help"].trigger()
    assert shown() == "clients.md"
    qtbot.waitUntil(lambda: session.window.findChild(HelpDialog).isVisible())
