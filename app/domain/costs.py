"""Costs: money out, dated, of one of four kinds; without a client it is the firm's general spend."""

from dataclasses import dataclass
from datetime import date

from app.domain.checking import Problem
from app.domain.vocabulary import CostKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CostDraft:
    """Money out in minor units of the firm's currency."""

    on: date
    amount: int
    kind: CostKind
    client_id: int | None = None
    engagement_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost(CostDraft):
    """Money out."""

    id: int


def check(draft: CostDraft) -> tuple[Problem, ...]:
    """Name everything wrong with a cost."""
    if draft.amount == 0:
        return (Problem("amount", "A cost of nothing is no cost.", "Type the amount."),)
    return ()
