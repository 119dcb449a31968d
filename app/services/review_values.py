"""The review of one client as the house sees it; `client_safe` cuts it down to what may leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.domain.clients import Client
from app.domain.contacts import Contact
from app.domain.costs import Cost
from app.domain.feedback import Feedback
from app.domain.metrics.contacts import Spoken
from app.domain.metrics.contribution import Contribution
from app.domain.metrics.feedback_loop import FeedbackLoop
from app.domain.metrics.payback import Payback
from app.domain.metrics.tfi import FeeFigures
from app.domain.people import Person
from app.domain.plans import Action, Objective, Plan
from app.domain.promises import Promise
from app.domain.reviews import (
    Bucket,
    Edition,
    Period,
    PromisesKept,
    Score,
    Workings,
)
from app.services.book_figures import BookFigures
from app.services.client_figures import ClientFigures


@dataclass(frozen=True, slots=True)
class LoggedContact:
    """A contact with the names of those present, and what its time cost in minor units; None where nobody timed it."""

    contact: Contact
    people: tuple[str, ...]
    colleagues: tuple[str, ...]
    cost: Fraction | None


@dataclass(frozen=True, slots=True)
class ReceivedFeedback:
    """A feedback with the names of who gave it and of who owns it."""

    feedback: Feedback
    person: str
    owner: str


@dataclass(frozen=True, slots=True)
class ReviewedPlan:
    """A plan with all it holds; `owners` names the colleagues of its actions."""

    plan: Plan
    objectives: tuple[Objective, ...]
    actions: tuple[Action, ...]
    owners: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Inside:
    """What never leaves the house: what the client costs, contributes and is worth, and its people as we see them."""

    figures: ClientFigures
    book: BookFigures
    contribution: Contribution
    payback: Payback | None
    costs: tuple[Cost, ...]
    people: tuple[Person, ...]
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Everything a review of one client shows, for a period and a day. For our eyes; `inside` in that edition only."""

    edition: Edition
    firm: str
    currency: str
    client: Client
    owner: str
    as_of: date
    period: Period
    figures: FeeFigures
    workings: Workings
    fees_in_period: int
    purchases_in_period: int
    fees_before: int | None
    buckets: tuple[Bucket, ...]
    contacts: tuple[LoggedContact, ...]
    spoken: Spoken
    feedback: tuple[ReceivedFeedback, ...]
    work: Score
    service: Score
    loop: FeedbackLoop
    plan: ReviewedPlan | None
    our_promises: PromisesKept
    inside: Inside | None = None
