"""People at clients."""

from app.data.database import Database
from app.data.nouns import PEOPLE
from app.domain import people as rules
from app.domain.people import Person, PersonDraft
from app.services.records import Records
from app.words import steps


class People(Records[PersonDraft, Person]):
    """Stakeholders."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, PEOPLE, rules.check, steps.PERSON)
