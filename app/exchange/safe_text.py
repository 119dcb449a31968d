"""Text from people on its way into files: what a cell, a csv field, a sheet tab and a file name can hold safely."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

MAX_CELL = 32_767  # UTF-16 units, a spreadsheet's own limit
MAX_TAB = 31
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# What XML cannot carry or a reader would show as an escape: controls but tab and line feed, non-characters, surrogates.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?")
# Invisible before the first sign a spreadsheet looks at.
_BLANK = " \t\n\r\xa0\u200b\u200e\u200f\u2060\ufeff"
_FORMULA_STARTS = frozenset("=+-@＝＋－＠\t\r\n")
_NOT_IN_TABS = re.compile(r"[\[\]:*?/\\\n\t]")
_NOT_IN_FILES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)", re.IGNORECASE)


class SafeText(NamedTuple):
    """A text as a file can hold it, and how many of its characters had to be replaced."""

    text: str
    replaced: int = 0


def xlsx_safe(text: str) -> SafeText:
    """Give a text as a workbook's cell can hold it: nothing unprintable, line ends as line feeds."""
    lines = _LINE_ENDS.sub("\n", text) if "\r" in text else text
    return SafeText(*_UNPRINTABLE.subn(REPLACEMENT, lines)) if _UNPRINTABLE.search(lines) else SafeText(lines)


def looks_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet might take a text for a formula when it reads or edits it."""
    first = text[:1]
    return first in _FORMULA_STARTS or (first in _BLANK and text.lstrip(_BLANK)[:1] in _FORMULA_STARTS)


def csv_safe(text: str) -> SafeText:
    """Give a text as a csv field can hold it: an apostrophe before what a spreadsheet would calculate (OWASP)."""
    safe = xlsx_safe(text)
    risky = text != "" and (text[0] in _FORMULA_STARTS or looks_like_formula(safe.text))
    return SafeText(f"'{safe.text}", safe.replaced) if risky else safe


def from_csv(field: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from calculating a field: what `csv_safe` put before it."""
    return field[1:] if field[:1] == "'" and looks_like_formula(field[1:]) else field


def cell_length(text: str) -> int:
    """Count a text as a spreadsheet does, in UTF-16 units: an emoji is two."""
    return len(text) + sum(1 for letter in text if letter > "\uffff")


def chunks(text: str, most: int = MAX_CELL) -> list[str]:
    """Cut a text into pieces of at most so many UTF-16 units; they join to the text again."""
    pieces: list[str] = []
    begin = length = 0
    for at, letter in enumerate(text):
        units = 2 if letter > "\uffff" else 1
        if length + units > most:
            pieces.append(text[begin:at])
            begin, length = at, 0
        length += units
    return [*pieces, text[begin:]]


def tab_names(titles: Iterable[str]) -> list[str]:
    """Give each title as the name of a sheet: valid, and no two alike whatever the case; the order stays."""
    taken: set[str] = set()
    names = []
    for title in titles:
        plain = _NOT_IN_TABS.sub(" ", xlsx_safe(title).text)
        wanted = " ".join(plain.split()).strip("'") or "Sheet"
        if wanted.casefold() == "history":
            wanted = f"{wanted} list"
        name, number = _cut(wanted, MAX_TAB), 1
        while name.casefold() in taken:
            number += 1
            ending = f" {number}"
            name = _cut(wanted, MAX_TAB - len(ending)) + ending
        taken.add(name.casefold())
        names.append(name)
    return names


def _cut(text: str, most: int) -> str:
    return chunks(text, most)[0].strip().strip("'")


def safe_name(text: str, fallback: str = "Untitled", most_bytes: int = 150) -> str:
    """Give a text as the name of a file or folder that every system accepts, without its suffix."""
    plain = _NOT_IN_FILES.sub(" ", unicodedata.normalize("NFC", xlsx_safe(text).text))
    name = " ".join(plain.split()).strip(". ")
    while len(name.encode()) > most_bytes:
        name = name[:-1].rstrip(". ")
    if not name:
        return fallback
    return f"{name} file" if _DEVICES.match(name) else name
