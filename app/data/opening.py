"""What a file is, told from its first bytes before SQLite ever sees it (RELIABILITY 4, cases 1 to 8, 19, 20).

Reading the file again while a connection is open would drop SQLite's lock, so nothing here is called then.
"""

import codecs
import os
import stat
import struct
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.data.schema import APPLICATION_ID, VERSION
from app.errors import AppError, DamagedBookError, NotABookError, ReadOnlyBookError

MAGIC = b"SQLite format 3\x00"
HEADER_BYTES = 100
# Beside a book stand its journal (“-journal”) and its lock; most file systems take names of 255 bytes.
LONGEST_NAME = 240


@dataclass(frozen=True, slots=True)
class Header:
    """What the first 100 bytes of a book say."""

    path: Path
    version: int
    writable: bool
    why_not_writable: str = ""
    wal: bool = False

    @property
    def newer(self) -> bool:
        """Whether a newer Rapport wrote it."""
        return self.version > VERSION

    @property
    def older(self) -> bool:
        """Whether an older Rapport wrote it."""
        return self.version < VERSION


def look(path: Path) -> Header:
    """Read the header and refuse, with its own sentence each, what is not a whole book; changes nothing."""
    try:
        real = path.resolve(strict=True)
        _must_be_a_file(path, real)
        first, size = _first_bytes(real)
    except FileNotFoundError:
        raise NotABookError(
            f"There is no book at {path}.", "Check the place, open a backup, or make a new book; nothing was created."
        ) from None
    except OSError as error:
        raise AppError(f"{path} cannot be read: {error.strerror}.", "Check the folder's permissions.") from None
    if size == 0:
        raise NotABookError(
            f"{path.name} is empty (0 bytes), probably an interrupted copy.",
            "Open a backup instead; it is kept as it is.",
        )
    if len(first) < HEADER_BYTES and (MAGIC.startswith(first) or first.startswith(MAGIC)):
        raise DamagedBookError(
            f"{path.name} is cut off: only its first {size} bytes are left.",
            "It was not touched. Open a backup instead.",
        )
    if not first.startswith(MAGIC):
        words, advice = _looks_like(first)
        raise NotABookError(f"{path.name} is not a book: it looks like {words}.", advice)
    _must_be_ours(path, first)
    _must_be_all_there(path, real, first, size)
    version = struct.unpack(">i", first[60:64])[0]
    writable, why = _writable(real)
    return Header(real, version, writable, why, wal=first[18:20] == b"\x02\x02")


def _must_be_a_file(path: Path, real: Path) -> None:
    mode = real.stat().st_mode
    if stat.S_ISDIR(mode):
        raise NotABookError(f"{path} is a folder, not a book.", "Name the file inside it that ends in .rapport.")
    if not stat.S_ISREG(mode):
        raise NotABookError(f"{path} is no file but a device or a pipe.", "Choose a file that ends in .rapport.")


def _first_bytes(path: Path) -> tuple[bytes, int]:
    with path.open("rb") as file:
        first = file.read(HEADER_BYTES)
        return first, os.fstat(file.fileno()).st_size


def _must_be_ours(path: Path, first: bytes) -> None:
    application_id, version = struct.unpack(">I", first[68:72])[0], struct.unpack(">i", first[60:64])[0]
    if application_id != APPLICATION_ID:
        raise NotABookError(
            f"{path.name} is a database of another program, not a Rapport book.", "Choose a file made by Rapport."
        )
    if version < 1:
        raise DamagedBookError(
            f"{path.name} says it has version {version}, which no Rapport ever wrote: its header is damaged.",
            "It was not touched. Open a backup instead.",
        )


def _must_be_all_there(path: Path, real: Path, first: bytes, size: int) -> None:
    missing = _missing(first, size)
    if missing and not _being_written(real):
        # Looked at in the middle of another program's COMMIT, the end may just have been on its way.
        time.sleep(0.05)
        first, size = _first_bytes(real)
        missing = _missing(first, size)
    if missing and not _being_written(real):
        raise DamagedBookError(
            f"{path.name} is cut off: {missing:,} of its {size + missing:,} bytes are missing.",
            "It was not touched. Open a backup instead.",
        )


def _missing(first: bytes, size: int) -> int:
    page_size = struct.unpack(">H", first[16:18])[0]
    page_size = 65536 if page_size == 1 else page_size
    pages, counter, valid_for = (struct.unpack(">I", first[at : at + 4])[0] for at in (28, 24, 92))
    return max(0, pages * page_size - size) if counter == valid_for else 0


def _being_written(path: Path) -> bool:
    """Tell whether a journal lies beside: SQLite itself makes the file whole again."""
    return any(os.path.lexists(f"{path}{end}") for end in ("-journal", "-wal"))


def left_in_mid_change(path: Path) -> bool:
    """Tell whether a journal with content lies beside: whoever wrote last did not come to the end.

    One that begins with zeros was never flushed, and nothing had been written to the book yet.
    """
    found = b""
    for end in ("-journal", "-wal"):
        with suppress(OSError), Path(f"{path}{end}").open("rb") as journal:
            found += journal.read(1)
    return any(found)


def _writable(path: Path) -> tuple[bool, str]:
    if len(os.fsencode(path.name)) > LONGEST_NAME:
        return False, "its name is too long for a journal beside it"
    if path.stat().st_nlink > 1:
        return False, f"{path.name} has two names on this disk (a hard link), and writing through both would damage it"
    if not os.access(path, os.W_OK):
        return False, f"{path.name} is write-protected"
    if not os.access(path.parent, os.W_OK):
        return False, f"the folder {path.parent} is write-protected"
    return True, ""


def must_be_writable(header: Header) -> None:
    """Refuse to write a book that cannot or must not be written."""
    if not header.writable:
        raise ReadOnlyBookError(
            f"The book cannot be changed: {header.why_not_writable}.",
            "Copy it to a folder of your own and open the copy.",
        )


def _looks_like(first: bytes) -> tuple[str, str]:
    """Give what a file looks like, and what to do with it."""
    choose = "Choose a file that ends in .rapport."
    bring = "If it is a list of clients or fees, import it into a book."
    for start, words, advice in (
        (b"%PDF", "a PDF document", choose),
        (b"PK", "a workbook or a ZIP archive", bring),
        (b"\xd0\xcf\x11\xe0", "an old Office document", bring),
        (b"\x89PNG", "a picture", choose),
    ):
        if first.startswith(start):
            return words, advice
    try:
        # The last letter may be cut off in the middle.
        codecs.getincrementaldecoder("utf-8")().decode(first)
    except UnicodeDecodeError:
        return "data of another program", choose
    return ("data of another program", choose) if b"\x00" in first else ("a text file", bring)
