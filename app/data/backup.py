"""The backups of one book: a folder of whole, checked copies, each with a manifest (RELIABILITY 0.6, 0.7, P6, P7).

The manifest is written before the copy gets its name, so that whatever carries the name of a backup has been proven
whole and says what it holds; a manifest without a backup is swept away.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from app.data import schema
from app.data.copying import Cancelled, Copied, counts_of, never
from app.data.database import Database
from app.data.engine import translated
from app.domain.backups import Backup, Reason
from app.domain.rotation import removable
from app.errors import AppError, DamagedBookError
from app.files import digest_of, flush, flush_folder, write_whole
from app.version import VERSION

SUFFIX = ".rapport"
# What a new book holds already is nobody's work.
GIVEN = frozenset({"firm", "tier_level", "cadence_rule"})
WAIT_SECONDS = 60
_STEM_BYTES = 100


def manifest_of(backup: Path) -> Path:
    """Give the place of a backup's manifest."""
    return backup.with_name(f"{backup.name}.json")


def state_of(database: Database) -> str:
    """Name the change a book stands at: equal as long as nothing was done, undone or redone."""
    with database.read() as connection:
        last = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'change_set'").scalar()
        undone = connection.exec_driver_sql("SELECT COUNT(*) FROM change_set WHERE state = 'undone'").scalar_one()
    return f"{database.header.version}.{last or 0}.{undone}"


def read_backup(path: Path) -> Backup:
    """Read what is known of a backup file; one without a manifest that fits it is not verified."""
    size = path.stat().st_size
    try:
        known = json.loads(manifest_of(path).read_text("utf-8"))
        backup = Backup(**{**known, "path": path, "made": datetime.fromisoformat(known["made"])})
        return replace(backup, verified=backup.verified and backup.size == size)
    except (OSError, ValueError, TypeError, KeyError):
        made = datetime.fromtimestamp(max(path.stat().st_mtime, 0), UTC)
        sequence = _sequence_in(path.name)
        return Backup(path, "", "", sequence, made, "", "", size, {}, 0, 0, "", "", "", verified=False)


def waiting_since(database: Database, newest: Backup | None) -> datetime | None:
    """Give when the first change was made that no backup holds; None where the book has no such change."""
    last = newest.state.split(".")[1] if newest else "0"
    with database.read() as connection:
        first = connection.exec_driver_sql("SELECT MIN(at) FROM change_set WHERE id > ?", (last,)).scalar()
    return datetime.fromisoformat(str(first)) if first else None


def verify(backup: Backup, cancelled: Cancelled = never) -> None:
    """Read a backup from end to end; raises DamagedBookError where it is not what it was when it was made."""
    try:
        with translated(backup.path.name):
            counts = counts_of(backup.path, cancelled)
        whole = counts == backup.counts and digest_of(backup.path) == backup.digest
    except (AppError, OSError, sqlite3.Error) as error:
        raise _damaged(backup.path) from error
    if not whole:
        raise _damaged(backup.path)


def _damaged(path: Path) -> DamagedBookError:
    return DamagedBookError(f"The backup {path.name} is damaged.", "Choose another one; nothing was changed.")


