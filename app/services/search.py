"""One box finds clients, people, and words in what was logged."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.data import clients as client_data
from app.data import search as data
from app.data.database import Database
from app.data.nouns import PEOPLE
from app.domain.names import fold

SHORTEST_WORDS, LONGEST_WORDS = 3, 200
MOST_WORDS = 12
SNIPPET = 70


class FoundKind(StrEnum):
    """What was found."""

    CLIENT = "client"
    PERSON = "person"
    CONTACT = "contact"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: what to show, and whose it is."""

    kind: FoundKind
    client_id: int
    title: str
    client: str
    on: date | None = None


class Search:
    """Finds by any part of a name, accents and case aside, and by words of at least three letters."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, text: str) -> list[Hit]:
        """Give clients first, then people, then words, each with the best first."""
        sought = text.strip()[:LONGEST_WORDS]
        wanted = fold(sought)
        if not wanted:
            return []
        with self._database.read() as connection:
            clients = client_data.every(connection)
            people = PEOPLE.every(connection)
            enough = len(sought) >= SHORTEST_WORDS
            said = data.holding(connection, sought, MOST_WORDS) if enough else []
        names = {client.id: client.name for client in clients}
        hits = [
            Hit(FoundKind.CLIENT, client.id, client.name, client.name)
            for client in clients
            if any(wanted in fold(name) for name in (client.name, client.code, *client.aliases, *client.tags))
        ]
        hits.sort(key=lambda hit: not fold(hit.title).startswith(wanted))
        hits += [
            Hit(FoundKind.PERSON, person.client_id, person.name, names[person.client_id])
            for person in people
            if wanted in fold(person.name)
        ]
        kinds = {False: FoundKind.CONTACT, True: FoundKind.FEEDBACK}
        hits += [
            Hit(kinds[found.feedback], found.client_id, _around(found.words, text), names[found.client_id], found.on)
            for found in said
        ]
        return hits


def _around(words: str, text: str) -> str:
    """Cut a text around the words wanted."""
    line = " ".join(words.split())
    at = max(line.lower().find(text.strip().lower()), 0)
    start = max(0, at - SNIPPET // 3)
    cut = line[start : start + SNIPPET]
    return f"{'…' if start else ''}{cut}{'…' if start + SNIPPET < len(line) else ''}"
