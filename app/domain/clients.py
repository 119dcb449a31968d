"""Clients: organisations or single persons served or courted, cradle to grave."""

from dataclasses import dataclass
from datetime import date

from app.domain.checking import Problem
from app.domain.names import is_blank
from app.domain.vocabulary import Stage, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientDraft:
    """A client as typed or imported.

    `first_contact`, `won` and `last_contact` are dates a person entered; logged contacts and fees may know better
    (METRICS P9). `tier` is set only when pinned by hand, with reason and day. `cadence_days` is our own rule for
    this client, `preferred_cadence_days` what the client asked for; the latter outranks (METRICS C2).
    """

    name: str
    code: str = ""
    owner_id: int | None = None
    tier: Tier | None = None
    tier_reason: str = ""
    tier_since: date | None = None
    first_contact: date | None = None
    won: date | None = None
    last_contact: date | None = None
    sector: str = ""
    source: str = ""
    currency: str = ""
    cadence_days: int | None = None
    preferred_cadence_days: int | None = None
    preferred_channel: str = ""
    do_not_contact: bool = False
    snoozed_until: date | None = None
    snooze_reason: str = ""
    notes: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Client(ClientDraft):
    """A client of the book; `aliases` are other names under which lists know it."""

    id: int
    aliases: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """The code, else the name: how lists and the command line call this client."""
        return self.code or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRow:
    """A stage set by hand from a day on; derived stages are never stored (METRICS C2a)."""

    client_id: int
    stage: Stage
    since: date
    reason: str = ""
    id: int = 0


def check(draft: ClientDraft) -> tuple[Problem, ...]:
    """Name everything wrong with a client."""
    problems = []
    if is_blank(draft.name):
        problems.append(Problem("name", "A client needs a name.", "Type the name as it stands on invoices."))
    for field, days in (
        ("cadence_days", draft.cadence_days),
        ("preferred_cadence_days", draft.preferred_cadence_days),
    ):
        if days is not None and not 1 <= days <= 3650:
            problems.append(Problem(field, "A cadence lies between 1 and 3,650 days.", "Leave it empty for the table."))
    if draft.currency and (len(draft.currency) != 3 or not draft.currency.isalpha()):
        problems.append(
            Problem("currency", f"“{draft.currency}” is no currency.", "Give three letters, such as EUR, or none.")
        )
    if draft.first_contact and draft.won and draft.won < draft.first_contact:
        problems.append(Problem("won", "The client was won before the first contact.", "Check both dates."))
    return tuple(problems)
