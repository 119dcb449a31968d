"""Connections to a book: readers that cannot write, and one writer, with the pragmas RELIABILITY 4 asks for."""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool

from app.data.opening import UNTOUCHED
from app.errors import AppError, AskedWrongError, BookInUseError, DamagedBookError, FullDiskError, ReadOnlyBookError

WAIT_SECONDS = 3.0
# The writer waits in slices, between which whoever waits can be told.
SLICE_SECONDS = 0.1
# A setting of SQLite's: its name, what is asked, and what it then says itself.
Pragma = tuple[str, str, str | int]
COMMON: tuple[Pragma, ...] = (
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("mmap_size", "0", 0),
    ("foreign_keys", "ON", 1),
    ("temp_store", "MEMORY", 2),
)


class BelongsToNothingError(AskedWrongError):
    """A row points to one that does not exist; found at COMMIT, which did not happen."""


def reader_engine(path: Path, *, untouched: bool = False, unmoved: bool = False) -> Engine:
    """Give an engine that reads.

    `untouched` opens the file so that not one byte of it can change; `unmoved` besides promises that nobody else
    writes it, so that a book in WAL mode is read without files beside it.
    """
    mode = "ro&immutable=1" if unmoved else "ro" if untouched else "rw"
    return _engine(path, mode, (("query_only", "ON", 1),), "BEGIN", readers=4, wait=WAIT_SECONDS)


def writer_engine(path: Path) -> Engine:
    """Give the engine of the one writer: every transaction takes the write lock at once."""
    pragmas: tuple[Pragma, ...] = (
        ("journal_mode", "DELETE", "delete"),
        ("synchronous", "EXTRA", 3),
        ("cache_spill", "OFF", 0),
        # 64 MB; with the 2 MB of SQLite's own choice an import reads the indexes again and again.
        ("cache_size", "-65536", -65536),
        ("secure_delete", "ON", 1),
    )
    if sys.platform == "darwin":
        pragmas += (("fullfsync", "ON", 1),)
    return _engine(path, "rw", pragmas, "BEGIN IMMEDIATE", readers=0, wait=SLICE_SECONDS)


def address_of(path: Path) -> str:
    """Give a path as SQLite's URI, whatever letters or bytes it holds."""
    return f"file:{quote(os.fsencode(path))}"


def turn_from_wal(path: Path) -> None:
    """Bring a book that another program turned to WAL back to a rollback journal, with all that the WAL holds."""
    connection = sqlite3.connect(f"{address_of(path)}?mode=rw", uri=True, isolation_level=None, timeout=WAIT_SECONDS)
    try:
        connection.execute("PRAGMA journal_mode = DELETE").close()
    finally:
        connection.close()


def _engine(path: Path, mode: str, pragmas: tuple[Pragma, ...], begin: str, *, readers: int, wait: float) -> Engine:
    address = f"{address_of(path)}?mode={mode}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=wait)
        try:
            for pragma in (*COMMON, *pragmas):
                set_and_read_back(connection, *pragma)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(
        "sqlite+pysqlite://",
        creator=connect,
        poolclass=QueuePool,
        pool_size=max(readers, 1),
        max_overflow=16 if readers else 0,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def set_and_read_back(connection: sqlite3.Connection, name: str, asked: str, expected: str | int) -> None:
    """Set one of SQLite's settings; raises AppError where it was not taken, for a promise of ours stands on each."""
    connection.execute(f"PRAGMA {name} = {asked}").close()
    found = connection.execute(f"PRAGMA {name}").fetchone()
    # A SQLite built without memory mapping does not know its size.
    if found != (expected,) and not (name == "mmap_size" and found is None):
        raise AppError(
            f"This computer's SQLite ({sqlite3.sqlite_version}) cannot keep a book safely: {name} stays"
            f" {found[0] if found else 'unknown'}.",
            "The book was not touched. Reinstall Rapport, and report this.",
        )


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Turn what SQLite says of the world into plain sentences; anything else stays a bug."""
    try:
        yield
    except UnicodeDecodeError as error:
        # What SQLite quotes out of a damaged file need not be text.
        raise _damaged(name) from error
    except (DatabaseError, sqlite3.DatabaseError) as error:
        known = _sentence(str(getattr(error, "orig", error)).lower(), name)
        if known is None:
            raise
        raise known from error
    except OverflowError as error:
        raise AskedWrongError("A number is too large to be kept.", "Nothing was changed.") from error
    except UnicodeEncodeError as error:
        raise AskedWrongError(
            "A text holds half a letter, as broken programs paste it.", "Nothing was changed. Type it again."
        ) from error


def _sentence(said: str, name: str) -> AppError | None:
    nothing = "Nothing was changed."
    if "foreign key" in said:
        return BelongsToNothingError("What this belongs to no longer exists.", f"{nothing} Undo may bring it back.")
    if "locked" in said or "busy" in said:
        return BookInUseError(
            f"Another program is using {name}.",
            f"{nothing} Try again when it has finished.",
        )
    if "disk is full" in said:
        return FullDiskError(f"The disk that holds {name} is full.", f"{nothing} Make room and try again.")
    if "readonly" in said or "read-only" in said:
        return ReadOnlyBookError(f"{name} cannot be written here.", f"{nothing} Check the folder's permissions.")
    if "malformed" in said or "not a database" in said or "could not decode" in said:
        return _damaged(name)
    if "disk i/o" in said or "unable to open" in said:
        return AppError(f"The disk did not read or write {name}.", f"{nothing} Check the disk, then try again.")
    return None


def _damaged(name: str) -> DamagedBookError:
    return DamagedBookError(f"{name} is damaged.", UNTOUCHED)
