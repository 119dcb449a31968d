"""The client page on a real book: head, figures and their sheets, strip, tabs."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.clients import ClientDraft
from app.domain.colleagues import ColleagueDraft
from app.domain.contacts import ContactDraft
from app.domain.costs import CostDraft
from app.domain.feedback import FeedbackDraft
from app.domain.fees import FeeDraft
from app.domain.promises import PromiseDraft
from app.domain.vocabulary import Channel, CostKind, Direction, FeeKind, Stage, Tier
from app.services.book import Book
from tests.ui.conftest import Put
from ui.desk import Desk
from ui.pages.client.header import stage_mark
from ui.pages.client.page import ClientPage
from ui.tokens import Mark
from ui.widgets.explanation import Explanation
from ui.widgets.strip_view import SpanKind, StripRow, ticks

TODAY = date.today()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def client(book: Book) -> int:
    """A client with a pitch, six purchases, contacts, a score, and a silence of 63 days."""
    owner = book.colleagues.add(ColleagueDraft(name="Jo Vale", initials="JV"))
    made = book.clients.add(ClientDraft(name="Northgate R&D", owner_id=owner, tier=Tier.PLATINUM, tier_since=ago(300)))
    book.costs.add(CostDraft(client_id=made, on=ago(900), amount=50_000, kind=CostKind.ACQUISITION))
    for days in (920, 700, 400, 150, 90):
        book.contacts.log(
            ContactDraft(client_id=made, on=ago(days), direction=Direction.OUT, channel=Channel.MAIL, summary="News")
        )
    book.contacts.log(ContactDraft(client_id=made, on=ago(63), direction=Direction.IN, summary="Talk soon"))
    for place, days in enumerate((800, 660, 520, 380, 240, 100), start=1):
        book.fees.add(
            FeeDraft(client_id=made, on=ago(days), original=400_000, currency="GBP", amount=None, document=f"{place}")
        )
    book.feedback.add(FeedbackDraft(client_id=made, on=ago(200), verbatim="Late", work_score=5, service_score=8))
    return made


@pytest.fixture
def page(desk: Desk, book: Book, put: Put, client: int) -> ClientPage:
    made = ClientPage(desk, book)
    put(made)
    made.show_client(client)
    return made


def test_the_head_says_who_it_is_how_it_stands_and_why(page: ClientPage, book: Book, client: int) -> None:
    header = page.header
    assert header.name.text() == "Northgate R&D"
    assert header.tier.text().startswith("Platinum since ")
    assert "63 days silent" in header.stage.accessibleName()
    assert header.owner.text() == "owner JV"
    book.promises.add(PromiseDraft(client_id=client, what="launch plan", due=ago(3)))
    assert "promise late" in header.stage.accessibleName()


def test_a_stage_set_by_hand_shows_its_day_and_reason(page: ClientPage, book: Book, client: int) -> None:
    book.clients.set_stage(client, Stage.AT_RISK, date(TODAY.year - 1, 3, 3), "new director")
    assert page.header.stage.accessibleName().startswith(f"At risk since 3 Mar {TODAY.year - 1}: new director")
    figures = book.figures.on(TODAY).clients[client]
    assert stage_mark(figures) is Mark.OVERDUE


def test_figures_say_what_is_known_and_why_the_rest_is_not(page: ClientPage) -> None:
    figures = page.header.figures
    assert figures.tfi.value == "£22,857"
    assert "S £4,000 × (L 2.2 y ÷ T 4.6 mo)" in figures.tfi.accessibleName()
    assert figures.lifetime.value == "–"
    assert "no costs recorded" in figures.profit.accessibleName()
    assert figures.profit.value == "–"
    assert figures.gap.value == "63 days"


def test_every_figure_opens_its_sheet_by_key_and_leads_to_its_rows(page: ClientPage, qtbot: QtBot) -> None:
    figures = page.header.figures
    for figure, tab, title in (
        (figures.tfi, "money", "TFI"),
        (figures.lifetime, "money", "Lifetime value"),
        (figures.profit, "money", "Profit"),
        (figures.gap, "dialogue", "Gap"),
    ):
        figure.setFocus()
        QTest.keyClick(figure, Qt.Key.Key_Space)
        sheet = page.window().findChild(Explanation)
        assert sheet is not None
        assert sheet.accessibleName().startswith(title)
        assert sheet.accessibleDescription()
        sheet._on_link()
        assert page.tabs.current == tab
        qtbot.waitUntil(lambda: page.window().findChild(Explanation) is None)


def test_buttons_ask_for_what_they_say(page: ClientPage, client: int, qtbot: QtBot) -> None:
    for button, signal in (
        (page.header.edit, page.edit_wanted),
        (page.header.log, page.log_wanted),
        (page.header.review, page.review_wanted),
    ):
        with qtbot.waitSignal(signal) as asked:
            button.click()
        assert asked.args == [client]


def test_on_another_day_nothing_can_be_typed_and_later_rows_do_not_exist(page: ClientPage, desk: Desk) -> None:
    desk.as_of.set_day(ago(300))
    assert not page.header.edit.isEnabled()
    assert "back to today" in page.header.edit.toolTip()
    assert all(mark.day <= ago(300) for _, marks in page.strip.bins for mark in marks)
    dialogue = page.tabs.page("dialogue")
    assert dialogue is not None
    assert not dialogue.entry.line.isEnabled()  # type: ignore[attr-defined]


def test_a_deleted_client_is_said_to_be_gone_and_comes_back_with_undo(
    page: ClientPage, book: Book, client: int
) -> None:
    book.clients.delete([client])
    assert page.gone.isVisible()
    book.history.undo()
    assert not page.gone.isVisible()
    assert page.header.name.text() == "Northgate R&D"


def test_tabs_are_reached_by_key_and_unknown_ones_are_the_dialogue(page: ClientPage) -> None:
    assert page.tabs.current == "dialogue"
    keys = [spec.key for spec in page.specs]
    page.show_tab("money")
    assert page.tabs.current == "money"
    page.show_tab("no such tab")
    assert page.tabs.current == "dialogue"
    QTest.keyClick(
        QApplication.focusWidget(), Qt.Key(Qt.Key.Key_1 + keys.index("money")), Qt.KeyboardModifier.ControlModifier
    )
    assert page.tabs.current == "money"


def test_the_strip_shows_the_course_from_the_first_contact(page: ClientPage) -> None:
    rows = [row for row, _ in page.strip.bins]
    assert rows.count(StripRow.FEES) == 6
    assert rows.count(StripRow.WE) == 5
    assert rows.count(StripRow.THEY) == 1
    assert rows.count(StripRow.SCORES) == 1
    view = page.strip._view
    assert view is not None
    assert view.start == ago(920)
    kinds = {span.kind: span for span in view.spans}
    assert kinds[SpanKind.INCUBATION].start == ago(920)
    assert kinds[SpanKind.INCUBATION].end == ago(800)
    assert "£500" in kinds[SpanKind.INCUBATION].words
    assert kinds[SpanKind.SILENCE].words == "63 days silent"
    assert view.payback == (ago(800), "paid back")
    assert "6 days with fees" in page.strip.accessibleName()


def test_the_strip_is_walked_by_key_and_says_each_mark(page: ClientPage) -> None:
    strip = page.strip
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Home)
    assert "we spoke, mail" in strip.accessibleDescription()
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert "£4,000.00" in strip.accessibleDescription()
    QTest.keyClick(strip, Qt.Key.Key_End)
    assert "they spoke" in strip.accessibleDescription()


def test_marks_too_near_to_tell_apart_become_one_with_their_sum(page: ClientPage, book: Book, client: int) -> None:
    for days in range(1, 4):
        book.fees.add(FeeDraft(client_id=client, on=ago(100 + days), original=1_000, currency="GBP", amount=None))
    together = [place for place, (row, marks) in enumerate(page.strip.bins) if len(marks) > 1 and row is StripRow.FEES]
    assert together
    said = page.strip.words_at(together[0])
    assert said.startswith("together £")
    assert len([row for row, _ in page.strip.bins if row is StripRow.FEES]) < 9


def test_the_mouse_finds_a_mark_only_where_it_is(page: ClientPage) -> None:
    strip = page.strip
    place = next(at for at, (row, _) in enumerate(strip.bins) if row is StripRow.FEES)
    x = round(strip._bins[place].x)
    assert strip._near(QPoint(x, strip._theme.px(50))) == place
    assert strip._near(QPoint(x, strip._theme.px(4))) == -1


@pytest.mark.parametrize("size", [80, 100, 150, 200])
def test_the_page_draws_at_every_text_size_and_in_the_dark(page: ClientPage, desk: Desk, size: int) -> None:
    from ui.theme import ThemeChoice

    desk.theme.set_text_size(size)
    desk.theme.set_choice(ThemeChoice.DARK)
    picture = page.grab()
    assert not picture.isNull()
    assert page.header.width() <= page.width()
    desk.theme.set_text_size(100)
    desk.theme.set_choice(ThemeChoice.LIGHT)


def test_a_narrow_head_puts_the_stage_beneath_the_name(page: ClientPage, room: QWidget) -> None:
    room.resize(1600, 760)
    QApplication.processEvents()
    assert page.header.stage.y() < page.header.name.geometry().bottom()
    room.resize(760, 700)
    QApplication.processEvents()
    assert page.header.stage.y() > page.header.name.geometry().bottom()
    assert page.header.review.geometry().right() <= page.header.width()


def test_years_tick_and_a_short_course_ticks_months() -> None:
    assert [words for _, words in ticks(date(2022, 5, 1), date(2026, 11, 24))] == ["2023", "2024", "2025", "2026"]
    assert [words for _, words in ticks(date(2026, 9, 20), date(2026, 11, 24))] == ["Oct", "Nov"]
    assert len(ticks(date(1900, 1, 1), date(2026, 1, 1))) <= 30


def test_a_credit_stands_hollow_on_its_day(page: ClientPage, book: Book, client: int) -> None:
    book.fees.add(
        FeeDraft(client_id=client, on=ago(30), original=-5_000, currency="GBP", amount=None, kind=FeeKind.CREDIT)
    )
    last = [marks for row, marks in page.strip.bins if row is StripRow.FEES][-1]
    assert last[0].amount == -5_000
    assert "−£50.00" in last[0].say()
