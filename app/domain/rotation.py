"""Which backups may go (RELIABILITY P7): counted, never aged, so that no clock can empty the folder."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date

LATEST, DAYS, WEEKS, MONTHS = 10, 12, 10, 12


@dataclass(frozen=True, slots=True)
class Mark:
    """What rotation knows of a backup. `sequence` is the order in which they were made, whatever the clock said;
    `rows` how many rows of a person's it holds; `confirmed` a person's word that having shrunk is right.
    """

    sequence: int
    day: date
    rows: int
    verified: bool
    pinned: bool = False
    confirmed: bool = False


def removable(marks: Sequence[Mark]) -> frozenset[int]:
    """Give the sequence numbers of the backups that may be removed.

    Kept are the 10 latest, the last of each of 12 days, 10 weeks and 12 months, everything pinned, and everything that
    was never verified. Nothing may go while the newest is unverified or has shrunk.
    """
    newest_first = sorted(marks, key=lambda mark: mark.sequence, reverse=True)
    if not newest_first or not newest_first[0].verified or shrunk(newest_first):
        return frozenset()
    whole = [mark for mark in newest_first if mark.verified]
    kept = {mark.sequence for mark in whole[:LATEST]}
    kept |= _last_of_each(whole, DAYS, lambda mark: mark.day)
    kept |= _last_of_each(whole, WEEKS, lambda mark: mark.day.isocalendar()[:2])
    kept |= _last_of_each(whole, MONTHS, lambda mark: (mark.day.year, mark.day.month))
    return frozenset(mark.sequence for mark in whole if mark.sequence not in kept and not mark.pinned)


def shrunk(marks: Sequence[Mark]) -> bool:
    """Tell whether the newest verified backup holds less than half of the rows of an earlier one, unconfirmed.

    A person's word settles it for everything older than the backup it was given for.
    """
    newest_first = sorted((mark for mark in marks if mark.verified), key=lambda mark: mark.sequence, reverse=True)
    most = 0
    for mark in newest_first:
        most = max(most, mark.rows)
        if mark.confirmed:
            break
    return bool(newest_first) and 2 * newest_first[0].rows < most


def _last_of_each(newest_first: Sequence[Mark], count: int, period: Callable[[Mark], Hashable]) -> set[int]:
    last: dict[Hashable, int] = {}
    for mark in newest_first:
        last.setdefault(period(mark), mark.sequence)
        if len(last) == count:
            break
    return set(last.values())
