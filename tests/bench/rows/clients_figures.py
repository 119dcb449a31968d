"""Every figure of every client at L, against reading the same rows with plain sqlite3."""

import sqlite3
from collections.abc import Iterator
from functools import cached_property
from operator import attrgetter
from pathlib import Path

from measuring import Bench, Figure, seconds_of

from app.services.book import open_book
from app.services.book_figures import BookFigures
from app.services.client_figures import ClientFigures
from app.services.figures import Figures

# The rows the figures are made of, with the columns they are made of.
SAME_ROWS = (
    """SELECT client_id, id, "on", amount, original, currency, linked_fee_id, engagement_id, disbursement, delivery_cost
       FROM fee""",
    'SELECT client_id, id, "on", direction, purpose, minutes, counts, planned FROM contact',
    "SELECT contact_id, colleague_id FROM contact_colleague",
    'SELECT client_id, "on", amount, kind, engagement_id FROM cost',
    'SELECT client_id, "on", owned_on, acted_on, told_on, kind FROM feedback',
    "SELECT * FROM client",
    "SELECT * FROM client_tag",
    "SELECT * FROM client_alias",
    "SELECT * FROM stage",
    "SELECT * FROM engagement",
    "SELECT * FROM hourly_cost",
)

ASKED = tuple(
    attrgetter(name) for name, found in vars(ClientFigures).items() if isinstance(found, property | cached_property)
)


def measure(bench: Bench) -> Iterator[Figure]:
    """Work out all figures on a day from nothing, and read the rows alone."""
    path = bench.load("L")
    book = open_book(path, write=False)
    try:
        ours, plain = bench.race(
            lambda: seconds_of(lambda: work_out(Figures(book.database).on(bench.today))),
            lambda: seconds_of(lambda: read(path)),
        )
    finally:
        book.close()
    yield Figure("clients and all their figures, book L", ours, 4, 2, plain, "the same rows through plain sqlite3")


def work_out(book: BookFigures) -> None:
    """Ask every client for every figure, also for those that wait to be asked for."""
    for client in book.clients.values():
        assert all(ask(client) is not NotImplemented for ask in ASKED)


def read(path: Path) -> None:
    """Read the rows and hold them all."""
    connection = sqlite3.connect(path)
    rows = [connection.execute(sql).fetchall() for sql in SAME_ROWS]
    connection.close()
    assert rows
