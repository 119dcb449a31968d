"""Contacts of a list against those of the book: a contact is its client, day, time, direction, channel and summary."""

from collections.abc import Sequence
from typing import Any

from app.domain.contacts import counts_by_rule
from app.domain.names import name_key
from app.domain.vocabulary import Channel
from app.exchange.comparing.matching import KnownRow, ListRow
from app.exchange.comparing.outcome import Comparing
from app.exchange.comparing.references import ColleagueNames, PeopleNames
from app.exchange.lists.contacts import ContactRow
from app.exchange.lists.typed import TypedRows
from app.services.imports import Inserts

NAMES = ("began", "purpose", "minutes", "note", "counts", "people", "owner")


def compare_contacts(work: Comparing, typed: TypedRows[ContactRow]) -> None:
    """Compare, and put new contacts, who was present, and taken changes into the batch."""
    rows = typed.rows
    clients = work.naming.resolve_all([row.client for row in rows], [row.code for row in rows])
    known_clients = sorted({client for client in clients if client > 0})
    facts = work.imports.contacts(known_clients) if known_clients else []
    people = PeopleNames.of(work.imports.people(), work.batch)
    colleagues = ColleagueNames.of(work.known.colleagues, work.batch)
    listed = [_listed(client, row, colleagues) for client, row in zip(clients, rows, strict=True)]
    pairs = work.pairs(listed, (_known(fact) for fact in facts))
    by_id = {fact[0]: fact for fact in facts}
    for index, found in enumerate(pairs):
        if found is None:
            continue
        row, fact = rows[index], by_id[found.id]
        values = work.settle(row.row, row.client, _adding(listed[index], found), found, NAMES)
        if values:
            _update(work, fact, row, values, people, colleagues)
    new = [index for index, found in enumerate(pairs) if found is None]
    work.new += len(new)
    if new:
        _insert(work, [clients[index] for index in new], [rows[index] for index in new], people, colleagues)
        work.tell_repeats(listed[index] for index in new)
    work.notices += [*people.notices(), *colleagues.notices()]


def _listed(client: int, row: ContactRow, colleagues: ColleagueNames) -> ListRow:
    key = (client, row.date, _clock(row), row.direction, row.channel or Channel.OTHER, row.summary)
    owners = tuple(sorted({colleagues.name_of(name) for name in row.owners}))
    return ListRow(key, (row.began, row.purpose, row.minutes, row.note, row.counts, _keys(row.people), owners))


def _clock(row: ContactRow) -> str:
    return row.time.strftime("%H:%M") if row.time else ""


def _keys(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(name_key(name) for name in names))


def _known(fact: tuple[Any, ...]) -> tuple[tuple[Any, ...], KnownRow]:
    contact, *key, began, purpose, minutes, note, counts, people, colleagues = fact
    owners = tuple(sorted(colleagues))
    return tuple(key), KnownRow(contact, (began, purpose, minutes, note, counts, _keys(people), owners))


def _adding(listed: ListRow, found: KnownRow) -> ListRow:
    """Say who was present as it would be then: a list adds people and colleagues, and takes nobody away."""
    *others, people, owners = listed.said
    *_, present, ours = found.said
    return ListRow(listed.key, (*others, _together(people, present), _together(owners, ours)))


def _together(named: tuple[str, ...], present: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*named, *present})) if named else named


def _insert(
    work: Comparing,
    clients: list[int],
    rows: list[ContactRow],
    people: PeopleNames,
    colleagues: ColleagueNames,
) -> None:
    channels = [row.channel or Channel.OTHER for row in rows]
    rule = {channel: counts_by_rule(channel) for channel in Channel}
    work.batch.inserts["contact"] = Inserts(
        {
            "client_id": clients,
            "on": [row.date for row in rows],
            "direction": [row.direction for row in rows],
            "channel": list(channels),
            "at": [_clock(row) for row in rows],
            "began": [row.began for row in rows],
            "purpose": [row.purpose for row in rows],
            "minutes": [row.minutes for row in rows],
            "summary": [row.summary for row in rows],
            "note": [row.note for row in rows],
            "counts": [
                rule[channel] if row.counts is None else row.counts for row, channel in zip(rows, channels, strict=True)
            ],
            "planned": [False] * len(rows),
        }
    )
    for place, (client, row) in enumerate(zip(clients, rows, strict=True), 1):
        if row.people or row.owners:
            _present(work, -place, client, row, people, colleagues)


def _present(
    work: Comparing, contact: int, client: int, row: ContactRow, people: PeopleNames, colleagues: ColleagueNames
) -> None:
    for person in dict.fromkeys(people.resolve(client, name) for name in row.people):
        work.batch.insert("contact_person", contact_id=contact, person_id=person)
    for colleague in dict.fromkeys(colleagues.resolve(name) for name in row.owners):
        work.batch.insert("contact_colleague", contact_id=contact, colleague_id=colleague)


def _update(
    work: Comparing,
    fact: tuple[Any, ...],
    row: ContactRow,
    values: dict[str, Any],
    people: PeopleNames,
    colleagues: ColleagueNames,
) -> None:
    """Put a taken change into the batch; people and colleagues are added, never taken away."""
    contact, client, present = fact[0], fact[1], set(_keys(fact[-2]))
    written = {name: value for name, value in values.items() if name not in ("people", "owner")}
    if written:
        work.batch.update("contact", contact, written)
    missing = tuple(name for name in row.people if name_key(name) not in present) if "people" in values else ()
    owners = tuple(name for name in row.owners if colleagues.name_of(name) not in fact[-1]) if "owner" in values else ()
    _present(work, contact, client, row._replace(people=missing, owners=owners), people, colleagues)
