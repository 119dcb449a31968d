"""What a rescue brings out of a damaged book, and what it cannot."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Loss(StrEnum):
    """Why something is not in the rescued book as it was."""

    UNREADABLE = "unreadable"  # the rows stand on a damaged place of the file
    SPOILT = "spoilt"  # a row holds a value that cannot be meant
    EMPTIED = "emptied"  # one field of a row held such a value and is now empty
    UNLINKED = "unlinked"  # a row pointed to one that is lost, and now to nothing
    ORPHANED = "orphaned"  # a row belonged to one that is lost
    REPLACED = "replaced"  # a lost client that others belong to stands there by its number
    HISTORY = "history"  # what was done when, and undo with it


@dataclass(frozen=True, slots=True)
class LostRows:
    """Rows of one table, ids from first to last, both included; how many of them there were is not always known."""

    table: str
    loss: Loss
    first: int
    last: int
    column: str = ""


@dataclass(frozen=True, slots=True)
class Rescued:
    """The new book, its id and digest (SHA-256): rows by table, and everything that is not in it as it was."""

    path: Path
    book_id: str
    digest: str
    counts: Mapping[str, int]
    lost: tuple[LostRows, ...]
