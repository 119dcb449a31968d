"""A report of a bug to read and copy: where it happened and with what versions, never a client's data."""

import re
import sys
import traceback
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parents[1]
# Where a quotation ends cannot be told of words that hold quotation marks themselves: nothing after the first is kept.
_QUOTED = re.compile(r"['\"“].*", re.DOTALL)
_ADDRESS = re.compile(r"\S+@\S+|(?<!\w)[/\\]\S+|\d{3,}")


def crash_report(error: BaseException, version: str) -> str:
    """Write the report; the error's own words are masked, its place is exact, locals are never shown."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {place_of(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
    return "\n".join([versions(version), f"{type(error).__name__}: {masked(str(error))}", *places])


def versions(version: str) -> str:
    """Name the program, what it runs on, and their versions, on two lines."""
    python = ".".join(map(str, sys.version_info[:3]))
    return f"Rapport {version}\nPython {python}, PySide6 {PySide6.__version__}, {sys.platform}"


def masked(words: str) -> str:
    """Take out what may be a client's: quoted text, addresses, paths, long numbers."""
    return _ADDRESS.sub("…", _QUOTED.sub("…", words))[:300]


def place_of(filename: str) -> str:
    """Give a file of the program as it lies in it, any other by its name alone."""
    path = Path(filename)
    if path.is_relative_to(ROOT):
        return path.relative_to(ROOT).as_posix()
    return path.name