class BackupFolder:
    """One folder of backups; all that changes it waits for its lock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def every(self) -> list[Backup]:
        """Read what backups there are, the latest first."""
        found = []
        for path in self.folder.glob(f"*{SUFFIX}"):
            with suppress(FileNotFoundError):  # pruned meanwhile
                found.append(read_backup(path))
        return sorted(found, key=lambda backup: (backup.sequence, backup.path.name), reverse=True)

    def make(
        self, database: Database, reason: Reason, now: datetime, *, pinned: bool, cancelled: Cancelled = never
    ) -> Backup:
        """Back a book up, then remove what rotation lets go.

        Raises AppError where the copy cannot be made or is not whole; nothing is removed then. Nor is anything before a
        backup is restored, for it might be that very one.
        """
        made: list[Backup] = []
        with self.alone():
            self._sweep()
            state = state_of(database)
            sequence = max((backup.sequence for backup in self.every()), default=0) + 1
            path = self.folder / _name(database.path, sequence, now, reason)

            def describe(copied: Copied) -> None:
                mine = {table.name for table in schema.DATA} - GIVEN
                backup = Backup(
                    path=path,
                    source=str(database.path),
                    book_id=database.book_id,
                    sequence=sequence,
                    made=now.astimezone(UTC).replace(microsecond=0),
                    reason=str(reason),
                    digest=copied.digest,
                    size=copied.size,
                    counts=copied.counts,
                    rows=sum(count for name, count in copied.counts.items() if name in mine),
                    schema=database.header.version,
                    app=VERSION,
                    sqlite=sqlite3.sqlite_version,
                    state=state,
                    verified=True,
                    pinned=pinned,
                )
                _write_manifest(backup)
                made.append(backup)

            database.copy_to(path, over=False, before_name=describe, cancelled=cancelled)
            if reason is not Reason.RESTORE:
                self._prune(made[0].source)
        return made[0]

    def take(self, backup: Backup) -> None:
        """Take a finished backup of another folder in as well: the second place."""
        target = self.folder / backup.path.name
        unfinished = target.with_name(f".{target.name}.unfinished")
        with self.alone():
            self._sweep()
            try:
                unfinished.touch(mode=0o600)
                shutil.copyfile(backup.path, unfinished)
                flush(unfinished)
                if digest_of(unfinished) != backup.digest:
                    raise AppError(f"The copy in {self.folder} came out damaged and was thrown away.", "Check it.")
                _write_manifest(replace(backup, path=target))
                unfinished.replace(target)
                flush_folder(self.folder)
            finally:
                with suppress(OSError):
                    unfinished.unlink(missing_ok=True)
            self._prune(backup.source)

    def change(self, backup: Backup, *, pinned: bool | None = None, confirmed: bool | None = None) -> Backup:
        """Pin a backup, let it go again, or keep a person's word that having shrunk is right."""
        with self.alone():
            known = read_backup(backup.path)
            changed = replace(
                known,
                pinned=known.pinned if pinned is None else pinned,
                confirmed=known.confirmed if confirmed is None else confirmed,
            )
            _write_manifest(changed)
        return changed

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the folder for oneself; the window and the command line may back up at the same moment."""
        lock = FileLock(self.folder / ".lock", mode=0o600)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock.acquire(timeout=WAIT_SECONDS)
        except Timeout:
            raise AppError("Another window or program is making a backup.", "Try again when it has finished.") from None
        except OSError as error:
            raise _unusable(self.folder, error) from None
        try:
            yield
        except OSError as error:
            raise _unusable(self.folder, error) from None
        finally:
            lock.release()

    def _sweep(self) -> None:
        """Remove what a kill left unfinished."""
        for left in self.folder.glob(".*.unfinished*"):
            left.unlink(missing_ok=True)
        for manifest in self.folder.glob(f"*{SUFFIX}.json"):
            if not manifest.with_name(manifest.name.removesuffix(".json")).exists():
                manifest.unlink(missing_ok=True)

    def _prune(self, source: str) -> None:
        mine = [backup for backup in self.every() if backup.source == source]
        gone = removable([backup.mark for backup in mine])
        for backup in mine:
            if backup.sequence in gone:
                # The backup before its manifest: nothing ever stands there unexplained.
                backup.path.unlink(missing_ok=True)
                manifest_of(backup.path).unlink(missing_ok=True)


def _unusable(folder: Path, error: OSError) -> AppError:
    return AppError(
        f"No backup can be made in {folder}: {error.strerror}.", "The book is safe; check that folder and its space."
    )


def _write_manifest(backup: Backup) -> None:
    known: dict[str, Any] = asdict(backup)
    del known["path"]
    known["made"] = backup.made.isoformat(timespec="seconds")
    write_whole(manifest_of(backup.path), json.dumps(known, indent=1).encode())


def _name(book: Path, sequence: int, now: datetime, reason: Reason) -> str:
    stem = os.fsencode(book.name.removesuffix(SUFFIX))[:_STEM_BYTES].decode("utf-8", "ignore").lstrip(".") or "book"
    return f"{stem}-{sequence:06}-{now.astimezone(UTC):%Y-%m-%dT%H%MZ}-{reason}{SUFFIX}"


def _sequence_in(name: str) -> int:
    return max((int(part) for part in name.split("-") if part.isdecimal() and len(part) == 6), default=0)
