"""The log: five files of one megabyte, without a client's name in them."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path


def start(path: Path) -> None:
    """Begin to log into a file, the owner's alone; what is logged names ids, never clients."""
    path.touch(mode=0o600)
    handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=4, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    root.addHandler(handler)
