"""Client rows: who they are, when they came and went, whose they are (COMMANDS "Reading a list")."""

from datetime import date
from typing import NamedTuple

from app.domain.vocabulary import Stage, Tier
from app.exchange.lists.clients_named import client_columns
from app.exchange.lists.columns import ColumnReader, Terms
from app.exchange.lists.recognition import Mapping
from app.exchange.lists.sheets import Sheet
from app.exchange.lists.typed import Column, TypedRows
from app.exchange.lists.words import STAGES, TIERS, by_key

_STAGES = by_key(STAGES)
_TIERS = by_key(TIERS)
LONGEST_CADENCE = 3_650


class ClientRow(NamedTuple):
    """A client as the list has it; None and empty text are fields the row does not fill."""

    row: int
    client: str
    code: str
    first_contact: date | None
    last_contact: date | None
    won: date | None
    ended: date | None
    stage: Stage | None
    tier: Tier | None
    owner: str
    sector: str
    source: str
    currency: str
    cadence_days: int | None
    tags: tuple[str, ...]
    notes: str


def read_clients(sheet: Sheet, mapping: Mapping, terms: Terms) -> TypedRows[ClientRow]:
    """Read a list of clients."""
    reader = ColumnReader(sheet, mapping, terms)
    names, codes = client_columns(reader)
    first, last, won, ended = (reader.dates(name)[0] for name in ("first_contact", "last_contact", "won", "ended"))
    _check_order(reader, won, ended)
    columns: list[Column] = [
        names,
        codes,
        first,
        last,
        won,
        ended,
        reader.words("stage", _STAGES, "stage"),
        reader.words("tier", _TIERS, "tier"),
        reader.names("owner"),
        reader.names("sector"),
        reader.names("source"),
        [code or "" for code in reader.currencies("currency")],
        reader.integers("cadence_days", 1, LONGEST_CADENCE, "A cadence in days"),
        reader.several("tags"),
        reader.texts("notes"),
    ]
    return reader.finish(ClientRow._make, columns)


def _check_order(reader: ColumnReader, won: list[date | None], ended: list[date | None]) -> None:
    for index, (start, end) in enumerate(zip(won, ended, strict=True)):
        if start and end and end < start:
            reader.refuse(index, "ended", f"It ended on {end}, before it was won on {start}.", "Check both dates.")
