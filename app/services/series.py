"""What every figure is made of, per client: read once, kept, and read again only for clients a change touched."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from app.data import clients as client_data
from app.data import figures as data
from app.data import firm as firm_data
from app.data.nouns import HOURLY_COSTS
from app.domain.clients import Client, StageRow
from app.domain.metrics.contacts import ContactRow, ContactSeries
from app.domain.metrics.contribution import CostRow, CostSeries, FeeCost, TimeRow
from app.domain.metrics.feedback_loop import LoopRow
from app.domain.metrics.purchases import FeeRow, FeeSeries
from app.domain.metrics.relationship import Relationship
from app.domain.metrics.relationship import StageRow as DatedStage
from app.domain.vocabulary import CostKind, Direction, EngagementKind, FeedbackKind, Purpose


@dataclass(frozen=True, slots=True)
class ClientSeries:
    """One client's dated rows, ready to be asked for any day."""

    client: Client
    fees: FeeSeries
    contacts: ContactSeries
    costs: CostSeries
    relationship: Relationship
    planned: tuple[int, ...] = ()
    loops: tuple[LoopRow, ...] = ()
    retainer_only: bool = False

    def next_planned(self, as_of: date) -> date | None:
        """Give the day of the next planned contact from the day on."""
        later = [day for day in self.planned if day >= as_of.toordinal()]
        return date.fromordinal(later[0]) if later else None


def read(connection: Connection, ids: tuple[int, ...] | None = None) -> dict[int, ClientSeries]:
    """Read the series of all clients, or of those named; a client that no longer exists is left out."""
    clients = client_data.every(connection) if ids is None else client_data.every(connection, *ids)
    kinds = data.engagement_kinds(connection)
    single, costed = data.clients_needing_documents(connection)
    fee_days = data.fee_days(connection, ids)
    documents = _documents(connection, ids, single | costed, kinds)
    spoken = _spoken(connection, ids)
    costs = _costs(connection, ids)
    stages = _stages(connection, ids)
    loops = _loops(connection, ids)
    retained = data.retainer_only(connection, ids)
    found = {}
    for client in clients:
        own = documents.get(client.id)
        fees = (
            FeeSeries.from_rows(row for row, _ in own)
            if own is not None and client.id in single
            else FeeSeries.from_ordinals(fee_days.get(client.id, ()))
        )
        rows = spoken.get(client.id, _Spoken())
        found[client.id] = ClientSeries(
            client=client,
            fees=fees,
            contacts=ContactSeries.from_rows(rows.contacts),
            costs=CostSeries.build(
                (cost for _, cost in own if cost is not None) if own and client.id in costed else (),
                costs.get(client.id, ()),
                rows.times,
            ),
            relationship=_relationship(client, rows, stages.get(client.id, ())),
            planned=tuple(sorted(rows.planned)),
            loops=tuple(loops.get(client.id, ())),
            retainer_only=client.id in retained,
        )
    return found


@dataclass(slots=True)
class _Spoken:
    contacts: list[ContactRow] = field(default_factory=list)
    times: list[TimeRow] = field(default_factory=list)
    planned: list[int] = field(default_factory=list)
    first: str = ""


def _documents(
    connection: Connection, ids: data.Ids, wanted: set[int], kinds: Mapping[int, str]
) -> dict[int, list[tuple[FeeRow, FeeCost | None]]]:
    some = tuple(wanted if ids is None else wanted.intersection(ids))
    found: defaultdict[int, list[tuple[FeeRow, FeeCost | None]]] = defaultdict(list)
    for client, row_id, on, amount, linked, disbursement, engagement, delivery, currency, original in (
        data.documents(connection, some) if some else ()
    ):
        day = date.fromisoformat(on)
        stream = EngagementKind(kinds[engagement]) if engagement in kinds else None
        row = FeeRow(day, amount, row_id, linked, bool(disbursement), stream, currency, original)
        cost = FeeCost(day, amount, delivery, engagement) if row.counts else None
        found[client].append((row, cost))
    return found


def _spoken(connection: Connection, ids: data.Ids) -> dict[int, _Spoken]:
    present, rates = data.present(connection), _Rates(connection)
    direction = {str(member): member for member in Direction}
    purpose: dict[str | None, Purpose | None] = {None: None} | {str(member): member for member in Purpose}
    found: defaultdict[int, _Spoken] = defaultdict(_Spoken)
    for client, row_id, on, way, why, minutes, counts, planned in data.contacts(connection, ids):
        rows = found[client]
        day = date.fromisoformat(on)
        if planned:
            rows.planned.append(day.toordinal())
            continue
        rows.contacts.append(ContactRow(day, direction[way], purpose[why], bool(counts)))
        if not rows.first or on < rows.first:
            rows.first = on
        if minutes:
            # Two of us for an hour are two hours.
            us = present.get(row_id) or [0]
            rows.times.append(TimeRow(day, minutes * len(us), minutes * sum(rates.on(who, on) for who in us)))
    return found


class _Rates:
    """Hourly costs by colleague and day; the firm's own where a colleague has none."""

    def __init__(self, connection: Connection) -> None:
        self._firm = firm_data.read(connection).hourly_cost or 0
        self._days: defaultdict[int, list[str]] = defaultdict(list)
        self._amounts: defaultdict[int, list[int]] = defaultdict(list)
        for cost in HOURLY_COSTS.every(connection):
            self._days[cost.colleague_id].append(cost.since.isoformat())
            self._amounts[cost.colleague_id].append(cost.amount)

    def on(self, colleague_id: int, day: str) -> int:
        """Give the hourly cost of a day, minor units."""
        days = self._days.get(colleague_id)
        at = bisect_right(days, day) if days else 0
        return self._amounts[colleague_id][at - 1] if at else self._firm


def _costs(connection: Connection, ids: data.Ids) -> dict[int, list[CostRow]]:
    found: defaultdict[int, list[CostRow]] = defaultdict(list)
    for client, on, amount, kind, engagement in data.costs(connection, ids):
        found[client].append(CostRow(date.fromisoformat(on), CostKind(kind), amount, engagement))
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


def _relationship(client: Client, rows: _Spoken, stages: Iterable[StageRow]) -> Relationship:
    return Relationship(
        first_met=client.first_contact,
        first_logged=date.fromisoformat(rows.first) if rows.first else None,
        won=client.won,
        stages=tuple(DatedStage(row.since, row.stage) for row in stages),
    )
