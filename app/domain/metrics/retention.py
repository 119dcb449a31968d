"""Who stayed: client retention, NRR and GRR from one year to the next (METRICS V14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import sqrt

from app.domain.metrics.numbers import float_of, ratio, wilson
from app.domain.metrics.purchases import FeeSeries
from app.domain.metrics.reasons import Reason, Withheld
from app.domain.periods import Window, years_before

MIN_BUYERS = 10
LONG_INTERVAL = 180


@dataclass(frozen=True, slots=True)
class Retention:
    """Clients and fees of two following windows; fees in minor units, None where nobody bought in the first.

    `median_interval` is the median T of the clients; over 180 days windows of two `years` are called for.
    """

    earlier: Window
    later: Window
    buyers: int
    also_later: int
    fees_earlier: int
    fees_later: int
    fees_kept: int
    median_interval: Fraction | None = None
    years: int = 1

    @property
    def rate(self) -> Fraction | None:
        """Give the share of the earlier window's clients who bought again."""
        return ratio(self.also_later, self.buyers)

    @property
    def churn(self) -> Fraction | None:
        """Give 1 - retention."""
        rate = self.rate
        return None if rate is None else 1 - rate

    @property
    def interval(self) -> tuple[float, float] | None:
        """Give the Wilson 95 % interval of the rate."""
        return wilson(self.also_later, self.buyers)

    @property
    def yearly(self) -> Fraction | None:
        """Give the rate of one year: of two-year windows the one that twice gives theirs."""
        rate = self.rate
        return rate if rate is None or self.years == 1 else Fraction(sqrt(rate))

    @property
    def yearly_interval(self) -> tuple[float, float] | None:
        """Give the interval of the yearly rate."""
        found = self.interval
        return found if found is None or self.years == 1 else (sqrt(found[0]), sqrt(found[1]))

    @property
    def nrr(self) -> Fraction | None:
        """Give the net revenue retention of the earlier window's clients."""
        return ratio(self.fees_later, self.fees_earlier)

    @property
    def grr(self) -> Fraction | None:
        """Give the gross revenue retention: what was kept, growth not counted."""
        return ratio(self.fees_kept, self.fees_earlier)

    @property
    def withheld(self) -> Withheld:
        """Say why the window gives counts only."""
        if self.buyers == 0:
            return (("client_retention", Reason.NO_BUYERS),)
        if self.buyers < MIN_BUYERS:
            few = Reason.FEW_BUYERS if self.years == 1 else Reason.FEW_BUYERS_LONG
            return (("client_retention", few),)
        if self.years == 1 and is_long(self.median_interval):
            return (("client_retention", Reason.LONG_INTERVALS),)
        return ()


def is_long(median_interval: Fraction | None) -> bool:
    """Tell whether clients buy so seldom that a year says little of who stayed (METRICS V14)."""
    return median_interval is not None and median_interval > LONG_INTERVAL


@dataclass(frozen=True, slots=True)
class Stayed:
    """One client who bought in the earlier window: its fees there and later, 0 where negative, minor units."""

    earlier: int
    later: int
    again: bool


def windows(as_of: date, years: int = 1) -> tuple[Window, Window]:
    """Give (as_of - 2y, as_of - 1y] and the year after it; `years` = 2 doubles both."""
    middle = years_before(as_of, years)
    return Window(years_before(as_of, 2 * years), middle), Window(middle, as_of)


def stayed(fees: FeeSeries, as_of: date, years: int = 1) -> Stayed | None:
    """Look at one client in both windows; None for whoever did not buy in the earlier one."""
    earlier, later = windows(as_of, years)
    seen = fees.on(as_of)
    if not seen.purchases_in(earlier):
        return None
    return Stayed(max(0, seen.fees_in(earlier)), max(0, seen.fees_in(later)), seen.purchases_in(later) > 0)


def retention(
    clients: Iterable[Stayed | None], as_of: date, years: int = 1, median_interval: Fraction | None = None
) -> Retention:
    """Add up the clients of the earlier window of a day."""
    buyers = [client for client in clients if client is not None]
    return Retention(
        *windows(as_of, years),
        buyers=len(buyers),
        also_later=sum(client.again for client in buyers),
        fees_earlier=sum(client.earlier for client in buyers),
        fees_later=sum(client.later for client in buyers),
        fees_kept=sum(min(client.earlier, client.later) for client in buyers),
        median_interval=median_interval,
        years=years,
    )


def median_of(intervals: Iterable[tuple[int, int]]) -> Fraction | None:
    """Give the median T of the clients that have one, each as days and gaps."""
    ranked = sorted(intervals, key=float_of)
    if not ranked:
        return None
    half = len(ranked) // 2
    middle = Fraction(*ranked[half])
    return middle if len(ranked) % 2 else (Fraction(*ranked[half - 1]) + middle) / 2
