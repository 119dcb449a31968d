"""Contacts: one exchange each, logged (METRICS C1)."""

from dataclasses import dataclass
from datetime import date

from app.domain.checking import Problem
from app.domain.vocabulary import NEVER_COUNTS, Began, Channel, Direction, Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDraft:
    """One exchange. `at` is HH:MM or empty. The `summary` may be shared with the client, the `note` never.

    `planned` is an appointment that has not taken place; it silences a warning but counts as no contact.
    """

    client_id: int
    on: date
    direction: Direction
    channel: Channel = Channel.OTHER
    at: str = ""
    began: Began | None = None
    purpose: Purpose | None = None
    minutes: int | None = None
    summary: str = ""
    note: str = ""
    counts: bool = True
    planned: bool = False
    people: tuple[int, ...] = ()
    colleagues: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(ContactDraft):
    """One exchange of the book; `people` and `colleagues` are ids of those present."""

    id: int


def counts_by_rule(channel: Channel) -> bool:
    """Tell whether a channel counts as personal contact by default (METRICS C1)."""
    return channel not in NEVER_COUNTS


def check(draft: ContactDraft) -> tuple[Problem, ...]:
    """Name everything wrong with a contact."""
    problems = []
    if draft.minutes is not None and not 0 <= draft.minutes <= 24 * 60:
        problems.append(Problem("minutes", "A contact lasts between 0 minutes and a day."))
    if draft.at and not _is_time(draft.at):
        problems.append(Problem("at", f"“{draft.at}” is no time of day.", "Write it as 14:30."))
    return tuple(problems)


def _is_time(text: str) -> bool:
    hours, _, minutes = text.partition(":")
    if not (hours.isascii() and minutes.isascii() and hours.isdecimal() and minutes.isdecimal()):
        return False
    return int(hours) < 24 and int(minutes) < 60 and len(minutes) == 2
