"""The People tab on a real book, by keyboard."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.checking import Problem
from app.domain.clients import ClientDraft
from app.domain.contacts import ContactDraft
from app.domain.people import PersonDraft
from app.domain.vocabulary import Channel, Direction, Influence, Sentiment
from app.services.book import Book
from tests.ui.conftest import Put
from ui.desk import Desk
from ui.dialogs.person import PersonDialog
from ui.pages.client.people import PeopleTab
from ui.pages.client.people_rows import PersonRow
from ui.tokens import Mark, Tone

TODAY = date.today()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def client(book: Book) -> int:
    """A client with nobody recorded."""
    return book.clients.add(ClientDraft(name="Northgate"))


@pytest.fixture
def tab(desk: Desk, book: Book, put: Put, client: int) -> PeopleTab:
    made = PeopleTab(desk, book)
    put(made)
    made.show_client(client)
    return made


@pytest.fixture
def peopled(tab: PeopleTab, book: Book, client: int) -> PeopleTab:
    """Helen decides and is silent, Dana was spoken to, Gerald has left."""
    helen = PersonDraft(client_id=client, name="Helen", role="Director", influence=Influence.DECIDES,
                        drivers="Evidence, <b>not</b> launches", notes="met twice")  # fmt: skip
    book.people.add(helen)
    dana = book.people.add(
        PersonDraft(client_id=client, name="Dana", influence=Influence.USES, channel="call", sentiment=Sentiment.WARM)
    )
    book.people.add(PersonDraft(client_id=client, name="Gerald", influence=Influence.DECIDES, left_on=ago(200)))
    for day, channel, counts in ((ago(63), Channel.CALL, True), (ago(3), Channel.VOICEMAIL, False)):
        book.contacts.log(
            ContactDraft(client_id=client, on=day, direction=Direction.OUT, channel=channel, counts=counts,
                         people=(dana,))
        )  # fmt: skip
    return tab


def row(tab: PeopleTab, name: str) -> PersonRow:
    return next(row for row in tab.table.rows.rows if row.person.name == name)


def shown(tab: PeopleTab, name: str, key: str) -> str:
    column = next(column for column in tab.table.rows.columns if column.key == key)
    return column.text(row(tab, name))


def test_nobody_recorded_offers_the_form(tab: PeopleTab, book: Book, client: int) -> None:
    tab.take_focus()
    assert QApplication.focusWidget() is tab.empty.button
    QTest.keyClick(tab.empty.button, Qt.Key.Key_Space)
    dialog = tab.editing.dialog
    assert isinstance(dialog, PersonDialog)
    QTest.keyClicks(dialog.name.line, "Dana Whitlock")
    QTest.keyClicks(dialog.email.line, "dana at northgate")
    QTest.keyClick(dialog.name.line, Qt.Key.Key_Return)
    assert "no mail address" in dialog.form.message("email")
    dialog.email.set_raw("dana@northgate.example")
    dialog.influence.set_value(Influence.DECIDES)
    dialog.channel.set_value("call")
    QTest.keyClick(dialog.name.line, Qt.Key.Key_Return)
    made = book.people.of_client(client)[0]
    assert (made.name, made.email, made.influence, made.channel) == (
        "Dana Whitlock", "dana@northgate.example", Influence.DECIDES, "call",
    )  # fmt: skip
    assert shown(tab, "Dana Whitlock", "spoken") == "never"


def test_who_decides_first_leavers_last_and_grey(peopled: PeopleTab) -> None:
    assert [row.person.name for row in peopled.table.rows.rows] == ["Helen", "Dana", "Gerald"]
    name = peopled.table.rows.columns[0]
    assert name.tone is not None
    assert [name.tone(row) for row in peopled.table.rows.rows] == [Tone.PLAIN, Tone.PLAIN, Tone.QUIET]
    assert shown(peopled, "Gerald", "name") == "Gerald (left)"


def test_last_spoken_counts_days_from_contacts_that_count(peopled: PeopleTab) -> None:
    assert shown(peopled, "Dana", "spoken").startswith("63 days")
    assert row(peopled, "Dana").silent_days == 63
    spoken = next(column for column in peopled.table.rows.columns if column.key == "spoken")
    assert spoken.mark is not None
    assert [spoken.mark(row) for row in peopled.table.rows.rows] == [Mark.DUE, Mark.NONE, Mark.NONE]


def test_the_coverage_names_the_gap(peopled: PeopleTab) -> None:
    assert peopled.coverage.text() == ("2 people, 1 decides; no word with Helen is recorded; everything hangs on Dana.")


def test_what_drives_somebody_stands_beneath_as_plain_text(peopled: PeopleTab) -> None:
    peopled.take_focus()
    assert peopled.drivers_of.text() == "What drives Helen"
    assert peopled.drivers.text() == "Evidence, <b>not</b> launches"
    assert peopled.drivers.textFormat() is Qt.TextFormat.PlainText
    assert peopled.notes.text() == "internal: met twice"
    QTest.keyClick(peopled.table, Qt.Key.Key_Down)
    assert peopled.drivers.text() == "Not known yet."
    assert not peopled.notes.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2])
def test_enter_and_f2_change(peopled: PeopleTab, book: Book, client: int, key: Qt.Key) -> None:
    peopled.take_focus()
    QTest.keyClick(peopled.table, key)
    dialog = peopled.editing.dialog
    assert isinstance(dialog, PersonDialog)
    QTest.keyClicks(dialog.phone.line, "01632 960014")
    QTest.keyClick(dialog.phone.line, Qt.Key.Key_Return)
    changed = next(person for person in book.people.of_client(client) if person.name == "Helen")
    assert (changed.phone, changed.drivers, changed.notes) == (
        "01632 960014", "Evidence, <b>not</b> launches", "met twice",
    )  # fmt: skip


def test_m_notes_that_somebody_moved_on_and_back(peopled: PeopleTab, book: Book, desk: Desk, client: int) -> None:
    peopled.take_focus()
    QTest.keyClick(peopled.table, Qt.Key.Key_M)
    assert row(peopled, "Helen").person.left_on == TODAY
    assert not row(peopled, "Helen").here
    assert desk.toasts.current is not None
    assert desk.toasts.current.label.text() == "Helen has moved on"
    peopled.move_on(row(peopled, "Helen"))
    assert next(person for person in book.people.of_client(client) if person.name == "Helen").left_on is None


def test_del_deletes_all_chosen_in_one_step(peopled: PeopleTab, book: Book, desk: Desk, client: int) -> None:
    peopled.take_focus()
    QTest.keyClick(peopled.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(peopled.table, Qt.Key.Key_Delete)
    assert [person.name for person in book.people.of_client(client)] == ["Gerald"]
    toast = desk.toasts.current
    assert toast is not None
    assert toast.label.text() == "Deleted 2 people"
    toast.action.click()
    assert len(book.people.of_client(client)) == 3
    assert shown(peopled, "Dana", "spoken").startswith("63 days"), "who was present comes back too"


def test_insert_adds(peopled: PeopleTab) -> None:
    peopled.take_focus()
    QTest.keyClick(peopled.table, Qt.Key.Key_Insert)
    dialog = peopled.editing.dialog
    assert isinstance(dialog, PersonDialog)
    dialog.close()
    assert peopled.editing.dialog is None


def test_a_problem_said_in_a_dialog_makes_it_taller_not_its_fields_scroll(peopled: PeopleTab, qtbot: QtBot) -> None:
    peopled.add_person()
    dialog = peopled.editing.dialog
    assert isinstance(dialog, PersonDialog)
    qtbot.waitExposed(dialog)
    before = dialog.height()
    dialog.form.show_problems([Problem(key, "This cannot be.", "Write another.") for key in ("name", "email", "notes")])
    qtbot.waitUntil(lambda: dialog.height() > before)
    assert dialog._area.verticalScrollBar().maximum() == 0
    dialog.close()


def test_a_preference_an_imported_list_says_otherwise_is_kept(peopled: PeopleTab, book: Book, client: int) -> None:
    made = book.people.add(PersonDraft(client_id=client, name="Ravi", channel="by pigeon"))
    assert shown(peopled, "Ravi", "channel") == "by pigeon"
    peopled.change_person(row(peopled, "Ravi"))
    dialog = peopled.editing.dialog
    assert isinstance(dialog, PersonDialog)
    QTest.keyClick(dialog.name.line, Qt.Key.Key_Return)
    assert book.people.get(made).channel == "by pigeon"


def test_on_an_earlier_day_leavers_are_there_and_nothing_can_be_typed(
    peopled: PeopleTab, desk: Desk, book: Book, client: int
) -> None:
    desk.as_of.set_day(ago(201))
    assert row(peopled, "Gerald").here
    assert row(peopled, "Dana").spoken is None
    assert not peopled.add.isEnabled()
    peopled.take_focus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_M, Qt.Key.Key_Delete, Qt.Key.Key_Insert):
        QTest.keyClick(peopled.table, key)
    assert peopled.editing.dialog is None
    assert len(book.people.of_client(client)) == 3
    assert next(person for person in book.people.of_client(client) if person.name == "Helen").left_on is None
