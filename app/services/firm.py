"""The firm's settings, its colleagues and what it promises each tier."""

from collections.abc import Iterable
from datetime import date

from app.data import firm as data
from app.data.database import Database
from app.data.nouns import COLLEAGUES, HOURLY_COSTS
from app.data.recorder import Recorder
from app.domain import colleagues as colleague_rules
from app.domain import firm as firm_rules
from app.domain import service_levels as level_rules
from app.domain.checking import InvalidInputError
from app.domain.colleagues import Colleague, ColleagueDraft, HourlyCost, HourlyCostDraft
from app.domain.firm import Firm
from app.domain.service_levels import CadenceRule, TierLevel
from app.services.records import Records
from app.words import steps
from app.words.catalogue import tr


class FirmSettings:
    """What every figure depends on: currency, rules, tiers, cadences."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self) -> Firm:
        """Read the firm."""
        with self._database.read() as connection:
            return data.read(connection)

    def change(self, firm: Firm) -> None:
        """Write what differs of the firm's settings; the currency stays once the book holds money."""
        problems = firm_rules.check(firm)
        if problems:
            raise InvalidInputError(*problems)
        with self._database.write(tr("change settings")) as recorder:
            connection = recorder.connection
            if firm.currency != data.read(connection).currency and data.holds_money(connection):
                raise InvalidInputError.one(
                    "currency",
                    "The book holds fees or costs in its currency, and none of them would be right in another.",
                    "Make a new book in the other currency.",
                )
            data.update(recorder, firm)

    def tiers(self) -> list[TierLevel]:
        """Read the tiers, highest first."""
        with self._database.read() as connection:
            return data.tiers(connection)

    def change_tiers(self, levels: Iterable[TierLevel]) -> None:
        """Write what differs of the tiers, in one step."""
        changed = tuple(levels)
        problems = [problem for level in changed for problem in level_rules.check(level)]
        if problems:
            raise InvalidInputError(*problems)
        with self._database.write(tr("change tiers")) as recorder:
            for level in changed:
                data.update_tier(recorder, level)

    def cadence(self) -> list[CadenceRule]:
        """Read the cadence table (METRICS C2)."""
        with self._database.read() as connection:
            return data.cadence(connection)

    def change_cadence(self, rules: Iterable[CadenceRule]) -> None:
        """Write what differs of the cadence table, in one step."""
        changed = tuple(rules)
        if any(rule.days is not None and rule.days < 1 for rule in changed):
            raise InvalidInputError.one("days", "A cadence is at least one day.", "Leave it empty for none.")
        with self._database.write(tr("change the cadence table")) as recorder:
            for rule in changed:
                data.update_cadence(recorder, rule)


class Colleagues(Records[ColleagueDraft, Colleague]):
    """Us, with what our hours cost."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, COLLEAGUES, colleague_rules.check, steps.COLLEAGUE)

    def costs(self) -> list[HourlyCost]:
        """Read every hourly cost of everybody, oldest first."""
        with self._database.read() as connection:
            return HOURLY_COSTS.every(connection)

    def add(self, draft: ColleagueDraft, cost: HourlyCostDraft | None = None) -> int:
        """Write a new one, with what an hour costs if that is known; gives the id."""
        self._must_be_right(draft, cost)
        with self._database.write(self._words.added(draft)) as recorder:
            colleague_id = self._noun.insert(recorder, draft)
            _keep(recorder, colleague_id, cost)
            return colleague_id

    def change(self, record_id: int, draft: ColleagueDraft, cost: HourlyCostDraft | None = None) -> None:
        """Write what differs, and another hourly cost if one is given; the same day is overwritten."""
        self._must_be_right(draft, cost)
        with self._database.write(self._words.changed(draft)) as recorder:
            self._update(recorder, record_id, draft)
            _keep(recorder, record_id, cost)

    def set_cost(self, colleague_id: int, since: date, amount: int) -> None:
        """Say what an hour of a colleague costs from a day on, in minor units; the same day is overwritten."""
        cost = HourlyCostDraft(since, amount)
        problems = colleague_rules.check_cost(cost)
        if problems:
            raise InvalidInputError(*problems)
        with self._database.write(tr("change an hourly cost")) as recorder:
            _keep(recorder, colleague_id, cost)

    def _must_be_right(self, draft: ColleagueDraft | Colleague, cost: HourlyCostDraft | None = None) -> None:
        problems = (*colleague_rules.check(draft), *(colleague_rules.check_cost(cost) if cost else ()))
        if problems:
            raise InvalidInputError(*problems)


def _keep(recorder: Recorder, colleague_id: int, draft: HourlyCostDraft | None) -> None:
    if draft is None:
        return
    cost = HourlyCost(colleague_id=colleague_id, since=draft.since, amount=draft.amount)
    same = HOURLY_COSTS.having(recorder.connection, colleague_id=colleague_id, since=draft.since)
    if same:
        HOURLY_COSTS.update(recorder, same[0].id, cost)
    else:
        HOURLY_COSTS.insert(recorder, cost)
