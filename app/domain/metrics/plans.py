"""What a plan costs against the fee it is to bring, how far it has come, and the one thing it lacks next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from app.domain.colleagues import HourlyCost, cost_on
from app.domain.metrics.contribution import MINUTES
from app.domain.metrics.numbers import ratio
from app.domain.metrics.purchases import FeeSeries
from app.domain.periods import Window
from app.domain.plans import Action, Objective, Plan

REVIEWED_WITHIN = 90


class PlanState(StrEnum):
    """Where a day lies in a plan's period: before it the plan is a draft."""

    DRAFT = "draft"
    CURRENT = "current"
    PAST = "past"


def plan_state(plan: Plan, as_of: date) -> PlanState:
    """Tell whether a plan's period is still to come, runs, or is over."""
    if as_of < plan.starts:
        return PlanState.DRAFT
    return PlanState.CURRENT if as_of <= plan.ends else PlanState.PAST


def plan_of_day(plans: Iterable[Plan], as_of: date) -> Plan | None:
    """Choose the plan of a day: the latest that covers it, else the last begun, else the next to begin."""
    known = sorted(plans, key=lambda plan: (plan.starts, plan.id))
    covering = [plan for plan in known if plan_state(plan, as_of) is PlanState.CURRENT]
    begun = [plan for plan in known if plan.starts <= as_of]
    candidates = covering or begun or known[:1]
    return candidates[-1] if candidates else None


def plan_before(plans: Iterable[Plan], plan: Plan) -> Plan | None:
    """Give the plan whose period began last before that of another."""
    earlier = [other for other in plans if other.starts < plan.starts]
    return max(earlier, key=lambda other: (other.starts, other.id), default=None)


def is_done(action: Action, as_of: date) -> bool:
    """Tell whether an action was done by a day."""
    return action.done_on is not None and action.done_on <= as_of


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of some actions are done."""

    done: int
    actions: int

    @property
    def share(self) -> Fraction | None:
        """Give done / all; None without actions."""
        return ratio(self.done, self.actions)


def progress(actions: Iterable[Action], as_of: date) -> Progress:
    """Count the actions done by a day."""
    done = [is_done(action, as_of) for action in actions]
    return Progress(sum(done), len(done))


@dataclass(frozen=True, slots=True)
class PlanCost:
    """Planned time and money of a plan's actions beside the fee it is to bring; minor units, exact.

    `rates` are the hourly costs used; `minutes_without_rate` have none and are in no sum; `unestimated` counts the
    actions with neither hours nor cost, so that a cost is never taken for the whole.
    """

    actions: int
    minutes: int
    time: Fraction
    money: int
    rates: tuple[int, ...]
    minutes_without_rate: int
    unestimated: int
    expected: int | None

    @property
    def amount(self) -> Fraction | None:
        """Give time + money; None while no action has either."""
        return None if self.unestimated == self.actions else self.time + self.money

    @property
    def whole(self) -> bool:
        """Tell whether every action is in the sum, at a known hourly cost."""
        return self.actions > 0 and self.unestimated == 0 and self.minutes_without_rate == 0

    @property
    def left(self) -> Fraction | None:
        """Give the expected fee less the cost; None where either is unknown."""
        return None if self.amount is None or self.expected is None else self.expected - self.amount


def plan_cost(
    actions: Sequence[Action], expected: int | None, costs: Iterable[HourlyCost], firm_rate: int | None, as_of: date
) -> PlanCost:
    """Add up hours x hourly cost and costs of all actions, done or not.

    An hour costs what it does on the day the action was done, else is due, else on `as_of` (GLOSSARY, Time cost); the
    firm's own rate where the owner has none or nobody is named.
    """
    rates: dict[int, list[HourlyCost]] = {}
    for cost in costs:
        rates.setdefault(cost.colleague_id, []).append(cost)
    minutes = money = without = unestimated = spent = 0
    used = set()
    for action in actions:
        money += action.cost or 0
        if not action.minutes:
            unestimated += action.cost is None and action.minutes is None
            continue
        own = rates.get(action.owner_id, []) if action.owner_id is not None else []
        rate = cost_on(action.done_on or action.due or as_of, own)
        rate = firm_rate if rate is None else rate
        minutes += action.minutes
        if rate is None:
            without += action.minutes
        else:
            spent += action.minutes * rate
            used.add(rate)
    return PlanCost(
        actions=len(actions),
        minutes=minutes,
        time=Fraction(spent, MINUTES),
        money=money,
        rates=tuple(sorted(used)),
        minutes_without_rate=without,
        unestimated=unestimated,
        expected=expected,
    )


def fees_of_period(plan: Plan, fees: FeeSeries, as_of: date) -> int | None:
    """Give the net fees that came in a plan's period up to a day, minor units; None before it begins."""
    if plan_state(plan, as_of) is PlanState.DRAFT:
        return None
    return fees.on(as_of).fees_in(Window(plan.starts - timedelta(days=1), min(plan.ends, as_of)))


