"""Columns turned into typed values all at once, each different cell read one time; what cannot be read is a Problem."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from itertools import compress
from typing import Any, TypeVar

from app.domain.checking import Problem
from app.domain.currencies import is_code
from app.domain.names import is_blank, tidy
from app.domain.parsing import Amount, DateOrder, DecimalMark, parse_amount, parse_date
from app.domain.parsing.shown import shown
from app.exchange.lists.fields import Holds, fields_holding
from app.exchange.lists.headers import header_key
from app.exchange.lists.recognition import Mapping as ColumnMapping
from app.exchange.lists.sheets import Sheet
from app.exchange.lists.totals import Total, totals
from app.exchange.lists.typed import Column, TypedRows
from app.exchange.lists.words import TRUTHS, word_key
from app.exchange.reading.grid import NumberText
from app.words import formats
from app.words.catalogue import tr, trn

ERROR_CELLS = frozenset(
    [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "#CALC!",
        "#ERROR",
        "#ERROR!",
        "#NV",
    ]
)
LONGEST_TEXT = 20_000
LONGEST_NAME = 200

_R = TypeVar("_R")
_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Terms:
    """How the list is to be read: date order, decimal mark, the firm's currency, and today (for two-digit years)."""

    date_order: DateOrder
    decimal: DecimalMark
    currency: str
    today: date


