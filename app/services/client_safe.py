"""The one gate to the client: turns a review into the allow-list of what may leave (app.domain.reviews)."""

from datetime import date

from app.domain.reviews import (
    ClientSafeReview,
    SafeAction,
    SafeContact,
    SafeFeedback,
    SafeObjective,
    SafePlan,
)
from app.services.review_values import LoggedContact, ReceivedFeedback, Review, ReviewedPlan


def client_safe(review: Review) -> ClientSafeReview:
    """Take from a review what may leave, field by field: whatever is new in a review stays inside until named here."""
    return ClientSafeReview(
        firm=review.firm,
        currency=review.currency,
        client=review.client.name,
        owner=review.owner,
        as_of=review.as_of,
        period=review.period,
        known_since=review.figures.known_since,
        client_since=review.figures.client_since or review.figures.first,
        workings=review.workings,
        fees_in_period=review.fees_in_period,
        purchases_in_period=review.purchases_in_period,
        fees_before=review.fees_before,
        buckets=review.buckets,
        contacts=tuple(_safe_contact(logged) for logged in review.contacts),
        spoken=review.spoken,
        feedback=tuple(_safe_feedback(received, review.as_of) for received in review.feedback),
        work=review.work,
        service=review.service,
        loops_closed=review.loop.closed,
        loops_open=review.loop.open,
        loop_days=review.loop.median_days,
        plan=None if review.plan is None else _safe_plan(review.plan, review.as_of),
        our_promises=review.our_promises,
    )


def _safe_contact(logged: LoggedContact) -> SafeContact:
    contact = logged.contact
    return SafeContact(
        on=contact.on,
        direction=contact.direction,
        channel=contact.channel,
        counts=contact.counts,
        people=logged.people,
        colleagues=logged.colleagues,
        summary=contact.summary,
    )


def _safe_feedback(received: ReceivedFeedback, as_of: date) -> SafeFeedback:
    feedback = received.feedback
    acted = _come(feedback.acted_on, as_of)
    return SafeFeedback(
        on=feedback.on,
        person=received.person,
        verbatim=feedback.verbatim,
        work_score=feedback.work_score,
        service_score=feedback.service_score,
        # What is only intended may still be thought over.
        action=feedback.action if acted else "",
        acted_on=acted,
        told_on=_come(feedback.told_on, as_of),
    )


def _safe_plan(reviewed: ReviewedPlan, as_of: date) -> SafePlan:
    plan = reviewed.plan
    titles = {objective.id: objective.title for objective in reviewed.objectives}
    return SafePlan(
        title=plan.title,
        starts=plan.starts,
        ends=plan.ends,
        goals=tuple(line.strip() for line in plan.goals.splitlines() if line.strip()),
        objectives=tuple(
            SafeObjective(title=o.title, measure=o.measure, baseline=o.baseline, target=o.target)
            for o in reviewed.objectives
        ),
        actions=tuple(
            SafeAction(
                title=action.title,
                objective=titles.get(action.objective_id or 0, ""),
                owner=reviewed.owners.get(action.owner_id or 0, ""),
                due=action.due,
                done_on=_come(action.done_on, as_of),
            )
            for action in reviewed.actions
        ),
    )


def _come(day: date | None, as_of: date) -> date | None:
    return day if day is not None and day <= as_of else None
