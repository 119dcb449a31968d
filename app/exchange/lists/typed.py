"""A list read: typed values by column, rows made of them when asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from app.domain.checking import Problem

Column = Sequence[Any]
Row = TypeVar("Row")


@dataclass(slots=True)
class TypedRows(Generic[Row]):
    """A list read: its rows as typed values, one Problem for each row that has any, rows left out, and notices.

    `columns` hold the values in the order of the row's fields, for work on whole columns. `total` rows stand in the
    file; `total == count + len(problems) + len(skipped)` always.
    """

    make: Callable[[Sequence[Any]], Row]
    columns: list[Column]
    problems: list[Problem]
    skipped: list[int]
    notices: list[str]
    total: int
    _rows: list[Row] | None = field(default=None, repr=False, compare=False)

    @property
    def count(self) -> int:
        """How many rows were read without a problem."""
        return len(self.columns[0]) if self.columns else 0

    @property
    def rows(self) -> list[Row]:
        """Give the rows as values, made once."""
        if self._rows is None:
            self._rows = list(map(self.make, zip(*self.columns, strict=True)))
        return self._rows