@dataclass(slots=True)
class ColumnReader:
    """Reads the mapped columns of one sheet; collects the first problem of each row and what has to be told."""

    sheet: Sheet
    mapping: ColumnMapping
    terms: Terms
    problems: dict[int, Problem] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    # The amounts as they are written, in minor units of their currencies: what a total below them adds up.
    amounts: list[int | None] = field(default_factory=list)
    amount_currencies: list[str] = field(default_factory=list)
    _all_text: dict[str, str] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many rows are read."""
        return len(self.sheet.numbers)

    def has(self, name: str) -> bool:
        """Tell whether a column holds the field."""
        return name in self.mapping.columns

    def header(self, name: str) -> str:
        """Give the column's header, or the field's name where no column holds it."""
        return self.sheet.header[self.mapping.columns[name]] if self.has(name) else name

    def refuse(self, index: int, name: str, problem: str, mend: str = "") -> None:
        """Note what is wrong with a row; only its first problem is kept."""
        if index not in self.problems:
            self.problems[index] = Problem(self.header(name), problem, mend, self.sheet.numbers[index])

    def cells(self, name: str) -> list[str]:
        """Give a column's cells stripped, empty where no column holds the field; error cells become problems."""
        if not self.has(name):
            return [""] * self.count
        cells = self.sheet.columns[self.mapping.columns[name]]
        if "#" in self._joined(name) and not ERROR_CELLS.isdisjoint(cells):
            for index, cell in enumerate(cells):
                if cell in ERROR_CELLS:
                    self.refuse(index, name, f"The cell holds the error {cell}.", "Mend it in the spreadsheet.")
        return cells

    def _joined(self, name: str) -> str:
        """Give all cells of a column as one text, for looking at once for what is rare."""
        if name not in self._all_text:
            self._all_text[name] = "|".join(self.sheet.columns[self.mapping.columns[name]])
        return self._all_text[name]

    def texts(self, name: str, longest: int = LONGEST_TEXT) -> list[str]:
        """Read text as it stands, blanks around it taken off; a text too long to be one is a problem."""
        cells = self.cells(name)
        if self.sheet.name and self.has(name):
            # Stored rows hold plain text only.
            cells = list(map(str, cells))
        if self.has(name) and max(map(len, cells), default=0) > longest:
            for index, cell in enumerate(cells):
                if len(cell) > longest:
                    self.refuse(index, name, f"The text is longer than {longest:,} characters.", "Shorten it.")
        return cells

    def names(self, name: str) -> list[str]:
        """Read names and codes: text with single blanks inside; one of signs that nobody sees is empty."""
        cells = self.texts(name, LONGEST_NAME)
        if not self.has(name) or (self._joined(name).isprintable() and "  " not in self._joined(name)):
            return cells
        known = {cell: "" if is_blank(cell) else tidy(cell) for cell in set(cells)}
        return [known[cell] for cell in cells]

    def required(self, name: str, values: Iterable[object], what: str) -> None:
        """Note rows in which a field that is needed is empty."""
        for index, value in enumerate(values):
            if value in (None, ""):
                self.refuse(index, name, f"The {what} is missing.", "Fill it in, or leave the row out.")

    def numbers(self, name: str) -> list[str]:
        """Give a column's cells as numbers are read: a workbook's number cells with the list's own decimal mark."""
        cells = self.cells(name)
        if not self.sheet.name:
            return cells
        mark = self.terms.decimal.value
        return [cell.replace(".", mark) if type(cell) is NumberText else cell for cell in cells]

    def signs(self, name: str) -> list[str]:
        """Give the currencies that the formats of a column's cells show; an empty list where they show none."""
        return self.sheet.signs(self.mapping.columns[name]) if self.has(name) else []

    def parsed(
        self, name: str, read: Callable[[str], _T | Problem], cells: Sequence[str] | None = None
    ) -> list[_T | None]:
        """Read a column by a function of one cell; empty cells are None."""
        if not self.has(name):
            return [None] * self.count
        cells = self.cells(name) if cells is None else cells
        values: dict[str, _T | None] = {}
        refused: dict[str, Problem] = {}
        for cell in set(cells):
            value = read(cell) if cell and cell not in ERROR_CELLS else None
            if isinstance(value, Problem):
                refused[cell] = value
                values[cell] = None
            else:
                values[cell] = value
        if refused:
            for index, cell in enumerate(cells):
                if cell in refused:
                    self.refuse(index, name, refused[cell].problem, refused[cell].mend)
        return [values[cell] for cell in cells]

    def dates(self, name: str, *, keeps_time: bool = False) -> tuple[list[date | None], list[time | None]]:
        """Read a column of dates; the time of day beside them is given too, told where it is dropped."""
        parsed = self.parsed(name, self._date)
        days = [value.day if value else None for value in parsed]
        times = [value.time if value else None for value in parsed]
        if not keeps_time and any(times):
            self.notices.append(f"The time of day in “{self.header(name)}” was left out.")
        return days, times

    def _date(self, cell: str) -> "_Day | Problem":
        value = parse_date(cell, self.terms.date_order, self.terms.today)
        if not isinstance(value, Problem):
            return _Day(value.day, value.time)
        if cell.isascii() and cell.isdigit() and len(cell) == 5:
            mend = "It may be a date shown as a number: format the column as a date in the spreadsheet."
            return replace(value, mend=mend)
        return value

    def amount(self, cell: str) -> Amount | Problem:
        """Read one amount in the list's decimal mark."""
        return parse_amount(cell, self.terms.decimal)

    def decimals(self, name: str) -> list[Decimal | None]:
        """Read a column of plain numbers exactly."""
        amounts = self.parsed(name, self.amount, self.numbers(name))
        return [None if amount is None else amount.value for amount in amounts]

    def words(self, name: str, known: Mapping[str, _E], what: str) -> list[_E | None]:
        """Read words of a closed list in several languages; others are problems that name the choices."""
        choices = ", ".join(dict.fromkeys(value.value for value in known.values()))

        def read(cell: str) -> _E | Problem:
            value = known.get(word_key(cell))
            return value if value is not None else Problem("", f"{shown(cell)} is no {what}.", f"Known are: {choices}.")

        return self.parsed(name, read)

    def truths(self, name: str) -> list[bool | None]:
        """Read yes and no."""

        def read(cell: str) -> bool | Problem:
            value = TRUTHS.get(word_key(cell))
            return (
                value if value is not None else Problem("", f"{shown(cell)} is neither yes nor no.", "Write yes or no.")
            )

        return self.parsed(name, read)

    def integers(self, name: str, lowest: int, highest: int, what: str) -> list[int | None]:
        """Read whole numbers within limits; `10.0` is one, `8.5` is not."""

        def read(cell: str) -> int | Problem:
            amount = self.amount(cell)
            if isinstance(amount, Problem) or amount.currencies or amount.value != int(amount.value):
                return Problem(
                    "", f"{shown(cell)} is no whole number.", f"{what} lies between {lowest} and {highest:,}."
                )
            if not lowest <= amount.value <= highest:
                return Problem("", f"{shown(cell)} is out of bounds.", f"{what} lies between {lowest} and {highest:,}.")
            return int(amount.value)

        return self.parsed(name, read, self.numbers(name))

    def currencies(self, name: str) -> list[str | None]:
        """Read currency codes; a lower-case one is understood."""

        def read(cell: str) -> str | Problem:
            code = cell.upper()
            return code if is_code(code) else Problem("", f"{shown(cell)} is no currency.", "Write a code such as EUR.")

        return self.parsed(name, read)

    def several(self, name: str) -> list[tuple[str, ...]]:
        """Read several names in one cell, parted by semicolons, else by commas."""
        cells = self.cells(name)
        known = {cell: _split(cell) for cell in set(cells)}
        return [known[cell] for cell in cells]

    def _facts(self) -> list[int]:
        """Give the columns of what a row says beside its figures."""
        figures = {*fields_holding(self.mapping.kind, Holds.NUMBER), "currency"}
        return [index for name, index in self.mapping.columns.items() if name not in figures]

    def _repeats_heads(self, index: int) -> bool:
        """Tell whether a row says again what the columns are called, as lists printed on pages do."""
        said = [(head, cell) for head, column in zip(self.sheet.header, self.sheet.columns, strict=True)
                if (cell := column[index])]  # fmt: skip
        return len(said) > 1 and all(header_key(head) == header_key(cell) for head, cell in said)

    def _of_totals(self, found: Sequence[Total], *, sure: bool) -> list[str]:
        """Tell what was left out as a total, and where it contradicts the rows unless some of those were left out."""
        if not found:
            return []
        if all(total.agrees for total in found):
            words = trn(
                "Left out: {n} total; it agrees with the rows.",
                "Left out: {n} totals; they agree with the rows.",
                len(found),
            )
        else:
            words = trn("Left out: {n} row that adds others up.", "Left out: {n} rows that add others up.", len(found))
        told = [words]
        for total in found if sure else ():
            if total.agrees is False:
                currency = self.amount_currencies[total.index]
                words = tr(
                    "Row {row} says {said}, the rows above it come to {sum}: one may be missing, or counted twice."
                )
                said, comes_to = (formats.money(minor, currency, pence=True) for minor in (total.said, total.comes_to))
                told.append(words.format(row=f"{self.sheet.numbers[total.index]:,}", said=said, sum=comes_to))
        return told

    def finish(
        self, make: Callable[[Sequence[Any]], _R], columns: Sequence[Column], skipped: Iterable[int] = ()
    ) -> TypedRows[_R]:
        """Give the rows without a problem; rows left out on purpose count as such even where something is wrong.

        Rows of totals, and heads said again, are left out in every list.
        """
        found = totals(self.sheet, self.problems, self._facts(), self.amounts)
        added_up = {total.index for total in found}.difference(skipped)
        self.notices += self._of_totals([total for total in found if total.index in added_up], sure=not skipped)
        heads = {index for index in self.problems if self._repeats_heads(index)}.difference(skipped)
        if heads:
            self.notices.append(
                trn(
                    "Left out: {n} row that repeats the heads of the columns.",
                    "Left out: {n} rows that repeat the heads of the columns.",
                    len(heads),
                )
            )
        left_out = added_up.union(heads, skipped)
        for index in left_out:
            self.problems.pop(index, None)
        bad = left_out | set(self.problems)
        numbers = self.sheet.numbers
        good = [numbers, *columns]
        if bad:
            kept = [index not in bad for index in range(self.count)]
            good = [list(compress(column, kept)) for column in good]
        problems = [*self.problems.values(), *self.sheet.ragged]
        problems.sort(key=lambda problem: problem.row or 0)
        notices = [*self.sheet.notes, *self.mapping.notices, *self.notices]
        left = sorted(numbers[index] for index in left_out)
        return TypedRows(make, good, problems, left, notices, self.sheet.row_count)


@dataclass(frozen=True, slots=True)
class _Day:
    day: date
    time: time | None


def _split(cell: str) -> tuple[str, ...]:
    separator = ";" if ";" in cell else "," if "," in cell else "\n"
    return tuple(dict.fromkeys(filter(None, (tidy(part) for part in cell.split(separator)))))
