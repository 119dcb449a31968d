"""Faults beneath Python, in Qt or SQLite, that end the program: noted in a file, told at the next start (case 55).

The file is the owner's alone. What was open then is checked from end to end when it is opened again: its seal says that
nobody closed it.
"""

import faulthandler
import os
import re
from contextlib import suppress
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from app.words.catalogue import tr
from ui.crash_report import place_of, versions

if TYPE_CHECKING:
    from ui.application import Rapport

MOST_LINES = 200
NOTICE = "native-crash"
_FRAME = re.compile(r'\s+File "(?P<file>.*)", line (?P<line>\d+) in (?P<name>.*)')
_FATAL = re.compile(r"Fatal Python error|access violation|stack overflow")
_HEAD = re.compile(r"(Fatal Python error|Windows fatal exception|Current thread|Thread)\b.*")


class NativeCrash:
    """One run's watch: `left()`, then `watch()`, when it begins, and `end()` when it has ended well."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIOWrapper | None = None

    def left(self) -> str:
        """Give what the last run noted; '' where it ended well, or outlived what Windows had raised."""
        noted = ""
        with suppress(OSError):
            noted = self._path.read_text("utf-8", errors="replace")
        return noted if _FATAL.search(noted) else ""

    def watch(self) -> None:
        """Note from now on where a fault strikes."""
        with suppress(OSError, ValueError):
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            self._file = os.fdopen(descriptor, "w", encoding="utf-8")
            faulthandler.enable(self._file)

    def end(self) -> None:
        """Stop watching; nothing is left to tell."""
        if self._file:
            faulthandler.disable()
            self._file.close()
            self._file = None
            with suppress(OSError):
                self._path.unlink()


def report_of(noted: str, version: str) -> str:
    """Write what was noted as a report to read and copy: places and versions, no path of a person's folders."""
    lines = [versions(version)]
    for line in noted.splitlines():
        frame = _FRAME.fullmatch(line)
        if frame:
            lines.append(f"  {place_of(frame['file'])}:{frame['line']} in {frame['name']}")
        elif _HEAD.match(line):
            lines.append(line)
    return "\n".join(lines[:MOST_LINES])


def tell(program: "Rapport", noted: str, version: str) -> None:
    """Tell a person in a bar that the last run ended so, with the report one click away."""
    report = partial(
        program.messages.report,
        tr("Rapport was ended by a fault of its own"),
        tr("Everything that was saved is in the book. Send this report to whoever looks after Rapport for you."),
        report_of(noted, version),
        tr("It says where in the program it happened, and nothing of your clients."),
    )
    close = (tr("Close"), partial(program.window.set_notice, NOTICE, ""))
    program.window.set_notice(
        NOTICE,
        tr(
            "Rapport was ended by a fault of its own the last time. What was saved is in the book; a book that was open"
            " then is checked from end to end."
        ),
        action=tr("Show the report…"),
        run=report,
        second=close,
    )
