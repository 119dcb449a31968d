"""The index of the words of contacts and feedback inside the book: SQLite's FTS5, three letters at a time.

An index, not data: no change set knows it, nothing counts it, and it can be made again from the rows at any time. It is
kept right here and not by triggers, in the transaction that changes the rows. An entry's number is the row's id and one
bit for its table: dense numbers keep the index small.
"""

import sqlite3
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table

from app.data import schema
from app.data.plain import driver_of
from app.domain.names import fold
from app.domain.sought import pieces, short_forms, spaced

CREATE = (
    "CREATE VIRTUAL TABLE full_text USING fts5("
    "words, content='', columnsize=0, detail=none, tokenize='trigram case_sensitive 1')"
)
# Who folded the words decides how they are taken out again; an index of another make is made anew.
MAKE = f"1 {unicodedata.unidata_version}"
GRAM = 3
LONGEST_PIECE = 60
# Where more goes than stays, it is quicker to make the index of what stays.
MANY = 1_000
# What SQLite says of a table of the index that is spoilt or gone: ERROR, CORRUPT, CONSTRAINT; not of disk or lock.
_DAMAGE = frozenset({1, 11, 19})


@dataclass(frozen=True, slots=True)
class Source:
    """A table whose words are found: its number in the index, and the columns that hold them."""

    table: Table
    number: int
    texts: tuple[str, ...]


SOURCES: Mapping[str, Source] = {
    source.table.name: source
    for source in (Source(schema.contact, 0, ("summary", "note")), Source(schema.feedback, 1, ("verbatim", "action")))
}
_DROP = "DROP TABLE IF EXISTS full_text"
_CANDIDATES = """
    SELECT number FROM (SELECT rowid AS number FROM full_text WHERE full_text MATCH ? ORDER BY rowid DESC LIMIT ?)
    LEFT JOIN contact ON number & 1 = 0 AND contact.id = number >> 1
    LEFT JOIN feedback ON number & 1 = 1 AND feedback.id = number >> 1
    ORDER BY COALESCE(contact."on", feedback."on") DESC, number DESC
    """
_BY_NUMBER = {source.number: source for source in SOURCES.values()}
Entry = tuple[int, str]


def create(connection: Connection) -> None:
    """Make the index of a new book, which is empty."""
    connection.exec_driver_sql(CREATE)
    connection.execute(schema.meta.insert().values(key="full_text", value=MAKE))


def fts_query(typed: str) -> str:
    """Give the question to the index for what a person typed; '' where the index cannot help.

    Whatever holds what was typed is among the answers; the answers need not hold it, and are looked at once more.
    Never an error in FTS5's language, whatever is typed: only letters, digits and blanks between quotes are left.
    """
    return " AND ".join(dict.fromkeys(gram for piece in pieces(typed) for gram in _grams(piece)))


def _grams(piece: str) -> list[str]:
    if forms := short_forms(piece):
        return ["({})".format(" OR ".join(f'"{form}"' for form in forms))]
    form = spaced(piece)[:LONGEST_PIECE]
    return [f'"{form[at : at + GRAM]}"' for at in range(len(form) - GRAM + 1)]


def candidates(connection: Connection, typed: str, most: int) -> list[tuple[Source, int]]:
    """Give the rows that may hold what was typed, the newest first; of very many those logged last.

    Raises sqlite3.DatabaseError where the index is damaged.
    """
    query = fts_query(typed)
    found = driver_of(connection.connection).execute(_CANDIDATES, (query, most)).fetchall() if query else []
    return [(_BY_NUMBER[number & 1], number >> 1) for (number,) in found]


def is_current(connection: Connection) -> bool:
    """Tell whether the index is there, and made as this program makes it."""
    found = connection.exec_driver_sql("SELECT value FROM meta WHERE key = 'full_text'").scalar()
    return found == MAKE


def is_whole(connection: Connection) -> bool:
    """Check the index itself; asks for a connection that may write, and writes nothing."""
    try:
        driver_of(connection.connection).execute("INSERT INTO full_text (full_text) VALUES ('integrity-check')").close()
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        return False
    return True


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Tell whether an error of the index says that it is damaged, or not there."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE


