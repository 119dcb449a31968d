"""Bringing lists in, by what a person sees and presses; the book is asked what came of it."""

import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.clients import ClientDraft
from app.domain.fees import FeeDraft
from app.services.book import Book
from tests.ui.conftest import Put
from ui.desk import Desk
from ui.pages.bring.page import BringPage
from ui.pages.bring.side import SidePart
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.choice_field import Choice
from ui.widgets.labels import PlainLabel

FEES = "Invoice No;Customer;Inv. date;Net;Remark\n"
ROWS = FEES + "1;Northgate Museums;13/04/2026;1.250,00;x\n2;Castellan Foods;15/04/2026;980,50;y\n"


@pytest.fixture
def page(desk: Desk, book: Book, room: QWidget, put: Put) -> Iterator[BringPage]:
    made = BringPage(desk, book)
    put(made)
    yield made
    for message in room.findChildren(QWidget):
        if message.isWindow() and message is not room:
            message.close()


@pytest.fixture
def brought(page: BringPage, tmp_path: Path, qtbot: QtBot) -> Callable[..., BringPage]:
    """Opens a list with these words (or these bytes) and waits until it is understood."""

    def open_it(content: str | bytes, name: str = "list.csv") -> BringPage:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        page.open_files([path])
        settle(page, qtbot)
        return page

    return open_it


def settle(page: BringPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page._desk.tasks.running, timeout=20_000)
    # Qt shows what was laid out anew in its next turn.
    qtbot.wait(10)


def words(part: QWidget) -> list[str]:
    """What a part says, without what is being taken away."""
    return [label.text() for label in part.findChildren(PlainLabel) if label.isVisible() and label.text()]


def says(page: BringPage, sentence: str) -> bool:
    return any(sentence in said for said in words(page))


def counts(page: BringPage) -> dict[str, str]:
    return {key: figure.value for key, figure in page._counts.figures.items()}


def press(page: BringPage, verb: str) -> None:
    (button,) = [b for b in page.findChildren(Button) if b.words == verb and b.isVisible()]
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def answer(page: BringPage, part: str) -> None:
    (button,) = [b for b in page.findChildren(QRadioButton) if part in b.text() and b.isVisible()]
    button.click()


def choose(page: BringPage, name: str, line: str) -> None:
    """Choose a line of the list with this accessible name, as a person does."""
    (choice,) = [c for c in page.findChildren(Choice) if c.accessibleName() == name and c.isVisible()]
    place = choice.findText(line)
    assert place >= 0, [choice.itemText(at) for at in range(choice.count())]
    choice.setCurrentIndex(place)
    choice.activated.emit(place)


def chosen(page: BringPage, name: str) -> str:
    (choice,) = [c for c in page.findChildren(Choice) if c.accessibleName() == name and c.isVisible()]
    return choice.currentText()


def bring(page: BringPage, qtbot: QtBot) -> None:
    button = page._foot.go
    assert button.isEnabled(), button.toolTip()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(page, qtbot)


def client_names(book: Book) -> list[str]:
    return sorted(client.name for client in book.clients.every())


def fee_amounts(book: Book) -> list[int]:
    return sorted(fee.original for client in book.clients.every() for fee in book.fees.of_client(client.id))


def add_client(book: Book, name: str) -> int:
    return book.clients.add(ClientDraft(name=name))


def message(page: BringPage, qtbot: QtBot) -> list[str]:
    """What the message over the page says; it is closed."""
    qtbot.waitUntil(lambda: page._desk.messages._open is not None)
    dialog = page._desk.messages._open
    assert dialog is not None
    said = [label.text() for label in dialog.findChildren(PlainLabel)]
    dialog.close()
    return said


def test_the_button_stays_in_sight_however_long_the_page(
    brought: Callable[..., BringPage], room: QWidget, qtbot: QtBot
) -> None:
    page = brought(ROWS)
    room.resize(1096, 300)
    qtbot.waitUntil(lambda: page._page.verticalScrollBar().maximum() > 0)
    for button in (page._foot.go, page._foot.cancel):
        assert button.visibleRegion().boundingRect() == button.rect()


def test_nothing_is_written_before_the_button(brought: Callable[..., BringPage], book: Book, qtbot: QtBot) -> None:
    page = brought(ROWS)
    assert words(page)[0] == "Bring in 2 fees from “list.csv”"
    assert counts(page) == {"new": "2", "changed": "0", "same": "0", "problems": "0", "skipped": "0", "clients": "2"}
    assert page._foot.go.words == "Bring in 2"
    assert book.history.steps() == []
    bring(page, qtbot)
    assert client_names(book) == ["Castellan Foods", "Northgate Museums"]
    assert fee_amounts(book) == [98_050, 125_000]
    assert [step.what for step in book.history.steps()] == ["import of 2 fees"]
    book.history.undo()
    assert client_names(book) == []


def test_how_dates_and_amounts_are_read_is_shown(brought: Callable[..., BringPage]) -> None:
    page = brought(ROWS)
    assert says(page, "“13/04/2026” is 13 April 2026")
    assert says(page, "day first fits 2 of 2")
    assert says(page, "“1.250,00” is 1,250.00")
    assert says(page, "2 rows that can be read come to £2,230.50")


def test_a_reading_can_be_chosen_otherwise(brought: Callable[..., BringPage], qtbot: QtBot) -> None:
    page = brought("client,date,amount\nAcme,01/02/2026,5\nAcme,13/02/2026,6\n")
    assert says(page, "“01/02/2026” is 1 February 2026")
    press(page, "read month first instead")
    settle(page, qtbot)
    assert says(page, "“01/02/2026” is 2 January 2026")
    assert counts(page)["problems"] == "1"


@pytest.mark.parametrize(
    ("content", "verb", "name"),
    [
        ("client,date,amount\nDvořák,2026-01-05,1\n".encode("cp1250"), "read Windows-1250 instead: “Dvořák”", "Dvořák"),
        ("client,date,amount\nMÃ¼ller,2026-01-05,1\n".encode(), "put the letters right: “Müller”", "Müller"),
    ],
)
def test_letters_can_be_read_otherwise(
    brought: Callable[..., BringPage], book: Book, qtbot: QtBot, content: bytes, verb: str, name: str
) -> None:
    page = brought(content)
    press(page, verb)
    settle(page, qtbot)
    bring(page, qtbot)
    assert client_names(book) == [name]


def test_letters_put_right_can_be_left_as_they_stand(brought: Callable[..., BringPage], qtbot: QtBot) -> None:
    page = brought("client,date,amount\nMÃ¼ller,2026-01-05,1\n".encode())
    press(page, "put the letters right: “Müller”")
    settle(page, qtbot)
    press(page, "leave them as they stand in the file")
    settle(page, qtbot)
    assert says(page, "“MÃ¼ller” is as UTF-8 reads it")


def test_an_order_of_dates_that_is_open_is_asked(brought: Callable[..., BringPage], book: Book, qtbot: QtBot) -> None:
    page = brought("client,date,amount\nAcme,03/04/2026,5\nAcme,05/06/2026,6\n")
    assert not page._foot.go.isEnabled()
    assert says(page, "Answer the questions above first.")
    answer(page, "3 April 2026")
    settle(page, qtbot)
    assert page._foot.go.isEnabled()
    bring(page, qtbot)
    (acme,) = book.clients.every()
    assert sorted(fee.on for fee in book.fees.of_client(acme.id)) == [date(2026, 4, 3), date(2026, 6, 5)]


def test_a_decimal_mark_that_is_open_is_asked(brought: Callable[..., BringPage], book: Book, qtbot: QtBot) -> None:
    page = brought("client;date;amount\nAcme;2026-04-03;1.250\nAcme;2026-06-05;2.500\n")
    assert not page._foot.go.isEnabled()
    answer(page, "1250 ")
    settle(page, qtbot)
    bring(page, qtbot)
    assert fee_amounts(book) == [125_000, 250_000]


