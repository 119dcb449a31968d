"""Nothing internal leaves in the client's edition: marks planted in every field are hunted in every part of it."""

import getpass
import re
import socket
import zipfile
from dataclasses import fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import TypeVar

import pytest

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
from app.domain.reviews import ClientSafeReview, Edition
from app.domain.vocabulary import (
    Channel,
    CostKind,
    Direction,
    FeedbackKind,
    FeeKind,
    Influence,
    PromiseBy,
    Purpose,
    Sentiment,
    Stage,
    Tier,
)
from app.exchange.review.workbook import build
from app.services.client_safe import client_safe
from app.services.review_values import Review
from tests.exchange.desk import Desk

Draft = TypeVar("Draft")

MAY_LEAVE = {
    "ClientDraft.name",
    "ColleagueDraft.name",
    "PersonDraft.name",
    "FeeDraft.document",
    "FeeDraft.service",
    "ContactDraft.summary",
    "FeedbackDraft.verbatim",
    "FeedbackDraft.action",
    "PlanDraft.title",
    "PlanDraft.goals",
    "ObjectiveDraft.title",
    "ObjectiveDraft.measure",
    "ObjectiveDraft.baseline",
    "ObjectiveDraft.target",
    "ActionDraft.title",
}
# Texts that are words of a closed list, or that must be valid.
NOT_MARKED = {"currency", "at", "email"}
INTERNAL_WORDS = (
    *("Platinum", "Gold", "Iron", "pinned", "Sentiment", "Influence", "Cool", "Decides"),
    *("Contribution", "Lifetime", "LTV", "Profit", "Margin", "Discounted", "Payback", "Incubation"),
    *("Cadence", "Rank", "Snooze", "Warnings", "Health", "Minutes", "Complaint", "Sell", "At risk"),
)
NUMBERS = {
    "hourly cost": 771_301,
    "minutes": 1_171,
    "acquisition": 10_007_117,
    "delivery": 10_009_927,
    "service": 10_012_721,
    "retention": 10_014_713,
    "delivery of a fee": 10_018_717,
    "expected fee": 10_020_701,
    "action cost": 10_024_723,
    "action minutes": 1_283,
    "engagement fee": 10_028_707,
    "cadence": 1_931,
    "preferred cadence": 1_993,
}


def marked(draft: type[Draft], **given: object) -> Draft:
    """Make a draft with a mark of its own in every text field that is not given."""
    texts = {
        field.name: mark(draft.__name__, field.name)
        for field in fields(draft)
        if field.type in (str, "str") and field.name not in given and field.name not in NOT_MARKED
    }
    return draft(**texts, **given)


def mark(draft: str, field: str) -> str:
    return f"ZQ{draft}X{field}Q".replace("_", "")


def every_mark() -> dict[str, str]:
    drafts = (
        ClientDraft, ColleagueDraft, ContactDraft, CostDraft, EngagementDraft, FeedbackDraft, FeeDraft, PersonDraft,
        ActionDraft, ObjectiveDraft, PlanDraft, PromiseDraft,
    )  # fmt: skip
    return {
        f"{draft.__name__}.{field.name}": mark(draft.__name__, field.name)
        for draft in drafts
        for field in fields(draft)
        if field.type in (str, "str") and field.name not in NOT_MARKED
    }


@pytest.fixture
def planted(desk: Desk) -> dict[Edition, Review]:
    book, day = desk.book, date(2026, 3, 3)
    owner = book.colleagues.add(marked(ColleagueDraft, email="inside@example.com"))
    book.colleagues.set_cost(owner, date(2020, 1, 1), NUMBERS["hourly cost"])
    client = book.clients.add(
        marked(
            ClientDraft,
            owner_id=owner,
            tier=Tier.PLATINUM,
            tier_since=day,
            cadence_days=NUMBERS["cadence"],
            preferred_cadence_days=NUMBERS["preferred cadence"],
            snoozed_until=date(2026, 8, 8),
            tags=("ZQClientDraftXtagsQ",),
        )
    )
    book.clients.add_alias(client, "ZQClientDraftXaliasQ")
    book.clients.set_stage(client, Stage.AT_RISK, day, "ZQStageXreasonQ")
    person = book.people.add(
        marked(
            PersonDraft, client_id=client, influence=Influence.DECIDES, sentiment=Sentiment.COOL, email="dana@x.example"
        )
    )
    engagement = book.engagements.add(marked(EngagementDraft, client_id=client, fee=NUMBERS["engagement fee"]))
    for at, on in enumerate((date(2025, 8, 1), date(2025, 12, 1), day)):
        book.fees.add(
            marked(
                FeeDraft, client_id=client, on=on, original=1_000_00 + at, currency="EUR", amount=None,
                rate=Decimal("0.85"), kind=FeeKind.INVOICE, engagement_id=engagement,
                delivery_cost=NUMBERS["delivery of a fee"],
            )
        )  # fmt: skip
    for kind in CostKind:
        book.costs.add(
            marked(CostDraft, client_id=client, on=day, kind=kind, amount=NUMBERS[str(kind)], engagement_id=engagement)
        )
    for direction in (*Direction, Direction.OUT):
        contact = book.contacts.log(
            marked(
                ContactDraft, client_id=client, on=day, direction=direction, channel=Channel.CALL, purpose=Purpose.SELL,
                minutes=NUMBERS["minutes"], people=(person,), colleagues=(owner,),
            )
        )  # fmt: skip
    book.feedback.add(
        marked(
            FeedbackDraft, client_id=client, on=day, person_id=person, kind=FeedbackKind.COMPLAINT, owner_id=owner,
            owned_on=day, acted_on=day, told_on=day, told_contact_id=contact, work_score=8, service_score=7, nps=3,
        )
    )  # fmt: skip
    plan = book.plans.add(
        marked(
            PlanDraft, client_id=client, starts=date(2026, 1, 1), ends=date(2026, 12, 31),
            expected_fee=NUMBERS["expected fee"],
        )
    )  # fmt: skip
    goal = book.objectives.add(marked(ObjectiveDraft, plan_id=plan))
    book.actions.add(
        marked(
            ActionDraft, plan_id=plan, objective_id=goal, owner_id=owner, due=day, minutes=NUMBERS["action minutes"],
            cost=NUMBERS["action cost"],
        )
    )  # fmt: skip
    book.promises.add(marked(PromiseDraft, client_id=client, by=PromiseBy.US, due=day, person_id=person))
    return {edition: desk.review(client, edition) for edition in Edition}


