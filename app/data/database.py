"""One book's file: short reads, and writes that are one transaction, one undo step and one line of history each."""

import os
import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from app.data import history, schema
from app.data.engine import BelongsToNothingError, address_of, reader_engine, translated, turn_from_wal, writer_engine
from app.data.lock import BookLock
from app.data.opening import LONGEST_NAME, Header, look, must_be_writable
from app.data.recorder import Recorder
from app.domain.changes import ChangeSet, Step
from app.domain.firm import Firm
from app.domain.service_levels import DEFAULT_CADENCE, DEFAULT_TIERS
from app.errors import AppError, AskedWrongError, DamagedBookError, NewerBookError, ReadOnlyBookError


class Database:
    """An open book. Listeners hear of every change set after its commit, in the thread that wrote it."""

    def __init__(self, header: Header, lock: BookLock | None, who: str) -> None:
        self.path = header.path
        self.header = header
        self.who = who
        self.listeners: list[Callable[[ChangeSet], None]] = []
        self._lock = lock
        untouched = header.newer or not header.writable
        unmoved = header.wal and lock is None and not os.path.lexists(f"{header.path}-wal")
        self._readers = reader_engine(header.path, untouched=untouched, unmoved=unmoved)
        self._writer: Engine | None = writer_engine(header.path) if lock else None
        self._writing = threading.RLock()
        self._identity = _identity(header.path)

    @classmethod
    def open(cls, path: Path, who: str, *, write: bool) -> Self:
        """Open an existing book; never creates. To write, the one lock is taken first.

        Raises:
            NotABookError: missing, empty, or no book at all.
            DamagedBookError: cut off or damaged.
            NewerBookError, ReadOnlyBookError, BookInUseError: when `write` and it cannot be written.
        """
        header = look(path)
        lock = None
        if write:
            if header.newer:
                raise NewerBookError(
                    f"{path.name} was written by a newer Rapport (version {header.version} of the book).",
                    "It can be read here; to change it, use the newer program.",
                )
            must_be_writable(header)
            lock = _locked(header.path)
        database = None
        try:
            if lock and header.wal:
                with translated(path.name):
                    turn_from_wal(header.path)
            database = cls(header, lock, who)
            database._must_be_whole()
        except BaseException:
            if database:
                database.close()
            elif lock:
                lock.release()
            raise
        return database

    @classmethod
    def create(cls, path: Path, firm: Firm) -> None:
        """Make a new book; refuses a place where something is already."""
        if os.path.lexists(path):
            raise AskedWrongError(f"There is already something at {path}.", "Choose another name; it was not touched.")
        _must_be_a_place(path)
        unfinished = path.with_name(f".{uuid.uuid4().hex}.new")
        try:
            with translated(path.name):
                _build(unfinished, firm)
            _appear(unfinished, path)
        except OSError as error:
            raise AppError(
                f"The book cannot be made at {path}: {error.strerror}.", "Check the folder's permissions and its space."
            ) from None
        finally:
            unfinished.unlink(missing_ok=True)

    @property
    def writable(self) -> bool:
        """Whether this opening may change the book."""
        return self._writer is not None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection for one question; fetch everything and leave, an open read holds up the writer."""
        try:
            with translated(self.path.name), self._readers.connect() as connection:
                yield connection
        except (OperationalError, LookupError, TypeError, ValueError) as error:
            if not self.header.newer:
                raise
            raise NewerBookError(
                f"{self.path.name} was written by a newer Rapport (version {self.header.version} of the book),"
                " and this cannot be read by the one you have.",
                "Use the newer program; the book was not touched.",
            ) from error

    @contextmanager
    def write(self, what: str) -> Iterator[Recorder]:
        """Give a recorder for one action of a person; commits at the end, or leaves everything as it was.

        `what` is the phrase for the history and the undo menu ("log contact with Acme").
        """
        change_set = None
        with self._begin() as connection:
            recorder = Recorder(connection, what)
            yield recorder
            if recorder.recorded:
                change_set = history.store(recorder, self.who)
        if change_set:
            self._tell(change_set)

    def undo(self) -> ChangeSet | None:
        """Take the last step back; None where there is none."""
        return self._replay(history.next_undo, history.undo)

    def redo(self) -> ChangeSet | None:
        """Do the step undone last again; None where there is none."""
        return self._replay(history.next_redo, history.redo)

    def steps(self, limit: int) -> list[Step]:
        """Give the history, newest first."""
        with self.read() as connection:
            return history.steps(connection, limit)

    def next_steps(self) -> tuple[Step | None, Step | None]:
        """Give what undo and redo would do."""
        with self.read() as connection:
            return history.next_undo(connection), history.next_redo(connection)

    def problems(self) -> list[str]:
        """Check structure and keys of the whole file; an empty list when all is well."""
        with self.read() as connection:
            found = [
                str(word) for word in connection.exec_driver_sql("PRAGMA integrity_check").scalars() if word != "ok"
            ]
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        return found + [f"A row of {row[0]} (id {row[1]}) points to nothing in {row[2]}." for row in orphans]

    def copy_to(self, target: Path) -> None:
        """Write a whole copy under another name: unfinished name, flush, check, then rename (RELIABILITY 0.6)."""
        _must_be_a_place(target)
        if target.resolve() == self.path:
            raise AskedWrongError(f"{target.name} is the open book itself.", "Choose another name for the copy.")
        unfinished = target.with_name(f".{target.name}.unfinished")
        unfinished.unlink(missing_ok=True)
        try:
            with translated(target.name):
                self._vacuum_into(unfinished)
                _check_copy(unfinished)
            _flush(unfinished)
            unfinished.replace(target)
            _flush_folder(target.parent)
        except OSError as error:
            raise AppError(
                f"No copy can be made at {target}: {error.strerror}.", "Check the folder and its space."
            ) from None
        finally:
            unfinished.unlink(missing_ok=True)

    def close(self) -> None:
        """Close every connection and give the lock back."""
        self._readers.dispose()
        if self._writer:
            self._writer.dispose()
            self._writer = None
        if self._lock:
            self._lock.release()
            self._lock = None

    def _replay(
        self,
        choose: Callable[[Connection], Step | None],
        replay: Callable[[Connection, Step], ChangeSet],
    ) -> ChangeSet | None:
        step, change_set = None, None
        try:
            with self._begin() as connection:
                step = choose(connection)
                change_set = replay(connection, step) if step else None
        except BelongsToNothingError:
            raise history.changed_meanwhile(step) from None
        if change_set:
            self._tell(change_set)
        return change_set

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        if self._writer is None:
            raise ReadOnlyBookError(f"{self.path.name} is open for reading only.", "Nothing was changed.")
        with self._writing, translated(self.path.name):
            self._must_be_the_same_file()
            with self._writer.begin() as connection:
                # Keys are checked at COMMIT, so that undo may put rows back in any order.
                connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
                yield connection

    def _tell(self, change_set: ChangeSet) -> None:
        for listener in self.listeners:
            listener(change_set)

    def _must_be_the_same_file(self) -> None:
        if _identity(self.path) != self._identity:
            raise AppError(
                f"{self.path.name} was moved, deleted or replaced while it was open.",
                "Nothing was written. Save a copy, then open the book again.",
            )

    def _must_be_whole(self) -> None:
        with self.read() as connection:
            said = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
            orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if said != "ok" or orphan:
            raise DamagedBookError(f"{self.path.name} is damaged.", "It was not touched. Open a backup instead.")

    def _vacuum_into(self, target: Path) -> None:
        raw = self._readers.raw_connection()
        try:
            driver = raw.driver_connection
            if driver is None:
                raise AppError(f"{self.path.name} is closed.", "Open it again.")
            target.touch(mode=0o600)
            driver.execute("PRAGMA query_only = OFF")
            try:
                driver.execute("VACUUM INTO ?", (address_of(target),))
            finally:
                driver.execute("PRAGMA query_only = ON")
        finally:
            raw.close()


def _must_be_a_place(path: Path) -> None:
    if len(os.fsencode(path.name)) > LONGEST_NAME:
        raise AskedWrongError("The name of the book is too long.", f"Choose one of at most {LONGEST_NAME} letters.")
    with suppress(OSError):
        if path.parent.is_dir():
            return
    raise AskedWrongError(f"There is no folder {path.parent}.", "Make it first, or choose another place.")


def _locked(path: Path) -> BookLock:
    try:
        return BookLock.acquire(path)
    except OSError as error:
        raise ReadOnlyBookError(
            f"The book cannot be changed: no lock file can be made beside it ({error.strerror}).",
            "Copy it to a folder of your own and open the copy.",
        ) from None


def _build(path: Path, firm: Firm) -> None:
    path.touch(mode=0o600, exist_ok=False)
    engine = writer_engine(path)
    try:
        with engine.begin() as connection:
            schema.metadata.create_all(connection)
            connection.execute(schema.firm.insert().values(**asdict(firm)))
            for table, rows in ((schema.tier_level, DEFAULT_TIERS), (schema.cadence_rule, DEFAULT_CADENCE)):
                values = [{name: value for name, value in asdict(row).items() if name != "id"} for row in rows]
                connection.execute(table.insert(), values)
            connection.execute(schema.meta.insert().values(key="book_id", value=uuid.uuid4().hex))
            connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {schema.VERSION}")
    finally:
        engine.dispose()


def _appear(unfinished: Path, path: Path) -> None:
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise AskedWrongError(
            f"There is already something at {path}.", "Choose another name; it was not touched."
        ) from None
    except OSError:
        # Some file systems (exFAT, shares) have no links.
        unfinished.rename(path)
    _flush_folder(path.parent)


def _check_copy(path: Path) -> None:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        said = connection.execute("PRAGMA integrity_check").fetchone()
    finally:
        connection.close()
    if said != ("ok",):
        raise AppError("The copy came out damaged and was thrown away.", "Check the disk.")


def _identity(path: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _flush_folder(folder: Path) -> None:
    with suppress(OSError):  # Windows cannot open a folder
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