def fill(plain: sqlite3.Connection) -> None:
    """Make the index anew from the rows, within the transaction of a connection."""
    try:
        plain.execute(_DROP).close()
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        _empty(plain)
        plain.execute(_DROP).close()
    plain.execute(CREATE).close()
    entries: list[Entry] = []
    for source in SOURCES.values():
        names = ", ".join(f'"{name}"' for name in ("id", *source.texts))
        rows = plain.execute(f'SELECT {names} FROM "{source.table.name}"')
        entries += filter(None, (_entry(source, *row) for row in rows))
    _add(plain, entries)
    plain.execute("INSERT OR REPLACE INTO meta VALUES ('full_text', ?)", (MAKE,)).close()


def _empty(plain: sqlite3.Connection) -> None:
    """Put what a new index holds in the place of what is too damaged even to be dropped."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.execute(CREATE)
        for name in ("full_text_data", "full_text_idx", "full_text_config"):
            rows = fresh.execute(f"SELECT * FROM {name}")
            marks = ", ".join("?" * len(rows.description))
            plain.execute(f"DELETE FROM {name}").close()
            plain.executemany(f"INSERT INTO {name} VALUES ({marks})", rows.fetchall()).close()


def make_good(plain: sqlite3.Connection) -> None:
    """Make the index anew; where even that fails for damage, leave it alone, known as not current."""
    plain.execute("SAVEPOINT full_text").close()
    try:
        fill(plain)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        plain.execute("ROLLBACK TO full_text").close()
        plain.execute("DELETE FROM meta WHERE key = 'full_text'").close()
    plain.execute("RELEASE full_text").close()


class Touched:
    """The rows a transaction has changed so far, as they were and as they are."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, int], tuple[Sequence[Any] | None, Sequence[Any] | None]] = {}

    def note(self, table: Table, gone: Iterable[Sequence[Any]], came: Iterable[Sequence[Any]]) -> None:
        """Take down whole rows in stored form: those that are no longer there, and those that are now."""
        if table.name not in SOURCES:
            return
        for row in gone:
            first, _ = self._rows.get((table.name, row[0]), (row, None))
            self._rows[table.name, row[0]] = first, None
        for row in came:
            first, _ = self._rows.get((table.name, row[0]), (None, None))
            self._rows[table.name, row[0]] = first, row

    def write(self, connection: Connection) -> None:
        """Bring the index up to what the rows are now, before COMMIT; damage found in it is mended by a new one."""
        if not self._rows or not is_current(connection):
            return
        plain = driver_of(connection.connection)
        try:
            if self._most_is_gone(plain):
                fill(plain)
            else:
                before, after = self._entries(0), self._entries(1)
                sql = "INSERT INTO full_text (full_text, rowid, words) VALUES ('delete', ?, ?)"
                plain.executemany(sql, sorted(before - after)).close()
                _add(plain, after - before)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            make_good(plain)

    def _most_is_gone(self, plain: sqlite3.Connection) -> bool:
        gone = sum(now is None for _, now in self._rows.values())
        return gone > MANY and gone > sum(_count(plain, name) for name in SOURCES)

    def _entries(self, place: int) -> set[Entry]:
        rows = ((SOURCES[name], states[place]) for (name, _), states in self._rows.items())
        return {entry for source, row in rows if row is not None and (entry := _entry_of(source, row))}


def _add(plain: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    # In order: FTS5 writes out what it holds whenever a number is lower than the one before.
    plain.executemany("INSERT INTO full_text (rowid, words) VALUES (?, ?)", sorted(entries)).close()
    # A savepoint makes FTS5 write now: damage is found while it can be mended, not by COMMIT.
    plain.execute("SAVEPOINT full_text_written").close()
    plain.execute("RELEASE full_text_written").close()


def _entry_of(source: Source, row: Sequence[Any]) -> Entry | None:
    names = source.table.columns.keys()
    return _entry(source, row[0], *(row[names.index(text)] for text in source.texts))


def _entry(source: Source, row_id: int, *texts: str) -> Entry | None:
    words = spaced(fold("\n".join(texts)))
    return (row_id << 1 | source.number, f" {words} ") if words else None


def _count(plain: sqlite3.Connection, table: str) -> int:
    return int(plain.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0])
