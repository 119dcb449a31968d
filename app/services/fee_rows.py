"""Fees of the book as the metrics read them, for whoever explains a client's figures document by document."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.domain.fees import Fee
from app.domain.metrics.purchases import FeeRow, FeeSeries
from app.domain.metrics.relationship import Relationship
from app.domain.metrics.tfi import FeeFigures, fee_figures
from app.domain.vocabulary import EngagementKind, StartRule


def fee_rows(fees: Iterable[Fee], kinds: Mapping[int, EngagementKind]) -> list[FeeRow]:
    """Give fees as the metrics read them; `kinds` says of what kind each engagement is (METRICS P5)."""
    return [
        FeeRow(
            day=fee.on,
            amount=fee.amount,
            id=fee.id,
            linked_to=fee.linked_fee_id,
            disbursement=fee.disbursement,
            stream=kinds.get(fee.engagement_id or 0),
            currency=fee.currency,
            original=fee.original,
        )
        for fee in fees
    ]


def in_own_currency(
    rows: Sequence[FeeRow], as_of: date, relationship: Relationship, rule: StartRule, base_currency: str
) -> tuple[str, FeeFigures] | None:
    """Give the figures in the client's own currency where it is billed in one foreign currency alone (METRICS P6)."""
    currencies = {row.currency for row in rows if not row.disbursement}
    if len(currencies) != 1 or base_currency in currencies:
        return None
    as_invoiced = FeeSeries.from_rows(replace(row, amount=row.original) for row in rows)
    return currencies.pop(), fee_figures(as_invoiced, as_of, relationship, rule)
