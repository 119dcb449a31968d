"""What every file of ours needs beyond writing it: to be on the disk, and to be told from any other."""

import errno
import os
from contextlib import suppress
from pathlib import Path

# A file system that cannot flush a folder says so in one of these ways; anything else is a disk that failed.
_CANNOT = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES})


def real_place(path: Path, *, strict: bool = False) -> Path:
    """Follow every link of a path; raises OSError only if `strict`, then also for links that lead in a circle."""
    return Path(os.path.realpath(path, strict=strict))


def flush(path: Path) -> None:
    """Bring a file's content to the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Bring a folder's names to the disk, where the system can."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows cannot open a folder
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
    finally:
        os.close(descriptor)


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file; never of a book to which this process has a connection (RELIABILITY 0.3)."""
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file of the owner's alone so that it is the old one or the new one, whenever the power goes.

    Raises OSError where it could not be written; nothing is left of it then.
    """
    unfinished = path.with_name(f".{path.name}.{os.urandom(8).hex()}.unfinished")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise
    flush_folder(path.parent)
