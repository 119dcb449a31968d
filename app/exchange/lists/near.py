"""Names that are merely near: asked "same as ...?", never joined by the program."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from app.domain.names import name_key

NEAR = 86.0
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class NearName:
    """A name of the list and the known name it resembles; `alike` from 0 to 100."""

    name: str
    known: str
    alike: float


def near_names(names: Iterable[str], known: Iterable[str]) -> list[NearName]:
    """Find for each name the one known name it resembles most; names of the same key are no question and left out."""
    keys = {name: name_key(name) for name in known}
    by_key = {key: name for name, key in keys.items()}
    found = []
    for name in dict.fromkeys(names):
        key = name_key(name)
        if key in by_key or len(key) < SHORTEST:
            continue
        best = _best(key, by_key)
        if best:
            found.append(NearName(name, best[0], best[1]))
    return found


def near_within(names: Iterable[str]) -> list[NearName]:
    """Find for each name the one before it in the list that it resembles most."""
    listed = list(dict.fromkeys(names))
    keys = [name_key(name) for name in listed]
    found = []
    for place, key in enumerate(keys):
        if len(key) < SHORTEST:
            continue
        match = process.extractOne(key, keys[:place], scorer=fuzz.ratio, score_cutoff=NEAR)
        if match and match[0] != key and _figures(match[0]) == _figures(key):
            found.append(NearName(listed[place], listed[match[2]], match[1]))
    return found


def _best(key: str, by_key: Mapping[str, str]) -> tuple[str, float] | None:
    match = process.extractOne(key, by_key.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
    return (by_key[match[0]], match[1]) if match and _figures(match[0]) == _figures(key) else None


def _figures(key: str) -> str:
    """Give the figures of a name: `Studio 1` and `Studio 2` are near in letters only."""
    return "".join(filter(str.isdigit, key))
