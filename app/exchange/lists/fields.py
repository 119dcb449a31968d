"""The kinds of list and their fields, as COMMANDS names them."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What the rows of a list are."""

    CLIENTS = "clients"
    PEOPLE = "people"
    FEES = "fees"
    COSTS = "costs"
    CONTACTS = "contacts"
    FEEDBACK = "feedback"
    PLANS = "plans"


class Holds(StrEnum):
    """What stands in a field's cells."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a list. `telling` is how much its presence says about the kind of the list."""

    name: str
    holds: Holds = Holds.TEXT
    telling: int = 1


def _text(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name) for name in names)


_CLIENT = Field("client", telling=2)
_CODE = Field("code")
_DATE = Field("date", Holds.DATE, 2)
_AMOUNT = Field("amount", Holds.NUMBER, 3)

FIELDS: dict[Kind, tuple[Field, ...]] = {
    Kind.CLIENTS: (
        _CLIENT,
        _CODE,
        Field("first_contact", Holds.DATE, 3),
        Field("last_contact", Holds.DATE, 3),
        Field("won", Holds.DATE, 3),
        Field("ended", Holds.DATE, 3),
        Field("stage", Holds.WORD, 2),
        Field("tier", Holds.WORD, 3),
        Field("owner", telling=2),
        Field("sector", telling=3),
        Field("source", telling=3),
        *_text("currency"),
        Field("cadence_days", Holds.NUMBER, 3),
        Field("tags", telling=2),
        *_text("notes"),
    ),
    Kind.PEOPLE: (
        _CLIENT,
        _CODE,
        Field("name", telling=2),
        Field("role", telling=3),
        Field("level", telling=2),
        Field("influence", Holds.WORD, 3),
        Field("email", telling=3),
        Field("phone", telling=3),
        Field("channel", Holds.WORD),
    ),
    Kind.FEES: (
        _CLIENT,
        _CODE,
        _DATE,
        _AMOUNT,
        Field("document", telling=3),
        Field("kind", Holds.WORD),
        Field("linked_to", telling=2),
        Field("currency"),
        Field("rate", Holds.NUMBER),
        Field("delivery_cost", Holds.NUMBER),
        *_text("service", "engagement"),
        Field("disbursement", Holds.WORD, 2),
        Field("status", Holds.WORD),
    ),
    Kind.COSTS: (_CLIENT, _CODE, _DATE, _AMOUNT, Field("kind", Holds.WORD, 3), Field("note")),
    Kind.CONTACTS: (
        _CLIENT,
        _CODE,
        _DATE,
        Field("time", Holds.TEXT, 2),
        Field("direction", Holds.WORD, 4),
        Field("began", Holds.WORD, 3),
        Field("channel", Holds.WORD, 2),
        Field("purpose", Holds.WORD, 3),
        Field("minutes", Holds.NUMBER, 3),
        Field("people", telling=2),
        *_text("owner"),
        Field("summary", telling=2),
        *_text("note"),
        Field("counts", Holds.WORD, 2),
    ),
    Kind.FEEDBACK: (
        _CLIENT,
        _CODE,
        _DATE,
        Field("person"),
        Field("kind", Holds.WORD),
        Field("verbatim", telling=3),
        Field("work_score", Holds.NUMBER, 4),
        Field("service_score", Holds.NUMBER, 4),
        Field("nps", Holds.NUMBER, 4),
        Field("channel", Holds.WORD),
    ),
    Kind.PLANS: (),
}

# Each group needs one of its fields.
REQUIRED: dict[Kind, tuple[tuple[str, ...], ...]] = {
    Kind.CLIENTS: (("client", "code"),),
    Kind.PEOPLE: (("client", "code"), ("name",)),
    Kind.FEES: (("client", "code"), ("date",), ("amount",)),
    Kind.COSTS: (("date",), ("amount",), ("kind",)),
    Kind.CONTACTS: (("client", "code"), ("date",)),
    Kind.FEEDBACK: (("client", "code"), ("date",), ("verbatim", "work_score", "service_score", "nps")),
    Kind.PLANS: (),
}


def field_names(kind: Kind) -> tuple[str, ...]:
    """Give the names of a kind's fields in order."""
    return tuple(field.name for field in FIELDS[kind])


def fields_holding(kind: Kind, holds: Holds) -> tuple[str, ...]:
    """Give the names of the fields that hold dates, or numbers."""
    return tuple(field.name for field in FIELDS[kind] if field.holds is holds)
