"""People and colleagues of the sample agency, found by the short names its lines use."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.colleagues import ColleagueDraft, HourlyCost
from app.domain.people import PersonDraft
from app.domain.vocabulary import Influence, Sentiment
from app.samples.days import ago
from app.samples.drafts import BookDrafts
from app.samples.specs import AgencySpec, ClientSpec, ColleagueSpec, PersonSpec

_TITLES = ("Dr", "Captain", "Sister")
LEAVER_GONE = 400


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person or colleague: id, first name by which lines call them, and how one speaks of them."""

    id: int
    first: str
    spoken: str
    spec: PersonSpec | ColleagueSpec

    @property
    def sentiment(self) -> str:
        """Give how they stand towards us."""
        return self.spec.sentiment if isinstance(self.spec, PersonSpec) else "unknown"

    @property
    def owns(self) -> bool:
        """Tell whether the firm is theirs."""
        return isinstance(self.spec, PersonSpec) and self.spec.level == "Owner"

    def here(self, days_ago: int) -> bool:
        """Tell whether they were there so many days ago."""
        if isinstance(self.spec, ColleagueSpec):
            return self.spec.active or days_ago > LEAVER_GONE
        arrived = self.spec.since is None or days_ago <= self.spec.since
        return arrived and (self.spec.left is None or days_ago > self.spec.left)


def add_people(book: BookDrafts, spec: ClientSpec, client_id: int) -> tuple[Somebody, ...]:
    """Add the people of a client."""
    found = []
    for number, person in enumerate(spec.people):
        words = [word for word in person.name.split() if word not in _TITLES]
        draft = PersonDraft(
            client_id=client_id,
            name=person.name,
            role=person.role,
            level=person.level,
            influence=Influence(person.influence),
            sentiment=Sentiment(person.sentiment),
            email=f"{_plain(words[0])}.{_plain(words[-1])}@{spec.domain}" if spec.known else "",
            phone=_phone(client_id, number) if spec.known and number < 2 else "",
            channel=person.channel,
            drivers=person.drivers,
            left_on=None if person.left is None else ago(book.today, person.left),
            notes=person.notes,
        )
        found.append(Somebody(book.people.add(draft), words[0], _spoken(person.name, words), person))
    return tuple(found)


def add_colleagues(book: BookDrafts, spec: AgencySpec, today: date) -> Mapping[str, Somebody]:
    """Add us, with what our hours cost from which day on; by initials."""
    found = {}
    for entry in spec.colleagues:
        email = f"{_plain(entry.name.split()[0])}@pembertonvale.example"
        draft = ColleagueDraft(name=entry.name, initials=entry.initials, email=email, active=entry.active)
        colleague_id = book.colleagues.add(draft)
        first = entry.name.split()[0]
        found[entry.initials] = Somebody(colleague_id, first, first, entry)
        for days, pounds in entry.costs:
            cost = HourlyCost(colleague_id=colleague_id, since=ago(today, days), amount=100 * pounds)
            book.hourly_costs.add(cost)
    return found


def _spoken(name: str, words: list[str]) -> str:
    title = name.split(maxsplit=1)[0]
    if title not in _TITLES:
        return words[0]
    return f"{title} {words[0] if title == 'Sister' else words[-1]}"


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.replace("ø", "o").lower())
    return re.sub(r"[^a-z-]", "", letters)


def _phone(client_id: int, number: int) -> str:
    # Numbers kept free for plays and films: nobody is ever rung.
    return f"01632 960{client_id * 2 + number:03d}" if number == 0 else f"07700 900{client_id * 2 + number:03d}"
