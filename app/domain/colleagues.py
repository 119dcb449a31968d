"""Colleagues: us, with what an hour of each costs from which day on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.checking import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ColleagueDraft:
    """One of us, as typed."""

    name: str
    initials: str = ""
    email: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague(ColleagueDraft):
    """One of us."""

    id: int


@dataclass(frozen=True, slots=True)
class HourlyCostDraft:
    """What an hour is to cost from a day on, in minor units."""

    since: date
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HourlyCost:
    """What an hour of a colleague costs from a day on, in minor units; the latest day up to a date rules."""

    colleague_id: int
    since: date
    amount: int
    id: int = 0


def cost_on(day: date, costs: Iterable[HourlyCost]) -> int | None:
    """Give the hourly cost valid on a day, or None where none was set by then."""
    valid = [cost for cost in costs if cost.since <= day]
    return max(valid, key=lambda cost: cost.since).amount if valid else None


def initials_of(name: str) -> str:
    """Suggest initials: the first letters of the first and the last word."""
    words = name.split()
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper() if words else ""


def check_cost(draft: HourlyCostDraft) -> tuple[Problem, ...]:
    """Name everything wrong with an hourly cost."""
    return (Problem("amount", "An hourly cost cannot be negative."),) if draft.amount < 0 else ()


def check(draft: ColleagueDraft) -> tuple[Problem, ...]:
    """Name everything wrong with a colleague."""
    if not draft.name.strip():
        return (Problem("name", "A colleague needs a name.", "Type it."),)
    return ()
