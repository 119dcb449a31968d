"""One record's history: a view of the store of change sets, with its tags, other names, stages and those present."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, select

from app.data import schema
from app.data.history import DONE, unpack
from app.data.kept import Values, kept_rows, value_in, values_in
from app.data.recorder import Row, rows_of
from app.domain.changes import Operation, RecordRef, Step

# What is edited with a record though it stands in a table of its own: table, and the column that says whose it is.
PARTS: Mapping[str, tuple[tuple[Table, str], ...]] = {
    "client": (
        (schema.client_tag, "client_id"),
        (schema.client_alias, "client_id"),
        (schema.stage, "client_id"),
    ),
    "contact": ((schema.contact_person, "contact_id"), (schema.contact_colleague, "contact_id")),
    "colleague": ((schema.hourly_cost, "colleague_id"),),
}


@dataclass(frozen=True, slots=True)
class Event:
    """What one step did to a record, or to a part of it (`table` then is the part's).

    An update gives column, value before and after; else `row` is the part that came or went, None for the record.
    """

    step: Step
    table: str
    operation: Operation
    column: str = ""
    before: object = None
    after: object = None
    row: Values | None = None


def events(connection: Connection, ref: RecordRef) -> list[Event]:
    """Give what was done to a record, newest first; steps taken back are no part of it."""
    table = schema.metadata.tables[ref.table]
    parts = {part.name: _parts(connection, part, column, ref.id) for part, column in PARTS.get(ref.table, ())}
    found: list[Event] = []
    came_or_went: set[int] = set()
    for row in _changes(connection, (ref.table, *parts)):
        step = Step(row.id, datetime.fromisoformat(row.at), row.who, row.what, undone=False)
        if row.table == ref.table:
            own = _own(connection, table, ref.id, row, step)
            came_or_went |= {step.id for event in own if event.operation is not Operation.UPDATE}
            found += own
        else:
            part = schema.metadata.tables[row.table]
            found += _of_parts(connection, part, parts[row.table], row, step)
    # What came or went with the whole record is no event of its own.
    return [event for event in found if event.table == ref.table or event.step.id not in came_or_went]


def _changes(connection: Connection, tables: tuple[str, ...]) -> list[Any]:
    kept, sets = schema.change, schema.change_set
    query = (
        select(
            *(sets.c.id, sets.c.at, sets.c.who, sets.c.what),
            *(kept.c.table, kept.c.operation, kept.c.first_id, kept.c.last_id, kept.c.id.label("change_id")),
        )
        .join(sets, sets.c.id == kept.c.change_set_id)
        .where(kept.c.table.in_(tables), sets.c.state == DONE)
        .order_by(kept.c.id.desc())
    )
    return list(connection.execute(query).all())


def _own(connection: Connection, table: Table, row_id: int, change: Any, step: Step) -> list[Event]:  # noqa: ANN401
    if not change.first_id <= row_id <= change.last_id:
        return []
    operation = Operation(change.operation)
    if operation is Operation.INSERT:
        return [Event(step, table.name, operation)]
    mine = next((row for row in _kept(connection, change.change_id) if row[0] == row_id), None)
    if mine is None:
        return []
    if operation is not Operation.UPDATE:
        return [Event(step, table.name, operation)]
    # A column that an update of the book has taken away has no words any more.
    return [_updated(connection, table, step, *column) for column in mine[1] if column[0] in table.columns]


def _updated(connection: Connection, table: Table, step: Step, column: str, before: object, after: object) -> Event:
    old, new = (value_in(connection, table, column, value) for value in (before, after))
    return Event(step, table.name, Operation.UPDATE, column, old, new)


def _parts(connection: Connection, part: Table, column: str, owner: int) -> dict[int, Row]:
    """Read the parts a record has or had: id -> row as it is, or as it last was."""
    place = part.columns.keys().index(column)
    ids = connection.exec_driver_sql(f'SELECT id FROM "{part.name}" WHERE "{column}" = ?', (owner,)).scalars().all()
    found = {row[0]: row for row in rows_of(connection, part, sorted(ids))}
    query = select(schema.change.c.rows).where(
        schema.change.c.table == part.name, schema.change.c.operation == Operation.DELETE
    )
    for blob in connection.execute(query).scalars().all():
        for row in kept_rows(part, blob):
            if row[place] == owner:
                found.setdefault(row[0], row)
    return found


def _of_parts(
    connection: Connection,
    part: Table,
    rows: Mapping[int, Row],
    change: Any,  # noqa: ANN401 - a row of SQLAlchemy's
    step: Step,
) -> Iterator[Event]:
    operation = Operation(change.operation)
    met = [row_id for row_id in rows if change.first_id <= row_id <= change.last_id]
    if not met:
        return
    if operation is Operation.INSERT:
        for row_id in met:
            yield Event(step, part.name, operation, row=values_in(connection, part, rows[row_id]))
        return
    for row in _kept(connection, change.change_id):
        if row[0] not in met:
            continue
        if operation is Operation.UPDATE:
            for column in (column for column in row[1] if column[0] in part.columns):
                yield _updated(connection, part, step, *column)
        elif len(row) == len(part.columns):
            yield Event(step, part.name, operation, row=values_in(connection, part, row))


def _kept(connection: Connection, change_id: int) -> tuple[Row, ...]:
    query = select(schema.change.c.rows).where(schema.change.c.id == change_id)
    return unpack(connection.execute(query).scalar_one()) or ()
