"""Bringing a whole list into the book: what is known is read at once, what is new is written in one transaction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Table

from app.data import clients as client_data
from app.data import firm as firm_data
from app.data import lists as data
from app.data import schema
from app.data.database import Database
from app.data.nouns import COLLEAGUES, ENGAGEMENTS, PEOPLE
from app.data.recorder import Recorder
from app.domain.backups import Reason
from app.domain.clients import Client, StageRow
from app.domain.colleagues import Colleague
from app.domain.engagements import Engagement
from app.domain.people import Person
from app.errors import AppError

CHUNK = 10_000
CACHE_KIB = 65_536
# Parents before what points to them.
ORDER = (
    schema.colleague,
    schema.client,
    schema.client_alias,
    schema.client_tag,
    schema.stage,
    schema.person,
    schema.engagement,
    schema.fee,
    schema.cost,
    schema.contact,
    schema.contact_person,
    schema.contact_colleague,
    schema.feedback,
)


@dataclass(slots=True)
class Inserts:
    """New rows of one table by column, all columns equally long; those left out take their empty value.

    A negative number in a column of links is the place of a new row: -1 the first of the table it points to.
    `linked_last` rows at the end point to rows of this very table.
    """

    columns: dict[str, list[Any]] = field(default_factory=dict)
    linked_last: int = 0

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(next(iter(self.columns.values()), ()))


@dataclass(slots=True)
class Batch:
    """What one import does, as one step: new rows by table, new values by row. `stamp`: the book it was planned on."""

    what: str
    stamp: tuple[int, int]
    inserts: dict[str, Inserts] = field(default_factory=dict)
    updates: dict[str, dict[int, dict[str, object]]] = field(default_factory=dict)

    def insert(self, table: str, **values: object) -> int:
        """Add one new row and give its negative place; every row of a table names the same columns."""
        inserts = self.inserts.setdefault(table, Inserts({name: [] for name in values}))
        for name, value in values.items():
            inserts.columns[name].append(value)
        return -inserts.count

    def update(self, table: str, row_id: int, values: Mapping[str, object]) -> None:
        """Add new values of one row."""
        self.updates.setdefault(table, {}).setdefault(row_id, {}).update(values)

    @property
    def empty(self) -> bool:
        """Whether the import would change nothing."""
        return not any(inserts.count for inserts in self.inserts.values()) and not any(self.updates.values())


@dataclass(frozen=True, slots=True)
class Known:
    """What every comparison needs of the book."""

    currency: str
    stamp: tuple[int, int]
    clients: list[Client]
    colleagues: list[Colleague]


class Imports:
    """Reads what a list is compared with, and writes what it brings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self) -> Known:
        """Read currency, clients and colleagues."""
        with self._database.read() as connection:
            return Known(
                firm_data.read(connection).currency,
                data.stamp(connection),
                client_data.every(connection),
                COLLEAGUES.every(connection),
            )

    def people(self) -> list[Person]:
        """Read all people."""
        with self._database.read() as connection:
            return PEOPLE.every(connection)

    def engagements(self) -> list[Engagement]:
        """Read all engagements."""
        with self._database.read() as connection:
            return ENGAGEMENTS.every(connection)

    def stages(self) -> list[StageRow]:
        """Read the stages set by hand, oldest first."""
        with self._database.read() as connection:
            return client_data.stages(connection)

    def fee_spans(self) -> dict[int, tuple[date, date]]:
        """Read each client's first and last fee day."""
        with self._database.read() as connection:
            return data.fee_spans(connection)

    def fees(self, clients: Sequence[int]) -> list[data.Fact]:
        """Read the fees of clients as `app.data.lists.fees` lays them out."""
        return self._facts(data.fees, clients)

    def costs(self, clients: Sequence[int]) -> list[data.Fact]:
        """Read the costs of clients and the general ones as `app.data.lists.costs` lays them out."""
        return self._facts(data.costs, clients)

    def contacts(self, clients: Sequence[int]) -> list[data.Fact]:
        """Read the contacts of clients as `app.data.lists.contacts` lays them out, names of those present behind."""
        with self._database.read() as connection:
            present = data.present(connection, clients)
            nobody: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
            return [(*fact, *present.get(fact[0], nobody)) for fact in data.contacts(connection, clients)]

    def feedback(self, clients: Sequence[int]) -> list[data.Fact]:
        """Read the feedback of clients as `app.data.lists.feedback` lays them out."""
        return self._facts(data.feedback, clients)

    def bring(self, batch: Batch, step: Callable[[int, int], None]) -> None:
        """Write a batch in one transaction; `step(done, total)` may raise CancelledError, which leaves all as it was.

        Raises AppError where the book has changed since the batch was planned.
        """
        total = sum(inserts.count for inserts in batch.inserts.values()) + sum(map(len, batch.updates.values()))
        with self._database.write(batch.what, Reason.IMPORT) as recorder:
            if data.stamp(recorder.connection) != batch.stamp:
                raise AppError(
                    "The book has changed since the list was compared with it.", "Nothing was brought in; look again."
                )
            # Without room in the cache every page of a long transaction is looked for twice.
            recorder.connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIB}")
            done = 0
            first_ids: dict[str, int] = {}
            for table in ORDER:
                inserts = batch.inserts.get(table.name)
                if inserts and inserts.count:
                    for written in _insert(recorder, table, inserts, first_ids):
                        done += written
                        step(done, total)
            for name, values in batch.updates.items():
                table = schema.metadata.tables[name]
                recorder.update_many(table, {row: _placed(table, new, first_ids) for row, new in values.items()})
                done += len(values)
                step(done, total)

    def _facts(
        self, read: Callable[[Connection, Sequence[int]], list[data.Fact]], clients: Sequence[int]
    ) -> list[data.Fact]:
        with self._database.read() as connection:
            return read(connection, clients)


