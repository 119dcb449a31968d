"""Client plans: objectives and the actions that reach them."""

from dataclasses import dataclass
from datetime import date

from app.data.database import Database
from app.data.nouns import ACTIONS, OBJECTIVES, PLANS
from app.domain import plans as rules
from app.domain.plans import Action, ActionDraft, Objective, ObjectiveDraft, Plan, PlanDraft
from app.services.records import Records
from app.words import steps
from app.words.catalogue import tr


@dataclass(frozen=True, slots=True)
class WholePlan:
    """A plan with its objectives and actions."""

    plan: Plan
    objectives: tuple[Objective, ...]
    actions: tuple[Action, ...]


class Plans(Records[PlanDraft, Plan]):
    """One client's plan for a period each."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, PLANS, rules.check, steps.PLAN)

    def whole(self, client_id: int) -> list[WholePlan]:
        """Read a client's plans with all they hold, the latest first."""
        with self._database.read() as connection:
            plans = PLANS.having(connection, client_id=client_id)
            ids = tuple(plan.id for plan in plans)
            objectives = OBJECTIVES.having(connection, plan_id=ids)
            actions = ACTIONS.having(connection, plan_id=ids)
        return [
            WholePlan(
                plan,
                tuple(objective for objective in objectives if objective.plan_id == plan.id),
                tuple(action for action in actions if action.plan_id == plan.id),
            )
            for plan in plans
        ]


class Objectives(Records[ObjectiveDraft, Objective]):
    """What is to be reached."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, OBJECTIVES, rules.check_objective, steps.OBJECTIVE)


class Actions(Records[ActionDraft, Action]):
    """What is to be done."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, ACTIONS, rules.check_action, steps.ACTION)

    def tick(self, action_id: int, on: date | None) -> None:
        """Mark an action as done on a day, or as open again (None)."""
        with self._database.write(tr("action done") if on else tr("reopen action")) as recorder:
            self._set(recorder, action_id, {"done_on": on})
