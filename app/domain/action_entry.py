"""An action typed as one line: `Pitch regional radio jv fri 2h £240 #fill`.

Owner, day, length and cost stand at the end in any order; `#` and the beginning of a word names the objective and may
stand anywhere. What is not understood belongs to the words.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from app.domain.checking import Problem
from app.domain.parsing import parse_minutes

_LENGTH = re.compile(r"[0-9]+(?:[.,][0-9]+)?\s?(?:h|hrs?|hours?)(?:\s?[0-9]{1,2}(?:\s?m(?:in)?)?)?|[0-9]+\s?m(?:ins?)?")
_LONGEST_READING = 3
_BEFORE_DAY = frozenset({"by", "on", "until", "till", "due"})


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """What was understood of a line; minutes, and minor units of the firm's currency."""

    title: str = ""
    owner_id: int | None = None
    due: date | None = None
    minutes: int | None = None
    cost: int | None = None
    objective_id: int | None = None


@dataclass(frozen=True, slots=True)
class ActionReaders:
    """How the parts of a line are read; each gives None for what it does not know."""

    owner: Callable[[str], int | None]
    day: Callable[[str], date | None]
    amount: Callable[[str], int | None]
    objective: Callable[[str], int | None]


def parse_action(line: str, readers: ActionReaders) -> ActionEntry:
    """Read a line; never fails. At least one word is left for the title."""
    entry, words = _with_objective(line.split(), readers)
    while len(words) > 1:
        for count in range(min(_LONGEST_READING, len(words) - 1), 0, -1):
            read = _read(entry, " ".join(words[-count:]), readers, alone=count == 1)
            if read is not None:
                entry, words = read, words[:-count]
                if read.due is not None and len(words) > 1 and words[-1].lower() in _BEFORE_DAY:
                    words = words[:-1]
                break
        else:
            break
    return replace(entry, title=" ".join(words).strip(" ,;"))


def _with_objective(words: list[str], readers: ActionReaders) -> tuple[ActionEntry, list[str]]:
    for place, word in enumerate(words):
        if word.startswith("#") and len(word) > 1:
            objective = readers.objective(word[1:])
            if objective is not None:
                return ActionEntry(objective_id=objective), words[:place] + words[place + 1 :]
    return ActionEntry(), words


def _read(entry: ActionEntry, text: str, readers: ActionReaders, *, alone: bool) -> ActionEntry | None:
    """Read a part that is not known yet."""
    if entry.minutes is None and _LENGTH.fullmatch(text.lower()):
        minutes = parse_minutes(text)
        if not isinstance(minutes, Problem):
            return replace(entry, minutes=minutes)
    if entry.due is None:
        day = readers.day(text)
        if day is not None:
            return replace(entry, due=day)
    if alone and entry.cost is None:
        amount = readers.amount(text)
        if amount is not None:
            return replace(entry, cost=amount)
    if alone and entry.owner_id is None:
        owner = readers.owner(text)
        if owner is not None:
            return replace(entry, owner_id=owner)
    return None
