"""Workbooks read through the child process: started, watched, killed where it hangs, its rows taken as text."""

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import inf
from pathlib import Path
from typing import IO, Any

from app.collector import collector_paused
from app.errors import AppError, AskedWrongError
from app.exchange.reading.child import HIDDEN_ARGUMENT
from app.exchange.reading.grid import MAX_ROWS, Grid, NumberText, Run, too_many_rows
from app.exchange.reading.progress import UNWATCHED, Watch
from app.words.catalogue import trn

STALLED_SECONDS = 10.0
WAIT_SECONDS = 0.1
MAX_LINE = 64_000_000
EXACT_DIGITS = 1e15
MAIN = Path(__file__).resolve().parents[3] / "main.py"


@dataclass(frozen=True, slots=True)
class SheetName:
    """A sheet of a workbook by name, and whether it is hidden there."""

    name: str
    hidden: bool


@dataclass(slots=True)
class Workbook:
    """What was read: all sheets' names, the notes, and grids (complete, or previews of the first rows).

    `currencies` are those that cells of an ods are in by their format, and how many; where they stand is not known.
    """

    sheets: list[SheetName] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    grids: dict[str, Grid] = field(default_factory=dict)
    currencies: dict[str, int] = field(default_factory=dict)


def child_command() -> list[str]:
    """Give the command that starts the child: this program with its hidden argument, frozen or from source."""
    if getattr(sys, "frozen", False):
        return [sys.executable, HIDDEN_ARGUMENT]
    return [sys.executable, str(MAIN), HIDDEN_ARGUMENT]


def read_workbook(
    path: Path, sheet: str | None = None, watch: Watch = UNWATCHED, command: Sequence[str] | None = None
) -> Workbook:
    """Read one sheet of a workbook, or without a name the only visible one, or previews of all visible ones.

    Raises AskedWrongError with the reason where the file is no workbook that can be read, AppError where the child
    cannot be started, CancelledError where the person cancelled.
    """
    arguments = [*(command or child_command()), str(path.resolve())]
    if sheet is not None:
        arguments += ["--sheet", sheet]
    try:
        process = subprocess.Popen(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise AppError("The part of the program that reads workbooks cannot be started.", str(error)) from error
    try:
        with collector_paused():
            return _collect(path, process, watch)
    finally:
        process.kill()
        process.wait()


def _collect(path: Path, process: subprocess.Popen[bytes], watch: Watch) -> Workbook:
    workbook = Workbook()
    building: _Building | None = None
    ended = False
    for message in _messages(path, process, watch):
        if "refused" in message:
            raise AskedWrongError(f"{path.name}: {message['refused'][0]}", message["refused"][1])
        if "sheets" in message:
            workbook.sheets = [SheetName(name, hidden) for name, hidden in message["sheets"]]
            workbook.notes = message["notes"]
            workbook.currencies = message["currencies"]
        elif "sheet" in message:
            building = _Building(message, workbook)
        elif "rows" in message and building:
            building.take(message["rows"])
            watch.step(building.taken, building.height)
        ended = ended or "end" in message
    if not ended:
        raise AskedWrongError(
            f"{path.name} cannot be read: it is damaged, or needs more memory than a list should.",
            "Copy the list alone into a new workbook, or save it as csv.",
        )
    return workbook


def _messages(path: Path, process: subprocess.Popen[bytes], watch: Watch) -> Iterator[dict[str, Any]]:
    """Give the child's messages; a reader thread fills a short queue, so that silence and cancel are noticed."""
    lines: queue.Queue[bytes] = queue.Queue(maxsize=16)
    stop = threading.Event()
    assert process.stdout is not None
    reader = threading.Thread(target=_pump, args=(process.stdout, lines, stop), daemon=True)
    reader.start()
    last = time.monotonic()
    try:
        while True:
            try:
                line = lines.get(timeout=WAIT_SECONDS)
            except queue.Empty:
                watch.step(0)
                if time.monotonic() - last > STALLED_SECONDS:
                    raise AskedWrongError(
                        f"{path.name} takes too long to read.",
                        "Copy the list alone into a new workbook, or save it as csv.",
                    ) from None
                continue
            last = time.monotonic()
            if not line:
                return
            yield _decoded(line)
    finally:
        stop.set()
        process.kill()
        reader.join()
        process.stdout.close()


def _decoded(line: bytes) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}


