"""Writing a book's file: one transaction at a time, patient with other programs, and never on where the disk failed.

After an I/O error nobody knows what the disk holds: before the next change the book is opened anew and checked from end
to end (RELIABILITY 3, case 35).
"""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from tempfile import TemporaryDirectory
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import RootTransaction
from sqlalchemy.exc import DatabaseError

from app.data import full_text
from app.data.book_file import BookFile
from app.data.engine import WAIT_SECONDS, translated
from app.data.lock import BookLock, who_locks
from app.data.opening import Header
from app.data.plain import driver_of
from app.data.seal import Seals
from app.errors import BookInUseError, MovedBookError, ReadOnlyBookError
from app.files import flush_folder

R = TypeVar("R")


class WrittenFile(BookFile):
    """A book's file with its one writer.

    `while_waiting`, if set, is called some ten times a second while another program holds the file up, in the thread
    that writes.
    """

    def __init__(
        self,
        header: Header,
        lock: BookLock | None,
        *,
        seals: Seals | None = None,
        scratch: TemporaryDirectory[str] | None = None,
    ) -> None:
        super().__init__(header, lock, seals=seals, scratch=scratch)
        self.while_waiting: Callable[[], object] | None = None
        self._writing = threading.RLock()
        self._others = 0
        self._full_text_doubted = False

    def make_sure(self) -> None:
        """Find out whether the book can be written, by a change that is taken back; raises as a change would.

        The file is opened anew; where the disk had failed, it is checked from end to end. Takes a while then.

        Raises:
            MovedBookError, ReadOnlyBookError, BookInUseError, DamagedBookError: it cannot, or must not, be written.
        """
        with self._writing, translated(self.path.name):
            if self._writer is None:
                raise self._read_only()
            self._must_be_the_same_file()
            self._readers.dispose()
            self._writer.dispose()
            self._others = 0
            if self.disk_doubted:
                self._must_be_whole(full=True)
            with self._transaction(self._writer) as (connection, _):
                connection.exec_driver_sql("UPDATE meta SET value = value WHERE key = 'book_id'")
                connection.rollback()
            self.disk_doubted = False

    def distrust_full_text(self) -> None:
        """Have the index of words made anew with the next change: it was found damaged, or is behind."""
        self._full_text_doubted = True

    @contextmanager
    def _begin(self) -> Iterator["Transaction"]:
        if self._writer is None:
            raise self._read_only()
        with self._writing, translated(self.path.name):
            self._must_be_the_same_file()
            if self.disk_doubted:
                self.make_sure()
            with self._transaction(self._writer) as (connection, begun):
                transaction = Transaction(connection)
                try:
                    # Keys are checked at COMMIT, so that undo may put rows back in any order.
                    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
                    yield transaction
                    if self._full_text_doubted:
                        full_text.make_good(driver_of(connection.connection))
                        self._full_text_doubted = False
                    else:
                        transaction.touched.write(connection)
                except BaseException:
                    begun.rollback()
                    raise
                try:
                    # Where a reader is in the way it can be said again.
                    self._patiently(lambda: connection.exec_driver_sql("COMMIT"))
                    begun.commit()
                except (DatabaseError, BookInUseError) as error:
                    # A connection whose COMMIT failed is not trusted again.
                    connection.invalidate()
                    # Another connection counts anew.
                    self._others = 0
                    self._note_failure(error)
                    if not self._stands(transaction):
                        raise

    @contextmanager
    def _transaction(self, writer: Engine) -> Iterator[tuple[Connection, RootTransaction]]:
        """Give a connection in a transaction, and learn from what goes wrong."""
        try:
            with self._patiently(writer.connect) as connection:
                yield connection, self._patiently(connection.begin)
        except DatabaseError as error:
            self._note_failure(error)
            raise

    def _patiently(self, act: Callable[[], R]) -> R:
        """Do what another program's lock may hold up; when it has done so long enough, name that program."""
        until = time.monotonic() + WAIT_SECONDS
        while True:
            try:
                return act()
            except DatabaseError as error:
                if _code(error) not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                    raise
                if time.monotonic() >= until:
                    raise self._in_use() from error
            if self.while_waiting:
                self.while_waiting()

    def _note_failure(self, error: Exception) -> None:
        code = _code(error)
        if code == sqlite3.SQLITE_IOERR:
            self.disk_doubted = True
        if code == sqlite3.SQLITE_CANTOPEN and not os.access(self.path.parent, os.W_OK):
            # Of a disk that was turned read-only SQLite says only that it cannot open its journal there.
            raise ReadOnlyBookError(
                f"{self.path.name} cannot be written here: its folder can only be read now.", "Nothing was changed."
            ) from error

    def _stands(self, transaction: "Transaction") -> bool:
        """Tell whether a COMMIT that reported an error took place all the same.

        It does when the very last step fails, flushing the folder after the journal is gone; called refused it would be
        done twice. The flush is tried once more.
        """
        if transaction.leaves is None:
            return False
        set_id, state = transaction.leaves
        with self._readers.connect() as connection:
            found = connection.exec_driver_sql("SELECT state FROM change_set WHERE id = ?", (set_id,)).scalar()
        if found != state:
            return False
        try:
            flush_folder(self.path.parent)
        except OSError:
            transaction.unconfirmed = True
        return True

    def _must_be_the_same_file(self) -> None:
        if not self.in_place:
            raise MovedBookError(
                f"{self.path.name} was moved, deleted or replaced while it was open.",
                "Nothing was written. Save a copy, then open the book again.",
            )

    def _read_only(self) -> ReadOnlyBookError:
        return ReadOnlyBookError(f"{self.path.name} is open for reading only.", "Nothing was changed.")

    def _in_use(self) -> BookInUseError:
        program = who_locks(self.path) or "Another program"
        return BookInUseError(
            f"{program} is using {self.path.name}.", "Nothing was changed. Try again when it has finished."
        )


@dataclass(slots=True)
class Transaction:
    """A transaction on its way; `leaves` is the change set it stores or replays, and that one's state afterwards."""

    connection: Connection
    touched: full_text.Touched = field(default_factory=full_text.Touched)
    leaves: tuple[int, str] | None = None
    unconfirmed: bool = False


def _code(error: Exception) -> int:
    """Give SQLite's own number of what went wrong, without its refinements; 0 where there is none."""
    return int(getattr(getattr(error, "orig", error), "sqlite_errorcode", 0)) & 0xFF
