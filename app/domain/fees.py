"""Fees: money in; dated documents, net of tax (METRICS 0, P1 to P6)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.checking import Problem
from app.domain.money import convert
from app.domain.vocabulary import FeeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeDraft:
    """A fee document. Credits are negative.

    `original` is the amount in minor units of `currency` as invoiced; `amount` the same in the firm's currency,
    None while a rate is missing (METRICS P6). `rate` is firm's units for one unit of `currency`. `delivery_cost` is
    what delivering this document cost, in the firm's currency.
    """

    client_id: int
    on: date
    original: int
    currency: str
    amount: int | None
    rate: Decimal | None = None
    document: str = ""
    kind: FeeKind = FeeKind.INVOICE
    linked_fee_id: int | None = None
    engagement_id: int | None = None
    service: str = ""
    disbursement: bool = False
    delivery_cost: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee(FeeDraft):
    """A fee document of the book."""

    id: int


def base_amount(original: int, currency: str, rate: Decimal | None, base_currency: str) -> int | None:
    """Convert once, at the document's rate; None where a foreign amount has no rate (METRICS P6)."""
    if currency == base_currency:
        return original
    return None if rate is None else convert(original, currency, rate, base_currency)


def check(draft: FeeDraft) -> tuple[Problem, ...]:
    """Name everything wrong with a fee."""
    problems = []
    if draft.kind is FeeKind.CREDIT and draft.original > 0:
        problems.append(Problem("amount", "A credit note is negative.", "Put a minus before the amount."))
    if draft.kind is FeeKind.INVOICE and draft.original < 0:
        problems.append(Problem("kind", "A negative amount is a credit note.", "Choose “credit”."))
    if draft.linked_fee_id is not None and draft.kind is not FeeKind.CREDIT:
        problems.append(Problem("linked_fee_id", "Only a credit note can belong to an invoice."))
    if draft.rate is not None and draft.rate <= 0:
        problems.append(Problem("rate", "A rate is more than 0.", "Give the value of one unit in your currency."))
    if draft.delivery_cost is not None and draft.delivery_cost < 0:
        problems.append(Problem("delivery_cost", "A delivery cost cannot be negative."))
    return tuple(problems)
