"""Backups as a person sees them: made, listed, compared, brought back; what replaces a book can be taken back."""

import logging
import os
import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.data.backup import BackupFolder, read_backup, state_of, verify, waiting_since
from app.data.copying import Cancelled, never, table_counts
from app.data.database import Database
from app.data.lock import BookLock, user
from app.data.making import must_be_a_place
from app.data.seal import Seals
from app.domain.backups import EVERY, OVERDUE, Backup, BackupStatus, Difference, Reason, differing
from app.domain.rotation import shrunk
from app.errors import AppError, AskedWrongError, DamagedBookError, NewerBookError, NotABookError, ReadOnlyBookError
from app.files import flush, flush_folder, real_place
from app.paths import Paths
from app.services.second_place import SecondPlace, must_be_a_second_place


class Backups:
    """The backups of one open book, in this person's data folder and, if wanted, in a second place."""

    def __init__(self, database: Database, paths: Paths, second: Path | None = None) -> None:
        self._database = database
        self._paths = paths
        self._second = SecondPlace(second, database.book_id) if second else None
        self._failure = self._second_failure = ""
        self._failures = 0

    @property
    def folder(self) -> Path:
        """Where the backups lie."""
        try:
            return self._paths.backups(self._database.book_id or "nameless")
        except OSError as error:
            raise AppError(
                f"No backups can be kept in {self._paths.root}: {error.strerror}.", "Check that folder."
            ) from None

    @property
    def second(self) -> SecondPlace | None:
        """The second place for backups, if a person chose one."""
        return self._second

    def choose_second(self, folder: Path | None) -> None:
        """Use another second place from now on, beginning with a copy of the newest backup, or none.

        Raises AppError where it cannot be used; the place before stays in use then.
        """
        place, newest = None, self.newest()
        if folder is not None:
            must_be_a_second_place(folder, self.folder)
            place = SecondPlace(folder, self._database.book_id)
            if newest:
                place.take(newest)
        self._second, self._second_failure = place, ""
        if place and not newest:
            self.make(Reason.ASKED)

    def make(self, reason: Reason, *, pinned: bool = False, cancelled: Cancelled = never) -> Backup:
        """Make a backup now; raises AppError where it cannot be made. Takes a while: not in the window's thread."""
        try:
            backup = BackupFolder(self.folder).make(
                self._database, reason, datetime.now(UTC), pinned=pinned, cancelled=cancelled
            )
        except AppError as error:
            self._failure = error.sentence
            self._failures += 1
            raise
        self._failure, self._failures = "", 0
        if self._second:
            try:
                self._second.take(backup)
                self._second_failure = ""
            except AppError as error:
                # The backup itself is made; the second place may be a stick that is not there.
                self._second_failure = error.sentence
                logging.getLogger(__name__).warning("no copy in the second place")
        return backup

    def before_many(self, reason: Reason) -> None:
        """Back up what a change of many rows is about to change; a failure is told, and keeps nobody from it."""
        try:
            if not self.empty():
                self.before(reason)
        except AppError:
            logging.getLogger(__name__).warning("no backup could be made before a change of many")

    def before(self, reason: Reason, *, pinned: bool = False) -> Backup:
        """Give the backup that stands before what is about to be done: the newest where nothing changed since."""
        newest = self.newest()
        if newest and not self._differs(newest) and (newest.pinned or not pinned):
            return newest
        return self.make(reason, pinned=pinned)

    def at_close(self) -> None:
        """Back up what changed since the newest backup; a failure is logged, for it must not keep a book open."""
        try:
            if self._database.writable and self.changed():
                self.make(Reason.CLOSE)
        except AppError:
            logging.getLogger(__name__).warning("no backup could be made at close")

    def due(self, now: datetime) -> bool:
        """Tell whether half an hour has passed since the newest backup and the book has changed since."""
        newest = self.newest()
        # A clock put back must not stop the backups.
        return newest is None or (abs(now - newest.made) >= EVERY and self._differs(newest))

    def changed(self) -> bool:
        """Tell whether the book has changed since its newest backup."""
        newest = self.newest()
        return newest is None or self._differs(newest)

    def empty(self) -> bool:
        """Tell whether the book holds no client yet, so that there is nothing to lose."""
        with self._database.read() as connection:
            return connection.exec_driver_sql("SELECT 1 FROM client LIMIT 1").first() is None

    def every(self) -> list[Backup]:
        """Give every backup of this book and of its copies, the latest first."""
        return BackupFolder(self.folder).every()

    def newest(self) -> Backup | None:
        """Give the newest verified backup of this very file."""
        return next((backup for backup in self._mine() if backup.verified), None)

    def status(self, now: datetime) -> BackupStatus:
        """Give what the status line says."""
        mine = self._mine()
        newest = next((backup for backup in mine if backup.verified), None)
        changed = newest is None or self._differs(newest)
        waiting = waiting_since(self._database, newest) if changed else None
        return BackupStatus(
            newest,
            changed,
            overdue=waiting is not None and now - waiting > OVERDUE,
            shrunk=shrunk([backup.mark for backup in mine]),
            failure=self._failure,
            failures=self._failures,
            second_failure=self._second_failure,
        )

    def differences(self, backups: Iterable[Backup]) -> dict[Path, tuple[Difference, ...]]:
        """Compare the rows of backups with those of the book now, noun by noun; only what differs, by backup."""
        now = counts_in(self._database)
        return {backup.path: differing(backup.counts, now) for backup in backups}

    def confirm_shrinking(self) -> None:
        """Keep a person's word that the book is meant to hold so much less; rotation goes on."""
        newest = self.newest()
        if newest:
            BackupFolder(self.folder).change(newest, confirmed=True)

    def verify(self, backup: Backup, cancelled: Cancelled = never) -> None:
        """Read a backup from end to end; raises DamagedBookError where it is not what it was."""
        verify(backup, cancelled)

    def _mine(self) -> list[Backup]:
        return [backup for backup in self.every() if backup.source == str(self._database.path)]

    def _differs(self, backup: Backup) -> bool:
        return backup.state != state_of(self._database)


