"""What is noticed when a book is opened and does not keep it from being opened."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.domain.backups import Difference
from app.domain.changes import Step


class Noticed(StrEnum):
    """What a person is told once the book is open."""

    BROKEN_OFF = "broken off"  # not closed by whoever wrote last: the unfinished change was taken back
    NOT_CLOSED = "not closed"  # this program was ended while it had the book open, between two changes
    SET_ASIDE = "set aside"  # a journal beside it was not its own; the detail is the name it has now
    CHANGED_OUTSIDE = "changed outside"  # not as this program last left it on this computer
    LITTLE_ROOM = "little room"  # the detail is the free space in bytes


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing noticed, with the word or number its sentence needs."""

    what: Noticed
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ConflictedCopy:
    """A copy of a book that a sync program made: how its rows differ, and its last step, if any.

    `why` says why it could not be read.
    """

    path: Path
    differences: tuple[Difference, ...] = ()
    last: Step | None = None
    why: str = ""
