"""What clients cost, as it was read: added up for a client when first asked for, which opening a book does not."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import mul

from sqlalchemy import Connection

from app.data import figures as data
from app.data import firm as firm_data
from app.data.nouns import HOURLY_COSTS
from app.domain.metrics.contribution import NOTHING, CostRow, CostSeries, Running
from app.domain.metrics.purchases import Documents
from app.domain.vocabulary import CostKind

NOBODY_NAMED = (0,)


@dataclass(frozen=True, slots=True)
class FeeColumns:
    """The counted fees of a client in order of day; the two that only costs ask for as texts, not yet taken apart."""

    days: Sequence[int] = ()
    amounts: Sequence[int] = ()
    engagements: str = ""
    delivery_costs: str = ""

    def engaged(self) -> Iterable[tuple[int, int, str]]:
        """Give each one's day, amount and engagement, "" for none."""
        if not self.days:
            return ()
        return zip(self.days, self.amounts, data.words(self.engagements), strict=True)

    def documents(self) -> Documents:
        """Take everything apart."""
        if not self.days:
            return Documents((), (), (), ())
        return Documents(
            self.days,
            self.amounts,
            data.numbers_or_none(self.engagements),
            data.numbers_or_none(self.delivery_costs),
        )


NO_FEE_COLUMNS = FeeColumns()


@dataclass(frozen=True, slots=True)
class CostRows:
    """One client's costs as they were read."""

    fees: FeeColumns
    booked: Sequence[CostRow]
    timed: tuple[str, str, str] | None
    time: "_Time"

    def added_up(self) -> CostSeries:
        """Make the series of them."""
        minutes, time = (NOTHING, NOTHING) if self.timed is None else self.time.running(*self.timed)
        return CostSeries.from_documents(self.fees.documents(), self.booked, minutes, time)


class Costs:
    """The costs of all clients, or of some, read at once."""

    def __init__(self, connection: Connection, ids: data.Ids, day_of: data.DayOrdinals) -> None:
        self._booked: defaultdict[int, list[CostRow]] = defaultdict(list)
        for client, on, amount, kind, engagement in data.costs(connection, ids):
            self._booked[client].append(CostRow(date.fromisoformat(on), CostKind(kind), amount, engagement))
        self._timed = {client: columns for client, *columns in data.timed_contacts(connection, ids)}
        self._time = _Time(data.present(connection, ids), _Rates(connection), day_of)

    def of(self, client_id: int, fees: FeeColumns) -> CostRows:
        """Give one client's."""
        timed = self._timed.get(client_id)
        return CostRows(
            fees, self._booked.get(client_id, ()), None if timed is None else (timed[0], timed[1], timed[2]), self._time
        )


@dataclass(frozen=True, slots=True)
class _Time:
    """What it takes to price time: who of us was present at a contact, and what an hour of them costs."""

    present: Mapping[int, tuple[int, ...]]
    rates: "_Rates"
    day_of: data.DayOrdinals

    def running(self, days: str, contacts: str, minutes: str) -> tuple[Running, Running]:
        """Add up a client's minutes, and minutes x rate."""
        ons, taken = self.day_of.all(days), data.numbers(minutes)
        us = [self.present.get(contact, NOBODY_NAMED) for contact in data.numbers(contacts)]
        dear = [self.rates[key] for key in zip(us, data.words(days), strict=True)]
        return (
            # Two of us for an hour are two hours.
            Running.from_columns(ons, map(mul, taken, map(len, us))),
            Running.from_columns(ons, map(mul, taken, dear)),
        )


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
