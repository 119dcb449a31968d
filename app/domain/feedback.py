"""Feedback: what a client said about the work or the service, and the loop that answers it (METRICS C9)."""

from dataclasses import dataclass
from datetime import date

from app.domain.checking import Problem
from app.domain.vocabulary import Channel, FeedbackKind


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackDraft:
    """Words of a client with up to two scores (0 to 10) and the recommend question.

    The loop: received `on`, owned, acted on, client told; it closes only with the day the client was told.
    """

    client_id: int
    on: date
    verbatim: str
    person_id: int | None = None
    kind: FeedbackKind = FeedbackKind.COMMENT
    channel: Channel = Channel.OTHER
    work_score: int | None = None
    service_score: int | None = None
    nps: int | None = None
    owner_id: int | None = None
    owned_on: date | None = None
    action: str = ""
    acted_on: date | None = None
    told_on: date | None = None
    told_contact_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback(FeedbackDraft):
    """Words of a client."""

    id: int


def check(draft: FeedbackDraft) -> tuple[Problem, ...]:
    """Name everything wrong with a feedback."""
    problems = []
    scores = (("work_score", draft.work_score), ("service_score", draft.service_score), ("nps", draft.nps))
    problems += [
        Problem(field, "A score lies between 0 and 10.", "Leave it empty if none was given.")
        for field, score in scores
        if score is not None and not 0 <= score <= 10
    ]
    if not draft.verbatim.strip() and all(score is None for _, score in scores):
        problems.append(Problem("verbatim", "A feedback needs words or a score.", "Type what was said."))
    for field, day in (
        ("owned_on", draft.owned_on),
        ("acted_on", draft.acted_on),
        ("told_on", draft.told_on),
    ):
        if day is not None and day < draft.on:
            problems.append(Problem(field, "The loop cannot be closed before the feedback came.", "Check the dates."))
    return tuple(problems)
