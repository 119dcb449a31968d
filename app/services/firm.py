"""The firm's settings, its colleagues and what it promises each tier."""

from collections.abc import Iterable
from datetime import date

from app.data import firm as data
from app.data.database import Database
from app.data.nouns import COLLEAGUES, HOURLY_COSTS
from app.domain import colleagues as colleague_rules
from app.domain import firm as firm_rules
from app.domain import service_levels as level_rules
from app.domain.checking import InvalidInputError
from app.domain.colleagues import Colleague, ColleagueDraft, HourlyCost
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

    def set_cost(self, colleague_id: int, since: date, amount: int) -> None:
        """Say what an hour of a colleague costs from a day on, in minor units; the same day is overwritten."""
        if amount < 0:
            raise InvalidInputError.one("amount", "An hourly cost cannot be negative.")
        cost = HourlyCost(colleague_id=colleague_id, since=since, amount=amount)
        with self._database.write(tr("change an hourly cost")) as recorder:
            same = HOURLY_COSTS.having(recorder.connection, colleague_id=colleague_id, since=since)
            if same:
                HOURLY_COSTS.update(recorder, same[0].id, cost)
            else:
                HOURLY_COSTS.insert(recorder, cost)
