"""What a file is, told from its first bytes before SQLite ever sees it (RELIABILITY 4, cases 1 to 9, 19, 20, 23 to 25).

Reading the file again while a connection is open would drop SQLite's lock, so nothing here is called then.
"""

import codecs
import os
import stat
import struct
import time
from dataclasses import dataclass
from pathlib import Path

from app.data.places import still_in_the_cloud
from app.data.schema import APPLICATION_ID, VERSION
from app.errors import AppError, DamagedBookError, NewerBookError, NotABookError, ReadOnlyBookError, WayOut
from app.files import real_place

MAGIC = b"SQLite format 3\x00"
HEADER_BYTES = 100
# Beside a book stand its journal (“-journal”) and its lock; most file systems take names of 255 bytes.
LONGEST_NAME = 240
# So many different bytes among the first hundred are no document's, but those of noise: encrypted, or overwritten.
NOISE = 64
_STARTS = (
    (b"%PDF", "a PDF document", False),
    (b"PK", "a workbook or a ZIP archive", True),
    (b"\xd0\xcf\x11\xe0", "an old Office document", True),
    (b"\x89PNG", "a picture", False),
    (b"\xff\xd8\xff", "a picture", False),
)
UNTOUCHED = "It was not touched. Open a backup, or rescue what is readable into a new book."


@dataclass(frozen=True, slots=True)
class Header:
    """What the first 100 bytes of a book say; `surplus` bytes of something else hang on its end."""

    path: Path
    version: int
    writable: bool
    why_not_writable: str = ""
    wal: bool = False
    surplus: int = 0

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
        if still_in_the_cloud(path):
            raise AppError(
                f"{path.name} is still in the cloud: it has not been brought to this computer.",
                "Let the cloud's own program download it, then try again.",
                ways=(WayOut.AGAIN, WayOut.BACKUP),
            )
        real = real_place(path, strict=True)
        _must_be_a_file(path, real)
        first, size = _first_bytes(real)
    except (FileNotFoundError, NotADirectoryError):
        raise NotABookError(
            f"There is no book at {path}.",
            "Check the place, open a backup, or make a new book; nothing was created.",
            ways=(WayOut.LOCATE, WayOut.BACKUP, WayOut.NEW),
        ) from None
    except OSError as error:
        raise AppError(
            f"{path} cannot be read: {error.strerror}.",
            "Check the place, and whether you may read there.",
            ways=(WayOut.LOCATE, WayOut.BACKUP),
        ) from None
    if size == 0:
        raise NotABookError(
            f"{path.name} is empty (0 bytes), probably an interrupted copy.",
            "Open a backup instead; it is kept as it is.",
            ways=(WayOut.BACKUP, WayOut.LOCATE),
        )
    if len(first) < HEADER_BYTES and (MAGIC.startswith(first) or first.startswith(MAGIC)):
        raise DamagedBookError(
            f"{path.name} is cut off: only its first {size} bytes are left.",
            "It was not touched. Open a backup instead.",
            ways=(WayOut.BACKUP,),
        )
    if not first.startswith(MAGIC):
        raise _not_a_book(path, first)
    _must_be_ours(path, first)
    surplus = _must_be_all_there(path, real, first, size)
    version = struct.unpack(">i", first[60:64])[0]
    writable, why = _writable(real, surplus)
    return Header(real, version, writable, why, wal=first[18:20] == b"\x02\x02", surplus=surplus)


def _must_be_a_file(path: Path, real: Path) -> None:
    mode = real.stat().st_mode
    if stat.S_ISDIR(mode):
        raise NotABookError(
            f"{path} is a folder, not a book.", "Name the file inside it that ends in .rapport.", ways=(WayOut.LOCATE,)
        )
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
            f"{path.name} is a database of another program, not a Rapport book.",
            "Choose a file made by Rapport.",
            ways=(WayOut.LOCATE, WayOut.BACKUP),
        )
    if version < 1:
        raise DamagedBookError(
            f"{path.name} says it has version {version}, which no Rapport ever wrote: its header is damaged.",
            UNTOUCHED,
        )


