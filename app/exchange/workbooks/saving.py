"""Finished files: written whole beside their place, then renamed; nothing half done ever has the final name."""

import errno
import os
import stat
import uuid
from pathlib import Path

from app.errors import AppError, AskedWrongError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_LONGEST_NAME = 255
_LOCKED_ON_WINDOWS = (32, 33)


def place(path: Path, *suffixes: str) -> Path:
    """Check before the work that a file can be put there, and follow links to where it really lies.

    Raises:
        AskedWrongError: another kind of file, a folder, or no such folder.
        AppError: the file or its folder cannot be written.
    """
    if path.suffix.lower() not in suffixes:
        raise AskedWrongError(f"“{path.name}” does not end in {' or '.join(suffixes)}.", "Give the file such a name.")
    if len(path.name.encode()) > _LONGEST_NAME - len(_temporary("")):
        raise AskedWrongError("The name of the file is too long.", "Choose a shorter one.")
    target = path.resolve()
    if target.is_dir():
        raise AskedWrongError(f"{path} is a folder.", "Name a file in it.")
    if not target.parent.is_dir():
        raise AskedWrongError(f"There is no folder {path.parent}.", "Make it first, or choose another place.")
    if target.exists() and not (_may_write(target) and target.stat().st_mode & stat.S_IWUSR):
        raise AppError(f"{path} is read-only and was not touched.", "Choose another name, or allow changes to it.")
    if not os.access(target.parent, os.W_OK):
        raise AppError(f"Nothing can be written in {path.parent}.", "Choose another folder.")
    return target


def put(path: Path, content: bytes) -> None:
    """Write a file whole: under a passing name beside its place, then renamed. An old file stays until then.

    Raises AppError where the disk is full, the folder refuses, or the old file is open elsewhere.
    """
    unfinished = path.with_name(_temporary(path.name))
    try:
        try:
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                unfinished.chmod(stat.S_IMODE(path.stat().st_mode))
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise refusal(path, error) from None


def _temporary(name: str) -> str:
    return f".{name}.{uuid.uuid4().hex[:8]}.part"


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK)


def refusal(path: Path, error: OSError) -> AppError:
    """Say why a file was not written: the disk is full, it is open elsewhere, the folder refuses."""
    if error.errno in _FULL:
        return AppError(f"The disk is full: {path.name} was not written.", "Make room, then try again.")
    windows = getattr(error, "winerror", None)
    if windows in _LOCKED_ON_WINDOWS or (windows is not None and isinstance(error, PermissionError) and path.exists()):
        return AppError(f"{path.name} is open in another program.", "Close it there, then try again.")
    reason = error.strerror or "the system refused"
    return AppError(f"{path.name} was not written: {reason}.", "Choose another folder, or check its permissions.")
