"""What stands around a book that is opened: the kind of place it lies in, copies beside it, the room that is left."""

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from app.data.backup import read_backup
from app.data.database import Database
from app.data.lock import user
from app.data.places import conflicted_beside, place_of_book
from app.domain.backups import Backup, differing
from app.domain.opening import ConflictedCopy, Notice, Noticed, clock_notice
from app.domain.places import LOCAL, Place, PlaceKind
from app.errors import AppError, ReadOnlyBookError, WayOut
from app.files import real_place
from app.paths import BOOK_SUFFIX, Paths
from app.services.backups import counts_in
from app.settings import SettingsFile
from app.words import formats

# A change needs its journal, a copy as much as the book: below that, and something over, a person is told.
SPARE_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Around:
    """The place of a book, the copies of it that a sync program made there, and what else should be told."""

    place: Place = LOCAL
    conflicted: tuple[Path, ...] = ()
    noticed: tuple[Notice, ...] = ()


def look_around(book: Path, last: datetime | None = None) -> Around:
    """Look around a book whose `last` change was made then; opens nothing."""
    clock = clock_notice(last, datetime.now(UTC))
    noticed: tuple[Notice, ...] = (clock,) if clock else ()
    with suppress(OSError):
        free = shutil.disk_usage(book.parent).free
        if free < 2 * book.stat().st_size + SPARE_BYTES:
            noticed = (*noticed, Notice(Noticed.LITTLE_ROOM, str(free)))
    return Around(place_of_book(book), tuple(conflicted_beside(book)), noticed)


def compare_copies(book: Database, copies: Sequence[Path]) -> tuple[ConflictedCopy, ...]:
    """Set copies of an open book beside it; changes none of them. Takes a while: not in the window's thread."""
    now = counts_in(book)
    return tuple(_compared(now, copy) for copy in copies)


def _compared(now: Mapping[str, int], copy: Path) -> ConflictedCopy:
    try:
        opened = Database.open(copy, user(), write=False)
    except AppError as error:
        return ConflictedCopy(copy, why=error.sentence)
    try:
        return ConflictedCopy(copy, differing(counts_in(opened), now), next(iter(opened.steps(1)), None))
    finally:
        opened.close()


def must_be_a_place_to_write(path: Path, paths: Paths) -> None:
    """Refuse to write a backup, and, unless a person insisted, a book on a share (RELIABILITY 3, cases 26 and 28)."""
    book = real_place(path)
    backup = _backup_at(book)
    if backup:
        made = backup.made.astimezone()
        raise ReadOnlyBookError(
            f"{path.name} is a backup of {Path(backup.source).name}, made on"
            f" {formats.day(made)} at {made:%H:%M}; it stays as it is.",
            "Restore it as a copy, and go on there.",
            ways=(WayOut.RESTORE,),
        )
    if place_of_book(book).kind is PlaceKind.NETWORK and not _trusted(book.parent, paths):
        raise ReadOnlyBookError(
            f"{path.name} lies on a network share, where two computers can write one file at once and damage it.",
            "Save a copy on this computer and go on there; to write it there all the same, say so in the window.",
            ways=(WayOut.COPY, WayOut.INSIST),
        )


def offered_copy(book: Path, paths: Paths, day: date) -> Path:
    """Give where to write a copy of a book unless a person chooses: beside it, or beside what a backup was made of.

    Where that folder cannot be written, or is on a share, it is this person's own folder of books.
    """
    backup = _backup_at(book)
    source = Path(backup.source) if backup else book
    beside = os.access(source.parent, os.W_OK) and place_of_book(source).kind is not PlaceKind.NETWORK
    return (source if beside else paths.default_book).with_name(f"{source.stem} {day}{BOOK_SUFFIX}")


def _backup_at(book: Path) -> Backup | None:
    with suppress(OSError):  # there may be nothing any more
        found = read_backup(book)
        return found if found.digest else None
    return None


def _trusted(folder: Path, paths: Paths) -> bool:
    with suppress(OSError):
        return str(folder) in SettingsFile(paths.settings).current.places_trusted
    return False
