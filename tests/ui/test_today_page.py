"""The Today page on a real book, by keyboard."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.clients import ClientDraft
from app.domain.contacts import ContactDraft
from app.domain.feedback import FeedbackDraft
from app.domain.fees import FeeDraft
from app.domain.people import PersonDraft
from app.domain.plans import ActionDraft, PlanDraft
from app.domain.promises import PromiseDraft
from app.domain.vocabulary import Direction, PromiseBy
from app.services.book import Book
from app.words import formats
from tests.ui.conftest import Put
from ui.desk import Desk
from ui.dialogs.plan_contact import PlanContactDialog
from ui.dialogs.snooze import SnoozeDialog
from ui.frame.as_of import AsOfControl
from ui.pages.today.page import TodayPage
from ui.pages.today.side import SideLine
from ui.tokens import Mark
from ui.widgets.explanation import Explanation
from ui.widgets.tick import Tick

TODAY = date.today()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def add_client(book: Book, name: str, silent: int, fee: int, cadence: int = 30) -> int:
    client = book.clients.add(ClientDraft(name=name, cadence_days=cadence))
    if fee:
        book.fees.add(FeeDraft(client_id=client, on=ago(40), original=fee * 100, currency="GBP", amount=None))
    if silent:
        book.contacts.log(ContactDraft(client_id=client, on=ago(silent), direction=Direction.BOTH, summary="Hello"))
    return client


@pytest.fixture
def waiting(book: Book) -> Book:
    """Acme badly overdue, Bexley overdue, Corby well, Dunmore and Eastfold never spoken to."""
    acme = add_client(book, "Acme", 63, 500)
    jane = book.people.add(PersonDraft(client_id=acme, name="Jane Roe"))
    book.contacts.log(
        ContactDraft(client_id=acme, on=ago(60), direction=Direction.IN, summary="Talk in spring", people=(jane,))
    )
    book.promises.add(PromiseDraft(client_id=acme, what="Launch plan", due=ago(9)))
    add_client(book, "Bexley", 40, 400)
    add_client(book, "Corby", 10, 100)
    add_client(book, "Dunmore", 0, 0)
    add_client(book, "Eastfold", 0, 0)
    return book


@pytest.fixture
def make(desk: Desk, put: Put) -> Callable[[Book], TodayPage]:
    def build(book: Book) -> TodayPage:
        page = TodayPage(
            desk,
            book.today,
            book.clients,
            contacts=book.contacts,
            promises=book.promises,
            history=book.history,
        )
        put(page)
        return page

    return build


@pytest.fixture
def page(waiting: Book, make: Callable[[Book], TodayPage]) -> TodayPage:
    return make(waiting)


def names(page: TodayPage) -> list[str]:
    return [row.line.name for row in page.list.rows]


def has_keyboard(page: TodayPage) -> str:
    focused = page.window().focusWidget()
    return next((row.line.name for row in page.list.rows if row is focused), "")


def test_the_title_counts_who_waits_and_what_they_bring(page: TodayPage) -> None:
    assert page.head.title.text() == "Two clients wait for a word from you"
    assert page.head.sentence.text().endswith("they bring 90 % of fees")
    assert str(TODAY.day) in page.head.sentence.text()


def test_the_most_pressing_stands_first_with_word_mark_and_reason(page: TodayPage) -> None:
    first, second = (row.line for row in page.list.rows)
    assert (first.name, first.state, first.mark) == ("Acme", "Silent", Mark.OVERDUE)
    assert first.why.startswith("60 days silent; promised every 30")
    assert first.words.startswith("“Talk in spring” Jane Roe, ")
    assert first.owed == "We owe, 9 days late: Launch plan"
    assert (second.name, second.state, second.owed) == ("Bexley", "Late", "Nothing promised")


def test_the_count_is_told(waiting: Book, page: TodayPage, qtbot: QtBot) -> None:
    bexley = waiting.clients.find("Bexley").id
    with qtbot.waitSignal(page.count_changed) as caught:
        waiting.contacts.log(ContactDraft(client_id=bexley, on=TODAY, direction=Direction.OUT))
    assert caught.args == [1]
    assert names(page) == ["Acme"]


def test_a_row_is_one_client_however_many_warnings(book: Book, make: Callable[[Book], TodayPage]) -> None:
    both = add_client(book, "Both", 70, 0)
    for days in range(300, 660, 30):
        book.fees.add(FeeDraft(client_id=both, on=ago(days), original=90_00, currency="GBP", amount=None))
    page = make(book)
    assert names(page) == ["Both"]
    why = page.list.rows[0].line.why
    assert "Last invoice 300 days ago" in why
    assert "70 days silent" in why


def test_keys_walk_open_and_log(page: TodayPage, waiting: Book, qtbot: QtBot) -> None:
    assert has_keyboard(page) == "Acme"
    QTest.keyClick(page.list.rows[0], Qt.Key.Key_Down)
    assert has_keyboard(page) == "Bexley"
    bexley = waiting.clients.find("Bexley").id
    with qtbot.waitSignal(page.client_wanted) as caught:
        QTest.keyClick(page.list.rows[1], Qt.Key.Key_Return)
    assert caught.args == [bexley]
    with qtbot.waitSignal(page.log_wanted) as caught:
        QTest.keyClick(page.list.rows[1], Qt.Key.Key_L)
    assert caught.args == [bexley]
    QTest.keyClick(page.list.rows[1], Qt.Key.Key_Up)
    assert has_keyboard(page) == "Acme"


def test_the_keys_work_from_the_buttons_of_the_row(page: TodayPage, qtbot: QtBot) -> None:
    button = page.list.rows[0].plan
    button.setFocus()
    with qtbot.waitSignal(page.log_wanted):
        QTest.keyClick(button, Qt.Key.Key_L)


def test_only_one_row_is_a_stop_for_tab(page: TodayPage) -> None:
    stops = [row for row in page.list.rows if row.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [row.line.name for row in stops] == ["Acme"]
    page.list.rows[1].setFocus()
    stops = [row for row in page.list.rows if row.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [row.line.name for row in stops] == ["Bexley"]


def test_p_plans_and_the_client_is_left_in_peace(page: TodayPage, waiting: Book) -> None:
    QTest.keyClick(page.list.rows[0], Qt.Key.Key_P)
    (dialog,) = page.findChildren(PlanContactDialog)
    assert dialog.day.value() == TODAY + timedelta(days=7)
    QTest.keyClicks(dialog.day.line, "+3d")
    QTest.keyClick(dialog.day.line, Qt.Key.Key_Return)
    acme = waiting.clients.find("Acme").id
    planned = [contact for contact in waiting.contacts.of_client(acme) if contact.planned]
    assert [contact.on for contact in planned] == [TODAY + timedelta(days=3)]
    assert names(page) == ["Bexley"]
    assert has_keyboard(page) == "Bexley"


def test_a_plan_for_yesterday_is_refused_at_the_field(page: TodayPage, waiting: Book) -> None:
    QTest.keyClick(page.list.rows[0], Qt.Key.Key_P)
    (dialog,) = page.findChildren(PlanContactDialog)
    dialog.day.set_value(ago(1))
    dialog.go.click()
    assert dialog.isVisible()
    assert "lies ahead" in dialog.form.message("on")
    assert not any(contact.planned for contact in waiting.contacts.every())
    dialog.reject()


def test_s_snoozes_with_a_reason_and_s_wakes(page: TodayPage, waiting: Book) -> None:
    QTest.keyClick(page.list.rows[0], Qt.Key.Key_S)
    (dialog,) = page.findChildren(SnoozeDialog)
    dialog.offers[2].click()
    dialog.reason.set_raw("on leave")
    dialog.go.click()
    assert waiting.clients.find("Acme").snoozed_until == TODAY + timedelta(days=14)
    assert names(page) == ["Bexley"]
    page.list._on_quiet()
    quiet = page.list.rows[1]
    assert quiet.line.name == "Acme"
    assert quiet.line.why.startswith("Snoozed until ")
    assert "on leave" in quiet.line.why
    assert quiet.snooze.words == "Wake"
    QTest.keyClick(quiet, Qt.Key.Key_S)
    assert names(page) == ["Acme", "Bexley"]


def test_who_asked_not_to_be_contacted_cannot_be_woken(page: TodayPage, waiting: Book) -> None:
    acme = waiting.clients.find("Acme")
    waiting.clients.change(acme.id, ClientDraft(name="Acme", cadence_days=30, do_not_contact=True))
    page.list._on_quiet()
    quiet = page.list.rows[-1]
    assert quiet.line.why.startswith("Asked not to be contacted.")
    assert quiet.snooze.isHidden()


def test_a_day_holds_eight_and_more_are_shown_on_demand(book: Book, make: Callable[[Book], TodayPage]) -> None:
    for number in range(11):
        add_client(book, f"Client {number:02}", 50 + number, 100)
    page = make(book)
    assert len(page.list.rows) == 8
    assert page.list.shown == 8
    page.list._on_more()
    assert len(page.list.rows) == 11
    assert has_keyboard(page) == page.list.rows[8].line.name


def test_the_order_explains_itself_with_its_numbers(page: TodayPage) -> None:
    page.why.click()
    (sheet,) = page.window().findChildren(Explanation)
    rows = [(row.meaning, row.working, row.value) for row in sheet._view.rows]
    assert rows == [("Acme", "2.0 × £500", "£1,000"), ("Bexley", "1.3 × £400", "£533")]
    sheet.close()


def test_a_tick_keeps_a_promise_and_undo_opens_it(page: TodayPage, waiting: Book, desk: Desk) -> None:
    (tick,) = page.side.findChildren(Tick)
    tick.setFocus()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    (promise,) = waiting.promises.every()
    assert promise.kept_on == TODAY
    QTest.qWait(1)
    assert page.side.findChildren(Tick) == []
    toast = desk.toasts.current
    assert toast is not None
    toast.action.click()
    assert waiting.promises.every()[0].kept_on is None


def test_the_right_column_says_what_waits(page: TodayPage, waiting: Book, qtbot: QtBot) -> None:
    bexley, corby = waiting.clients.find("Bexley").id, waiting.clients.find("Corby").id
    waiting.feedback.add(FeedbackDraft(client_id=bexley, on=ago(31), verbatim="Invoices arrive late"))
    waiting.promises.add(
        PromiseDraft(client_id=corby, what="Photo rights", by=PromiseBy.THEM, due=TODAY + timedelta(days=1))
    )
    plan = waiting.plans.add(PlanDraft(client_id=corby, title="Plan", starts=ago(90), ends=TODAY))
    waiting.actions.add(ActionDraft(plan_id=plan, title="Draft the speech", due=ago(2)))
    QTest.qWait(1)
    lines = [line.accessibleName() for line in page.side.findChildren(SideLine)]
    assert "Photo rights, from Corby, tomorrow" in lines
    assert "“Invoices arrive late”, Bexley, 31 days" in lines
    assert "Draft the speech, Corby, 2 days late" in lines
    assert sum(line.endswith("day 40") for line in lines) == 3
    line = next(line for line in page.side.findChildren(SideLine) if "Invoices" in line.accessibleName())
    with qtbot.waitSignal(page.client_wanted) as caught:
        QTest.keyClick(line, Qt.Key.Key_Space)
    assert caught.args == [bexley]


def test_words_of_the_right_column_break_instead_of_being_cut_off(page: TodayPage, waiting: Book) -> None:
    bexley = waiting.clients.find("Bexley").id
    what = "Two dates on which the mayor of the town can open the hall"
    waiting.promises.add(PromiseDraft(client_id=bexley, what=what, due=ago(20)))
    QTest.qWait(1)
    line = next(line for line in page.side.findChildren(SideLine) if what in line.accessibleName())
    assert len(line.shown) == 2
    assert " ".join(line.shown) == what
    assert line.height() == line.heightForWidth(line.width())


def test_a_promise_keeps_its_day_in_sight(page: TodayPage, waiting: Book) -> None:
    bexley = waiting.clients.find("Bexley").id
    waiting.promises.add(PromiseDraft(client_id=bexley, what="Revised launch plan for the new wing", due=ago(9)))
    row = next(row for row in page.list.rows if row.line.name == "Bexley")
    (shown,) = row._owed._shown(row._owed.width())
    assert shown.startswith("We owe, 9 days late: Revised")
    assert row.line.owed.endswith("Revised launch plan for the new wing")


def test_a_monologue_is_warned_of_until_they_speak(page: TodayPage, waiting: Book, qtbot: QtBot) -> None:
    corby = waiting.clients.find("Corby").id
    for days in (9, 8, 7, 6, 5):
        waiting.contacts.log(ContactDraft(client_id=corby, on=ago(days), direction=Direction.OUT, summary="News"))
    QTest.qWait(1)

    def warned() -> list[str]:
        return [
            line.accessibleName() for line in page.side.findChildren(SideLine) if "only we" in line.accessibleName()
        ]

    (said,) = warned()
    assert said.startswith("5 messages from us, none back since ")
    assert said.endswith("Corby, only we speak")
    waiting.contacts.log(ContactDraft(client_id=corby, on=ago(1), direction=Direction.BOTH, summary="At last"))
    qtbot.waitUntil(lambda: warned() == ["In a year none from them, 5 from us, 2 both ways., Corby, only we speak"])
    waiting.contacts.log(ContactDraft(client_id=corby, on=TODAY, direction=Direction.IN, summary="Thank you"))
    qtbot.waitUntil(lambda: warned() == [])


def test_when_did_you_last_speak_takes_a_day_and_goes_on(page: TodayPage, waiting: Book) -> None:
    dunmore, eastfold = waiting.clients.find("Dunmore").id, waiting.clients.find("Eastfold").id
    assert list(page.never.fields) == [dunmore, eastfold]
    field = page.never.fields[dunmore]
    field.setFocus()
    QTest.keyClicks(field.line, "-3w")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert waiting.clients.get(dunmore).last_contact == ago(21)
    assert list(page.never.fields) == [eastfold]
    assert page.window().focusWidget() is page.never.fields[eastfold].line


def test_a_day_that_cannot_be_is_refused_at_the_field(page: TodayPage, waiting: Book) -> None:
    dunmore = waiting.clients.find("Dunmore").id
    field = page.never.fields[dunmore]
    for typed, said in (("tomorrow", "still to come"), ("soonish", "no date")):
        field.set_raw(typed)
        QTest.keyClick(field.line, Qt.Key.Key_Return)
        assert said in page.never._messages[dunmore].text()
    assert waiting.clients.get(dunmore).last_contact is None


def test_nobody_waits_and_the_next_one_is_named(book: Book, make: Callable[[Book], TodayPage]) -> None:
    add_client(book, "Acme", 10, 100)
    page = make(book)
    assert page.head.title.text() == "Nobody is waiting"
    assert page.nobody.isVisible()
    assert page.nobody.detail.text().startswith("Next due: Acme on ")


def test_an_empty_book_says_what_goes_here(book: Book, make: Callable[[Book], TodayPage]) -> None:
    page = make(book)
    assert page.nobody.isVisible()
    assert "Clients appear here" in page.nobody.detail.text()


def test_on_another_day_the_list_is_of_that_day_and_nothing_can_be_changed(page: TodayPage, desk: Desk) -> None:
    desk.as_of.set_day(ago(25))
    assert names(page) == ["Acme"]
    row = page.list.rows[0]
    assert not row.log.isEnabled()
    QTest.keyClick(row, Qt.Key.Key_P)
    assert page.findChildren(PlanContactDialog) == []


def test_a_window_left_open_over_midnight_shows_the_new_days_list(waiting: Book, desk: Desk, put: Put) -> None:
    days = [TODAY]
    as_of = AsOfControl(desk.theme, desk.icons, lambda: days[-1], formats.day, desk.as_of.window())
    page = TodayPage(
        replace(desk, as_of=as_of),
        waiting.today,
        waiting.clients,
        contacts=waiting.contacts,
        promises=waiting.promises,
        history=waiting.history,
    )
    put(page)
    assert "Corby" not in names(page)
    days.append(TODAY + timedelta(days=25))
    as_of.look()
    assert "Corby" in names(page)


def test_a_narrow_window_puts_the_buttons_under_the_words(page: TodayPage, room: QWidget, qtbot: QtBot) -> None:
    room.resize(840, 640)
    row = page.list.rows[0]
    qtbot.waitUntil(lambda: row._owed.y() == row.log.parentWidget().mapFrom(row._side, row._owed.pos()).y())
    qtbot.waitUntil(lambda: page.horizontalScrollBar().maximum() == 0)
    assert row._side.geometry().top() > row._status.geometry().bottom()
