"""Rows that the store of change sets has kept, as values: what a thing was, though it may be gone."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, or_, select

from app.data import schema
from app.data.history import DONE, unpack
from app.data.recorder import Row, rows_of
from app.domain.changes import Operation

Values = Mapping[str, object]


def values_in(connection: Connection, table: Table, row: Row) -> dict[str, object]:
    """Turn a whole row in stored form into values of the domain, by column."""
    return {
        column.name: value_in(connection, table, column.name, value)
        for column, value in zip(table.columns, row, strict=True)
    }


def value_in(connection: Connection, table: Table, column: str, stored: Any) -> object:  # noqa: ANN401
    """Turn one stored value into a value of the domain."""
    kind = table.columns[column].type
    process = kind.dialect_impl(connection.dialect).result_processor(connection.dialect, None)
    return stored if stored is None or process is None else process(stored)


def kept_rows(table: Table, blob: bytes | None) -> tuple[Row, ...]:
    """Read whole rows that were kept; those of an older schema, with other columns, are left out."""
    width = len(table.columns)
    return tuple(row for row in unpack(blob) or () if len(row) == width)


def parents_of(table: Table) -> tuple[tuple[int, Table, bool], ...]:
    """Give what a table points to: place of the column, table, and whether its rows belong there."""
    return tuple(
        (place, key.column.table, bool(column.info.get("belongs")) or not column.nullable)
        for place, column in enumerate(table.columns)
        for key in column.foreign_keys
    )


def last_known(connection: Connection, table: Table, row_id: int) -> Values | None:
    """Read one row as it is or, where it is gone, as it last was; None where nobody knows any more."""
    rows = rows_of(connection, table, [row_id]) or list(_gone_rows(connection, table, row_id))[:1]
    return values_in(connection, table, rows[0]) if rows else None


def _gone_rows(connection: Connection, table: Table, row_id: int) -> Iterator[Row]:
    kept, sets = schema.change, schema.change_set
    query = (
        select(kept.c.rows)
        .join(sets, sets.c.id == kept.c.change_set_id)
        .where(
            kept.c.table == table.name,
            kept.c.first_id <= row_id,
            kept.c.last_id >= row_id,
            kept.c.rows.is_not(None),
            or_(kept.c.operation == Operation.DELETE, kept.c.operation == Operation.INSERT),
            or_(kept.c.operation == Operation.INSERT, sets.c.state == DONE),
        )
        .order_by(kept.c.id.desc())
    )
    for blob in connection.execute(query).scalars().all():
        yield from (row for row in kept_rows(table, blob) if row[0] == row_id)
