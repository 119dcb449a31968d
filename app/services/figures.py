"""Every figure of every client on any day, from series that are kept (METRICS; nothing is computed here twice)."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from app.collector import collector_paused
from app.data import figures as data
from app.data import firm as firm_data
from app.data.database import Database
from app.domain.changes import ChangeSet
from app.domain.clients import Client
from app.domain.firm import Firm
from app.domain.metrics.cadence import Cadence, CadenceRow, Overdue, cadence, overdue
from app.domain.metrics.concentration import Concentration, Income, Standing, concentration
from app.domain.metrics.contacts import Dialogue
from app.domain.metrics.contribution import (
    Acquisition,
    Contribution,
)
from app.domain.metrics.feedback_loop import FeedbackLoop
from app.domain.metrics.incubation import Incubation
from app.domain.metrics.lifetime import (
    RetentionUsed,
    YearlyMargin,
    expected_value,
    finite_factor,
    infinite_factor,
    retention_used,
    yearly_margin,
)
from app.domain.metrics.portfolio import ClientFees, Portfolio, portfolio
from app.domain.metrics.reasons import Reason, Withheld
from app.domain.metrics.rfm import Rfm
from app.domain.metrics.rhythm import PooledKappa, Rhythm, pooled_kappa, rhythm
from app.domain.metrics.stages import StageOn, stage_on
from app.domain.metrics.tfi import FeeFigures
from app.domain.metrics.tiers import ranked_tiers
from app.domain.metrics.warnings import (
    GapWarning,
    TodayClient,
    WarningInput,
    fees_for_order,
    todays_order,
    warnings_for,
)
from app.domain.service_levels import CadenceRule, TierLevel
from app.domain.vocabulary import RankingWindow, Stage, StartRule, Tier
from app.services import series as reading
from app.services.own_figures import OwnFigures
from app.services.series import ClientSeries

LTV_YEARS = 5
KEPT_DAYS = 4
Key = TypeVar("Key")
Kept = TypeVar("Kept")
FEW_CLIENTS = 500
"""Up to so many touched clients are read again one by one; beyond, the whole book."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a client is worth, minor units; each with the reason why the window would not show it."""

    margin: YearlyMargin
    expected: Fraction | None
    expected_withheld: Reason | None
    finite: Fraction | None
    infinite: Fraction | None
    discounted_withheld: Reason | None


@dataclass(frozen=True, slots=True)
class ClientFigures:
    """All figures of one client on one day, minor units. Ranks are over all fees, `tier` over the firm's window."""

    client: Client
    fees: FeeFigures
    standing: Standing
    rfm: Rfm | None
    stage: StageOn
    tier: Tier
    tier_pinned: bool
    purchases: Rhythm | None
    cadence: Cadence
    contact: Overdue
    contact_rhythm: Rhythm | None
    dialogue: Dialogue | None
    contribution: Contribution
    contribution_12: Contribution
    historic: Fraction
    acquisition: Acquisition
    incubation: Incubation
    loop: FeedbackLoop
    value: Value
    next_planned: date | None
    warnings: tuple[GapWarning, ...]

    @property
    def withheld(self) -> Withheld:
        """Name the raw figures that the window would not show, each with its reason."""
        held = list(self.fees.withheld)
        if self.fees.why_not:
            held.append(("TFI", self.fees.why_not))
        if self.purchases:
            held += self.purchases.withheld
        held += [("contribution_12_months", reason) for _, reason in self.contribution_12.withheld]
        if self.value.expected_withheld:
            held.append(("ltv_simple", self.value.expected_withheld))
        if self.value.discounted_withheld:
            held += [(name, self.value.discounted_withheld) for name in ("clv_5_years", "clv_infinite")]
        return (*held, *(self.dialogue.withheld if self.dialogue else ()))


@dataclass(frozen=True, slots=True)
class BookFigures:
    """The whole book on one day."""

    as_of: date
    firm: Firm
    tiers: tuple[TierLevel, ...]
    clients: Mapping[int, ClientFigures]
    portfolio: Portfolio
    ranking: Concentration
    contact_kappa: PooledKappa
    retention: RetentionUsed
    discount: Fraction
    warnings: tuple[GapWarning, ...]
    ids: Mapping[str, int]

    def of(self, ref: str) -> ClientFigures:
        """Give the figures of the client that the metrics call by its code, else its name."""
        return self.clients[self.ids[ref]]

    def tier_name(self, tier: Tier) -> str:
        """Give the firm's name of a tier."""
        return next((level.name for level in self.tiers if level.tier is tier), tier.value.capitalize())


