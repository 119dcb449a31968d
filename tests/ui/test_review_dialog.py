"""The review dialog: what would leave is read first, then written, in both editions; a dialog closed is gone."""

import gc
import weakref
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import shiboken6
from openpyxl import load_workbook
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.domain.clients import ClientDraft
from app.domain.contacts import ContactDraft
from app.domain.costs import CostDraft
from app.domain.feedback import FeedbackDraft
from app.domain.fees import FeeDraft
from app.domain.periods import years_before
from app.domain.reviews import Edition
from app.domain.vocabulary import CostKind, Direction
from app.services.book import Book
from ui.desk import Desk
from ui.dialogs.colleague import ColleagueDialog
from ui.dialogs.history import HistoryDialog
from ui.dialogs.new_book import NewBookDialog
from ui.dialogs.review import ReviewDialog
from ui.widgets.labels import PlainLabel

TODAY = date.today()
MARK = "PLANTED-INTERNAL"


@pytest.fixture
def client(book: Book) -> int:
    """A client with fees, contacts with summary and note, and a cost, each internal word planted."""
    made = book.clients.add(ClientDraft(name="Northgate Museums", notes=f"{MARK} notes"))
    for days, pounds in ((500, 900), (300, 1_200), (100, 800), (20, 950)):
        on = TODAY - timedelta(days=days)
        book.fees.add(FeeDraft(client_id=made, on=on, original=pounds * 100, currency="GBP", amount=None))
    book.contacts.log(
        ContactDraft(
            client_id=made, on=TODAY - timedelta(days=9), direction=Direction.IN, summary="Talk soon", note=MARK
        )
    )
    book.costs.add(
        CostDraft(client_id=made, on=TODAY - timedelta(days=50), amount=7_777, kind=CostKind.SERVICE, note=MARK)
    )
    return made


@pytest.fixture
def opened(desk: Desk, book: Book, client: int, room: QWidget, qtbot: QtBot) -> ReviewDialog:
    with qtbot.waitExposed(room):
        room.show()
    dialog = ReviewDialog(desk, book.reviews, client, room)
    dialog.open()
    QTest.qWait(10)
    return dialog


def words(dialog: QDialog) -> list[str]:
    """What the dialog shows, without what is being taken away."""
    return [label.text() for label in dialog.findChildren(PlainLabel) if not label.isHidden() and label.text()]


def choose(dialog: ReviewDialog, edition: Edition) -> None:
    dialog._edition.set_value(edition)
    dialog._edition.edited.emit()
    # Qt shows what was laid out anew in its next turn.
    QTest.qWait(10)


def cells(path: Path) -> list[str]:
    book = load_workbook(path)
    return [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None]


def written(dialog: ReviewDialog, path: Path, desk: Desk, qtbot: QtBot) -> list[str]:
    dialog.write_to(path)
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=20_000)
    return cells(path)


def test_what_would_leave_is_read_first(opened: ReviewDialog) -> None:
    said = words(opened)
    assert "Review of Northgate Museums" in said
    assert "What your client reads" in said
    assert "Talk soon" in said
    assert not any(MARK in sentence for sentence in said)
    assert any("Never in it" in sentence for sentence in said)


def test_all_that_leaves_is_read_first_and_what_is_left_out_is_said(
    opened: ReviewDialog, book: Book, client: int
) -> None:
    said = words(opened)
    assert "The sheets Plan and Feedback are left out: there is nothing to show on them." in said
    assert opened._start.value() == years_before(TODAY) + timedelta(days=1)
    on = TODAY - timedelta(days=30)
    book.feedback.add(FeedbackDraft(client_id=client, on=on, verbatim="Too slow", action="Faster now", acted_on=on))
    choose(opened, Edition.INTERNAL)
    choose(opened, Edition.CLIENT)
    assert {"Too slow", "Faster now", "Talk soon"} <= set(words(opened))


def test_the_client_edition_holds_nothing_internal(
    opened: ReviewDialog, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    said = written(opened, tmp_path / "review.xlsx", desk, qtbot)
    assert "Talk soon" in said
    assert not any(MARK in cell for cell in said)
    assert opened._open.isVisible()
    assert opened._folder.isVisible()
    assert not opened._go.isVisible()
    assert any(str(tmp_path / "review.xlsx") in sentence for sentence in words(opened))


def test_the_internal_edition_holds_our_notes(opened: ReviewDialog, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    choose(opened, Edition.INTERNAL)
    assert "What we read" in words(opened)
    said = written(opened, tmp_path / "internal.xlsx", desk, qtbot)
    assert any(MARK in cell for cell in said)


def test_another_edition_after_writing_is_written_anew(
    opened: ReviewDialog, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    written(opened, tmp_path / "review.xlsx", desk, qtbot)
    choose(opened, Edition.INTERNAL)
    assert opened._go.isVisible()
    assert opened._go.isEnabled()
    assert not opened._open.isVisible()


def test_a_period_that_ends_before_it_begins_is_refused(opened: ReviewDialog) -> None:
    opened._end.set_value(TODAY - timedelta(days=800))
    opened._end.left.emit()
    assert not opened._go.isEnabled()
    assert opened._review is None
    opened._end.set_value(TODAY)
    opened._end.left.emit()
    assert opened._go.isEnabled()


def test_a_day_that_is_none_is_said_at_its_field(opened: ReviewDialog) -> None:
    opened._start.set_raw("31.2.2026")
    opened._start.left.emit()
    assert not opened._go.isEnabled()
    assert opened._form.message("start")


def test_a_folder_that_is_gone_is_said_in_the_dialog(
    opened: ReviewDialog, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    opened.write_to(tmp_path / "gone" / "review.xlsx")
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=20_000)
    assert opened._go.isVisible()
    assert opened._go.isEnabled()
    assert any("review.xlsx" in sentence or "gone" in sentence for sentence in words(opened)[-3:])
    assert not opened._open.isVisible()


def test_the_day_viewed_is_the_day_of_the_review(desk: Desk, book: Book, client: int, room: QWidget) -> None:
    room.show()
    desk.as_of.set_day(TODAY - timedelta(days=200))
    dialog = ReviewDialog(desk, book.reviews, client, room)
    dialog.open()
    assert dialog._review is not None
    assert dialog._review.as_of == TODAY - timedelta(days=200)
    assert "Talk soon" not in words(dialog)


def test_esc_leaves(opened: ReviewDialog, qtbot: QtBot) -> None:
    QTest.keyClick(opened, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shiboken6.isValid(opened))


def builders(desk: Desk, book: Book, client: int, room: QWidget) -> dict[str, Callable[[], QDialog]]:
    return {
        "review": lambda: ReviewDialog(desk, book.reviews, client, room),
        "history": lambda: HistoryDialog(desk.theme, room),
        "new book": lambda: NewBookDialog(desk.theme, Path("here.rapport"), room),
        "colleague": lambda: ColleagueDialog(desk, "GBP", None, None, room),
    }


@pytest.mark.parametrize("name", ["review", "history", "new book", "colleague"])
def test_a_dialog_closed_is_freed(desk: Desk, book: Book, client: int, room: QWidget, qtbot: QtBot, name: str) -> None:
    with qtbot.waitExposed(room):
        room.show()
    dialog = builders(desk, book, client, room)[name]()
    dialog.open()
    qtbot.wait(20)
    gone = weakref.ref(dialog)
    dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(dialog)
    del dialog
    gc.collect()
    assert gone() is None
