"""How letters beyond plain ones would read otherwise, so that a person can choose (RELIABILITY 59 and 60)."""

import re
from collections.abc import Iterable, Mapping

REPAIRED = "repaired"
"""Not an encoding: UTF-8 that somebody once took for Windows-1252 and wrote as UTF-8 again."""

CHOICES: Mapping[str, str] = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp850": "DOS 850",
    "mac_roman": "Mac Roman",
}
_SINGLE = frozenset(CHOICES) - {"utf-8"} | {"latin-1"}
_ACCENTED = re.compile(r"[^\W\d_]*[^\x00-\x7f]\w*")
_HIGH = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_GARBLED = re.compile(f"[\xc2-\xf4][{_HIGH}]{{1,3}}")


def accented(cells: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Give the first different words that hold letters beyond plain ones."""
    found: dict[str, None] = {}
    for cell in cells:
        if not cell.isascii():
            found |= dict.fromkeys(_ACCENTED.findall(cell))
        if len(found) >= most:
            break
    return tuple(found)[:most]


def is_garbled(text: str) -> bool:
    """Tell whether a text holds letters of UTF-8 that were taken for others."""
    return not text.isascii() and repaired(text) != text


def repaired(text: str) -> str:
    """Put letters right that were UTF-8, taken for Windows-1252 and written again; all others stay."""
    return _GARBLED.sub(_put_right, text)


def _put_right(found: re.Match[str]) -> str:
    try:
        return b"".join(map(_byte, found[0])).decode("utf-8")
    except UnicodeError:
        return found[0]


def _byte(letter: str) -> bytes:
    # Windows-1252 leaves five places empty; programs put the control characters there.
    return letter.encode("latin-1") if letter < "\u0100" else letter.encode("cp1252")


def otherwise(word: str, encoding: str, most: int = 4) -> dict[str, str]:
    """Give what a word would be in other encodings, by the encoding; each reading once, those of letters only."""
    readings: dict[str, str] = {}
    if encoding in _SINGLE:
        written = word.encode(encoding, "replace")
        for other in CHOICES:
            try:
                reading = written.decode(other)
            except UnicodeError:
                continue
            if reading != word and reading not in readings.values() and reading.isalpha():
                readings[other] = reading
    elif encoding == REPAIRED:
        return {}
    if is_garbled(word):
        readings[REPAIRED] = repaired(word)
    return dict(list(readings.items())[:most])
