"""A finished copy of a book: on the disk, opened, and found whole, before it gets its name (RELIABILITY 0.6)."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.data.engine import address_of
from app.errors import AppError, CancelledError
from app.files import digest_of, flush

Cancelled = Callable[[], bool]
# So many of SQLite's small steps take a few milliseconds.
_STEPS = 20_000

_CORRUPT = 11  # SQLITE_CORRUPT: so damaged that the check itself gives up


def never() -> bool:
    """Say that nobody cancelled."""
    return False


@contextmanager
def cancellable(connection: sqlite3.Connection, cancelled: Cancelled) -> Iterator[None]:
    """Ask now and then whether somebody cancelled while SQLite works; raises CancelledError where one did."""
    connection.set_progress_handler(cancelled, _STEPS)
    try:
        yield
    except sqlite3.OperationalError:
        if cancelled():
            raise CancelledError from None
        raise
    finally:
        connection.set_progress_handler(None, 0)
    if cancelled():
        raise CancelledError


@dataclass(frozen=True, slots=True)
class Copied:
    """What was found in a copy: its digest (SHA-256), its size in bytes, the rows of every table."""

    digest: str
    size: int
    counts: Mapping[str, int]


def proven(unfinished: Path, cancelled: Cancelled = never) -> Copied:
    """Flush a copy that has no name yet, and prove it whole; raises AppError where it is not."""
    flush(unfinished)
    counts = counts_of(unfinished, cancelled)
    return Copied(digest_of(unfinished), unfinished.stat().st_size, counts)


def counts_of(path: Path, cancelled: Cancelled = never) -> dict[str, int]:
    """Check structure and keys of a file that nobody writes, and count the rows of every table; changes nothing."""
    connection = sqlite3.connect(f"{address_of(path)}?mode=ro&immutable=1", uri=True)
    try:
        with cancellable(connection, cancelled):
            said = structure_problems(connection, "integrity_check")
            orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
            if said or orphan is not None:
                raise AppError("The copy came out damaged and was thrown away.", "Check the disk, and the book.")
            return table_counts(connection)
    finally:
        connection.close()


def structure_problems(connection: sqlite3.Connection, check: str) -> list[str]:
    """Give what `integrity_check` or `quick_check` finds, but for the index of words, which can be made anew.

    From SQLite 3.44 on they look into that as well.
    """
    try:
        found = [str(said) for (said,) in connection.execute(f"PRAGMA {check}")]
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF != _CORRUPT:
            raise
        return [str(error)]
    return [said for said in found if said != "ok" and "full_text" not in said]


def table_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Count the rows of every table of a database, whatever its schema; an index of words is none."""
    names = connection.execute(
        "SELECT name FROM pragma_table_list"
        " WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    quoted = ((name, name.replace('"', '""')) for (name,) in names)
    return {name: int(connection.execute(f'SELECT COUNT(*) FROM "{sql}"').fetchone()[0]) for name, sql in quoted}
