"""Why a client's TFI is what it is: the formula with its numbers, the rows behind it, what it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from app.domain.metrics.purchases import FeeRow, FeeSeries, effective_days
from app.domain.metrics.reasons import Flag, Reason
from app.domain.metrics.relationship import NO_DATES, Relationship
from app.domain.metrics.tfi import Evidence, FeeFigures, Parts, fee_figures
from app.domain.vocabulary import StartRule


class RowUse(StrEnum):
    """What became of a fee document in the figures of a day."""

    PURCHASE = "counts, on a purchase day"
    NETTED = "counts in the sum; its day is no purchase"
    MOVED = "credit moved to the date of its invoice"
    ZERO = "zero document: no purchase"
    BOOKED_AHEAD = "dated after the day: booked ahead"
    DISBURSEMENT = "disbursement: no fee"
    WITHOUT_RATE = "no rate: not counted"


LEFT_OUT = frozenset({RowUse.BOOKED_AHEAD, RowUse.DISBURSEMENT, RowUse.WITHOUT_RATE})


@dataclass(frozen=True, slots=True)
class ExplainedRow:
    """One document, the day it counts on and what became of it."""

    row: FeeRow
    day: date
    use: RowUse

    @property
    def left_out(self) -> bool:
        """Tell whether the document is outside the figures."""
        return self.use in LEFT_OUT


@dataclass(frozen=True, slots=True)
class PurchaseDay:
    """One purchase: its day and the net sum of its documents, minor units (P1)."""

    day: date
    amount: int
    documents: int


@dataclass(frozen=True, slots=True)
class TfiExplanation:
    """TFI = S x (L / T) with one client's numbers, in money of minor units and lengths of days (METRICS 1.3, 1.5)."""

    figures: FeeFigures
    rule: StartRule
    purchases: tuple[PurchaseDay, ...]
    rows: tuple[ExplainedRow, ...]

    @property
    def as_of(self) -> date:
        """Give the day it holds for."""
        return self.figures.as_of

    @property
    def spend(self) -> Fraction | None:
        """Give S."""
        return self.figures.spend

    @property
    def interval(self) -> Fraction | None:
        """Give T."""
        return self.figures.interval

    @property
    def length(self) -> int | None:
        """Give L."""
        return self.figures.length

    @property
    def tfi(self) -> Fraction | None:
        """Give TFI."""
        return self.figures.tfi

    @property
    def parts(self) -> Parts | None:
        """Give the difference from the observed fees in three parts."""
        return self.figures.explained

    @property
    def why_not(self) -> Reason | None:
        """Say why there is no TFI."""
        return self.figures.why_not

    @property
    def evidence(self) -> Evidence | None:
        """Say how little it rests on."""
        return self.figures.evidence

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Give what stands beside the figure."""
        return self.figures.flags

    @property
    def counted(self) -> tuple[ExplainedRow, ...]:
        """Give the documents inside the figures."""
        return tuple(row for row in self.rows if not row.left_out)

    @property
    def left_out(self) -> tuple[ExplainedRow, ...]:
        """Give the documents outside the figures, each with its reason."""
        return tuple(row for row in self.rows if row.left_out)


def explain_tfi(
    rows: Iterable[FeeRow],
    as_of: date,
    relationship: Relationship = NO_DATES,
    rule: StartRule = StartRule.FIRST_PURCHASE,
) -> TfiExplanation:
    """Explain a client's TFI on a day from its documents; the figures are those of `fee_figures`."""
    kept = sorted(rows, key=lambda row: row.day)
    fees = FeeSeries.from_rows(kept)
    seen = fees.on(as_of)
    sums = zip(seen.days, seen.sums, seen.sums[1:], seen.documents, seen.documents[1:], strict=False)
    today = as_of.toordinal()
    purchases = tuple(
        PurchaseDay(date.fromordinal(day), after - before, until - since)
        for day, before, after, since, until in sums
        if after > before and day <= today
    )
    bought_on = {purchase.day for purchase in purchases}
    moved = effective_days(kept, as_of)
    explained = [ExplainedRow(row, day, _use(row, day, as_of, bought_on)) for row, day in moved]
    explained += [
        ExplainedRow(row, row.day, RowUse.DISBURSEMENT if row.disbursement else RowUse.WITHOUT_RATE)
        for row in kept
        if not row.counts
    ]
    return TfiExplanation(fee_figures(fees, as_of, relationship, rule), rule, purchases, tuple(explained))


def _use(row: FeeRow, day: date, as_of: date, bought_on: set[date]) -> RowUse:
    """Say what became of a counted document."""
    if row.day > as_of:
        return RowUse.BOOKED_AHEAD
    if day != row.day:
        return RowUse.MOVED
    if row.amount == 0:
        return RowUse.ZERO
    return RowUse.PURCHASE if day in bought_on else RowUse.NETTED
