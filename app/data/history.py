"""The store of change sets: undo, redo and history are views of it."""

import json
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, UnaryExpression, select
from sqlalchemy import Row as SqlRow

from app.collector import collector_paused
from app.data import reach, schema
from app.data.full_text import Touched
from app.data.recorder import (
    FOR_EVERYBODY,
    Recorded,
    Recorder,
    Row,
    apply_updates,
    checksum_of,
    clients_in,
    delete_rows,
    insert_statement,
    rows_of,
)
from app.domain.changes import Change, ChangeSet, Operation, Step
from app.errors import AppError, ChangedMeanwhileError

DONE, UNDONE, DROPPED = "done", "undone", "dropped"


def store(recorder: Recorder, who: str) -> ChangeSet:
    """Write what a recorder did as one change set; whatever was undone before can no longer be redone."""
    connection = recorder.connection
    sets = schema.change_set
    reach.note_version(connection)
    connection.execute(sets.update().where(sets.c.state == UNDONE).values(state=DROPPED))
    now = datetime.now(UTC).replace(microsecond=0)
    new = sets.insert().values(at=now.isoformat(), who=who, what=recorder.what, state=DONE).returning(sets.c.id)
    set_id = connection.execute(new).scalar_one()
    connection.execute(
        schema.change.insert(),
        [
            {
                "change_set_id": set_id,
                "table": recorded.change.table,
                "operation": str(recorded.change.operation),
                "first_id": recorded.change.first_id,
                "last_id": recorded.change.last_id,
                "row_count": recorded.change.count,
                "checksum": recorded.checksum,
                "rows": pack(recorded.rows),
            }
            for recorded in recorder.recorded
        ],
    )
    clients = None if recorder.clients is None else frozenset(recorder.clients)
    return ChangeSet(set_id, now, who, recorder.what, tuple(r.change for r in recorder.recorded), clients)


def steps(connection: Connection, limit: int) -> list[Step]:
    """Give the latest steps, newest first."""
    sets = schema.change_set
    rows = connection.execute(select(sets).order_by(sets.c.id.desc()).limit(limit))
    left = reach.passed_over(connection)
    return [replace(_as_step(row), left=row.id in left) for row in rows]


def next_undo(connection: Connection) -> Step | None:
    """Give the step that undo would take back: of the last 200, of the last 30 days, none from before a migration."""
    step = _step(connection, DONE, schema.change_set.c.id.desc(), reach.passed_over(connection))
    return step if step and reach.within(connection, step.id, step.when) else None


def next_redo(connection: Connection) -> Step | None:
    """Give the step that redo would do again; none from before a migration."""
    step = _step(connection, UNDONE, schema.change_set.c.id.asc())
    return step if step and step.id > reach.barrier(connection) else None


def undo(connection: Connection, step: Step, touched: Touched) -> ChangeSet:
    """Take one step back. Refuses, changing nothing, when a row is no longer what the step left."""
    with collector_paused():
        return _replay(connection, step, touched, forward=False)


def redo(connection: Connection, step: Step, touched: Touched) -> ChangeSet:
    """Do one undone step again. Refuses, changing nothing, when a row is no longer what the undo left."""
    with collector_paused():
        return _replay(connection, step, touched, forward=True)


def pass_over(connection: Connection, step_id: int) -> None:
    """Let undo go on behind a step that it cannot take back, or redo give one up; nothing else of it changes."""
    sets = schema.change_set
    connection.execute(sets.update().where(sets.c.id == step_id, sets.c.state == UNDONE).values(state=DROPPED))
    reach.pass_over(connection, step_id)


def _step(
    connection: Connection, state: str, order: UnaryExpression[int], but: frozenset[int] = frozenset()
) -> Step | None:
    sets = schema.change_set
    wanted = select(sets).where(sets.c.state == state, sets.c.id.not_in(but)).order_by(order).limit(1)
    row = connection.execute(wanted).one_or_none()
    return None if row is None else _as_step(row)


def _as_step(row: SqlRow[Any]) -> Step:
    return Step(row.id, datetime.fromisoformat(row.at), row.who, row.what, row.state != DONE)


