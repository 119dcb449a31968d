"""SQLite's settings are read back, and one that is not taken stops the opening (RELIABILITY 4)."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.data.engine import COMMON, reader_engine, set_and_read_back, writer_engine
from app.errors import AppError

ASKED = {name: expected for name, _, expected in COMMON}
WRITER = {
    **ASKED, "journal_mode": "delete", "synchronous": 3, "cache_spill": 0, "cache_size": -65536, "secure_delete": 1,
}  # fmt: skip


READER = {**ASKED, "query_only": 1}


@pytest.mark.parametrize(("make", "wanted"), [(reader_engine, READER), (writer_engine, WRITER)])
def test_every_setting_a_promise_stands_on_is_in_force(
    path: Path, make: Callable[[Path], Engine], wanted: dict[str, str | int]
) -> None:
    engine = make(path)
    with engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    engine.dispose()
    assert found == wanted


def test_a_setting_that_is_not_taken_fails_loudly() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        with pytest.raises(AppError, match="cannot keep a book safely: journal_mode stays memory"):
            set_and_read_back(connection, "journal_mode", "DELETE", "delete")
        with pytest.raises(AppError, match="no_such_setting stays unknown"):
            set_and_read_back(connection, "no_such_setting", "ON", 1)
        set_and_read_back(connection, "foreign_keys", "ON", 1)
