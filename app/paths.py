"""Where things lie: the book, backups, logs and settings of this person on this computer."""

from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

BOOK_SUFFIX = ".rapport"


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one profile; made when first asked for, readable by their owner alone."""

    root: Path

    @classmethod
    def of_person(cls, data_dir: Path | None = None) -> "Paths":
        """Give this person's folders, or those of a throw-away profile."""
        return cls(data_dir or Path(PlatformDirs("Rapport", appauthor=False).user_data_dir))

    @property
    def default_book(self) -> Path:
        """Where a book lies unless a person chooses."""
        return self._folder("books") / f"My clients{BOOK_SUFFIX}"

    @property
    def sample_book(self) -> Path:
        """Where the copy of the sample agency lies."""
        return self._folder("books") / f"Sample agency{BOOK_SUFFIX}"

    @property
    def settings(self) -> Path:
        """The settings of this person."""
        return self._folder() / "settings.json"

    @property
    def window(self) -> Path:
        """Sizes and places of windows and columns."""
        return self._folder() / "window.ini"

    @property
    def running(self) -> Path:
        """Where the window that is open is found by the next start of the program."""
        return self._folder("running")

    @property
    def log(self) -> Path:
        """The newest log."""
        return self._folder("logs") / "rapport.log"

    @property
    def crash(self) -> Path:
        """Where a fault beneath Python is noted."""
        return self._folder("logs") / "crash.txt"

    def backups(self, book_id: str) -> Path:
        """The backups of one book."""
        return self._folder(f"backups/{book_id}")

    @property
    def every_backups(self) -> Path:
        """The backups of all books, a folder each."""
        return self._folder("backups")

    def drafts(self, book_id: str) -> Path:
        """The drafts of half-filled forms of one book."""
        return self._folder(f"drafts/{book_id}")

    @property
    def seals(self) -> Path:
        """What is known of the books closed on this computer; made when something is."""
        return self.root / "seals"

    def _folder(self, name: str = "") -> Path:
        folder = self.root
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for part in Path(name).parts:
            # One by one: parents made along the way would take their permissions from the umask.
            folder /= part
            folder.mkdir(mode=0o700, exist_ok=True)
        return folder
