"""The whole book on one day, worked out from each client's own figures (METRICS; nothing is computed here twice)."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from app.domain.firm import Firm
from app.domain.metrics.cadence import CadenceRow
from app.domain.metrics.concentration import Concentration, Income, concentration
from app.domain.metrics.lifetime import finite_factor, infinite_factor, retention_used
from app.domain.metrics.portfolio import portfolio
from app.domain.metrics.rhythm import pooled_kappa
from app.domain.metrics.tiers import ranked_tiers
from app.domain.metrics.warnings import TodayClient, fees_for_order, todays_order
from app.domain.service_levels import CadenceRule, TierLevel
from app.domain.vocabulary import RankingWindow, Stage, Tier
from app.services.client_figures import ClientFigures, Surroundings
from app.services.own_figures import OwnFigures

LTV_YEARS = 5


class BookFigures:
    """The whole book on one day, in the order in which figures depend on each other."""

    def __init__(
        self,
        own: Mapping[int, OwnFigures],
        firm: Firm,
        tiers: tuple[TierLevel, ...],
        table: Mapping[Stage, CadenceRow],
        as_of: date,
        before: "BookFigures | None" = None,
    ) -> None:
        """Work them out; `before` are earlier ones of the day, of which what still holds is taken."""
        self.as_of = as_of
        self.firm = firm
        self.tiers = tiers
        refs = _unique_refs(own)
        self.ids = {ref: key for key, ref in refs.items()}
        self.portfolio = portfolio(
            (one.for_portfolio(refs[key]) for key, one in own.items()),
            as_of,
            max_years=firm.years_cap,
        )
        self.ranking = self._ranked(own, refs)
        self.discount = Fraction(firm.discount_basis_points, 10_000)
        self.retention = retention_used(self.portfolio.retention_judged, self.portfolio.simple_ltv)
        self.contact_kappa = pooled_kappa(one.contact_gaps for one in own.values())
        around = Surroundings(
            as_of=as_of,
            levels=tiers,
            table=table,
            portfolio=self.portfolio,
            standings={standing.client: standing for standing in self.portfolio.concentration.standings},
            tiers=self._placed(),
            contact_kappa=self.contact_kappa,
            retention=self.retention,
            own=own,
            factors=self._factors(),
        )
        self._rules = tiers, table, self.contact_kappa.used
        kept = before.clients if before is not None and before._rules == self._rules else {}
        self.clients: Mapping[int, ClientFigures] = {
            key: ClientFigures(refs[key], one, around, kept.get(key)) for key, one in own.items()
        }
        worth = fees_for_order(TodayClient(one.ref, one.tier, one.fees.last_12_months) for one in self.clients.values())
        self.warnings = tuple(
            todays_order((warning for one in self.clients.values() for warning in one.warnings), worth)
        )

    def of(self, ref: str) -> ClientFigures:
        """Give the figures of the client that the metrics call by its code, else its name."""
        return self.clients[self.ids[ref]]

    def tier_name(self, tier: Tier) -> str:
        """Give the firm's name of a tier."""
        return next((level.name for level in self.tiers if level.tier is tier), tier.value.capitalize())

    def _ranked(self, own: Mapping[int, OwnFigures], refs: Mapping[int, str]) -> Concentration:
        """Rank over the firm's own window."""
        if self.firm.ranking_window is RankingWindow.ALL_TIME:
            return self.portfolio.concentration
        return concentration([Income(refs[key], one.fees.last_12_months, one.fees.last) for key, one in own.items()])

    def _placed(self) -> Mapping[str, Tier]:
        """Place clients with fees by the ranking."""
        limits = {level.tier: level.share_until for level in self.tiers if level.share_until is not None}
        return ranked_tiers(self.ranking, limits) if limits else ranked_tiers(self.ranking)

    def _factors(self) -> tuple[Fraction | None, Fraction | None]:
        """Discount a yearly margin of 1 over five years, and for ever."""
        rate = self.retention.rate
        if rate is None:
            return None, None
        return finite_factor(rate, self.discount, LTV_YEARS), infinite_factor(rate, self.discount)


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
