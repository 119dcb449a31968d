"""Lifetime value: average years retained x average yearly value, and the discounted sum (METRICS V3-V6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import exp

from app.domain.metrics.numbers import poisson_limits, ratio
from app.domain.metrics.reasons import Reason, Withheld
from app.domain.metrics.retention import Retention
from app.domain.metrics.rhythm import RhythmState
from app.domain.metrics.tfi import FeeFigures
from app.domain.periods import YEAR_DAYS, years_before

LAPSED_DAYS = 365
MIN_HISTORY_YEARS = 2
MIN_LAPSED = 5
MAX_YEARS = 10
RULE_OF_THREE = 3
MIN_OWN_DAYS = 90


def lapsed(silence: int, span: int, gaps: int) -> bool:
    """Tell whether a silence is longer than max(365, 2T) days; T = span / gaps, 0 without a gap (METRICS V3)."""
    return silence > LAPSED_DAYS and silence * gaps > 2 * span if gaps else silence > LAPSED_DAYS


def has_lapsed(figures: FeeFigures) -> bool:
    """Tell whether a client with a purchase is lapsed on the figures' day, ended ones apart."""
    silence = figures.recency
    return silence is not None and lapsed(silence, figures.span, figures.gaps)


@dataclass(frozen=True, slots=True)
class ClientYears:
    """One client's part in V3: days retained, whether it is over, and its contribution in minor units."""

    days: int
    over: bool
    contribution: Fraction | int
    first_purchase: date


def client_years(figures: FeeFigures, contribution: Fraction | int | None = None) -> ClientYears | None:
    """Give a client's years, None without a purchase; the contribution is its fees unless given (METRICS V3)."""
    if figures.first is None or figures.last is None:
        return None
    over = figures.ended or has_lapsed(figures)
    until = figures.last if over else figures.as_of
    amount = figures.observed if contribution is None else contribution
    return ClientYears((until - figures.first).days, over, amount, figures.first)


@dataclass(frozen=True, slots=True)
class SimpleLtv:
    """V3 over a segment: raw, with V4's guards named in `withheld`. Money in minor units."""

    as_of: date
    clients: int
    days: int
    lapsed: int
    contribution: Fraction
    first_purchase: date | None
    max_years: int = MAX_YEARS

    @property
    def years(self) -> Fraction:
        """Give sum Y, client-years."""
        return self.days / YEAR_DAYS

    @property
    def churn(self) -> Fraction | None:
        """Give ended and lapsed clients for each client-year."""
        return ratio(self.lapsed, self.years)

    @property
    def years_retained(self) -> Fraction | None:
        """Give average years retained, sum Y / D, uncapped; None while nobody has left."""
        return ratio(self.years, self.lapsed)

    @property
    def years_retained_shown(self) -> Fraction | None:
        """Give average years retained, capped by the setting (METRICS V4)."""
        years = self.years_retained
        return None if years is None else min(years, Fraction(self.max_years))

    @property
    def yearly_value(self) -> Fraction | None:
        """Give contribution for each client-year, minor units."""
        return ratio(self.contribution, self.years)

    @property
    def ltv(self) -> Fraction | None:
        """Give the product, sum of contribution / D, minor units."""
        return ratio(self.contribution, self.lapsed)

    @property
    def years_interval(self) -> tuple[float, float] | None:
        """Give the 95 % interval of the years retained, from the exact Poisson limits of D (METRICS V4)."""
        if not self.lapsed:
            return None
        low, high = poisson_limits(self.lapsed)
        return float(self.years) / high, float(self.years) / low

    @property
    def years_at_least(self) -> Fraction | None:
        """Give what can be said while D = 0: at 95 % confidence more than sum Y / 3 years (rule of three)."""
        return self.years / RULE_OF_THREE if self.lapsed == 0 and self.days else None

    @property
    def capped(self) -> bool:
        """Tell whether the years shown are the setting's."""
        years = self.years_retained
        return years is not None and years > self.max_years

    @property
    def guard(self) -> Reason | None:
        """Name the guard that hides the figures, None if they may be shown (METRICS V4)."""
        if self.first_purchase is None:
            return Reason.NO_PURCHASE
        if self.lapsed == 0:
            return Reason.NONE_LAPSED
        if self.first_purchase > years_before(self.as_of, MIN_HISTORY_YEARS):
            return Reason.SHORT_HISTORY
        return Reason.FEW_LAPSED if self.lapsed < MIN_LAPSED else None

    @property
    def withheld(self) -> Withheld:
        """Name the raw figures the window hides or caps."""
        guard = self.guard
        if guard is not None:
            return (("LTV", guard), ("avg_years_retained", guard))
        if self.capped:
            return (("LTV", Reason.CAPPED), ("avg_years_retained", Reason.CAPPED))
        return ()


