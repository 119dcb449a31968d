"""Reviews: gathers everything a review of one client shows, for a period and a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import Connection

from app.data import clients as client_data
from app.data import contacts as contact_data
from app.data import firm as firm_data
from app.data.database import Database
from app.data.nouns import (
    ACTIONS,
    COLLEAGUES,
    COSTS,
    ENGAGEMENTS,
    FEEDBACK,
    FEES,
    HOURLY_COSTS,
    OBJECTIVES,
    PEOPLE,
    PLANS,
    PROMISES,
)
from app.domain.clients import Client
from app.domain.colleagues import HourlyCost, cost_on
from app.domain.contacts import Contact
from app.domain.costs import Cost
from app.domain.engagements import Engagement
from app.domain.feedback import Feedback
from app.domain.fees import Fee
from app.domain.firm import Firm
from app.domain.metrics.contribution import MINUTES, contribution
from app.domain.metrics.feedback_loop import feedback_loop
from app.domain.metrics.flows import payback_of
from app.domain.metrics.plans import plan_of_day
from app.domain.metrics.purchases import FeeSeries
from app.domain.metrics.tfi import FeeFigures
from app.domain.people import Person
from app.domain.periods import years_before
from app.domain.plans import Action, Objective, Plan
from app.domain.promises import Promise
from app.domain.reviews import (
    Edition,
    Period,
    our_promises_due,
    score,
)
from app.errors import AskedWrongError
from app.services.fee_rows import fee_rows
from app.services.figures import Figures
from app.services.review_values import Inside, LoggedContact, ReceivedFeedback, Review, ReviewedPlan
from app.services.review_workings import buckets, workings
from app.words import steps


class Reviews:
    """Gathers reviews. Reads only; each review is one look at the book."""

    def __init__(self, database: Database, figures: Figures) -> None:
        self._database = database
        self._figures = figures

    def gather(
        self,
        client_id: int,
        as_of: date,
        edition: Edition = Edition.CLIENT,
        start: date | None = None,
        end: date | None = None,
    ) -> Review:
        """Gather the review of one client; the period is the 12 months to the as-of date unless given.

        Raises AskedWrongError for a client that does not exist or a period that ends before it starts.
        """
        period = _period(as_of, start, end)
        with self._database.read() as connection:
            rows = _Rows.read(connection, client_id)
        series = self._figures.series(client_id)
        kinds = {engagement.id: engagement.kind for engagement in rows.engagements}
        documents = fee_rows(rows.fees, kinds)
        figures, worked = workings(
            rows.fees, documents, as_of, series.relationship, rows.firm.start_rule, rows.firm.currency
        )
        fees = FeeSeries.from_rows(documents)
        seen = fees.on(as_of)
        feedback = [item for item in rows.feedback if item.on in period.window]
        before = period.before
        return Review(
            edition=edition,
            firm=rows.firm.name,
            currency=rows.firm.currency,
            client=rows.client,
            owner=rows.colleague(rows.client.owner_id),
            as_of=as_of,
            period=period,
            figures=figures,
            workings=worked,
            fees_in_period=seen.fees_in(period.window),
            purchases_in_period=seen.purchases_in(period.window),
            # Half a period of a young relationship is nothing to compare with.
            fees_before=seen.fees_in(before) if figures.first and figures.first <= before.after else None,
            buckets=buckets(period, fees, series.contacts, as_of),
            contacts=tuple(
                rows.logged(item) for item in rows.contacts if item.on in period.window and not item.planned
            ),
            spoken=series.contacts.spoken_in(period.window),
            feedback=tuple(ReceivedFeedback(f, rows.person(f.person_id), rows.colleague(f.owner_id)) for f in feedback),
            work=score((f.person_id, f.on, f.work_score) for f in feedback if f.work_score is not None),
            service=score((f.person_id, f.on, f.service_score) for f in feedback if f.service_score is not None),
            loop=feedback_loop(series.loops, as_of),
            plan=rows.plan(as_of),
            our_promises=our_promises_due(rows.promises, period),
            inside=self._inside(rows, as_of, period, figures, fees) if edition is Edition.INTERNAL else None,
        )

    def _inside(self, rows: "_Rows", as_of: date, period: Period, figures: FeeFigures, fees: FeeSeries) -> Inside:
        book = self._figures.on(as_of)
        own = book.clients[rows.client.id]
        costs = self._figures.series(rows.client.id).costs
        return Inside(
            figures=own,
            book=book,
            contribution=contribution(figures, fees, costs, period.window),
            payback=payback_of(own.acquisition.amount, figures, fees, costs),
            costs=tuple(cost for cost in rows.costs if cost.on in period.window),
            people=tuple(rows.people),
            promises=tuple(rows.promises),
        )


def _period(as_of: date, start: date | None, end: date | None) -> Period:
    until = min(end or as_of, as_of)
    since = start or years_before(until) + timedelta(days=1)
    if since > until:
        raise AskedWrongError(
            f"The period from {since} to {until} has no days.",
            "Let it begin before it ends, and before the as-of date.",
        )
    return Period(since, until)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of one client, read in one look."""

    firm: Firm
    client: Client
    colleagues: Mapping[int, str]
    hourly_costs: tuple[HourlyCost, ...]
    people: tuple[Person, ...]
    engagements: tuple[Engagement, ...]
    fees: tuple[Fee, ...]
    costs: tuple[Cost, ...]
    contacts: tuple[Contact, ...]
    feedback: tuple[Feedback, ...]
    promises: tuple[Promise, ...]
    plans: tuple[Plan, ...]
    objectives: tuple[Objective, ...]
    actions: tuple[Action, ...]

    @classmethod
    def read(cls, connection: Connection, client_id: int) -> "_Rows":
        """Read everything of one client; AskedWrongError where it does not exist."""
        client = client_data.one(connection, client_id)
        if client is None:
            raise AskedWrongError(steps.CLIENT.gone(), "It was deleted meanwhile; undo brings it back.")
        plans = PLANS.having(connection, client_id=client_id)
        ids = tuple(plan.id for plan in plans)
        return cls(
            firm=firm_data.read(connection),
            client=client,
            colleagues={colleague.id: colleague.name for colleague in COLLEAGUES.every(connection)},
            hourly_costs=tuple(HOURLY_COSTS.every(connection)),
            people=tuple(PEOPLE.having(connection, client_id=client_id)),
            engagements=tuple(ENGAGEMENTS.having(connection, client_id=client_id)),
            fees=tuple(FEES.having(connection, client_id=client_id)),
            costs=tuple(COSTS.having(connection, client_id=client_id)),
            contacts=tuple(contact_data.of_client(connection, client_id)),
            feedback=tuple(FEEDBACK.having(connection, client_id=client_id)),
            promises=tuple(PROMISES.having(connection, client_id=client_id)),
            plans=tuple(plans),
            objectives=tuple(OBJECTIVES.having(connection, plan_id=ids)),
            actions=tuple(ACTIONS.having(connection, plan_id=ids)),
        )

    def colleague(self, colleague_id: int | None) -> str:
        """Name one of us; empty for nobody."""
        return self.colleagues.get(colleague_id or 0, "")

    def person(self, person_id: int | None) -> str:
        """Name somebody at the client; empty for nobody."""
        return next((person.name for person in self.people if person.id == person_id), "")

    def logged(self, contact: Contact) -> LoggedContact:
        """Name who was present and what the time cost."""
        return LoggedContact(
            contact=contact,
            people=tuple(filter(None, (self.person(who) for who in contact.people))),
            colleagues=tuple(filter(None, (self.colleague(who) for who in contact.colleagues))),
            cost=self._time_cost(contact),
        )

    def plan(self, as_of: date) -> ReviewedPlan | None:
        """Give the plan of the day with what belongs to it."""
        chosen = plan_of_day(self.plans, as_of)
        if chosen is None:
            return None
        return ReviewedPlan(
            plan=chosen,
            objectives=tuple(item for item in self.objectives if item.plan_id == chosen.id),
            actions=tuple(item for item in self.actions if item.plan_id == chosen.id),
            owners=self.colleagues,
        )

    def _time_cost(self, contact: Contact) -> Fraction | None:
        if not contact.minutes:
            return None
        of_firm = self.firm.hourly_cost or 0
        # Two of us for an hour are two hours; nobody named is one of us at the firm's own cost.
        rates = [
            cost_on(contact.on, (cost for cost in self.hourly_costs if cost.colleague_id == who))
            for who in contact.colleagues
        ] or [None]
        return Fraction(contact.minutes * sum(of_firm if rate is None else rate for rate in rates), MINUTES)
