"""The log: five files of one megabyte, the owner's alone, without a client's name in them."""

import logging
import os
import traceback
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from app.paths import Paths


class OwnersLog(RotatingFileHandler):
    """A rotating log that only its owner may read, whatever the umask."""

    def _open(self) -> TextIOWrapper:
        os.close(os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
        return super()._open()


def start(path: Path) -> None:
    """Begin to log into a file; what is logged names ids, never clients. A log begun before is ended."""
    handler = OwnersLog(path, maxBytes=1_000_000, backupCount=4, encoding="utf-8")
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