def test_a_column_can_be_given_another_field(brought: Callable[..., BringPage], book: Book, qtbot: QtBot) -> None:
    page = brought(ROWS)
    assert chosen(page, "Field of column Remark") == "leave out"
    choose(page, "Field of column Remark", "Service")
    settle(page, qtbot)
    assert chosen(page, "Field of column Remark") == "Service"
    bring(page, qtbot)
    services = {fee.service for c in book.clients.every() for fee in book.fees.of_client(c.id)}
    assert services == {"x", "y"}


def test_a_column_can_be_left_out(brought: Callable[..., BringPage], book: Book, qtbot: QtBot) -> None:
    page = brought(ROWS)
    choose(page, "Field of column Invoice No", "leave out")
    settle(page, qtbot)
    bring(page, qtbot)
    assert {fee.document for c in book.clients.every() for fee in book.fees.of_client(c.id)} == {""}


def test_without_a_needed_column_the_button_says_what_is_missing(
    brought: Callable[..., BringPage], qtbot: QtBot
) -> None:
    page = brought(ROWS)
    choose(page, "Field of column Net", "leave out")
    settle(page, qtbot)
    assert not page._foot.go.isEnabled()
    assert says(page, "Say which column holds what is missing.")
    choose(page, "Field of column Net", "Amount")
    settle(page, qtbot)
    assert page._foot.go.isEnabled()


def test_the_kind_can_be_changed(brought: Callable[..., BringPage], book: Book, qtbot: QtBot) -> None:
    page = brought("client,sector\nAcme,Press\nBeta,Food\n")
    assert chosen(page, "What the rows are") == "Clients"
    choose(page, "What the rows are", "Fees")
    settle(page, qtbot)
    assert not page._foot.go.isEnabled()
    choose(page, "What the rows are", "Clients")
    settle(page, qtbot)
    bring(page, qtbot)
    assert client_names(book) == ["Acme", "Beta"]


def test_a_list_whose_kind_cannot_be_told_asks_for_it(
    brought: Callable[..., BringPage], book: Book, qtbot: QtBot
) -> None:
    page = brought("alpha,beta\nAcme,2026-04-03\nBeta,2026-05-04\n")
    assert says(page, "What its rows are cannot be told from its columns: say it.")
    assert not page._foot.go.isEnabled()
    choose(page, "What the rows are", "Clients")
    settle(page, qtbot)
    choose(page, "Field of column alpha", "Client")
    settle(page, qtbot)
    bring(page, qtbot)
    assert client_names(book) == ["Acme", "Beta"]


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def test_a_sheet_is_chosen(page: BringPage, book: Book, tmp_path: Path, qtbot: QtBot) -> None:
    fees = [["client", "date", "amount"], ["Acme", date(2026, 4, 3), 5], ["Acme", date(2026, 5, 4), 6]]
    path = workbook(tmp_path / "two.xlsx", First=fees, Second=[*fees, ["Beta", date(2026, 6, 5), 7]])
    page.open_files([path])
    settle(page, qtbot)
    assert says(page, "More than one sheet may hold the list: choose it.")
    assert not page._foot.go.isEnabled()
    choose(page, "Sheet", "Second")
    settle(page, qtbot)
    assert counts(page)["new"] == "3"
    bring(page, qtbot)
    assert client_names(book) == ["Acme", "Beta"]


def test_the_sheet_that_is_a_list_is_found(page: BringPage, tmp_path: Path, qtbot: QtBot) -> None:
    fees = [["client", "date", "amount"], ["Acme", date(2026, 4, 3), 5]]
    path = workbook(tmp_path / "two.xlsx", Notes=[["read", "me"], ["no", "list"]], Invoices=fees)
    page.open_files([path])
    settle(page, qtbot)
    assert chosen(page, "Sheet") == "Invoices"
    assert page._foot.go.isEnabled()