class Figures:
    """Figures on demand. Hears of every change and forgets only the clients it touched; safe in any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.RLock()
        self._series: dict[int, ClientSeries] | None = None
        self._stale: set[int] = set()
        self._known: dict[tuple[date, StartRule | None], BookFigures] = {}
        self._own: dict[tuple[date, StartRule], dict[int, OwnFigures]] = {}
        database.listeners.append(self._on_changed)

    def on(self, as_of: date, rule: StartRule | None = None) -> BookFigures:
        """Give every figure of the book on a day; `rule` overrides the firm's start of relationships."""
        with self._lock:
            known = self._known.get((as_of, rule))
            if known is None:
                known = self._compute(as_of, rule)
                _keep(self._known, (as_of, rule), known)
            return known

    def series(self, client_id: int) -> ClientSeries:
        """Give one client's dated rows, for explanations and strips."""
        with self._lock:
            return self._fresh()[client_id]

    def newest_fee_day(self) -> date | None:
        """Give the day of the newest fee: a book of old data is best viewed as of then."""
        with self._database.read() as connection:
            return data.newest_fee_day(connection)

    def _on_changed(self, change_set: ChangeSet) -> None:
        with self._lock:
            self._known.clear()
            if change_set.clients is None:
                self._series = None
            else:
                self._stale |= change_set.clients

    def _fresh(self) -> dict[int, ClientSeries]:
        if self._series is None or len(self._stale) > FEW_CLIENTS:
            with self._database.read() as connection:
                self._series = _by_name(reading.read(connection))
            self._own.clear()
        elif self._stale:
            with self._database.read() as connection:
                again = reading.read(connection, tuple(sorted(self._stale)))
            left = {key: rows for key, rows in self._series.items() if key not in self._stale}
            self._series = _by_name(left | again)
        self._stale.clear()
        return self._series

    def _compute(self, as_of: date, rule: StartRule | None) -> BookFigures:
        with self._database.read() as connection:
            firm = firm_data.read(connection)
            levels = tuple(firm_data.tiers(connection))
            table = cadence_table(firm_data.cadence(connection))
        series = self._fresh()
        rule = rule or firm.start_rule
        with collector_paused():
            # A change gives only the clients it touched new series; only their own figures are worked out anew.
            kept = self._own.get((as_of, rule), {})
            own = {
                key: before if (before := kept.get(key)) and before.series is rows else OwnFigures.of(rows, as_of, rule)
                for key, rows in series.items()
            }
            _keep(self._own, (as_of, rule), own)
            return _Computation(own, firm, levels, table, as_of).book()


def _keep(kept: dict[Key, Kept], key: Key, value: Kept) -> None:
    """Keep a value as the newest of a few."""
    kept.pop(key, None)
    while len(kept) >= KEPT_DAYS:
        kept.pop(next(iter(kept)))
    kept[key] = value


def _by_name(series: Mapping[int, ClientSeries]) -> dict[int, ClientSeries]:
    """Order clients by name, whichever were read last: ties of rank and of warnings must not depend on it."""
    return dict(sorted(series.items(), key=lambda item: (item[1].client.name.casefold(), item[0])))


def cadence_table(rules: list[CadenceRule]) -> dict[Stage, CadenceRow]:
    """Turn the firm's cells into rows; incubating reads the prospect row, won back the new row (METRICS C2)."""
    cells = {(rule.stage, rule.column): rule.days for rule in rules}
    table = {}
    for stage in {rule.stage for rule in rules}:
        row = [cells.get((stage, column)) for column in "ABC"]
        if all(days is not None for days in row):
            a, b, c = (days or 0 for days in row)
            table[stage] = CadenceRow(a, b, c)
    for reads, row_of in ((Stage.INCUBATING, Stage.PROSPECT), (Stage.WON_BACK, Stage.NEW)):
        if row_of in table:
            table.setdefault(reads, table[row_of])
    return table


