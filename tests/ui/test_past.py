"""The trash and the history of a record in the window: listed, brought back, taken back, reached by key."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.data import schema
from app.domain.changes import RecordRef
from app.domain.clients import ClientDraft
from app.domain.people import PersonDraft
from app.domain.plans import PlanDraft
from app.domain.records import draft_of
from app.services.book import Book
from ui.at_hand import record_at_hand
from ui.desk import Desk
from ui.dialogs.record_history import RecordHistoryDialog
from ui.dialogs.trash import TrashDialog
from ui.pages.clients.page import ClientsPage
from ui.past import Past
from ui.session import Session
from ui.widgets.table import Table

DAY = date(2026, 3, 31)


@pytest.fixture
def past(desk: Desk, book: Book, room: QWidget) -> Past:
    """Open what lies behind over a window."""
    room.show()
    return Past(desk, room, book.trash, book.record_history)


@pytest.fixture
def acme(book: Book) -> int:
    """Add a client with two people."""
    client = book.clients.add(ClientDraft(name="Acme & Sons"))
    book.people.add(PersonDraft(client_id=client, name="Jo"))
    book.people.add(PersonDraft(client_id=client, name="Lee"))
    return client


def listed(dialog: TrashDialog) -> list[str]:
    return [entry.things for entry in dialog.table.rows.rows]


def shown(dialog: RecordHistoryDialog) -> list[tuple[str, str, str]]:
    return [(line.field, line.old, line.new) for line in dialog.table.rows.rows]


def test_enter_brings_the_chosen_one_back(past: Past, book: Book, acme: int, qtbot: QtBot) -> None:
    book.people.delete([book.people.of_client(acme)[0].id])
    book.clients.delete([acme])
    dialog = past.open_trash()
    assert not dialog.bring_back.isEnabled()
    qtbot.waitUntil(lambda: listed(dialog) == ["client Acme & Sons", "person Jo of Acme & Sons"])
    assert "Looking" not in dialog.said.text()
    assert dialog.detail.text() == "Client Acme & Sons, with 1 person. Step: delete client “Acme & Sons”."
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: listed(dialog) == ["person Jo of Acme & Sons"])
    qtbot.waitUntil(lambda: dialog.said.text() == "Brought back: client Acme & Sons.")
    assert [person.name for person in book.people.every()] == ["Lee"]
    dialog.bring_back.click()
    qtbot.waitUntil(lambda: listed(dialog) == [])
    assert len(book.people.every()) == 2
    assert not dialog.bring_back.isEnabled()
    dialog.close()


def test_what_is_in_the_way_is_said_in_the_dialog(past: Past, book: Book, acme: int, qtbot: QtBot) -> None:
    book.people.delete([book.people.of_client(acme)[0].id])
    book.clients.delete([acme])
    dialog = past.open_trash()
    qtbot.waitUntil(lambda: len(listed(dialog)) == 2)
    dialog.table.selectRow(1)
    dialog.bring_back.click()
    qtbot.waitUntil(lambda: "It belongs to the client Acme & Sons" in dialog.said.text())
    assert dialog.bring_back.isEnabled()
    assert len(listed(dialog)) == 2
    dialog.close()


def test_an_empty_trash_says_so(past: Past, qtbot: QtBot) -> None:
    dialog = past.open_trash()
    qtbot.waitUntil(lambda: dialog.said.text() == "Nothing that was deleted is waiting here.")
    dialog.close()


def test_a_record_without_changes_says_so(past: Past, book: Book, qtbot: QtBot) -> None:
    # As the rows of the sample, which nobody typed.
    with book.database.write("") as recorder:
        seeded = recorder.insert(schema.client, {"name": "Seeded", "do_not_contact": False})
        recorder.recorded.clear()
    dialog = past.open_record(RecordRef("client", seeded))
    qtbot.waitUntil(lambda: dialog.detail.text().startswith("No change of it is kept"))
    assert not dialog.take_back.isEnabled()
    dialog.close()


def test_another_day_only_shows(past: Past, desk: Desk, book: Book, acme: int, qtbot: QtBot) -> None:
    book.clients.delete([acme])
    desk.as_of.set_day(date.today() - timedelta(days=30))
    dialog = past.open_trash()
    qtbot.waitUntil(lambda: len(listed(dialog)) == 1)
    assert not dialog.bring_back.isEnabled()
    assert "go back to today" in dialog.bring_back.toolTip()
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert book.clients.every() == []
    dialog.close()


def test_one_field_is_taken_back_and_the_list_follows(past: Past, book: Book, acme: int, qtbot: QtBot) -> None:
    client = draft_of(ClientDraft, book.clients.get(acme))
    book.clients.change(acme, replace(client, notes="<b>wrong</b>", sector="Retail"))
    dialog = past.open_record(RecordRef("client", acme))
    qtbot.waitUntil(lambda: dialog.head.text() == "History of Acme & Sons")
    assert shown(dialog) == [
        ("Sector", "–", "Retail"),
        ("Notes", "–", "<b>wrong</b>"),
        ("The client was added", "", ""),
    ]
    dialog.table.selectRow(1)
    assert "Notes was –, became <b>wrong</b>." in dialog.detail.text()
    assert dialog.detail.textFormat() is Qt.TextFormat.PlainText
    dialog.take_back.click()
    assert dialog.said.text() == "Notes is – again."
    qtbot.waitUntil(lambda: shown(dialog)[0] == ("Notes", "<b>wrong</b>", "–"))
    assert (book.clients.get(acme).notes, book.clients.get(acme).sector) == ("", "Retail")
    dialog.table.selectRow(3)
    assert not dialog.take_back.isEnabled()
    dialog.close()


def test_what_no_longer_fits_is_said(past: Past, book: Book, acme: int, qtbot: QtBot) -> None:
    plan = book.plans.add(PlanDraft(client_id=acme, title="Plan", starts=date(2026, 1, 1), ends=date(2026, 6, 30)))
    book.plans.change(plan, replace(book.plans.get(plan), ends=date(2026, 12, 31)))
    book.plans.change(plan, replace(book.plans.get(plan), starts=date(2026, 9, 1)))
    dialog = past.open_record(RecordRef("plan", plan))
    qtbot.waitUntil(lambda: len(shown(dialog)) == 3)
    dialog.table.selectRow(1)
    dialog.take_back.click()
    assert dialog.said.text().startswith("It no longer fits: ")
    assert book.plans.get(plan).ends == date(2026, 12, 31)
    dialog.close()


def test_closed_dialogs_are_let_go(past: Past, book: Book, acme: int, room: QWidget, qtbot: QtBot) -> None:
    book.clients.delete([acme])
    trash, record = past.open_trash(), past.open_record(RecordRef("client", acme))
    qtbot.waitUntil(lambda: len(listed(trash)) == 1)
    with qtbot.waitSignals([trash.destroyed, record.destroyed]):
        record.close()
        trash.close()
    assert room.findChildren(TrashDialog) == []
    book.clients.add(ClientDraft(name="Later"))


class _Row(QWidget):
    def __init__(self, parent: QWidget, ref: RecordRef | None) -> None:
        super().__init__(parent)
        self._ref = ref

    def record_at_hand(self) -> RecordRef | None:
        """Give what it was made with."""
        return self._ref


def test_the_nearest_that_knows_its_record_is_asked(room: QWidget) -> None:
    fee = RecordRef("fee", 3)
    page = _Row(room, fee)
    inner = _Row(page, None)
    label = QLabel(parent=inner)
    assert record_at_hand(label) == fee
    assert record_at_hand(_Row(inner, RecordRef("cost", 1))) == RecordRef("cost", 1)
    assert record_at_hand(room) is None
    assert record_at_hand(None) is None


def _acme(book: Book) -> None:
    client = book.clients.add(ClientDraft(name="Acme & Sons"))
    for name in ("Jo", "Lee"):
        book.people.add(PersonDraft(client_id=client, name=name))
    book.clients.add(ClientDraft(name="Bexley"))


@pytest.fixture
def session(with_book: Callable[..., Session]) -> Session:
    """Open a book in the program."""
    return with_book(_acme)


def _history(session: Session, qtbot: QtBot) -> str:
    session.window.commands["record.history"].trigger()
    dialogs = session.window.findChildren(RecordHistoryDialog)
    if not dialogs:
        return ""
    (dialog,) = dialogs
    qtbot.waitUntil(lambda: bool(dialog.table.rows.rows))
    words = dialog.head.text()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    return words


def test_the_record_at_hand_is_shown_on_each_page(session: Session, qtbot: QtBot) -> None:
    window, book = session.window, session.book
    acme = book.clients.find("Acme & Sons").id
    window.show_page("settings")
    window.navigation.log.setFocus()
    assert _history(session, qtbot) == ""
    session.show_client(acme, "people")
    table = next(each for each in window.findChildren(Table) if each.accessibleName() == "People")
    assert window.focusWidget() is table
    table.selectRow(1)
    assert _history(session, qtbot) == "History of Lee"
    window.navigation.log.setFocus()
    assert _history(session, qtbot) == "History of Acme & Sons"
    page = window.show_page("clients")
    assert isinstance(page, ClientsPage)
    page.table.setFocus()
    page.table.selectRow(1)
    assert _history(session, qtbot) == "History of Bexley"


def test_the_trash_is_in_the_edit_menu(session: Session, qtbot: QtBot) -> None:
    book = session.book
    book.clients.delete([book.clients.find("Acme & Sons").id])
    session.window.commands["trash"].trigger()
    (dialog,) = session.window.findChildren(TrashDialog)
    qtbot.waitUntil(lambda: len(listed(dialog)) == 1)
    dialog.bring_back.click()
    qtbot.waitUntil(lambda: "Brought back" in dialog.said.text())
    assert [client.name for client in book.clients.every()] == ["Acme & Sons", "Bexley"]
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    places = {command.key: command.menu for command in session.window.commands}
    assert places["trash"] == places["record.history"] == "Edit"
