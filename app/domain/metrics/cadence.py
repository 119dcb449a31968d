"""How often contact is due with a client, who says so, and how far it is overdue (METRICS C2, C3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from app.domain.vocabulary import Stage, Tier

DUE_SOON = Fraction(4, 5)
BADLY = 2


class CadenceSource(StrEnum):
    """Who decides the cadence, first match (METRICS C2)."""

    PREFERENCE = "the client's preference"
    OWN = "the client's own cadence"
    SERVICE_LEVEL = "the service level of the tier"
    TABLE = "your rule for stage and tier"
    ENDED = "ended: none"
    LIGHT = "light: none"


class ContactState(StrEnum):
    """Where a client stands against its cadence (METRICS C3)."""

    NONE = "no cadence"
    NEVER = "never contacted"
    OK = "ok"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"
    BADLY = "badly overdue"


@dataclass(frozen=True, slots=True)
class CadenceRow:
    """One row of the firm's table, days: top / A, large and medium / B, small / C."""

    a: int
    b: int
    c: int


PROPOSED_TABLE: Mapping[Stage, CadenceRow] = {
    Stage.PROSPECT: CadenceRow(14, 21, 45),
    Stage.INCUBATING: CadenceRow(14, 21, 45),
    Stage.NEW: CadenceRow(14, 21, 30),
    Stage.WON_BACK: CadenceRow(14, 21, 30),
    Stage.ESTABLISHED: CadenceRow(30, 60, 120),
    Stage.AT_RISK: CadenceRow(7, 14, 30),
    Stage.DORMANT: CadenceRow(60, 90, 180),
}
"""Starting values from judgement, not research: the firm edits them ("your rule")."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """The days within which contact is due, None for no clock, and who decided."""

    days: int | None
    source: CadenceSource

    @property
    def maximum(self) -> int | None:
        """Give the maximum, twice the cadence."""
        return None if self.days is None else BADLY * self.days


def cadence(
    stage: Stage,
    tier: Tier | None,
    *,
    preference: int | None = None,
    own: int | None = None,
    service_level: int | None = None,
    table: Mapping[Stage, CadenceRow] = PROPOSED_TABLE,
) -> Cadence:
    """Resolve a client's cadence: preference, own, service level of the tier, table (C2).

    An ended relationship and a light client have none whatever was set before: no warnings, no guilt.
    """
    if stage is Stage.ENDED:
        return Cadence(None, CadenceSource.ENDED)
    if tier is Tier.LIGHT:
        return Cadence(None, CadenceSource.LIGHT)
    for days, source in (
        (preference, CadenceSource.PREFERENCE),
        (own, CadenceSource.OWN),
        (service_level, CadenceSource.SERVICE_LEVEL),
    ):
        if days is not None:
            return Cadence(days, source)
    row = table.get(stage)
    return Cadence(None if row is None else _column(row, tier), CadenceSource.TABLE)


def _column(row: CadenceRow, tier: Tier | None) -> int:
    """Read the tier's column: Platinum A, Gold and Lead B, Iron and inactive C."""
    match tier:
        case Tier.PLATINUM:
            return row.a
        case Tier.GOLD | Tier.LEAD:
            return row.b
        case _:
            return row.c


@dataclass(frozen=True, slots=True)
class Overdue:
    """Days since the last counting contact against the cadence; `ratio` is q (METRICS C3)."""

    last: date | None
    days: int | None
    cadence: int | None
    state: ContactState

    @property
    def overdue_days(self) -> int | None:
        """Give days - cadence, negative while there is time."""
        return None if self.days is None or self.cadence is None else self.days - self.cadence

    @property
    def ratio(self) -> Fraction | None:
        """Give q = days / cadence."""
        return None if self.days is None or not self.cadence else Fraction(self.days, self.cadence)


def overdue(last: date | None, cadence_days: int | None, as_of: date) -> Overdue:
    """Measure the contact gap of a client (C3): due soon from q = 0.8, overdue over 1, badly from 2."""
    days = None if last is None else (as_of - last).days
    if cadence_days is None:
        return Overdue(last, days, None, ContactState.NONE)
    if days is None:
        return Overdue(None, None, cadence_days, ContactState.NEVER)
    if days >= BADLY * cadence_days:
        state = ContactState.BADLY
    elif days > cadence_days:
        state = ContactState.OVERDUE
    elif days * DUE_SOON.denominator >= cadence_days * DUE_SOON.numerator:
        state = ContactState.DUE_SOON
    else:
        state = ContactState.OK
    return Overdue(last, days, cadence_days, state)
