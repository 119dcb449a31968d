"""One box finds clients, people, and words in what was logged."""

import re
import sqlite3
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection

from app.data import full_text
from app.data import search as data
from app.data.database import Database
from app.domain.changes import ChangeSet
from app.domain.names import fold
from app.domain.sought import around, pieces, places

MOST_CLIENTS, MOST_PEOPLE, MOST_WORDS = 15, 12, 12
SNIPPET = 70
_SIGNS = re.compile(r"[^\w\s]")
_NAMED_IN = frozenset({"client", "client_tag", "client_alias", "person"})


class FoundKind(StrEnum):
    """What was found."""

    CLIENT = "client"
    PERSON = "person"
    CONTACT = "contact"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: what to show, whose it is, and where in the title stands what was typed.

    `record_id` is the id of the person, contact or feedback; 0 for a client.
    """

    kind: FoundKind
    client_id: int
    title: str
    client: str
    on: date | None = None
    marks: tuple[tuple[int, int], ...] = ()
    record_id: int = 0


@dataclass(frozen=True, slots=True)
class _Folded:
    """A client or a person as they are compared: the name, and all under which they are found."""

    named: data.Named
    name: str
    under: str


@dataclass(frozen=True, slots=True)
class _Names:
    clients: list[_Folded]
    people: list[_Folded]
    of_clients: dict[int, str]


class Search:
    """Finds by any part of any name or word, in whatever order, case, accents and signs aside.

    Names are read once and again after a change of them; words come from the book's index.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._changes = 0
        self._kept: tuple[int, _Names] | None = None
        database.listeners.append(self._on_changed)

    def find(self, text: str) -> list[Hit]:
        """Give clients first, then people, then words, each with the best or the newest first; a few of each."""
        wanted = pieces(text)
        if not wanted:
            return []
        kept, changes = self._kept, self._changes
        with self._database.read() as connection:
            names = kept[1] if kept and kept[0] == changes else _read_names(connection)
            said = self._said(connection, text)
        # A change that came meanwhile, in another thread, has a number of its own.
        self._kept = changes, names
        people = _best(names.people, wanted, MOST_PEOPLE)
        hits = [Hit(FoundKind.CLIENT, c.client_id, c.name, c.name) for c in _best(names.clients, wanted, MOST_CLIENTS)]
        hits += [
            Hit(FoundKind.PERSON, p.client_id, p.name, names.of_clients[p.client_id], record_id=p.person_id)
            for p in people
        ]
        for found in said:
            if found.client_id in names.of_clients:
                kind = FoundKind.FEEDBACK if found.feedback else FoundKind.CONTACT
                words = around(found.words, wanted, SNIPPET)
                client = names.of_clients[found.client_id]
                hits.append(Hit(kind, found.client_id, words, client, found.on, record_id=found.row_id))
        return [replace(hit, marks=places(hit.title, wanted)) for hit in hits]

    def _said(self, connection: Connection, text: str) -> list[data.Found]:
        if full_text.is_current(connection):
            try:
                return data.holding(connection, text, MOST_WORDS)
            except sqlite3.DatabaseError as error:
                if not full_text.is_damage(error):
                    raise
                self._database.distrust_full_text()
        return data.holding_unaided(connection, text, MOST_WORDS)

    def _on_changed(self, change_set: ChangeSet) -> None:
        if not _NAMED_IN.isdisjoint(change_set.tables):
            self._changes += 1


def _read_names(connection: Connection) -> _Names:
    clients = data.clients(connection)
    return _Names(
        [_folded(client) for client in clients],
        [_folded(person) for person in data.people(connection)],
        {client.client_id: client.name for client in clients},
    )


def _folded(named: data.Named) -> _Folded:
    under = fold("\n".join(named.under))
    bare = _SIGNS.sub("", under)
    return _Folded(named, fold(named.name), under if bare == under else f"{under}\n{bare}")


def _best(everybody: list[_Folded], wanted: tuple[str, ...], most: int) -> list[data.Named]:
    """Give who is meant: names that begin so first, then names with words that do."""
    found = everybody
    for piece in wanted:
        found = [folded for folded in found if piece in folded.under]
    first = wanted[0]
    found.sort(key=lambda folded: (not folded.name.startswith(first), f" {first}" not in folded.name))
    return [folded.named for folded in found[:most]]
