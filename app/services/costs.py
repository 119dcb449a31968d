"""Costs: money out."""

from app.data.database import Database
from app.data.nouns import COSTS
from app.domain import costs as rules
from app.domain.costs import Cost, CostDraft
from app.services.records import Records
from app.words import steps


class Costs(Records[CostDraft, Cost]):
    """Money out, for a client or the firm's general spend."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, COSTS, rules.check, steps.COST)
