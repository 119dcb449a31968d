"""People at a client: stakeholders with role, influence and ways to reach them."""

from dataclasses import dataclass
from datetime import date

from app.domain.checking import Problem
from app.domain.vocabulary import Influence, Sentiment


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDraft:
    """Somebody at a client, as typed; a name alone is enough. `sentiment` and `notes` stay internal."""

    client_id: int
    name: str
    role: str = ""
    level: str = ""
    influence: Influence = Influence.UNKNOWN
    sentiment: Sentiment = Sentiment.UNKNOWN
    email: str = ""
    phone: str = ""
    channel: str = ""
    drivers: str = ""
    left_on: date | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(PersonDraft):
    """Somebody at a client."""

    id: int


def check(draft: PersonDraft) -> tuple[Problem, ...]:
    """Name everything wrong with a person."""
    problems = []
    if not draft.name.strip():
        problems.append(Problem("name", "A person needs a name.", "A first name is enough."))
    if draft.email and "@" not in draft.email:
        problems.append(Problem("email", f"“{draft.email}” is no mail address.", "It needs an @; or leave it empty."))
    return tuple(problems)
