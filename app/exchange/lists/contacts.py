"""Contact rows: one exchange each, with who spoke and when; the time of day is kept."""

from datetime import date, time
from typing import NamedTuple

from app.domain.parsing import parse_minutes, parse_time
from app.domain.vocabulary import Began, Channel, Direction, Purpose
from app.exchange.lists.clients_named import client_columns
from app.exchange.lists.columns import ColumnReader, Terms
from app.exchange.lists.recognition import Mapping
from app.exchange.lists.sheets import Sheet
from app.exchange.lists.typed import Column, TypedRows
from app.exchange.lists.words import BEGAN, CHANNELS, DIRECTIONS, PURPOSES, by_key

_DIRECTIONS = by_key(DIRECTIONS)
_BEGAN = by_key(BEGAN)
_CHANNELS = by_key(CHANNELS)
_PURPOSES = by_key(PURPOSES)
# Where people speak with each other, an empty direction can only mean both.
_SPOKEN = frozenset({Channel.MEETING, Channel.CALL, Channel.VIDEO, Channel.VISIT, Channel.LUNCH})


class ContactRow(NamedTuple):
    """A contact as the list has it; `counts` None leaves it to the rule of the channel (METRICS C1)."""

    row: int
    client: str
    code: str
    date: date
    time: time | None
    direction: Direction
    began: Began | None
    channel: Channel | None
    purpose: Purpose | None
    minutes: int | None
    people: tuple[str, ...]
    owners: tuple[str, ...]
    summary: str
    note: str
    counts: bool | None


def read_contacts(sheet: Sheet, mapping: Mapping, terms: Terms) -> TypedRows[ContactRow]:
    """Read a list of contacts."""
    reader = ColumnReader(sheet, mapping, terms)
    clients, codes = client_columns(reader)
    days, times_of_date = reader.dates("date", keeps_time=True)
    reader.required("date", days, "date")
    times = reader.parsed("time", parse_time) if reader.has("time") else times_of_date
    channels = reader.words("channel", _CHANNELS, "channel")
    columns: list[Column] = [
        clients,
        codes,
        days,
        times,
        _directions(reader, channels),
        reader.words("began", _BEGAN, "word for who began"),
        channels,
        reader.words("purpose", _PURPOSES, "purpose"),
        reader.parsed("minutes", parse_minutes),
        reader.several("people"),
        reader.several("owner"),
        reader.texts("summary"),
        reader.texts("note"),
        reader.truths("counts"),
    ]
    return reader.finish(ContactRow._make, columns)


def _directions(reader: ColumnReader, channels: list[Channel | None]) -> list[Direction]:
    """Read who spoke; without such a column every contact is a conversation, which is told."""
    if not reader.has("direction"):
        reader.notices.append("No column says who spoke; every contact is taken as a conversation (both).")
        return [Direction.BOTH] * reader.count
    directions: list[Direction] = []
    for index, (direction, channel) in enumerate(
        zip(reader.words("direction", _DIRECTIONS, "direction"), channels, strict=True)
    ):
        if direction is None and channel not in _SPOKEN:
            reader.refuse(index, "direction", "Who spoke is missing.", "Write in, out or both.")
        directions.append(direction or Direction.BOTH)
    return directions
