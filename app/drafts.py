"""Drafts of half-filled forms: one small file each in the profile, so that a crash loses no typing (RELIABILITY P3).

They never stand in the book: nothing half-typed may turn up in a figure, and they work when the book's disk is full.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.files import write_whole

# By count, not by age: a clock set wrong must not take anything away (RELIABILITY P13).
KEPT = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed in one form, by field, and when it was kept."""

    at: datetime
    fields: Mapping[str, str]


class Drafts:
    """The drafts of one book; without a folder they last as long as the program runs."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._known: dict[str, Draft] = {}
        self._forget_most_left()

    def keep(self, key: str, fields: Mapping[str, str]) -> bool:
        """Keep what stands in the form of a key; tells whether it would survive a crash now.

        A disk that refuses is no error: the form is still there, and the next edit tries again.
        """
        draft = Draft(datetime.now(UTC).replace(microsecond=0), dict(fields))
        self._known[key] = draft
        path = self._path(key)
        if path is None:
            return True
        text = json.dumps({"key": key, "at": draft.at.isoformat(), "fields": draft.fields})
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(path, text.encode("ascii"))
        except OSError:
            return False
        return True

    def get(self, key: str) -> Draft | None:
        """Give what was left unfinished under a key, if anything."""
        return self._known.get(key) or self._read(key)

    def left(self) -> list[tuple[str, Draft]]:
        """Give every key with what was left unfinished under it, the latest first."""
        with suppress(OSError):
            found = [_parsed(path) for path in self._folder.glob("*.json")] if self._folder else []
            return sorted(filter(None, found), key=_when, reverse=True)
        return []

    def drop(self, key: str) -> None:
        """Forget a draft: it was saved, or begun anew."""
        self._known.pop(key, None)
        path = self._path(key)
        if path is not None:
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path | None:
        # Keys hold names and numbers of records; a file's name gives nothing away.
        name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return self._folder / f"{name}.json" if self._folder else None

    def _read(self, key: str) -> Draft | None:
        path = self._path(key)
        found = _parsed(path) if path else None
        return found[1] if found and found[0] == key else None

    def _forget_most_left(self) -> None:
        if self._folder is None:
            return
        with suppress(OSError):
            newest_first = sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
            for path in (*newest_first[KEPT:], *self._folder.glob("*.unfinished")):
                path.unlink(missing_ok=True)


def _parsed(path: Path) -> tuple[str, Draft] | None:
    try:
        known = json.loads(path.read_text(encoding="ascii"))
        fields = {str(name): str(text) for name, text in known["fields"].items()}
        return str(known["key"]), Draft(datetime.fromisoformat(known["at"]), fields)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        # Cut off by a crash of the whole computer, or not ours; what is typed next takes its place.
        return None


def _when(found: tuple[str, Draft]) -> datetime:
    return found[1].at
