"""What every figure is made of, per client: read once, kept, and read again only for clients a change touched."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sqlalchemy import Connection

from app.collector import collector_paused
from app.data import clients as client_data
from app.data import figures as data
from app.domain.clients import Client, StageRow
from app.domain.metrics.contacts import NO_CONTACTS, ContactSeries
from app.domain.metrics.contribution import CostSeries
from app.domain.metrics.feedback_loop import LoopRow
from app.domain.metrics.purchases import FeeRow, FeeSeries, LinkedCredit
from app.domain.metrics.relationship import Relationship
from app.domain.metrics.relationship import StageRow as DatedStage
from app.domain.metrics.retainers import Retainer
from app.domain.vocabulary import Direction, FeedbackKind, Purpose
from app.services.client_costs import NO_FEE_COLUMNS, CostRows, Costs, FeeColumns


@dataclass(frozen=True)  # no slots: what is made when first asked for is kept beside the fields
class ClientSeries:
    """One client's dated rows, ready to be asked for any day."""

    client: Client
    fees: FeeSeries
    contacts: ContactSeries
    cost_rows: CostRows
    relationship: Relationship
    planned: tuple[int, ...] = ()
    loops: tuple[LoopRow, ...] = ()
    retainer_only: bool = False
    retainer_rows: tuple[tuple[int, Retainer], ...] = ()

    @cached_property
    def retainers(self) -> tuple[Retainer, ...]:
        """Its retainers with the days of their invoices; one without a rate counts for each of them."""
        if not self.retainer_rows:
            return ()
        days: dict[str, list[int]] = {str(key): [] for key, _ in self.retainer_rows}
        for day, amount, engagement in self.cost_rows.fees.engaged():
            if engagement in days and amount > 0:
                days[engagement].append(day)
        unrated = [row.day.toordinal() for row in self.fees.unrated if (row.original or 0) > 0]
        return tuple(
            replace(retainer, invoices=tuple(sorted([*days[str(key)], *unrated])))
            for key, retainer in self.retainer_rows
        )

    @cached_property
    def costs(self) -> CostSeries:
        """Everything the client cost, by day."""
        return self.cost_rows.added_up()

    def add_up(self) -> CostSeries:
        """Give the costs, which from now on are there."""
        return self.costs

    def next_planned(self, as_of: date) -> date | None:
        """Give the day of the next planned contact from the day on."""
        later = [day for day in self.planned if day >= as_of.toordinal()]
        return date.fromordinal(later[0]) if later else None


def read(connection: Connection, ids: tuple[int, ...] | None = None) -> dict[int, ClientSeries]:
    """Read the series of all clients, or of those named; a client that no longer exists is left out."""
    with collector_paused():
        return _read(connection, ids)


def _read(connection: Connection, ids: data.Ids) -> dict[int, ClientSeries]:
    clients = client_data.every(connection) if ids is None else client_data.every(connection, *ids)
    day_of = data.DayOrdinals()
    fees = {
        client_id: FeeColumns(day_of.all(days), data.numbers(amounts), engagements, delivery_costs)
        for client_id, days, amounts, engagements, delivery_costs in data.fees(connection, ids)
    }
    unrated, links = _unrated(connection, ids), _links(connection, ids, day_of)
    spoken = _spoken(connection, ids, day_of)
    costs = Costs(connection, ids, day_of)
    stages = _stages(connection, ids)
    loops = _loops(connection, ids)
    retained = data.retainer_only(connection, ids)
    retainers = _retainers(connection, ids)
    found = {}
    for client in clients:
        key = client.id
        invoiced, talk = fees.get(key, NO_FEE_COLUMNS), spoken.get(key, _SILENCE)
        found[key] = ClientSeries(
            client=client,
            fees=FeeSeries.from_columns(invoiced.days, invoiced.amounts, unrated.get(key, ()), links.get(key, ())),
            contacts=talk.contacts,
            cost_rows=costs.of(key, invoiced),
            relationship=_relationship(client, talk, stages.get(key, ())),
            planned=talk.planned,
            loops=tuple(loops.get(key, ())),
            retainer_only=key in retained,
            retainer_rows=tuple(retainers.get(key, ())),
        )
    return found


def _unrated(connection: Connection, ids: data.Ids) -> Mapping[int, list[FeeRow]]:
    found: defaultdict[int, list[FeeRow]] = defaultdict(list)
    for client_id, row_id, on, currency, original in data.fees_without_rate(connection, ids):
        found[client_id].append(FeeRow(date.fromisoformat(on), None, row_id, currency=currency, original=original))
    return found


def _links(connection: Connection, ids: data.Ids, day_of: data.DayOrdinals) -> Mapping[int, list[LinkedCredit]]:
    found: defaultdict[int, list[LinkedCredit]] = defaultdict(list)
    for client_id, on, invoiced_on, amount in data.linked_credits(connection, ids):
        found[client_id].append(LinkedCredit(day_of[on], day_of[invoiced_on], amount))
    return found


@dataclass(slots=True)
class _Spoken:
    """What one client's contacts come to."""

    contacts: ContactSeries = NO_CONTACTS
    planned: tuple[int, ...] = ()
    first: date | None = None


_SILENCE = _Spoken()
_DIRECTIONS = {str(member): member for member in Direction}
_PURPOSES: Mapping[str, Purpose | None] = {"": None} | {str(member): member for member in Purpose}


def _spoken(connection: Connection, ids: data.Ids, day_of: data.DayOrdinals) -> dict[int, _Spoken]:
    found: defaultdict[int, _Spoken] = defaultdict(_Spoken)
    for client_id, days, directions, purposes in data.counted_contacts(connection, ids):
        found[client_id].contacts = ContactSeries.from_columns(
            day_of.all(days),
            [_DIRECTIONS[word] for word in data.words(directions)],
            [_PURPOSES[word] for word in data.words(purposes)],
        )
    for client_id, days in data.planned_contacts(connection, ids):
        found[client_id].planned = day_of.all(days)
    for client_id, first in data.first_contacts(connection, ids).items():
        found[client_id].first = first
    return found


def _stages(connection: Connection, ids: data.Ids) -> dict[int, list[StageRow]]:
    found: defaultdict[int, list[StageRow]] = defaultdict(list)
    for row in client_data.stages(connection, ids[0] if ids and len(ids) == 1 else None):
        found[row.client_id].append(row)
    return found


def _loops(connection: Connection, ids: data.Ids) -> dict[int, list[LoopRow]]:
    found: defaultdict[int, list[LoopRow]] = defaultdict(list)
    for client, *days, kind in data.feedback(connection, ids):
        received, owned, acted, told = (None if day is None else date.fromisoformat(day) for day in days)
        if received is not None:
            found[client].append(LoopRow(received, owned, acted, told, praise=kind == FeedbackKind.PRAISE))
    return found


def _retainers(connection: Connection, ids: data.Ids) -> dict[int, list[tuple[int, Retainer]]]:
    found: defaultdict[int, list[tuple[int, Retainer]]] = defaultdict(list)
    for client, key, name, *days, months in data.retainers(connection, ids):
        starts, ends = (None if day is None else date.fromisoformat(day) for day in days)
        found[client].append((key, Retainer(name, months, starts, ends)))
    return found


def _relationship(client: Client, talk: _Spoken, stages: Iterable[StageRow]) -> Relationship:
    return Relationship(
        first_met=client.first_contact,
        first_logged=talk.first,
        won=client.won,
        stages=tuple(DatedStage(row.since, row.stage) for row in stages),
    )
