"""What stands in the index of words, to compare with what should."""

import sqlite3
from contextlib import closing
from pathlib import Path

from app.data import full_text

Index = list[tuple[str, int]]


def index_of(path: Path) -> Index:
    """Read every entry of a book's index."""
    with closing(sqlite3.connect(path)) as plain:
        return _entries(plain)


def index_made_anew(path: Path) -> Index:
    """Give the index that its rows call for."""
    with closing(sqlite3.connect(path)) as plain, closing(sqlite3.connect(":memory:")) as copy:
        plain.backup(copy)
        full_text.fill(copy)
        return _entries(copy)


def _entries(plain: sqlite3.Connection) -> Index:
    plain.execute("CREATE VIRTUAL TABLE temp.entries USING fts5vocab(main, full_text, instance)")
    return sorted(plain.execute("SELECT term, doc FROM temp.entries").fetchall())
