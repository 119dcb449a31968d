"""The tables of a book as SQLite sees them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.data import schema
from app.data.recorder import FOR_EVERYBODY


@pytest.fixture
def plain(path: Path) -> Iterator[sqlite3.Connection]:
    """Look at a new book without the program."""
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def _tables(plain: sqlite3.Connection) -> list[str]:
    found = plain.execute("SELECT name FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return [name for (name,) in found]


def test_every_table_of_the_schema_is_in_a_new_book(plain: sqlite3.Connection) -> None:
    assert set(_tables(plain)) == set(schema.metadata.tables)
    virtual = plain.execute("SELECT name FROM pragma_table_list WHERE type = 'virtual'").fetchall()
    assert virtual == [("full_text",)]


def test_every_foreign_key_column_leads_an_index(plain: sqlite3.Connection) -> None:
    missing = []
    for table in _tables(plain):
        indexes = [row[1] for row in plain.execute(f'PRAGMA index_list("{table}")')]
        leading = {plain.execute(f'PRAGMA index_info("{name}")').fetchone()[2] for name in indexes}
        keys = {row[3] for row in plain.execute(f'PRAGMA foreign_key_list("{table}")')}
        missing += [f"{table}.{column}" for column in keys - leading]
    assert missing == []


def test_the_database_itself_never_writes(plain: sqlite3.Connection) -> None:
    assert plain.execute("SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')").fetchall() == []
    keys = [row for table in _tables(plain) for row in plain.execute(f"PRAGMA foreign_key_list({table})")]
    actions = {(row[5], row[6]) for row in keys}
    assert actions == {("NO ACTION", "NO ACTION")}


def test_ids_of_every_data_table_never_return(plain: sqlite3.Connection) -> None:
    for table in schema.DATA:
        (sql,) = plain.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table.name,)).fetchone()
        assert "AUTOINCREMENT" in sql, table.name


def test_a_new_book_says_whose_it_is(plain: sqlite3.Connection) -> None:
    assert plain.execute("PRAGMA application_id").fetchone() == (0x52415050,)
    assert plain.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    assert plain.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert plain.execute("SELECT name, currency FROM firm").fetchall() == [("Hollis & Marsh", "GBP")]
    assert len(plain.execute("SELECT value FROM meta WHERE key = 'book_id'").fetchone()[0]) == 32


def test_every_table_leads_to_its_client_or_touches_everybody() -> None:
    """A table that figures read must say whose figures a change of it touches."""
    without = {
        table.name
        for table in schema.DATA
        if table.name != "client" and "client_id" not in table.columns and table.name not in FOR_EVERYBODY
    }
    # contact_… lead there through their contact; objectives and actions enter no figure.
    assert without == {"contact_person", "contact_colleague", "objective", "action"}


def test_a_link_is_text_or_nothing_but_never_an_empty_text() -> None:
    """Text is '' where empty, so that equal rows compare equal; links and dates are NULL."""
    for table in schema.DATA:
        for column in table.columns:
            if column.server_default is not None:
                assert not column.nullable, f"{table.name}.{column.name}"
                assert not column.foreign_keys, f"{table.name}.{column.name}"
