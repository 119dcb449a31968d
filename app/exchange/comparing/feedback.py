"""Feedback of a list against that of the book: it is its client, day, person and words."""

from app.domain.names import name_key
from app.domain.vocabulary import Channel, FeedbackKind
from app.exchange.comparing.matching import KnownRow, ListRow
from app.exchange.comparing.outcome import Comparing
from app.exchange.comparing.references import PeopleNames
from app.exchange.lists.feedback import FeedbackRow
from app.exchange.lists.typed import TypedRows

NAMES = ("kind", "channel", "work_score", "service_score", "nps")


def compare_feedback(work: Comparing, typed: TypedRows[FeedbackRow]) -> None:
    """Compare, and put new feedback and taken changes into the batch."""
    rows = typed.rows
    clients = work.naming.resolve_all([row.client for row in rows], [row.code for row in rows])
    known_clients = sorted({client for client in clients if client > 0})
    facts = work.imports.feedback(known_clients) if known_clients else []
    people = PeopleNames.of(work.imports.people(), work.batch)
    listed = [
        ListRow(
            (client, row.date, name_key(row.person), row.verbatim),
            (row.kind, row.channel, row.work_score, row.service_score, row.nps),
        )
        for client, row in zip(clients, rows, strict=True)
    ]
    known = (((fact[1], fact[2], name_key(fact[3]), fact[4]), KnownRow(fact[0], fact[5:])) for fact in facts)
    for index, found in enumerate(work.pairs(listed, known)):
        row = rows[index]
        if found is not None:
            values = work.settle(row.row, row.client, listed[index], found, NAMES)
            if values:
                work.batch.update("feedback", found.id, values)
            continue
        work.new += 1
        client = clients[index]
        work.batch.insert(
            "feedback",
            client_id=client,
            on=row.date,
            verbatim=row.verbatim,
            person_id=people.resolve(client, row.person) if row.person else None,
            kind=row.kind or FeedbackKind.COMMENT,
            channel=row.channel or Channel.OTHER,
            work_score=row.work_score,
            service_score=row.service_score,
            nps=row.nps,
        )
    work.notices += people.notices()
