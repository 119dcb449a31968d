"""Everything readable of a damaged book into a new one, with a list of what is not (RELIABILITY P25).

The damaged file is never opened by SQLite, nor changed: a copy is, with its journal. Rows are read through their table
first, in ever smaller ranges around what is damaged; then those that no tree leads to, from the pages themselves.
"""

import shutil
import sqlite3
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Column, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError

from app.data import full_text, reach, schema
from app.data.columns import Word
from app.data.copying import proven
from app.data.engine import translated
from app.data.leaf_pages import rows_on_pages
from app.data.making import appear, build_empty, must_be_a_place
from app.data.opening import HEADER_BYTES, MAGIC
from app.data.recorder import Row, insert_statement, sql_names
from app.domain.firm import Firm
from app.domain.rescue import Loss, LostRows, Rescued
from app.domain.service_levels import DEFAULT_CADENCE, DEFAULT_TIERS
from app.errors import AppError, NotABookError

DIALECT = sqlite.dialect()
MOST_IDS = 1 << 20
# What the header of every book says; a turned bit there must not hide the rest.
HEADER = {0: MAGIC, 16: b"\x10\x00\x01\x01\x00\x40\x20\x20", 44: b"\x00\x00\x00\x04", 56: b"\x00\x00\x00\x01"}
Rows = dict[int, Row]


def rescue(source: Path, target: Path) -> Rescued:
    """Bring what is readable of a damaged book into a new one at a place that is free; the source stays as it is.

    Raises:
        NotABookError: nothing readable is left.
        AskedWrongError: there is something at `target`, or no folder for it.
    """
    must_be_a_place(target)
    salvage = _Salvage()
    with TemporaryDirectory(prefix="rapport-") as folder:
        copy = Path(folder) / "damaged"
        _copy(source, copy)
        salvage.read(copy)
    if not any(salvage.rows[table.name] for table in schema.DATA):
        raise NotABookError(f"Nothing readable is left in {source.name}.", "Restore a backup; the file is kept.")
    salvage.settle()
    unfinished = target.with_name(f".{uuid.uuid4().hex}.new")
    try:
        with translated(target.name):
            build_empty(unfinished)
            salvage.write(unfinished)
            found = proven(unfinished)
        appear(unfinished, target)
    except OSError as error:
        raise AppError(
            f"The rescued book cannot be made: {error.strerror}.", "Check the folder and its space."
        ) from None
    finally:
        unfinished.unlink(missing_ok=True)
    return Rescued(target, salvage.book_id, found.digest, found.counts, tuple(salvage.lost))


def _copy(source: Path, copy: Path) -> None:
    try:
        shutil.copyfile(source, copy)
        for end in ("-journal", "-wal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{source}{end}", f"{copy}{end}")
        if copy.stat().st_size < HEADER_BYTES:
            raise NotABookError(f"Nothing readable is left in {source.name}.", "Restore a backup; the file is kept.")
        with copy.open("r+b") as file:
            for at, right in HEADER.items():
                file.seek(at)
                file.write(right)
    except OSError as error:
        raise AppError(f"{source} cannot be read: {error.strerror}.", "Check the disk.") from None


