"""Whom to call: warnings with kind and severity, what silences them, and the order of today (METRICS C3, 3.3)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from operator import itemgetter

from app.domain.metrics.cadence import ContactState, Overdue
from app.domain.metrics.numbers import median
from app.domain.metrics.retainers import MissingInvoice
from app.domain.metrics.rhythm import Rhythm
from app.domain.vocabulary import Stage, Tier

PLANNED_WITHIN = 7
DUE_BELOW = 0.05
OVERDUE_BELOW = 0.01


class WarningKind(StrEnum):
    """What is warned of (METRICS 3.3)."""

    CONTACT_GAP = "contact_gap"
    PURCHASE_GAP = "purchase_gap"
    NEVER_CONTACTED = "never_contacted"


class Severity(StrEnum):
    """How bad it is, mildest first."""

    DUE = "due"
    OVERDUE = "overdue"
    BADLY = "badly"


class Rule(StrEnum):
    """The rule of METRICS that raised a warning."""

    CADENCE = "C3"
    RHYTHM = "C4"
    RETAINER = "C6"


class SilenceKind(StrEnum):
    """What keeps a warning quiet, visibly."""

    PLANNED = "planned"
    SNOOZED = "snoozed"
    ASKED_NOT = "asked not to be contacted"


@dataclass(frozen=True, slots=True)
class Silence:
    """Why a warning is quiet, and the day of the planned contact or the end of the snooze."""

    kind: SilenceKind
    day: date | None = None


@dataclass(frozen=True, slots=True)
class WarningInput:
    """What is known of one client on the day.

    `next_planned` is the earliest planned contact from the day on; `snoozed_until` the last quiet day;
    `retainer_only` clients have no purchase rhythm; `missing_invoice` is one of a retainer (C6).
    """

    client: str
    stage: Stage
    tier: Tier | None
    contact: Overdue
    contact_rhythm: Rhythm | None = None
    purchases: Rhythm | None = None
    last_purchase: date | None = None
    next_planned: date | None = None
    snoozed_until: date | None = None
    asked_not: bool = False
    retainer_only: bool = False
    missing_invoice: MissingInvoice | None = None


@dataclass(frozen=True, slots=True)
class GapWarning:
    """One warning. `since` is the last contact or purchase, `days` the gap; both None if there never was one.

    `ratio` is q against the cadence, `p` the chance of such a gap; `urgency` sorts (q, gap / mean gap, or the billing
    periods since the last invoice of a retainer).
    """

    client: str
    kind: WarningKind
    severity: Severity
    rule: Rule
    since: date | None
    days: int | None
    cadence: int | None = None
    ratio: Fraction | None = None
    p: float | None = None
    urgency: Fraction | None = None
    silence: Silence | None = None
    missing: MissingInvoice | None = None

    @property
    def loud(self) -> bool:
        """Whether nothing keeps the warning quiet."""
        return self.silence is None


def warnings_for(given: WarningInput, as_of: date) -> tuple[GapWarning, ...]:
    """Judge one client: at most one contact warning and one purchase warning (METRICS 3.3).

    None for an ended relationship nor for a light client: no warnings, no guilt.
    """
    if given.stage is Stage.ENDED or given.tier is Tier.LIGHT:
        return ()
    silence = _silence(given, as_of)
    found = (_contact_warning(given, silence), _purchase_warning(given, silence))
    return tuple(warning for warning in found if warning is not None)


def _silence(given: WarningInput, as_of: date) -> Silence | None:
    """Find what keeps the client's warnings quiet."""
    if given.asked_not:
        return Silence(SilenceKind.ASKED_NOT)
    if given.snoozed_until is not None and given.snoozed_until >= as_of:
        return Silence(SilenceKind.SNOOZED, given.snoozed_until)
    planned = given.next_planned
    if planned is not None and as_of <= planned <= as_of + timedelta(days=PLANNED_WITHIN):
        return Silence(SilenceKind.PLANNED, planned)
    return None


