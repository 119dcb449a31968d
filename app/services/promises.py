"""Promises: what we owe and what they owe."""

from datetime import date

from app.data.database import Database
from app.data.nouns import PROMISES
from app.domain import promises as rules
from app.domain.promises import Promise, PromiseDraft
from app.services.records import Records
from app.words import steps
from app.words.catalogue import tr


class Promises(Records[PromiseDraft, Promise]):
    """What we owe and what they owe."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, PROMISES, rules.check, steps.PROMISE)

    def keep(self, promise_id: int, on: date) -> None:
        """Mark a promise as kept."""
        self._close(promise_id, tr("promise kept"), {"kept_on": on, "broken_on": None})

    def give_up(self, promise_id: int, on: date) -> None:
        """Mark a promise as broken: it will not be kept."""
        self._close(promise_id, tr("promise broken"), {"kept_on": None, "broken_on": on})

    def reopen(self, promise_id: int) -> None:
        """Open a promise again."""
        self._close(promise_id, tr("reopen promise"), {"kept_on": None, "broken_on": None})

    def _close(self, promise_id: int, what: str, values: dict[str, date | None]) -> None:
        with self._database.write(what) as recorder:
            self._set(recorder, promise_id, values)
