"""Plans: what a client wants, what we are here to do, and the actions that do it."""

from dataclasses import dataclass
from datetime import date

from app.domain.checking import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft:
    """One client's plan for a period; `goals` are the client's, one a line, in their words."""

    client_id: int
    title: str
    starts: date
    ends: date
    goals: str = ""
    risks: str = ""
    opportunities: str = ""
    expected_fee: int | None = None
    reviewed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(PlanDraft):
    """One client's plan."""

    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveDraft:
    """What is to be reached, with its measure, where it stands at the start, and the target."""

    plan_id: int
    title: str
    measure: str = ""
    baseline: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective(ObjectiveDraft):
    """What is to be reached."""

    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDraft:
    """What is to be done: minutes planned, cost in minor units besides the time; done on a day or open."""

    plan_id: int
    title: str
    objective_id: int | None = None
    owner_id: int | None = None
    due: date | None = None
    minutes: int | None = None
    cost: int | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(ActionDraft):
    """What is to be done."""

    id: int


def check(draft: PlanDraft) -> tuple[Problem, ...]:
    """Name everything wrong with a plan."""
    problems = []
    if not draft.title.strip():
        problems.append(Problem("title", "A plan needs a title.", "“Plan 2027” will do."))
    if draft.ends < draft.starts:
        problems.append(Problem("ends", "The plan ends before it starts.", "Check both dates."))
    return tuple(problems)


def check_objective(draft: ObjectiveDraft) -> tuple[Problem, ...]:
    """Name everything wrong with an objective."""
    return () if draft.title.strip() else (Problem("title", "An objective needs words.", "Say what is to be reached."),)


def check_action(draft: ActionDraft) -> tuple[Problem, ...]:
    """Name everything wrong with an action."""
    problems = []
    if not draft.title.strip():
        problems.append(Problem("title", "An action needs words.", "Say what is to be done."))
    if draft.minutes is not None and draft.minutes < 0:
        problems.append(Problem("minutes", "Planned time cannot be negative."))
    return tuple(problems)
