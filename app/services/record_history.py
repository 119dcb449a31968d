"""The history of one record: who changed what, when, from what to what; and one field taken back."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Protocol

from sqlalchemy import Connection

from app.data import firm as firm_data
from app.data import record_history as data
from app.data import schema
from app.data.database import Database
from app.data.kept import last_known
from app.data.record_history import Event
from app.domain.changes import Operation, RecordChange, RecordRef
from app.errors import AskedWrongError
from app.words import changes as words
from app.words.catalogue import tr

# What is edited with a record: part -> the field of its draft, and the column that field holds.
PARTS = {
    "client_tag": ("tags", "tag"),
    "contact_person": ("people", "person_id"),
    "contact_colleague": ("colleagues", "colleague_id"),
}
# It follows from amount, currency and rate, and is never typed.
_WORKED_OUT = ("fee", "amount")


class NounService(Protocol):
    """What the services of all nouns can do."""

    def get(self, record_id: int, /) -> Any:  # noqa: ANN401 - each noun has a value of its own
        """Read one."""

    def change(self, record_id: int, draft: Any, /) -> None:  # noqa: ANN401
        """Write what differs, checked."""


class RecordHistory:
    """What was done to one record."""

    def __init__(self, database: Database, services: Mapping[str, NounService]) -> None:
        self._database = database
        self._services = services

    def title(self, ref: RecordRef) -> str:
        """Name a record, also one that is gone."""
        with self._database.read() as connection:
            return self._title(connection, ref.table, ref.id, firm_data.read(connection).currency)

    def changes(self, ref: RecordRef) -> list[RecordChange]:
        """Read what was done to a record, newest first; steps that were taken back are left out."""
        with self._database.read() as connection:
            currency = firm_data.read(connection).currency
            found = data.events(connection, ref)
            return [line for event in found for line in self._lines(connection, ref, event, found, currency)]

    def can_take_back(self, change: RecordChange) -> bool:
        """Tell whether a line is a change of one field that can be taken back by itself."""
        return bool(change.column) and change.ref.table in self._services

    def take_back(self, change: RecordChange) -> None:
        """Give one field the value it had before a change, as a new step, checked like any other.

        Raises:
            AskedWrongError: the record is gone, or the field stands so already.
            InvalidInputError: the value no longer fits the rest of the record.
        """
        if not self.can_take_back(change):
            raise AskedWrongError(tr("This cannot be taken back by itself."), tr("Nothing was changed."))
        service = self._services[change.ref.table]
        record = service.get(change.ref.id)
        now = getattr(record, change.column)
        then = change.before if not isinstance(now, tuple) else _without(now, change)
        if then == now:
            raise AskedWrongError(tr("It stands as it was before already."), tr("Nothing was changed."))
        service.change(change.ref.id, replace(record, **{change.column: then}))

    def _lines(
        self, connection: Connection, ref: RecordRef, event: Event, every: list[Event], currency: str
    ) -> Iterator[RecordChange]:
        step = event.step
        line = RecordChange(step.id, step.when, step.who, step.what, ref, "")
        if event.row is not None:
            yield self._of_part(connection, line, event, currency)
        elif event.operation is not Operation.UPDATE:
            yield replace(line, field=_CAME_OR_WENT[event.operation](event.table))
        elif (event.table, event.column) != _WORKED_OUT or _alone(event, every):
            old_in, new_in = _currencies(connection, ref, event, every, currency)
            own = event.table == ref.table and (event.table, event.column) != _WORKED_OUT
            yield replace(
                line,
                field=words.field(event.table, event.column),
                old=self._value(connection, event.table, event.column, event.before, old_in),
                new=self._value(connection, event.table, event.column, event.after, new_in),
                column=event.column if own else "",
                before=event.before,
                after=event.after,
            )

    def _of_part(self, connection: Connection, line: RecordChange, event: Event, currency: str) -> RecordChange:
        assert event.row is not None
        went = event.operation is Operation.DELETE
        field, column = PARTS.get(event.table, ("", ""))
        given = event.row.get(column) if column else None
        said = (
            self._value(connection, event.table, column, given, currency)
            if column
            else words.title(event.table, event.row, currency)
        )
        before, after = (given, None) if went else (None, given)
        old, new = (said, words.NOTHING) if went else (words.NOTHING, said)
        return replace(line, field=words.part(event.table), old=old, new=new, column=field, before=before, after=after)

    def _value(self, connection: Connection, table: str, column: str, given: object, currency: str) -> str:
        target = next((key.column.table for key in schema.metadata.tables[table].columns[column].foreign_keys), None)
        if target is not None and isinstance(given, int):
            return self._title(connection, target.name, given, currency)
        return words.value(column, given, currency)

    def _title(self, connection: Connection, table: str, row_id: int, currency: str) -> str:
        row = last_known(connection, schema.metadata.tables[table], row_id)
        return words.nobody_knows(table) if row is None else words.title(table, row, currency)


_CAME_OR_WENT = {
    Operation.INSERT: words.added,
    Operation.DELETE: words.deleted,
    Operation.RETURN: words.brought_back,
}


def _without(now: tuple[object, ...], change: RecordChange) -> tuple[object, ...]:
    """Undo one coming or going in a list."""
    if change.before is None:
        return tuple(item for item in now if item != change.after)
    return now if change.before in now else (*now, change.before)


def _alone(event: Event, every: list[Event]) -> bool:
    """Tell whether an amount was worked out anew by itself, as after the firm changed its currency."""
    return not any(
        other.step.id == event.step.id and other.column in {"original", "rate", "currency"} for other in every
    )


def _currencies(
    connection: Connection, ref: RecordRef, event: Event, every: list[Event], currency: str
) -> tuple[str, str]:
    """Give the currencies an old and a new amount are in: a fee's own is that of its time."""
    if (event.table, event.column) != ("fee", "original"):
        return currency, currency
    row = last_known(connection, schema.fee, ref.id)
    now = str(row["currency"]) if row else currency
    for other in every:
        # Newest first: what was changed after this event stands before it.
        if other.column == "currency" and other.step.id > event.step.id:
            now = str(other.before)
        if other.column == "currency" and other.step.id == event.step.id:
            return str(other.before), now
    return now, now
