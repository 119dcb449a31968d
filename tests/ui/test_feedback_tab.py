"""The Feedback tab on a real book, by keyboard and mouse."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.clients import ClientDraft
from app.domain.colleagues import ColleagueDraft
from app.domain.feedback import Feedback, FeedbackDraft
from app.domain.people import PersonDraft
from app.domain.vocabulary import Channel, Direction, FeedbackKind, Influence, Purpose
from app.services.book import Book
from tests.ui.conftest import Put
from ui.desk import Desk
from ui.dialogs.close_loop import ActDialog, OwnDialog, TellDialog
from ui.dialogs.feedback import FeedbackDialog
from ui.dialogs.record import RecordDialog
from ui.pages.client.feedback import FeedbackTab
from ui.pages.client.feedback_painting import FeedbackDelegate
from ui.pages.client.feedback_rows import FeedbackLine
from ui.tokens import Mark
from ui.widgets.labels import PlainLabel

TODAY = date.today()
CONTROL = Qt.KeyboardModifier.ControlModifier


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def client(book: Book) -> int:
    """A client with two people, one of them gone, and a colleague; nothing said yet."""
    made = book.clients.add(ClientDraft(name="Northgate"))
    book.people.add(PersonDraft(client_id=made, name="Dana Whitlock", influence=Influence.DECIDES))
    book.people.add(PersonDraft(client_id=made, name="Gerald Ockenden", left_on=ago(200)))
    book.colleagues.add(ColleagueDraft(name="Josephine Vale", initials="JV"))
    return made


@pytest.fixture
def tab(desk: Desk, book: Book, put: Put, client: int) -> FeedbackTab:
    made = FeedbackTab(desk, book)
    put(made)
    made.show_client(client)
    return made


@pytest.fixture
def said(tab: FeedbackTab, book: Book, client: int) -> FeedbackTab:
    """A complaint open for 31 days, a wish closed after 4, praise answered the same day."""
    dana, gerald = sorted(book.people.of_client(client), key=lambda person: person.name)
    us = book.colleagues.every()[0].id
    book.feedback.add(
        FeedbackDraft(
            client_id=client, on=ago(31), verbatim="The invoice says nothing.", person_id=dana.id,
            kind=FeedbackKind.COMPLAINT, channel=Channel.MAIL, work_score=8, service_score=4,
        )
    )  # fmt: skip
    book.feedback.add(
        FeedbackDraft(
            client_id=client, on=ago(100), verbatim="Drafts come too late.", person_id=dana.id, kind=FeedbackKind.WISH,
            owner_id=us, owned_on=ago(99), action="Drafts three days ahead.", acted_on=ago(97), told_on=ago(96),
            service_score=6,
        )
    )  # fmt: skip
    book.feedback.add(
        FeedbackDraft(
            client_id=client, on=ago(300), verbatim="“Splendid.”", person_id=gerald.id, kind=FeedbackKind.PRAISE,
            work_score=9, told_on=ago(300),
        )
    )  # fmt: skip
    return tab


def front(dialog: RecordDialog) -> None:
    """Bring a dialog to the front, as a window manager does."""
    dialog.activateWindow()
    QApplication.processEvents()
    assert dialog.isActiveWindow()


def finish(dialog: RecordDialog, where: QWidget) -> None:
    """Press Ctrl+Enter in a field of several lines."""
    front(dialog)
    QTest.keyClick(where, Qt.Key.Key_Return, CONTROL)


def lines(tab: FeedbackTab) -> list[FeedbackLine]:
    return [line for line in tab.list.lines.lines if isinstance(line, FeedbackLine)]


def first(book: Book, client: int) -> Feedback:
    return book.feedback.of_client(client)[0]


def test_nothing_said_yet_offers_the_form(tab: FeedbackTab, book: Book, client: int) -> None:
    tab.take_focus()
    assert QApplication.focusWidget() is tab.empty.button
    QTest.keyClick(tab.empty.button, Qt.Key.Key_Space)
    dialog = tab.editing.dialog
    assert isinstance(dialog, FeedbackDialog)
    front(dialog)
    assert dialog.words.area.hasFocus()
    QTest.keyClicks(dialog.words.area, "You answered the same day.")
    for _ in range(6):  # who, day, its picker, kind, channel, work
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert dialog.work.line.hasFocus()
    QTest.keyClicks(dialog.work.line, "8")
    QTest.keyClick(dialog.work.line, Qt.Key.Key_Tab)
    QTest.keyClicks(dialog.service.line, "9")
    QTest.keyClick(dialog.service.line, Qt.Key.Key_Return)
    logged = first(book, client)
    assert (logged.verbatim, logged.on, logged.work_score, logged.service_score, logged.nps) == (
        "You answered the same day.", TODAY, 8, 9, None,
    )  # fmt: skip
    assert lines(tab)[0].scores == "work 8 · service 9"


@pytest.mark.parametrize("typed", ["11", "-1", "8.5", "good"])
def test_a_score_is_a_whole_number_to_ten(tab: FeedbackTab, book: Book, client: int, typed: str) -> None:
    tab.log_feedback()
    dialog = tab.editing.dialog
    assert isinstance(dialog, FeedbackDialog)
    QTest.keyClicks(dialog.work.line, typed)
    QTest.keyClick(dialog.work.line, Qt.Key.Key_Return)
    assert "0 to 10" in dialog.form.message("work_score")
    assert book.feedback.of_client(client) == []
    dialog.close()


def test_neither_words_nor_scores_are_refused_beside_the_field(tab: FeedbackTab, book: Book, client: int) -> None:
    tab.log_feedback()
    dialog = tab.editing.dialog
    assert isinstance(dialog, FeedbackDialog)
    finish(dialog, dialog.words.area)
    assert dialog.form.message("verbatim") == "A feedback needs words or a score. Type what was said."
    assert book.feedback.of_client(client) == []
    dialog.close()


def test_newest_first_quoted_with_the_steps_and_their_days(said: FeedbackTab) -> None:
    complaint, wish, praise = lines(said)
    assert [line.words for line in lines(said)] == [
        "“The invoice says nothing.”", "“Drafts come too late.”", "“Splendid.”",
    ]  # fmt: skip
    assert complaint.sub == "Dana Whitlock · mail · complaint"
    assert [step.done for step in complaint.steps] == [True, False, False, False]
    assert (complaint.state, complaint.mark, complaint.next_words) == ("open for 31 days", Mark.OVERDUE, "Own…")
    assert [step.day.partition(", ")[2] for step in wish.steps] == ["", "1 day", "3 days", "4 days"]
    assert wish.steps[1].words == "owned JV"
    assert (wish.state, wish.next_words) == ("", "")
    assert [step.words for step in praise.steps] == ["received", "owned", "", "answered"]
    assert praise.steps[3].day.endswith(", same day")


def test_the_side_shows_means_with_n_and_how_the_loop_runs(said: FeedbackTab) -> None:
    side = said.side
    assert (side.work.value.text(), side.work.rests_on.text()) == ("8.5", "n = 2 answers")
    # Dana answered twice; her latest is the one that counts (C10).
    assert (side.service.value.text(), side.service.rests_on.text()) == ("4.0", "n = 1 answer")
    assert side.open.value.text() == "1, 31 days old"
    assert side.median.value.text() == "2 days, n = 2"
    assert side.told.value.text() == "2 of 3", "a share of three is not shown as per cent"
    shown = [label.text() for label in side.findChildren(PlainLabel)]
    assert {"“Drafts come too late.”", "Drafts three days ahead."} <= set(shown)


def test_a_loop_without_figures_says_why(tab: FeedbackTab, book: Book, client: int) -> None:
    book.feedback.add(FeedbackDraft(client_id=client, on=ago(1), verbatim="good"))
    side = tab.side
    tab.show_client(client)
    assert (side.median.value.text(), side.told.value.text()) == ("none in 12 months", "none that long ago")


def test_the_loop_is_walked_by_one_key_to_a_logged_contact(said: FeedbackTab, book: Book, client: int) -> None:
    said.take_focus()
    QTest.keyClick(said.list, Qt.Key.Key_Home)
    QTest.keyClick(said.list, Qt.Key.Key_N)
    own = said.editing.dialog
    assert isinstance(own, OwnDialog)
    QTest.keyClick(own.owner.editor, Qt.Key.Key_Down)
    QTest.keyClick(own.day.line, Qt.Key.Key_Return)
    assert (first(book, client).owned_on, first(book, client).owner_id) == (TODAY, book.colleagues.every()[0].id)
    assert lines(said)[0].next_words == "Say what was done…"

    QTest.keyClick(said.list, Qt.Key.Key_Space)
    act = said.editing.dialog
    assert isinstance(act, ActDialog)
    QTest.keyClicks(act.action.area, "Invoices name the job.")
    finish(act, act.action.area)
    assert (first(book, client).action, first(book, client).acted_on) == ("Invoices name the job.", TODAY)

    QTest.keyClick(said.list, Qt.Key.Key_N)
    tell = said.editing.dialog
    assert isinstance(tell, TellDialog)
    assert tell.words.value() == "Invoices name the job."
    finish(tell, tell.words.area)
    closed = first(book, client)
    contact = book.contacts.of_client(client)[0]
    assert (closed.told_on, closed.told_contact_id) == (TODAY, contact.id)
    assert (contact.channel, contact.direction, contact.purpose) == (Channel.MAIL, Direction.OUT, Purpose.SERVE)
    assert contact.people == (closed.person_id,)
    assert contact.summary == "Invoices name the job."
    assert lines(said)[0].next_words == ""
    assert said.side.open.value.text() == "none"
    book.history.undo()
    assert (lines(said)[0].next_words, book.contacts.of_client(client)) == ("Tell the client…", [])


def test_the_link_of_the_next_step_can_be_clicked_and_the_words_open_nothing(said: FeedbackTab) -> None:
    painter = said.list.painter
    assert isinstance(painter, FeedbackDelegate)
    row = said.list.visualRect(said.list.lines.index(0))
    QTest.mouseClick(said.list.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert said.editing.dialog is None
    link = painter.link_area(row, lines(said)[0])
    QTest.mouseClick(said.list.viewport(), Qt.MouseButton.LeftButton, pos=link.center())
    assert isinstance(said.editing.dialog, OwnDialog)
    said.editing.dialog.close()


def test_praise_waits_only_for_an_answer(said: FeedbackTab, book: Book, client: int) -> None:
    made = book.feedback.add(FeedbackDraft(client_id=client, on=TODAY, verbatim="Lovely", kind=FeedbackKind.PRAISE))
    assert lines(said)[0].next_words == "Answer…"
    said.do_next_step(made)
    dialog = said.editing.dialog
    assert isinstance(dialog, TellDialog)
    finish(dialog, dialog.words.area)
    assert dialog.form.message("summary") == "Say what they were told."
    dialog.close()


def test_enter_changes_the_words_and_the_days_of_the_loop(said: FeedbackTab, book: Book, client: int) -> None:
    said.take_focus()
    QTest.keyClick(said.list, Qt.Key.Key_Home)
    QTest.keyClick(said.list, Qt.Key.Key_Return)
    dialog = said.editing.dialog
    assert isinstance(dialog, FeedbackDialog)
    people = [dialog.person.choice.itemText(place) for place in range(dialog.person.choice.count())]
    assert people == ["not named", "Dana Whitlock"], "who has left is not offered"
    dialog.owned.set_value(ago(32))
    QTest.keyClick(dialog.work.line, Qt.Key.Key_Return)
    assert "before the feedback came" in dialog.form.message("owned_on")
    dialog.owned.set_value(ago(30))
    QTest.keyClick(dialog.work.line, Qt.Key.Key_Return)
    assert first(book, client).owned_on == ago(30)
    assert lines(said)[0].next_words == "Say what was done…"


def test_del_deletes_with_a_way_back(said: FeedbackTab, book: Book, desk: Desk, client: int) -> None:
    said.take_focus()
    QTest.keyClick(said.list, Qt.Key.Key_End)
    QTest.keyClick(said.list, Qt.Key.Key_Delete)
    assert len(lines(said)) == 2
    assert desk.toasts.current is not None
    desk.toasts.current.action.click()
    assert [line.words for line in lines(said)][-1] == "“Splendid.”"
    assert len(book.feedback.of_client(client)) == 3


def test_on_an_earlier_day_later_steps_do_not_exist_and_nothing_can_be_typed(said: FeedbackTab, desk: Desk) -> None:
    desk.as_of.set_day(ago(98))
    wish, praise = lines(said)
    assert [step.done for step in wish.steps] == [True, True, False, False]
    assert praise.steps[-1].done
    assert said.side.open.value.text() == "1, 2 days old"
    assert not said.log.isEnabled()
    said.take_focus()
    for key in (Qt.Key.Key_N, Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Insert):
        QTest.keyClick(said.list, key)
    assert said.editing.dialog is None
    assert len(lines(said)) == 2


def test_the_menu_offers_every_step(said: FeedbackTab, book: Book, client: int) -> None:
    menu = said.menu_of(first(book, client))
    words = [action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()]
    assert words == ["Own…", "Own…", "Say what was done…", "Tell the client…", "Change…", "Delete"]
    menu.deleteLater()


def test_in_a_low_window_the_head_above_the_first_line_stays_in_sight(said: FeedbackTab, room: QWidget) -> None:
    room.resize(1096, 120)
    QTest.qWait(50)
    said.list.setFocus()
    said.list.setCurrentIndex(said.list.lines.index(2))
    said.list.setCurrentIndex(said.list.lines.index(0))
    assert said.log.mapTo(said._page.viewport(), said.log.rect().topLeft()).y() >= 0
