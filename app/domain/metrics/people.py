"""How well the people of a client are known to us: who decides, who was not spoken to, who alone carries it all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.people import Person
from app.domain.vocabulary import Influence

SILENT_DAYS = 90
CARRIED_DAYS = 180
_WEIGHT = {Influence.DECIDES: 0, Influence.INFLUENCES: 1, Influence.USES: 2, Influence.UNKNOWN: 3}


def is_there(person: Person, as_of: date) -> bool:
    """Tell whether a person had not left by a day."""
    return person.left_on is None or person.left_on > as_of


def by_influence(people: Iterable[Person], as_of: date) -> list[Person]:
    """Put who decides first and who has left last; by name among equals."""
    return sorted(
        people, key=lambda person: (not is_there(person, as_of), _WEIGHT[person.influence], person.name.casefold())
    )


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who of a client's people is there on a day, and where the contact with them is thin.

    `silent` is the most influential person not spoken to for over 90 days, with the day (None: never). `carrier` is the
    only one of several who was spoken to within 180 days: the relationship hangs on one person.
    """

    here: int
    deciding: int
    silent: Person | None
    silent_since: date | None
    carrier: Person | None


def coverage(people: Iterable[Person], spoken: Mapping[int, date], as_of: date) -> Coverage:
    """Look at the people of a client on a day; `spoken` gives person -> last counting contact."""
    here = [person for person in by_influence(people, as_of) if is_there(person, as_of)]
    silent = next((person for person in here if _days(spoken, person, as_of) > SILENT_DAYS), None)
    lively = [person for person in here if _days(spoken, person, as_of) <= CARRIED_DAYS]
    return Coverage(
        here=len(here),
        deciding=sum(1 for person in here if person.influence is Influence.DECIDES),
        silent=silent,
        silent_since=spoken.get(silent.id) if silent is not None else None,
        carrier=lively[0] if len(lively) == 1 and len(here) > 1 else None,
    )


def _days(spoken: Mapping[int, date], person: Person, as_of: date) -> int:
    day = spoken.get(person.id)
    return (as_of - day).days if day is not None else as_of.toordinal()
