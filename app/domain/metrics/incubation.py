"""From the first contact to the first purchase: own days, the firm's median, and Kaplan-Meier (METRICS V11)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.domain.metrics.numbers import median
from app.domain.metrics.reasons import Flag
from app.domain.metrics.tfi import FeeFigures
from app.domain.periods import last_years

MEDIAN_YEARS = 2
MIN_OPEN = 10


@dataclass(frozen=True, slots=True)
class Incubation:
    """One client's incubation, days. `running`: a prospect, shown as "120+". None: nothing is known to count from."""

    days: int | None
    running: bool
    first_contact: date | None
    won_on: date | None
    lost_on: date | None = None
    flag: Flag | None = None

    @property
    def counts(self) -> bool:
        """Tell whether it enters averages: won, with a contact before the first invoice."""
        return self.won_on is not None and self.flag is None and self.days is not None


def incubation(figures: FeeFigures) -> Incubation:
    """Measure first contact -> first purchase on the figures' day; an ended prospect was lost on its end."""
    contact, won = figures.known_since, figures.first
    if won is not None:
        if contact is None or contact > won:
            return Incubation(0, running=False, first_contact=contact, won_on=won, flag=Flag.NO_CONTACT_BEFORE)
        return Incubation((won - contact).days, running=False, first_contact=contact, won_on=won)
    if contact is None:
        return Incubation(None, running=True, first_contact=None, won_on=None)
    lost = figures.ended_on
    until = figures.as_of if lost is None else max(lost, contact)
    return Incubation((until - contact).days, lost is None, contact, None, lost_on=lost)


@dataclass(frozen=True, slots=True)
class FirmIncubation:
    """The firm's median days with n, and the Kaplan-Meier median over won, open and lost ones if enough are open."""

    n: int
    median: Fraction | None
    not_won: int
    kaplan_meier: int | None


def firm_incubation(clients: Iterable[Incubation], as_of: date) -> FirmIncubation:
    """Give the median of the clients won in the last 24 months, and Kaplan-Meier from 10 open or lost ones (V11)."""
    kept = list(clients)
    recent = last_years(as_of, MEDIAN_YEARS)
    won = [i.days for i in kept if i.counts and i.days is not None and i.won_on and i.won_on in recent]
    not_won = [i.days for i in kept if i.won_on is None and i.days is not None]
    all_won = [i.days for i in kept if i.counts and i.days is not None]
    survival = kaplan_meier_median(all_won, not_won) if len(not_won) >= MIN_OPEN else None
    return FirmIncubation(len(won), median(won), len(not_won), survival)


def kaplan_meier_median(won: Sequence[int], censored: Sequence[int]) -> int | None:
    """Give the first day by which half are won, with the open and lost ones censored; None if never reached."""
    at_risk, surviving = len(won) + len(censored), Fraction(1)
    events = sorted([(day, 0) for day in won] + [(day, 1) for day in censored])
    for day, is_censored in events:
        if not is_censored:
            surviving *= Fraction(at_risk - 1, at_risk)
            if surviving <= Fraction(1, 2):
                return day
        at_risk -= 1
    return None
