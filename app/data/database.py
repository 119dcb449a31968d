"""One book's file: short reads, and writes that are one transaction, one undo step and one line of history each."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from sqlalchemy import Connection

from app.data import full_text, history, reach, schema
from app.data.engine import BelongsToNothingError, translated, turn_from_wal
from app.data.lock import BookLock
from app.data.making import make_book
from app.data.opening import Header, look, must_be_writable
from app.data.plain import driver_of
from app.data.recorder import Recorder
from app.data.seal import Seals
from app.data.unfinished import COPY, left_in_mid_change, try_on_copy
from app.data.writing import Transaction, WrittenFile
from app.domain.backups import MANY, Reason, SealState
from app.domain.changes import Change, ChangeSet, Operation, Step
from app.domain.firm import Firm
from app.domain.opening import Notice, Noticed
from app.errors import AppError, ReadOnlyBookError
from app.files import digest_of


class Database(WrittenFile):
    """An open book. Listeners hear of every change set after its commit, in the thread that wrote it.

    `before_many`, if set, is called before a change of more than `MANY` rows is committed: readers still find the book
    as it was.
    """

    def __init__(
        self,
        header: Header,
        lock: BookLock | None,
        who: str,
        *,
        seals: Seals | None = None,
        scratch: TemporaryDirectory[str] | None = None,
    ) -> None:
        super().__init__(header, lock, seals=seals, scratch=scratch)
        self.who = who
        self.listeners: list[Callable[[ChangeSet], None]] = []
        self.before_many: Callable[[Reason], object] | None = None

    @classmethod
    def open(
        cls,
        path: Path,
        who: str,
        *,
        write: bool,
        seals: Seals | None = None,
        before_update: Callable[[Self], object] | None = None,
        meanwhile: Callable[[Self], object] | None = None,
    ) -> Self:
        """Open an existing book; never creates. To write, the one lock is taken first.

        A book that `seals` does not know as it is, or that was left in mid-change, is checked from end to end; what its
        last writer left is tried on a copy first. An older book is brought up to date, once `before_update` has made
        its backup; to read it, a copy is. What a person should hear of stands in `noticed`. While SQLite checks the
        file, `meanwhile` may read from it what will be wanted first; nothing of that is given out if it is not whole.

        Raises:
            NotABookError: missing, empty, or no book at all.
            DamagedBookError: cut off or damaged.
            NewerBookError, ReadOnlyBookError, BookInUseError: when `write` and it cannot be written.
        """
        header = look(path)
        if write and header.surplus:
            # Whether the rest is whole decides what to do with it.
            cls._checked(header, None, who, seals)._disconnect()
        if write:
            must_be_writable(header)
        lock = _locked(header.path) if write else None
        try:
            return cls._opened(header, lock, who, seals, before_update, meanwhile)
        except BaseException:
            if lock:
                lock.release()
            raise

    @classmethod
    def _opened(
        cls,
        header: Header,
        lock: BookLock | None,
        who: str,
        seals: Seals | None,
        before_update: Callable[[Self], object] | None,
        meanwhile: Callable[[Self], object] | None,
    ) -> Self:
        broken_off = left_in_mid_change(header.path)
        tried = try_on_copy(header, seals, write=lock is not None) if broken_off else None
        scratch = tried.scratch if tried else None
        try:
            if lock and header.wal:
                # Checked before it is turned; its own files beside it, if any, have been tried.
                cls._checked(header, None, who, seals)._disconnect()
                with translated(header.path.name):
                    turn_from_wal(header.path)
            if header.older:
                database = cls._updated(header, lock, who, seals, before_update, scratch)
            else:
                database = cls._checked(header, lock, who, seals, scratch, meanwhile)
        except BaseException:
            if scratch:
                scratch.cleanup()
            raise
        database.left_open = bool(seals and seals.left_open(database.book_id, header.path))
        if tried:
            database.noticed = tried.told
        elif database.seal is not SealState.KNOWN and database.left_open:
            database.noticed = (Notice(Noticed.NOT_CLOSED),)
        elif database.seal is SealState.UNKNOWN:
            database.noticed = (Notice(Noticed.CHANGED_OUTSIDE),)
        if lock and seals:
            seals.opened(database.book_id, header.path)
        return database

    @classmethod
    def _checked(
        cls,
        header: Header,
        lock: BookLock | None,
        who: str,
        seals: Seals | None,
        scratch: TemporaryDirectory[str] | None = None,
        meanwhile: Callable[[Self], object] | None = None,
    ) -> Self:
        broken_off = left_in_mid_change(header.path)
        # Before connecting: to read the file later would drop SQLite's lock on it.
        digest = "" if broken_off or seals is None else digest_of(header.path)
        database = cls(header, lock, who, seals=seals, scratch=scratch)
        try:
            database._learn_seal(digest)
            full = broken_off or header.surplus > 0
            if seals is not None:
                full |= database.seal is not SealState.KNOWN or seals.left_open(database.book_id, header.path)
                full |= seals.check_due(database.book_id, datetime.now(UTC))
            # SQLite checks in code of its own, so that Python loses no time by it; one core is for the long check.
            with ThreadPoolExecutor(2) as beside:
                checks = [beside.submit(database._must_be_whole, full=full), beside.submit(database._must_belong)]
                words = beside.submit(database._full_text_is_good, full=full) if lock and not header.older else None
                try:
                    if meanwhile:
                        meanwhile(database)
                finally:
                    for check in checks:
                        check.result()
            if full:
                database._was_checked()
            if lock:
                database._must_be_ours()
            if words:
                # On a full disk words are looked for without it, until the next opening.
                with suppress(AppError):
                    if not words.result():
                        database._mend_full_text()
                database._forget_old()
        except BaseException:
            database._disconnect()
            raise
        return database

    @classmethod
    def _updated(
        cls,
        header: Header,
        lock: BookLock | None,
        who: str,
        seals: Seals | None,
        before_update: Callable[[Self], object] | None,
        tried: TemporaryDirectory[str] | None,
    ) -> Self:
        from app.data.migrations.runner import migrate

        old = cls._checked(header, lock, who, seals, tried)
        try:
            if not lock:
                scratch = TemporaryDirectory(prefix="rapport-")
                copy = Path(scratch.name) / COPY
                old.copy_to(copy)
                migrate(copy, header.version)
                database = cls(header, None, who, seals=seals, scratch=scratch)
                database.book_id, database.seal = old.book_id, old.seal
                return database
            if before_update is None:
                raise AppError(f"{header.path.name} was written by an older Rapport.", "Open it in the window first.")
            before_update(old)
        finally:
            old._disconnect()
            if tried:
                tried.cleanup()
        migrate(header.path, header.version)
        database = cls._checked(look(header.path), lock, who, seals)
        # It is our own update that changed the file since: what counts is how it was found.
        database.seal, database.noticed = old.seal, old.noticed
        return database

    @classmethod
    def create(cls, path: Path, firm: Firm) -> None:
        """Make a new book; refuses a place where something is already."""
        make_book(path, firm)

    @contextmanager
    def write(self, what: str, reason: Reason = Reason.BULK) -> Iterator[Recorder]:
        """Give a recorder for one action of a person; commits at the end, or leaves everything as it was.

        `what` is the phrase for the history and the undo menu ("log contact with Acme"); `reason` is for the backup
        made where it changes many rows.
        """
        change_set = None
        with self._begin() as transaction:
            recorder = Recorder(transaction.connection, what, transaction.touched)
            yield recorder
            if recorder.recorded:
                if self.before_many and sum(recorded.change.count for recorded in recorder.recorded) > MANY:
                    self.before_many(reason)
                change_set = history.store(recorder, self.who)
                transaction.leaves = change_set.id, history.DONE
        if change_set:
            self._tell(change_set, transaction)

    def undo(self) -> ChangeSet | None:
        """Take the last step back; None where there is none."""
        return self._replay(history.next_undo, history.undo)

    def redo(self) -> ChangeSet | None:
        """Do the step undone last again; None where there is none."""
        return self._replay(history.next_redo, history.redo)

    def pass_over(self, step_id: int) -> None:
        """Let undo go on behind a step that it refused, or redo give one up."""
        with self._begin() as transaction:
            history.pass_over(transaction.connection, step_id)

    def steps(self, limit: int) -> list[Step]:
        """Give the history, newest first."""
        with self.read() as connection:
            return history.steps(connection, limit)

    def next_steps(self) -> tuple[Step | None, Step | None]:
        """Give what undo and redo would do."""
        with self.read() as connection:
            return history.next_undo(connection), history.next_redo(connection)

    def _replay(
        self,
        choose: Callable[[Connection], Step | None],
        replay: Callable[[Connection, Step, full_text.Touched], ChangeSet],
    ) -> ChangeSet | None:
        step, change_set = None, None
        try:
            with self._begin() as transaction:
                step = choose(transaction.connection)
                if step:
                    change_set = replay(transaction.connection, step, transaction.touched)
                    transaction.leaves = step.id, history.DONE if step.undone else history.UNDONE
        except BelongsToNothingError:
            raise history.changed_meanwhile(step) from None
        if change_set:
            self._tell(change_set, transaction)
        return change_set

    def _tell(self, change_set: ChangeSet, transaction: Transaction) -> None:
        for listener in self.listeners:
            listener(change_set)
        if transaction.unconfirmed:
            raise AppError(
                f"The disk did not confirm the last change to {self.path.name}, which stands in the book.",
                "Do not repeat it. Save a copy elsewhere and check the disk.",
            )

    def look_for_others(self) -> bool:
        """Tell whether another program has changed the book since the last look; listeners then hear of it too.

        While something is being written nobody looks: that may take long, and nobody else can write then.
        """
        if self._writer is None or not self.in_place or not self._writing.acquire(blocking=False):
            return False
        try:
            with translated(self.path.name), closing(self._writer.raw_connection()) as raw:
                # SQLite counts what other connections committed, as this one sees it; the readers commit nothing.
                (version,) = driver_of(raw).execute("PRAGMA data_version").fetchone()
        finally:
            self._writing.release()
        before, self._others = self._others, version
        if before in {0, version}:
            return False
        self.distrust_full_text()
        everything = tuple(Change(table.name, Operation.UPDATE, 0, 0, 0) for table in schema.DATA)
        change_set = ChangeSet(0, datetime.now(UTC), "", "", everything, None)
        for listener in self.listeners:
            listener(change_set)
        return True

    def _full_text_is_good(self, *, full: bool) -> bool:
        """Tell whether the index of words is as this program makes it; `full` looks for damage in it."""
        with self.read() as connection:
            current = full_text.is_current(connection)
        if not (current and full):
            return current
        with self._begin() as transaction:
            return full_text.is_whole(transaction.connection)

    def _mend_full_text(self) -> None:
        with self._begin() as transaction:
            full_text.make_good(driver_of(transaction.connection.connection))

    def _forget_old(self) -> None:
        with self.read() as connection:
            due = reach.is_due(connection)
        # What is kept too long on a full disk goes at the next opening.
        with suppress(AppError):
            if due:
                with self._begin() as transaction:
                    reach.forget(transaction.connection)


def _locked(path: Path) -> BookLock:
    try:
        return BookLock.acquire(path)
    except OSError as error:
        raise ReadOnlyBookError(
            f"The book cannot be changed: no lock file can be made beside it ({error.strerror}).",
            "Copy it to a folder of your own and open the copy.",
        ) from None
