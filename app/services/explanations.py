"""What the sheets behind a client's figures need, gathered and put into words; and the workings of the Money tab."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.data.database import Database
from app.data.nouns import ENGAGEMENTS, FEES
from app.domain.metrics.explanation import TfiExplanation, explain_tfi
from app.domain.metrics.flows import payback_of
from app.domain.metrics.payback import Payback
from app.domain.metrics.purchases import FeeSeries, WithoutRate, streams
from app.domain.metrics.tfi import FeeFigures, fee_figures
from app.domain.vocabulary import EngagementKind
from app.services.book_figures import LTV_YEARS, BookFigures
from app.services.client_figures import ClientFigures
from app.services.fee_rows import fee_rows, in_own_currency
from app.services.figures import Figures
from app.words import explanations as words
from app.words import gap_explanations, value_explanations
from app.words.explanations import Explanation
from app.words.value_explanations import LifetimeInput


@dataclass(frozen=True, slots=True)
class MoneyWorkings:
    """The fee side of one client on one day: TFI explained, its streams where it has both, payback, gaps in rates.

    `foreign` are the figures as invoiced, in minor units of the one foreign currency a client is billed in.
    """

    figures: ClientFigures
    tfi: TfiExplanation
    streams: tuple[tuple[EngagementKind, FeeFigures], ...]
    payback: Payback | None
    without_rate: tuple[WithoutRate, ...]
    foreign: tuple[str, FeeFigures] | None = None


class Explanations:
    """Explains the figures of one client on one day; every number is that of `Figures`."""

    def __init__(self, database: Database, figures: Figures) -> None:
        self._database = database
        self._figures = figures

    def tfi(self, client_id: int, as_of: date) -> Explanation:
        """Explain TFI (METRICS P1 to P9)."""
        workings = self.money(client_id, as_of)
        return words.tfi(workings.tfi, self._figures.on(as_of).firm.currency, workings.without_rate)

    def lifetime(self, client_id: int, as_of: date) -> Explanation:
        """Explain lifetime value so far, expected and discounted (METRICS V2 to V6)."""
        return value_explanations.lifetime(self.lifetime_input(client_id, as_of))

    def profit(self, client_id: int, as_of: date) -> Explanation:
        """Explain the contribution of the last 12 months (METRICS V1)."""
        book, client = self._of(client_id, as_of)
        return value_explanations.profit(client.contribution_12, client.acquisition, book.firm.currency, as_of)

    def gap(self, client_id: int, as_of: date) -> Explanation:
        """Explain the contact gap (METRICS C1 to C4)."""
        _, client = self._of(client_id, as_of)
        return gap_explanations.gap(client.contact, client.cadence, client.contact_rhythm, as_of, client.next_planned)

    def lifetime_input(self, client_id: int, as_of: date) -> LifetimeInput:
        """Gather what a lifetime value rests on."""
        book, client = self._of(client_id, as_of)
        value = client.value
        return LifetimeInput(
            currency=book.firm.currency,
            as_of=as_of,
            historic=client.historic,
            contribution=client.contribution,
            acquisition=client.acquisition,
            margin=value.margin,
            expected=value.expected,
            finite=value.finite,
            finite_withheld=value.discounted_withheld,
            years=LTV_YEARS,
            discount=book.discount,
            used=book.retention,
            retained=book.portfolio.retention_judged,
            segment=book.portfolio.simple_ltv,
        )

    def money(self, client_id: int, as_of: date) -> MoneyWorkings:
        """Work out the fee side of a client from its single documents."""
        book, client = self._of(client_id, as_of)
        series = self._figures.series(client_id)
        rule, relationship = book.firm.start_rule, series.relationship
        with self._database.read() as connection:
            fees = FEES.having(connection, client_id=client_id)
            kinds = {row.id: row.kind for row in ENGAGEMENTS.having(connection, client_id=client_id)}
        rows = fee_rows(fees, kinds)
        by_stream = streams(row for row in rows if row.day <= as_of)
        return MoneyWorkings(
            figures=client,
            tfi=explain_tfi(rows, as_of, relationship, rule),
            streams=tuple((kind, fee_figures(own, as_of, relationship, rule)) for kind, own in by_stream.items()),
            payback=self.payback(client_id, as_of),
            without_rate=FeeSeries.from_rows(rows).without_rate(as_of),
            foreign=in_own_currency(rows, as_of, relationship, rule, book.firm.currency),
        )

    def payback(self, client_id: int, as_of: date) -> Payback | None:
        """Find when the client repaid its cost of capture; None before the first purchase or where it cost nothing."""
        _, client = self._of(client_id, as_of)
        series = self._figures.series(client_id)
        cost: Fraction = client.acquisition.amount
        return payback_of(cost, client.fees, series.fees, series.costs) if cost else None

    def _of(self, client_id: int, as_of: date) -> tuple[BookFigures, ClientFigures]:
        book = self._figures.on(as_of)
        return book, book.clients[client_id]