def _replay(connection: Connection, step: Step, touched: Touched, *, forward: bool) -> ChangeSet:
    table = schema.change
    order = table.c.id if forward else table.c.id.desc()
    stored = connection.execute(select(table).where(table.c.change_set_id == step.id).order_by(order)).all()
    changes: list[Change] = []
    clients: set[int] | None = set()
    for row in stored:
        change = Change(row.table, Operation(row.operation), row.first_id, row.last_id, row.row_count)
        recorded = Recorded(change, row.checksum, unpack(row.rows))
        gone, came = _replay_one(connection, row.id, recorded, step, forward=forward)
        touched.note(schema.metadata.tables[change.table], gone, came)
        changes.append(change)
        if clients is None or change.table in FOR_EVERYBODY:
            clients = None
        else:
            clients |= clients_in(connection, schema.metadata.tables[change.table], [*gone, *came])
    sets = schema.change_set
    connection.execute(sets.update().where(sets.c.id == step.id).values(state=DONE if forward else UNDONE))
    return ChangeSet(
        step.id, step.when, step.who, step.what, tuple(changes), None if clients is None else frozenset(clients)
    )


def _replay_one(
    connection: Connection, change_id: int, recorded: Recorded, step: Step, *, forward: bool
) -> tuple[list[Row], list[Row]]:
    """Replay one change; gives the rows that are no longer there, and those that are now."""
    change, kept = recorded.change, recorded.rows
    table = schema.metadata.tables[change.table]
    goes = forward == (change.operation is Operation.DELETE)
    inserted = change.operation is Operation.INSERT
    if kept is None and not (inserted and goes):
        raise _forgotten(step)
    rows = [tuple(row) for row in kept or ()]
    if change.operation is Operation.UPDATE:
        return _replay_update(connection, table, tuple(rows), step, forward=forward)
    if not goes:
        if rows_of(connection, table, [row[0] for row in rows]):
            raise changed_meanwhile(step)
        connection.exec_driver_sql(insert_statement(table), rows)
        if inserted:
            _keep(connection, change_id, None)
        return [], rows
    if inserted:
        rows = rows_of(connection, table, range(change.first_id, change.last_id + 1))
        if len(rows) != change.count or checksum_of(rows) != recorded.checksum:
            raise changed_meanwhile(step)
        _keep(connection, change_id, tuple(rows))
    elif rows_of(connection, table, [row[0] for row in rows]) != rows:
        raise changed_meanwhile(step)
    delete_rows(connection, table, [row[0] for row in rows])
    return rows, []


def _replay_update(
    connection: Connection, table: Table, kept: tuple[Row, ...], step: Step, *, forward: bool
) -> tuple[list[Row], list[Row]]:
    names = table.columns.keys()
    before = {row[0]: row for row in rows_of(connection, table, [row[0] for row in kept])}
    for row_id, columns in kept:
        row = before.get(row_id)
        if row is None or any(row[names.index(name)] != (old if forward else new) for name, old, new in columns):
            raise changed_meanwhile(step)
    apply_updates(connection, table, kept, forward=forward)
    return list(before.values()), rows_of(connection, table, sorted(before))


def changed_meanwhile(step: Step | None) -> ChangedMeanwhileError:
    """Say why a step cannot be replayed: its rows are no longer what it left."""
    what = step.what if step else ""
    return ChangedMeanwhileError(
        f"“{what}” cannot be taken back or done again: something else has changed its rows since.",
        "Nothing was changed.",
        step_id=step.id if step else 0,
    )


def _forgotten(step: Step) -> AppError:
    return AppError(f"“{step.what}” is too long ago: what it changed is no longer kept.", "Nothing was changed.")


def _keep(connection: Connection, change_id: int, rows: tuple[Row, ...] | None) -> None:
    table = schema.change
    connection.execute(table.update().where(table.c.id == change_id).values(rows=pack(rows)))


def pack(rows: tuple[Row, ...] | None) -> bytes | None:
    """Write kept rows as the store holds them."""
    return None if rows is None else zlib.compress(json.dumps(rows, ensure_ascii=False).encode(), 1)


def unpack(blob: bytes | None) -> tuple[Row, ...] | None:
    """Read kept rows of the store; None where there are none, or where they were forgotten."""
    return None if blob is None else tuple(tuple(row) for row in json.loads(zlib.decompress(blob)))
