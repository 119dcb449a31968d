"""Rows in, frozen values out: the one place where a row of a table becomes a value of the domain."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, select

Value = TypeVar("Value")


def shared_names(kind: type[Any], table: Table) -> tuple[str, ...]:
    """Give the names that are both fields of a value and columns of a table."""
    return tuple(field.name for field in fields(kind) if field.name in table.columns)


def values_of(draft: object, table: Table) -> dict[str, object]:
    """Give the columns of a draft for writing; the id is the recorder's."""
    return {name: getattr(draft, name) for name in shared_names(type(draft), table) if name != "id"}


def fetch(
    connection: Connection,
    kind: type[Value],
    table: Table,
    *where: ColumnElement[bool],
    order: Sequence[ColumnElement[Any]] = (),
    more: Mapping[str, Mapping[int, object]] | None = None,
) -> list[Value]:
    """Read values, by id unless ordered otherwise.

    `more` gives fields kept in other tables (tags, people present): field -> id -> value; an id without one takes the
    field's default.
    """
    names = shared_names(kind, table)
    query = select(*(table.c[name] for name in names)).where(*where).order_by(*order, table.c.id)
    rows = connection.execute(query)
    if not more:
        return [kind(**dict(zip(names, row, strict=True))) for row in rows]
    found = []
    for row in rows:
        known = dict(zip(names, row, strict=True))
        known |= {field: by_id[known["id"]] for field, by_id in more.items() if known["id"] in by_id}
        found.append(kind(**known))
    return found


def gather(connection: Connection, table: Table, key: str, value: str, *where: ColumnElement[bool]) -> dict[int, Any]:
    """Read a child table as parent id -> tuple of one column's values, in the order they were written."""
    found: dict[int, list[object]] = {}
    for parent, item in connection.execute(select(table.c[key], table.c[value]).where(*where).order_by(table.c.id)):
        found.setdefault(parent, []).append(item)
    return {parent: tuple(items) for parent, items in found.items()}
