"""The dialogue with one client of the sample agency: hand-written lines, and a believable past before them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.vocabulary import Channel, Direction, Purpose
from app.samples.cast import Cast, Present
from app.samples.contacts import SEVERAL, TIMED, Exchange, add_contact
from app.samples.days import ago, workday
from app.samples.drafts import BookDrafts
from app.samples.phrases import Phrases, Scene, filled
from app.samples.promises import add_drawn_promise

_DIRECTIONS = {">": Direction.OUT, "<": Direction.IN, "<>": Direction.BOTH}
_LINE = re.compile(r"^(-?\d+) (?:(<>|[<>]) )?(\w+) (\w+)(?: (.+))?$")
_PURPOSES = {
    Direction.OUT: (("serve", 62), ("inform", 18), ("ask", 6), ("sell", 11), ("reward", 3)),
    Direction.IN: (("serve", 66), ("inform", 17), ("ask", 17)),
    Direction.BOTH: (("serve", 76), ("inform", 7), ("ask", 6), ("sell", 7), ("reward", 4)),
}
_MOODS = {"warm": (70, 30, 0), "neutral": (12, 83, 5), "cool": (0, 50, 50), "unknown": (0, 100, 0)}
CONVERSATIONS = 0.36


@dataclass(slots=True)
class Dialogue:
    """Writes what was said with one client. `written` are the hand-written contacts by day, `spoken` those of ours."""

    book: BookDrafts
    phrases: Phrases
    client_id: int
    cast: Cast
    written: dict[date, int] = field(default_factory=dict)
    spoken: dict[date, int] = field(default_factory=dict)

    def add_past(self, first_bill: date | None) -> None:
        """Add the generated dialogue, from the day they were met to the first hand-written line."""
        spec, random = self.cast.spec, self.cast.random
        if spec.talk is None or spec.known is None:
            return
        backs = [spec.known]
        while backs[-1] > spec.talk.last:
            backs.append(backs[-1] - max(2, round(spec.talk.every * random.uniform(0.55, 1.5))))
        backs = [back for back in backs if back > spec.talk.last + spec.talk.every // 3] + [spec.talk.last]
        won = spec.known if first_bill is None else (self.book.today - first_bill).days
        own = _places(backs, won, spec.own)
        for number, back in enumerate(backs):
            if number in own:
                self.add_line(f"{back} {own[number]}")
            elif back > won:
                self._add_drawn(back, self._courting(number), Purpose.ACQUIRE)
            else:
                self._add_drawn(back, *self._serving(spec.talk.they))

    def add_line(self, line: str) -> None:
        """Add a hand-written contact: `days ago, direction, channel, purpose, names | summary | note`.

        Raises ValueError where it cannot be read.
        """
        head, summary, note = (*(part.strip() for part in line.split("|")), "", "")[:3]
        found = _LINE.match(head)
        if found is None:
            raise ValueError(f"{self.cast.spec.name}: cannot read “{head}”.")
        days, sign, channel, purpose, names = found.groups()
        back = int(days)
        on = workday(ago(self.book.today, back), self.book.today)
        present = self.cast.named(names or "", summary, back)
        scene = self.cast.scene(on, back, present)
        exchange = Exchange(
            on=on,
            direction=_DIRECTIONS.get(sign, Direction.BOTH),
            channel=Channel(channel),
            purpose=Purpose(purpose),
            summary=filled(summary, scene, self.cast.random),
            note=filled(note, scene, self.cast.random),
            planned=back < 0,
        )
        contact = self._add(exchange, present)
        self.written[on] = contact
        if exchange.direction is not Direction.IN:
            self.spoken[on] = contact

    def tell(self, on: date, did: str, present: Present) -> int:
        """Add the contact in which a client heard what became of their words; `did` empty means thanks."""
        scene = self.cast.scene(on, (self.book.today - on).days, present)
        key = "told" if did else "thanked"
        channel, text = self.phrases.draw(self.cast.random, key, self.cast.spec.code, scene)
        summary = text.replace("[did]", did)
        exchange = Exchange(
            on=on, direction=Direction.OUT, channel=Channel(channel), purpose=Purpose.SERVE, summary=summary
        )
        return self._add(exchange, present)

    def _courting(self, number: int) -> Direction:
        draw = self.cast.random.random()
        if number == 0:
            return Direction.IN if draw < 0.4 else Direction.BOTH
        if draw < 0.42:
            return Direction.OUT
        return Direction.BOTH if draw < 0.8 else Direction.IN

    def _serving(self, they: float) -> tuple[Direction, Purpose]:
        draw = self.cast.random.random()
        both = min(CONVERSATIONS, they)
        direction = Direction.BOTH if draw < both else Direction.IN if draw < they + both / 2 else Direction.OUT
        words, weights = zip(*_PURPOSES[direction], strict=True)
        return direction, Purpose(self.cast.random.choices(words, weights)[0])

    def _add_drawn(self, back: int, direction: Direction, purpose: Purpose) -> None:
        random = self.cast.random
        on = workday(ago(self.book.today, back), self.book.today)
        present = self.cast.drawn(back)
        scene = self.cast.scene(on, back, present)
        key = self._key(direction, purpose)
        word, summary = self.phrases.draw(random, key, self.cast.spec.code, scene)
        channel = Channel(word)
        if scene.who not in summary and scene.other and scene.other in summary:
            # A line about the other one only: that is who it was.
            other = next(who for who in self.cast.people if who.spoken == scene.other)
            present = Present((other,), present.colleagues)
            scene = self.cast.scene(on, back, present)
        if channel in SEVERAL and random.random() < 0.6:
            present = self.cast.with_others(present, back)
        exchange = Exchange(
            on=on,
            direction=direction,
            channel=channel,
            purpose=None if random.random() < 0.05 else purpose,
            summary=summary,
            note=self._note(channel, scene, present),
        )
        contact = self._add(exchange, present)
        if key == "both.serve" and channel in TIMED and back > 40 and random.random() < 0.3:
            add_drawn_promise(
                self.book,
                self.phrases,
                client_id=self.client_id,
                contact=contact,
                scene=scene,
                present=present,
                random=random,
            )

    def _key(self, direction: Direction, purpose: Purpose) -> str:
        attempt = self.cast.random.random()
        if direction is Direction.OUT and purpose is Purpose.INFORM and attempt < 0.25:
            return "newsletter"
        if direction is Direction.OUT and purpose is Purpose.SERVE and attempt < 0.05:
            return "voicemail"
        return f"{direction}.{purpose}"

    def _note(self, channel: Channel, scene: Scene, present: Present) -> str:
        random = self.cast.random
        if channel not in TIMED or random.random() >= 0.27:
            return ""
        mood = random.choices(("warm", "neutral", "cool"), _MOODS[present.people[0].sentiment])[0]
        return self.phrases.draw(random, f"notes.{mood}", self.cast.spec.code, scene)[1]

    def _add(self, exchange: Exchange, present: Present) -> int:
        return add_contact(self.book, self.client_id, exchange, present, self.cast.random)


def _places(backs: Sequence[int], won: int, own: Sequence[str]) -> dict[int, str]:
    """Spread the client's own lines, in their order, over the contacts: the courting ones before the first bill."""
    courting = [number for number, back in enumerate(backs) if back > won and number]
    serving = [number for number, back in enumerate(backs) if back <= won]
    places: dict[int, str] = {}
    for wanted, slots in ((True, courting), (False, serving)):
        lines = [line for line in own if (" acquire" in line.split("|")[0]) is wanted][: len(slots)]
        for number, line in enumerate(lines):
            places[slots[(2 * number + 1) * len(slots) // (2 * len(lines))]] = line
    return places
