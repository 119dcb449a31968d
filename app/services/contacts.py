"""The log of the dialogue."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.data import clients as client_data
from app.data import contacts as data
from app.data import schema
from app.data.database import Database
from app.data.nouns import PROMISES
from app.domain import contacts as rules
from app.domain import promises as promise_rules
from app.domain.checking import InvalidInputError
from app.domain.contacts import Contact, ContactDraft
from app.domain.promises import PromiseDraft
from app.errors import AskedWrongError
from app.words import steps
from app.words.catalogue import tr


class Contacts:
    """The log of the dialogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def every(self) -> list[Contact]:
        """Read every contact of the book, newest first."""
        with self._database.read() as connection:
            return data.every(connection)

    def of_client(self, client_id: int) -> list[Contact]:
        """Read the dialogue with one client, newest first, planned ones included."""
        with self._database.read() as connection:
            return data.of_client(connection, client_id)

    def get(self, contact_id: int) -> Contact:
        """Read one contact; AskedWrongError where it does not exist."""
        with self._database.read() as connection:
            found = data.one(connection, contact_id)
        if found is None:
            raise _gone()
        return found

    def log(self, draft: ContactDraft, promises: Sequence[PromiseDraft] = ()) -> int:
        """Log a contact with the promises made in it, in one step; gives the contact's id."""
        problems = [*rules.check(draft), *(p for promise in promises for p in promise_rules.check(promise))]
        if problems:
            raise InvalidInputError(*problems)
        with self._database.write("") as recorder:
            client = client_data.one(recorder.connection, draft.client_id)
            if client is None:
                raise AskedWrongError(steps.CLIENT.gone(), "It was deleted meanwhile; undo brings it back.")
            words = tr("plan contact with {client}") if draft.planned else tr("log contact with {client}")
            recorder.what = words.format(client=steps.short(client.name))
            contact_id = data.insert(recorder, draft)
            for promise in promises:
                PROMISES.insert(recorder, replace(promise, client_id=draft.client_id, contact_id=contact_id))
        return contact_id

    def change(self, contact_id: int, draft: ContactDraft) -> None:
        """Write what differs of a contact."""
        problems = rules.check(draft)
        if problems:
            raise InvalidInputError(*problems)
        with self._database.write(steps.CONTACT.changed(draft)) as recorder:
            if data.one(recorder.connection, contact_id) is None:
                raise _gone()
            data.update(recorder, contact_id, draft)

    def delete(self, ids: Iterable[int]) -> None:
        """Delete contacts, in one step; promises made in them stay."""
        wanted = tuple(ids)
        with self._database.write(steps.CONTACT.deleted(len(wanted))) as recorder:
            found = data.one(recorder.connection, wanted[0]) if len(wanted) == 1 else None
            client = client_data.one(recorder.connection, found.client_id) if found else None
            if client:
                recorder.what = tr("delete contact with {client}").format(client=steps.short(client.name))
            recorder.delete(schema.contact, wanted)


def _gone() -> AskedWrongError:
    return AskedWrongError(steps.CONTACT.gone(), "It was deleted meanwhile; undo brings it back.")
