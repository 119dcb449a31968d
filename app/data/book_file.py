"""The file of an open book: its connections, reading, checking, copying, closing."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool

from app.data.copying import Cancelled, Copied, cancellable, never, proven, structure_problems
from app.data.engine import address_of, reader_engine, translated, writer_engine
from app.data.lock import BookLock
from app.data.making import appear, must_be_a_place
from app.data.opening import Header
from app.data.plain import driver_of
from app.data.seal import Seals
from app.data.soundness import must_be_whole, must_belong, not_ours
from app.data.unfinished import COPY
from app.domain.backups import SealState
from app.domain.opening import Notice
from app.errors import (
    AppError,
    AskedWrongError,
    NewerBookError,
    ReadOnlyBookError,
    WayOut,
)
from app.files import digest_of, flush_folder


class BookFile:
    """A book's file with connections to it; `noticed` is what a person should hear of its opening."""

    def __init__(
        self,
        header: Header,
        lock: BookLock | None,
        *,
        seals: Seals | None = None,
        scratch: TemporaryDirectory[str] | None = None,
    ) -> None:
        self.path = header.path
        self.header = header
        self.book_id = ""
        self.seal = SealState.NONE
        self.noticed: tuple[Notice, ...] = ()
        self.left_open = False
        # The disk has failed in a change, and the file was not checked since: what it holds is not sealed.
        self.disk_doubted = False
        self._lock = lock
        self._seals = seals
        self._scratch = scratch
        file = Path(scratch.name) / COPY if scratch else header.path
        untouched = header.newer or not header.writable
        unmoved = header.wal and lock is None and not os.path.lexists(f"{file}-wal")
        self._readers = reader_engine(file, untouched=untouched and not scratch, unmoved=unmoved and not scratch)
        self._writer: Engine | None = writer_engine(file) if lock else None
        self._identity = _identity(header.path)
        self._disconnected = False

    @property
    def writable(self) -> bool:
        """Whether this opening may change the book."""
        return self._writer is not None

    @property
    def in_place(self) -> bool:
        """Whether the file at the book's place is still the one that was opened."""
        return _identity(self.path) == self._identity

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection for one question; fetch everything and leave, an open read holds up the writer."""
        try:
            with translated(self.path.name), self._readers.connect() as connection:
                try:
                    yield connection
                finally:
                    if self._disconnected:
                        # Its pool is gone, and would keep the file open.
                        connection.invalidate()
        except (OperationalError, LookupError, TypeError, ValueError) as error:
            if not self.header.newer:
                raise
            raise NewerBookError(
                f"{self.path.name} was written by a newer Rapport (version {self.header.version} of the book),"
                " and this cannot be read by the one you have.",
                "Use the newer program; the book was not touched.",
            ) from error

    def problems(self, cancelled: Cancelled = never) -> list[str]:
        """Check structure and keys of the whole file; an empty list when all is well."""
        with self.read() as connection, cancellable(driver_of(connection.connection), cancelled):
            driver = driver_of(connection.connection)
            found = structure_problems(driver, "integrity_check")
            orphans = driver.execute("PRAGMA foreign_key_check").fetchall()
        return found + [f"A row of {row[0]} (id {row[1]}) points to nothing in {row[2]}." for row in orphans]

    def copy_to(
        self,
        target: Path,
        *,
        over: bool = True,
        before_name: Callable[[Copied], object] | None = None,
        cancelled: Cancelled = never,
    ) -> Copied:
        """Write a whole copy under another name: unfinished name, flush, check, then rename (RELIABILITY 0.6).

        What stands there already is replaced, or, unless `over`, refused. `before_name` is called once the copy is
        proven whole, before it gets its name. Raises CancelledError where `cancelled` said so; nothing is left of it.
        """
        must_be_a_place(target)
        if target.resolve() == self.path and os.path.lexists(target):
            raise AskedWrongError(f"{target.name} is the open book itself.", "Choose another name for the copy.")
        unfinished = target.with_name(f".{target.name}.unfinished")
        try:
            unfinished.unlink(missing_ok=True)
            with translated(target.name):
                self._vacuum_into(unfinished, cancelled)
                copied = proven(unfinished, cancelled)
            if before_name:
                before_name(copied)
            if over:
                unfinished.replace(target)
                flush_folder(target.parent)
            else:
                appear(unfinished, target)
        except OSError as error:
            raise AppError(
                f"No copy can be made at {target}: {error.strerror}.", "Check the folder and its space."
            ) from None
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
        if self._seals:
            self._seals.copied(self.book_id, copied.digest)
        return copied

    def close(self) -> None:
        """Close every connection, seal the file as it is now, and give the lock back."""
        alone = self._disconnect()
        if self._lock:
            trusted = alone and not self.disk_doubted and _identity(self.path) == self._identity
            if trusted and self._seals and self.book_id:
                with suppress(OSError):
                    self._seals.closed(self.book_id, digest_of(self.path))
            self._lock.release()
            self._lock = None
        if self._scratch:
            self._scratch.cleanup()

    def _learn_seal(self, digest: str) -> None:
        with suppress(NewerBookError), self.read() as connection:
            found = connection.exec_driver_sql("SELECT value FROM meta WHERE key = 'book_id'").scalar()
            self.book_id = str(found or "")
        if self._seals and self.book_id:
            self.seal = self._seals.state(self.book_id, digest)

    def _must_be_whole(self, *, full: bool) -> None:
        with self.read() as connection:
            must_be_whole(connection, self.path.name, self.header.version, full=full)

    def _must_belong(self) -> None:
        with self.read() as connection:
            must_belong(connection, self.path.name)

    def _was_checked(self) -> None:
        if self._seals and self.book_id:
            self._seals.checked(self.book_id, datetime.now(UTC))

    def _must_be_ours(self) -> None:
        with self.read() as connection:
            found = not_ours(connection, self.header.version)
        if found:
            raise ReadOnlyBookError(
                f"The book cannot be changed: {self.path.name} holds something Rapport did not make, {found}.",
                "It can be read here; rebuild it into a new book and go on there.",
                ways=(WayOut.REBUILD,),
            )

    def _disconnect(self) -> bool:
        """Close every connection; tells whether none of them was in use."""
        self._disconnected = True
        engines = [engine for engine in (self._readers, self._writer) if engine]
        alone = all(isinstance(engine.pool, QueuePool) and engine.pool.checkedout() == 0 for engine in engines)
        for engine in engines:
            engine.dispose()
        self._writer = None
        return alone

    def _vacuum_into(self, target: Path, cancelled: Cancelled) -> None:
        raw = self._readers.raw_connection()
        try:
            driver = driver_of(raw)
            target.touch(mode=0o600)
            driver.execute("PRAGMA query_only = OFF")
            try:
                with cancellable(driver, cancelled):
                    driver.execute("VACUUM INTO ?", (address_of(target),))
            finally:
                driver.execute("PRAGMA query_only = ON")
        finally:
            raw.close()


def _identity(path: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None
