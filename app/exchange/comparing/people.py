"""People of a list against those of the book: a person is the client and the name."""

from app.domain.names import name_key
from app.domain.people import Person
from app.domain.vocabulary import Influence, Sentiment
from app.exchange.comparing.matching import KnownRow, ListRow, differences
from app.exchange.comparing.outcome import Comparing
from app.exchange.lists.people import PersonRow
from app.exchange.lists.typed import TypedRows

NAMES = ("role", "level", "influence", "email", "phone", "channel")


def compare_people(work: Comparing, typed: TypedRows[PersonRow]) -> None:
    """Compare, and put new people and what is filled or altered into the batch; empty fields are always filled."""
    rows = typed.rows
    clients = work.naming.resolve_all([row.client for row in rows], [row.code for row in rows])
    listed = [
        ListRow(
            (client, name_key(row.name)),
            (row.role, row.level, _influence(row.influence), row.email, row.phone, row.channel),
        )
        for client, row in zip(clients, rows, strict=True)
    ]
    known = (((person.client_id, name_key(person.name)), _known(person)) for person in work.imports.people())
    for index, found in enumerate(work.pairs(listed, known)):
        row = rows[index]
        if found is not None:
            changes = differences(listed[index].said, found.said, NAMES)
            values = work.settle_filling(row.row, row.name, changes)
            if values:
                work.batch.update("person", found.id, values)
            continue
        work.new += 1
        work.batch.insert(
            "person",
            client_id=clients[index],
            name=row.name,
            role=row.role,
            level=row.level,
            influence=row.influence or Influence.UNKNOWN,
            sentiment=Sentiment.UNKNOWN,
            email=row.email,
            phone=row.phone,
            channel=row.channel.value if row.channel else "",
        )


def _known(person: Person) -> KnownRow:
    said = (person.role, person.level, _influence(person.influence), person.email, person.phone, person.channel)
    return KnownRow(person.id, said)


def _influence(influence: Influence | None) -> Influence | None:
    return None if influence is Influence.UNKNOWN else influence
