"""S, T, L and TFI of one client on one day, and TFI explained against the plain sum of fees (P7-P9, 1.3-1.5)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from app.domain.metrics.numbers import ratio
from app.domain.metrics.purchases import FeeSeries
from app.domain.metrics.reasons import Flag, Reason, Withheld
from app.domain.metrics.relationship import NO_DATES, Relationship, episodes
from app.domain.money import round_half_away
from app.domain.periods import YEAR_DAYS, last_years
from app.domain.vocabulary import StartRule

MIN_RUN_RATE_DAYS = 90
BUNCHED_INTERVAL = 7
BUNCHED_TAIL = 90


class Status(StrEnum):
    """What can be said of a client's fees (METRICS 1.2)."""

    NO_PURCHASE = "no_purchase"
    ONE_PURCHASE = "one_purchase"
    OK = "ok"
    CREDITS_EXCEED = "credits_exceed"


class Evidence(StrEnum):
    """How much a TFI rests on (METRICS 1.5)."""

    ONE_GAP = "1 gap - indicative only"
    FEW_PURCHASES = "few purchases"


@dataclass(frozen=True, slots=True)
class Parts:
    """TFI - N in three parts, minor units; they add up exactly (METRICS 1.3)."""

    fencepost: Fraction
    before_first: Fraction
    since_last: Fraction

    @property
    def total(self) -> Fraction:
        """Give TFI - N."""
        return self.fencepost + self.before_first + self.since_last

    def rounded(self) -> tuple[int, int, int]:
        """Give the parts in whole minor units; the last line shown takes the odd penny (METRICS 1.3)."""
        fence, before = round_half_away(self.fencepost), round_half_away(self.before_first)
        total = round_half_away(self.total)
        if self.since_last == 0 and self.before_first != 0:
            return fence, total - fence, 0
        if self.since_last == 0:
            return total, 0, 0
        return fence, before, total - fence - before