class _Computation:
    """One pass over the book on one day, in the order in which figures depend on each other."""

    def __init__(
        self,
        own: Mapping[int, OwnFigures],
        firm: Firm,
        levels: tuple[TierLevel, ...],
        table: Mapping[Stage, CadenceRow],
        as_of: date,
    ) -> None:
        self.own = own
        self.firm = firm
        self.levels = levels
        self.table = table
        self.as_of = as_of
        self.refs = _unique_refs(own)
        self.portfolio = portfolio(
            (ClientFees(self.refs[key], one.known, one.fees) for key, one in own.items()),
            as_of,
            max_years=firm.years_cap,
        )
        self.discount = Fraction(firm.discount_basis_points, 10_000)
        self.retention = retention_used(self.portfolio.retention, self.portfolio.simple_ltv)
        self.mean_year = self.portfolio.simple_ltv.yearly_value
        self.contact_kappa = pooled_kappa(one.contact_gaps for one in own.values())

    @cached_property
    def ranking(self) -> Concentration:
        """Rank over the firm's own window."""
        if self.firm.ranking_window is RankingWindow.ALL_TIME:
            return self.portfolio.concentration
        incomes = [Income(self.refs[key], one.fees.last_12_months, one.fees.last) for key, one in self.own.items()]
        return concentration(incomes)

    @cached_property
    def tiers(self) -> Mapping[str, Tier]:
        """Place clients with fees by the ranking."""
        limits = {level.tier: level.share_until for level in self.levels if level.share_until is not None}
        return ranked_tiers(self.ranking, limits) if limits else ranked_tiers(self.ranking)

    @cached_property
    def factors(self) -> tuple[Fraction | None, Fraction | None]:
        """Discount a yearly margin of 1 over five years, and for ever."""
        rate = self.retention.rate
        if rate is None:
            return None, None
        return finite_factor(rate, self.discount, LTV_YEARS), infinite_factor(rate, self.discount)

    def book(self) -> BookFigures:
        """Put everything together."""
        standings = {standing.client: standing for standing in self.portfolio.concentration.standings}
        clients = {key: self._client(key, standings[self.refs[key]]) for key in self.own}
        ids = {ref: key for key, ref in self.refs.items()}
        worth = fees_for_order(
            TodayClient(self.refs[key], figures.tier, figures.fees.last_12_months) for key, figures in clients.items()
        )
        warnings = todays_order((w for figures in clients.values() for w in figures.warnings), worth)
        return BookFigures(
            as_of=self.as_of,
            firm=self.firm,
            tiers=self.levels,
            clients=clients,
            portfolio=self.portfolio,
            ranking=self.ranking,
            contact_kappa=self.contact_kappa,
            retention=self.retention,
            discount=self.discount,
            warnings=tuple(warnings),
            ids=ids,
        )

    def _client(self, key: int, standing: Standing) -> ClientFigures:
        own, ref = self.own[key], self.refs[key]
        rows, fees, client = own.series, own.fees, own.series.client
        purchases = self.portfolio.rhythms.get(ref)
        contacted = own.last_contact is not None or fees.known_since is not None
        stage = stage_on(fees, own.known, rows.relationship, purchases, contacted=contacted)
        tier = client.tier or (Tier.LEAD if fees.n == 0 else self.tiers[ref])
        promised = next((level.contact_days for level in self.levels if level.tier is tier), None)
        due = cadence(
            stage.stage,
            tier,
            preference=client.preferred_cadence_days,
            own=client.cadence_days,
            service_level=promised,
            table=self.table,
        )
        contact = overdue(own.last_contact, due.days, self.as_of)
        contact_rhythm = self._contact_rhythm(own, contact, due)
        given = WarningInput(
            client=ref,
            stage=stage.stage,
            tier=tier,
            contact=contact,
            contact_rhythm=contact_rhythm,
            purchases=purchases,
            last_purchase=fees.last,
            next_planned=own.next_planned,
            snoozed_until=client.snoozed_until,
            asked_not=client.do_not_contact,
            retainer_only=rows.retainer_only,
        )
        return ClientFigures(
            client=client,
            fees=fees,
            standing=standing,
            rfm=self.portfolio.rfm.get(ref),
            stage=stage,
            tier=tier,
            tier_pinned=client.tier is not None,
            purchases=purchases,
            cadence=due,
            contact=contact,
            contact_rhythm=contact_rhythm,
            dialogue=own.dialogue,
            contribution=own.contribution,
            contribution_12=own.contribution_12,
            historic=own.historic,
            acquisition=own.acquisition,
            incubation=own.incubation,
            loop=own.loop,
            value=self._value(own, purchases),
            next_planned=own.next_planned,
            warnings=warnings_for(given, self.as_of),
        )

    def _contact_rhythm(self, own: OwnFigures, contact: Overdue, due: Cadence) -> Rhythm | None:
        if contact.days is None:
            return None
        return rhythm(own.contact_gaps, contact.days, self.contact_kappa.used, due.days)

    def _value(self, own: OwnFigures, purchases: Rhythm | None) -> Value:
        fees, segment = own.fees, self.portfolio.simple_ltv
        margin = yearly_margin(fees, own.amount_12, own.amount, self.mean_year)
        expected, why = expected_value(fees, own.amount_12, segment, purchases.state if purchases else None)
        amount, (finite_times, infinite_times) = margin.amount, self.factors
        finite = None if amount is None or finite_times is None else amount * finite_times
        infinite = None if amount is None or infinite_times is None else amount * infinite_times
        guard = Reason.NO_PURCHASE if amount is None else self.retention.guard
        if fees.ended and fees.n:
            finite, infinite, guard = Fraction(), Fraction(), Reason.ENDED
        return Value(margin, expected, why, finite, infinite, guard)


def _unique_refs(own: Mapping[int, OwnFigures]) -> dict[int, str]:
    taken: set[str] = set()
    refs = {}
    for key, one in own.items():
        ref = one.series.client.ref
        if ref in taken:
            ref = f"{ref} ({key})"
        taken.add(ref)
        refs[key] = ref
    return refs
