"""Feedback and the loop that answers it (METRICS C9)."""

from datetime import date

from app.data import contacts as contact_data
from app.data.database import Database
from app.data.nouns import FEEDBACK
from app.domain import contacts as contact_rules
from app.domain import feedback as rules
from app.domain.checking import InvalidInputError
from app.domain.contacts import ContactDraft
from app.domain.feedback import Feedback, FeedbackDraft
from app.services.records import Records
from app.words import steps
from app.words.catalogue import tr


class FeedbackLoop(Records[FeedbackDraft, Feedback]):
    """What clients said, and what became of it."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, FEEDBACK, rules.check, steps.FEEDBACK)

    def own(self, feedback_id: int, owner_id: int | None, on: date) -> None:
        """Say who takes care of a feedback, from a day on."""
        self._step(feedback_id, tr("own feedback"), {"owner_id": owner_id, "owned_on": on})

    def act(self, feedback_id: int, action: str, on: date) -> None:
        """Say what was done about it."""
        self._step(feedback_id, tr("act on feedback"), {"action": action, "acted_on": on})

    def tell(self, feedback_id: int, contact: ContactDraft) -> int:
        """Close the loop: log the contact in which the client was told; gives the contact's id."""
        problems = contact_rules.check(contact)
        if problems:
            raise InvalidInputError(*problems)
        with self._database.write(tr("tell the client what came of it")) as recorder:
            contact_id = contact_data.insert(recorder, contact)
            self._set(recorder, feedback_id, {"told_on": contact.on, "told_contact_id": contact_id})
        return contact_id

    def _step(self, feedback_id: int, what: str, values: dict[str, object]) -> None:
        with self._database.write(what) as recorder:
            self._set(recorder, feedback_id, values)
