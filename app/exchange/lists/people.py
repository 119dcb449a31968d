"""People rows: somebody at a client; a name alone is enough (FEATURES K5)."""

from typing import NamedTuple

from app.domain.checking import Problem
from app.domain.names import tidy
from app.domain.parsing.shown import shown
from app.domain.vocabulary import Channel, Influence
from app.exchange.lists.clients_named import client_columns
from app.exchange.lists.columns import ColumnReader, Terms
from app.exchange.lists.recognition import Mapping
from app.exchange.lists.sheets import Sheet
from app.exchange.lists.synonyms import FIRST_NAME, LAST_NAME
from app.exchange.lists.typed import Column, TypedRows
from app.exchange.lists.words import CHANNELS, INFLUENCES, by_key

_CHANNELS = by_key(CHANNELS)
_INFLUENCES = by_key(INFLUENCES)


class PersonRow(NamedTuple):
    """A person as the list has it; None and empty text are fields the row does not fill."""

    row: int
    client: str
    code: str
    name: str
    role: str
    level: str
    influence: Influence | None
    email: str
    phone: str
    channel: Channel | None


def read_people(sheet: Sheet, mapping: Mapping, terms: Terms) -> TypedRows[PersonRow]:
    """Read a list of people; first and last name may stand in two columns."""
    reader = ColumnReader(sheet, mapping, terms)
    clients, codes = client_columns(reader)
    names = reader.names("name")
    if not reader.has("name"):
        parts = zip(reader.names(FIRST_NAME), reader.names(LAST_NAME), strict=True)
        names = [tidy(f"{first} {last}") for first, last in parts]
    reader.required("name" if reader.has("name") else FIRST_NAME, names, "person's name")
    columns: list[Column] = [
        clients,
        codes,
        names,
        reader.names("role"),
        reader.names("level"),
        reader.words("influence", _INFLUENCES, "influence"),
        [address or "" for address in reader.parsed("email", _address)],
        reader.names("phone"),
        reader.words("channel", _CHANNELS, "channel"),
    ]
    return reader.finish(PersonRow._make, columns)


def _address(cell: str) -> str | Problem:
    name, at, host = cell.rpartition("@")
    if not at or not name or not host or any(map(str.isspace, cell)):
        return Problem("", f"{shown(cell)} is no mail address.", "Write it like jane@example.org, or leave it empty.")
    return cell
