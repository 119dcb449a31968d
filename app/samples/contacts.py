"""Contacts of the sample agency, with lengths, hours and beginners as they would be."""

from dataclasses import dataclass
from datetime import date
from random import Random

from app.domain.contacts import ContactDraft, counts_by_rule
from app.domain.vocabulary import Began, Channel, Direction, Purpose
from app.samples.cast import Present
from app.samples.drafts import BookDrafts

MINUTES = {
    Channel.MAIL: (5, 20), Channel.CALL: (8, 35), Channel.VIDEO: (25, 60), Channel.MEETING: (50, 110),
    Channel.VISIT: (80, 210), Channel.LUNCH: (70, 115), Channel.EVENT: (90, 240), Channel.MESSAGE: (2, 6),
    Channel.LETTER: (10, 25), Channel.VOICEMAIL: (2, 4), Channel.NEWSLETTER: (5, 5),
}  # fmt: skip
TIMED = frozenset({Channel.CALL, Channel.VIDEO, Channel.MEETING, Channel.VISIT, Channel.LUNCH})
SEVERAL = frozenset({Channel.VIDEO, Channel.MEETING, Channel.VISIT, Channel.EVENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What was said, when and how."""

    on: date
    direction: Direction
    channel: Channel
    purpose: Purpose | None
    summary: str
    note: str = ""
    planned: bool = False


def add_contact(book: BookDrafts, client_id: int, exchange: Exchange, present: Present, random: Random) -> int:
    """Add a contact; gives its id."""
    low, high = MINUTES[exchange.channel]
    minutes = random.randint(low, high)
    if minutes > 20:
        minutes = 5 * round(minutes / 5)
    timed = exchange.planned or (exchange.channel in TIMED and random.random() < 0.8)
    draft = ContactDraft(
        client_id=client_id,
        on=exchange.on,
        direction=exchange.direction,
        channel=exchange.channel,
        at=_time(exchange.channel, random) if timed else "",
        began=_began(exchange.direction, random),
        purpose=exchange.purpose,
        minutes=None if random.random() < 0.06 and not exchange.planned else minutes,
        summary=exchange.summary,
        note=exchange.note,
        counts=counts_by_rule(exchange.channel) and not exchange.planned,
        planned=exchange.planned,
        people=tuple(dict.fromkeys(who.id for who in present.people)),
        colleagues=tuple(dict.fromkeys(who.id for who in present.colleagues)),
    )
    return book.contacts.add(draft)


def _began(direction: Direction, random: Random) -> Began | None:
    match direction:
        case Direction.IN:
            return Began.THEM
        case Direction.OUT:
            return Began.US
        case Direction.BOTH:
            return random.choice((Began.US, Began.THEM)) if random.random() < 0.85 else None


def _time(channel: Channel, random: Random) -> str:
    if channel is Channel.LUNCH:
        return random.choice(("12:30", "12:45", "13:00"))
    return f"{random.randint(9, 16):02d}:{random.choice((0, 10, 15, 20, 30, 40, 45)):02d}"
