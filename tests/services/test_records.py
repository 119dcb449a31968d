"""What every plain noun can do: add, change, delete, each one transaction and one undo step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.checking import InvalidInputError
from app.domain.clients import ClientDraft
from app.domain.colleagues import ColleagueDraft
from app.domain.contacts import ContactDraft
from app.domain.costs import CostDraft
from app.domain.engagements import EngagementDraft
from app.domain.feedback import FeedbackDraft
from app.domain.fees import FeeDraft
from app.domain.people import PersonDraft
from app.domain.plans import ActionDraft, ObjectiveDraft, PlanDraft
from app.domain.promises import PromiseDraft
from app.domain.records import draft_of
from app.domain.vocabulary import (
    Began,
    Channel,
    CostKind,
    Direction,
    EngagementKind,
    FeedbackKind,
    Influence,
    PromiseBy,
    Purpose,
    Sentiment,
)
from app.errors import AskedWrongError
from app.services.book import Book

DAY = date(2026, 3, 31)
LATER = DAY + timedelta(9)
Rows = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True)
class Case:
    """One noun: a full draft, another, and one that is wrong in one field."""

    service: Callable[[Book], Any]
    first: object
    second: object
    wrong: object | None
    field: str
    words: tuple[str, str, str]


# The world below: client 1 and 2, colleague 1, person 1, plan 1, objective 1, engagement 1, contact 1.
CASES = {
    "colleague": Case(
        lambda book: book.colleagues,
        ColleagueDraft(name="Ben", initials="B", email="b@x.example", active=False),
        ColleagueDraft(name="Benedict"),
        ColleagueDraft(name=" "),
        "name",
        ("add colleague “Ben”", "change colleague “Benedict”", "delete colleague “Benedict”"),
    ),
    "person": Case(
        lambda book: book.people,
        PersonDraft(
            client_id=1,
            name="Jo",
            role="CFO",
            level="board",
            influence=Influence.DECIDES,
            sentiment=Sentiment.WARM,
            email="jo@x.example",
            phone="+44 1",
            channel="call",
            drivers="calm",
            left_on=DAY,
            notes="n",
        ),
        PersonDraft(client_id=1, name="Joanna"),
        PersonDraft(client_id=1, name="Jo", email="nowhere"),
        "email",
        ("add person “Jo”", "change person “Joanna”", "delete person “Joanna”"),
    ),
    "plan": Case(
        lambda book: book.plans,
        PlanDraft(
            client_id=1,
            title="2026",
            starts=DAY,
            ends=LATER,
            goals="g\nh",
            risks="r",
            opportunities="o",
            expected_fee=5,
            reviewed_on=DAY,
        ),
        PlanDraft(client_id=2, title="2027", starts=DAY, ends=DAY),
        PlanDraft(client_id=1, title="x", starts=LATER, ends=DAY),
        "ends",
        ("add plan “2026”", "change plan “2027”", "delete plan “2027”"),
    ),
    "objective": Case(
        lambda book: book.objectives,
        ObjectiveDraft(plan_id=1, title="Known", measure="m", baseline="1", target="2"),
        ObjectiveDraft(plan_id=1, title="Better known"),
        ObjectiveDraft(plan_id=1, title=""),
        "title",
        ("add objective “Known”", "change objective “Better known”", "delete objective “Better known”"),
    ),
    "action": Case(
        lambda book: book.actions,
        ActionDraft(plan_id=1, title="Write", objective_id=1, owner_id=1, due=DAY, minutes=60, cost=1, done_on=LATER),
        ActionDraft(plan_id=1, title="Rewrite"),
        ActionDraft(plan_id=1, title="x", minutes=-1),
        "minutes",
        ("add action “Write”", "change action “Rewrite”", "delete action “Rewrite”"),
    ),
    "promise": Case(
        lambda book: book.promises,
        PromiseDraft(
            client_id=1, what="send", by=PromiseBy.THEM, due=DAY, contact_id=1, person_id=1, colleague_id=1, kept_on=DAY
        ),
        PromiseDraft(client_id=1, what="send again"),
        PromiseDraft(client_id=1, what=" "),
        "what",
        ("add promise “send”", "change promise “send again”", "delete promise “send again”"),
    ),
    "engagement": Case(
        lambda book: book.engagements,
        EngagementDraft(
            client_id=1,
            name="Press",
            kind=EngagementKind.RETAINER,
            starts=DAY,
            ends=LATER,
            billed_every_months=3,
            fee=100,
        ),
        EngagementDraft(client_id=2, name="Radio"),
        EngagementDraft(client_id=1, name="x", billed_every_months=0),
        "billed_every_months",
        ("add engagement “Press”", "change engagement “Radio”", "delete engagement “Radio”"),
    ),
    "fee": Case(
        lambda book: book.fees,
        FeeDraft(
            client_id=1,
            on=DAY,
            original=100,
            currency="GBP",
            amount=100,
            document="77",
            engagement_id=1,
            service="s",
            disbursement=True,
            delivery_cost=9,
        ),
        FeeDraft(client_id=2, on=LATER, original=0, currency="GBP", amount=0),
        FeeDraft(client_id=1, on=DAY, original=-1, currency="GBP", amount=-1),
        "kind",
        ("add fee “77”", "change fee", "delete fee"),
    ),
    "cost": Case(
        lambda book: book.costs,
        CostDraft(on=DAY, amount=-5, kind=CostKind.DELIVERY, client_id=1, engagement_id=1, note="back"),
        CostDraft(on=LATER, amount=7, kind=CostKind.ACQUISITION),
        CostDraft(on=DAY, amount=0, kind=CostKind.SERVICE),
        "amount",
        ("add cost “back”", "change cost", "delete cost"),
    ),
    "contact": Case(
        lambda book: book.contacts,
        ContactDraft(
            client_id=1,
            on=DAY,
            direction=Direction.IN,
            channel=Channel.LUNCH,
            at="12:30",
            began=Began.THEM,
            purpose=Purpose.REWARD,
            minutes=90,
            summary="s",
            note="n",
            counts=False,
            people=(1,),
            colleagues=(1,),
        ),
        ContactDraft(client_id=2, on=LATER, direction=Direction.OUT, planned=True),
        ContactDraft(client_id=1, on=DAY, direction=Direction.IN, at="25:00"),
        "at",
        ("log contact with Acme", "change contact", "delete contact with Bexley"),
    ),
    "feedback": Case(
        lambda book: book.feedback,
        FeedbackDraft(
            client_id=1,
            on=DAY,
            verbatim="good",
            person_id=1,
            kind=FeedbackKind.PRAISE,
            channel=Channel.MAIL,
            work_score=10,
            service_score=0,
            nps=7,
            owner_id=1,
            owned_on=DAY,
            action="a",
            acted_on=LATER,
            told_on=LATER,
            told_contact_id=1,
        ),
        FeedbackDraft(client_id=1, on=DAY, verbatim="", nps=3),
        FeedbackDraft(client_id=1, on=DAY, verbatim="x", nps=11),
        "nps",
        ("add feedback", "change feedback", "delete feedback"),
    ),
}
nouns = pytest.mark.parametrize("noun", CASES)


@pytest.fixture
def world(book: Book) -> Book:
    """Put one of everything there that a record can point to."""
    for name in ("Acme", "Bexley"):
        book.clients.add(ClientDraft(name=name))
    book.colleagues.add(ColleagueDraft(name="Ana"))
    book.people.add(PersonDraft(client_id=1, name="Jane"))
    book.plans.add(PlanDraft(client_id=1, title="P", starts=DAY, ends=DAY))
    book.objectives.add(ObjectiveDraft(plan_id=1, title="O"))
    book.engagements.add(EngagementDraft(client_id=1, name="E"))
    book.contacts.log(ContactDraft(client_id=1, on=DAY, direction=Direction.BOTH))
    return book


def add(case: Case, book: Book, draft: object) -> int:
    """Add a record; a contact is logged."""
    service = case.service(book)
    return int((service.log if hasattr(service, "log") else service.add)(draft))


@nouns
def test_add_change_delete_and_all_the_way_back(world: Book, rows: Callable[[Book], Rows], noun: str) -> None:
    case = CASES[noun]
    service, kind = case.service(world), type(case.first)
    states = [rows(world)]
    key = add(case, world, case.first)
    assert draft_of(kind, service.get(key)) == case.first
    assert service.get(key).id == key
    states.append(rows(world))
    service.change(key, case.second)
    assert draft_of(kind, service.get(key)) == case.second
    states.append(rows(world))
    service.delete([key])
    assert key not in {value.id for value in service.every()}
    assert [step.what for step in reversed(world.history.steps(3))] == list(case.words)
    for state in reversed(states):
        world.history.undo()
        assert rows(world) == state
    for state in states[1:]:
        world.history.redo()
        assert rows(world) == state
    assert draft_of(kind, service.get(key)) == case.second


@nouns
def test_what_is_wrong_is_refused_at_its_field(world: Book, rows: Callable[[Book], Rows], noun: str) -> None:
    case = CASES[noun]
    key = add(case, world, case.first)
    before, steps = rows(world), world.history.steps()
    for act in (lambda: add(case, world, case.wrong), lambda: case.service(world).change(key, case.wrong)):
        with pytest.raises(InvalidInputError) as refused:
            act()
        assert [problem.field for problem in refused.value.problems] == [case.field]
    assert (rows(world), world.history.steps()) == (before, steps)


@nouns
def test_the_same_again_is_no_step(world: Book, noun: str) -> None:
    case = CASES[noun]
    key = add(case, world, case.first)
    steps = world.history.steps()
    case.service(world).change(key, case.first)
    case.service(world).delete([])
    case.service(world).delete([999])
    assert world.history.steps() == steps


@nouns
def test_what_is_gone_is_said_so_and_nothing_typed_is_dropped_silently(world: Book, noun: str) -> None:
    case = CASES[noun]
    key = add(case, world, case.first)
    case.service(world).delete([key])
    with pytest.raises(AskedWrongError, match=f"This {noun} no longer exists"):
        case.service(world).get(key)
    with pytest.raises(AskedWrongError, match=f"This {noun} no longer exists"):
        case.service(world).change(key, case.second)


@pytest.mark.parametrize("noun", sorted(set(CASES) - {"colleague", "objective", "action", "cost"}))
def test_those_of_a_client_are_its_own(world: Book, noun: str) -> None:
    case = CASES[noun]
    key = add(case, world, case.first)
    assert key in {value.id for value in case.service(world).of_client(1)}
    assert key not in {value.id for value in case.service(world).of_client(2)}


@pytest.mark.parametrize("noun", sorted(set(CASES) - {"colleague", "objective", "action"}))
def test_a_record_for_nobody_is_refused(world: Book, rows: Callable[[Book], Rows], noun: str) -> None:
    from dataclasses import replace

    before = rows(world)
    draft: Any = CASES[noun].first
    with pytest.raises(AskedWrongError, match="no longer exists"):
        add(CASES[noun], world, replace(draft, client_id=999))
    assert rows(world) == before


def test_text_of_any_kind_comes_back_as_it_was(world: Book) -> None:
    for words in (
        "=1+1",
        "<b>x</b>",
        "O'Brien; DROP TABLE client",
        "e\u0301\U0001f468\u200d\U0001f469",
        "a\r\nb\tc",
        "\x00",
    ):
        key = world.costs.add(CostDraft(on=DAY, amount=1, kind=CostKind.SERVICE, note=words))
        assert world.costs.get(key).note == words


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (CostDraft(on=DAY, amount=2**63, kind=CostKind.SERVICE), "too large"),
        (CostDraft(on=DAY, amount=1, kind=CostKind.SERVICE, note="half \ud83d"), "half a letter"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence(world: Book, draft: CostDraft, words: str) -> None:
    steps = world.history.steps()
    with pytest.raises(AskedWrongError, match=words):
        world.costs.add(draft)
    assert (world.costs.every(), world.history.steps()) == ([], steps)
    key = world.costs.add(CostDraft(on=DAY, amount=1, kind=CostKind.SERVICE))
    with pytest.raises(AskedWrongError, match=words):
        world.costs.change(key, draft)
    assert world.costs.get(key).amount == 1
