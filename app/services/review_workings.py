"""The fee side of a review: documents with what became of them, purchase days, episodes, streams, month by month."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from app.domain.fees import Fee
from app.domain.metrics.contacts import ContactSeries
from app.domain.metrics.explanation import ExplainedRow, explain_tfi
from app.domain.metrics.purchases import FeeRow, FeeSeries, streams
from app.domain.metrics.relationship import Relationship, episodes
from app.domain.metrics.tfi import FeeFigures, fee_figures
from app.domain.reviews import (
    Bucket,
    Document,
    EpisodeDates,
    ForeignFigures,
    Period,
    Purchase,
    StreamFigures,
    Workings,
)
from app.domain.vocabulary import StartRule
from app.services.fee_rows import in_own_currency

MOST_MONTHS = 24
MOST_QUARTERS = 48


def workings(
    fees: Sequence[Fee],
    rows: Sequence[FeeRow],
    as_of: date,
    relationship: Relationship,
    rule: StartRule,
    base_currency: str,
) -> tuple[FeeFigures, Workings]:
    """Explain S, T, L, TFI and observed fees of one client on a day, from all its documents up to then."""
    known = [row for row in rows if row.day <= as_of]
    explained = explain_tfi(known, as_of, relationship, rule)
    # What is booked ahead is known to the figures alone.
    figures = fee_figures(FeeSeries.from_rows(rows), as_of, relationship, rule)
    found = episodes([purchase.day.toordinal() for purchase in explained.purchases], relationship, as_of)
    begins = [part.first for part in found]
    by_id = {fee.id: fee for fee in fees}
    return figures, Workings(
        n=figures.n,
        observed=figures.observed,
        spend=figures.spend,
        interval=figures.interval,
        length=figures.length,
        tfi=figures.tfi,
        parts=figures.explained,
        why_not=figures.why_not,
        evidence=figures.evidence,
        flags=figures.flags,
        purchases_not_happened=figures.purchases_not_happened,
        last_12_months=figures.last_12_months,
        start_rule=rule,
        episodes=tuple(
            EpisodeDates(
                start=figures.start if at == 0 and figures.start else date.fromordinal(part.first),
                first=date.fromordinal(part.first),
                last=date.fromordinal(part.last),
                end=date.fromordinal(part.end),
            )
            for at, part in enumerate(found)
        ),
        purchases=tuple(
            Purchase(p.day, p.amount, p.documents, bisect_right(begins, p.day.toordinal())) for p in explained.purchases
        ),
        documents=tuple(
            _document(row, by_id[row.row.id])
            for row in sorted(explained.rows, key=lambda row: (row.row.day, row.row.id or 0))
            if row.row.id is not None
        ),
        without_rate=FeeSeries.from_rows(known).without_rate(as_of),
        streams=tuple(_streams(known, as_of, relationship, rule)),
        foreign=_foreign(known, as_of, relationship, rule, base_currency),
    )


def _document(explained: ExplainedRow, fee: Fee) -> Document:
    return Document(
        on=fee.on,
        number=fee.document,
        kind=fee.kind,
        service=fee.service,
        currency=fee.currency,
        original=fee.original,
        rate=fee.rate,
        amount=fee.amount,
        counted=None if explained.left_out else fee.amount,
        counts_on=None if explained.left_out else explained.day,
        use=explained.use,
    )


def _streams(
    rows: Sequence[FeeRow], as_of: date, relationship: Relationship, rule: StartRule
) -> Iterator[StreamFigures]:
    for stream, series in streams(rows).items():
        own = fee_figures(series, as_of, relationship, rule)
        yield StreamFigures(stream, own.n, own.observed, own.spend, own.interval, own.length, own.tfi, own.why_not)


def _foreign(
    rows: Sequence[FeeRow], as_of: date, relationship: Relationship, rule: StartRule, base_currency: str
) -> ForeignFigures | None:
    found = in_own_currency(rows, as_of, relationship, rule, base_currency)
    if found is None:
        return None
    currency, own = found
    return ForeignFigures(currency, own.observed, own.spend, own.tfi)


def buckets(period: Period, fees: FeeSeries, contacts: ContactSeries, as_of: date) -> tuple[Bucket, ...]:
    """Cut a period into calendar months; into quarters from two years on, into years from twelve."""
    seen = fees.on(as_of)
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    step = 1 if months <= MOST_MONTHS + 1 else 3 if months <= 3 * MOST_QUARTERS else 12
    found = []
    start = period.start
    while start <= period.end:
        end = min(_last_day(start, step), period.end)
        window = Period(start, end).window
        found.append(Bucket(start, end, seen.fees_in(window), contacts.spoken_in(window)))
        start = end + timedelta(days=1)
    return tuple(found)


def _last_day(day: date, months: int) -> date:
    """Give the last day of the calendar month, quarter or year a day lies in."""
    first_after = (day.month - 1) // months * months + months
    return date(day.year + first_after // 12, first_after % 12 + 1, 1) - timedelta(days=1)
