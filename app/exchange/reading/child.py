"""The child process that parses workbooks from outside: it may be slow, abort or be killed, and never opens a book.

It writes JSON lines: `{"sheets": [[name, hidden]], "notes": []}`, then for each sheet read `{"sheet": name, "left": n}`
and `{"rows": [...]}`, `{"alive": true}` between, and `{"end": true}` or `{"refused": [sentence, mend]}` last.
"""

import argparse
import contextlib
import json
import sys
import time as clock
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app.exchange.reading import prescan
from app.exchange.reading.grid import MAX_COLUMNS, MAX_ROWS

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

HIDDEN_ARGUMENT = "--read-workbook"
MEMORY_BYTES = 1 << 30
CPU_SECONDS = 120
CHUNK = 500
PREVIEW_ROWS = 60
BEAT_SECONDS = 0.5
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))

type_cell = int | float | str | bool | time | date | datetime | timedelta


class _Speaker:
    """Writes messages to standard output, and a sign of life at most every half second."""

    def __init__(self) -> None:
        self._last = clock.monotonic()

    def say(self, message: dict[str, object]) -> None:
        sys.stdout.write(json.dumps(message, ensure_ascii=True, separators=(",", ":")) + "\n")
        sys.stdout.flush()
        self._last = clock.monotonic()

    def beat(self) -> None:
        if clock.monotonic() - self._last > BEAT_SECONDS:
            self.say({"alive": True})


def main(argv: Sequence[str]) -> int:
    """Read a workbook: PATH [--sheet NAME] [--full]; rows of every visible sheet's beginning, or of the sheet named."""
    parser = argparse.ArgumentParser(prog="rapport --read-workbook")
    parser.add_argument("path", type=Path)
    parser.add_argument("--sheet")
    arguments = parser.parse_args([argument for argument in argv if argument != HIDDEN_ARGUMENT])
    _limit()
    speaker = _Speaker()
    try:
        _read(arguments.path, arguments.sheet, speaker)
    except prescan.RefusedError as refused:
        speaker.say({"refused": [refused.sentence, refused.mend]})
    except MemoryError:
        speaker.say({"refused": ["The workbook needs too much memory.", "Save the list as csv and try again."]})
    except BrokenPipeError:
        return 1
    return 0


def _limit() -> None:
    """Bound memory, time and files written, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    for kind, limit in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


def _read(path: Path, sheet: str | None, speaker: _Speaker) -> None:
    with path.open("rb") as file:
        head = file.read(4)
    found = _scan_ole(path) if head == _OLE else prescan.scan(path, speaker.beat)
    workbook = _open(path)
    visible = _say_sheets(workbook, found, speaker)
    if sheet is not None:
        if sheet not in workbook.sheet_names:
            raise prescan.RefusedError(
                f"The workbook has no sheet “{sheet}”.", f"It has: {', '.join(workbook.sheet_names)}."
            )
        _say_sheet(workbook, sheet, found, speaker)
    elif len(visible) == 1:
        _say_sheet(workbook, visible[0], found, speaker)
    else:
        for name in visible:
            _say_sheet(workbook, name, found, speaker, PREVIEW_ROWS)
    speaker.say({"end": True})


def _scan_ole(path: Path) -> prescan.Scan:
    data = path.read_bytes()
    if _ENCRYPTED in data:
        raise prescan.RefusedError("The workbook is protected by a password.", "Save it without one and try again.")
    if not any(stream in data for stream in _OLE_STREAMS):
        raise prescan.RefusedError("The file is an Office file, but not a workbook.", "Save the list as xlsx or csv.")
    return prescan.Scan()


def _open(path: Path) -> "CalamineWorkbook":
    import python_calamine

    try:
        with path.open("rb") as file:
            return python_calamine.CalamineWorkbook.from_filelike(file)
    except python_calamine.PasswordError as error:
        sentence = "The workbook is protected by a password."
        raise prescan.RefusedError(sentence, "Save it without one and try again.") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise prescan.RefusedError("The workbook is damaged or of a kind not known.", prescan.SAVE_AGAIN) from error


def _say_sheets(workbook: "CalamineWorkbook", found: prescan.Scan, speaker: _Speaker) -> list[str]:
    import python_calamine

    visible_kind = python_calamine.SheetVisibleEnum.Visible
    sheets = [
        (sheet.name, sheet.visible != visible_kind)
        for sheet in workbook.sheets_metadata
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    if len(sheets) > prescan.MAX_SHEETS:
        sentence = f"The workbook has more than {prescan.MAX_SHEETS} sheets."
        raise prescan.RefusedError(sentence, "Save the list in a workbook of its own.")
    hidden = [name for name, is_hidden in sheets if is_hidden]
    if hidden:
        found.notes.append(f"Hidden sheets are not read unless named: {', '.join(hidden)}.")
    speaker.say({"sheets": sheets, "notes": found.notes, "currencies": found.currencies})
    return [name for name, is_hidden in sheets if not is_hidden]


def _say_sheet(
    workbook: "CalamineWorkbook", name: str, found: prescan.Scan, speaker: _Speaker, most: int | None = None
) -> None:
    facts = found.sheets.get(name, prescan.SheetFacts())
    if facts.far_cell:
        raise prescan.far_sentence(name, facts.far_cell)
    sheet = _sheet(workbook, name)
    left = sheet.start[1] if sheet.start else 0
    if sheet.end and (sheet.end[0] >= MAX_ROWS + PREVIEW_ROWS or sheet.end[1] >= MAX_COLUMNS):
        raise prescan.far_sentence(name, f"in row {sheet.end[0] + 1}, column {sheet.end[1] + 1}")
    height = sheet.end[0] + 1 if sheet.end else 0
    speaker.say(
        {
            "sheet": name,
            "left": left,
            "height": height,
            "complete": most is None or height <= most,
            "errors": [[row, column, text] for (row, column), text in facts.errors.items()],
            "unstored": facts.unstored,
            "hidden_rows": facts.hidden_rows,
            "signs": [[column, runs] for column, runs in facts.signs.items()],
            "hidden_columns": _within(facts.hidden_columns, left + 1, sheet.end[1] + 1 if sheet.end else 0),
        }
    )
    rows: list[list[object]] = []
    for number, cells in enumerate(sheet.iter_rows() if sheet.start else ()):
        if most is not None and number >= most:
            break
        rows.append(_plain(cells))
        if len(rows) == CHUNK:
            speaker.say({"rows": rows})
            rows = []
    speaker.say({"rows": rows})


def _within(columns: Sequence[tuple[int, int]], first: int, last: int) -> int:
    """Count the columns, each given from one to another, that lie where the sheet has cells."""
    return len({column for a, b in columns for column in range(max(a, first), min(b, last) + 1)})


def _sheet(workbook: "CalamineWorkbook", name: str) -> "CalamineSheet":
    import python_calamine

    try:
        return workbook.get_sheet_by_name(name)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise prescan.RefusedError(f"The sheet “{name}” is damaged.", prescan.SAVE_AGAIN) from error


def _plain(cells: Iterable[type_cell]) -> list[object]:
    """Give cells as JSON can hold them: numbers as they are, days and times as ISO text, blank rows empty."""
    row: list[object] = [
        cell if type(cell) is str or type(cell) is float or type(cell) is int else _text(cell) for cell in cells
    ]
    return row if any(cell != "" for cell in row) else []


def _text(cell: type_cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("seconds")
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return str(cell)
