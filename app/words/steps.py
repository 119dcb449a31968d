"""The phrases of the history and of “Undo …”: what a person did, in a few words."""

from dataclasses import dataclass

from app.words.catalogue import tr, trn


def short(text: str, most: int = 40) -> str:
    """Cut a text for a menu."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class NounWords:
    """A noun in one and many, and the field that names one of them ('' where none does)."""

    one: str
    many: str
    named_by: str = ""

    def added(self, draft: object) -> str:
        """Say that one was added."""
        return tr("add {what}").format(what=self._called(draft))

    def changed(self, draft: object) -> str:
        """Say that one was changed."""
        return tr("change {what}").format(what=self._called(draft))

    def deleted(self, number: int, only: object = None) -> str:
        """Say how many were deleted, or which where it was `only` one."""
        if only is not None:
            return tr("delete {what}").format(what=self._called(only))
        return tr("delete {what}").format(what=trn("{n} " + self.one, "{n} " + self.many, number))

    def gone(self) -> str:
        """Say that one no longer exists."""
        return tr("This {what} no longer exists.").format(what=self.one)

    def _called(self, record: object) -> str:
        name = getattr(record, self.named_by) if self.named_by else ""
        return f"{self.one} “{short(name)}”" if name else self.one


CLIENT = NounWords("client", "clients", "name")
COLLEAGUE = NounWords("colleague", "colleagues", "name")
PERSON = NounWords("person", "people", "name")
PLAN = NounWords("plan", "plans", "title")
OBJECTIVE = NounWords("objective", "objectives", "title")
ACTION = NounWords("action", "actions", "title")
PROMISE = NounWords("promise", "promises", "what")
ENGAGEMENT = NounWords("engagement", "engagements", "name")
FEE = NounWords("fee", "fees", "document")
COST = NounWords("cost", "costs", "note")
CONTACT = NounWords("contact", "contacts")
FEEDBACK = NounWords("feedback", "feedback")


def logged(client: str) -> str:
    """Say that a contact was logged."""
    return tr("log contact with {client}").format(client=short(client))


def for_clients(what: str, number: int) -> str:
    """Say that something was set for several clients at once."""
    return trn(what + " of {n} client", what + " of {n} clients", number)