def test_a_near_name_is_asked_and_kept_as_another_name(
    brought: Callable[..., BringPage], book: Book, qtbot: QtBot
) -> None:
    known = add_client(book, "Castellan Foods")
    page = brought("client,date,amount\nCastelan Food,2026-04-03,5\n")
    assert says(page, "“Castelan Food” is near “Castellan Foods”.")
    assert counts(page)["clients"] == "1"
    press(page, "They are one")
    settle(page, qtbot)
    assert says(page, "“Castelan Food” is Castellan Foods.")
    assert counts(page)["clients"] == "0"
    press(page, "Keep apart")
    settle(page, qtbot)
    assert counts(page)["clients"] == "1"
    press(page, "They are one")
    settle(page, qtbot)
    bring(page, qtbot)
    assert book.clients.get(known).aliases == ("Castelan Food",)
    assert client_names(book) == ["Castellan Foods"]


def test_near_names_stay_apart_unless_said(brought: Callable[..., BringPage], book: Book, qtbot: QtBot) -> None:
    add_client(book, "Castellan Foods")
    page = brought("client,date,amount\nCastelan Food,2026-04-03,5\n")
    bring(page, qtbot)
    assert client_names(book) == ["Castelan Food", "Castellan Foods"]


@pytest.mark.parametrize(("line", "amount"), [("Leave them as they are", 100_00), ("Take what the list says", 120_00)])
def test_rows_that_differ_are_taken_or_left(
    brought: Callable[..., BringPage], book: Book, qtbot: QtBot, line: str, amount: int
) -> None:
    acme = add_client(book, "Acme")
    on = date(2026, 4, 3)
    book.fees.add(FeeDraft(client_id=acme, on=on, original=100_00, currency="GBP", amount=None, document="7"))
    page = brought("client,date,amount,document\nAcme,2026-04-03,120,7\nAcme,2026-05-03,50,8\n")
    assert counts(page)["changed"] == "1"
    assert says(page, "1 row differs")
    answer(page, line)
    settle(page, qtbot)
    bring(page, qtbot)
    assert fee_amounts(book) == [50_00, amount]


def test_bringing_the_same_list_again_adds_nothing(brought: Callable[..., BringPage], qtbot: QtBot) -> None:
    bring(brought(ROWS), qtbot)
    page = brought(ROWS)
    assert counts(page)["same"] == "2"
    assert not page._foot.go.isEnabled()
    assert says(page, "The book holds all of it already.")


def test_rows_with_problems_are_listed_with_their_reason(brought: Callable[..., BringPage]) -> None:
    page = brought("client,date,amount\nAcme,2026-02-31,5\nAcme,2026-03-01,tbc\nAcme,2026-03-02,7\n")
    assert says(page, "2 rows need a word")
    shown = [(row.row, row.field, row.problem) for row in page._problems.rows.rows]
    assert shown == [(2, "date", "“2026-02-31” is no date."), (3, "amount", "“tbc” is no amount.")]
    assert page._foot.go.words == "Bring in 1, leave 2 for later"


def test_what_changed_meanwhile_is_compared_again(brought: Callable[..., BringPage], book: Book, qtbot: QtBot) -> None:
    page = brought(ROWS)
    add_client(book, "Northgate Museums")
    settle(page, qtbot)
    qtbot.waitUntil(lambda: counts(page)["clients"] == "1")
    bring(page, qtbot)
    assert client_names(book) == ["Castellan Foods", "Northgate Museums"]


def test_choices_are_kept_for_the_next_list_with_these_columns(brought: Callable[..., BringPage], qtbot: QtBot) -> None:
    page = brought(ROWS)
    choose(page, "Field of column Remark", "Service")
    settle(page, qtbot)
    bring(page, qtbot)
    page = brought(FEES + "3;Northgate Museums;17/05/2026;70,00;again\n", "may.csv")
    assert chosen(page, "Field of column Remark") == "Service"
    assert says(page, "Read as you chose for the last list with these columns.")
    press(page, "Read it as a new one")
    settle(page, qtbot)
    assert chosen(page, "Field of column Remark") == "leave out"
    assert not says(page, "Read as you chose")


def test_a_list_without_choices_keeps_none(brought: Callable[..., BringPage], qtbot: QtBot) -> None:
    bring(brought(ROWS), qtbot)
    page = brought(ROWS)
    assert not says(page, "Read as you chose")


