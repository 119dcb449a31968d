"""What a reader gives: rows of text as they stand in the file, and what has to be told about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

MAX_ROWS = 200_000
MAX_COLUMNS = 500

Run: TypeAlias = tuple[int, int, str]
"""Rows of a column, from the first to the last by their index, whose cells show the same currency: its sign or code."""


class NumberText(str):
    """A number cell of a workbook, written exactly with a decimal point whatever the column's mark is."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet as it stands: the row at index i is row i + 1 of the file, a blank row is an empty list.

    Dates of workbooks are ISO text, numbers NumberText, error cells their name (`#N/A`). `complete` is False for a
    preview of the first rows. `notes` are sentences for the person. `signs` are the currencies that a workbook shows by
    the format of its cells alone, by column.
    """

    name: str
    rows: list[list[str]]
    notes: tuple[str, ...] = ()
    complete: bool = True
    signs: Mapping[int, Sequence[Run]] = field(default_factory=dict)


def too_many_rows() -> tuple[str, str]:
    """Say that a list is too long, and what to do."""
    return f"The list has more than {MAX_ROWS:,} rows.", "Split it into parts and import them one after another."