class Lack(StrEnum):
    """What a plan can lack, in the order in which it is asked for."""

    NEXT_PLAN = "next plan"
    GOALS = "goals"
    OBJECTIVES = "objectives"
    ACTIONS = "actions"
    FLAGGED_RISK = "flagged risk"
    MEASURE = "measure"
    ACTION_FOR = "action for an objective"
    OWNER = "owner"
    DUE = "due date"
    ESTIMATE = "estimate"
    FEE = "expected fee"
    RISKS = "risks"
    OPPORTUNITIES = "opportunities"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing missing, with the objective or action it is missing of, if of one."""

    lack: Lack
    objective: Objective | None = None
    action: Action | None = None


def next_to_fill(
    plan: Plan,
    objectives: Sequence[Objective],
    actions: Sequence[Action],
    as_of: date,
    *,
    flagged: bool = False,
    succeeded: bool = False,
) -> Missing | None:
    """Name the one thing to fill next; `flagged` is a client the warnings speak of, `succeeded` a plan with a later.

    Done actions are asked nothing. A plan whose period is over lacks only its successor.
    """
    if plan_state(plan, as_of) is PlanState.PAST:
        return None if succeeded else Missing(Lack.NEXT_PLAN)
    if not plan.goals.strip():
        return Missing(Lack.GOALS)
    if not objectives:
        return Missing(Lack.OBJECTIVES)
    if not actions:
        return Missing(Lack.ACTIONS)
    if flagged and not plan.risks.strip():
        return Missing(Lack.FLAGGED_RISK)
    return _of_objectives(objectives, actions) or _of_actions(actions, as_of) or _of_plan(plan, as_of)


def _of_objectives(objectives: Iterable[Objective], actions: Sequence[Action]) -> Missing | None:
    served = {action.objective_id for action in actions}
    for objective in objectives:
        if not objective.measure.strip() or not objective.target.strip():
            return Missing(Lack.MEASURE, objective)
        if objective.id not in served:
            return Missing(Lack.ACTION_FOR, objective)
    return None


def _of_actions(actions: Iterable[Action], as_of: date) -> Missing | None:
    still_open = [action for action in actions if not is_done(action, as_of)]
    lacks = (
        (Lack.OWNER, [action for action in still_open if action.owner_id is None]),
        (Lack.DUE, [action for action in still_open if action.due is None]),
        (Lack.ESTIMATE, [action for action in still_open if action.minutes is None and action.cost is None]),
    )
    return next((Missing(lack, action=found[0]) for lack, found in lacks if found), None)


def _of_plan(plan: Plan, as_of: date) -> Missing | None:
    if plan.expected_fee is None:
        return Missing(Lack.FEE)
    if not plan.risks.strip():
        return Missing(Lack.RISKS)
    if not plan.opportunities.strip():
        return Missing(Lack.OPPORTUNITIES)
    since = plan.reviewed_on or plan.starts
    return Missing(Lack.REVIEW) if (as_of - since).days > REVIEWED_WITHIN else None
