"""The one way into the tables: every insert, update and delete, kept as a value that can be undone and redone.

An insert keeps the range of ids and a checksum; an update the old and new values of the changed columns; a delete and
a return from the trash the rows. The rows of an undone insert are kept until it is redone. Rows pass in their stored
form, so that what is bound is exactly what is read back.
"""

import marshal
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table

from app.data import schema
from app.data.full_text import Touched
from app.data.plain import fetched
from app.domain.changes import Change, Operation

Row = tuple[Any, ...]

# A change of these touches every client's figures: rates, tiers, cadences, the firm's settings.
FOR_EVERYBODY = frozenset({"firm", "tier_level", "cadence_rule", "hourly_cost", "colleague"})


@dataclass(frozen=True, slots=True)
class Recorded:
    """One change with what is needed to take it back: checksum and rows (stored form, see `history.pack`)."""

    change: Change
    checksum: int = 0
    rows: tuple[Row, ...] | None = None


@cache
def sql_names(table: Table) -> tuple[str, ...]:
    """Give the column names of a table, id first, quoted for SQL."""
    return tuple(f'"{column.name}"' for column in table.columns)


@cache
def insert_statement(table: Table) -> str:
    """Give the INSERT of a whole row."""
    names = sql_names(table)
    return f'INSERT INTO "{table.name}" ({", ".join(names)}) VALUES ({", ".join("?" * len(names))})'


def checksum_of(rows: list[Row]) -> int:
    """Give a checksum of rows in their stored form."""
    # Version 2 of the format writes equal values as equal bytes; later ones depend on shared references.
    return zlib.crc32(marshal.dumps(rows, 2))


