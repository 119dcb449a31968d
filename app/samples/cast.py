"""Who is there when something is said with a client of the sample agency, and what it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from app.samples.people import Somebody
from app.samples.phrases import Scene
from app.samples.specs import ClientSpec

LARGE_FROM = 3


@dataclass(frozen=True, slots=True)
class Present:
    """Those of the client and those of us, the first of each the main one."""

    people: tuple[Somebody, ...]
    colleagues: tuple[Somebody, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody who may have to do with one client. Days are days ago."""

    spec: ClientSpec
    people: Sequence[Somebody]
    colleagues: Mapping[str, Somebody]
    random: Random

    def drawn(self, back: int) -> Present:
        """Draw one of them and one of us, of those who were there by then."""
        people = self._theirs(back) or list(self.people[:1])
        weights = [5, 3, 2, 1, 1, 1][: len(people)]
        ours = self._ours(back)
        person = self.random.choices(people, weights)[:1]
        return Present(tuple(person), tuple(self.random.choices(ours, [4, *[2] * (len(ours) - 1)])[:1]))

    def named(self, names: str, text: str, back: int) -> Present:
        """Find those a line names by first name or initials; else those its text speaks of; else draw.

        Raises ValueError where nobody is called so.
        """
        words = names.replace(",", " ").split()
        people = tuple(who for who in self.people if who.first in words)
        colleagues = tuple(who for initials, who in self.colleagues.items() if initials in words)
        if len(words) > len(people) + len(colleagues):
            raise ValueError(f"{self.spec.name}: nobody is called like one of “{names}”.")
        people = people or tuple(who for who in self._theirs(back) if who.first in text)
        drawn = self.drawn(back)
        return Present(people or drawn.people, colleagues or drawn.colleagues)

    def with_others(self, present: Present, back: int) -> Present:
        """Let one more of them join, and perhaps one more of us."""
        theirs = [who for who in self._theirs(back) if who not in present.people][:1]
        ours = [who for who in self._ours(back) if who not in present.colleagues][:1]
        if self.random.random() < 0.5:
            ours = []
        return Present((*present.people, *theirs), (*present.colleagues, *ours))

    def person(self, first: str) -> Somebody:
        """Find one of them by first name."""
        return next(who for who in self.people if who.first == first)

    def scene(self, on: date, back: int, present: Present) -> Scene:
        """Set the scene for a line: whom it may name, and the topic of those weeks."""
        others = [who for who in self._theirs(back) if who not in present.people]
        ours = [who for who in self._ours(back) if who not in present.colleagues]
        return Scene(
            day=on,
            topic=self._topic(back),
            press=self.spec.press,
            who=present.people[0].spoken,
            other=others[0].spoken if others else "",
            us=present.colleagues[0].spoken,
            us2=ours[0].spoken if ours else "Wendeline",
            large=len(self.people) >= LARGE_FROM and not any(who.owns for who in self.people),
        )

    def _topic(self, back: int) -> str:
        topics, known = self.spec.topics, self.spec.known or 1
        last = self.spec.talk.last if self.spec.talk else 0
        if not topics:
            return "what they do"
        place = (known - back) / max(known - last, 1) * len(topics) + self.random.uniform(-0.8, 0.8)
        return topics[min(max(int(place), 0), len(topics) - 1)]

    def _theirs(self, back: int) -> list[Somebody]:
        return [who for who in self.people if who.here(back)]

    def _ours(self, back: int) -> list[Somebody]:
        team = dict.fromkeys((self.spec.owner, *self.spec.team))
        return [who for initials in team if (who := self.colleagues[initials]).here(back)]
