"""The log: five files of at most a megabyte, the owner's alone, without a client's name in them."""

import logging
import os
import traceback
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

from app.paths import Paths

MOST_BYTES, OLDER = 1_000_000, 4


class OwnersLog(logging.FileHandler):
    """A log that only its owner may read, whatever the umask; a full file is kept beside it as `.1`, older ones above.

    Python's own rotating log is imported with sockets and pickles, for which the window would wait.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, in a new file where this one has no room for it."""
        try:
            line = len(self.format(record).encode("utf-8", "replace")) + len(self.terminator)
            if self.stream and self.stream.tell() + line > MOST_BYTES:
                full, self.stream = self.stream, None
                full.close()
                self._make_room()
            super().emit(record)
        except OSError:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - Python's name
        """Say nothing: a log that cannot be written stops nothing, and nobody reads the terminal."""

    def _make_room(self) -> None:
        places = [Path(self.baseFilename), *(Path(f"{self.baseFilename}.{age}") for age in range(1, OLDER + 1))]
        for older, newer in zip(reversed(places[1:]), reversed(places[:-1]), strict=True):
            # A file that another program holds open stays where it is, and grows.
            with suppress(OSError):
                newer.replace(older)

    def _open(self) -> TextIOWrapper:
        os.close(os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
        return super()._open()


def start(path: Path) -> None:
    """Begin to log into a file; what is logged names ids, never clients. A log begun before is ended."""
    handler = OwnersLog(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(_without_data)
    root = logging.getLogger()
    for old in [known for known in root.handlers if isinstance(known, OwnersLog)]:
        root.removeHandler(old)
        old.close()
    root.setLevel(logging.INFO)
    root.addHandler(handler)


def start_where_possible(paths: Paths) -> Path | None:
    """Begin to log in this person's folder; None where nothing can be written, which stops no answer."""
    try:
        path = paths.log
        start(path)
    except OSError:
        logging.getLogger().addHandler(logging.NullHandler())
        return None
    return path


def _without_data(record: logging.LogRecord) -> bool:
    """Keep where an error happened and its kind; its words may hold what a person typed."""
    if record.exc_info:
        record.exc_text = "".join(_places(record.exc_info[1]))
    return True


def _places(error: BaseException | None) -> list[str]:
    lines: list[str] = []
    while error is not None:
        lines[:0] = [*traceback.format_tb(error.__traceback__), f"{type(error).__qualname__}\n"]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines
