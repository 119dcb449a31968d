"""When a client has repaid its cost of capture (METRICS V12)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.domain.metrics.numbers import ratio
from app.domain.metrics.reasons import Flag


@dataclass(frozen=True, slots=True)
class Payback:
    """The payback date if reached, the contribution so far and what is still missing; minor units.

    `covered` is False again when later credits drop the sum below the cost; the date is kept.
    """

    cost: Fraction
    day: date | None
    running: Fraction
    first_purchase: date | None = None
    first_contact: date | None = None

    @property
    def covered(self) -> bool:
        """Tell whether the cost is repaid now."""
        return self.day is not None and self.running >= self.cost

    @property
    def remaining(self) -> Fraction:
        """Give what is still missing, never below 0."""
        return max(Fraction(), self.cost - self.running)

    @property
    def days_from_first_purchase(self) -> int | None:
        """Give the days from the first purchase to the payback date."""
        return (self.day - self.first_purchase).days if self.day and self.first_purchase else None

    @property
    def days_from_first_contact(self) -> int | None:
        """Give the days from the first contact to the payback date."""
        return (self.day - self.first_contact).days if self.day and self.first_contact else None

    @property
    def flag(self) -> Flag | None:
        """Say that it was repaid once and is no longer."""
        return Flag.NO_LONGER_COVERED if self.day is not None and not self.covered else None

    def years_missing(self, last_12_months: Fraction | int) -> Fraction | None:
        """Give missing / contribution of the last 12 months, years, if that contribution is positive."""
        return ratio(self.remaining, last_12_months) if last_12_months > 0 else None


def payback(
    cost: Fraction | int,
    flows: Iterable[tuple[date, Fraction | int]],
    as_of: date,
    first_purchase: date | None = None,
    first_contact: date | None = None,
) -> Payback:
    """Find the first day on which the cumulated contribution reaches the cost; one day's flows count together.

    `flows` are dated contributions (fees less costs) in minor units; those after as_of do not exist yet, and those
    before the first purchase do not count.
    """
    days: dict[date, Fraction] = {}
    for day, amount in flows:
        if day <= as_of and (first_purchase is None or day >= first_purchase):
            days[day] = days.get(day, Fraction()) + amount
    running, reached = Fraction(), None
    for day in sorted(days):
        running += days[day]
        if reached is None and running >= cost:
            reached = day
    return Payback(Fraction(cost), reached, running, first_purchase, first_contact)