def simple_ltv(clients: Iterable[ClientYears], as_of: date, max_years: int = MAX_YEARS) -> SimpleLtv:
    """Add up a segment's client-years: ratio of sums, never the mean of ratios (METRICS V3)."""
    kept = list(clients)
    return SimpleLtv(
        as_of=as_of,
        clients=len(kept),
        days=sum(client.days for client in kept),
        lapsed=sum(client.over for client in kept),
        contribution=Fraction(sum(client.contribution for client in kept)),
        first_purchase=min((client.first_purchase for client in kept), default=None),
        max_years=max_years,
    )


@dataclass(frozen=True, slots=True)
class RetentionUsed:
    """The yearly r a discounted value rests on, where it comes from, and the guard that hides it (METRICS V6)."""

    rate: Fraction | None
    source: str
    guard: Reason | None


def retention_used(retained: Retention, ltv: SimpleLtv) -> RetentionUsed:
    """Take the yearly client retention of V14, else exp(-churn) of V3, with the guards of its source (METRICS V6)."""
    if retained.rate is not None:
        guard = retained.withheld[0][1] if retained.withheld else None
        return RetentionUsed(retained.yearly, "V14", guard)
    churn = ltv.churn
    if churn is None:
        return RetentionUsed(None, "", Reason.NO_RETENTION)
    return RetentionUsed(Fraction(exp(-churn)), "V3", ltv.guard)


def infinite_factor(r: Fraction, d: Fraction, *, first_now: bool = False) -> Fraction | None:
    """Give V5 for a margin of 1 a year, infinite; None outside its domain (r = 1 with d = 0).

    The first margin comes at the end of year 1, or now: the two differ by exactly one margin.
    """
    if not (0 <= r <= 1 and d >= 0 and 1 + d - r > 0):
        return None
    return ((1 + d) if first_now else r) / (1 + d - r)


def finite_factor(r: Fraction, d: Fraction, years: int) -> Fraction | None:
    """Give V5 for a margin of 1 over N years, the first at the end of year 1; None outside the domain."""
    if not (0 <= r <= 1 and d >= 0 and years >= 0):
        return None
    q = r / (1 + d)
    return Fraction(years) if q == 1 else q * (1 - q**years) / (1 - q)


@dataclass(frozen=True, slots=True)
class YearlyMargin:
    """m of V5, contribution for a year in minor units, and why it is an estimate, None if it is the client's own."""

    amount: Fraction | None
    estimated: Reason | None = None


def yearly_margin(
    figures: FeeFigures, last_12_months: Fraction | int, so_far: Fraction | int, segment_mean: Fraction | None
) -> YearlyMargin:
    """Give m: the last 12 months; for a client younger than a year, so far x year / L_fp from 90 days on (V5)."""
    since = figures.days_since_first
    if figures.first is None or since is None:
        return YearlyMargin(None, Reason.NO_PURCHASE)
    if figures.first <= years_before(figures.as_of):
        return YearlyMargin(Fraction(last_12_months))
    if since >= MIN_OWN_DAYS:
        return YearlyMargin(Fraction(so_far) * YEAR_DAYS / since)
    return YearlyMargin(segment_mean, Reason.NO_HISTORY)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a client is expected to bring, minor units: raw, and as it is shown, its years capped (METRICS V3, V4).

    `withheld` says why nothing is shown, or that the years were capped.
    """

    raw: Fraction | None
    withheld: Reason | None
    shown: Fraction | None = None


def expected_value(
    figures: FeeFigures,
    last_12_months: Fraction | int,
    segment: SimpleLtv,
    state: RhythmState | None = None,
) -> Expected:
    """Give a client's own 12-month contribution x the segment's remaining years; an ended one counts 0 (V3).

    Not shown under V4's guards, nor of a client neither active nor late by the state of its purchase rhythm (C4), or
    lapsed.
    """
    if figures.n == 0:
        return Expected(None, Reason.NO_PURCHASE)
    if figures.ended:
        return Expected(Fraction(), Reason.ENDED)
    years, at_most = segment.years_retained, segment.years_retained_shown
    if years is None or at_most is None:
        return Expected(None, Reason.NONE_LAPSED)
    raw = last_12_months * years
    if has_lapsed(figures) or state in (RhythmState.AT_RISK, RhythmState.SILENT):
        return Expected(raw, Reason.NOT_BUYING)
    if segment.guard is not None:
        return Expected(raw, segment.guard)
    return Expected(raw, Reason.CAPPED if segment.capped else None, last_12_months * at_most)
