"""What a client contributes and what it cost to win: V1, V2, V10, from one series of costs per client."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate

from app.domain.metrics.numbers import ratio
from app.domain.metrics.purchases import FeeSeries
from app.domain.metrics.reasons import Reason, Withheld
from app.domain.metrics.tfi import FeeFigures
from app.domain.periods import Window
from app.domain.vocabulary import CostKind

FULL_COVERAGE = Fraction(4, 5)
MINUTES = 60


@dataclass(frozen=True, slots=True)
class CostRow:
    """One booked cost of a client, minor units, positive for money out."""

    day: date
    kind: CostKind
    amount: int
    engagement: int | None = None


@dataclass(frozen=True, slots=True)
class TimeRow:
    """Time spent on a client on a day: minutes x hourly cost of that day, in minor units, not yet divided by 60.

    Several colleagues' minutes of one contact are several rows, or one with their rates added.
    """

    day: date
    minutes: int
    minutes_times_rate: int


@dataclass(frozen=True, slots=True)
class FeeCost:
    """One fee document as the cost coverage needs it: its amount, its own delivery cost, its engagement."""

    day: date
    amount: int
    delivery_cost: int | None = None
    engagement: int | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """Amounts by day, ordinals and running sums that begin with a 0."""

    days: tuple[int, ...] = ()
    sums: tuple[int, ...] = (0,)

    @classmethod
    def of(cls, rows: Iterable[tuple[date, int]]) -> "Running":
        """Build from dated amounts in any order."""
        ordered = sorted((day.toordinal(), amount) for day, amount in rows)
        return cls(tuple(day for day, _ in ordered), tuple(accumulate((a for _, a in ordered), initial=0)))

    def up_to(self, day: date) -> int:
        """Give the sum up to and including a day."""
        return self.sums[bisect_right(self.days, day.toordinal())]

    def within(self, window: Window) -> int:
        """Give the sum of a window."""
        return self.up_to(window.until) - self.up_to(window.after)


@dataclass(frozen=True, slots=True)
class CostSeries:
    """All costs of one client, built once. `invoiced` holds its positive documents, `covered` those with a cost.

    `late` are documents whose cost was booked after their own day: (day, amount, day they were covered).
    """

    delivery: Running = Running()
    service: Running = Running()
    retention: Running = Running()
    acquisition: Running = Running()
    time: Running = Running()
    minutes: Running = Running()
    invoiced: Running = Running()
    covered: Running = Running()
    late: tuple[tuple[date, int, date], ...] = ()
    any_delivery: bool = False

    @classmethod
    def build(
        cls, fees: Iterable[FeeCost] = (), costs: Iterable[CostRow] = (), times: Iterable[TimeRow] = ()
    ) -> "CostSeries":
        """Build from a client's rows. `fees` may be left out where no delivery cost is recorded at all."""
        kept = sorted(fees, key=lambda fee: fee.day)
        by_kind: defaultdict[CostKind, list[tuple[date, int]]] = defaultdict(list)
        deliveries = []
        for cost in costs:
            by_kind[cost.kind].append((cost.day, cost.amount))
            if cost.kind is CostKind.DELIVERY:
                deliveries.append(cost)
        by_kind[CostKind.DELIVERY] += [(f.day, f.delivery_cost) for f in kept if f.delivery_cost is not None]
        spent = list(times)
        covered, late = _covered(kept, deliveries)
        return cls(
            delivery=Running.of(by_kind[CostKind.DELIVERY]),
            service=Running.of(by_kind[CostKind.SERVICE]),
            retention=Running.of(by_kind[CostKind.RETENTION]),
            acquisition=Running.of(by_kind[CostKind.ACQUISITION]),
            time=Running.of((row.day, row.minutes_times_rate) for row in spent),
            minutes=Running.of((row.day, row.minutes) for row in spent),
            invoiced=Running.of((fee.day, fee.amount) for fee in kept if fee.amount > 0),
            covered=Running.of(covered),
            late=tuple(late),
            any_delivery=bool(by_kind[CostKind.DELIVERY]),
        )

    def coverage(self, window: Window) -> Fraction | None:
        """Give the share of the invoiced fees whose delivery cost is recorded (V1); None without any invoice."""
        invoiced = self.invoiced.within(window)
        if invoiced == 0:
            return None if self.any_delivery else Fraction(0)
        known = sum(amount for day, amount, covered_on in self.late if day in window and covered_on <= window.until)
        return ratio(self.covered.within(window) + known, invoiced)


NO_COSTS = CostSeries()


