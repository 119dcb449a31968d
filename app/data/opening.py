"""What a file is, told from its first bytes before SQLite ever sees it (RELIABILITY 4, cases 1 to 8, 19, 20).

Reading the file again while a connection is open would drop SQLite's lock, so nothing here is called then.
"""

import os
import struct
from dataclasses import dataclass
from pathlib import Path

from app.data.schema import APPLICATION_ID, VERSION
from app.errors import AppError, DamagedBookError, NotABookError, ReadOnlyBookError

MAGIC = b"SQLite format 3\x00"
HEADER_BYTES = 100


@dataclass(frozen=True, slots=True)
class Header:
    """What the first 100 bytes of a book say."""

    path: Path
    version: int
    writable: bool
    why_not_writable: str = ""

    @property
    def newer(self) -> bool:
        """Whether a newer Rapport wrote it."""
        return self.version > VERSION


def look(path: Path) -> Header:
    """Read the header and refuse, with its own sentence each, what is not a whole book; changes nothing."""
    try:
        real = path.resolve(strict=True)
        size = real.stat().st_size
        if real.is_dir():
            raise NotABookError(f"{path} is a folder, not a book.", "Name the file inside it that ends in .rapport.")
        with real.open("rb") as file:
            first = file.read(HEADER_BYTES)
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
    if not first.startswith(MAGIC) or len(first) < HEADER_BYTES:
        raise NotABookError(f"{path.name} is not a book: it looks like {_looks_like(first)}.", _advice(first))
    _check_ours(path, first, size)
    version = struct.unpack(">i", first[60:64])[0]
    writable, why = _writable(real)
    return Header(real, version, writable, why)


def _check_ours(path: Path, first: bytes, size: int) -> None:
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
    page_size = struct.unpack(">H", first[16:18])[0]
    page_size = 65536 if page_size == 1 else page_size
    pages, counter, valid_for = (struct.unpack(">I", first[at : at + 4])[0] for at in (28, 24, 92))
    if counter == valid_for and pages * page_size > size:
        missing = pages * page_size - size
        raise DamagedBookError(
            f"{path.name} is cut off: {missing:,} of its {pages * page_size:,} bytes are missing.",
            "It was not touched. Open a backup instead.",
        )


def _writable(path: Path) -> tuple[bool, str]:
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


def _looks_like(first: bytes) -> str:
    for start, words in (
        (b"%PDF", "a PDF document"),
        (b"PK", "a workbook or a ZIP archive"),
        (b"\xd0\xcf\x11\xe0", "an old Office document"),
        (b"\x89PNG", "a picture"),
        (b"SQLite", "the beginning of a database, cut off"),
    ):
        if first.startswith(start):
            return words
    try:
        first.decode("utf-8")
    except UnicodeDecodeError:
        return "data of another program"
    return "a text file"


def _advice(first: bytes) -> str:
    if first.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or b"\x00" not in first:
        return "If it is a list of clients or fees, import it into a book."
    return "Choose a file that ends in .rapport."
