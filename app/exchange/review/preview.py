"""What a review will hold, shown before the file is written: its sentences, its sheets, and what stays in the house."""

from dataclasses import dataclass
from datetime import date

from app.domain.reviews import ClientSafeReview, Edition
from app.exchange.review.contents import in_short, left_out
from app.exchange.review.frame import Names
from app.services.client_safe import client_safe
from app.services.review_values import Review
from app.words import review as words
from app.words.catalogue import tr, trn


@dataclass(frozen=True, slots=True)
class PreviewSheet:
    """One sheet: its name and what stands on it, in a few words."""

    name: str
    holds: str


@dataclass(frozen=True, slots=True)
class PreviewText:
    """Words of the client's or ours that will be read, as they will stand there, and their day if they have one."""

    on: date | None
    words: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The review in words."""

    title: str
    client: str
    period: str
    findings: tuple[str, ...]
    sheets: tuple[PreviewSheet, ...]
    texts: tuple[PreviewText, ...]
    stays_inside: str
    file_title: str


def preview(review: Review) -> Preview:
    """Say what the workbook of a review will hold."""
    safe = client_safe(review)
    to_client = review.edition is Edition.CLIENT
    inside = tr(
        "Never in it: notes, costs and profit, lifetime value, minutes, tier, rank, stage, health, sentiment,"
        " influence, warnings."
    )
    return Preview(
        title=words.title(review.edition),
        client=safe.client,
        period=words.days_of(safe.period),
        findings=tuple(in_short(safe, None if to_client else review)),
        sheets=tuple(_sheets(safe, review)),
        texts=tuple(_texts(safe)),
        stays_inside=inside if to_client else tr("Holds notes, costs and value: not for the client."),
        file_title=words.file_title(safe.client, safe.as_of, review.edition),
    )


def _sheets(safe: ClientSafeReview, review: Review) -> list[PreviewSheet]:
    plan = safe.plan
    actions = trn("{n} action", "{n} actions", len(plan.actions) if plan else 0)
    found = [
        PreviewSheet(Names.SUMMARY, tr("the figures and what they say, fees month by month")),
        PreviewSheet(Names.PLAN, actions),
        PreviewSheet(Names.DIALOGUE, trn("{n} contact", "{n} contacts", len(safe.contacts))),
        PreviewSheet(Names.FEEDBACK, trn("{n} feedback", "{n} feedback", len(safe.feedback))),
        PreviewSheet(Names.VALUE, tr("S, T, L and TFI as live formulas")),
        PreviewSheet(Names.FEES, trn("{n} document", "{n} documents", len(safe.workings.documents))),
    ]
    if review.inside is not None:
        inside = review.inside
        found += [
            PreviewSheet(Names.CONTRIBUTION, trn("{n} cost", "{n} costs", len(inside.costs))),
            PreviewSheet(Names.STANDING, tr("where the relationship stands and what it is worth")),
            PreviewSheet(Names.PEOPLE, trn("{n} person", "{n} people", len(inside.people))),
        ]
    absent = left_out(safe, review if review.inside is not None else None)
    found = [sheet for sheet in found if sheet.name not in absent]
    return [*found, PreviewSheet(Names.DEFINITIONS, tr("what each figure means"))]


def _texts(safe: ClientSafeReview) -> list[PreviewText]:
    said: list[tuple[date | None, str]] = []
    if safe.plan is not None:
        said += [(None, goal) for goal in safe.plan.goals]
        said += [(None, objective.title) for objective in safe.plan.objectives]
        said += [(action.due, action.title) for action in safe.plan.actions]
    for item in safe.feedback:
        said += [(item.on, item.verbatim), (item.acted_on, item.action)]
    said += [(contact.on, contact.summary) for contact in safe.contacts]
    return [PreviewText(on, text) for on, text in said if text]
