"""What account people write: lines drawn from the pool, slots filled, nothing said twice to one client."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from app.samples.days import month_after, season_after

_BROADCAST = re.compile(r"radio|television|podcast|blog|correspondents|reporters|writers")
_SENTENCE = re.compile(r"(?:^“?|(?<=[.!?] ))[a-z]")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
LARGE = "! "
MOST_ALIKE = 2
REST = 9


@dataclass(frozen=True, slots=True)
class Scene:
    """What a line is about: the day, who speaks, the topic, and where it may appear."""

    day: date
    topic: str
    press: Sequence[str]
    who: str
    other: str
    us: str
    us2: str
    large: bool


@dataclass(slots=True)
class Phrases:
    """The pool, with a memory of what was said in the whole book and lately to one client."""

    pool: Mapping[str, Sequence[str]]
    _said: Counter[str] = field(default_factory=Counter)
    _lately: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def draw(self, random: Random, key: str, client: str, scene: Scene) -> tuple[str, str]:
        """Give (channel, words) of a line under a key, or words only with channel '' where lines name none."""
        lately = self._lately.setdefault((client, key), [])
        lines = [line for line in self.pool[key] if _fits(line, scene)]
        random.shuffle(lines)
        lines.sort(key=lambda line: lately.index(line) if line in lately else -1)
        chosen, text = lines[0], ""
        for line in lines:
            channel, words = _parted(line)
            text = filled(words, scene, random)
            chosen = line
            if self._said[text] < MOST_ALIKE:
                break
        channel, _ = _parted(chosen)
        self._said[text] += 1
        if chosen in lately:
            lately.remove(chosen)
        lately.append(chosen)
        del lately[: -min(REST, len(lines) - 1) or len(lately)]
        return channel, text


def filled(words: str, scene: Scene, random: Random) -> str:
    """Fill the slots of a line and begin it with a capital."""
    text = words
    if "{" in text:
        singular = [press for press in scene.press if not press.endswith("s")] or ["the evening paper"]
        printed = [press for press in singular if not _BROADCAST.search(press)] or ["the trade weekly"]
        text = text.format(
            who=scene.who,
            other=scene.other,
            us=scene.us,
            us2=scene.us2,
            topic=scene.topic,
            press=random.choice(scene.press or singular),
            outlet=random.choice(singular),
            paper=random.choice(printed),
            month=month_after(scene.day),
            season=season_after(scene.day),
            day=random.choice(_DAYS),
            n=random.choice(("three", "four", "five", "six", "seven")),
            pct=random.randint(11, 38),
        )
    return _SENTENCE.sub(lambda found: found[0].upper(), text)


def _fits(line: str, scene: Scene) -> bool:
    """Tell whether the client has what the line speaks of: a second person, a board."""
    return (scene.large or not line.startswith(LARGE)) and (bool(scene.other) or "{other}" not in line)


def _parted(line: str) -> tuple[str, str]:
    line = line.removeprefix(LARGE)
    channel, colon, words = line.partition(": ")
    return (channel, words) if colon and channel.isalpha() and channel.islower() else ("", line)
