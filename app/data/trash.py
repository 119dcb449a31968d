"""The trash: a view of the store of change sets. What was deleted, or added and taken back, and is not there again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, and_, or_, select

from app.data import schema
from app.data.history import DONE, unpack
from app.data.kept import kept_rows, parents_of
from app.data.recorder import Recorder, Row
from app.domain.changes import Operation, Step

# What a person would miss; tags, other names and who was present come and go with every edit of what they belong to.
THINGS = frozenset(
    {
        *("client", "person", "plan", "objective", "action", "engagement", "fee", "cost", "contact"),
        *("promise", "feedback", "stage", "colleague"),
    }
)
Rows = dict[str, dict[int, Row]]


@dataclass(frozen=True, slots=True)
class Gone:
    """One step's rows that are gone: `roots` are the things themselves, all else belonged to them."""

    step: Step
    taken_back: bool
    rows: Mapping[str, Mapping[int, Row]]
    roots: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Settled:
    """What can come back: rows by table, parents first; `missing` is what the things themselves would belong to."""

    rows: Mapping[str, tuple[Row, ...]]
    missing: tuple[tuple[str, int], ...]
    without: int


def every(connection: Connection) -> Iterator[Gone]:
    """Give what is gone, newest first; a row deleted twice stands in its newest deletion only."""
    seen: dict[str, set[int]] = {}
    for step, taken_back, found in _steps(connection):
        rows: Rows = {}
        for name, by_id in found.items():
            known = seen.setdefault(name, set())
            fresh = by_id.keys() - known
            there = _there(connection, name, fresh)
            known |= fresh
            rows[name] = {row_id: row for row_id, row in by_id.items() if row_id in fresh and row_id not in there}
        roots = _roots(rows)
        if roots:
            yield Gone(step, taken_back, rows, roots)


def settle(connection: Connection, gone: Gone) -> Settled:
    """Work out what can come back: links to what is gone are left out, belongings without their owner too."""
    kept: Rows = {}
    missing: list[tuple[str, int]] = []
    without = 0
    for table in schema.metadata.sorted_tables:
        rows = gone.rows.get(table.name, {})
        if not rows:
            continue
        roots = frozenset(gone.roots.get(table.name, ()))
        kept[table.name] = dict(rows)
        for place, parent, belongs in parents_of(table):
            wanted = {row[place] for row in rows.values() if row[place] is not None}
            present = _there(connection, parent.name, wanted) | kept.get(parent.name, {}).keys()
            for row_id, row in list(kept[table.name].items()):
                if row[place] is None or row[place] in present:
                    continue
                without += 1
                if not belongs:
                    kept[table.name][row_id] = (*row[:place], None, *row[place + 1 :])
                elif row_id in roots:
                    missing.append((parent.name, row[place]))
                else:
                    del kept[table.name][row_id]
    ordered = {name: tuple(by_id[row_id] for row_id in sorted(by_id)) for name, by_id in kept.items() if by_id}
    return Settled(ordered, tuple(dict.fromkeys(missing)), without)


def put_back(recorder: Recorder, gone: Gone, settled: Settled) -> int:
    """Put settled rows back, and the links that were cut when they were deleted; gives how many rows came back."""
    for table in schema.metadata.sorted_tables:
        recorder.put_back(table, settled.rows.get(table.name, ()))
    back = {name: {row[0] for row in rows} for name, rows in settled.rows.items()}
    for name, values in _cut_links(recorder.connection, gone.step.id, back).items():
        recorder.update_many(schema.metadata.tables[name], values)
    return sum(map(len, back.values()))


def _steps(connection: Connection) -> Iterator[tuple[Step, bool, Rows]]:
    sets, kept = schema.change_set, schema.change
    query = (
        select(sets, kept.c.table, kept.c.operation, kept.c.id.label("change_id"))
        .join(kept, kept.c.change_set_id == sets.c.id)
        .where(
            or_(
                and_(kept.c.operation == Operation.DELETE, sets.c.state == DONE),
                and_(kept.c.operation == Operation.INSERT, sets.c.state != DONE),
            ),
            kept.c.rows.is_not(None),
        )
        .order_by(sets.c.id.desc(), kept.c.id)
    )
    by_step: dict[int, list[tuple[Step, bool, str, int]]] = {}
    for row in connection.execute(query).all():
        step = Step(row.id, datetime.fromisoformat(row.at), row.who, row.what, row.state != DONE)
        taken_back = row.operation == Operation.INSERT
        by_step.setdefault(row.id, []).append((step, taken_back, row.table, row.change_id))
    for parts in by_step.values():
        if not THINGS.isdisjoint(table for _, _, table, _ in parts):
            found: Rows = {}
            for _, _, table, change_id in parts:
                blob = connection.execute(select(kept.c.rows).where(kept.c.id == change_id)).scalar_one()
                found.setdefault(table, {}).update((row[0], row) for row in kept_rows(_table(table), blob))
            yield parts[0][0], parts[0][1], found


def _roots(rows: Rows) -> dict[str, tuple[int, ...]]:
    """Find the things that belong to nothing that is gone with them."""
    roots = {}
    for name in sorted(THINGS & rows.keys(), key=_order):
        owners = [(place, rows.get(parent.name, {})) for place, parent, belongs in parents_of(_table(name)) if belongs]
        found = tuple(
            row_id for row_id, row in rows[name].items() if not any(row[place] in others for place, others in owners)
        )
        if found:
            roots[name] = found
    return roots


def _order(name: str) -> int:
    return schema.metadata.sorted_tables.index(_table(name))


def _table(name: str) -> Table:
    return schema.metadata.tables[name]


def _there(connection: Connection, name: str, ids: set[int]) -> set[int]:
    """Tell which rows exist."""
    if not ids:
        return set()
    first, last = min(ids), max(ids)
    if len(ids) > 500:
        sql = f'SELECT id FROM "{name}" WHERE id BETWEEN ? AND ?'
        return ids & set(connection.exec_driver_sql(sql, (first, last)).scalars())
    marks = ", ".join("?" * len(ids))
    return set(connection.exec_driver_sql(f'SELECT id FROM "{name}" WHERE id IN ({marks})', tuple(ids)).scalars())


def _cut_links(
    connection: Connection, step_id: int, back: Mapping[str, set[int]]
) -> dict[str, dict[int, dict[str, object]]]:
    """Find what the deletion unlinked: rows still without the link, whose target has come back."""
    kept = schema.change
    query = select(kept.c.table, kept.c.rows).where(
        kept.c.change_set_id == step_id, kept.c.operation == Operation.UPDATE
    )
    cut: dict[str, dict[int, dict[str, object]]] = {}
    for name, blob in connection.execute(query).all():
        table = _table(name)
        targets = {column.name: key.column.table.name for column in table.columns for key in column.foreign_keys}
        for row_id, columns in unpack(blob) or ():
            for column, before, after in columns:
                if after is None and before in back.get(targets.get(column, ""), ()):
                    cut.setdefault(name, {}).setdefault(row_id, {})[column] = before
    for name, values in cut.items():
        for row_id, links in list(values.items()):
            names = ", ".join(f'"{column}"' for column in links)
            now = connection.exec_driver_sql(f'SELECT {names} FROM "{name}" WHERE id = ?', (row_id,)).first()
            free = {} if now is None else {c: links[c] for c, value in zip(links, now, strict=True) if value is None}
            if free:
                values[row_id] = free
            else:
                del values[row_id]
    return cut
