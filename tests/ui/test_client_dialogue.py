"""The Dialogue tab on a real book, by keyboard and mouse."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.clients import ClientDraft
from app.domain.contacts import ContactDraft
from app.domain.people import PersonDraft
from app.domain.promises import PromiseDraft
from app.domain.vocabulary import Channel, Direction, PromiseBy, Purpose
from app.services.book import Book
from tests.ui.conftest import Put
from ui.desk import Desk
from ui.dialogs.contact import ContactDialog
from ui.dialogs.promise import PromiseDialog
from ui.dialogs.record import RecordDialog
from ui.pages.client.dialogue import DialogueTab
from ui.pages.client.dialogue_rows import Entry, Head

TODAY = date.today()
CONTROL = Qt.KeyboardModifier.ControlModifier


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def client(book: Book) -> int:
    """A client with two people, three contacts, one of them planned, and a promise of each side."""
    made = book.clients.add(ClientDraft(name="Northgate"))
    dana = book.people.add(PersonDraft(client_id=made, name="Dana Whitlock"))
    book.people.add(PersonDraft(client_id=made, name="Ravi Amari", role="marketing"))
    book.contacts.log(
        ContactDraft(
            client_id=made, on=ago(63), direction=Direction.IN, channel=Channel.MAIL, purpose=Purpose.ASK,
            summary="We are rethinking spring.", people=(dana,), note="Careful with <b>money</b>",
        ),
        [PromiseDraft(client_id=made, what="launch plan", due=ago(9))],
    )  # fmt: skip
    book.contacts.log(
        ContactDraft(
            client_id=made, on=ago(90), direction=Direction.OUT, channel=Channel.VOICEMAIL, counts=False,
            summary="No answer",
        )
    )  # fmt: skip
    book.contacts.log(
        ContactDraft(client_id=made, on=TODAY + timedelta(days=4), direction=Direction.BOTH, planned=True)
    )
    return made


@pytest.fixture
def tab(desk: Desk, book: Book, put: Put, client: int) -> DialogueTab:
    made = DialogueTab(desk, book)
    put(made)
    made.show_client(client)
    made.take_focus()
    return made


def entries(tab: DialogueTab) -> list[Entry]:
    return [row for row in tab.list.rows.rows if isinstance(row, Entry)]


def dialog(tab: DialogueTab) -> RecordDialog | None:
    return tab.editing.dialog


def test_planned_stands_on_top_then_month_by_month(tab: DialogueTab) -> None:
    heads = [row.words for row in tab.list.rows.rows if isinstance(row, Head)]
    assert heads[0] == "Planned"
    assert heads[1] == f"{ago(63):%B %Y}"
    assert [entry.contact.on for entry in entries(tab)] == [TODAY + timedelta(days=4), ago(63), ago(90)]


def test_a_row_says_who_spoke_their_words_quoted_the_note_apart(tab: DialogueTab) -> None:
    theirs, ours = entries(tab)[1:]
    assert theirs.words == "“We are rethinking spring.”"
    assert theirs.who == "Dana Whitlock"
    assert theirs.purpose == "ask"
    assert [line.words for line in theirs.promises] == ["We owe: launch plan, 9 days late"]
    assert "internal note: Careful with <b>money</b>" in theirs.spoken
    assert ours.words == "No answer"
    assert ours.aside == "does not count as contact"


def test_a_line_is_shown_back_while_it_is_typed_and_logged_with_enter(
    tab: DialogueTab, book: Book, client: int
) -> None:
    QTest.keyClicks(tab.entry.line, "< call @dana 20m #serve liked the draft; !send costs tomorrow")
    assert tab.entry.reading.parts[:5] == ("they spoke", "call", "Dana Whitlock", "20 min", "serve")
    assert tab.entry.reading.parts[6].startswith("we owe: send costs, ")
    assert tab.entry.reading.missing == ""
    QTest.keyClick(tab.entry.line, Qt.Key.Key_Return)
    logged = book.contacts.of_client(client)[1]
    assert (logged.on, logged.direction, logged.channel, logged.minutes) == (TODAY, Direction.IN, Channel.CALL, 20)
    assert logged.summary == "liked the draft"
    assert tab.entry.line.text() == ""
    assert QApplication.focusWidget() is tab.list
    assert entries(tab)[1].contact.id == logged.id
    assert tab.list.chosen() == (logged,)


def test_control_enter_logs_and_stays(tab: DialogueTab, book: Book, client: int) -> None:
    for words in ("> mail one", "> mail two"):
        QTest.keyClicks(tab.entry.line, words)
        QTest.keyClick(tab.entry.line, Qt.Key.Key_Return, CONTROL)
    assert QApplication.focusWidget() is tab.entry.line
    assert {contact.summary for contact in book.contacts.of_client(client)} >= {"one", "two"}


def test_a_line_without_an_arrow_is_not_taken_and_says_why(tab: DialogueTab, book: Book, client: int) -> None:
    QTest.keyClicks(tab.entry.line, "call @dana")
    assert "call" in tab.entry.reading.parts
    QTest.keyClick(tab.entry.line, Qt.Key.Key_Return)
    assert len(book.contacts.of_client(client)) == 3
    assert tab.entry.line.text() == "call @dana"
    assert "Write < for they" in tab.entry.said.text()


def test_an_unknown_person_is_warned_of_and_kept_in_the_words(tab: DialogueTab) -> None:
    QTest.keyClicks(tab.entry.line, "> mail @nobody hello")
    assert "nobody here of that name" in tab.entry.said.text()
    assert tab.entry.reading.missing == ""


def test_the_form_begins_with_what_was_understood(tab: DialogueTab, book: Book, client: int) -> None:
    QTest.keyClicks(tab.entry.line, "< call @dana words; ?they owe fri")
    tab.entry.form.click()
    form = dialog(tab)
    assert isinstance(form, ContactDialog)
    assert form.direction.value() is Direction.IN
    assert form.summary.value() == "words"
    form.note.set_raw("for us only")
    form.go.click()
    logged = book.contacts.of_client(client)[1]
    assert (logged.note, logged.summary) == ("for us only", "words")
    assert [promise.by for promise in book.promises.of_client(client) if promise.contact_id == logged.id] == [
        PromiseBy.THEM
    ]
    assert tab.entry.line.text() == ""


def test_a_draft_stays_with_its_client(tab: DialogueTab, book: Book, client: int) -> None:
    other = book.clients.add(ClientDraft(name="Other"))
    QTest.keyClicks(tab.entry.line, "> half a")
    tab.show_client(other)
    assert tab.entry.line.text() == ""
    tab.show_client(client)
    assert tab.entry.line.text() == "> half a"


def test_enter_opens_a_contact_and_what_is_wrong_stays_in_the_form(tab: DialogueTab, book: Book) -> None:
    theirs = entries(tab)[1].contact
    tab.list.choose(theirs.id)
    tab.list.setFocus()
    QTest.keyClick(tab.list, Qt.Key.Key_Return)
    form = dialog(tab)
    assert isinstance(form, ContactDialog)
    form.minutes.set_raw("2000")
    form.summary.set_raw("Other words")
    form.go.click()
    assert "between 0 minutes and a day" in form.form.message("minutes")
    assert form.summary.value() == "Other words"
    form.minutes.set_raw("20")
    form.go.click()
    changed = book.contacts.get(theirs.id)
    assert (changed.minutes, changed.summary) == (20, "Other words")
    assert changed.people == theirs.people


def test_delete_brings_a_toast_that_undoes_it(tab: DialogueTab, book: Book, client: int, desk: Desk) -> None:
    theirs = entries(tab)[1].contact
    tab.list.choose(theirs.id)
    tab.list.setFocus()
    QTest.keyClick(tab.list, Qt.Key.Key_Delete)
    assert theirs.id not in {contact.id for contact in book.contacts.of_client(client)}
    toast = desk.toasts.current
    assert toast is not None
    toast.action.click()
    assert book.contacts.get(theirs.id) == theirs
    assert theirs.id in {entry.contact.id for entry in entries(tab)}


def test_the_contact_in_the_place_of_one_deleted_is_chosen(tab: DialogueTab) -> None:
    tab.list.begin()
    QTest.keyClick(tab.list, Qt.Key.Key_Down)
    QTest.keyClick(tab.list, Qt.Key.Key_Delete)
    assert [contact.on for contact in tab.list.chosen()] == [ago(90)]
    QTest.keyClick(tab.list, Qt.Key.Key_Delete)
    assert [contact.on for contact in tab.list.chosen()] == [TODAY + timedelta(days=4)], "the last one left"


def test_contacts_logged_by_ctrl_enter_are_chosen_one_by_one(tab: DialogueTab) -> None:
    for words in ("> mail one", "> mail two"):
        QTest.keyClicks(tab.entry.line, words)
        QTest.keyClick(tab.entry.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(tab.list.chosen()) <= 1


def test_the_keyboard_enters_the_timeline_on_a_contact(tab: DialogueTab) -> None:
    tab.list.setFocus(Qt.FocusReason.TabFocusReason)
    assert len(tab.list.chosen()) == 1


def test_k_keeps_the_first_open_promise_of_a_contact(tab: DialogueTab, book: Book, client: int) -> None:
    tab.list.choose(entries(tab)[1].contact.id)
    tab.list.setFocus()
    QTest.keyClick(tab.list, Qt.Key.Key_K)
    assert book.promises.of_client(client)[0].kept_on == TODAY
    assert entries(tab)[1].promises[0].words == "kept: launch plan"


def test_a_click_on_the_box_of_a_promise_keeps_it_and_a_second_opens_it_again(
    tab: DialogueTab, book: Book, client: int
) -> None:
    index = tab.list.rows.index(tab.list.rows.place_of(entries(tab)[1].contact.id))
    entry = tab.list.rows.entry(index)
    assert entry is not None
    _, area = next(tab.list.painter.promise_areas(tab.list.visualRect(index), entry))
    place = area.topLeft() + QPoint(6, area.height() // 2)
    for kept in (TODAY, None):
        QTest.mouseClick(tab.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        assert book.promises.of_client(client)[0].kept_on == kept


def test_the_column_ticks_promises_and_names_who_was_not_spoken_to(tab: DialogueTab, book: Book, client: int) -> None:
    assert len(tab.side.ticks) == 1
    tab.side.ticks[0].click()
    assert book.promises.of_client(client)[0].kept_on == TODAY
    assert tab.side.ticks == []
    said = [label.text() for label in tab.side.findChildren(QWidget) if hasattr(label, "set_text")]
    assert "Ravi Amari, marketing" in said
    assert "never" in said


def test_filters_narrow_and_say_how_many_are_left(tab: DialogueTab, book: Book, client: int) -> None:
    tab.filter.channel.choose(Channel.MAIL)
    assert [entry.channel for entry in entries(tab)] == ["mail"]
    assert tab.filter.count.text() == "1 of 3 contacts"
    dana = book.people.of_client(client)[0]
    tab.filter.channel.choose(None)
    tab.filter.person.choose(dana.id)
    assert [entry.who for entry in entries(tab)] == ["Dana Whitlock"]
    assert tab.filter.person.accessibleName() == "Filter by person: Dana Whitlock"
    tab.filter.clear()
    assert len(entries(tab)) == 3


def test_the_menu_of_a_contact_offers_its_promises(tab: DialogueTab, book: Book, client: int) -> None:
    menu = tab.menu_of(entries(tab)[1].contact)
    words = [action.text() for action in menu.actions() if action.text()]
    assert "Will not be kept: launch plan" in words
    next(action for action in menu.actions() if action.text().startswith("Will not")).trigger()
    assert book.promises.of_client(client)[0].broken_on == TODAY
    menu.close()


def test_a_promise_is_added_from_the_column(tab: DialogueTab, book: Book, client: int) -> None:
    tab.side.promise_wanted.emit(None)
    form = dialog(tab)
    assert isinstance(form, PromiseDialog)
    form.go.click()
    assert form.form.message("what") == "What was promised?"
    form.what.set_raw("trade titles")
    form.due.set_raw("+2w")
    form.go.click()
    made = next(promise for promise in book.promises.of_client(client) if promise.what == "trade titles")
    assert made.due == TODAY + timedelta(days=14)


def test_too_few_contacts_show_counts_and_no_share(tab: DialogueTab) -> None:
    assert tab.side.meter.heading.text() == "Too few contacts to tell"
    assert "1 from them, none from us" in tab.side.meter.sentence.text()


def test_two_thousand_contacts_stay_quick(tab: DialogueTab, book: Book) -> None:
    many = book.clients.add(ClientDraft(name="Many"))
    with book.database.write("many") as recorder:
        from app.data import schema

        recorder.insert_many(
            schema.contact,
            [
                {
                    "client_id": many, "on": ago(place), "direction": Direction.OUT, "channel": Channel.MAIL, "at": "",
                    "summary": "Words " * (place % 40), "note": "", "counts": True, "planned": False,
                }
                for place in range(2_000)
            ],
        )  # fmt: skip
    tab.show_client(many)
    QApplication.processEvents()
    tab.grab()
    assert len(entries(tab)) == 2_000
    before = tab.list.verticalScrollBar().value()
    for _ in range(20):
        QTest.keyClick(tab.list, Qt.Key.Key_PageDown)
        tab.list.grab()
    assert tab.list.verticalScrollBar().value() > before


def test_an_empty_dialogue_says_what_goes_here(tab: DialogueTab, book: Book) -> None:
    tab.show_client(book.clients.add(ClientDraft(name="Blank")))
    assert tab.empty.isVisible()
    assert not tab.list.isVisible()


def test_a_line_that_is_switched_off_hands_the_keyboard_to_the_timeline(tab: DialogueTab, desk: Desk) -> None:
    assert tab.entry.line.hasFocus()
    desk.as_of.set_day(ago(1))
    tab.reload()
    assert not tab.entry.line.isEnabled()
    assert tab.list.hasFocus()
