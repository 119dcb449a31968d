"""Words in what was logged: contacts and feedback that hold a text, newest first."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, literal, or_, select, union_all

from app.data import schema


@dataclass(frozen=True, slots=True)
class Found:
    """One place where the words stand."""

    client_id: int
    on: date
    words: str
    feedback: bool


def holding(connection: Connection, text: str, limit: int) -> list[Found]:
    """Find contacts and feedback whose words hold a text, in any case of the 26 letters."""
    contact, feedback = schema.contact, schema.feedback
    contacts = select(contact.c.client_id, contact.c.on, contact.c.summary, literal(0)).where(
        or_(contact.c.summary.icontains(text, autoescape=True), contact.c.note.icontains(text, autoescape=True))
    )
    said = select(feedback.c.client_id, feedback.c.on, feedback.c.verbatim, literal(1)).where(
        feedback.c.verbatim.icontains(text, autoescape=True)
    )
    both = union_all(contacts, said).subquery()
    rows = connection.execute(select(both).order_by(both.c.on.desc()).limit(limit))
    return [Found(client_id, on, words, bool(is_feedback)) for client_id, on, words, is_feedback in rows]