def test_several_files_come_clients_first(page: BringPage, book: Book, tmp_path: Path, qtbot: QtBot) -> None:
    orders, clients = tmp_path / "a-orders.csv", tmp_path / "z-clients.csv"
    orders.write_text("client,date,amount\nACM,2026-04-03,5\n", encoding="utf-8")
    clients.write_text("code,client,sector\nACM,Acme Limited,Press\n", encoding="utf-8")
    page.open_files([orders, clients])
    settle(page, qtbot)
    assert "z-clients.csv" in words(page)[0]
    assert says(page, "Then: a-orders.csv")
    bring(page, qtbot)
    qtbot.waitUntil(lambda: page._understood is not None)
    settle(page, qtbot)
    assert "a-orders.csv" in words(page)[0]
    assert counts(page)["clients"] == "0"
    bring(page, qtbot)
    assert client_names(book) == ["Acme Limited"]
    assert fee_amounts(book) == [500]
    assert page._understood is None


def test_a_list_can_be_left_and_the_next_comes(page: BringPage, book: Book, tmp_path: Path, qtbot: QtBot) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    for path in (one, two):
        path.write_text(f"client,sector\n{path.stem},Press\n", encoding="utf-8")
    page.open_files([one, two])
    settle(page, qtbot)
    press(page, "Leave this list")
    settle(page, qtbot)
    assert "two.csv" in words(page)[0]
    press(page, "Cancel")
    assert page._understood is None
    assert book.history.steps() == []


def test_a_file_dropped_while_another_waits_comes_after_it(page: BringPage, tmp_path: Path, qtbot: QtBot) -> None:
    paths = [tmp_path / f"{name}.csv" for name in ("one", "two", "three")]
    for path in paths:
        path.write_text(f"client,sector\n{path.stem},Press\n", encoding="utf-8")
    page.open_files(paths[:2])
    settle(page, qtbot)
    page.open_files(paths[2:])
    qtbot.wait(10)
    assert says(page, "Then: two.csv and three.csv")


def big(rows: int) -> str:
    lines = [f"Client {n % 997},{2020 + n % 5}-{n % 12 + 1:02}-{n % 28 + 1:02},{n % 999}.50,D{n}" for n in range(rows)]
    return "client,date,amount,document\n" + "\n".join(lines) + "\n"


