"""What a client contributes and what it cost to win: V1, V2, V10, from one series of costs per client."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import accumulate

from app.domain.metrics.numbers import ratio
from app.domain.metrics.purchases import Documents, FeeSeries
from app.domain.metrics.reasons import Reason, Withheld
from app.domain.metrics.tfi import FeeFigures
from app.domain.periods import Window
from app.domain.vocabulary import CostKind

FULL_COVERAGE = Fraction(4, 5)
MINUTES = 60
NEVER = date.max.toordinal() + 1


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
        return cls.from_columns([day for day, _ in ordered], [amount for _, amount in ordered])

    @classmethod
    def from_columns(cls, days: Iterable[int], amounts: Iterable[int]) -> "Running":
        """Build from day ordinals in order and their amounts."""
        return cls(tuple(days), tuple(accumulate(amounts, initial=0)))

    def up_to(self, day: date) -> int:
        """Give the sum up to and including a day."""
        return self.sums[bisect_right(self.days, day.toordinal())]

    def within(self, window: Window) -> int:
        """Give the sum of a window."""
        return self.up_to(window.until) - self.up_to(window.after)


NOTHING = Running()


@dataclass(frozen=True, slots=True)
class CostSeries:
    """All costs of one client, built once. `invoiced` holds its positive documents, `covered` those with a cost.

    `late` are documents whose cost was booked after their own day: (day, amount, day they were covered), ordinals.
    """

    delivery: Running = NOTHING
    service: Running = NOTHING
    retention: Running = NOTHING
    acquisition: Running = NOTHING
    time: Running = NOTHING
    minutes: Running = NOTHING
    invoiced: Running = NOTHING
    covered: Running = NOTHING
    late: tuple[tuple[int, int, int], ...] = ()

    @classmethod
    def build(
        cls, fees: Iterable[FeeCost] = (), costs: Iterable[CostRow] = (), times: Iterable[TimeRow] = ()
    ) -> "CostSeries":
        """Build from a client's rows in any order; without `fees` there is no coverage to speak of."""
        kept = sorted(fees, key=lambda fee: fee.day)
        spent = list(times)
        return cls.from_documents(
            Documents(
                tuple(fee.day.toordinal() for fee in kept), [fee.amount for fee in kept],
                [fee.engagement for fee in kept], [fee.delivery_cost for fee in kept],
            ),
            costs,
            minutes=Running.of((row.day, row.minutes) for row in spent),
            time=Running.of((row.day, row.minutes_times_rate) for row in spent),
        )  # fmt: skip

    @classmethod
    def from_documents(
        cls,
        fees: Documents,
        costs: Iterable[CostRow] = (),
        minutes: Running = NOTHING,
        time: Running = NOTHING,
    ) -> "CostSeries":
        """Build from columns of documents, booked costs, and time already added up."""
        by_kind: defaultdict[CostKind, list[tuple[date, int]]] = defaultdict(list)
        deliveries = []
        for cost in costs:
            by_kind[cost.kind].append((cost.day, cost.amount))
            if cost.kind is CostKind.DELIVERY:
                deliveries.append(cost)
        series = cls(
            service=Running.of(by_kind[CostKind.SERVICE]),
            retention=Running.of(by_kind[CostKind.RETENTION]),
            acquisition=Running.of(by_kind[CostKind.ACQUISITION]),
            time=time,
            minutes=minutes,
            invoiced=Running.from_columns(fees.days, [amount if amount > 0 else 0 for amount in fees.amounts]),
        )
        if not deliveries and all(cost is None for cost in fees.delivery_costs):
            return series
        covered, late = _covered(fees, deliveries)
        return replace(
            series,
            delivery=_delivery(fees, deliveries),
            covered=Running.from_columns(fees.days, covered),
            late=tuple(late),
        )

    def coverage(self, window: Window) -> Fraction | None:
        """Give the share of the invoiced fees whose delivery cost is recorded (V1); None without any invoice."""
        invoiced = self.invoiced.within(window)
        if invoiced == 0:
            return None
        after, until = window.after.toordinal(), window.until.toordinal()
        known = sum(amount for day, amount, covered_on in self.late if after < day <= until and covered_on <= until)
        return ratio(self.covered.within(window) + known, invoiced)


NO_COSTS = CostSeries()


def _delivery(fees: Documents, booked: Sequence[CostRow]) -> Running:
    """Add up the documents' own delivery costs and the booked ones."""
    own = [cost or 0 for cost in fees.delivery_costs]
    if not booked:
        return Running.from_columns(fees.days, own)
    both = sorted([*zip(fees.days, own, strict=True), *((cost.day.toordinal(), cost.amount) for cost in booked)])
    return Running.from_columns([day for day, _ in both], [amount for _, amount in both])


def _covered(fees: Documents, deliveries: Sequence[CostRow]) -> tuple[list[int], list[tuple[int, int, int]]]:
    """Find the documents with a delivery cost: their own, their engagement's, or one of the client in that month.

    Gives for each document its amount if it was covered on its own day, else 0; and those covered late.
    """
    engagements: dict[int | None, int] = {}
    months: dict[tuple[int, int], int] = {}
    for cost in sorted(deliveries, key=lambda row: row.day):
        day = cost.day.toordinal()
        if cost.engagement is not None:
            engagements.setdefault(cost.engagement, day)
        months.setdefault((cost.day.year, cost.day.month), day)
    for day, engagement, own in zip(fees.days, fees.engagements, fees.delivery_costs, strict=True):
        if own is not None and engagement is not None and day < engagements.get(engagement, NEVER):
            engagements[engagement] = day
    owns = zip(fees.amounts, fees.delivery_costs, strict=True)
    at_once = [amount if own is not None and amount > 0 else 0 for amount, own in owns]
    late: list[tuple[int, int, int]] = []
    for at, own in enumerate(fees.delivery_costs):
        day, amount = fees.days[at], fees.amounts[at]
        if own is not None or amount <= 0:
            continue
        known = engagements.get(fees.engagements[at], NEVER)
        if known > day and months:
            on = date.fromordinal(day)
            known = min(known, months.get((on.year, on.month), NEVER))
        if known <= day:
            at_once[at] = amount
        elif known < NEVER:
            late.append((day, amount, known))
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


def historic_value(so_far: Contribution, won: Acquisition) -> Fraction:
    """Give V2: contribution from the beginning less the cost of acquisition, minor units; it may be negative."""
    return so_far.amount - won.amount


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
