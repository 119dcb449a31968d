"""The plain nouns: each a table and a value, read and written alike. Clients and contacts have modules of their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Table

from app.data import schema
from app.data.recorder import Recorder
from app.data.rows import fetch, values_of
from app.domain.colleagues import Colleague, HourlyCost
from app.domain.costs import Cost
from app.domain.engagements import Engagement
from app.domain.feedback import Feedback
from app.domain.fees import Fee
from app.domain.people import Person
from app.domain.plans import Action, Objective, Plan
from app.domain.promises import Promise

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Noun(Generic[Value]):
    """How one noun is kept: its table, its value, and the order in which a person reads it."""

    table: Table
    kind: type[Value]
    order: tuple[ColumnElement[Any], ...]

    def every(self, connection: Connection) -> list[Value]:
        """Read all of them."""
        return fetch(connection, self.kind, self.table, order=self.order)

    def having(self, connection: Connection, **columns: object) -> list[Value]:
        """Read those with the column values given; a tuple means any of its items."""
        where = [
            self.table.c[name].in_(value) if isinstance(value, tuple) else self.table.c[name] == value
            for name, value in columns.items()
        ]
        return fetch(connection, self.kind, self.table, *where, order=self.order)

    def one(self, connection: Connection, row_id: int) -> Value | None:
        """Read one, or None where it does not exist."""
        found = self.having(connection, id=row_id)
        return found[0] if found else None

    def insert(self, recorder: Recorder, draft: object) -> int:
        """Write a new one."""
        return recorder.insert(self.table, values_of(draft, self.table))

    def update(self, recorder: Recorder, row_id: int, draft: object) -> None:
        """Write what differs."""
        recorder.update(self.table, row_id, values_of(draft, self.table))

    def delete(self, recorder: Recorder, ids: Iterable[int]) -> int:
        """Delete them with all that belongs to them."""
        return recorder.delete(self.table, ids)


COLLEAGUES = Noun(schema.colleague, Colleague, (schema.colleague.c.active.desc(), schema.colleague.c.name))
HOURLY_COSTS = Noun(schema.hourly_cost, HourlyCost, (schema.hourly_cost.c.since,))
PEOPLE = Noun(schema.person, Person, (schema.person.c.left_on, schema.person.c.name))
PLANS = Noun(schema.plan, Plan, (schema.plan.c.starts.desc(),))
OBJECTIVES = Noun(schema.objective, Objective, ())
ACTIONS = Noun(schema.action, Action, (schema.action.c.due.is_(None), schema.action.c.due))
PROMISES = Noun(schema.promise, Promise, (schema.promise.c.due.is_(None), schema.promise.c.due))
ENGAGEMENTS = Noun(schema.engagement, Engagement, (schema.engagement.c.starts.desc(),))
FEES = Noun(schema.fee, Fee, (schema.fee.c.on.desc(),))
COSTS = Noun(schema.cost, Cost, (schema.cost.c.on.desc(),))
FEEDBACK = Noun(schema.feedback, Feedback, (schema.feedback.c.on.desc(),))
