"""What became of each row when a list was compared with the book."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.checking import Problem
from app.exchange.comparing.matching import KnownRow, ListRow, differences, pair
from app.exchange.comparing.naming import Naming
from app.services.imports import Batch, Imports, Known
from app.words.catalogue import trn


class Existing(StrEnum):
    """What happens to rows that are in the book already (COMMANDS `--existing`)."""

    ADD = "add"
    UPDATE = "update"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that differs from the book: field -> (in the book, in the list), and whether that is taken over.

    A row of which only some is taken, empty fields filled, names in `left` what stays as the book has it.
    """

    row: int
    about: str
    changes: Mapping[str, tuple[Any, Any]]
    taken: bool
    left: frozenset[str] = frozenset()


@dataclass(slots=True)
class Comparing:
    """All that a comparison of one kind needs and fills: the batch to be written, counts, changes, notices."""

    imports: Imports
    known: Known
    naming: Naming
    batch: Batch
    existing: Existing
    today: date
    new: int = 0
    same: int = 0
    skipped: int = 0
    changes: list[ChangedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    # What a list of clients says of those that are new with it: negative id -> column -> value.
    new_values: dict[int, dict[str, Any]] = field(default_factory=dict)

    def pairs(self, rows: Sequence[ListRow], known: Iterable[tuple[Hashable, KnownRow]]) -> list[KnownRow | None]:
        """Pair the list's rows with the book's."""
        by_key: dict[Hashable, list[KnownRow]] = {}
        for key, row in known:
            by_key.setdefault(key, []).append(row)
        return pair(rows, by_key)

    def settle(self, row: int, about: str, listed: ListRow, found: KnownRow, names: Sequence[str]) -> dict[str, Any]:
        """Count a row that is in the book already; give the new values to write, none unless they are taken."""
        if self.existing is Existing.SKIP:
            self.skipped += 1
            return {}
        changes = differences(listed.said, found.said, names)
        if not changes:
            self.same += 1
            return {}
        taken = self.existing is Existing.UPDATE
        self.changes.append(ChangedRow(row, about, changes, taken, frozenset(() if taken else changes)))
        return {name: new for name, (_, new) in changes.items()} if taken else {}

    def settle_filling(self, row: int, about: str, changes: Mapping[str, tuple[Any, Any]]) -> dict[str, Any]:
        """Count a row of master data: empty fields are filled always, others altered only on update."""
        if self.existing is Existing.SKIP:
            self.skipped += 1
            return {}
        if not changes:
            self.same += 1
            return {}
        values = {
            name: new
            for name, (old, new) in changes.items()
            if self.existing is Existing.UPDATE or old in (None, "", ())
        }
        self.changes.append(ChangedRow(row, about, changes, bool(values), frozenset(changes.keys() - values.keys())))
        return values

    def tell_repeats(self, said: Iterable[Hashable]) -> None:
        """Tell how many new rows say just what another row of the list says; none is left out for it."""
        repeated = sum(times - 1 for times in Counter(said).values())
        if repeated:
            self.notices.append(
                trn(
                    "{n} row says the same as another of the list; all are taken.",
                    "{n} rows say the same as another of the list; all are taken.",
                    repeated,
                )
            )
