"""What is wrong with a draft, named at its field; what is right passes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.domain import (
    clients,
    colleagues,
    contacts,
    costs,
    engagements,
    feedback,
    fees,
    firm,
    people,
    plans,
    promises,
    service_levels,
)
from app.domain.checking import InvalidInputError, Problem
from app.domain.colleagues import HourlyCost, cost_on, initials_of
from app.domain.contacts import counts_by_rule
from app.domain.promises import Promise
from app.domain.vocabulary import Channel, CostKind, Direction, FeeKind

Nouns = (
    clients.ClientDraft
    | contacts.ContactDraft
    | fees.FeeDraft
    | feedback.FeedbackDraft
    | firm.Firm
    | service_levels.TierLevel
)
DAY = date(2026, 3, 31)
EARLIER = DAY - timedelta(1)

CLIENT = clients.ClientDraft(name="Acme")
CONTACT = contacts.ContactDraft(client_id=1, on=DAY, direction=Direction.IN)
FEE = fees.FeeDraft(client_id=1, on=DAY, original=100, currency="GBP", amount=100)
CREDIT = replace(FEE, original=-100, kind=FeeKind.CREDIT)
FEEDBACK = feedback.FeedbackDraft(client_id=1, on=DAY, verbatim="good")
PLAN = plans.PlanDraft(client_id=1, title="P", starts=DAY, ends=DAY)
JOB = engagements.EngagementDraft(client_id=1, name="E")
FIRM = firm.Firm(name="F")
GOLD = service_levels.DEFAULT_TIERS[1]

WRONG: list[tuple[Callable[..., tuple[Problem, ...]], Any, dict[str, Any], tuple[str, ...]]] = [
    (service_levels.check, GOLD, {"name": "\u200b"}, ("name",)),
    (service_levels.check, GOLD, {"name": "x" * 25, "contact_days": 0}, ("name", "contact_days")),
    (clients.check, CLIENT, {"name": ""}, ("name",)),
    (clients.check, CLIENT, {"name": "\u200b\t"}, ("name",)),
    (clients.check, CLIENT, {"name": "", "cadence_days": 0, "currency": "E"}, ("name", "cadence_days", "currency")),
    (clients.check, CLIENT, {"cadence_days": 3651}, ("cadence_days",)),
    (clients.check, CLIENT, {"preferred_cadence_days": -1}, ("preferred_cadence_days",)),
    (clients.check, CLIENT, {"currency": "E1R"}, ("currency",)),
    (clients.check, CLIENT, {"first_contact": DAY, "won": EARLIER}, ("won",)),
    (contacts.check, CONTACT, {"minutes": -1}, ("minutes",)),
    (contacts.check, CONTACT, {"minutes": 1441}, ("minutes",)),
    *(
        (contacts.check, CONTACT, {"at": at}, ("at",))
        for at in ("24:00", "9", "9:5", "9:60", "nine", "12:30 pm", ":", "-1:00")
    ),
    (fees.check, FEE, {"original": -1}, ("kind",)),
    (fees.check, CREDIT, {"original": 1}, ("amount",)),
    (fees.check, FEE, {"linked_fee_id": 2}, ("linked_fee_id",)),
    (fees.check, FEE, {"rate": Decimal(0)}, ("rate",)),
    (fees.check, FEE, {"rate": Decimal(-1), "delivery_cost": -1}, ("rate", "delivery_cost")),
    (costs.check, costs.CostDraft(on=DAY, amount=1, kind=CostKind.SERVICE), {"amount": 0}, ("amount",)),
    (feedback.check, FEEDBACK, {"verbatim": " "}, ("verbatim",)),
    *((feedback.check, FEEDBACK, {field: 11}, (field,)) for field in ("work_score", "service_score", "nps")),
    *((feedback.check, FEEDBACK, {field: -1}, (field,)) for field in ("work_score", "service_score", "nps")),
    *((feedback.check, FEEDBACK, {field: EARLIER}, (field,)) for field in ("owned_on", "acted_on", "told_on")),
    (people.check, people.PersonDraft(client_id=1, name="Jo"), {"name": " "}, ("name",)),
    (people.check, people.PersonDraft(client_id=1, name="Jo"), {"email": "jo"}, ("email",)),
    (plans.check, PLAN, {"title": ""}, ("title",)),
    (plans.check, PLAN, {"ends": EARLIER}, ("ends",)),
    (plans.check_objective, plans.ObjectiveDraft(plan_id=1, title="O"), {"title": " "}, ("title",)),
    (plans.check_action, plans.ActionDraft(plan_id=1, title="A"), {"title": "", "minutes": -1}, ("title", "minutes")),
    (promises.check, promises.PromiseDraft(client_id=1, what="w"), {"what": "\n"}, ("what",)),
    (engagements.check, JOB, {"name": ""}, ("name",)),
    (engagements.check, JOB, {"starts": DAY, "ends": EARLIER}, ("ends",)),
    (engagements.check, JOB, {"billed_every_months": 121}, ("billed_every_months",)),
    (colleagues.check, colleagues.ColleagueDraft(name="Ana"), {"name": ""}, ("name",)),
    (firm.check, FIRM, {"name": ""}, ("name",)),
    (firm.check, FIRM, {"currency": "gb"}, ("currency",)),
    (firm.check, FIRM, {"year_starts": 0}, ("year_starts",)),
    (firm.check, FIRM, {"years_cap": 101, "hourly_cost": -1}, ("hourly_cost", "years_cap")),
]


@pytest.mark.parametrize(("check", "right", "change", "fields"), WRONG)
def test_every_fault_is_named_at_its_field(
    check: Callable[..., tuple[Problem, ...]], right: Nouns, change: dict[str, Any], fields: tuple[str, ...]
) -> None:
    assert check(right) == ()
    problems = check(replace(right, **change))
    assert tuple(problem.field for problem in problems) == fields
    assert all(problem.problem.endswith((".", "?")) for problem in problems)


RIGHT: list[tuple[Callable[..., tuple[Problem, ...]], Any]] = [
    (
        clients.check,
        replace(CLIENT, cadence_days=1, preferred_cadence_days=3650, currency="EUR", first_contact=DAY, won=DAY),
    ),
    *((contacts.check, replace(CONTACT, at=at)) for at in ("", "00:00", "9:05", "23:59")),
    (contacts.check, replace(CONTACT, minutes=0)),
    (fees.check, replace(FEE, original=0)),
    (fees.check, replace(CREDIT, linked_fee_id=1)),
    (feedback.check, replace(FEEDBACK, verbatim="", work_score=0)),
    (feedback.check, replace(FEEDBACK, owned_on=DAY, acted_on=DAY, told_on=DAY)),
    (costs.check, costs.CostDraft(on=DAY, amount=-1, kind=CostKind.SERVICE)),
    (engagements.check, replace(JOB, ends=EARLIER, billed_every_months=1)),
]


@pytest.mark.parametrize(("check", "draft"), RIGHT)
def test_what_is_right_at_the_edge_passes(check: Callable[..., tuple[Problem, ...]], draft: Nouns) -> None:
    assert check(draft) == ()


def test_a_refusal_carries_every_problem_and_its_mending() -> None:
    error = InvalidInputError(Problem("a", "One is wrong.", "Mend it."), Problem("b", "Two is wrong."))
    assert str(error) == "One is wrong. Mend it.; Two is wrong."
    assert InvalidInputError.one("a", "x").problems == (Problem("a", "x"),)


# -- small rules ---------------------------------------------------------------------------------------


def test_what_reached_nobody_does_not_count() -> None:
    assert {channel for channel in Channel if not counts_by_rule(channel)} == {
        Channel.VOICEMAIL,
        Channel.NEWSLETTER,
        Channel.POST,
    }


@pytest.mark.parametrize(
    ("kept", "broken", "open_before", "open_on"),
    [(None, None, True, True), (DAY, None, True, False), (None, DAY, True, False)],
)
def test_a_promise_is_open_until_its_day(
    kept: date | None, broken: date | None, open_before: bool, open_on: bool
) -> None:
    promise = Promise(id=1, client_id=1, what="w", kept_on=kept, broken_on=broken)
    assert (promise.is_open(EARLIER), promise.is_open(DAY)) == (open_before, open_on)


def test_the_latest_hourly_cost_up_to_a_day_rules() -> None:
    known = [HourlyCost(colleague_id=1, since=DAY - timedelta(back), amount=back) for back in (0, 10, 5)]
    days = {DAY - timedelta(11): None, DAY - timedelta(10): 10, DAY - timedelta(6): 10, DAY - timedelta(5): 5, DAY: 0}
    assert {day: cost_on(day, known) for day in days} == days
    assert cost_on(DAY, []) is None


@pytest.mark.parametrize(("name", "initials"), [("Ana Maria Ruiz", "AR"), ("ana", "A"), ("  ", ""), ("", "")])
def test_initials_are_first_and_last(name: str, initials: str) -> None:
    assert initials_of(name) == initials


@pytest.mark.parametrize(
    ("original", "currency", "rate", "base", "amount"),
    [
        (100, "GBP", None, "GBP", 100),
        (100, "EUR", None, "GBP", None),
        (100, "EUR", "1.005", "GBP", 101),
        (-100, "EUR", "1.005", "GBP", -101),
        (100, "JPY", "0.5", "GBP", 5000),
        (100, "GBP", "200", "JPY", 200),
        (1, "EUR", "0.4999", "GBP", 0),
    ],
)
def test_an_amount_is_converted_once_and_rounded_away_from_zero(
    original: int, currency: str, rate: str | None, base: str, amount: int | None
) -> None:
    assert fees.base_amount(original, currency, None if rate is None else Decimal(rate), base) == amount
