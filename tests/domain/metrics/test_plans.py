"""Plans: which one is of a day, what it costs at whose hourly cost, what came in its period, what is missing next."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from app.domain.colleagues import HourlyCost
from app.domain.metrics.plans import (
    Lack,
    PlanState,
    fees_of_period,
    next_to_fill,
    plan_before,
    plan_cost,
    plan_of_day,
    plan_state,
    progress,
)
from app.domain.metrics.purchases import FeeRow, FeeSeries
from app.domain.plans import Action, Objective, Plan

DAY = date(2026, 11, 24)
OLD = Plan(id=1, client_id=1, title="Plan 2025", starts=date(2025, 1, 1), ends=date(2025, 12, 31))
NOW = Plan(id=2, client_id=1, title="Plan 2026", starts=date(2026, 1, 1), ends=date(2026, 12, 31))
NEXT = Plan(id=3, client_id=1, title="Plan 2027", starts=date(2027, 1, 1), ends=date(2027, 12, 31))


def action(number: int = 1, **fields: object) -> Action:
    return replace(Action(id=number, plan_id=2, title=f"Action {number}"), **fields)


def test_a_plan_is_a_draft_before_its_period_and_past_after_it() -> None:
    assert [plan_state(plan, DAY) for plan in (OLD, NOW, NEXT)] == [PlanState.PAST, PlanState.CURRENT, PlanState.DRAFT]
    assert plan_state(NOW, NOW.starts) is plan_state(NOW, NOW.ends) is PlanState.CURRENT


def test_the_plan_of_a_day_covers_it_else_began_last_else_comes_next() -> None:
    assert plan_of_day([OLD, NEXT, NOW], DAY) is NOW
    assert plan_of_day([OLD, NEXT], DAY) is OLD
    assert plan_of_day([NEXT], DAY) is NEXT
    assert plan_of_day([], DAY) is None
    assert plan_before([OLD, NOW, NEXT], NEXT) is NOW
    assert plan_before([NOW, NEXT], NOW) is None


def test_an_action_done_later_is_still_open_on_the_day() -> None:
    found = progress([action(done_on=DAY), action(2, done_on=date(2026, 11, 25)), action(3)], DAY)
    assert (found.done, found.actions, found.share) == (1, 3, Fraction(1, 3))
    assert progress([], DAY).share is None


def test_hours_cost_what_the_owner_costs_on_the_day_they_are_due() -> None:
    costs = [
        HourlyCost(colleague_id=7, since=date(2026, 1, 1), amount=80_00),
        HourlyCost(colleague_id=7, since=date(2026, 12, 1), amount=95_00),
    ]
    found = plan_cost(
        [
            action(1, owner_id=7, minutes=90, due=date(2026, 11, 30)),
            action(2, owner_id=7, minutes=60, due=date(2026, 12, 1), cost=240_00),
            action(3, owner_id=7, minutes=60, due=date(2026, 12, 1), done_on=date(2026, 11, 20)),
        ],
        31_000_00,
        costs,
        None,
        DAY,
    )
    assert found.time == 120_00 + 95_00 + 80_00
    assert found.amount == found.time + 240_00
    assert (found.minutes, found.money, found.rates) == (210, 240_00, (80_00, 95_00))
    assert found.left == 31_000_00 - found.amount
    assert found.whole


def test_without_a_rate_of_ones_own_the_firms_rate_counts_and_without_any_the_hours_are_left_out() -> None:
    actions = [action(1, minutes=20), action(2, owner_id=9, minutes=60)]
    assert plan_cost(actions, None, [], 10_00, DAY).time == Fraction(80 * 10_00, 60)
    unknown = plan_cost([*actions, action(3, cost=5_00)], None, [], None, DAY)
    assert (unknown.amount, unknown.minutes_without_rate, unknown.whole, unknown.left) == (5_00, 80, False, None)


def test_a_cost_is_unknown_while_nothing_is_estimated_and_not_whole_while_something_is_not() -> None:
    assert plan_cost([action(), action(2)], 100, [], 10_00, DAY).amount is None
    assert plan_cost([], 100, [], 10_00, DAY).amount is None
    partly = plan_cost([action(cost=100), action(2)], 100, [], 10_00, DAY)
    assert (partly.amount, partly.unestimated, partly.whole) == (100, 1, False)
    assert plan_cost([action(minutes=0)], None, [], None, DAY).amount == 0, "no time at all is an estimate"


def test_the_fees_of_a_period_are_those_within_it_up_to_the_day() -> None:
    days = (date(2025, 12, 31), date(2026, 1, 1), DAY, date(2026, 11, 25), date(2026, 12, 31))
    fees = FeeSeries.from_rows([FeeRow(day, 10**place, place) for place, day in enumerate(days)])
    assert fees_of_period(NOW, fees, DAY) == 110
    assert fees_of_period(NOW, fees, date(2027, 5, 1)) == 11_110
    assert fees_of_period(OLD, fees, DAY) == 1
    assert fees_of_period(NEXT, fees, DAY) is None


OBJECTIVE = Objective(id=5, plan_id=2, title="Fill the opening", measure="visitors", baseline="420", target="1,200")
FULL = replace(
    NOW, goals="Full house", risks="Budget", opportunities="Schools", expected_fee=1, reviewed_on=date(2026, 11, 1)
)
DONE = action(1, objective_id=5, owner_id=1, due=DAY, minutes=60)


@pytest.mark.parametrize(
    ("plan", "objectives", "actions", "flagged", "lack"),
    [
        (replace(FULL, goals=" \n"), [OBJECTIVE], [DONE], False, Lack.GOALS),
        (FULL, [], [DONE], False, Lack.OBJECTIVES),
        (FULL, [OBJECTIVE], [], False, Lack.ACTIONS),
        (replace(FULL, risks=""), [replace(OBJECTIVE, target="")], [DONE], True, Lack.FLAGGED_RISK),
        (FULL, [replace(OBJECTIVE, target="")], [DONE], True, Lack.MEASURE),
        (FULL, [OBJECTIVE], [replace(DONE, objective_id=None)], False, Lack.ACTION_FOR),
        (FULL, [OBJECTIVE], [replace(DONE, owner_id=None)], False, Lack.OWNER),
        (FULL, [OBJECTIVE], [replace(DONE, due=None)], False, Lack.DUE),
        (FULL, [OBJECTIVE], [replace(DONE, minutes=None)], False, Lack.ESTIMATE),
        (replace(FULL, expected_fee=None), [OBJECTIVE], [DONE], False, Lack.FEE),
        (replace(FULL, risks=""), [OBJECTIVE], [DONE], False, Lack.RISKS),
        (replace(FULL, opportunities=""), [OBJECTIVE], [DONE], False, Lack.OPPORTUNITIES),
        (replace(FULL, reviewed_on=date(2026, 8, 25)), [OBJECTIVE], [DONE], False, Lack.REVIEW),
    ],
)
def test_one_thing_is_missing_next(
    plan: Plan, objectives: list[Objective], actions: list[Action], flagged: bool, lack: Lack
) -> None:
    found = next_to_fill(plan, objectives, actions, DAY, flagged=flagged)
    assert found is not None
    assert found.lack is lack


def test_nothing_is_missing_of_a_full_plan_and_done_actions_are_asked_nothing() -> None:
    assert next_to_fill(FULL, [OBJECTIVE], [DONE], DAY) is None
    bare = action(2, objective_id=5, done_on=DAY)
    assert next_to_fill(FULL, [OBJECTIVE], [DONE, bare], DAY) is None


def test_a_plan_that_is_over_lacks_only_its_successor() -> None:
    found = next_to_fill(OLD, [], [], DAY)
    assert found is not None
    assert found.lack is Lack.NEXT_PLAN
    assert next_to_fill(OLD, [], [], DAY, succeeded=True) is None
