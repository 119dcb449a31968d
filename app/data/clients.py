"""Clients with their tags, other names and stages."""

from sqlalchemy import Connection, func, select

from app.data import schema
from app.data.recorder import Recorder
from app.data.rows import fetch, gather, values_of
from app.domain.clients import Client, ClientDraft, StageRow


def every(connection: Connection, *ids: int) -> list[Client]:
    """Read all clients, or those with the ids given, by name."""
    where = (schema.client.c.id.in_(ids),) if ids else ()
    children = (lambda table: (table.c.client_id.in_(ids),)) if ids else (lambda _: ())
    more = {
        "tags": gather(connection, schema.client_tag, "client_id", "tag", *children(schema.client_tag)),
        "aliases": gather(connection, schema.client_alias, "client_id", "name", *children(schema.client_alias)),
    }
    order = (func.lower(schema.client.c.name),)
    return fetch(connection, Client, schema.client, *where, order=order, more=more)


def one(connection: Connection, client_id: int) -> Client | None:
    """Read one client."""
    found = every(connection, client_id)
    return found[0] if found else None


def stages(connection: Connection, client_id: int | None = None) -> list[StageRow]:
    """Read stages set by hand, oldest first, of one client or of all."""
    where = () if client_id is None else (schema.stage.c.client_id == client_id,)
    return fetch(connection, StageRow, schema.stage, *where, order=(schema.stage.c.since,))


def insert(recorder: Recorder, draft: ClientDraft) -> int:
    """Write a new client with its tags."""
    client_id = recorder.insert(schema.client, values_of(draft, schema.client))
    recorder.insert_many(schema.client_tag, [{"client_id": client_id, "tag": tag} for tag in draft.tags])
    return client_id


def update(recorder: Recorder, client_id: int, draft: ClientDraft) -> None:
    """Write what differs of a client, tags included."""
    recorder.update(schema.client, client_id, values_of(draft, schema.client))
    table = schema.client_tag
    rows = recorder.connection.execute(select(table.c.id, table.c.tag).where(table.c.client_id == client_id)).all()
    recorder.delete(table, [row.id for row in rows if row.tag not in draft.tags])
    known = {row.tag for row in rows}
    recorder.insert_many(table, [{"client_id": client_id, "tag": tag} for tag in draft.tags if tag not in known])


def names_taken(connection: Connection) -> dict[str, int]:
    """Read every name a client goes by, codes and aliases included, in lower case -> id; names win over aliases."""
    table, alias = schema.client, schema.client_alias
    taken = {name.lower(): owner for owner, name in connection.execute(select(alias.c.client_id, alias.c.name))}
    rows = connection.execute(select(table.c.id, table.c.name, table.c.code)).all()
    taken |= {row.code.lower(): row.id for row in rows if row.code}
    return taken | {row.name.lower(): row.id for row in rows}
