"""What the last writer left beside a book in mid-change, and whether it belongs there (RELIABILITY 3, cases 15 to 18).

SQLite would roll any journal that lies beside a file back into it, one of another file too. So it is tried on a copy
first: only where that comes out whole may SQLite do it to the book, and only to write it; whoever reads, reads the
copy. A journal that is not the book's is set aside, never deleted.
"""

import errno
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from app.data.copying import counts_of
from app.data.opening import UNTOUCHED, Header
from app.data.seal import Seals
from app.domain.opening import Notice, Noticed
from app.errors import AppError, DamagedBookError
from app.files import digest_of, flush_folder

ENDS = ("-journal", "-wal")
# Where SQLite locks a file (its “pending byte” and those after it).
_LOCKS_AT, _LOCKS = 0x40000000, 512
COPY = "copy.rapport"
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it: what to tell, and the folder of the copy to read instead of the book."""

    told: tuple[Notice, ...]
    scratch: TemporaryDirectory[str] | None = None


def left_in_mid_change(path: Path) -> bool:
    """Tell whether a journal with content lies beside: whoever wrote last did not come to the end.

    One that begins with zeros was never flushed, and nothing had been written to the book yet.
    """
    found = b""
    for end in ENDS:
        with suppress(OSError), Path(f"{path}{end}").open("rb") as journal:
            found += journal.read(1)
    return any(found)


def try_on_copy(header: Header, seals: Seals | None, *, write: bool) -> Tried | None:
    """Try on a copy what SQLite would make of the journal beside a book.

    None where somebody is writing just now, or where there is no room for a copy: SQLite then does it to the book, for
    on a full disk it is the disk that ended the change. Only to `write` it is anything else done to the book and its
    journal; whoever reads, reads the copy.

    Raises:
        DamagedBookError: the book is whole neither with the journal nor without.
    """
    scratch = TemporaryDirectory(prefix="rapport-")
    tried = None
    try:
        with _alone(header.path, hold=write) as book:
            if book is not None:
                tried = _tried(header, book, scratch, seals, write=write)
            return tried
    except OSError as error:
        if error.errno in _NO_ROOM:
            return None
        raise AppError(
            f"{header.path.name} was left in the middle of a change, and cannot be tried on a copy: {error.strerror}.",
            "It was not touched. Check the disk and the folder for temporary files, then try again.",
        ) from None
    finally:
        if tried is None or tried.scratch is None:
            scratch.cleanup()


def _tried(
    header: Header, book: BinaryIO, scratch: TemporaryDirectory[str], seals: Seals | None, *, write: bool
) -> Tried:
    path, copy = header.path, Path(scratch.name) / COPY
    digest = _copied(book, path, copy, ENDS)
    # The state a book was closed in needs no journal: the right one would lead back to that very state. In WAL mode
    # this program closes none.
    known = seals is not None and not header.wal and seals.knows(digest)
    if _comes_out_whole(copy) and (not known or digest_of(copy) == digest):
        return Tried((Notice(Noticed.BROKEN_OFF),), None if write else scratch)
    _copied(book, path, copy, ())
    if not known and not _comes_out_whole(copy):
        raise DamagedBookError(
            f"{path.name} is damaged: it was left in the middle of a change, and the journal beside it does not make it"
            " whole.",
            UNTOUCHED,
        )
    return Tried((Notice(Noticed.SET_ASIDE, _set_aside(path)),)) if write else Tried((), scratch)


def _copied(book: BinaryIO, path: Path, copy: Path, ends: tuple[str, ...]) -> str:
    """Copy a book, with its journals or without; gives the digest of the book as it lies there.

    By the file that is open already: to close it once more would give the lock on it back.
    """
    for end in (*ENDS, "-shm"):
        Path(f"{copy}{end}").unlink(missing_ok=True)
    book.seek(0)
    with copy.open("wb") as target:
        shutil.copyfileobj(book, target, 1 << 20)
    for end in ends:
        with suppress(FileNotFoundError):
            shutil.copyfile(f"{path}{end}", f"{copy}{end}")
    return digest_of(copy)


def _comes_out_whole(copy: Path) -> bool:
    """Let SQLite make of a copy what it would make of the book, and check that from end to end."""
    try:
        with closing(sqlite3.connect(copy, isolation_level=None)) as plain:
            plain.execute("PRAGMA trusted_schema = OFF").close()
            plain.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()
            plain.execute("PRAGMA journal_mode = DELETE").fetchone()
        counts_of(copy)
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGE:
            # The copy could not be worked on, which says nothing of the book.
            raise OSError(errno.ENOSPC, str(error)) from error
        return False
    except (AppError, UnicodeDecodeError):
        return False
    return True


@contextmanager
def _alone(path: Path, *, hold: bool) -> Iterator[BinaryIO | None]:
    """Give the file where no SQLite has it in use, and with `hold` let none begin meanwhile.

    Windows keeps a journal in use from being renamed by itself.
    """
    with path.open("r+b" if hold else "rb") as book:
        if sys.platform != "win32":
            import fcntl

            try:
                fcntl.lockf(book, (fcntl.LOCK_EX if hold else fcntl.LOCK_SH) | fcntl.LOCK_NB, _LOCKS, _LOCKS_AT)
            except OSError:
                yield None
                return
            if not hold:
                fcntl.lockf(book, fcntl.LOCK_UN, _LOCKS, _LOCKS_AT)
        yield book


def _set_aside(path: Path) -> str:
    """Rename what lies beside a book and is not its own; gives the name of the first."""
    names = []
    for end in (*ENDS, "-shm"):
        beside = Path(f"{path}{end}")
        if not os.path.lexists(beside):
            continue
        number = 1
        while os.path.lexists(aside := path.with_name(f"{path.stem}.set-aside-{number}{path.suffix}{end}")):
            number += 1
        beside.rename(aside)
        names.append(aside.name)
    flush_folder(path.parent)
    return names[0] if names else ""
