"""Others whom rows name: colleagues, people at clients, engagements; those not known are made with it, and told."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.domain.colleagues import Colleague, initials_of
from app.domain.engagements import Engagement
from app.domain.names import name_key
from app.domain.people import Person
from app.domain.vocabulary import EngagementKind, Influence, Sentiment
from app.services.imports import Batch

TOLD_AT_MOST = 8


@dataclass(slots=True)
class ColleagueNames:
    """Colleagues by name, initials or mail address."""

    batch: Batch
    _ids: dict[str, int] = field(default_factory=dict)
    _names: dict[int, str] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, colleagues: Iterable[Colleague], batch: Batch) -> "ColleagueNames":
        """Know the colleagues of the book; a name outranks another's initials."""
        known = cls(batch)
        listed = list(colleagues)
        for colleague in listed:
            known._ids.setdefault(name_key(colleague.name), colleague.id)
            known._names[colleague.id] = colleague.name
        for colleague in listed:
            for text in (colleague.initials, colleague.email):
                if text:
                    known._ids.setdefault(name_key(text), colleague.id)
        return known

    def known(self, text: str) -> int | None:
        """Give the colleague meant, None where the text is empty or means nobody."""
        return self._ids.get(name_key(text)) if text else None

    def resolve(self, text: str) -> int | None:
        """Give the colleague meant, a new one where nobody is known by the text, None where it is empty."""
        found = self.known(text)
        if found is None and text:
            found = self.batch.insert("colleague", name=text, initials=initials_of(text), email="", active=True)
            self._ids[name_key(text)] = found
            self._names[found] = text
            self.fresh.append(text)
        return found

    def name_of(self, text: str) -> str:
        """Give the colleague's own name for what a list calls him, the text itself where he is not known."""
        found = self.known(text)
        return text if found is None else self._names[found]

    def named(self, colleague_id: int) -> str:
        """Give the name of a colleague of the book."""
        return self._names[colleague_id]

    def notices(self) -> list[str]:
        """Tell who is new."""
        return _fresh("colleague", "colleagues", self.fresh)


@dataclass(slots=True)
class PeopleNames:
    """People at clients by name."""

    batch: Batch
    _ids: dict[tuple[int, str], int] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, people: Iterable[Person], batch: Batch) -> "PeopleNames":
        """Know the people of the book."""
        known = cls(batch)
        for person in people:
            known._ids.setdefault((person.client_id, name_key(person.name)), person.id)
        return known

    def resolve(self, client_id: int, name: str) -> int:
        """Give the person of a client, a new one where nobody has the name."""
        key = (client_id, name_key(name))
        if key not in self._ids:
            self._ids[key] = self.batch.insert(
                "person",
                client_id=client_id,
                name=name,
                influence=Influence.UNKNOWN,
                sentiment=Sentiment.UNKNOWN,
            )
            self.fresh.append(name)
        return self._ids[key]

    def notices(self) -> list[str]:
        """Tell who is new."""
        return _fresh("person", "people", self.fresh)


@dataclass(slots=True)
class EngagementNames:
    """Engagements of clients by name."""

    batch: Batch
    _ids: dict[tuple[int, str], int] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, engagements: Iterable[Engagement], batch: Batch) -> "EngagementNames":
        """Know the engagements of the book."""
        known = cls(batch)
        for engagement in engagements:
            known._ids.setdefault((engagement.client_id, engagement.name.lower()), engagement.id)
        return known

    def resolve(self, client_id: int, name: str) -> int | None:
        """Give the engagement of a client, a new project where none has the name, None for an empty name."""
        if not name:
            return None
        key = (client_id, name.lower())
        if key not in self._ids:
            self._ids[key] = self.batch.insert(
                "engagement", client_id=client_id, name=name, kind=EngagementKind.PROJECT
            )
            self.fresh.append(name)
        return self._ids[key]

    def notices(self) -> list[str]:
        """Tell which are new."""
        return _fresh("engagement", "engagements", self.fresh)


def _fresh(one: str, many: str, names: list[str]) -> list[str]:
    if not names:
        return []
    different = list(dict.fromkeys(names))
    shown = ", ".join(different[:TOLD_AT_MOST]) + (", …" if len(different) > TOLD_AT_MOST else "")
    return [f"{len(names)} {one if len(names) == 1 else many} not known before: {shown}."]
