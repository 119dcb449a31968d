"""Times of day and lengths of time as people write them."""

import re
from datetime import time

from app.domain.checking import Problem
from app.domain.parsing.shown import shown

_CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:\s?[:.h]\s?(?P<minute>[0-9]{2}))?(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r"\s*(?P<half>am|pm|a\.m\.|p\.m\.)?\s*(?P<word>uhr|h|o'clock)?",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"(?:(?P<hours>[0-9]+(?:[.,][0-9]+)?)\s*(?:h|hr|hrs|hour|hours|std|stunden?))?\s*"
    r"(?:(?P<minutes>[0-9]+)\s*(?:m|min|mins|minutes?|minuten|')?)?",
    re.IGNORECASE,
)
_CLOCK_LENGTH = re.compile(r"(?P<hours>[0-9]{1,3}):(?P<minutes>[0-5][0-9])(?::[0-5][0-9])?")
LONGEST_MINUTES = 31 * 24 * 60


def parse_time(text: str) -> time | Problem:
    """Read a time of day: `10:15`, `10.15`, `10h15`, `2:30 pm`, `14 Uhr`; seconds are kept, parts of one are not."""
    match = _CLOCK.fullmatch(text.strip()) if text.isascii() else None
    if match is None or not (match["minute"] or match["half"] or match["word"]):
        return Problem("", f"{shown(text)} is no time of day.", "Write it like 14:30.")
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return Problem("", f"{shown(text)} is no time of day.", "Write it like 14:30.")
        hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
    try:
        return time(hour, int(match["minute"] or 0), int(match["second"] or 0))
    except ValueError:
        return Problem("", f"{shown(text)} is no time of day.", "Write it like 14:30.")


def parse_minutes(text: str) -> int | Problem:
    """Read a length of time in whole minutes: `20`, `20 min`, `1h30`, `1.5 h`, `0:45`."""
    stripped = text.strip()
    refused = Problem("", f"{shown(text)} is no number of minutes.", "Write it like 20.")
    if not stripped.isascii():
        return refused
    clock = _CLOCK_LENGTH.fullmatch(stripped)
    if clock:
        minutes = int(clock["hours"]) * 60 + int(clock["minutes"])
    else:
        match = _LENGTH.fullmatch(stripped)
        if match is None or not (match["hours"] or match["minutes"]):
            return refused
        tenths = round(float((match["hours"] or "0").replace(",", ".")) * 60)
        minutes = tenths + int(match["minutes"] or 0)
    return minutes if minutes <= LONGEST_MINUTES else refused
