"""Every change is a value: one transaction of a person's, as screens and the history see it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Operation(StrEnum):
    """What happened to rows of one table."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Change:
    """Rows of one table that one operation touched; ids from first to last, both included."""

    table: str
    operation: Operation
    first_id: int
    last_id: int
    count: int


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One transaction: one undo step, one line of the history.

    `what` is the phrase for menus ("import of 412 fees"); `clients` are the clients whose figures it touches,
    None meaning any of them (a rate, a tier limit, the cadence table).
    """

    id: int
    when: datetime
    who: str
    what: str
    changes: tuple[Change, ...]
    clients: frozenset[int] | None = frozenset()

    @property
    def tables(self) -> frozenset[str]:
        """The tables touched; a page reloads when they meet what it shows."""
        return frozenset(change.table for change in self.changes)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the history, newest first; an undone step stands there still and says so."""

    id: int
    when: datetime
    who: str
    what: str
    undone: bool
