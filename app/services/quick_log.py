"""Quick entry against the book: who is meant by “acme” and “@jane”, and what would be logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.checking import InvalidInputError, Problem
from app.domain.clients import Client
from app.domain.contacts import ContactDraft, counts_by_rule
from app.domain.names import fold
from app.domain.parsing.typed_dates import Lean, parse_date_typed
from app.domain.people import Person
from app.domain.promises import PromiseDraft
from app.domain.quick_entry import Entry, parse_entry
from app.domain.vocabulary import Channel
from app.services.clients import Clients
from app.services.contacts import Contacts
from app.services.people import People


@dataclass(frozen=True, slots=True)
class Understood:
    """What a line would log; `unknown` are people named with @ whom the client does not have (kept in the words)."""

    client: Client
    contact: ContactDraft
    promises: tuple[PromiseDraft, ...]
    people: tuple[Person, ...]
    unknown: tuple[str, ...]


class QuickLog:
    """Reads a line and logs it."""

    def __init__(self, clients: Clients, people: People, contacts: Contacts) -> None:
        self._clients = clients
        self._people = people
        self._contacts = contacts

    def understand(self, line: str, today: date, client_id: int | None = None) -> Understood:
        """Say what a line would log. AskedWrongError: no such client; InvalidInputError: nobody spoke."""
        entry = read_line(line, today, with_client=client_id is None)
        if entry.direction is None:
            raise InvalidInputError(
                Problem("line", "The line does not say who spoke.", "Write < for they, > for we, <> for both.")
            )
        client = self._clients.find(entry.client) if client_id is None else self._clients.get(client_id)
        people, unknown = people_meant(entry.people, self._people.of_client(client.id))
        words = " ".join(filter(None, (entry.words, *(f"@{name}" for name in unknown))))
        channel = entry.channel or Channel.OTHER
        contact = ContactDraft(
            client_id=client.id,
            on=today,
            direction=entry.direction,
            channel=channel,
            purpose=entry.purpose,
            minutes=entry.minutes,
            summary=words,
            counts=counts_by_rule(channel),
            people=tuple(person.id for person in people),
        )
        promises = tuple(PromiseDraft(client_id=client.id, what=p.what, by=p.by, due=p.due) for p in entry.promises)
        return Understood(client, contact, promises, tuple(people), unknown)

    def log(self, line: str, today: date, client_id: int | None = None) -> Understood:
        """Log what a line says, in one step."""
        understood = self.understand(line, today, client_id)
        self._contacts.log(understood.contact, understood.promises)
        return understood


def read_line(line: str, today: date, *, with_client: bool = True) -> Entry:
    """Read a line with the date words of the program."""

    def date_word(text: str) -> date | None:
        found = parse_date_typed(text, today, lean=Lean.FUTURE)
        return found if isinstance(found, date) else None

    return parse_entry(line, date_word, with_client=with_client)


def people_meant(names: tuple[str, ...], people: Sequence[Person]) -> tuple[list[Person], tuple[str, ...]]:
    """Match @words to people, case and accents aside: whole name first, then its beginning or that of any part.

    Who has left is meant only where nobody else can be; where two could be meant, nobody is guessed: unknown.
    """
    found: dict[int, Person] = {}
    unknown: list[str] = []
    for name in names:
        wanted = fold(name.replace(".", " ").replace("_", " ")).strip()
        whole = [person for person in people if fold(person.name) == wanted]
        fitting = whole or [person for person in people if wanted and _begins(fold(person.name), wanted)]
        there = [person for person in fitting if person.left_on is None] or fitting
        if len(there) == 1:
            found[there[0].id] = there[0]
        else:
            unknown.append(name)
    return list(found.values()), tuple(unknown)


def _begins(name: str, wanted: str) -> bool:
    return name.startswith(wanted) or any(part.startswith(wanted) for part in name.split())
