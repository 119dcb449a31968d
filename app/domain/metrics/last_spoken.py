"""When each person of a client was last spoken to, from the contacts that count (METRICS C1)."""

from collections.abc import Iterable
from datetime import date

from app.domain.contacts import Contact


def last_spoken(contacts: Iterable[Contact], as_of: date) -> dict[int, date]:
    """Give person -> day of the last counting contact up to the day; who was never spoken to is not in it."""
    latest: dict[int, date] = {}
    for contact in contacts:
        if contact.planned or not contact.counts or contact.on > as_of:
            continue
        for person in contact.people:
            if person not in latest or latest[person] < contact.on:
                latest[person] = contact.on
    return latest
