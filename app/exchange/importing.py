"""Bring a list into the book: planned first, with every count and reason, then applied as one step to undo."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.collector import collector_paused
from app.domain.checking import Problem
from app.exchange.comparing.clients import compare_clients, insert_new
from app.exchange.comparing.contacts import compare_contacts
from app.exchange.comparing.costs import compare_costs
from app.exchange.comparing.feedback import compare_feedback
from app.exchange.comparing.fees import compare_fees
from app.exchange.comparing.naming import Match, Naming, some
from app.exchange.comparing.outcome import ChangedRow, Comparing, Existing
from app.exchange.comparing.people import compare_people
from app.exchange.lists.fields import Kind
from app.exchange.lists.near import NearName
from app.exchange.lists.reading import Prepared
from app.exchange.lists.typed import TypedRows
from app.exchange.reading.progress import UNWATCHED, Watch
from app.services.imports import Batch, Imports
from app.words.catalogue import trn

_COMPARERS: dict[Kind, Callable[[Comparing, TypedRows[Any]], None]] = {
    Kind.CLIENTS: compare_clients,
    Kind.PEOPLE: compare_people,
    Kind.FEES: compare_fees,
    Kind.COSTS: compare_costs,
    Kind.CONTACTS: compare_contacts,
    Kind.FEEDBACK: compare_feedback,
}


@dataclass(frozen=True, slots=True)
class Choices:
    """How rows meet the book. `same_as`: name in the list -> id of the client it is, a person's answers."""

    match: Match | None = None
    existing: Existing = Existing.ADD
    same_as: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do; `rows == new + changed + same + skipped + len(problems)` always.

    `changes` are the changed rows with what differs and whether it is taken; `near` the names to ask "same as ...?";
    `taken` counts the rows that would be written.
    """

    kind: Kind
    rows: int
    new: int
    changed: int
    same: int
    skipped: int
    taken: int
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]
    changes: tuple[ChangedRow, ...]
    new_clients: tuple[str, ...]
    near: tuple[NearName, ...]
    batch: Batch

    def told(self, asked: Collection[str] = ()) -> list[str]:
        """Give every notice, and of the near names those about which nobody is `asked`."""
        apart = {
            near.name: f"“{near.name}” is near “{near.known}”; it stays a client of its own."
            for near in self.near
            if near.name not in asked
        }
        return [*self.notices, *some(apart, "names are near another likewise")]


def plan(imports: Imports, prepared: Prepared, choices: Choices, today: date, watch: Watch = UNWATCHED) -> Plan:
    """Compare a list with the book, outside any transaction; nothing is written."""
    typed = prepared.typed
    known = imports.known()
    watch.step(0, typed.total)
    batch = Batch("", known.stamp)
    naming = Naming.of(known.clients, choices.match, choices.same_as)
    work = Comparing(imports, known, naming, batch, choices.existing, today)
    with collector_paused():
        _COMPARERS[prepared.kind](work, typed)
        insert_new(work, work.new_values)
        if prepared.kind is Kind.CLIENTS or choices.existing is Existing.SKIP:
            # A list of clients counts its codes with its rows; nothing that matches is touched on skip.
            naming.filled_codes.clear()
        for client_id, alias in naming.aliases:
            batch.insert("client_alias", client_id=client_id, name=alias)
        for client_id, code in naming.filled_codes.items():
            batch.update("client", client_id, {"code": code})
        near = naming.near()
    taken = work.new + sum(change.taken for change in work.changes)
    batch.what = _phrase(prepared.kind, taken)
    problems = sorted([*typed.problems, *work.problems], key=lambda problem: problem.row or 0)
    watch.step(typed.total, typed.total)
    return Plan(
        kind=prepared.kind,
        rows=typed.total,
        new=work.new,
        changed=len(work.changes),
        same=work.same,
        skipped=len(typed.skipped) + work.skipped,
        taken=taken,
        problems=tuple(problems),
        notices=(*typed.notices, *work.notices, *naming.notices()),
        changes=tuple(work.changes),
        new_clients=tuple(client.name for client in naming.new),
        near=tuple(near),
        batch=batch,
    )


def apply(imports: Imports, planned: Plan, watch: Watch = UNWATCHED) -> None:
    """Write what was planned as one transaction and one step; a plan that changes nothing is no step.

    Raises CancelledError where the person cancelled and AppError where the book has changed since; both leave it as
    it was.
    """
    if not planned.batch.empty:
        with collector_paused():
            imports.bring(planned.batch, watch.step)


def _phrase(kind: Kind, count: int) -> str:
    phrases = {
        Kind.CLIENTS: ("import of {n} client", "import of {n} clients"),
        Kind.PEOPLE: ("import of {n} person", "import of {n} people"),
        Kind.FEES: ("import of {n} fee", "import of {n} fees"),
        Kind.COSTS: ("import of {n} cost", "import of {n} costs"),
        Kind.CONTACTS: ("import of {n} contact", "import of {n} contacts"),
        Kind.FEEDBACK: ("import of {n} feedback", "import of {n} feedback"),
        Kind.PLANS: ("import of {n} plan", "import of {n} plans"),
    }
    return trn(*phrases[kind], count)
