"""Engagements: projects and retainers that group fees and costs."""

from dataclasses import dataclass
from datetime import date

from app.domain.checking import Problem
from app.domain.vocabulary import EngagementKind


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementDraft:
    """A project or retainer: `billed_every_months` and `fee` (minor units, each billing) matter for retainers."""

    client_id: int
    name: str
    kind: EngagementKind = EngagementKind.PROJECT
    starts: date | None = None
    ends: date | None = None
    billed_every_months: int | None = None
    fee: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement(EngagementDraft):
    """A project or retainer."""

    id: int


def check(draft: EngagementDraft) -> tuple[Problem, ...]:
    """Name everything wrong with an engagement."""
    problems = []
    if not draft.name.strip():
        problems.append(Problem("name", "An engagement needs a name.", "The job's name on invoices will do."))
    if draft.starts and draft.ends and draft.ends < draft.starts:
        problems.append(Problem("ends", "The engagement ends before it starts.", "Check both dates."))
    if draft.billed_every_months is not None and not 1 <= draft.billed_every_months <= 120:
        problems.append(Problem("billed_every_months", "Billing comes every 1 to 120 months."))
    return tuple(problems)
