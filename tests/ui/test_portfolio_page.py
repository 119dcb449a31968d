"""The portfolio: the finding as title, a click on a tier or a bar, the table behind both."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.clients import ClientDraft
from app.domain.fees import FeeDraft
from app.domain.vocabulary import Tier
from app.services.book import Book
from app.words import formats
from tests.ui.conftest import Put
from ui.desk import Desk
from ui.pages.portfolio import PortfolioPage
from ui.theme import ThemeChoice
from ui.widgets.chart_view import ChartView
from ui.widgets.explanation import Explanation

TODAY = date.today()


def fee(book: Book, client: int, pounds: int, days: int = 30) -> None:
    on = TODAY - timedelta(days=days)
    book.fees.add(FeeDraft(client_id=client, on=on, original=pounds * 100, currency="GBP", amount=None))


@pytest.fixture
def make(desk: Desk, put: Put, qtbot: QtBot) -> Callable[[Book], PortfolioPage]:
    def build(book: Book) -> PortfolioPage:
        made = PortfolioPage(desk, book)
        put(made)
        drawn(made, qtbot)
        return made

    return build


def drawn(page: PortfolioPage, qtbot: QtBot) -> None:
    """Wait for both pictures."""
    charts = page.findChildren(ChartView)
    qtbot.waitUntil(
        lambda: all(c._image is not None and not c._stale for c in charts) and not page._drawing.running, timeout=20_000
    )


@pytest.fixture
def page(book: Book, make: Callable[[Book], PortfolioPage]) -> PortfolioPage:
    for name, pounds in (("$x^2$_ Ltd", 700), ("Beta", 200), ("Gamma", 60), ("Delta", 40)):
        fee(book, book.clients.add(ClientDraft(name=name)), pounds)
    book.clients.add(ClientDraft(name="Prospect"))
    return make(book)


def said(text: str) -> str:
    """Give a text with all blanks alike; some are unbreakable."""
    return " ".join(text.split())


def rows(page: PortfolioPage) -> list[tuple[str, ...]]:
    assert page._table is not None
    columns = page._table.rows.columns
    return [tuple(said(column.text(row)) for column in columns[:6]) for row in page._table.rows.rows]


def click(chart: ChartView, key: str) -> None:
    assert chart._chart is not None
    area = next(area for area in chart._chart.areas if area.key == key)
    x, y = area.left + area.width / 2, area.top + area.height / 2
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(round(x * chart.width()), round(y * chart.height())))


def test_the_titles_say_the_finding(page: PortfolioPage) -> None:
    assert page._head.title.text() == "£1,000 of fees"
    assert page._head.sentence.text() == "4 clients, 12-month fees"
    assert said(page._pareto_card._title.text()) == "Two clients bring 90 % of fees"
    assert said(page._pareto_card._detail.text()) == (
        "Losing $x^2$_ Ltd would cost 70 % · 1.9 effective clients · n = 4"
    )
    assert said(page._pyramid_card._title.text()) == "Two clients carry 90 % of the fees"


def test_the_largest_client_is_warned_of(page: PortfolioPage) -> None:
    assert page._pareto_card._warning.isVisible()


def test_the_table_ranks_every_client(page: PortfolioPage) -> None:
    assert rows(page) == [
        ("1", "$x^2$_ Ltd", "Platinum", "700", "70.0 %", "70.0 %"),
        ("2", "Beta", "Platinum", "200", "20.0 %", "90.0 %"),
        ("3", "Gamma", "Gold", "60", "6.0 %", "96.0 %"),
        ("4", "Delta", "Iron", "40", "4.0 %", "100.0 %"),
        ("—", "Prospect", "Lead", "0", "—", "—"),
    ]


def test_a_click_on_a_tier_shows_its_clients(page: PortfolioPage) -> None:
    click(page._pyramid, Tier.PLATINUM)
    assert [row[1] for row in rows(page)] == ["$x^2$_ Ltd", "Beta"]
    assert page._table_words.text() == "Platinum: 2 clients, £900"
    QTest.mouseClick(page._all, Qt.MouseButton.LeftButton)
    assert len(rows(page)) == 5
    assert not page._all.isVisible()


def test_the_arrows_go_from_part_to_part_and_enter_takes_one(page: PortfolioPage) -> None:
    chart = page._pyramid
    whole = chart.accessibleDescription()
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    first = chart.accessibleDescription()
    assert said(first).startswith("Platinum")
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert chart.accessibleDescription() not in {whole, first}
    QTest.keyClick(chart, Qt.Key.Key_Home)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert [row[1] for row in rows(page)] == ["$x^2$_ Ltd", "Beta"]
    page._all.setFocus(Qt.FocusReason.TabFocusReason)
    assert chart.accessibleDescription() == whole


def test_a_click_on_a_bar_shows_the_client(page: PortfolioPage, book: Book, qtbot: QtBot) -> None:
    beta = next(client.id for client in book.clients.every() if client.name == "Beta")
    with qtbot.waitSignal(page.client_wanted) as wanted:
        click(page._pareto, str(beta))
    assert wanted.args == [beta]


def test_enter_in_the_table_shows_the_client(page: PortfolioPage, qtbot: QtBot) -> None:
    table = page._table
    assert table is not None
    table.selectRow(0)
    with qtbot.waitSignal(page.client_wanted):
        QTest.keyClick(table, Qt.Key.Key_Return)


def test_names_stand_literally_and_are_told_to_who_cannot_see(page: PortfolioPage) -> None:
    chart = page._pareto._chart
    assert chart is not None
    assert said(chart.areas[0].words) == "$x^2$_ Ltd: £700, 70.0 %"
    assert said(page._pareto.accessibleDescription()) == "Two clients bring 90 % of fees"
    assert said(page._pyramid.accessibleDescription()).startswith("Platinum: 2, £900, 90 % of fees; ")


def test_a_new_fee_is_drawn(page: PortfolioPage, book: Book, qtbot: QtBot) -> None:
    prospect = next(client.id for client in book.clients.every() if client.name == "Prospect")
    fee(book, prospect, 9_000)
    assert page._head.title.text() == "£10,000 of fees"
    qtbot.waitUntil(lambda: page._pareto._chart is not None and len(page._pareto._chart.areas) == 5, timeout=10_000)


def test_another_day_is_another_ranking(page: PortfolioPage, desk: Desk) -> None:
    desk.as_of.set_day(TODAY - timedelta(days=60))
    assert said(page._pareto_card._title.text()) == "No fees in this window"
    assert said(page._pyramid_card._title.text()) == "No fees in this window"


def test_the_theme_is_followed(page: PortfolioPage, desk: Desk, qtbot: QtBot) -> None:
    def corner() -> str:
        image = page._pareto._image
        return "" if image is None else image.pixelColor(1, 1).name()

    light = corner()
    desk.theme.set_choice(ThemeChoice.DARK)
    qtbot.waitUntil(lambda: corner() not in {"", light}, timeout=10_000)
    assert corner() == desk.theme.colours.surface.lower()
    desk.theme.set_choice(ThemeChoice.LIGHT)


def test_a_book_without_fees_says_what_goes_here(desk: Desk, put: Put, book: Book, qtbot: QtBot) -> None:
    beta = book.clients.add(ClientDraft(name="Beta"))
    page = PortfolioPage(desk, book)
    put(page)
    assert page._first.isVisible()
    assert not page._content.isVisible()
    with qtbot.waitSignal(page.bring_wanted):
        page._first.button.click()
    fee(book, beta, 500)
    qtbot.waitUntil(page._content.isVisible)
    assert not page._first.isVisible()


def test_fees_of_another_time_only_are_said_to_be_so(book: Book, make: Callable[[Book], PortfolioPage]) -> None:
    fee(book, book.clients.add(ClientDraft(name="Old")), 500, days=900)
    page = make(book)
    assert page._pareto_card._title.text() == "No fees in this window"
    assert page._pareto_card._detail.text().startswith("Look at another day")


def test_a_large_sum_is_not_cut_off(book: Book, make: Callable[[Book], PortfolioPage]) -> None:
    fee(book, book.clients.add(ClientDraft(name="Large")), 1_234_567_890)
    page = make(book)
    table = page._table
    assert table is not None
    metrics = table.fontMetrics()
    for place, column in enumerate(table.rows.columns):
        words = column.text(table.rows.rows[0])
        assert metrics.horizontalAdvance(words) + 16 <= table.columnWidth(place), column.key


def values_of(sheet: Explanation) -> list[str]:
    return [row.value for row in sheet._view.rows]


def test_customer_equity_is_the_score_and_explains_itself(
    book: Book, desk: Desk, make: Callable[[Book], PortfolioPage]
) -> None:
    for number in range(12):
        client = book.clients.add(ClientDraft(name=f"Client {number}"))
        for days in (450, 300, 150, 30) if number else (450, 400):
            fee(book, client, 1_000 + number, days)
    page = make(book)
    found = book.figures.on(desk.day)
    total = sum(client.value.finite or 0 for client in found.clients.values())
    assert page._head.title.text() == f"Customer equity {formats.money(total, 'GBP')}"
    assert said(page._head.sentence.text()).startswith("overstated: costs known for 0 % · ")
    assert "of fees · 11 clients, 12-month fees" in page._head.sentence.text()
    page._explain.click()
    (sheet,) = page.window().findChildren(Explanation)
    assert "12 clients" in sheet._view.formula
    in_pounds = [int(re.sub(r"\D", "", text)) for text in (sheet._view.formula.split(" = ")[0], *values_of(sheet))]
    assert in_pounds[0] == sum(in_pounds[1:])
    assert any("alone is worth" in words for words in sheet._view.paragraphs)
    sheet.close()
