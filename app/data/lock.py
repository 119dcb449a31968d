"""One writer of a book: an operating-system lock on a file beside it, so that a dead process never leaves one.

What the lock file says (who, where, since when) is for the sentence only.
"""

import getpass
import json
import os
import socket
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Self

from filelock import lock_descriptor, unlock_descriptor

from app.errors import BookInUseError


def lock_path(book: Path) -> Path:
    """Give the place of a book's lock file."""
    return book.with_name(f".{book.name}.lock")


class BookLock:
    """The right to write one book, held from `acquire` to `release`."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def acquire(cls, book: Path) -> Self:
        """Take the lock, or raise BookInUseError naming the holder; raises OSError where no file can be made."""
        path = lock_path(book)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if not lock_descriptor(descriptor, blocking=False):
            os.close(descriptor)
            raise BookInUseError(
                f"The book {book.name} is open{_holder(path)}.",
                "Close it there, or only read it here.",
            )
        since = datetime.now().astimezone().isoformat(timespec="minutes")
        note = {"host": socket.gethostname(), "user": user(), "pid": os.getpid(), "since": since}
        with suppress(OSError):  # a full disk: the lock holds all the same
            os.ftruncate(descriptor, 0)
            os.write(descriptor, json.dumps(note).encode())
        return cls(descriptor)

    def release(self) -> None:
        """Give the lock back; the file stays, empty, for removing it would race with the next opener."""
        with suppress(OSError):
            os.ftruncate(self._descriptor, 0)
        unlock_descriptor(self._descriptor)
        os.close(self._descriptor)


def who_locks(file: Path) -> str:
    """Name another program that holds a lock on a file, ("sqlitebrowser (process 4711)"); '' where nobody can tell.

    Asked of Linux, which lists all locks; to open the file and ask for the lock would let go of our own.
    """
    with suppress(OSError, ValueError, IndexError):
        found = file.stat()
        place = f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"
        for line in Path("/proc/locks").read_text("ascii").splitlines():
            words = line.replace("-> ", "").split()
            if words[5] == place and int(words[4]) not in {os.getpid(), -1}:
                command = Path(f"/proc/{words[4]}/comm").read_text("utf-8", "replace").strip()
                return f"{command} (process {words[4]})"
    return ""


def _holder(path: Path) -> str:
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        since = datetime.fromisoformat(note["since"])
        return f" on {note['host']} ({note['user']}) since {since:%H:%M on %d %B %Y}"
    except (OSError, ValueError, KeyError, TypeError):
        return " in another window or program"


def user() -> str:
    """Give the name this person is logged in with: under it their changes are kept."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "somebody"
