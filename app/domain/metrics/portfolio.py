"""All clients together on one day: sums, spread of TFI, concentration, retention, simple LTV, standings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.domain.metrics.concentration import Concentration, Income, concentration
from app.domain.metrics.lifetime import MAX_YEARS, SimpleLtv, client_years, simple_ltv
from app.domain.metrics.numbers import exact_sum, spread
from app.domain.metrics.purchases import FeeSeries
from app.domain.metrics.reasons import Withheld
from app.domain.metrics.retention import Retention, is_long, median_of, retention, stayed
from app.domain.metrics.rfm import Rfm, RfmInput, rfm
from app.domain.metrics.rhythm import PooledKappa, Rhythm, pooled_kappa, rhythm
from app.domain.metrics.tfi import FeeFigures, Status
from app.domain.vocabulary import RankingWindow


class ClientFees:
    """One client for the portfolio: `client` is its code, else its name, and must be unique.

    What it adds to the whole is worked out here, once, and holds as long as its fees and the day do.
    """

    __slots__ = ("client", "figures", "gaps", "series", "stayed", "years")

    def __init__(self, client: str, series: FeeSeries, figures: FeeFigures) -> None:
        seen, as_of = series.on(figures.as_of), figures.as_of
        self.client = client
        self.series = series
        self.figures = figures
        self.gaps = seen.last_gaps(as_of) if figures.n else ()
        self.stayed = stayed(seen, as_of) if figures.n else None
        self.years = client_years(figures)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The book on one day; money in minor units. Per client: `rhythms` (with a purchase) and `rfm` scores.

    `retention` is of one-year windows; `retention_judged` of two-year ones where clients buy seldom (METRICS V14).
    """

    as_of: date
    clients: int
    with_purchase: int
    documents: int
    credit_documents: int
    observed: int
    purchases: int
    clients_with_tfi: int
    tfi: Fraction
    observed_with_tfi: int
    tfi_over_observed: tuple[Fraction, Fraction, Fraction] | None
    concentration: Concentration
    kappa: PooledKappa
    retention: Retention
    retention_judged: Retention
    simple_ltv: SimpleLtv
    rhythms: Mapping[str, Rhythm]
    rfm: Mapping[str, Rfm]

    @property
    def withheld(self) -> Withheld:
        """Name the raw figures the window does not show."""
        return self.concentration.withheld + self.retention.withheld + self.simple_ltv.withheld


def portfolio(
    clients: Iterable[ClientFees],
    as_of: date,
    window: RankingWindow = RankingWindow.ALL_TIME,
    max_years: int = MAX_YEARS,
) -> Portfolio:
    """Assemble the portfolio from every client of the book (METRICS 2.8, V3, V14, V22, C5).

    `window` rules the ranking alone: all fees to the day, or those of the last 12 months.
    """
    kept = list(clients)
    figures = [client.figures for client in kept]
    bought = [client for client in kept if client.figures.n]
    with_tfi = [f for f in figures if f.status is Status.OK]
    kappa = pooled_kappa(client.gaps for client in bought)
    middle = median_of((f.span, f.gaps) for f in figures if f.gaps)
    yearly = retention((c.stayed for c in bought), as_of, median_interval=middle)
    judged = retention((stayed(c.series, as_of, 2) for c in bought), as_of, 2) if is_long(middle) else yearly
    twelve = window is RankingWindow.TWELVE_MONTHS
    return Portfolio(
        as_of=as_of,
        clients=len(kept),
        with_purchase=len(bought),
        documents=sum(f.documents for f in figures),
        credit_documents=sum(f.credit_documents for f in figures),
        observed=sum(f.observed for f in figures),
        purchases=sum(f.n for f in figures),
        clients_with_tfi=len(with_tfi),
        tfi=exact_sum([_tfi(f) for f in with_tfi]),
        observed_with_tfi=sum(f.observed for f in with_tfi),
        tfi_over_observed=spread(_tfi_over_observed(f) for f in with_tfi),
        concentration=concentration(
            [Income(c.client, c.figures.last_12_months if twelve else c.figures.observed, c.figures.last) for c in kept]
        ),
        kappa=kappa,
        retention=yearly,
        retention_judged=judged,
        simple_ltv=simple_ltv((c.years for c in kept if c.years is not None), as_of, max_years),
        rhythms={c.client: rhythm(c.gaps, c.figures.recency, kappa.used) for c in bought},
        rfm=rfm([RfmInput(c.client, c.figures.recency or 0, c.figures.n, c.figures.observed) for c in bought]),
    )


def _tfi(figures: FeeFigures) -> tuple[int, int]:
    """Give TFI as numerator and denominator, for an exact sum."""
    length = figures.lead + figures.span + figures.tail
    return figures.observed * figures.gaps * length, figures.n * figures.span


def _tfi_over_observed(figures: FeeFigures) -> tuple[int, int]:
    """Give TFI / N as numerator and denominator."""
    return figures.gaps * (figures.lead + figures.span + figures.tail), figures.n * figures.span
