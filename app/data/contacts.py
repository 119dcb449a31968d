"""Contacts with the people and colleagues present."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, Table, select

from app.data import schema
from app.data.recorder import Recorder
from app.data.rows import fetch, gather, values_of
from app.domain.contacts import Contact, ContactDraft
from app.domain.vocabulary import Direction

# Of one day and time, the one logged last is the newest.
_NEWEST_FIRST = (schema.contact.c.on.desc(), schema.contact.c.at.desc(), schema.contact.c.id.desc())


def of_client(connection: Connection, client_id: int) -> list[Contact]:
    """Read the dialogue with one client, newest first."""
    return _read(connection, schema.contact.c.client_id == client_id)


def every(connection: Connection) -> list[Contact]:
    """Read every contact of the book, newest first."""
    return _read(connection)


def one(connection: Connection, contact_id: int) -> Contact | None:
    """Read one contact."""
    found = _read(connection, schema.contact.c.id == contact_id)
    return found[0] if found else None


def last_words(connection: Connection, as_of: date, clients: Sequence[int]) -> dict[int, Contact]:
    """Read the latest contact up to a day in which each client spoke words."""
    client, table = schema.client, schema.contact
    # One look into the index for each client, from the day backwards, instead of every contact of the book.
    newest = (
        select(table.c.id)
        .where(
            table.c.client_id == client.c.id,
            table.c.on <= as_of,
            table.c.planned.is_(False),
            table.c.direction != Direction.OUT,
            table.c.summary != "",
        )
        .order_by(*_NEWEST_FIRST)
        .limit(1)
        .scalar_subquery()
    )
    ids = connection.execute(select(newest).where(client.c.id.in_(clients))).scalars()
    found = _read(connection, table.c.id.in_([row_id for row_id in ids if row_id is not None]))
    return {contact.client_id: contact for contact in found}


def insert(recorder: Recorder, draft: ContactDraft) -> int:
    """Write a new contact and who was present."""
    contact_id = recorder.insert(schema.contact, values_of(draft, schema.contact))
    _present(recorder, schema.contact_person, "person_id", contact_id, draft.people)
    _present(recorder, schema.contact_colleague, "colleague_id", contact_id, draft.colleagues)
    return contact_id


def update(recorder: Recorder, contact_id: int, draft: ContactDraft) -> None:
    """Write what differs of a contact and of who was present."""
    recorder.update(schema.contact, contact_id, values_of(draft, schema.contact))
    _present(recorder, schema.contact_person, "person_id", contact_id, draft.people)
    _present(recorder, schema.contact_colleague, "colleague_id", contact_id, draft.colleagues)


def _read(connection: Connection, *where: ColumnElement[bool]) -> list[Contact]:
    table = schema.contact
    wanted = select(table.c.id).where(*where)
    more = {}
    for field, child, column in (
        ("people", schema.contact_person, "person_id"),
        ("colleagues", schema.contact_colleague, "colleague_id"),
    ):
        inside = (child.c.contact_id.in_(wanted),) if where else ()
        more[field] = gather(connection, child, "contact_id", column, *inside)
    return fetch(connection, Contact, table, *where, order=_NEWEST_FIRST, more=more)


def _present(recorder: Recorder, table: Table, column: str, contact_id: int, wanted: Iterable[int]) -> None:
    query = select(table.c.id, table.c[column]).where(table.c.contact_id == contact_id)
    known = {who: row_id for row_id, who in recorder.connection.execute(query)}
    recorder.delete(table, [row_id for who, row_id in known.items() if who not in wanted])
    new = [who for who in dict.fromkeys(wanted) if who not in known]
    recorder.insert_many(table, [{"contact_id": contact_id, column: who} for who in new])
