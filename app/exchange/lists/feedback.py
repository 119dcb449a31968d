"""Feedback rows: a client's words or scores on a day."""

from datetime import date
from typing import NamedTuple

from app.domain.vocabulary import Channel, FeedbackKind
from app.exchange.lists.clients_named import client_columns
from app.exchange.lists.columns import ColumnReader, Terms
from app.exchange.lists.recognition import Mapping
from app.exchange.lists.sheets import Sheet
from app.exchange.lists.typed import Column, TypedRows
from app.exchange.lists.words import CHANNELS, FEEDBACK_KINDS, by_key

_CHANNELS = by_key(CHANNELS)
_KINDS = by_key(FEEDBACK_KINDS)


class FeedbackRow(NamedTuple):
    """A feedback as the list has it; scores 0 to 10, None where none was given."""

    row: int
    client: str
    code: str
    date: date
    person: str
    kind: FeedbackKind | None
    verbatim: str
    work_score: int | None
    service_score: int | None
    nps: int | None
    channel: Channel | None


def read_feedback(sheet: Sheet, mapping: Mapping, terms: Terms) -> TypedRows[FeedbackRow]:
    """Read a list of feedback; a row needs words or a score."""
    reader = ColumnReader(sheet, mapping, terms)
    clients, codes = client_columns(reader)
    days, _ = reader.dates("date")
    reader.required("date", days, "date")
    verbatims = reader.texts("verbatim")
    work, service, nps = (reader.integers(name, 0, 10, "A score") for name in ("work_score", "service_score", "nps"))
    for index, (words, *scores) in enumerate(zip(verbatims, work, service, nps, strict=True)):
        if not words and all(score is None for score in scores):
            reader.refuse(index, "verbatim", "A feedback needs words or a score.", "Fill one in, or leave the row out.")
    columns: list[Column] = [
        clients,
        codes,
        days,
        reader.names("person"),
        reader.words("kind", _KINDS, "kind of feedback"),
        verbatims,
        work,
        service,
        nps,
        reader.words("channel", _CHANNELS, "channel"),
    ]
    return reader.finish(FeedbackRow._make, columns)