class Recorder:
    """Writes rows inside one transaction and remembers what it did; made by `Database.write` only."""

    def __init__(self, connection: Connection, what: str, touched: Touched) -> None:
        self.what = what
        self.connection = connection
        self.touched = touched
        self.recorded: list[Recorded] = []
        self.clients: set[int] | None = set()

    def insert(self, table: Table, values: Mapping[str, object]) -> int:
        """Insert one row; columns left out take '' or NULL. Returns its id."""
        return self.insert_many(table, [values])[0]

    def insert_many(self, table: Table, rows: Iterable[Mapping[str, object]]) -> range:
        """Insert rows; returns their ids, in order."""
        binders = self._binders(table)[1:]
        return self.insert_stored(table, [tuple(bind(row) for bind in binders) for row in rows])

    def insert_stored(self, table: Table, rows: Sequence[Row]) -> range:
        """Insert rows already in stored form, all columns but the id in the table's order; the way of imports."""
        if not rows:
            return range(0)
        first = self._last_id(table) + 1
        whole = [(number, *row) for number, row in enumerate(rows, first)]
        self.connection.exec_driver_sql(insert_statement(table), whole)
        last = first + len(rows) - 1
        self._remember(table, Operation.INSERT, range(first, last + 1), checksum_of(whole), None, came=whole)
        return range(first, last + 1)

    def put_back(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert whole rows in stored form under the ids they had before they were deleted."""
        if rows:
            whole = sorted(rows)
            self.connection.exec_driver_sql(insert_statement(table), whole)
            self._remember(table, Operation.RETURN, [row[0] for row in whole], 0, tuple(whole), came=whole)

    def update(self, table: Table, row_id: int, values: Mapping[str, object]) -> bool:
        """Change columns of one row; tells whether anything differs from what stood there."""
        return self.update_many(table, {row_id: values}) > 0

    def update_many(self, table: Table, values: Mapping[int, Mapping[str, object]]) -> int:
        """Change columns of several rows in one change; returns how many differ from what stood there."""
        names = [column.name for column in table.columns]
        binders = dict(zip(names, self._binders(table), strict=True))
        kept: list[Row] = []
        gone: list[Row] = []
        came: list[Row] = []
        for old in self._rows(table, sorted(values)):
            new_values = values[old[0]]
            differing = [
                (position, old[position], new)
                for position, name in enumerate(names)
                if name in new_values and (new := binders[name](new_values)) != old[position]
            ]
            if differing:
                kept.append((old[0], [[names[position], before, after] for position, before, after in differing]))
                gone.append(old)
                came.append(_with(old, differing))
        if kept:
            apply_updates(self.connection, table, kept, forward=True)
            self._remember(table, Operation.UPDATE, [row[0] for row in kept], 0, tuple(kept), gone=gone, came=came)
        return len(kept)

    def delete(self, table: Table, ids: Iterable[int]) -> int:
        """Delete rows with all that belongs to them; what only points to them is unlinked. Returns how many rows."""
        wanted = sorted(set(ids))
        rows = self._rows(table, wanted)
        if not rows:
            return 0
        for child in schema.metadata.sorted_tables:
            for column in child.columns:
                if any(key.column.table is table for key in column.foreign_keys):
                    children = self._ids_pointing(child, column.name, wanted)
                    if column.info.get("belongs") or not column.nullable:
                        self.delete(child, children)
                    else:
                        self.update_many(child, {child_id: {column.name: None} for child_id in children})
        # Unlinking may have changed the very rows (a credit linked to a deleted invoice of the same client).
        rows = self._rows(table, wanted)
        delete_rows(self.connection, table, [row[0] for row in rows])
        self._remember(table, Operation.DELETE, [row[0] for row in rows], 0, tuple(rows), gone=rows)
        return len(rows)

    def _remember(
        self,
        table: Table,
        operation: Operation,
        ids: Sequence[int],
        checksum: int,
        rows: tuple[Row, ...] | None,
        *,
        gone: Sequence[Row] = (),
        came: Sequence[Row] = (),
    ) -> None:
        change = Change(table.name, operation, ids[0], ids[-1], len(ids))
        self.recorded.append(Recorded(change, checksum, rows))
        self.touched.note(table, gone, came)
        if self.clients is None or table.name in FOR_EVERYBODY:
            self.clients = None
        else:
            # A row that moves to another client touches both.
            self.clients |= clients_in(self.connection, table, gone)
            self.clients |= clients_in(self.connection, table, came)

    def _last_id(self, table: Table) -> int:
        return int(
            self.connection.exec_driver_sql(
                "SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = ?", (table.name,)
            ).scalar_one()
        )

    def _rows(self, table: Table, ids: Sequence[int]) -> list[Row]:
        return rows_of(self.connection, table, ids)

    def _ids_pointing(self, child: Table, column: str, ids: Sequence[int]) -> list[int]:
        found: list[int] = []
        for part in _parts(ids):
            marks = ", ".join("?" * len(part))
            result = self.connection.exec_driver_sql(
                f'SELECT id FROM "{child.name}" WHERE "{column}" IN ({marks})', tuple(part)
            )
            found += result.scalars()
        return found

    def _binders(self, table: Table) -> list[Callable[[Mapping[str, object]], Any]]:
        return [_binder(self.connection, column) for column in table.columns]


def _with(row: Row, differing: Iterable[tuple[int, Any, Any]]) -> Row:
    """Give a row with new values at some positions."""
    values = list(row)
    for position, _, new in differing:
        values[position] = new
    return tuple(values)


def _binder(connection: Connection, column: Any) -> Callable[[Mapping[str, object]], Any]:  # noqa: ANN401
    process = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    name = column.name
    default = "" if column.server_default is not None else None
    if process is None:
        return lambda row: row.get(name, default)

    def bind(row: Mapping[str, object]) -> Any:  # noqa: ANN401
        value = row.get(name, default)
        return None if value is None else process(value)

    return bind


def clients_in(connection: Connection, table: Table, rows: Iterable[Row]) -> set[int]:
    """Give the clients whose figures rows of a table touch."""
    if table.name == "client":
        return {row[0] for row in rows}
    if "contact_id" in table.columns and "client_id" not in table.columns:
        # Who was present decides what a contact cost; a contact gone meanwhile stands in the same change set itself.
        position = table.columns.keys().index("contact_id")
        contacts = rows_of(connection, schema.contact, sorted({row[position] for row in rows}))
        return clients_in(connection, schema.contact, contacts)
    if "client_id" not in table.columns:
        return set()
    position = table.columns.keys().index("client_id")
    return {row[position] for row in rows if row[position] is not None}


def rows_of(connection: Connection, table: Table, ids: Sequence[int]) -> list[Row]:
    """Read whole rows in stored form, ordered by id; ids that do not exist are left out."""
    names = ", ".join(sql_names(table))
    if _are_a_range(ids):
        return fetched(
            connection,
            f'SELECT {names} FROM "{table.name}" WHERE id BETWEEN ? AND ? ORDER BY id',
            (ids[0], ids[-1]),
        )
    rows: list[Row] = []
    for part in _parts(ids):
        marks = ", ".join("?" * len(part))
        rows += fetched(connection, f'SELECT {names} FROM "{table.name}" WHERE id IN ({marks}) ORDER BY id', part)
    return rows


def delete_rows(connection: Connection, table: Table, ids: Sequence[int]) -> None:
    """Delete rows that are there, by id in order."""
    if _are_a_range(ids):
        # One statement for a whole import: a third of the time of one for each row.
        connection.exec_driver_sql(f'DELETE FROM "{table.name}" WHERE id BETWEEN ? AND ?', (ids[0], ids[-1]))
    else:
        connection.exec_driver_sql(f'DELETE FROM "{table.name}" WHERE id = ?', [(row_id,) for row_id in ids])


def apply_updates(connection: Connection, table: Table, kept: Iterable[Row], *, forward: bool) -> None:
    """Set the kept columns of rows to their new (forward) or old values."""
    for row_id, columns in kept:
        sets = ", ".join(f'"{name}" = ?' for name, _, _ in columns)
        values = tuple(after if forward else before for _, before, after in columns)
        connection.exec_driver_sql(f'UPDATE "{table.name}" SET {sets} WHERE id = ?', (*values, row_id))


def _are_a_range(ids: Sequence[int]) -> bool:
    return len(ids) > 50 and ids[-1] - ids[0] + 1 == len(ids)


def _parts(ids: Sequence[int], size: int = 500) -> Iterable[Sequence[int]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
