"""Promises: something owed out of a contact or a feedback, by us or by them."""

from dataclasses import dataclass
from datetime import date

from app.domain.checking import Problem
from app.domain.vocabulary import PromiseBy


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseDraft:
    """What is owed, by whom, until when; open until it is kept or broken on a day."""

    client_id: int
    what: str
    by: PromiseBy = PromiseBy.US
    due: date | None = None
    contact_id: int | None = None
    person_id: int | None = None
    colleague_id: int | None = None
    kept_on: date | None = None
    broken_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise(PromiseDraft):
    """Something owed."""

    id: int

    def is_open(self, as_of: date) -> bool:
        """Tell whether it was neither kept nor broken by a day."""
        closed = self.kept_on or self.broken_on
        return closed is None or closed > as_of


def check(draft: PromiseDraft) -> tuple[Problem, ...]:
    """Name everything wrong with a promise."""
    return () if draft.what.strip() else (Problem("what", "A promise needs words.", "Say what is owed."),)
