"""What every figure is made of, per client: read once, kept, and read again only for clients a change touched."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from sqlalchemy import Connection

from app.collector import collector_paused
from app.data import clients as client_data
from app.data import figures as data
from app.data import firm as firm_data
from app.data.nouns import HOURLY_COSTS
from app.domain.clients import Client, StageRow
from app.domain.metrics.contacts import NO_CONTACTS, ContactSeries
from app.domain.metrics.contribution import NOTHING, CostRow, CostSeries, Running
from app.domain.metrics.feedback_loop import LoopRow
from app.domain.metrics.purchases import NO_DOCUMENTS, Documents, FeeRow, FeeSeries, LinkedCredit
from app.domain.metrics.relationship import Relationship
from app.domain.metrics.relationship import StageRow as DatedStage
from app.domain.vocabulary import CostKind, Direction, FeedbackKind, Purpose

_, ID, ON, DIRECTION, PURPOSE, MINUTES, COUNTS, PLANNED = range(8)  # where `data.contacts` has them


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
    with collector_paused():
        return _read(connection, ids)


def _read(connection: Connection, ids: data.Ids) -> dict[int, ClientSeries]:
    clients = client_data.every(connection) if ids is None else client_data.every(connection, *ids)
    day_of = data.DayOrdinals()
    fees = _fees(connection, ids, day_of)
    spoken = _spoken(connection, ids, day_of)
    costs = _costs(connection, ids)
    stages = _stages(connection, ids)
    loops = _loops(connection, ids)
    retained = data.retainer_only(connection, ids)
    found = {}
    for client in clients:
        documents, unrated, links = fees.of(client.id)
        talk = spoken.get(client.id, _SILENCE)
        found[client.id] = ClientSeries(
            client=client,
            fees=FeeSeries.from_documents(documents, unrated, links),
            contacts=talk.contacts,
            costs=CostSeries.from_documents(documents, costs.get(client.id, ()), talk.minutes, talk.time),
            relationship=_relationship(client, talk, stages.get(client.id, ())),
            planned=talk.planned,
            loops=tuple(loops.get(client.id, ())),
            retainer_only=client.id in retained,
        )
    return found


@dataclass(frozen=True, slots=True)
class _Fees:
    """Fees by client: what is counted as columns; what has no rate, and which credits are linked, one by one."""

    counted: Mapping[int, Documents]
    unrated: Mapping[int, list[FeeRow]]
    links: Mapping[int, list[LinkedCredit]]

    def of(self, client_id: int) -> tuple[Documents, Iterable[FeeRow], Iterable[LinkedCredit]]:
        """Give one client's."""
        return (
            self.counted.get(client_id, NO_DOCUMENTS),
            self.unrated.get(client_id, ()),
            self.links.get(client_id, ()),
        )


def _fees(connection: Connection, ids: data.Ids, day_of: data.DayOrdinals) -> _Fees:
    counted: dict[int, Documents] = {}
    unrated: defaultdict[int, list[FeeRow]] = defaultdict(list)
    links: defaultdict[int, list[LinkedCredit]] = defaultdict(list)
    for client_id, rows in groupby(data.fees(connection, ids), itemgetter(0)):
        _, days, amounts, engagements, delivery_costs = zip(*rows, strict=True)
        counted[client_id] = Documents(tuple([day_of[on] for on in days]), amounts, engagements, delivery_costs)
    for client_id, row_id, on, currency, original in data.fees_without_rate(connection, ids):
        unrated[client_id].append(FeeRow(date.fromisoformat(on), None, row_id, currency=currency, original=original))
    for client_id, on, invoiced_on, amount in data.linked_credits(connection, ids):
        links[client_id].append(LinkedCredit(day_of[on], day_of[invoiced_on], amount))
    return _Fees(counted, unrated, links)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What one client's contacts come to."""

    contacts: ContactSeries = NO_CONTACTS
    minutes: Running = NOTHING
    time: Running = NOTHING
    planned: tuple[int, ...] = ()
    first: date | None = None


_SILENCE = _Spoken()
_DIRECTIONS = {str(member): member for member in Direction}
_PURPOSES: Mapping[str | None, Purpose | None] = {None: None} | {str(member): member for member in Purpose}


def _spoken(connection: Connection, ids: data.Ids, day_of: data.DayOrdinals) -> dict[int, _Spoken]:
    present, rates = data.present(connection, ids), _Rates(connection)
    nobody_named = (0,)
    found: dict[int, _Spoken] = {}
    for client_id, contacts in groupby(data.contacts(connection, ids), itemgetter(0)):
        rows = list(contacts)
        held = [row for row in rows if not row[PLANNED]]
        counted = [row for row in held if row[COUNTS]]
        timed = [row for row in held if row[MINUTES]]
        days = [day_of[row[ON]] for row in timed]
        us = [present.get(row[ID], nobody_named) for row in timed]
        found[client_id] = _Spoken(
            contacts=ContactSeries.from_columns(
                [day_of[row[ON]] for row in counted],
                [_DIRECTIONS[row[DIRECTION]] for row in counted],
                [_PURPOSES[row[PURPOSE]] for row in counted],
            ),
            # Two of us for an hour are two hours.
            minutes=Running.from_columns(days, [row[MINUTES] * len(who) for row, who in zip(timed, us, strict=True)]),
            time=Running.from_columns(
                days, [row[MINUTES] * rates[who, row[ON]] for row, who in zip(timed, us, strict=True)]
            ),
            planned=tuple([day_of[row[ON]] for row in rows if row[PLANNED]]),
            first=date.fromisoformat(held[0][ON]) if held else None,
        )
    return found


class _Rates(dict[tuple[tuple[int, ...], str], int]):
    """What an hour of some colleagues together costs on a day, minor units, each sum found but once.

    For whoever has no rate of his own the firm's counts.
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self._firm = firm_data.read(connection).hourly_cost or 0
        self._days: defaultdict[int, list[str]] = defaultdict(list)
        self._amounts: defaultdict[int, list[int]] = defaultdict(list)
        for cost in HOURLY_COSTS.every(connection):
            self._days[cost.colleague_id].append(cost.since.isoformat())
            self._amounts[cost.colleague_id].append(cost.amount)

    def __missing__(self, key: tuple[tuple[int, ...], str]) -> int:
        colleagues, day = key
        self[key] = rate = sum(self._of(colleague_id, day) for colleague_id in colleagues)
        return rate

    def _of(self, colleague_id: int, day: str) -> int:
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


def _relationship(client: Client, talk: _Spoken, stages: Iterable[StageRow]) -> Relationship:
    return Relationship(
        first_met=client.first_contact,
        first_logged=talk.first,
        won=client.won,
        stages=tuple(DatedStage(row.since, row.stage) for row in stages),
    )
