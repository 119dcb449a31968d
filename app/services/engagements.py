"""Engagements: projects and retainers."""

from app.data.database import Database
from app.data.nouns import ENGAGEMENTS
from app.domain import engagements as rules
from app.domain.engagements import Engagement, EngagementDraft
from app.services.records import Records
from app.words import steps


class Engagements(Records[EngagementDraft, Engagement]):
    """What groups fees and costs."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, ENGAGEMENTS, rules.check, steps.ENGAGEMENT)
