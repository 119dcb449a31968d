"""Every change is a value: one transaction of a person's, as screens and the history see it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Operation(StrEnum):
    """What happened to rows of one table."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"
    RETURN = "return"
    """Rows deleted earlier stand there again, under their old ids."""


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
    """One line of the history, newest first; an undone step stands there still and says so.

    `left` tells that undo goes on behind it: its rows had been changed, so that it could not be taken back.
    """

    id: int
    when: datetime
    who: str
    what: str
    undone: bool
    left: bool = False


@dataclass(frozen=True, slots=True)
class RecordRef:
    """One record of the book: its table and its id."""

    table: str
    id: int


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One line of a record's history: who changed which field, when, from what to what, in words.

    `column` is the field that can be taken back to `before`; '' where the line is no change of one field.
    """

    step_id: int
    when: datetime
    who: str
    what: str
    ref: RecordRef
    field: str
    old: str = ""
    new: str = ""
    column: str = ""
    before: object = None
    after: object = None


@dataclass(frozen=True, slots=True)
class TrashEntry:
    """One deletion, or one addition taken back, that can be brought back: its things, and what went with them.

    `taken_back` tells that nobody deleted them: the step that had added them was undone.
    """

    step_id: int
    when: datetime
    who: str
    what: str
    things: str
    belongings: str
    count: int
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """What came back from the trash; `without` counts links and belongings that had lost what they belong to."""

    what: str
    rows: int
    without: int = 0
