"""The commands' names, and how words are refused; apart from their parser, so that the window starts without it."""

import argparse
from typing import NoReturn

from app.errors import AskedWrongError

COMMANDS = frozenset(
    {
        *("demo", "new", "check", "backup", "restore", "rescue"),
        *("import", "export", "review"),
        *("metrics", "warnings", "today"),
        *("log", "history", "undo", "redo"),
    }
)


class Parser(argparse.ArgumentParser):
    """Refuses in one plain sentence; the program decides how to say it."""

    def error(self, message: str) -> NoReturn:
        """Refuse what was asked."""
        raise AskedWrongError(f"{message[:1].upper()}{message[1:]}.", f"“{self.prog} --help” shows the words.")
