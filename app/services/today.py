"""Today: whom to speak to and why, what is promised, what waits for an answer."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.data import contacts as contact_data
from app.data.database import Database
from app.data.nouns import ACTIONS, ENGAGEMENTS, FEEDBACK, PEOPLE, PLANS, PROMISES
from app.domain.contacts import Contact
from app.domain.engagements import Engagement
from app.domain.feedback import Feedback
from app.domain.metrics.retainers import end_notice
from app.domain.metrics.warnings import GapWarning, WarningKind
from app.domain.people import Person
from app.domain.plans import Action, Plan
from app.domain.promises import Promise
from app.domain.vocabulary import EngagementKind, FeedbackKind, Stage, Tier
from app.services.book_figures import BookFigures
from app.services.client_figures import ClientFigures
from app.services.figures import Figures

PROMISES_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One client of Today's list with all its warnings, the most pressing first, and their last words to us."""

    client: ClientFigures
    warnings: tuple[GapWarning, ...]
    last_words: Contact | None
    promise: Promise | None


@dataclass(frozen=True, slots=True)
class OverdueAction:
    """An action of a client's plan that was not done by its day."""

    client_id: int
    title: str
    due: date


@dataclass(frozen=True, slots=True)
class TodayList:
    """Everything Today shows on one day.

    `waiting` is ordered as METRICS C3 says; `silenced` are clients whose warnings are quiet, visibly; `never` those
    without any recorded contact; `out_of_balance` those with whom there is no dialogue (C7, C8), the largest first;
    `ending` the retainers whose contract ends within 90 days (C6), the next first; `overdue` what plans lag behind in.
    """

    figures: BookFigures
    waiting: tuple[Waiting, ...]
    silenced: tuple[Waiting, ...]
    never: tuple[ClientFigures, ...]
    promises: tuple[Promise, ...]
    feedback: tuple[Feedback, ...]
    first_days: tuple[ClientFigures, ...]
    out_of_balance: tuple[ClientFigures, ...]
    people: dict[int, Person]
    ending: tuple[Engagement, ...] = ()
    overdue: tuple[OverdueAction, ...] = ()


class Today:
    """Puts warnings, promises and feedback together for one day."""

    def __init__(self, database: Database, figures: Figures) -> None:
        self._database = database
        self._figures = figures

    def on(self, as_of: date) -> TodayList:
        """Give Today's list on a day."""
        figures = self._figures.on(as_of)
        by_client: dict[int, list[GapWarning]] = {}
        for warning in figures.warnings:
            by_client.setdefault(figures.ids[warning.client], []).append(warning)
        with self._database.read() as connection:
            words = contact_data.last_words(connection, as_of, tuple(by_client))
            promises = [promise for promise in PROMISES.every(connection) if promise.is_open(as_of)]
            feedback = [found for found in FEEDBACK.every(connection) if _waits(found, as_of)]
            people = {person.id: person for person in PEOPLE.every(connection)}
            actions, plans = ACTIONS.every(connection), PLANS.every(connection)
            retainers = [found for found in ENGAGEMENTS.every(connection) if found.kind is EngagementKind.RETAINER]
        owed = {promise.client_id: promise for promise in reversed(promises)}
        rows = [
            Waiting(figures.clients[key], tuple(found), words.get(key), owed.get(key))
            for key, found in by_client.items()
            if not all(warning.kind is WarningKind.NEVER_CONTACTED for warning in found)
        ]
        never = [
            figures.clients[key]
            for key, found in by_client.items()
            if any(w.kind is WarningKind.NEVER_CONTACTED and w.silence is None for w in found)
        ]
        return TodayList(
            figures=figures,
            waiting=tuple(row for row in rows if row.warnings[0].silence is None),
            silenced=tuple(row for row in rows if row.warnings[0].silence is not None),
            never=tuple(never),
            promises=tuple(p for p in promises if p.due is None or p.due <= as_of + PROMISES_WITHIN),
            feedback=tuple(sorted(feedback, key=lambda found: found.on)),
            first_days=tuple(f for f in figures.clients.values() if f.stage.stage is Stage.NEW),
            out_of_balance=tuple(
                sorted(
                    (f for f in figures.clients.values() if _out_of_balance(f, as_of)),
                    key=lambda f: -f.fees.last_12_months,
                )
            ),
            people=people,
            ending=tuple(_ending(retainers, figures)),
            overdue=tuple(_overdue(actions, plans, figures)),
        )


def _overdue(actions: list[Action], plans: list[Plan], figures: BookFigures) -> list[OverdueAction]:
    """Give the actions that were due before the day and not done by it, in order of their days."""
    clients = {plan.id: plan.client_id for plan in plans}
    return [
        OverdueAction(clients[action.plan_id], action.title, action.due)
        for action in actions
        if action.due is not None
        and action.due < figures.as_of
        and (action.done_on is None or action.done_on > figures.as_of)
        and clients.get(action.plan_id) in figures.clients
    ]


def _ending(retainers: list[Engagement], figures: BookFigures) -> list[Engagement]:
    """Give the retainers that end soon and that none follows, of clients we still have, the next first."""
    last: dict[int, date] = {}
    for found in retainers:
        last[found.client_id] = max(found.ends or date.max, last.get(found.client_id, date.min))
    soon = [
        found
        for found in retainers
        if end_notice(found.ends, figures.as_of) is not None
        and found.ends == last[found.client_id]
        and found.client_id in figures.clients
        and figures.clients[found.client_id].stage.stage is not Stage.ENDED
    ]
    return sorted(soon, key=lambda found: found.ends or date.max)


def _out_of_balance(figures: ClientFigures, as_of: date) -> bool:
    """Tell whether to warn of a client's dialogue: not where warnings are off, nor while they are silenced."""
    client = figures.client
    if figures.stage.stage is Stage.ENDED or figures.tier is Tier.LIGHT or client.do_not_contact:
        return False
    if client.snoozed_until is not None and client.snoozed_until >= as_of:
        return False
    return figures.dialogue is not None and figures.dialogue.out_of_balance


def _waits(feedback: Feedback, as_of: date) -> bool:
    if feedback.on > as_of:
        return False
    answered = feedback.told_on
    if feedback.kind is FeedbackKind.PRAISE:
        answered = min((day for day in (feedback.told_on, feedback.acted_on) if day), default=None)
    return answered is None or answered > as_of