def _contact_warning(given: WarningInput, silence: Silence | None) -> GapWarning | None:
    """Judge the contact gap by cadence, then by the client's own habit."""
    gap = given.contact
    if gap.state is ContactState.NEVER:
        return GapWarning(
            given.client, WarningKind.NEVER_CONTACTED, Severity.DUE, Rule.CADENCE, None, None,
            cadence=gap.cadence, silence=silence,
        )  # fmt: skip
    if gap.state is ContactState.NONE:
        return None
    p = given.contact_rhythm.p_longer if given.contact_rhythm is not None else None
    rule = Rule.CADENCE
    match gap.state:
        case ContactState.BADLY:
            severity = Severity.BADLY
        case ContactState.OVERDUE:
            severity = Severity.OVERDUE
        case ContactState.DUE_SOON:
            severity = Severity.DUE
        case _:
            if p is None or p >= DUE_BELOW:
                return None
            severity, rule = Severity.DUE, Rule.RHYTHM
    return GapWarning(
        given.client, WarningKind.CONTACT_GAP, severity, rule, gap.last, gap.days,
        cadence=gap.cadence, ratio=gap.ratio, p=p, urgency=gap.ratio, silence=silence,
    )  # fmt: skip


def _purchase_warning(given: WarningInput, silence: Silence | None) -> GapWarning | None:
    """Judge the purchase gap by an invoice that is missing, else by the client's own rhythm."""
    missing = given.missing_invoice
    if missing is not None:
        severity = Severity.OVERDUE if missing.another else Severity.DUE
        return GapWarning(
            given.client, WarningKind.PURCHASE_GAP, severity, Rule.RETAINER, missing.since, missing.days,
            urgency=missing.periods, silence=silence, missing=missing,
        )  # fmt: skip
    own = given.purchases
    if own is None or given.retainer_only or own.p_longer is None or own.p_longer >= DUE_BELOW:
        return None
    severity = Severity.OVERDUE if own.p_longer < OVERDUE_BELOW else Severity.DUE
    mean = own.mean_gap
    urgency = None if mean is None or own.current_gap is None else own.current_gap / mean
    return GapWarning(
        given.client, WarningKind.PURCHASE_GAP, severity, Rule.RHYTHM, given.last_purchase, own.current_gap,
        ratio=own.ratio, p=own.p_longer, urgency=urgency, silence=silence,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TodayClient:
    """What orders a client on Today: its tier and its fees of the last 12 months, minor units."""

    client: str
    tier: Tier | None
    fees_12_months: int


def fees_for_order(clients: Iterable[TodayClient]) -> dict[str, Fraction]:
    """Give each client's fees for the order; one without fees counts with the median of its tier (C3).

    A tier in which nobody has fees counts with the median of all clients with fees.
    """
    kept = list(clients)
    by_tier: defaultdict[Tier | None, list[int]] = defaultdict(list)
    for client in kept:
        if client.fees_12_months > 0:
            by_tier[client.tier].append(client.fees_12_months)
    overall = median([fees for tier in by_tier.values() for fees in tier]) or Fraction()
    medians = {tier: median(fees) for tier, fees in by_tier.items()}
    return {
        c.client: Fraction(c.fees_12_months) if c.fees_12_months > 0 else medians.get(c.tier) or overall for c in kept
    }


def todays_order(warnings: Iterable[GapWarning], fees: Mapping[str, Fraction]) -> list[GapWarning]:
    """Sort by q x 12-month fees, most pressing first; never contacted clients stand in one group at the end (C3)."""
    nothing = Fraction()

    def key(warning: GapWarning) -> tuple[bool, Fraction, Fraction, str, str]:
        never = warning.kind is WarningKind.NEVER_CONTACTED
        urgency = warning.urgency or nothing
        worth = fees.get(warning.client, nothing)
        weight = worth if never else urgency * worth
        return never, -weight, -urgency, warning.client, warning.kind

    keyed = [(key(warning), warning) for warning in warnings]
    # Floats first: what is nearly in order needs few comparisons of fractions, which decide.
    keyed.sort(key=lambda pair: (pair[0][0], float(pair[0][1])))
    keyed.sort(key=itemgetter(0))
    return [warning for _, warning in keyed]