def parts_of(content: bytes) -> dict[str, str]:
    """Give every part of the file as text, names of parts included, as they stand and without their tags."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        texts = {name: parts.read(name).decode("utf-8") for name in parts.namelist()}
    return {name: f"{name}\n{text}\n{re.sub(r'<[^>]*>', '', text)}" for name, text in texts.items()}


def test_no_internal_mark_leaves_in_any_part(planted: dict[Edition, Review]) -> None:
    text = "\n".join(parts_of(build(planted[Edition.CLIENT])[0]).values())
    extra = {"tags": "ZQClientDraftXtagsQ", "alias": "ZQClientDraftXaliasQ", "stage reason": "ZQStageXreasonQ"}
    for where, found in (every_mark() | extra).items():
        assert (found in text) == (where in MAY_LEAVE), where
    for word in ("inside@example.com", "dana@x.example", *INTERNAL_WORDS):
        assert not re.search(rf"\b{re.escape(word)}\b", text), word


def test_no_internal_number_leaves_in_any_form(planted: dict[Edition, Review]) -> None:
    review = planted[Edition.INTERNAL]
    inside = review.inside
    assert inside is not None
    own = inside.figures
    derived: dict[str, int | Fraction] = {
        "contribution": inside.contribution.amount,
        "time": inside.contribution.time,
        "contribution so far": own.contribution.amount,
        "acquisition": own.acquisition.amount,
        "acquisition minutes": own.acquisition.minutes,
        "historic": own.historic,
    }
    derived |= {f"cost of contact {at}": one.cost for at, one in enumerate(review.contacts) if one.cost is not None}
    text = "\n".join(parts_of(build(planted[Edition.CLIENT])[0]).values())
    ours = "\n".join(parts_of(build(review)[0]).values())
    for where, number in (NUMBERS | derived).items():
        for form in forms(number):
            assert not re.search(rf"(?<![\d.,]){re.escape(form)}(?!\d)", text), (where, form)
    for where in ("minutes", "acquisition", "delivery", "service", "retention", "action cost"):
        assert any(form in ours for form in forms(NUMBERS[where])), where


def forms(number: int | Fraction) -> set[str]:
    """Write a number as files may: as it is, as major units, with thousands, rounded."""
    found = set()
    for value in (abs(Fraction(number)), abs(Fraction(number)) / 100):
        found |= {repr(float(value)), f"{float(value):.2f}", f"{float(value):,.2f}", f"{float(value):,.0f}"}
        found |= {f"{float(value):.16G}", f"{round(value)}"}
    return {form for form in found if len(form.replace(",", "").replace(".", "")) >= 4}


def test_the_internal_edition_tells_us_everything(planted: dict[Edition, Review]) -> None:
    text = "\n".join(parts_of(build(planted[Edition.INTERNAL])[0]).values())
    for where in (
        *(
            "ContactDraft.note",
            "PersonDraft.drivers",
            "PersonDraft.notes",
            "PlanDraft.risks",
            "PlanDraft.opportunities",
        ),
        *("CostDraft.note", "PromiseDraft.what", "ClientDraft.tier_reason"),
    ):
        assert every_mark()[where] in text, where


@pytest.mark.parametrize("edition", list(Edition))
def test_no_name_of_person_or_machine_leaves(planted: dict[Edition, Review], edition: Edition) -> None:
    properties = {name: text for name, text in parts_of(build(planted[edition])[0]).items() if "docProps" in name}
    text = "\n".join(properties.values())
    for secret in (socket.gethostname(), "/home", "\\Users"):
        assert secret not in text
    if len(getpass.getuser()) > 4:
        assert getpass.getuser() not in text
    assert not re.search(r"<(dc:creator|cp:lastModifiedBy|Company|Manager)>[^<]", text)


def test_the_allow_list_is_this_and_no_more() -> None:
    """A new field of the allow-list is a decision: it is made here too."""
    assert {field.name for field in fields(ClientSafeReview)} == {
        *("firm", "currency", "client", "owner", "as_of", "period", "known_since", "client_since", "workings"),
        *("fees_in_period", "purchases_in_period", "fees_before", "buckets", "contacts", "spoken", "feedback"),
        *("work", "service", "loops_closed", "loops_open", "loop_days", "plan", "our_promises"),
    }


def test_the_client_edition_is_made_of_the_allow_list_alone(planted: dict[Edition, Review]) -> None:
    """What `client_safe` gives holds no internal mark in any field, however deep."""
    shown = repr(client_safe(planted[Edition.INTERNAL]))
    for where, found in every_mark().items():
        assert (found in shown) == (where in MAY_LEAVE), where
