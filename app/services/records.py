"""Add, change and delete: what every plain noun can do, each one transaction and one undo step."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Generic, TypeVar

from app.data.database import Database
from app.data.nouns import Noun
from app.data.recorder import Recorder
from app.domain.checking import InvalidInputError, Problem
from app.errors import AskedWrongError
from app.words import steps

Draft = TypeVar("Draft")
Value = TypeVar("Value")


class Records(Generic[Draft, Value]):
    """One noun of the book. Subclasses add what only their noun can do."""

    def __init__(
        self,
        database: Database,
        noun: Noun[Value],
        check: Callable[[Any], tuple[Problem, ...]],
        words: steps.NounWords,
    ) -> None:
        self._database = database
        self._noun = noun
        self._check = check
        self._words = words

    def get(self, record_id: int) -> Value:
        """Read one; AskedWrongError where it does not exist (deleted meanwhile)."""
        with self._database.read() as connection:
            found = self._noun.one(connection, record_id)
        if found is None:
            raise self._gone()
        return found

    def every(self) -> list[Value]:
        """Read all of the book."""
        with self._database.read() as connection:
            return self._noun.every(connection)

    def of_client(self, client_id: int) -> list[Value]:
        """Read those of one client."""
        return self.having(client_id=client_id)

    def having(self, **columns: object) -> list[Value]:
        """Read those with the values given; a tuple means any of its items."""
        with self._database.read() as connection:
            return self._noun.having(connection, **columns)

    def add(self, draft: Draft) -> int:
        """Write a new one and give its id; InvalidInputError names what is wrong with the draft."""
        self._must_be_right(draft)
        with self._database.write(self._words.added(draft)) as recorder:
            return self._noun.insert(recorder, draft)

    def change(self, record_id: int, draft: Draft) -> None:
        """Write what differs; a draft equal to what stands there is no step. AskedWrongError where it is gone."""
        self._must_be_right(draft)
        with self._database.write(self._words.changed(draft)) as recorder:
            self._update(recorder, record_id, draft)

    def delete(self, ids: Iterable[int]) -> None:
        """Delete some, with all that belongs to them, in one step."""
        wanted = tuple(ids)
        with self._database.write(self._words.deleted(len(wanted))) as recorder:
            if len(wanted) == 1:
                recorder.what = self._words.deleted(1, self._noun.one(recorder.connection, wanted[0]))
            self._noun.delete(recorder, wanted)

    def _update(self, recorder: Recorder, record_id: int, draft: Draft) -> None:
        if self._noun.one(recorder.connection, record_id) is None:
            raise self._gone()
        self._noun.update(recorder, record_id, draft)

    def _set(self, recorder: Recorder, record_id: int, values: Mapping[str, object]) -> None:
        """Change some fields of one, checked as a whole."""
        found: Any = self._noun.one(recorder.connection, record_id)
        if found is None:
            raise self._gone()
        self._must_be_right(replace(found, **values))
        recorder.update(self._noun.table, record_id, values)

    def _gone(self) -> AskedWrongError:
        return AskedWrongError(self._words.gone(), "It was deleted meanwhile; undo brings it back.")

    def _must_be_right(self, draft: Draft | Value) -> None:
        problems = self._check(draft)
        if problems:
            raise InvalidInputError(*problems)
