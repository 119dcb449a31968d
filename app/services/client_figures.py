"""All figures of one client on one day; those that no list of clients needs are worked out when first asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from app.domain.clients import Client
from app.domain.metrics.cadence import Cadence, CadenceRow, Overdue, cadence, overdue
from app.domain.metrics.concentration import Standing
from app.domain.metrics.contacts import Dialogue
from app.domain.metrics.contribution import Acquisition, Contribution
from app.domain.metrics.feedback_loop import FeedbackLoop
from app.domain.metrics.incubation import Incubation
from app.domain.metrics.lifetime import (
    Expected,
    RetentionUsed,
    YearlyMargin,
    client_years,
    expected_value,
    simple_ltv,
    yearly_margin,
)
from app.domain.metrics.portfolio import Portfolio
from app.domain.metrics.reasons import Reason, Withheld
from app.domain.metrics.retainers import missing_invoice
from app.domain.metrics.rfm import Rfm
from app.domain.metrics.rhythm import PooledKappa, Rhythm, rhythm
from app.domain.metrics.stages import AT_RISK_BELOW, StageOn, stage_on
from app.domain.metrics.warnings import DUE_BELOW, GapWarning, Severity, WarningInput, WarningKind, warnings_for
from app.domain.service_levels import TierLevel
from app.domain.vocabulary import Stage, Tier
from app.services.own_figures import OwnFigures


@dataclass(frozen=True)  # no slots: what is made when first asked for is kept beside the fields
class Surroundings:
    """What each client's figures are worked out in: the day, the firm's rules, and what all clients come to.

    `own` are all clients' own figures; `factors` discount a margin of 1 over five years, and for ever.
    """

    as_of: date
    levels: tuple[TierLevel, ...]
    table: Mapping[Stage, CadenceRow]
    portfolio: Portfolio
    standings: Mapping[str, Standing]
    tiers: Mapping[str, Tier]
    contact_kappa: PooledKappa
    retention: RetentionUsed
    own: Mapping[int, OwnFigures]
    factors: tuple[Fraction | None, Fraction | None]

    @cached_property
    def mean_year(self) -> Fraction | None:
        """Give what a client contributes in a year, on average, minor units (METRICS V3)."""
        years = (client_years(one.fees, one.amount) for one in self.own.values() if one.fees.n)
        return simple_ltv((each for each in years if each is not None), self.as_of).yearly_value


@dataclass(frozen=True, slots=True)
class Value:
    """What a client is worth, minor units; each with the reason why the window would not show it."""

    margin: YearlyMargin
    expected: Expected
    finite: Fraction | None
    infinite: Fraction | None
    discounted_withheld: Reason | None


class ClientFigures:
    """All figures of one client on one day, minor units. Ranks are over all fees, `tier` over the firm's window.

    `ref` is what the metrics call the client by. What warnings need is here at once, the rest when asked for.
    """

    def __init__(self, ref: str, own: OwnFigures, around: Surroundings, before: "ClientFigures | None" = None) -> None:
        """Work them out; `before` are this client's earlier ones under the same rules, of which what holds is taken."""
        self.ref = ref
        self.own = own
        self._around = around
        self.client: Client = own.series.client
        self.fees = own.fees
        self.purchases = around.portfolio.rhythms.get(ref)
        self.tier = self.client.tier or (Tier.LEAD if self.fees.n == 0 else around.tiers[ref])
        judged = before._judged if before is not None and self._judged_alike(before) else self._judge()
        self._judged: _Judgement = judged
        self.stage = judged.stage
        self.cadence = judged.cadence
        self.contact = judged.contact
        self.contact_rhythm = judged.contact_rhythm
        self.warnings = judged.warnings

    def _judged_alike(self, before: "ClientFigures") -> bool:
        """Tell whether stage and warnings are as before: of a rhythm they look only at one that gives cause."""
        return (
            before.own is self.own
            and before.ref == self.ref
            and before.tier is self.tier
            and (before.purchases == self.purchases or (_calm(before.purchases) and _calm(self.purchases)))
        )

    def _judge(self) -> "_Judgement":
        own, client, fees, around = self.own, self.client, self.fees, self._around
        contacted = own.last_contact is not None or fees.known_since is not None
        stage = stage_on(fees, own.known, own.series.relationship, self.purchases, contacted=contacted)
        promised = next((level.contact_days for level in around.levels if level.tier is self.tier), None)
        due = cadence(
            stage.stage,
            self.tier,
            preference=client.preferred_cadence_days,
            own=client.cadence_days,
            service_level=promised,
            table=around.table,
        )
        contact = overdue(own.last_contact, due.days, around.as_of)
        contact_rhythm = None
        if contact.days is not None:
            contact_rhythm = rhythm(own.contact_gaps, contact.days, around.contact_kappa.used, due.days)
        given = WarningInput(
            client=self.ref,
            stage=stage.stage,
            tier=self.tier,
            contact=contact,
            contact_rhythm=contact_rhythm,
            purchases=self.purchases,
            last_purchase=fees.last,
            next_planned=own.next_planned,
            snoozed_until=client.snoozed_until,
            asked_not=client.do_not_contact,
            retainer_only=own.series.retainer_only,
            missing_invoice=missing_invoice(own.series.retainers, around.as_of),
        )
        return _Judgement(stage, due, contact, contact_rhythm, warnings_for(given, around.as_of))

    @property
    def tier_pinned(self) -> bool:
        """Whether the tier was given by hand."""
        return self.client.tier is not None

    @property
    def standing(self) -> Standing:
        """Where the client stands among all, by all fees."""
        return self._around.standings[self.ref]

    @property
    def rfm(self) -> Rfm | None:
        """Its scores; None without a purchase."""
        return self._around.portfolio.rfm.get(self.ref)

    @property
    def risk(self) -> Severity | None:
        """How badly a relationship at risk stands: as its warning says (C4), overdue where a hand set the stage.

        None where it is not at risk.
        """
        if self.stage.stage is not Stage.AT_RISK:
            return None
        gaps = (warning.severity for warning in self.warnings if warning.kind is WarningKind.PURCHASE_GAP)
        return next(gaps, Severity.OVERDUE)

    @property
    def next_planned(self) -> date | None:
        """The day of the next planned contact."""
        return self.own.next_planned

    @property
    def dialogue(self) -> Dialogue | None:
        """Who speaks; None without a contact."""
        return self.own.dialogue

    @property
    def contribution(self) -> Contribution:
        """V1 from the beginning."""
        return self.own.contribution

    @property
    def contribution_12(self) -> Contribution:
        """V1 of the last 12 months."""
        return self.own.contribution_12

    @property
    def historic(self) -> Fraction:
        """V2, minor units."""
        return self.own.historic

    @property
    def acquisition(self) -> Acquisition:
        """What it cost to win the client."""
        return self.own.acquisition

    @property
    def incubation(self) -> Incubation:
        """From the first contact to the first fee."""
        return self.own.incubation

    @property
    def loop(self) -> FeedbackLoop:
        """How its feedback was answered."""
        return self.own.loop

    @cached_property
    def value(self) -> Value:
        """What the client is worth."""
        own, fees, segment = self.own, self.fees, self._around.portfolio.simple_ltv
        margin = yearly_margin(fees, own.amount_12, own.amount, self._around.mean_year)
        state = self.purchases.state if self.purchases else None
        expected = expected_value(fees, own.amount_12, segment, state)
        amount, (finite_times, infinite_times) = margin.amount, self._around.factors
        finite = None if amount is None or finite_times is None else amount * finite_times
        infinite = None if amount is None or infinite_times is None else amount * infinite_times
        guard = Reason.NO_PURCHASE if amount is None else self._around.retention.guard
        if fees.ended and fees.n:
            finite, infinite, guard = Fraction(), Fraction(), Reason.ENDED
        return Value(margin, expected, finite, infinite, guard)

    @property
    def withheld(self) -> Withheld:
        """Name the raw figures that the window would not show, each with its reason."""
        held = list(self.fees.withheld)
        if self.fees.why_not:
            held.append(("TFI", self.fees.why_not))
        if self.purchases:
            held += self.purchases.withheld
        held += [("contribution_12_months", reason) for _, reason in self.contribution_12.withheld]
        if self.value.expected.withheld:
            held.append(("ltv_simple", self.value.expected.withheld))
        if self.value.discounted_withheld:
            held += [(name, self.value.discounted_withheld) for name in ("clv_5_years", "clv_infinite")]
        return (*held, *(self.dialogue.withheld if self.dialogue else ()))


@dataclass(frozen=True, slots=True)
class _Judgement:
    """Where a client stands, when contact is due, and what is warned of."""

    stage: StageOn
    cadence: Cadence
    contact: Overdue
    contact_rhythm: Rhythm | None
    warnings: tuple[GapWarning, ...]


def _calm(purchases: Rhythm | None) -> bool:
    return purchases is None or purchases.p_longer is None or purchases.p_longer >= max(DUE_BELOW, AT_RISK_BELOW)