@dataclass(frozen=True, slots=True)
class FeeFigures:
    """The fee figures of one client on one day: integers are stored, ratios are made exactly when asked for.

    Money is in minor units, lengths in days. `lead`, `span`, `tail` and `gaps` are summed over the episodes (P9).
    """

    as_of: date
    n: int
    observed: int
    booked_ahead: int
    last_12_months: int
    documents: int
    credit_documents: int
    first: date | None = None
    last: date | None = None
    start: date | None = None
    episodes: int = 0
    gaps: int = 0
    lead: int = 0
    span: int = 0
    tail: int = 0
    ended_on: date | None = None
    known_since: date | None = None
    client_since: date | None = None
    start_ignored: bool = False
    unrated: int = 0

    @property
    def ended(self) -> bool:
        """Tell whether the relationship stands ended on the day."""
        return self.ended_on is not None

    @property
    def status(self) -> Status:
        """Say what can be computed (METRICS 1.2)."""
        if self.n == 0:
            return Status.NO_PURCHASE
        if self.observed <= 0:
            return Status.CREDITS_EXCEED
        return Status.OK if self.gaps else Status.ONE_PURCHASE

    @property
    def why_not(self) -> Reason | None:
        """Say why there is no TFI, None if there is one."""
        match self.status:
            case Status.NO_PURCHASE:
                return Reason.NO_PURCHASE
            case Status.CREDITS_EXCEED:
                return Reason.CREDITS_EXCEED
            case Status.ONE_PURCHASE:
                return Reason.ONE_PURCHASE if self.n == 1 else Reason.ONE_PURCHASE_EACH
            case Status.OK:
                return None

    @property
    def spend(self) -> Fraction | None:
        """Give S = N / n, minor units for each purchase (P7)."""
        return ratio(self.observed, self.n)

    @property
    def interval(self) -> Fraction | None:
        """Give T, days between purchases: the mean gap; None without a gap (P8)."""
        return ratio(self.span, self.gaps)

    @property
    def length(self) -> int | None:
        """Give L, days (P9); None before the first purchase."""
        return self.lead + self.span + self.tail if self.n else None

    @property
    def product(self) -> Fraction | None:
        """Give S x L / T as one exact fraction whatever its sign: what the formula says, before status."""
        if not self.gaps:
            return None
        return Fraction(self.observed * self.gaps * (self.lead + self.span + self.tail), self.n * self.span)

    @property
    def tfi(self) -> Fraction | None:
        """Give TFI, minor units; None where the status says there is none."""
        return self.product if self.status is Status.OK else None

    @property
    def tfi_over_observed(self) -> Fraction | None:
        """Give TFI / N = L / (T n), None without TFI."""
        if self.status is not Status.OK:
            return None
        return Fraction(self.gaps * (self.lead + self.span + self.tail), self.n * self.span)

    @property
    def parts(self) -> Parts | None:
        """Give the three parts of the product less N, whatever its sign (METRICS 1.3)."""
        if not self.gaps:
            return None
        below = self.n * self.span
        return Parts(
            fencepost=Fraction(-self.episodes * self.observed, self.n),
            before_first=Fraction(self.observed * self.lead * self.gaps, below),
            since_last=Fraction(self.observed * self.tail * self.gaps, below),
        )

    @property
    def explained(self) -> Parts | None:
        """Give TFI - N in its three parts, None without TFI."""
        return self.parts if self.status is Status.OK else None

    @property
    def difference(self) -> Fraction | None:
        """Give TFI - N, minor units."""
        tfi = self.tfi
        return None if tfi is None else tfi - self.observed

    def product_for(self, days: Fraction | int = YEAR_DAYS) -> Fraction | None:
        """Give S x H / T whatever its sign (METRICS 1.4)."""
        if not self.gaps:
            return None
        return Fraction(self.observed * self.gaps, self.n * self.span) * days

    def tfi_for(self, days: Fraction | int = YEAR_DAYS) -> Fraction | None:
        """Give TFI for a horizon of H days: "if they go on buying at this rhythm"; None without TFI (METRICS 1.4)."""
        return self.product_for(days) if self.status is Status.OK else None

    def planned_for(self, expected_interval: int, days: Fraction | int = YEAR_DAYS) -> Fraction | None:
        """Give S x H / Te where the plan states a purchase interval of Te days; to be marked *planned* (1.5)."""
        spend = self.spend
        return None if spend is None or expected_interval <= 0 else spend * days / expected_interval

    @property
    def days_since_first(self) -> int | None:
        """Give L_fp, days from the first purchase to as_of."""
        return (self.as_of - self.first).days if self.first else None

    @property
    def recency(self) -> int | None:
        """Give the days since the last purchase."""
        return (self.as_of - self.last).days if self.last else None

    @property
    def repeat_run_rate_year(self) -> Fraction | None:
        """Give S x (n - 1) x H / L_fp for a year: counting the silence; None under 90 days (METRICS 1.4)."""
        since = self.days_since_first
        if self.n < 2 or since is None or since < MIN_RUN_RATE_DAYS:
            return None
        return Fraction(self.observed * (self.n - 1), self.n * since) * YEAR_DAYS

    @property
    def evidence(self) -> Evidence | None:
        """Give the label of how much the figure rests on; None from six purchases (METRICS 1.5)."""
        if not self.gaps or self.n >= 6:
            return None
        return Evidence.ONE_GAP if self.n == 2 else Evidence.FEW_PURCHASES

    @property
    def purchases_not_happened(self) -> int:
        """Give floor(tail / T), the purchases TFI counts that have not happened; 0 up to tail = 2T (METRICS 1.5)."""
        if not self.long_tail:
            return 0
        return self.tail * self.gaps // self.span

    @property
    def long_tail(self) -> bool:
        """Tell whether the silence is longer than 2T."""
        return bool(self.gaps) and self.tail * self.gaps > 2 * self.span

    @property
    def bunched(self) -> bool:
        """Tell whether T is no rhythm and TFI is greyed: T under 7 days and a tail over 90 (METRICS 1.5)."""
        return bool(self.gaps) and self.span < BUNCHED_INTERVAL * self.gaps and self.tail > BUNCHED_TAIL

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Give what the card says beside the figures."""
        told = (
            (self.status is Status.CREDITS_EXCEED, Flag.CREDITS_EXCEED),
            (self.status is Status.OK and self.long_tail, Flag.LONG_TAIL),
            (self.bunched, Flag.BUNCHED),
            (self.start_ignored, Flag.START_AFTER_FIRST),
            (self.unrated > 0, Flag.WITHOUT_RATE),
        )
        return tuple(flag for holds, flag in told if holds)

    @property
    def withheld(self) -> Withheld:
        """Say why the run-rate is missing though there are two purchases."""
        since = self.days_since_first
        if self.n >= 2 and since is not None and since < MIN_RUN_RATE_DAYS:
            return (("repeat_run_rate_year", Reason.UNDER_90_DAYS),)
        return ()


def fee_figures(
    fees: FeeSeries,
    as_of: date,
    relationship: Relationship = NO_DATES,
    rule: StartRule = StartRule.FIRST_PURCHASE,
) -> FeeFigures:
    """Compute n, N, S, T, L and TFI of one client on a day (METRICS 1); bisection and arithmetic only."""
    seen = fees.on(as_of)
    observed = seen.observed(as_of)
    documents, credit_documents = seen.documents_up_to(as_of)
    unrated = sum(1 for row in seen.unrated if row.day <= as_of) if seen.unrated else 0
    bought = seen.purchases_up_to(as_of)
    found = episodes(bought, relationship, as_of)
    known_since, client_since = relationship.first_contact(as_of), relationship.won_on(as_of)
    if not found:
        return FeeFigures(
            as_of=as_of,
            n=0,
            observed=observed,
            booked_ahead=seen.sums[-1] - observed,
            last_12_months=seen.fees_in(last_years(as_of)),
            documents=documents,
            credit_documents=credit_documents,
            ended_on=relationship.ended_on(as_of),
            known_since=known_since,
            client_since=client_since,
            unrated=unrated,
        )
    first = date.fromordinal(found[0].first)
    wanted = relationship.start(rule, as_of)
    ignored = wanted is not None and wanted > first
    start = first if wanted is None or ignored else wanted
    return FeeFigures(
        as_of=as_of,
        n=len(bought),
        observed=observed,
        booked_ahead=seen.sums[-1] - observed,
        last_12_months=seen.fees_in(last_years(as_of)),
        documents=documents,
        credit_documents=credit_documents,
        first=first,
        last=date.fromordinal(bought[-1]),
        start=start,
        episodes=len(found),
        gaps=len(bought) - len(found),
        lead=(first - start).days,
        span=sum(part.last - part.first for part in found),
        tail=sum(part.end - part.last for part in found),
        ended_on=relationship.ended_on(as_of),
        known_since=known_since,
        client_since=client_since,
        start_ignored=ignored,
        unrated=unrated,
    )
