"""Backups of a book, as a person sees them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from app.domain.rotation import Mark

EVERY = timedelta(minutes=30)
OVERDUE = timedelta(days=3)
# A change of more rows than this is backed up before.
MANY = 100
# One failure may pass by itself; after so many in a row a person is called.
TRIES = 2


class Reason(StrEnum):
    """Why a backup was made; part of its file's name."""

    ASKED = "asked"
    REGULAR = "regular"
    CLOSE = "close"
    COMMAND = "command"
    IMPORT = "before-import"
    BULK = "before-bulk"
    ERASE = "before-erase"
    RESTORE = "before-restore"
    MIGRATION = "before-update"


class SealState(StrEnum):
    """What the seals of this computer say of a book: closed here as it is, not as it is, or never."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup. `sequence` orders them, `made` is only told; `state` names the change it was made at.

    `counts`: rows by table; `rows`: those a person made. `verified`: it was opened and found whole when it was made,
    and its file still has the size it had. `source` is the book it was made of.
    """

    path: Path
    source: str
    book_id: str
    sequence: int
    made: datetime
    reason: str
    digest: str
    size: int
    counts: Mapping[str, int]
    rows: int
    schema: int
    app: str
    sqlite: str
    state: str
    verified: bool
    pinned: bool = False
    confirmed: bool = False

    @property
    def mark(self) -> Mark:
        """What rotation needs of it; its day is the local one."""
        day = self.made.astimezone().date()
        return Mark(self.sequence, day, self.rows, self.verified, self.pinned, self.confirmed)


@dataclass(frozen=True, slots=True)
class BackupStatus:
    """What the status line says: the newest verified backup, and what is wrong with backups, if anything.

    `changed`: the book has changed since; `overdue`: changes have waited for a backup for three days; `shrunk`: the
    newest holds less than half of an earlier one, so that nothing old is removed until a person says it is right;
    `failure`: why the last one could not be made, `failures` how many tries in a row came to nothing;
    `second_failure`: why the last one did not reach the second place.
    """

    newest: Backup | None
    changed: bool
    overdue: bool
    shrunk: bool
    failure: str = ""
    failures: int = 0
    second_failure: str = ""

    @property
    def alarming(self) -> bool:
        """Whether a person must do something about backups now."""
        return self.overdue or self.failures >= TRIES


@dataclass(frozen=True, slots=True)
class SecondState:
    """The second place for backups: whether it is there now, and what it holds of a book.

    `same_disk`: it goes when the book's disk goes.
    """

    folder: Path
    there: bool
    newest: Backup | None
    count: int
    same_disk: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """How many rows of one noun a backup holds, and how many the book holds now."""

    table: str
    then: int
    now: int


# What a book keeps of itself is no record of anybody's.
_HIDDEN = frozenset({"meta", "alembic_version", "change", "change_set"})


def differing(then: Mapping[str, int], now: Mapping[str, int]) -> tuple[Difference, ...]:
    """Compare the rows of two books, table by table; only what differs."""
    names = sorted({*then, *now} - _HIDDEN)
    return tuple(
        Difference(name, then.get(name, 0), now.get(name, 0)) for name in names if then.get(name, 0) != now.get(name, 0)
    )
