"""Which sheets a review has: those on which there is something to read."""

from collections.abc import Iterator

from app.domain.metrics.contribution import Contribution
from app.domain.reviews import ClientSafeReview
from app.exchange.review.frame import Names
from app.services.review_values import Inside, Review
from app.words import review as words


def left_out(safe: ClientSafeReview, review: Review | None) -> tuple[Names, ...]:
    """Give the sheets that would be empty; `review` is given for our own edition."""
    inside = None if review is None else review.inside
    return tuple(_empty(safe, inside))


def in_short(safe: ClientSafeReview, review: Review | None) -> list[str]:
    """Say what the period holds, and which sheets are left out."""
    absent = left_out(safe, review)
    said = words.findings(safe, to_client=review is None)
    return [*said, words.left_out(absent)] if absent else said


def _empty(safe: ClientSafeReview, inside: Inside | None) -> Iterator[Names]:
    plan = safe.plan
    if plan is None or (inside is None and not (plan.goals or plan.objectives or plan.actions)):
        yield Names.PLAN
    if not safe.contacts:
        yield Names.DIALOGUE
    if not safe.feedback:
        yield Names.FEEDBACK
    if not safe.workings.documents:
        yield Names.VALUE
        yield Names.FEES
    if inside is not None:
        if not (inside.costs or _any(inside.contribution) or _any(inside.figures.contribution)):
            yield Names.CONTRIBUTION
        if not (inside.people or inside.promises):
            yield Names.PEOPLE


def _any(found: Contribution) -> bool:
    return any((found.fees, found.delivery, found.service, found.retention, found.time))
