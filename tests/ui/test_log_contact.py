"""The log form on a real book: the line fills the fields, the fields correct the line, Enter writes."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.client_names import ClientNames
from app.domain.clients import ClientDraft
from app.domain.people import PersonDraft
from app.domain.vocabulary import Channel, Direction, PromiseBy, Purpose
from app.services.book import Book
from ui.contact_log import ContactLog
from ui.desk import Desk
from ui.dialogs.log_contact import LogContactDialog
from ui.widgets.buttons import Button

TODAY = date.today()


@pytest.fixture
def known(book: Book) -> Book:
    """Acme with Jane and Tom, Alder & Finch, Alphabet."""
    acme = book.clients.add(ClientDraft(name="Acme Ltd", code="ACM"))
    book.clients.add(ClientDraft(name="Alder & Finch"))
    book.clients.add(ClientDraft(name="Alphabet"))
    book.people.add(PersonDraft(client_id=acme, name="Jane Roe"))
    book.people.add(PersonDraft(client_id=acme, name="Tom Doe"))
    return book


@pytest.fixture
def log(known: Book, desk: Desk, room: QWidget, qtbot: QtBot) -> ContactLog:
    with qtbot.waitExposed(room):
        room.show()
    return ContactLog(
        desk, room, clients=known.clients, people=known.people, contacts=known.contacts, history=known.history
    )


def opened(log: ContactLog) -> LogContactDialog:
    log.open()
    assert log.dialog is not None
    for _ in range(200):
        if log.dialog.line.hasFocus():
            break
        QTest.qWait(5)
    return log.dialog


def friday() -> date:
    return TODAY + timedelta(days=(4 - TODAY.weekday() - 1) % 7 + 1)


def test_one_line_and_enter_is_all(log: ContactLog, known: Book) -> None:
    form = opened(log)
    assert form.line.hasFocus()
    QTest.keyClicks(form.line, "acm <call @jane 20m #serve liked the draft; !send costs fri")
    QTest.keyClick(form.line, Qt.Key.Key_Return)
    assert log.dialog is None
    (contact,) = known.contacts.every()
    assert known.clients.get(contact.client_id).name == "Acme Ltd"
    assert (contact.direction, contact.channel, contact.minutes, contact.purpose) == (
        Direction.IN,
        Channel.CALL,
        20,
        Purpose.SERVE,
    )
    assert contact.summary == "liked the draft"
    assert contact.on == TODAY
    assert [known.people.get(who).name for who in contact.people] == ["Jane Roe"]
    (promise,) = known.promises.every()
    assert (promise.by, promise.what, promise.due, promise.contact_id) == (
        PromiseBy.US,
        "send costs",
        friday(),
        contact.id,
    )


def test_a_log_is_one_step_and_its_toast_undoes_it(log: ContactLog, known: Book, desk: Desk) -> None:
    form = opened(log)
    QTest.keyClicks(form.line, "acme >mail sent it !call back fri")
    QTest.keyClick(form.line, Qt.Key.Key_Return)
    toast = desk.toasts.current
    assert toast is not None
    assert toast.label.text() == "Logged with Acme Ltd"
    toast.action.click()
    assert known.contacts.every() == []
    assert known.promises.every() == []


def test_the_fields_follow_the_line_letter_by_letter(log: ContactLog) -> None:
    form = opened(log)
    QTest.keyClicks(form.line, "al")
    assert form.client.raw() == "al"
    QTest.keyClicks(form.line, "d")
    assert form.client.raw() == "Alder & Finch"
    QTest.keyClicks(form.line, " <> lunch 1h30m talked it over ?photo rights tomorrow")
    assert form.direction.value() is Direction.BOTH
    assert form.channel.value() is Channel.LUNCH
    assert form.minutes.value() == 90
    assert form.summary.value() == "talked it over"
    (promise,) = form.promises.value()
    assert (promise.by, promise.what, promise.due) == (
        PromiseBy.THEM,
        "photo rights",
        TODAY + timedelta(days=1),
    )
    form.reject()


def test_a_field_corrected_by_hand_stays_while_the_line_goes_on(log: ContactLog, known: Book) -> None:
    form = opened(log)
    QTest.keyClicks(form.line, "acme <call 20m liked it")
    form.minutes.set_raw("45")
    form.direction._buttons[Direction.OUT].click()
    QTest.keyClicks(form.line, " a lot")
    assert form.minutes.value() == 45
    assert form.direction.value() is Direction.OUT
    assert form.summary.value() == "liked it a lot"
    QTest.keyClick(form.line, Qt.Key.Key_Return)
    (contact,) = known.contacts.every()
    assert (contact.direction, contact.minutes) == (Direction.OUT, 45)


def test_without_an_arrow_or_a_client_nothing_is_written_and_it_says_so(log: ContactLog, known: Book) -> None:
    form = opened(log)
    QTest.keyClick(form.line, Qt.Key.Key_Return)
    assert "Which client" in form.form.message("client")
    assert "Who spoke" in form.form.message("direction")
    assert form.line.hasFocus()
    QTest.keyClicks(form.line, "zebra <call hi")
    QTest.keyClick(form.line, Qt.Key.Key_Return)
    assert form.form.message("client") == "No client is called “zebra”."
    form.line.clear()
    QTest.keyClicks(form.line, "al <call hi")
    QTest.keyClick(form.line, Qt.Key.Key_Return)
    assert form.form.message("client") == "“al” could be Alder & Finch and Alphabet."
    assert known.contacts.every() == []
    form.reject()


def test_ctrl_enter_writes_and_stays_for_the_next(log: ContactLog, known: Book) -> None:
    form = opened(log)
    for words in ("acme <call one", "alder >mail two"):
        QTest.keyClicks(form.line, words)
        QTest.keyClick(form.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert form.isVisible()
        assert form.line.text() == ""
        assert form.direction.value() is None
        assert form.promises.value() == ()
    assert form.said.text() == "Logged with Alder & Finch"
    assert sorted(contact.summary for contact in known.contacts.every()) == ["one", "two"]
    form.reject()


def test_opened_for_a_client_the_line_needs_no_name(log: ContactLog, known: Book) -> None:
    acme = known.clients.find("ACM").id
    log.open_for(acme)
    form = log.dialog
    assert form is not None
    QTest.keyClicks(form.line, "<visit saw the new wing")
    QTest.keyClick(form.line, Qt.Key.Key_Return)
    (contact,) = known.contacts.every()
    assert (contact.client_id, contact.channel, contact.summary) == (acme, Channel.VISIT, "saw the new wing")


def test_somebody_unknown_can_be_added_from_the_form(log: ContactLog, known: Book) -> None:
    form = opened(log)
    QTest.keyClicks(form.line, "acme <call @jane @bob liked it")
    assert form.summary.value() == "liked it @bob"
    (add,) = [b for b in form.people.findChildren(Button) if b.words == "+ add bob to Acme Ltd" and not b.isHidden()]
    add.click()
    assert form.summary.value() == "liked it"
    QTest.keyClick(form.line, Qt.Key.Key_Return)
    (contact,) = known.contacts.every()
    assert sorted(known.people.get(who).name for who in contact.people) == ["Bob", "Jane Roe"]


def test_people_are_chosen_by_mouse_too(log: ContactLog, known: Book, qtbot: QtBot) -> None:
    form = opened(log)
    form.client.line.setFocus()
    QTest.keyClicks(form.client.line, "acme")
    form.client.line.completer().popup().hide()
    QTest.keyClick(form.client.line, Qt.Key.Key_Tab)
    assert form.client.raw() == "Acme Ltd"
    tom = next(b for b in form.people.findChildren(Button) if b.words == "Tom Doe")
    qtbot.mouseClick(tom, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(form.direction._buttons[Direction.OUT], Qt.MouseButton.LeftButton)
    form.channel.set_value(Channel.VOICEMAIL)
    form.channel.edited.emit()
    assert not form.counts.value()
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    (contact,) = known.contacts.every()
    assert [known.people.get(who).name for who in contact.people] == ["Tom Doe"]
    assert (contact.channel, contact.counts) == (Channel.VOICEMAIL, False)


def test_wrong_input_is_told_at_its_field(log: ContactLog, known: Book) -> None:
    form = opened(log)
    QTest.keyClicks(form.line, "acme <call hi")
    form.minutes.set_raw("many")
    form.day.set_value(TODAY + timedelta(days=3))
    form.save.click()
    assert form.form.message("minutes")
    assert "still to come" in form.form.message("on")
    assert known.contacts.every() == []
    form.reject()


def test_what_was_left_unfinished_is_there_again(log: ContactLog) -> None:
    form = opened(log)
    QTest.keyClicks(form.line, "acme <call @jane half a thought")
    form.note.set_raw("internal")
    QTest.keyClick(form.line, Qt.Key.Key_Escape)
    assert log.dialog is None
    again = opened(log)
    assert again.line.text() == "acme <call @jane half a thought"
    assert again.note.value() == "internal"
    assert again.client.raw() == "Acme Ltd"
    assert len(again.people.value()) == 1
    again.anew.click()
    assert again.line.text() == ""
    again.reject()
    third = opened(log)
    assert third.line.text() == ""
    third.reject()


def test_only_today_and_only_a_writable_book(log: ContactLog, desk: Desk) -> None:
    desk.as_of.set_day(TODAY - timedelta(days=30))
    log.open()
    assert log.dialog is None
    toast = desk.toasts.current
    assert toast is not None
    assert "go back to today" in toast.label.text()


def test_names_are_found_by_code_beginning_word_and_without_accents(known: Book) -> None:
    known.clients.add(ClientDraft(name="Café Łódź"))
    names = ClientNames(known.clients.every())
    for typed, meant in (
        ("ACM", "Acme Ltd"),
        ("acme ltd", "Acme Ltd"),
        ("finch", "Alder & Finch"),
        ("alp", "Alphabet"),
        ("cafe lod", "Café Łódź"),
        ("lodz", "Café Łódź"),
        ("al", None),
        ("", None),
    ):
        found = names.meant(typed).client
        assert (found.name if found else None) == meant
    assert [client.name for client in names.meant("al").others] == ["Alder & Finch", "Alphabet"]


def test_enter_takes_an_offered_name_and_esc_only_the_offer_away(log: ContactLog, qtbot: QtBot) -> None:
    form = opened(log)
    QTest.keyClicks(form.line, "al")
    popup = form.line.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert form.line.text() == "Alder & Finch"
    assert form.form.message("direction") == ""
    QTest.keyClicks(form.line, "x")
    form.line.clear()
    QTest.keyClicks(form.line, "al")
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert log.dialog is form
    assert not popup.isVisible()
    QTest.keyClick(form.line, Qt.Key.Key_Escape)
    assert log.dialog is None
