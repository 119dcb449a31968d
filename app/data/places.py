"""What this computer says of its folders: what is mounted, which folders a cloud copies, what lies beside a book."""

import json
import os
import platform
import re
import sys
from contextlib import suppress
from pathlib import Path

from app.domain.places import Place, Surroundings, conflicted_copies, place_of

_MOUNTS = Path("/proc/self/mountinfo")
# Windows and macOS say so of a file that a cloud shows but has not brought here.
_RECALLED, _OFFLINE, _DATALESS = 0x00400000, 0x00001000, 0x40000000


def place_of_book(path: Path) -> Place:
    """Tell what kind of place a book lies in."""
    return place_of(str(path.parent), surroundings())


def surroundings() -> Surroundings:
    """Gather what places are told by."""
    home = Path.home()
    return Surroundings(str(home), dict(os.environ), _mounts(), _dropboxes(home))


def conflicted_beside(path: Path) -> list[Path]:
    """Give the copies of a book that a sync program made beside it."""
    with suppress(OSError):
        names = [found.name for found in path.parent.iterdir()]
        return [path.with_name(name) for name in conflicted_copies(path.name, names, platform.node())]
    return []


def still_in_the_cloud(path: Path) -> bool:
    """Tell whether a cloud shows this file, but has not brought its bytes to this computer."""
    with suppress(OSError):
        if (path.parent / f".{path.name}.icloud").exists() and not path.exists():
            return True
    with suppress(OSError):
        found = path.stat()
        return not_here(getattr(found, "st_file_attributes", 0), getattr(found, "st_flags", 0))
    return False


def not_here(attributes: int, flags: int) -> bool:
    """Tell from a file's attributes (Windows) or flags (macOS) that reading it would first have to fetch it."""
    return bool(attributes & (_RECALLED | _OFFLINE) or flags & _DATALESS)


def _mounts() -> dict[str, str]:
    mounts = _drives()
    with suppress(OSError):
        for line in _MOUNTS.read_text("utf-8", "surrogateescape").splitlines():
            before, _, after = line.partition(" - ")
            point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), before.split()[4])
            mounts[point] = after.split()[0]
    return mounts


def _drives() -> dict[str, str]:
    """Give what Windows says of its drive letters; what it calls fixed is no news."""
    drives: dict[str, str] = {}
    if sys.platform == "win32":
        import ctypes

        kinds = {2: "removable", 4: "remote"}
        for root in (f"{letter}:\\" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
            kind = ctypes.windll.kernel32.GetDriveTypeW(root)
            if kind in kinds:
                drives[root] = kinds[kind]
    return drives


def _dropboxes(home: Path) -> dict[str, str]:
    """Give the folders that Dropbox says are its own."""
    folders = {}
    places = [home / ".dropbox"]
    places += [Path(os.environ[name]) / "Dropbox" for name in ("APPDATA", "LOCALAPPDATA") if os.environ.get(name)]
    for place in places:
        with suppress(OSError, ValueError, TypeError, AttributeError, KeyError):
            known = json.loads((place / "info.json").read_text("utf-8"))
            folders.update({str(account["path"]): "Dropbox" for account in known.values()})
    return folders
