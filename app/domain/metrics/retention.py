"""Who stayed: client retention, NRR and GRR from one year to the next (METRICS V14)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.domain.metrics.numbers import ratio, wilson
from app.domain.metrics.purchases import FeeSeries
from app.domain.metrics.reasons import Reason, Withheld
from app.domain.periods import Window, years_before

MIN_BUYERS = 10
LONG_INTERVAL = 180


@dataclass(frozen=True, slots=True)
class Retention:
    """Clients and fees of two following windows; fees in minor units, None where nobody bought in the first.

    `median_interval` is the median T of the clients; over 180 days two-year windows are called for.
    """

    earlier: Window
    later: Window
    buyers: int
    also_later: int
    fees_earlier: int
    fees_later: int
    fees_kept: int
    median_interval: Fraction | None = None

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
            return (("client_retention", Reason.FEW_BUYERS),)
        if self.median_interval is not None and self.median_interval > LONG_INTERVAL:
            return (("client_retention", Reason.LONG_INTERVALS),)
        return ()


def retention(
    series: Iterable[FeeSeries], as_of: date, years: int = 1, median_interval: Fraction | None = None
) -> Retention:
    """Compare the clients of (as_of - 2y, as_of - 1y] with the year after it; `years` = 2 doubles both windows."""
    middle = years_before(as_of, years)
    earlier, later = Window(years_before(as_of, 2 * years), middle), Window(middle, as_of)
    buyers = also = fees_earlier = fees_later = kept = 0
    for fees in series:
        seen = fees.on(as_of)
        if not seen.purchases_in(earlier):
            continue
        before, after = max(0, seen.fees_in(earlier)), max(0, seen.fees_in(later))
        buyers += 1
        also += seen.purchases_in(later) > 0
        fees_earlier += before
        fees_later += after
        kept += min(before, after)
    return Retention(earlier, later, buyers, also, fees_earlier, fees_later, kept, median_interval)


def median_of(intervals: Sequence[Fraction]) -> Fraction | None:
    """Give the median T of the clients that have one."""
    if not intervals:
        return None
    ranked = sorted(intervals, key=float)
    half = len(ranked) // 2
    return ranked[half] if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2