def _must_be_all_there(path: Path, real: Path, first: bytes, size: int) -> int:
    """Refuse a book whose end is missing; gives how many bytes there are beyond it."""
    beyond = _beyond(first, size)
    if beyond and not _being_written(real):
        # Looked at in the middle of another program's COMMIT, the end may just have been on its way.
        time.sleep(0.05)
        first, size = _first_bytes(real)
        beyond = _beyond(first, size)
    if _being_written(real):
        return 0
    if beyond < 0:
        raise DamagedBookError(
            f"{path.name} is cut off: {-beyond:,} of its {size - beyond:,} bytes are missing.",
            UNTOUCHED,
        )
    return beyond


def _beyond(first: bytes, size: int) -> int:
    """Give by how many bytes a file is longer than its header says; less than 0 where its end is missing."""
    page_size = struct.unpack(">H", first[16:18])[0]
    page_size = 65536 if page_size == 1 else page_size
    pages, counter, valid_for = (struct.unpack(">I", first[at : at + 4])[0] for at in (28, 24, 92))
    return size - pages * page_size if counter == valid_for else 0


def _being_written(path: Path) -> bool:
    """Tell whether a journal lies beside: SQLite itself makes the file whole again."""
    return any(os.path.lexists(f"{path}{end}") for end in ("-journal", "-wal"))


def _writable(path: Path, surplus: int) -> tuple[bool, str]:
    if len(os.fsencode(path.name)) > LONGEST_NAME:
        return False, "its name is too long for a journal beside it"
    if path.stat().st_nlink > 1:
        return False, f"{path.name} has two names on this disk (a hard link), and writing through both would damage it"
    if surplus:
        return False, f"{surplus:,} bytes that are not the book's hang on the end of {path.name}"
    if not os.access(path, os.W_OK):
        return False, f"{path.name} is write-protected"
    if not os.access(path.parent, os.W_OK):
        return False, f"the folder {path.parent} is write-protected"
    return True, ""


def must_be_writable(header: Header) -> None:
    """Refuse to write a book that cannot or must not be written, a newer one above all."""
    if header.newer:
        raise NewerBookError(
            f"{header.path.name} was written by a newer Rapport (version {header.version} of the book).",
            "It can be read here; to change it, use the newer program.",
        )
    if not header.writable:
        raise ReadOnlyBookError(
            f"The book cannot be changed: {header.why_not_writable}.",
            "Rebuild it into a new book and go on there."
            if header.surplus
            else "Copy it to a folder of your own and open the copy.",
            ways=(WayOut.REBUILD,) if header.surplus else (WayOut.COPY, WayOut.AGAIN),
        )


def _not_a_book(path: Path, first: bytes) -> NotABookError:
    """Say what a file looks like instead, and what to do with it."""
    if _is_noise(first):
        return NotABookError(
            f"{path.name} is not a book that can be read here: it is encrypted, or damaged from its first byte on.",
            "Rapport does not encrypt books: what another program encrypted it must decrypt. Else open a backup.",
            ways=(WayOut.BACKUP, WayOut.LOCATE),
        )
    words, is_list = _looks_like(first)
    return NotABookError(
        f"{path.name} is not a book: it looks like {words}.",
        "If it is a list of clients or fees, import it into a book."
        if is_list
        else "Choose a file that ends in .rapport.",
        ways=(WayOut.IMPORT, WayOut.LOCATE) if is_list else (WayOut.LOCATE, WayOut.BACKUP),
    )


def _looks_like(first: bytes) -> tuple[str, bool]:
    """Give what a file looks like, and whether it may be a list."""
    for start, words, is_list in _STARTS:
        if first.startswith(start):
            return words, is_list
    return ("a text file", True) if _is_text(first) else ("data of another program", False)


def _is_noise(first: bytes) -> bool:
    known = any(first.startswith(start) for start, _, _ in _STARTS)
    return not known and len(set(first)) >= NOISE and not _is_text(first)


def _is_text(first: bytes) -> bool:
    try:
        # The last letter may be cut off in the middle.
        codecs.getincrementaldecoder("utf-8")().decode(first)
    except UnicodeDecodeError:
        return False
    return b"\x00" not in first
