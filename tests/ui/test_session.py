"""One book in one window: keys, undo and its words, the search, another day, an old book, files dropped."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.clients import ClientDraft
from app.domain.contacts import ContactDraft
from app.domain.feedback import FeedbackDraft
from app.domain.fees import FeeDraft
from app.domain.people import PersonDraft
from app.domain.vocabulary import Direction
from app.services.book import Book, open_book
from ui.application import Rapport
from ui.dialogs.client import ClientDialog
from ui.dialogs.history import HistoryDialog
from ui.dialogs.log_contact import LogContactDialog
from ui.pages.bring.page import BringPage
from ui.pages.client.dialogue import DialogueTab
from ui.pages.client.feedback import FeedbackTab
from ui.pages.client.page import ClientPage
from ui.pages.client.people import PeopleTab
from ui.pages.clients.page import ClientsPage
from ui.session import Session
from ui.widgets.banner import Banner

TODAY = date.today()
Open = Callable[..., Session]
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def two_clients(book: Book) -> None:
    acme = book.clients.add(ClientDraft(name="Acme & Sons", code="ACM"))
    book.clients.add(ClientDraft(name="Zürich Re"))
    book.people.add(PersonDraft(client_id=acme, name="Jane Roe"))
    for days in (500, 450, 400):
        draft = FeeDraft(client_id=acme, on=TODAY - timedelta(days=days), original=100_00, currency="GBP", amount=None)
        book.fees.add(draft)


@pytest.fixture
def session(with_book: Open) -> Session:
    return with_book(two_clients)


def press(session: Session, key: Qt.Key, modifiers: Qt.KeyboardModifier = CTRL) -> None:
    session.window.activateWindow()
    QTest.qWaitForWindowActive(session.window)
    QTest.keyClick(QApplication.focusWidget() or session.window, key, modifiers)


def toast(session: Session) -> str:
    shown = session.window.toasts.current
    return "" if shown is None else shown.accessibleName()


def notices(session: Session) -> list[str]:
    return [b.label.text() for b in session.window.findChildren(Banner) if b.isVisibleTo(session.window)]


def names(session: Session) -> list[str]:
    return [client.name for client in session.book.clients.every()]


def dialog(session: Session, kind: type[QDialog]) -> QDialog:
    found = [one for one in session.window.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    # The offscreen platform keeps the window active where a desktop would give the dialog the keyboard.
    for _ in range(100):
        if QApplication.activeWindow() is found[0]:
            break
        found[0].windowHandle().requestActivate()
        QTest.qWait(10)
    return found[0]


def test_undo_and_redo_say_what_they_did(session: Session, qtbot: QtBot) -> None:
    session.book.clients.add(ClientDraft(name="Beta"))
    qtbot.waitUntil(lambda: session.window.commands["undo"].text().replace("&", "") == "Undo add client “Beta”")
    assert session.window.status.undo.words == "Undo add client “Beta”"
    press(session, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: toast(session) == "Took back: add client “Beta”")
    assert names(session) == ["Acme & Sons", "Zürich Re"]
    assert session.window.commands["redo"].text().replace("&", "") == "Redo add client “Beta”"
    press(session, Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: toast(session) == "Did again: add client “Beta”")
    assert "Beta" in names(session)
    press(session, Qt.Key.Key_Z)
    qtbot.waitUntil(session.window.commands["redo"].isEnabled)
    press(session, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: "Beta" in names(session))


def test_the_button_of_the_toast_goes_the_other_way(session: Session, qtbot: QtBot) -> None:
    session.book.clients.add(ClientDraft(name="Beta"))
    session.undo()
    qtbot.waitUntil(lambda: toast(session).startswith("Took back"))
    shown = session.window.toasts.current
    assert shown is not None
    shown._on_action()
    qtbot.waitUntil(lambda: toast(session).startswith("Did again"))
    assert "Beta" in names(session)


def test_undo_twice_in_a_breath_is_two_steps(session: Session, qtbot: QtBot) -> None:
    for name in ("Beta", "Gamma"):
        session.book.clients.add(ClientDraft(name=name))
    session.undo()
    session.undo()
    qtbot.waitUntil(lambda: not session.steps.running)
    assert names(session) == ["Acme & Sons", "Zürich Re"]


def test_in_a_line_with_words_ctrl_z_is_the_lines_own(session: Session, qtbot: QtBot) -> None:
    session.book.clients.add(ClientDraft(name="Beta"))
    line = QLineEdit(session.window)
    line.show()
    line.setFocus()
    qtbot.keyClicks(line, "half")
    press(session, Qt.Key.Key_Z)
    assert line.text() == ""
    assert "Beta" in names(session)
    # Now the line is empty, and the key is the book's.
    press(session, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: "Beta" not in names(session))
    assert line.text() == ""


def test_ctrl_n_adds_a_client_from_any_page(session: Session, qtbot: QtBot) -> None:
    session.window.show_page("portfolio")
    press(session, Qt.Key.Key_N)
    made = dialog(session, ClientDialog)
    assert session.window.current == "clients"
    qtbot.keyClicks(made.findChildren(QLineEdit)[0], "Gamma")
    QTest.keyClick(made, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "Gamma" in names(session))


def test_edit_on_a_clients_page_leaves_the_page_where_it_is(session: Session, qtbot: QtBot) -> None:
    acme = session.book.clients.every()[0]
    page = session.show_client(acme.id)
    assert isinstance(page, ClientPage)
    page.header.edit.click()
    form = dialog(session, ClientDialog)
    assert session.window.current == "client"
    name = form.findChildren(QLineEdit)[0]
    name.selectAll()
    qtbot.keyClicks(name, "Acme & Daughters")
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "Acme & Daughters" in names(session))
    assert session.window.current == "client"
    assert page.header.name.text() == "Acme & Daughters"


def test_the_file_menu_begins_with_the_book_and_ends_with_quit(session: Session) -> None:
    words = [action.text() for action in session.window.menus.menu("File").actions()]
    assert words[:2] == ["New book…", "Open book…"]
    assert words[-2:] == ["", "Quit"]
    assert words[words.index("New client…") - 1] == ""


def test_ctrl_l_logs_with_the_client_on_screen(session: Session, qtbot: QtBot) -> None:
    acme = session.book.clients.every()[0]
    session.show_client(acme.id)
    press(session, Qt.Key.Key_L)
    form = dialog(session, LogContactDialog)
    qtbot.keyClicks(form.findChildren(QLineEdit)[0], "<call liked the draft")
    QTest.keyClick(form.findChildren(QLineEdit)[0], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(session.book.contacts.of_client(acme.id)) == 1)
    assert "Acme & Sons" in toast(session)
    press(session, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: not session.book.contacts.of_client(acme.id))


def test_the_search_finds_clients_codes_and_people_whatever_their_accents(session: Session) -> None:
    assert [result.title for result in session.results("acm")] == ["Acme & Sons"]
    assert [result.title for result in session.results("zurich")] == ["Zürich Re"]
    assert [result.title for result in session.results("roe")] == ["Jane Roe"]
    assert list(session.results("")) == []
    assert list(session.results("nobody at all")) == []


def test_a_result_shows_the_client(session: Session, qtbot: QtBot) -> None:
    press(session, Qt.Key.Key_K)
    box = session.window.box
    assert box.hasFocus()
    qtbot.keyClicks(box, "jane")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert session.window.current == "client"
    assert isinstance(session.window.page("client"), ClientPage)


def test_what_is_found_is_chosen_where_it_stands(session: Session, qtbot: QtBot) -> None:
    day = TODAY - timedelta(days=900)
    log, feedback = session.book.contacts.log, session.book.feedback.add
    old = log(ContactDraft(client_id=1, on=day, direction=Direction.IN, summary="The zeppelin has landed."))
    for ago in range(60):
        log(ContactDraft(client_id=1, on=TODAY - timedelta(days=ago), direction=Direction.OUT, summary="A call."))
    said = [feedback(FeedbackDraft(client_id=1, on=day, verbatim=words)) for words in ("Quite a xylophone.", "Thanks.")]

    def found(text: str) -> ClientPage:
        (result,) = session.results(text)
        result.run()
        page = session.window.page("client")
        assert isinstance(page, ClientPage)
        return page

    tab = found("zeppelin").tabs.page("dialogue")
    assert isinstance(tab, DialogueTab)
    qtbot.waitUntil(lambda: [contact.id for contact in tab.list.chosen()] == [old])
    assert tab.list.visualRect(tab.list.currentIndex()).intersects(tab.list.viewport().rect())
    told = found("xylophone").tabs.page("feedback")
    assert isinstance(told, FeedbackTab)
    assert told.list.current_key() == said[0]
    people = found("jane roe").tabs.page("people")
    assert isinstance(people, PeopleTab)
    record = people.record_at_hand()
    assert record is not None
    assert session.book.people.get(record.id).name == "Jane Roe"


def test_back_in_time_typing_is_off_but_undo_import_and_review_are_on(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    session.book.clients.add(ClientDraft(name="Beta"))
    session.window.as_of.set_day(TODAY - timedelta(days=300))
    assert not session.desk.may_type
    press(session, Qt.Key.Key_L)
    assert not session.window.findChildren(LogContactDialog)
    assert "today" in toast(session)
    listed = tmp_path / "clients.csv"
    listed.write_text("client,tags\nGamma,press\n", encoding="utf-8")
    session.bring([listed])
    page = session.window.page("bring")
    assert isinstance(page, BringPage)
    qtbot.waitUntil(lambda: page._understood is not None)
    assert page._foot.go.isEnabled()
    press(session, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: "Beta" not in names(session))
    acme = session.book.clients.every()[0]
    session.review(acme.id)
    (review,) = [one for one in session.window.findChildren(QDialog) if one.isVisible()]
    assert "Review" in review.windowTitle()


def test_an_old_book_offers_the_day_of_its_newest_fee(session: Session, qtbot: QtBot) -> None:
    newest = TODAY - timedelta(days=400)
    qtbot.waitUntil(lambda: bool(notices(session)))
    assert notices(session)[0].startswith("The newest fee in this book is of ")
    (banner,) = [b for b in session.window.findChildren(Banner) if b.isVisibleTo(session.window)]
    QTest.mouseClick(banner.button, Qt.MouseButton.LeftButton)
    assert session.desk.day == newest
    qtbot.waitUntil(lambda: not any("newest fee" in words for words in notices(session)))
    session.window.as_of.back_to_today()
    qtbot.waitUntil(lambda: any("newest fee" in words for words in notices(session)))


def test_a_book_of_this_year_offers_nothing(with_book: Open, qtbot: QtBot) -> None:
    def fill(book: Book) -> None:
        acme = book.clients.add(ClientDraft(name="Acme"))
        draft = FeeDraft(client_id=acme, on=TODAY - timedelta(days=30), original=1_00, currency="GBP", amount=None)
        book.fees.add(draft)

    session = with_book(fill)
    qtbot.wait(50)
    assert notices(session) == []


def test_the_page_the_window_was_left_on_is_shown_again(program: Rapport, with_book: Open) -> None:
    session = with_book(two_clients)
    session.window.show_page("portfolio")
    session.window.store.write()
    again = with_book(two_clients, name="again.rapport")
    assert again is not session
    assert program.window.current == "portfolio"


def test_the_history_walks_by_its_own_keys(session: Session, qtbot: QtBot) -> None:
    for name in ("Beta", "Gamma"):
        session.book.clients.add(ClientDraft(name=name))
    session.window.commands["history"].trigger()
    history = dialog(session, HistoryDialog)
    assert isinstance(history, HistoryDialog)
    assert [step.what for step in history.steps][:2] == ["add client “Gamma”", "add client “Beta”"]
    assert not history.redo.isEnabled()
    QTest.keyClick(history, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: "Gamma" not in names(session))
    qtbot.waitUntil(lambda: history.steps[0].undone)
    assert history.redo.isEnabled()
    QTest.keyClick(history, Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: "Gamma" in names(session))


def test_a_name_with_markup_is_text_in_title_and_menu(with_book: Open, qtbot: QtBot) -> None:
    session = with_book()
    session.book.clients.add(ClientDraft(name="<b>R&D</b>"))
    qtbot.waitUntil(lambda: "R" in session.window.commands["undo"].text())
    assert session.window.commands["undo"].text() == "Undo add client “<b>R&&D</b>”"


def drop(window: QWidget, *paths: Path) -> bool:
    """Drop files on a window as a file manager does; whether they are taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, action, button = QPoint(300, 300), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(where, action, data, button, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        event = QDropEvent(where, action, data, button, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(window, event)
    return enter.isAccepted()


def test_a_list_dropped_is_shown_to_be_brought_in(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    listed = tmp_path / "clients.csv"
    listed.write_text("client,tags\nGamma,press\n", encoding="utf-8")
    assert drop(session.window, listed)
    qtbot.waitUntil(lambda: session.window.current == "bring")


def test_a_book_dropped_is_opened(program: Rapport, session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    other = tmp_path / "copy.rapport"
    session.book.save_copy(other)
    assert drop(session.window, other)
    qtbot.waitUntil(lambda: program.session is not None and program.session.book.path == other)


def test_an_address_of_the_net_is_not_taken(session: Session) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/list.csv")])
    enter = QDragEnterEvent(
        QPoint(300, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(session.window, enter)
    assert session.window.current != "bring"


def test_a_book_for_reading_takes_no_list(session: Session, tmp_path: Path, with_book: Open) -> None:
    copy = tmp_path / "held.rapport"
    session.book.save_copy(copy)
    holder = open_book(copy, write=True)
    try:
        reading = with_book(name="held.rapport")
        assert not reading.desk.writable
        reading.bring([tmp_path / "any.csv"])
        assert toast(reading) == "This book is open for reading only."
        assert reading.window.current != "bring"
        page = reading.window.show_page("clients")
        assert isinstance(page, ClientsPage)
    finally:
        holder.close()


def test_the_search_leads_to_a_client_and_the_keyboard_stays_off_the_menu(session: Session, qtbot: QtBot) -> None:
    session.window.show_page("clients")
    session.window.as_of.set_day(TODAY - timedelta(days=300))
    press(session, Qt.Key.Key_K)
    qtbot.keyClicks(session.window.box, "acme")
    QTest.keyClick(session.window.box, Qt.Key.Key_Return)
    assert session.window.current == "client"
    assert QApplication.focusWidget() is not session.window.navigation.name


def test_undo_in_a_field_that_has_nothing_typed_is_the_books(session: Session, qtbot: QtBot) -> None:
    page = session.window.show_page("settings")
    (firm,) = [edit for edit in page.findChildren(QLineEdit) if edit.accessibleName() == "Firm"]
    before = firm.text()
    firm.setFocus()
    firm.selectAll()
    qtbot.keyClicks(firm, "Alder")
    press(session, Qt.Key.Key_Z)
    assert firm.text() == before, "what was typed goes first"
    firm.selectAll()
    qtbot.keyClicks(firm, "Alder")
    qtbot.keyClick(firm, Qt.Key.Key_Return)
    assert session.book.firm.get().name == "Alder"
    press(session, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: session.book.firm.get().name == before)


def test_going_to_the_page_on_screen_leaves_the_keyboard_there(session: Session) -> None:
    page = session.window.show_page("clients")
    assert isinstance(page, ClientsPage)
    page.table.setFocus()
    press(session, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert session.window.current == "clients"
    assert session.window.focusWidget() is page.table


def test_costs_are_added_up_while_the_first_page_is_read(session: Session, qtbot: QtBot) -> None:
    """Also those of a client changed later; nobody has asked for one."""

    def waiting() -> list[str]:
        kept = [session.book.figures.series(client.id) for client in session.book.clients.every()]
        return [rows.client.name for rows in kept if "costs" not in vars(rows)]

    qtbot.waitUntil(lambda: not waiting())
    session.book.fees.add(FeeDraft(client_id=1, on=TODAY, original=100_00, currency="GBP", amount=None))
    assert waiting() == ["Acme & Sons"]
    qtbot.waitUntil(lambda: not waiting())
