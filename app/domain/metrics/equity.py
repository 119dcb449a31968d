"""Customer equity, and spending on winning beside spending on keeping (METRICS V13, V15, V16)."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from app.domain.metrics.lifetime import infinite_factor
from app.domain.metrics.numbers import ratio
from app.domain.metrics.reasons import Reason, Withheld


@dataclass(frozen=True, slots=True)
class CustomerEquity:
    """The sum of the current clients' discounted values, minor units; an index to compare with itself (V13)."""

    clients: int
    total: Fraction
    largest: Fraction

    @property
    def largest_share(self) -> Fraction | None:
        """Give the largest client's share of the total."""
        return ratio(self.largest, self.total) if self.total > 0 else None


def customer_equity(values: Iterable[Fraction | None]) -> CustomerEquity:
    """Add up the 5-year values of the current clients; negative ones count, unknown ones are left out (V13)."""
    known = [value for value in values if value is not None]
    return CustomerEquity(len(known), sum(known, Fraction()), max(known, default=Fraction()))


@dataclass(frozen=True, slots=True)
class SpendRatio:
    """Money and time spent on winning and on keeping in 12 months, minor units (V15)."""

    acquisition: Fraction
    retention: Fraction

    @property
    def ratio(self) -> Fraction | None:
        """Give acquisition / retention; None where either side is 0."""
        return ratio(self.acquisition, self.retention) if self.acquisition > 0 and self.retention > 0 else None

    @property
    def withheld(self) -> Withheld:
        """Say that one side is missing."""
        return (("acquisition_retention", Reason.NO_RETENTION_SPEND),) if self.ratio is None else ()


def breakeven_retention(
    clients: int, margin: Fraction, r: Fraction, d: Fraction, shifted: Fraction, cost_per_capture: Fraction
) -> Fraction | None:
    """Give the retention to reach so that moving money from winning to keeping pays (V16); None outside its domain.

    `margin` is the yearly contribution of a client, `shifted` the money moved, all in minor units.
    """
    new_client = infinite_factor(r, d, first_now=True)
    kept = infinite_factor(r, d)
    if new_client is None or kept is None or cost_per_capture <= 0 or clients <= 0 or margin <= 0:
        return None
    k = kept + shifted / cost_per_capture * new_client / clients
    return k * (1 + d) / (1 + k)
