"""Quick entry: one line, as typed, into a contact and its promises (SCREENS “Log a contact”).

`acme <call @jane 20m liked the draft; !send costs fri` reads: client Acme, they spoke, a call, with Jane, 20 minutes,
the words “liked the draft”, and a promise of ours, “send costs”, due on Friday.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.domain.vocabulary import Channel, Direction, PromiseBy, Purpose

CHANNEL_WORDS = {
    "call": Channel.CALL,
    "phone": Channel.CALL,
    "called": Channel.CALL,
    "mail": Channel.MAIL,
    "email": Channel.MAIL,
    "e-mail": Channel.MAIL,
    "meeting": Channel.MEETING,
    "met": Channel.MEETING,
    "meet": Channel.MEETING,
    "video": Channel.VIDEO,
    "zoom": Channel.VIDEO,
    "teams": Channel.VIDEO,
    "lunch": Channel.LUNCH,
    "coffee": Channel.LUNCH,
    "visit": Channel.VISIT,
    "letter": Channel.LETTER,
    "message": Channel.MESSAGE,
    "text": Channel.MESSAGE,
    "chat": Channel.MESSAGE,
    "whatsapp": Channel.MESSAGE,
    "linkedin": Channel.MESSAGE,
    "event": Channel.EVENT,
    "voicemail": Channel.VOICEMAIL,
    "newsletter": Channel.NEWSLETTER,
}
_ARROWS = {"<>": Direction.BOTH, "<": Direction.IN, ">": Direction.OUT}
_ARROW = re.compile(r"<>|<|>")
_MINUTES = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,3})m(?:in)?)?", re.IGNORECASE)
DateWord = Callable[[str], date | None]


@dataclass(frozen=True, slots=True)
class PromiseEntry:
    """A promise as typed: whose, what, until when."""

    by: PromiseBy
    what: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """What was understood of a line; `direction` is None while no arrow was typed."""

    client: str = ""
    direction: Direction | None = None
    channel: Channel | None = None
    people: tuple[str, ...] = ()
    minutes: int | None = None
    purpose: Purpose | None = None
    words: str = ""
    promises: tuple[PromiseEntry, ...] = ()


def parse_entry(line: str, date_word: DateWord, *, with_client: bool = True) -> Entry:
    """Read a line. The client, which may hold blanks, ends at the first arrow; `date_word` reads days.

    Within one client's page a line has no client: pass `with_client=False`. Never fails: what is not understood is
    words.
    """
    arrow = _ARROW.search(line)
    if arrow is None:
        client, rest, direction = (line.strip(), "", None) if with_client else ("", line, None)
    else:
        client = line[: arrow.start()].strip() if with_client else ""
        before = "" if with_client else line[: arrow.start()]
        rest, direction = f"{before} {line[arrow.end() :]}", _ARROWS[arrow.group()]
    said, promises = _split_promises(rest, date_word)
    channel: Channel | None = None
    purpose: Purpose | None = None
    minutes: int | None = None
    people: list[str] = []
    words: list[str] = []
    for word in said.split():
        bare = word.rstrip(".,;:").lower()
        if not words and channel is None and bare in CHANNEL_WORDS:
            channel = CHANNEL_WORDS[bare]
        elif word.startswith("@") and len(word) > 1:
            people.append(word[1:].rstrip(".,;:"))
        elif word.startswith("#") and _purpose(bare[1:]) is not None:
            purpose = _purpose(bare[1:])
        elif minutes is None and (length := _length(bare)) is not None:
            minutes = length
        else:
            words.append(word)
    return Entry(client, direction, channel, tuple(people), minutes, purpose, " ".join(words).strip(" ;"), promises)


def _split_promises(text: str, date_word: DateWord) -> tuple[str, tuple[PromiseEntry, ...]]:
    """Cut promises off: from a `!` or `?` at the beginning of a word to the next one, or to a semicolon."""
    pieces = re.split(r"(?:(?<=\s)|(?<=;)|^)([!?])(?=[^\s!?;.,])", text)
    said = [pieces[0]]
    promises = []
    for mark, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        what, _, after = piece.partition(";")
        said.append(after)
        promises.append(_promise(PromiseBy.US if mark == "!" else PromiseBy.THEM, what.strip(), date_word))
    return " ".join(said), tuple(promises)


def _promise(by: PromiseBy, what: str, date_word: DateWord) -> PromiseEntry:
    """Read the date word at the end of a promise: one to three words."""
    words = what.split()
    for count in (3, 2, 1):
        if len(words) > count:
            due = date_word(" ".join(words[-count:]))
            if due is not None:
                kept = words[:-count]
                if len(kept) > 1 and kept[-1].lower() in {"by", "on", "until", "till"}:
                    kept = kept[:-1]
                return PromiseEntry(by, " ".join(kept), due)
    return PromiseEntry(by, what, None)


def _purpose(word: str) -> Purpose | None:
    return Purpose(word) if word in {str(purpose) for purpose in Purpose} else None


def _length(word: str) -> int | None:
    found = _MINUTES.fullmatch(word)
    if found is None or not any(found.groups()):
        return None
    hours, minutes = (int(part or 0) for part in found.groups())
    return hours * 60 + minutes
