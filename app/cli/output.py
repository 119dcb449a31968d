"""What the command line says: answers on standard output, refusals in one plain sentence on standard error."""

import io
import json
import os
import sys
from typing import Any

from app.domain.checking import InvalidInputError
from app.errors import AppError


def never_fail_on_letters() -> None:
    """Let a terminal that knows few letters show the others by number rather than stop the answer."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def leave_quietly() -> None:
    """Say nothing more to whoever has stopped reading, not even at the end of the program."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str = "") -> None:
    """Write a line of the answer."""
    sys.stdout.write(text + "\n")


def say_json(answer: dict[str, Any]) -> None:
    """Write the one JSON object of an answer."""
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def refuse(error: AppError | InvalidInputError, *, as_json: bool) -> int:
    """Say why nothing was done; gives the exit code."""
    code = error.exit_code if isinstance(error, AppError) else 2
    complain(str(error), code, as_json=as_json)
    return code


def complain(sentence: str, code: int, *, as_json: bool) -> None:
    """Say one plain sentence on standard error, and as JSON where that was asked for."""
    try:
        if as_json:
            say_json({"error": {"code": code, "sentence": sentence}})
        sys.stdout.flush()
    except OSError:
        # Nothing can be written there, which may be why we complain.
        leave_quietly()
    sys.stderr.write(f"rapport: {sentence}\n")


def note(sentence: str) -> None:
    """Say on standard error what went wrong beside what was asked, which was done."""
    sys.stderr.write(f"rapport: {sentence}\n")


def table(rows: list[tuple[str, ...]], *, right: frozenset[int] = frozenset()) -> None:
    """Write rows as columns, those named set to the right."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))] if rows else []
    for row in rows:
        cells = (
            text.rjust(width) if at in right else text.ljust(width)
            for at, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        say("  ".join(cells).rstrip())
