"""What is said after a list was brought in, and where one goes on."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook
from pytestqt.qtbot import QtBot

from app.services.book import Book
from tests.ui.test_bring_page import ROWS, bring, brought, page, press, says, settle, words
from ui.desk import Desk
from ui.pages.bring.page import BringPage
from ui.pages.today.keyboard import focused_under
from ui.widgets.labels import PlainLabel

__all__ = ["brought", "page"]

Opening = Callable[..., BringPage]
HEAD = "client;date;amount;document\n"


def fees(*lines: str) -> str:
    return HEAD + "".join(f"{line};{number}\n" for number, line in enumerate(lines, 1))


def test_what_came_and_who_brings_it_is_said_at_once(brought: Opening, qtbot: QtBot) -> None:
    rows = [f"Client {n};2026-0{month}-05;{100 if n else 1000}.50" for n in range(5) for month in (1, 2, 3)]
    page = brought(fees(*rows))
    bring(page, qtbot)
    assert says(page, "Brought in 15 fees")
    assert says(page, "Together £4,207.50, 5 Jan 2026 to 5 Mar 2026.")
    assert any(said.startswith("Three clients bring 86\N{NO-BREAK SPACE}% of fees to ") for said in words(page))


def test_every_sentence_has_its_room_also_after_a_list_that_said_less(
    brought: Opening, desk: Desk, qtbot: QtBot
) -> None:
    page = brought("client,sector\nAcme,Press\n", "clients.csv")
    bring(page, qtbot)
    later = desk.day + timedelta(days=40)
    names = ("Königlich Essen und Trinken am Hafen", "Toms Spezialitäten aus aller Welt", "Suprêmes délices")
    rows = [f"{name};{desk.day - timedelta(days=ago)};5" for name in names for ago in range(400, 800, 10)]
    page = brought(fees(*rows, f"Acme;{later};€5"))
    bring(page, qtbot)
    for label in page._after.findChildren(PlainLabel):
        assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_the_buttons_lead_on(brought: Opening, qtbot: QtBot) -> None:
    page = brought(ROWS)
    bring(page, qtbot)
    for verb, key in (("See the portfolio", "portfolio"), ("See the clients", "clients")):
        with qtbot.waitSignal(page.page_wanted) as wanted:
            press(page, verb)
        assert wanted.args == [key]


def test_the_other_sheets_of_the_file_come_next(brought: Opening, tmp_path: Path, qtbot: QtBot) -> None:
    workbook = Workbook()
    first = workbook.active
    assert first is not None
    first.title = "Invoices"
    for row in (["client", "date", "amount", "document"], ["Acme", "2026-04-03", 5, "1"]):
        first.append(row)
    second = workbook.create_sheet("Customers")
    for row in (["client", "sector", "country"], ["Acme", "Press", "UK"]):
        second.append(row)
    workbook.create_sheet("Remarks").append(["Typed by Ann, ask her first"])
    workbook.save(tmp_path / "made.xlsx")
    page = brought((tmp_path / "made.xlsx").read_bytes(), "list.xlsx")
    bring(page, qtbot)
    assert not says(page, "Remarks")
    press(page, "Bring in sheet “Customers”")
    settle(page, qtbot)
    assert says(page, "Bring in 1 client from “list.xlsx”")
    bring(page, qtbot)
    assert says(page, "Brought in 1 client")
    assert not [button for button in page.findChildren(type(page._foot.go)) if "sheet" in button.words]


def test_nothing_is_said_any_more_of_what_was_taken_back(brought: Opening, book: Book, qtbot: QtBot) -> None:
    page = brought(ROWS)
    bring(page, qtbot)
    assert page._after.isVisible()
    qtbot.waitUntil(lambda: focused_under(page._after) is not None)
    book.history.undo()
    qtbot.waitUntil(lambda: not page._after.isVisible())
    assert page._empty.isVisible()
    assert page._empty.button.hasFocus(), "not on another part of the window"


def test_fees_without_a_rate_and_of_later_days_are_told(brought: Opening, desk: Desk, qtbot: QtBot) -> None:
    later = desk.day + timedelta(days=40)
    page = brought(fees(f"Acme;{later};€5", f"Acme;{desk.day - timedelta(days=9)};£7"))
    bring(page, qtbot)
    assert says(page, "Together €5.00 and £7.00")
    assert says(page, "1 fee in another currency counts nowhere until it has a rate.")
    assert says(page, "1 is dated after ")


def test_clients_alone_lead_to_fees_and_contacts_say_who_spoke(brought: Opening, qtbot: QtBot) -> None:
    page = brought("client,sector\nAcme,Press\n")
    bring(page, qtbot)
    assert says(page, "Fees come next")
    on = date(2026, 4, 3)
    lines = "".join(f"Acme,{on},{way},call\n" for way in ("in", "out", "out", "out", "both"))
    page = brought(f"client,date,direction,channel\n{lines}", "contacts.csv")
    bring(page, qtbot)
    assert says(page, "3 Apr 2026. In 1 they spoke to us, in 3 we to them: 25\N{NO-BREAK SPACE}% are theirs.")


def test_clients_behind_their_own_rhythm_are_named(brought: Opening, desk: Desk, qtbot: QtBot) -> None:
    days = [desk.day - timedelta(days=ago) for ago in range(400, 800, 10)]
    steady = [desk.day - timedelta(days=ago) for ago in range(2, 800, 10)]
    page = brought(fees(*(f"Gone;{day};5" for day in days), *(f"Here;{day};5" for day in steady)))
    bring(page, qtbot)
    assert any("not bought for longer" in said and said.endswith(": Gone.") for said in words(page))