def test_reading_can_be_cancelled(page: BringPage, book: Book, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "big.csv"
    path.write_text(big(30_000), encoding="utf-8")
    page.open_files([path])
    (task,) = page._desk.tasks.running
    task.cancel()
    settle(page, qtbot)
    assert page._understood is None
    assert page._empty.isVisible()
    assert book.history.steps() == []


def test_writing_can_be_cancelled_and_leaves_the_book_as_it_was(
    brought: Callable[..., BringPage], book: Book, qtbot: QtBot
) -> None:
    page = brought(big(30_000))
    QTest.mouseClick(page._foot.go, Qt.MouseButton.LeftButton)
    press(page, "Cancel")
    settle(page, qtbot)
    assert book.history.steps() == []
    assert client_names(book) == []
    toast = page._desk.toasts.current
    assert toast is not None
    assert toast.label.text() == "Stopped; nothing was brought in."
    # The list is still there, and can be brought in after all.
    assert page._foot.go.isEnabled()
    bring(page, qtbot)
    assert len(client_names(book)) == 997


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.csv", b"", "empty"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200), "picture.xlsx"),
        ("broken.xlsx", b"PK\x03\x04" + bytes(300), "broken.xlsx"),
        ("blank.csv", b"\n\n\n", "blank.csv is empty"),
        ("zero.csv", b"\x00\x00\x00\x00\x01\x02" * 50, "NUL character"),
    ],
)
def test_a_file_that_is_no_list_gets_its_sentence(
    page: BringPage, tmp_path: Path, qtbot: QtBot, name: str, content: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    page.open_files([path])
    settle(page, qtbot)
    said = message(page, qtbot)
    assert any(sentence in words for words in said), said
    assert not any("wrong inside" in words for words in said)
    assert page._empty.isVisible()


def test_a_list_without_rows_brings_nothing(brought: Callable[..., BringPage]) -> None:
    page = brought("client,date,amount\n")
    assert not page._foot.go.isEnabled()
    assert says(page, "There is nothing to bring in.")


def test_a_file_that_is_gone_gets_its_sentence(page: BringPage, tmp_path: Path, qtbot: QtBot) -> None:
    page.open_files([tmp_path / "gone.csv"])
    settle(page, qtbot)
    assert any("gone.csv" in said for said in message(page, qtbot))


def test_a_broken_file_does_not_keep_the_next_one_away(page: BringPage, tmp_path: Path, qtbot: QtBot) -> None:
    broken, whole = tmp_path / "broken.xlsx", tmp_path / "whole.csv"
    broken.write_bytes(b"PK\x03\x04" + bytes(300))
    whole.write_text("client,sector\nAcme,Press\n", encoding="utf-8")
    page.open_files([broken, whole])
    settle(page, qtbot)
    assert "whole.csv" in words(page)[0]
    press(page, "Leave this list")
    settle(page, qtbot)
    assert any("broken.xlsx" in said for said in message(page, qtbot))


def test_text_of_a_list_is_text(brought: Callable[..., BringPage], book: Book, qtbot: QtBot) -> None:
    page = brought('client,sector\n"<img src=x>=1+1&",=cmd\n')
    bring(page, qtbot)
    assert client_names(book) == ["<img src=x>=1+1&"]


def test_a_book_for_reading_cannot_be_written(brought: Callable[..., BringPage]) -> None:
    page = brought(ROWS)
    assert isinstance(page._side, SidePart)
    object.__setattr__(page._desk, "writable", False)
    page._show(page._understood)  # type: ignore[arg-type]
    assert not page._foot.go.isEnabled()


@pytest.mark.full
def test_a_hundred_thousand_rows_leave_the_window_alive(
    with_book: Callable[..., Session], tmp_path: Path, qtbot: QtBot
) -> None:
    session = with_book()
    path = tmp_path / "big.csv"
    path.write_text(big(100_000), encoding="utf-8")
    # What the window's own thread works at a stretch; how long it waits for others is the machine's affair.
    last, longest = time.thread_time(), 0.0

    def tick() -> None:
        nonlocal last, longest
        now = time.thread_time()
        longest, last = max(longest, now - last), now

    watchdog = QTimer(session.window)
    watchdog.timeout.connect(tick)
    page = session.window.show_page("bring")
    assert isinstance(page, BringPage)
    watchdog.start(2)
    session.bring([path])
    qtbot.waitUntil(lambda: page._understood is not None, timeout=120_000)
    qtbot.wait(100)
    assert counts(page)["new"] == "100,000"
    QTest.mouseClick(page._foot.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page._after.isVisible, timeout=120_000)
    session.undo()
    qtbot.waitUntil(lambda: not session.steps.running, timeout=120_000)
    qtbot.wait(100)
    watchdog.stop()
    assert longest < 0.2


def test_what_is_wrong_and_how_to_mend_it_can_be_read_whole(brought: Callable[..., BringPage]) -> None:
    rows = "".join(f"{n};Castellan Foods;15/04/2026;as we agreed upon by telephone;y\n" for n in range(20))
    table = brought(ROWS + rows + "3;Castellan Foods\n")._problems
    usual = table.verticalHeader().defaultSectionSize()
    columns = table.rows.columns
    for place, problem in enumerate(table.rows.rows):
        for at, column in enumerate(columns):
            taken = table._delegate.height_of(column, problem, table.columnWidth(at))
            assert taken <= table.rowHeight(place), (column.key, column.text(problem))
    assert table.rowHeight(20) > usual
    assert table.height() == table.height_for(6)


def test_the_tables_fit_a_window_of_1024_pixels(brought: Callable[..., BringPage], qtbot: QtBot) -> None:
    page = brought(ROWS + "3;Castellan Foods;15/04/2026;twelve;y\n")
    # What the navigation leaves of the window.
    page.window().resize(1024 - 184, 700)
    table = page._problems
    qtbot.waitUntil(lambda: table.width() < 460)
    columns = range(len(table.rows.columns))
    assert sum(table.columnWidth(place) for place in columns) <= table.viewport().width()


def test_a_short_list_stands_without_the_room_of_a_longer_one_before(brought: Callable[..., BringPage]) -> None:
    short = "Customer;Date;Amount\nAcme;15/04/2026;12\n"
    height = brought(short)._columns.sizeHint().height()
    assert brought(ROWS, "wide.csv")._columns.sizeHint().height() > height
    assert brought(short, "short.csv")._columns.sizeHint().height() == height


def test_the_keyboard_stands_on_cancel_where_nothing_can_be_brought_in(
    brought: Callable[..., BringPage], qtbot: QtBot
) -> None:
    bring(brought(ROWS), qtbot)
    page = brought(ROWS + "3;Castellan Foods;15/04/2026;twelve;y\n")
    assert not page._foot.go.isEnabled()
    assert page._foot.cancel.hasFocus()
    assert says(page, "mend the rows that need a word and bring the list in again")


def test_what_parts_the_columns_can_be_chosen_where_it_was_found_wrong(
    brought: Callable[..., BringPage], book: Book, qtbot: QtBot
) -> None:
    page = brought("client|a|b|c;date;amount\nAcme|1|2|3;2026-04-03;120\n")
    assert chosen(page, "What parts its columns") == "bars |"
    choose(page, "What parts its columns", "semicolons")
    settle(page, qtbot)
    assert chosen(page, "What parts its columns") == "semicolons"
    assert page._understood is not None
    assert page._understood.prepared.sheet.header == ("client|a|b|c", "date", "amount")
    choose(page, "What the rows are", "Fees")
    settle(page, qtbot)
    choose(page, "Field of column client|a|b|c", "Client")
    settle(page, qtbot)
    bring(page, qtbot)
    assert client_names(book) == ["Acme|1|2|3"]


def test_a_workbook_has_nothing_that_parts_its_columns(brought: Callable[..., BringPage], tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["client", "sector"])  # type: ignore[union-attr]
    workbook.active.append(["Acme", "Press"])  # type: ignore[union-attr]
    workbook.save(tmp_path / "made.xlsx")
    page = brought((tmp_path / "made.xlsx").read_bytes(), "list.xlsx")
    assert not [c for c in page.findChildren(Choice) if c.accessibleName() == "What parts its columns"]


def test_what_a_workbook_comes_to_is_shown_without_its_total(brought: Callable[..., BringPage], tmp_path: Path) -> None:
    workbook = Workbook()
    for row in (["client", "date", "amount"], ["Acme", "2026-04-03", 5.5], ["Beta", "2026-04-04", 7], ["", "", 12.5]):
        workbook.active.append(row)  # type: ignore[union-attr]
    workbook.save(tmp_path / "made.xlsx")
    page = brought((tmp_path / "made.xlsx").read_bytes(), "list.xlsx")
    assert says(page, "2 rows that can be read come to £12.50")
    assert says(page, "Left out: 1 total; it agrees with the rows.")


def test_a_sheet_that_is_not_certain_is_not_chosen_before(
    brought: Callable[..., BringPage], tmp_path: Path, qtbot: QtBot
) -> None:
    workbook = Workbook()
    for year, sheet in ((2025, workbook.active), (2024, workbook.create_sheet())):
        assert sheet is not None
        sheet.title = str(year)
        for row in (["client", "date", "amount"], ["Acme", f"{year}-04-03", 5]):
            sheet.append(row)
    workbook.save(tmp_path / "made.xlsx")
    page = brought((tmp_path / "made.xlsx").read_bytes(), "list.xlsx")
    assert (chosen(page, "Sheet"), chosen(page, "What the rows are")) == ("", "Fees")
    assert not page._foot.go.isEnabled()
    choose(page, "Sheet", "2025")
    settle(page, qtbot)
    assert chosen(page, "Sheet") == "2025"
    bring(page, qtbot)
    press(page, "Bring in sheet “2024”")
    settle(page, qtbot)
    assert chosen(page, "Sheet") == "2024"
