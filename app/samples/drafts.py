"""A whole book as drafts: what a generator gives and `app.services.samples` writes."""

from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from app.domain.clients import ClientDraft, StageRow
from app.domain.colleagues import ColleagueDraft, HourlyCost
from app.domain.contacts import ContactDraft
from app.domain.costs import CostDraft
from app.domain.engagements import EngagementDraft
from app.domain.feedback import FeedbackDraft
from app.domain.fees import FeeDraft
from app.domain.firm import Firm
from app.domain.people import PersonDraft
from app.domain.plans import ActionDraft, ObjectiveDraft, PlanDraft
from app.domain.promises import PromiseDraft

Draft = TypeVar("Draft")


@dataclass(slots=True)
class Rows(Generic[Draft]):
    """Drafts of one noun in the order of their ids: a new book counts from 1."""

    drafts: list[Draft] = field(default_factory=list)

    def add(self, draft: Draft) -> int:
        """Put one at the end; gives the id it will have."""
        self.drafts.append(draft)
        return len(self.drafts)

    def get(self, row_id: int) -> Draft:
        """Give the draft that will have the id."""
        return self.drafts[row_id - 1]

    def put(self, row_id: int, draft: Draft) -> None:
        """Replace the draft that will have the id."""
        self.drafts[row_id - 1] = draft


@dataclass(slots=True)
class BookDrafts:
    """Every noun of a book in the making; `aliases` are (client id, name)."""

    firm: Firm
    today: date
    colleagues: Rows[ColleagueDraft] = field(default_factory=Rows)
    hourly_costs: Rows[HourlyCost] = field(default_factory=Rows)
    clients: Rows[ClientDraft] = field(default_factory=Rows)
    aliases: Rows[tuple[int, str]] = field(default_factory=Rows)
    stages: Rows[StageRow] = field(default_factory=Rows)
    people: Rows[PersonDraft] = field(default_factory=Rows)
    engagements: Rows[EngagementDraft] = field(default_factory=Rows)
    fees: Rows[FeeDraft] = field(default_factory=Rows)
    costs: Rows[CostDraft] = field(default_factory=Rows)
    contacts: Rows[ContactDraft] = field(default_factory=Rows)
    promises: Rows[PromiseDraft] = field(default_factory=Rows)
    feedback: Rows[FeedbackDraft] = field(default_factory=Rows)
    plans: Rows[PlanDraft] = field(default_factory=Rows)
    objectives: Rows[ObjectiveDraft] = field(default_factory=Rows)
    actions: Rows[ActionDraft] = field(default_factory=Rows)
