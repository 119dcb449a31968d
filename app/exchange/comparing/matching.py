"""Rows of a list paired with rows of the book by multiset: equal rows first, the rest in file order (COMMANDS)."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Said = tuple[Any, ...]
UNSAID = (None, "", ())


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row of the book: its id, and what its fields say."""

    id: int
    said: Said


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a list: its identity, and what its fields say; None, '' and () say nothing and never alter."""

    key: Hashable
    said: Said


def pair(rows: Sequence[ListRow], known: Mapping[Hashable, Sequence[KnownRow]]) -> list[KnownRow | None]:
    """Give for each row of a list the row of the book it is, or None where it is new.

    Within one identity rows that say the same are paired first, what remains in order; a row of the book is paired
    once, so that rows of one file are never merged with each other.
    """
    places: dict[Hashable, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if row.key in known:
            places[row.key].append(place)
    pairs: list[KnownRow | None] = [None] * len(rows)
    for key, indexes in places.items():
        candidates = known[key]
        if len(candidates) == 1 and len(indexes) == 1:
            pairs[indexes[0]] = candidates[0]
        else:
            for index, found in _pair_group(rows, indexes, candidates):
                pairs[index] = found
    return pairs


def _pair_group(
    rows: Sequence[ListRow], indexes: Sequence[int], candidates: Sequence[KnownRow]
) -> Iterable[tuple[int, KnownRow]]:
    free = {candidate.id: candidate for candidate in candidates}
    by_mask: dict[tuple[bool, ...], dict[Said, list[KnownRow]]] = {}
    left: list[int] = []
    for index in indexes:
        said = rows[index].said
        mask = tuple(value not in UNSAID for value in said)
        if mask not in by_mask:
            projected: dict[Said, list[KnownRow]] = defaultdict(list)
            for candidate in reversed(candidates):
                projected[_project(candidate.said, mask)].append(candidate)
            by_mask[mask] = projected
        equal = by_mask[mask].get(_project(said, mask), [])
        while equal and equal[-1].id not in free:
            equal.pop()
        if equal:
            found = equal.pop()
            del free[found.id]
            yield index, found
        else:
            left.append(index)
    yield from zip(left, free.values(), strict=False)


def _project(said: Said, mask: Sequence[bool]) -> Said:
    return tuple(value for value, counts in zip(said, mask, strict=True) if counts)


def differences(row: Said, known: Said, names: Sequence[str]) -> dict[str, tuple[Any, Any]]:
    """Give what a row says otherwise than the book: field -> (in the book, in the list)."""
    return {
        name: (old, new) for name, old, new in zip(names, known, row, strict=True) if new not in UNSAID and new != old
    }
