"""This person's settings on this computer; what belongs to the firm is in the book."""

import json
import logging
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from app.files import write_whole

RECENT = 8


@dataclass(frozen=True, slots=True)
class Settings:
    """Typed settings; a field this version does not know is dropped, a missing one takes its default."""

    theme: str = "system"
    text_size: int = 100
    recent: tuple[str, ...] = ()
    second_backups: str = ""
    # Folders whose kind (a cloud, a share, a stick) was explained, and those to write in all the same.
    places_told: tuple[str, ...] = ()
    places_trusted: tuple[str, ...] = ()

    def with_recent(self, book: Path) -> "Settings":
        """Put a book at the head of the recent ones."""
        place = str(book)
        return replace(self, recent=(place, *(other for other in self.recent if other != place))[:RECENT])

    def with_told(self, folder: Path) -> "Settings":
        """Keep that a place was explained."""
        return replace(self, places_told=tuple(dict.fromkeys((*self.places_told, str(folder)))))

    def with_trusted(self, folder: Path) -> "Settings":
        """Keep a person's word that books on this share are to be written."""
        return replace(self, places_trusted=tuple(dict.fromkeys((*self.places_trusted, str(folder)))))

    def without_trusted(self, folder: Path) -> "Settings":
        """Take that word back: books on this share are only read again."""
        return replace(self, places_trusted=tuple(place for place in self.places_trusted if place != str(folder)))

    def with_second_backups(self, folder: Path | None) -> "Settings":
        """Put the second place for backups, or none."""
        return replace(self, second_backups=str(folder or ""))

    def with_look(self, theme: str, text_size: int) -> "Settings":
        """Keep how the window looks."""
        return replace(self, theme=theme, text_size=text_size)


class SettingsFile:
    """The settings' file: read once, written whole at each change."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.current = self._read()

    def keep(self, settings: Settings) -> None:
        """Write settings; a crash leaves the old ones, and on a disk that takes nothing they last as long as we run."""
        self.current = settings
        try:
            write_whole(self._path, json.dumps(asdict(settings), indent=1).encode())
        except OSError as error:
            logging.getLogger(__name__).warning("the settings could not be written: %s", error.strerror)

    def _read(self) -> Settings:
        try:
            known = json.loads(self._path.read_text(encoding="utf-8"))
            if not isinstance(known, dict):
                raise TypeError
            return _settings(known)
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError, TypeError, RecursionError):
            # Kept aside rather than overwritten: it may be a newer program's.
            with suppress(OSError):
                self._path.replace(self._path.with_suffix(".bad"))
            return Settings()


def _settings(known: dict[str, Any]) -> Settings:
    default = Settings()
    values = {}
    for field in fields(Settings):
        value = known.get(field.name, getattr(default, field.name))
        if isinstance(value, list):
            value = tuple(str(item) for item in value)
        if type(value) is not type(getattr(default, field.name)):
            raise TypeError(field.name)
        values[field.name] = value
    return Settings(**values)
