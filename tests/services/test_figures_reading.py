"""What the figures cost in reads: everything once, whatever the size of the book; then only what a change touched."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from app.domain.clients import ClientDraft
from app.domain.colleagues import ColleagueDraft
from app.domain.contacts import ContactDraft
from app.domain.fees import FeeDraft
from app.domain.firm import Firm
from app.domain.vocabulary import Channel, Direction
from app.services.book import Book, new_book, open_book

TODAY = date(2026, 6, 30)
READ_WHOLE = ("FROM fee", "FROM contact", "FROM contact_colleague", "FROM cost", "FROM feedback")


@pytest.fixture
def said() -> Iterator[list[str]]:
    """Collect every statement that SQLite is asked, on whichever connection."""
    statements: list[str] = []

    def listen(connection: sqlite3.Connection, _record: object) -> None:
        connection.set_trace_callback(statements.append)

    event.listen(Pool, "connect", listen)
    yield statements
    event.remove(Pool, "connect", listen)


def filled(path: Path, clients: int) -> Book:
    """Open a book of some clients, each with two fees and a contact."""
    new_book(path, Firm(name="F", hourly_cost=5_000))
    book = open_book(path, write=True)
    colleague = book.colleagues.add(ColleagueDraft(name="Ana"))
    for number in range(clients):
        client = book.clients.add(ClientDraft(name=f"C{number}"))
        for back in (300, 40):
            book.fees.add(fee(client, back))
        book.contacts.log(
            ContactDraft(
                client_id=client, on=TODAY - timedelta(20), direction=Direction.BOTH, channel=Channel.CALL,
                minutes=30, colleagues=(colleague,),
            )
        )  # fmt: skip
    return book


def fee(client: int, back: int) -> FeeDraft:
    return FeeDraft(client_id=client, on=TODAY - timedelta(back), original=50_000, currency="GBP", amount=None)


def test_the_number_of_reads_does_not_grow_with_the_book(said: list[str], tmp_path: Path) -> None:
    counts = []
    for clients in (2, 12):
        book = filled(tmp_path / f"{clients}.rapport", clients)
        said.clear()
        assert len(book.figures.on(TODAY).clients) == clients
        counts.append(len(said))
        book.close()
    assert counts[0] == counts[1] > 0


def test_another_day_reads_no_rows(said: list[str], tmp_path: Path) -> None:
    book = filled(tmp_path / "b.rapport", 3)
    book.figures.on(TODAY)
    said.clear()
    book.figures.on(TODAY)
    assert said == []
    book.figures.on(TODAY - timedelta(100))
    assert not [sql for sql in said if any(table in sql for table in READ_WHOLE)]
    book.close()


def test_after_a_change_only_its_client_is_read_again(said: list[str], tmp_path: Path) -> None:
    book = filled(tmp_path / "b.rapport", 3)
    book.figures.on(TODAY)
    book.fees.add(fee(2, 5))
    said.clear()
    assert book.figures.on(TODAY).clients[2].fees.documents == 3
    rows = [sql for sql in said if any(f"{table} " in f"{sql} " for table in READ_WHOLE)]
    assert rows
    assert [sql for sql in rows if "client_id IN (2)" not in sql] == []
    book.close()


def test_rows_typed_in_any_order_are_read_in_order_of_day_without_the_index_too(tmp_path: Path) -> None:
    book = filled(tmp_path / "b.rapport", 2)
    for back in (10, 900, 200, 200, 3):
        book.fees.add(fee(1, back))
        book.contacts.log(
            ContactDraft(
                client_id=1, on=TODAY - timedelta(back), direction=Direction.IN, channel=Channel.CALL, minutes=back
            )
        )
    with_index = told(book)
    assert with_index[0] == tuple(sorted(with_index[0])) != ()
    book.close()
    with closing(sqlite3.connect(tmp_path / "b.rapport")) as other, other:
        other.execute("DROP INDEX fee_figures")
        other.execute("DROP INDEX contact_figures")
    bare = open_book(tmp_path / "b.rapport", write=False)
    assert told(bare) == with_index
    bare.close()


def told(book: Book) -> tuple[object, ...]:
    rows = book.figures.series(1)
    return rows.fees.days, rows.fees, rows.contacts, rows.costs