def _covered(
    fees: Sequence[FeeCost], deliveries: Sequence[CostRow]
) -> tuple[list[tuple[date, int]], list[tuple[date, int, date]]]:
    """Find the documents with a delivery cost: their own, their engagement's, or one of the client in that month."""
    engagements: dict[int, date] = {}
    months: dict[tuple[int, int], date] = {}
    for cost in sorted(deliveries, key=lambda row: row.day):
        if cost.engagement is not None:
            engagements.setdefault(cost.engagement, cost.day)
        months.setdefault((cost.day.year, cost.day.month), cost.day)
    for fee in fees:
        if fee.engagement is not None and fee.delivery_cost is not None:
            engagements[fee.engagement] = min(engagements.get(fee.engagement, fee.day), fee.day)
    at_once: list[tuple[date, int]] = []
    late: list[tuple[date, int, date]] = []
    for fee in fees:
        if fee.amount <= 0:
            continue
        known = [fee.day] if fee.delivery_cost is not None else []
        known += [engagements[fee.engagement]] if fee.engagement in engagements else []
        known += [months[fee.day.year, fee.day.month]] if (fee.day.year, fee.day.month) in months else []
        if known and min(known) <= fee.day:
            at_once.append((fee.day, fee.amount))
        elif known:
            late.append((fee.day, fee.amount, min(known)))
    return at_once, late


@dataclass(frozen=True, slots=True)
class Contribution:
    """V1 of one client in one window, line by line; minor units, time exact. All raw."""

    fees: int
    delivery: int
    service: int
    retention: int
    time: Fraction
    coverage: Fraction | None

    @property
    def cost(self) -> Fraction:
        """Give delivery + service + retention + time."""
        return self.delivery + self.service + self.retention + self.time

    @property
    def amount(self) -> Fraction:
        """Give fees less costs."""
        return self.fees - self.cost

    @property
    def margin(self) -> Fraction | None:
        """Give contribution / fees, for fees over 0."""
        return self.amount / self.fees if self.fees > 0 else None

    @property
    def withheld(self) -> Withheld:
        """Say that no, or too few, costs are recorded: profit is a dash, or overstated (V1)."""
        if not self.coverage:
            return (("contribution", Reason.NO_COSTS),)
        if self.coverage < FULL_COVERAGE:
            return (("contribution", Reason.COSTS_INCOMPLETE),)
        return ()


def contribution(figures: FeeFigures, fees: FeeSeries, costs: CostSeries, window: Window | None = None) -> Contribution:
    """Compute a client's contribution in a window, by default from the beginning to the figures' day (V1).

    Time up to and including the day of the first purchase is acquisition (V10) and is not counted again here.
    """
    until = figures.as_of if window is None else window.until
    within = Window(date.min, until) if window is None else window
    time_from = within.after if figures.first is None else max(within.after, figures.first)
    spent = costs.time.up_to(until) - costs.time.up_to(min(until, time_from)) if figures.first else 0
    return Contribution(
        fees=fees.on(figures.as_of).fees_in(within),
        delivery=costs.delivery.within(within),
        service=costs.service.within(within),
        retention=costs.retention.within(within),
        time=Fraction(spent, MINUTES),
        coverage=costs.coverage(within),
    )


@dataclass(frozen=True, slots=True)
class Acquisition:
    """What it cost to win a client, or a prospect so far: money, minutes and their cost; minor units (V10)."""

    money: int
    minutes: int
    time: Fraction

    @property
    def amount(self) -> Fraction:
        """Give the cost per capture of this client (own)."""
        return self.money + self.time


def acquisition(figures: FeeFigures, costs: CostSeries) -> Acquisition:
    """Add up direct acquisition expenses and the time up to and including the day of the first purchase (V10)."""
    until = figures.first or figures.as_of
    return Acquisition(
        money=costs.acquisition.up_to(figures.as_of),
        minutes=costs.minutes.up_to(until),
        time=Fraction(costs.time.up_to(until), MINUTES),
    )


def historic_value(figures: FeeFigures, fees: FeeSeries, costs: CostSeries) -> Fraction:
    """Give V2: contribution so far less the cost of acquisition, minor units; it may be negative."""
    return contribution(figures, fees, costs).amount - acquisition(figures, costs).amount


@dataclass(frozen=True, slots=True)
class LoadedCost:
    """Cost per capture with what was spent on those who said no; minor units. `amount` is None while none is won."""

    spent: Fraction
    won: int

    @property
    def amount(self) -> Fraction | None:
        """Give all acquisition spend of the window / clients won in it."""
        return ratio(self.spent, self.won)

    @property
    def withheld(self) -> Withheld:
        """Say that nobody was won yet."""
        return (("cost_per_capture_loaded", Reason.NONE_WON),) if not self.won else ()


def loaded_cost(clients: Iterable[tuple[FeeFigures, CostSeries]], window: Window, general: int = 0) -> LoadedCost:
    """Load the cost per capture of a window with lost and open prospects and `general` marketing (V10)."""
    money, time, won = general, 0, 0
    for figures, costs in clients:
        money += costs.acquisition.within(window)
        until = min(window.until, figures.first) if figures.first else window.until
        if until > window.after:
            time += costs.time.up_to(until) - costs.time.up_to(window.after)
        won += figures.first is not None and figures.first in window
    return LoadedCost(money + Fraction(time, MINUTES), won)