class _Salvage:
    """The rows found so far, by table and id, and what was lost."""

    def __init__(self) -> None:
        self.book_id = ""
        self.rows: dict[str, Rows] = {table.name: {} for table in _tables()}
        self.lost: list[LostRows] = []
        self.said: dict[str, str] = {}
        self.last_ids: dict[str, int] = {}
        self.steps: dict[str, str] = {}

    # -- reading ----------------------------------------------------------------------------------------

    def read(self, copy: Path) -> None:
        """Read every table, first by its tree, then from single pages."""
        unread: dict[str, list[range]] = {}
        with closing(sqlite3.connect(copy, isolation_level=None)) as plain:
            plain.text_factory = _text
            with suppress(sqlite3.Error):
                plain.execute("PRAGMA writable_schema = ON")
            with suppress(sqlite3.Error):
                self.last_ids = dict(plain.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
            with suppress(sqlite3.Error):
                found = plain.execute("SELECT value FROM meta WHERE key = 'book_id'").fetchone()
                self.book_id = str(found[0]) if found else ""
                steps = plain.execute("SELECT key, value FROM meta WHERE key IN (?, ?, ?)", reach.KEPT)
                self.steps = {str(key): str(value) for key, value in steps.fetchall()}
            for table in _tables():
                unread[table.name] = list(self._by_tree(plain, table))
        self._by_page(copy, unread)
        for name, ranges in unread.items():
            for part in ranges:
                missing = [number for number in part if number not in self.rows[name]]
                self.lost += [LostRows(name, Loss.UNREADABLE, run.start, run.stop - 1) for run in _runs(missing)]

    def _by_tree(self, plain: sqlite3.Connection, table: Table) -> Iterator[range]:
        """Read a table; gives the ranges of ids that could not be."""
        names = ", ".join(sql_names(table))
        query = f'SELECT {names} FROM "{table.name}" NOT INDEXED WHERE rowid BETWEEN ? AND ?'
        with suppress(sqlite3.Error):
            self._take(table, plain.execute(f'SELECT {names} FROM "{table.name}" NOT INDEXED').fetchall())
            return
        last = self.last_ids.get(table.name)
        waiting = [range(1, (last if isinstance(last, int) and 0 < last < MOST_IDS else 4096) + 1)]
        while waiting:
            part = waiting.pop()
            try:
                self._take(table, plain.execute(query, (part.start, part.stop - 1)).fetchall())
            except sqlite3.Error as error:
                if "no such" in str(error) or "not a database" in str(error):
                    yield part
                    return
                middle = (part.start + part.stop) // 2
                if len(part) == 1:
                    yield part
                else:
                    waiting += [range(middle, part.stop), range(part.start, middle)]

    def _take(self, table: Table, rows: list[Row]) -> None:
        kept = self.rows[table.name]
        for row in rows:
            if isinstance(row[0], int) and row[0] not in kept:
                sound = self._sound(table, row)
                if sound:
                    kept[row[0]] = sound

    def _by_page(self, copy: Path, unread: Mapping[str, list[range]]) -> None:
        """Add the rows of unreadable ranges that stand on whole pages.

        A row that some table has already is that one's; one that might be of two tables is neither's.
        """
        wanted = [table for table in _tables() if unread[table.name]]
        if not wanted:
            return
        read = {name: dict(rows) for name, rows in self.rows.items()}
        for found in rows_on_pages(copy):
            if not found.values or found.values[0] is not None:
                continue
            row = (found.row_id, *found.values[1:])
            if any(rows.get(found.row_id) == row for rows in read.values()):
                continue
            fitting = [table for table in wanted if len(row) == len(table.columns) and not any(_wrong(table, row))]
            if len(fitting) == 1 and any(found.row_id in part for part in unread[fitting[0].name]):
                self.rows[fitting[0].name].setdefault(found.row_id, row)

    def _sound(self, table: Table, row: Row) -> Row | None:
        """Give a row whose every value can be read; None where one that must be there cannot."""
        values = list(row)
        for position in _wrong(table, row):
            column = table.columns.values()[position]
            if not column.nullable and column.server_default is None:
                self.lost.append(LostRows(table.name, Loss.SPOILT, row[0], row[0], column.name))
                return None
            values[position] = None if column.nullable else ""
            self.lost.append(LostRows(table.name, Loss.EMPTIED, row[0], row[0], column.name))
        return tuple(values)

    # -- settling ---------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Let nothing point to what is not there, and give a book what every book has."""
        self.book_id = self.book_id or uuid.uuid4().hex
        self._settle_history()
        self._replace_clients()
        for table in schema.metadata.sorted_tables:
            if table.name in self.rows:
                self._settle_links(table)
        if not self.rows["firm"]:
            firm = asdict(Firm(name="Rescued"))
            self.rows["firm"] = {1: (1, *(_stored(column, firm[column.name]) for column in _data(schema.firm)))}
        for number in sorted(self.rows["firm"])[1:]:
            del self.rows["firm"][number]
        for table, defaults in ((schema.tier_level, DEFAULT_TIERS), (schema.cadence_rule, DEFAULT_CADENCE)):
            if len(self.rows[table.name]) < len(defaults):
                given = [asdict(default) for default in defaults]
                self.rows[table.name] = {
                    number: (number, *(_stored(column, values[column.name]) for column in _data(table)))
                    for number, values in enumerate(given, 1)
                }

    def _settle_history(self) -> None:
        """A history in which anything is missing could undo what it must not: it is left out whole."""
        if self.lost and (self.rows["change_set"] or self.rows["change"]):
            last = max(self.rows["change_set"], default=0)
            self.rows["change_set"].clear()
            self.rows["change"].clear()
            self.lost = [lost for lost in self.lost if lost.table not in {"change_set", "change"}]
            self.lost.append(LostRows("change_set", Loss.HISTORY, 1, last))

    def _replace_clients(self) -> None:
        """A client that is lost but has rows left stands there by its number, so that they are not lost too."""
        clients, table = self.rows["client"], schema.client
        pointed = {
            row[position]
            for child in schema.DATA
            for position, column in enumerate(child.columns)
            if any(key.column.table is table for key in column.foreign_keys)
            for row in self.rows[child.name].values()
        }
        for number in sorted(pointed - {None} - set(clients)):
            values: dict[str, object] = {"name": f"Rescued client {number}", "do_not_contact": False}
            clients[number] = (
                number,
                *(_stored(c, values.get(c.name, "" if c.server_default is not None else None)) for c in _data(table)),
            )
            self.lost.append(LostRows("client", Loss.REPLACED, number, number))

    def _settle_links(self, table: Table) -> None:
        rows = self.rows[table.name]
        links = [
            (position, column, next(iter(column.foreign_keys)).column.table.name)
            for position, column in enumerate(table.columns)
            if column.foreign_keys
        ]
        settled = False
        while not settled:  # a row that goes may be what another of its table points to
            settled = True
            for number, row in list(rows.items()):
                for position, column, target in links:
                    if row[position] is None or row[position] in self.rows[target]:
                        continue
                    settled = False
                    if not column.nullable:
                        del rows[number]
                        self.lost.append(LostRows(table.name, Loss.ORPHANED, number, number, column.name))
                        break
                    row = (*row[:position], None, *row[position + 1 :])  # noqa: PLW2901 - link by link
                    rows[number] = row
                    self.lost.append(LostRows(table.name, Loss.UNLINKED, number, number, column.name))

    # -- writing ----------------------------------------------------------------------------------------

    def write(self, path: Path) -> None:
        """Write every row into an empty book; ids stay, and those of lost rows never return."""
        with closing(sqlite3.connect(path, isolation_level=None)) as plain:
            plain.execute("PRAGMA synchronous = EXTRA")
            plain.execute("BEGIN IMMEDIATE")
            for table in _tables():
                plain.executemany(insert_statement(table), self.rows[table.name].values())
                last = self.last_ids.get(table.name)
                if isinstance(last, int) and 0 < last < MOST_IDS and self.rows[table.name]:
                    plain.execute(
                        "UPDATE sqlite_sequence SET seq = MAX(seq, ?) WHERE name = ?", (last, table.name)
                    ).close()
            # Of which schema the last steps are goes with them: those of an older one cannot be undone.
            plain.executemany("INSERT INTO meta VALUES (?, ?)", {**self.steps, "book_id": self.book_id}.items())
            full_text.fill(plain)
            plain.execute("COMMIT")


def _tables() -> list[Table]:
    return [*schema.DATA, schema.change_set, schema.change]


def _data(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if column.name != "id"]


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "replace")