def counts_in(database: Database) -> Mapping[str, int]:
    """Count the rows of every table of an open book."""
    with database.read() as connection:
        driver = connection.connection.driver_connection
        return table_counts(driver) if isinstance(driver, sqlite3.Connection) else {}


@dataclass(frozen=True, slots=True)
class Replaced:
    """What became of the book a backup took the place of: its own backup, or, damaged, where it was put aside."""

    backup: Backup | None
    set_aside: Path | None


def pin(backup: Backup, *, pinned: bool = True) -> Backup:
    """Keep a backup for ever, or let rotation have it again."""
    return BackupFolder(backup.path.parent).change(backup, pinned=pinned)


def backups_for(path: Path, paths: Paths) -> list[Backup]:
    """Give the backups made of the book at a place, the latest first; for a book that cannot be opened any more."""
    source = str(real_place(path))
    found = [backup for folder in _folders(paths) for backup in BackupFolder(folder).every()]
    mine = [backup for backup in found if backup.source == source]
    return sorted(mine, key=lambda backup: (backup.made, backup.sequence), reverse=True)


def restore(backup: Path, target: Path, paths: Paths, cancelled: Cancelled = never) -> None:
    """Bring a backup, or any other copy of a book, back under a name that is free.

    Raises:
        CancelledError: `cancelled` said so; there is nothing at `target` then.
        AskedWrongError: there is something at `target`, or no folder for it, or no book at `backup`.
        DamagedBookError: the backup is no longer what it was when it was made.
    """
    if os.path.lexists(target):
        raise AskedWrongError(f"There is already a book at {target}.", "Choose another name; it was not touched.")
    must_be_a_place(target)
    source = _opened_to_restore(backup, Seals(paths.seals), cancelled)
    try:
        source.copy_to(target, over=False, cancelled=cancelled)
    finally:
        source.close()


def replace_book(path: Path, backup: Path, paths: Paths, cancelled: Cancelled = never) -> Replaced:
    """Put a backup in the place of a book that nobody has open; at any moment there is the old or the new one.

    What stood there is backed up first; damaged, it is set aside with its journal, as it is. Raises CancelledError
    where `cancelled` said so, and NewerBookError for a backup that could only be read there; the book stands there as
    it was.
    """
    path = real_place(path)
    seals = Seals(paths.seals)
    source = _opened_to_restore(backup, seals, cancelled)
    try:
        if source.header.newer:
            raise NewerBookError(
                f"{backup.name} was made by a newer Rapport (version {source.header.version} of the book).",
                "In the book's place it could only be read. Restore it as a copy, or use the newer program.",
            )
        lock = _locked(path)
        try:
            return _replaced(path, source, seals, paths, cancelled)
        except OSError as error:
            raise AppError(
                f"The book cannot be replaced: {error.strerror}.", "Nothing was lost; check the folder and its space."
            ) from None
        finally:
            lock.release()
    finally:
        source.close()


def _locked(path: Path) -> BookLock:
    try:
        return BookLock.acquire(path)
    except OSError as error:
        raise ReadOnlyBookError(
            f"The book cannot be replaced: {error.strerror}.", "Restore it as a copy to a folder of your own."
        ) from None


def _replaced(path: Path, source: Database, seals: Seals, paths: Paths, cancelled: Cancelled) -> Replaced:
    replaced = _kept(path, seals, paths)
    restored = path.with_name(f".{path.name}.restored")
    try:
        copied = source.copy_to(restored, cancelled=cancelled)
        # A journal of the old file would be rolled back into the new one.
        for end in ("-journal", "-wal", "-shm"):
            path.with_name(f"{path.name}{end}").unlink(missing_ok=True)
        restored.replace(path)
    finally:
        with suppress(OSError):
            restored.unlink(missing_ok=True)
    flush_folder(path.parent)
    seals.closed(source.book_id, copied.digest)
    return replaced


def _opened_to_restore(backup: Path, seals: Seals, cancelled: Cancelled) -> Database:
    known = read_backup(backup) if backup.is_file() else None
    if known and known.digest:
        verify(known, cancelled)
    return Database.open(backup, user(), write=False, seals=seals)


def _kept(path: Path, seals: Seals, paths: Paths) -> Replaced:
    """Back up what is about to be replaced, or set a damaged one aside."""
    if not os.path.lexists(path):
        return Replaced(None, None)
    try:
        current = Database.open(path, user(), write=False, seals=seals)
    except (DamagedBookError, NotABookError):
        return Replaced(None, _set_aside(path))
    try:
        return Replaced(Backups(current, paths).make(Reason.RESTORE), None)
    finally:
        current.close()


def _set_aside(path: Path) -> Path:
    number = 1
    while os.path.lexists(aside := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")):
        number += 1
    unfinished = path.with_name(f".{aside.name}.unfinished")
    # The book itself last: where it stands under its new name, its journal does too.
    for end in ("-journal", "-wal", ""):
        part = path.with_name(f"{path.name}{end}")
        if not part.is_file():
            continue
        try:
            unfinished.touch(mode=0o600)
            shutil.copyfile(part, unfinished)
            flush(unfinished)
            unfinished.replace(aside.with_name(f"{aside.name}{end}"))
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
    flush_folder(path.parent)
    return aside


def _folders(paths: Paths) -> Iterable[Path]:
    return (folder for folder in paths.every_backups.iterdir() if folder.is_dir())
