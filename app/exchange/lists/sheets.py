"""A list in a grid: the header row found, its columns numbered, its rows held to its width (RELIABILITY 67-69)."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.checking import Problem
from app.errors import AskedWrongError
from app.exchange.lists.headers import header_key, header_keys
from app.exchange.lists.synonyms import ALL_KEYS
from app.exchange.reading.grid import MAX_ROWS, Grid, NumberText, Run, too_many_rows

HEADER_AMONG = 40
LONGEST_HEADER = 60
_FIGURES = re.compile(r"[\W\d_]*[0-9][\W\d_]*")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list: its header, made unique, its cells by column (blanks around them taken off), and the rows' numbers.

    `header_row` is the header's number in the file, 0 where the list has none (columns are then called Column 1 ...).
    `ragged` are the rows that do not have the header's width; they are never shifted into it. `runs` are where a
    workbook shows a currency by the format of its cells alone.
    """

    name: str
    header: tuple[str, ...]
    header_row: int
    columns: list[list[str]]
    numbers: list[int]
    ragged: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    runs: Mapping[int, Sequence[Run]] = field(default_factory=dict)

    def sample(self, index: int, most: int = 3) -> tuple[str, ...]:
        """Give the first few different cells of a column, for showing."""
        return tuple(dict.fromkeys(filter(None, self.columns[index][:200])))[:most]

    def signs(self, index: int) -> list[str]:
        """Give the currency's sign or code that the format of each cell of a column shows, empty where it shows none.

        The list is empty where no cell of the column does.
        """
        runs = self.runs.get(index, ())
        places = {row: sign for first, last, sign in runs for row in range(first + 1, last + 2)}
        return [places.get(number, "") for number in self.numbers] if places else []

    @property
    def row_count(self) -> int:
        """How many rows the list has, those of a wrong width included."""
        return len(self.numbers) + len(self.ragged)


def make_sheet(grid: Grid, named: Collection[str] = (), header_row: int | None = None) -> Sheet:
    """Find the header (or take the row given, 0 for none) and hold the rows to its width.

    `named` are columns a person named, which the header then must hold. Raises AskedWrongError where there are no rows.
    """
    filled = _filled(grid.rows)
    if not filled:
        raise AskedWrongError(f"{_title(grid)} holds no rows.", "Choose another sheet or file.")
    at = _find_header(grid.rows, filled, named) if header_row is None else header_row - 1
    at = None if at == -1 else at
    start = 0 if at is None else at + 1
    width = max(len(grid.rows[index]) for index in filled[:HEADER_AMONG]) if at is None else len(grid.rows[at])
    header = [f"Column {number}" for number in range(1, width + 1)] if at is None else _numbered(grid.rows[at])
    if len(grid.rows) - start > MAX_ROWS and sum(index >= start for index in filled) > MAX_ROWS:
        raise AskedWrongError(*too_many_rows())
    rows, numbers, ragged = _hold_to_width(grid.rows, filled, start, width)
    columns = _columns(rows, width, typed=bool(grid.name))
    return Sheet(grid.name, tuple(header), start, columns, numbers, tuple(ragged), grid.notes, grid.signs)


def _filled(rows: list[list[str]]) -> Sequence[int]:
    """Give the indexes of the rows that are not blank."""
    if all(map(len, rows)) and all(row[0].strip() for row in rows):
        return range(len(rows))
    return [index for index, row in enumerate(rows) if any(map(str.strip, row))]


def _hold_to_width(
    rows: list[list[str]], filled: Sequence[int], start: int, width: int
) -> tuple[list[list[str]], list[int], list[Problem]]:
    body = rows[start:]
    if len(filled) == len(rows) and set(map(len, body)) == {width}:
        return body, list(range(start + 1, len(rows) + 1)), []
    held: list[list[str]] = []
    numbers: list[int] = []
    ragged: list[Problem] = []
    for index in filled:
        if index < start:
            continue
        row = rows[index]
        if len(row) > width and not any(map(str.strip, row[width:])):
            row = row[:width]
        if len(row) == width:
            held.append(row)
            numbers.append(index + 1)
        else:
            ragged.append(_ragged(index + 1, len(row), width))
    return held, numbers, ragged


def _columns(rows: list[list[str]], width: int, *, typed: bool) -> list[list[str]]:
    if not rows:
        return [[] for _ in range(width)]
    if not typed:
        return [list(map(str.strip, column)) for column in zip(*rows, strict=True)]
    return [
        [cell if type(cell) is NumberText else cell.strip() for cell in column] for column in zip(*rows, strict=True)
    ]


def beginning(sheet: Sheet, most: int = 200) -> Sheet:
    """Give the sheet's first rows only, enough for recognising columns."""
    columns = [column[:most] for column in sheet.columns]
    return replace(sheet, columns=columns, numbers=sheet.numbers[:most], ragged=())


def _title(grid: Grid) -> str:
    return f"The sheet “{grid.name}”" if grid.name else "The file"


def _ragged(number: int, cells: int, width: int) -> Problem:
    what = "cell" if cells == 1 else "cells"
    return Problem(
        "",
        f"The row has {cells} {what} where the header has {width}.",
        "A separator or quote is missing or too many; mend it in the file.",
        number,
    )


def _find_header(rows: list[list[str]], filled: Sequence[int], named: Collection[str]) -> int | None:
    """Take the row among the first that holds most known or named columns; else a first row of words only."""
    wanted = {header_key(name) for name in named}
    best, best_score = None, 0
    for index in filled[:HEADER_AMONG]:
        score = 0
        for cell in rows[index]:
            if not cell.strip():
                continue
            keys = header_keys(cell)
            if wanted.intersection(keys):
                score += 5
            elif len(cell) <= LONGEST_HEADER and ALL_KEYS.intersection(keys):
                score += 2
            elif _FIGURES.fullmatch(cell) or isinstance(cell, NumberText):
                score -= 1
        if score > best_score:
            best, best_score = index, score
    if best is not None:
        return best
    usual = Counter(len([cell for cell in rows[index] if cell.strip()]) for index in filled[:HEADER_AMONG])
    width = usual.most_common(1)[0][0]
    first = next((index for index in filled[:HEADER_AMONG] if len(rows[index]) >= width), filled[0])
    cells = [cell.strip() for cell in rows[first] if cell.strip()]
    words_only = not any(_FIGURES.fullmatch(cell) for cell in cells)
    body_has_figures = any(_FIGURES.fullmatch(cell.strip()) for index in filled[1:20] for cell in rows[index] if cell)
    return first if words_only and body_has_figures and len(set(cells)) == len(cells) else None


def _numbered(cells: list[str]) -> list[str]:
    """Make headers unique: an empty one is called by its place, a second `Amount` becomes `Amount (2)`."""
    names: list[str] = []
    seen: Counter[str] = Counter()
    for place, cell in enumerate(cells, 1):
        name = " ".join(cell.split())
        if len(name) > LONGEST_HEADER:
            name = name[: LONGEST_HEADER - 1] + "…"
        name = name or f"Column {place}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names