def _stored(column: Column[Any], value: object) -> object:
    process = column.type.dialect_impl(DIALECT).bind_processor(DIALECT)
    return value if process is None or value is None else process(value)


def _wrong(table: Table, row: Row) -> Iterator[int]:
    """Give the positions of values that cannot be read as what their columns hold."""
    for position, (column, value) in enumerate(zip(table.columns, row, strict=True)):
        if value is None:
            if not column.nullable and column.name != "id":
                yield position
            continue
        if not _readable(column, value):
            yield position


def _readable(column: Column[Any], value: object) -> bool:
    kind = column.type
    if isinstance(kind, Word):
        return value in {str(member) for member in kind.members}
    expected: type = kind.python_type if kind.python_type in {int, bytes} else str
    if kind.python_type is bool:
        return value in (0, 1) and isinstance(value, int)
    if not isinstance(value, expected) or (isinstance(value, str) and "\ufffd" in value):
        return False
    process = kind.dialect_impl(DIALECT).result_processor(DIALECT, None)
    try:
        if process:
            process(value)
    except (ValueError, TypeError, LookupError, ArithmeticError, StatementError):
        return False
    return True


def _runs(numbers: list[int]) -> Iterator[range]:
    """Join numbers into runs."""
    start = None
    for at, number in enumerate(numbers):
        start = number if start is None else start
        if at + 1 == len(numbers) or numbers[at + 1] != number + 1:
            yield range(start, number + 1)
            start = None