def _pump(stream: IO[bytes], lines: "queue.Queue[bytes]", stop: threading.Event) -> None:
    while not stop.is_set():
        line = stream.readline(MAX_LINE)
        while not stop.is_set():
            try:
                lines.put(line, timeout=WAIT_SECONDS)
                break
            except queue.Full:
                continue
        if not line:
            return


class _Building:
    """One sheet's rows as they arrive, written into the workbook's grids."""

    def __init__(self, message: dict[str, Any], workbook: Workbook) -> None:
        self._left: int = message["left"]
        self._rows: list[list[str]] = []
        self._errors: dict[int, list[tuple[int, str]]] = {}
        for row, column, text in message["errors"]:
            self._errors.setdefault(row, []).append((column, text))
        self._signs: dict[int, list[Run]] = {
            column - self._left: [(first, last, sign) for first, last, sign in runs]
            for column, runs in message["signs"]
            if column >= self._left
        }
        self.height: int = message["height"]
        self.taken = 0
        self._many_digits = 0
        self._notes: list[str] = _notes(message)
        self._grid_name: str = message["sheet"]
        self._workbook = workbook
        self._complete: bool = message["complete"]

    def take(self, rows: list[list[Any]]) -> None:
        """Take a chunk of rows: numbers become exact text, error cells their name."""
        for cells in rows:
            row = [cell if type(cell) is str else self._number(cell) for cell in cells]
            if self.taken in self._errors:
                self._put_errors(row)
            self._rows.append(row)
            self.taken += 1
        if self.taken > MAX_ROWS + 100:
            raise AskedWrongError(*too_many_rows())
        notes = list(self._notes)
        if self._many_digits:
            notes.append(
                trn(
                    "{n} number has 16 digits or more; the spreadsheet has already lost its last ones.",
                    "{n} numbers have 16 digits or more; the spreadsheet has already lost their last ones.",
                    self._many_digits,
                )
            )
        self._workbook.grids[self._grid_name] = Grid(
            self._grid_name, self._rows, tuple(notes), self._complete, self._signs
        )

    def _put_errors(self, row: list[str]) -> None:
        for column, text in self._errors[self.taken]:
            index = column - self._left
            if index >= 0:
                row += [""] * (index + 1 - len(row))
                row[index] = text or "#ERROR"

    def _number(self, cell: float) -> str:
        if EXACT_DIGITS <= abs(cell) < inf:
            self._many_digits += 1
        return number_text(cell)


def number_text(number: float) -> NumberText:
    """Write a cell's number as a spreadsheet means it: 15 digits, no exponent (440.0 -> 440, 0.1+0.2 -> 0.3)."""
    text = format(number, ".15g")
    if "e" in text:
        text = format(Decimal(text), "f")
    return NumberText(text)


def _notes(message: dict[str, Any]) -> list[str]:
    notes = []
    if message["unstored"]:
        notes.append(
            f"Formulas without a stored value in “{message['sheet']}”: {message['unstored']}. Open the workbook in the"
            " spreadsheet and save it first."
        )
    rows, columns = message["hidden_rows"], message["hidden_columns"]
    hidden = [trn("{n} row", "{n} rows", rows)] if rows else []
    hidden += [trn("{n} column", "{n} columns", columns)] if columns else []
    if hidden:
        notes.append(f"Hidden in “{message['sheet']}”, read as well: {', '.join(hidden)}.")
    return notes
