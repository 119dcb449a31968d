"""Text from clients made safe to show: literal, one line where asked, no stray shortcut, no hidden direction tricks.

RELIABILITY 111-113. Usage: `plain(text)` for anything shown, `one_line(text)` in tables and titles, `amp(text)` in
buttons, menus and tabs (`R&D`), `tip(text)` for tooltips, which Qt would otherwise read as markup.
"""

import re

LONGEST_LINE = 2_000
LONGEST_TEXT = 200_000
_MOST_MARKS = 8
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")
_MARK = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_MARKS = re.compile(f"({_MARK}{{{_MOST_MARKS}}}){_MARK}+")
_BLANKS = re.compile(r"\s+")


def plain(text: str) -> str:
    """Show control and direction-override characters as a symbol and cut towers of combining marks."""
    if text.isascii() and text.isprintable() and len(text) < LONGEST_TEXT:
        return text
    return _MARKS.sub(r"\1", _HIDDEN.sub(_REPLACEMENT, text[:LONGEST_TEXT].replace("\r\n", "\n")))


def one_line(text: str) -> str:
    """Give the text as one line, never longer than anything that can be seen."""
    if len(text) < LONGEST_LINE and text.isascii() and text.isprintable():
        return text
    shown = _BLANKS.sub(" ", plain(text[: 2 * LONGEST_LINE])).strip()
    return shown if len(shown) <= LONGEST_LINE else shown[:LONGEST_LINE] + "…"


def amp(text: str) -> str:
    """Escape ampersands, so that a button, menu or tab shows `R&D` and takes no shortcut from it."""
    return one_line(text).replace("&", "&&")


def escaped(text: str) -> str:
    """Escape a text for markup; the library's `html` would bring its tables of entities to the start of the program."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def tip(text: str) -> str:
    """Make a tooltip that shows the text literally, line breaks kept."""
    if not text:
        return ""
    return f'<p style="white-space: pre-wrap">{escaped(plain(text))}</p>'