def _insert(recorder: Recorder, table: Table, inserts: Inserts, first_ids: dict[str, int]) -> Iterable[int]:
    """Write a table's new rows in chunks; rows that point to others of their table come last, apart."""
    unlinked = inserts.count - inserts.linked_last
    starts = chain(range(0, unlinked, CHUNK), range(unlinked, inserts.count, CHUNK))
    for start in starts:
        stop = min(start + CHUNK, unlinked if start < unlinked else inserts.count)
        columns = [
            _stored(recorder.connection, table, column.name, inserts, slice(start, stop), first_ids)
            for column in table.columns
            if column.name != "id"
        ]
        ids = recorder.insert_stored(table, list(zip(*columns, strict=True)))
        first_ids.setdefault(table.name, ids.start)
        yield len(ids)


def _stored(
    connection: Connection, table: Table, name: str, inserts: Inserts, part: slice, first_ids: Mapping[str, int]
) -> list[Any]:
    """Turn a column's values into what is stored: links to new rows into their ids, days and words into text."""
    column = table.columns[name]
    length = part.stop - part.start
    if name not in inserts.columns:
        return ["" if column.server_default is not None else None] * length
    values = inserts.columns[name][part]
    if column.foreign_keys:
        first = first_ids.get(_target(table, name), 0)
        return [value if value is None or value >= 0 else first - value - 1 for value in values]
    process = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    if process is None:
        return values
    known = {value: None if value is None else process(value) for value in set(values)}
    return [known[value] for value in values]


def _placed(table: Table, values: Mapping[str, object], first_ids: Mapping[str, int]) -> dict[str, object]:
    """Turn links to new rows into their ids."""
    placed: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, int) and value < 0 and table.columns[name].foreign_keys:
            placed[name] = first_ids[_target(table, name)] - value - 1
        else:
            placed[name] = value
    return placed


def _target(table: Table, name: str) -> str:
    return str(next(iter(table.columns[name].foreign_keys)).column.table.name)
