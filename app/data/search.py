"""What the search looks through: names, and the words of contacts and feedback, newest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from app.data import full_text
from app.data.full_text import SOURCES, Source
from app.data.plain import driver_of, fetched
from app.domain.sought import holds, pieces

# Of what the index gives, so many are brought in order of date, and looked at for signs, which it does not hold.
MOST_LOOKED_AT = 3_000


@dataclass(frozen=True, slots=True)
class Found:
    """One place where the words stand: the text that holds the most of them, in the contact or feedback `row_id`."""

    client_id: int
    row_id: int
    on: date
    words: str
    feedback: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A client or a person: whose client, the name shown, and all that is searched; of a person also its id."""

    client_id: int
    name: str
    under: tuple[str, ...]
    person_id: int = 0


def clients(connection: Connection) -> list[Named]:
    """Read the clients by name, with codes, other names and tags."""
    more: dict[int, list[str]] = {}
    parts = "SELECT client_id, name FROM client_alias UNION ALL SELECT client_id, tag FROM client_tag"
    for client_id, word in fetched(connection, parts):
        more.setdefault(client_id, []).append(word)
    rows = fetched(connection, "SELECT id, name, code FROM client ORDER BY lower(name)")
    return [Named(client_id, name, (name, code, *more.get(client_id, ()))) for client_id, name, code in rows]


def people(connection: Connection) -> list[Named]:
    """Read the people."""
    rows = fetched(connection, "SELECT client_id, name, id FROM person ORDER BY lower(name)")
    return [Named(client_id, name, (name,), person_id) for client_id, name, person_id in rows]


def holding(connection: Connection, typed: str, limit: int) -> list[Found]:
    """Find contacts and feedback that hold all that was typed, by the index; raises as `candidates` does."""
    found: list[Found] = []
    for source, row_id in full_text.candidates(connection, typed, MOST_LOOKED_AT):
        sql = f"{_select(source)} WHERE id = ?"
        found += _holding(source, driver_of(connection.connection).execute(sql, (row_id,)), typed)
        if len(found) >= limit:
            break
    return found


def holding_unaided(connection: Connection, typed: str, limit: int) -> list[Found]:
    """Find the same without the index, row by row."""
    if not full_text.fts_query(typed):
        return []
    found: list[Found] = []
    for source in SOURCES.values():
        rows = driver_of(connection.connection).execute(f'{_select(source)} ORDER BY "on" DESC, id DESC')
        for number, hit in enumerate(_holding(source, rows, typed), 1):
            found.append(hit)
            if number >= limit:
                break
        rows.close()
    return sorted(found, key=lambda hit: hit.on, reverse=True)[:limit]


def _select(source: Source) -> str:
    texts = ", ".join(f'"{name}"' for name in source.texts)
    return f'SELECT client_id, id, "on", {texts} FROM "{source.table.name}"'


def _holding(source: Source, rows: Iterable[tuple[Any, ...]], typed: str) -> Iterator[Found]:
    wanted = pieces(typed)
    for client_id, row_id, on, *texts in rows:
        if holds("\n".join(texts), wanted):
            best = max(texts, key=lambda text: sum(holds(text, (piece,)) for piece in wanted))
            yield Found(client_id, row_id, date.fromisoformat(on), best, source is SOURCES["feedback"])
