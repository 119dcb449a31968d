"""A book with its services, made and opened in a temporary folder."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.data import schema
from app.domain.firm import Firm
from app.services.book import Book, new_book, open_book

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Make an empty book."""
    made = tmp_path / "firm.rapport"
    new_book(made, Firm(name="Hollis & Marsh", currency="GBP"))
    return made


@pytest.fixture
def book(path: Path) -> Iterator[Book]:
    """Open an empty book to write."""
    opened = open_book(path, write=True)
    yield opened
    opened.close()


@pytest.fixture
def rows() -> Callable[[Book], Rows]:
    """Read every row of every data table, as stored."""

    def read(book: Book) -> Rows:
        with book.database.read() as connection:
            return {
                table.name: [
                    tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{table.name}" ORDER BY id')
                ]
                for table in schema.DATA
            }

    return read
