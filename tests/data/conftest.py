"""Books for the tests of app.data: made and opened in a temporary folder."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.data import schema
from app.data.database import Database
from app.domain.firm import Firm

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Make an empty book."""
    made = tmp_path / "firm.rapport"
    Database.create(made, Firm(name="Hollis & Marsh"))
    return made


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    """Open an empty book to write."""
    opened = Database.open(path, "anna", write=True)
    yield opened
    opened.close()


@pytest.fixture
def rows() -> Callable[[Database], Rows]:
    """Read every row of every data table, as stored."""

    def read(database: Database) -> Rows:
        with database.read() as connection:
            return {
                table.name: [
                    tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{table.name}" ORDER BY id')
                ]
                for table in schema.DATA
            }

    return read
