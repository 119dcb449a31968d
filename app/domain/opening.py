"""What is noticed when a book is opened and does not keep it from being opened."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from app.domain.backups import Difference
from app.domain.changes import Step

# Two computers' clocks differ a little; over a year without any change is rare enough to ask.
CLOCK_SLACK = timedelta(days=1)
LONG_UNUSED = timedelta(days=400)


class Noticed(StrEnum):
    """What a person is told once the book is open."""

    BROKEN_OFF = "broken off"  # not closed by whoever wrote last: the unfinished change was taken back
    NOT_CLOSED = "not closed"  # this program was ended while it had the book open, between two changes
    SET_ASIDE = "set aside"  # a journal beside it was not its own; the detail is the name it has now
    CHANGED_OUTSIDE = "changed outside"  # not as this program last left it on this computer
    LITTLE_ROOM = "little room"  # the detail is the free space in bytes
    CLOCK_BACK = "clock back"  # the last change bears a later day, which is the detail, than the clock shows
    CLOCK_AHEAD = "clock ahead"  # nothing was changed for so long that the clock may be wrong; since the day


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing noticed, with the word or number its sentence needs."""

    what: Noticed
    detail: str = ""


def clock_notice(last: datetime | None, now: datetime) -> Notice | None:
    """Ask whether the computer's date is right, where the last change speaks against it (RELIABILITY 3, 50 and 51)."""
    if last is None:
        return None
    if last - now > CLOCK_SLACK:
        return Notice(Noticed.CLOCK_BACK, str(last.astimezone().date()))
    if now - last > LONG_UNUSED:
        return Notice(Noticed.CLOCK_AHEAD, str(last.astimezone().date()))
    return None


@dataclass(frozen=True, slots=True)
class ConflictedCopy:
    """A copy of a book that a sync program made: how its rows differ, and its last step, if any.

    `why` says why it could not be read.
    """

    path: Path
    differences: tuple[Difference, ...] = ()
    last: Step | None = None
    why: str = ""
