"""What a person types to find, and whether a text holds it: any part of any word, in any case, with or without accents.

A letter of Chinese or Japanese is a word of its own, for they are written without blanks.
"""

import re

from app.domain.names import fold

LONGEST, MOST_PIECES = 200, 12
_LETTERS = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_LETTERS}]|[^\W_{_LETTERS}]+")


def pieces(typed: str) -> tuple[str, ...]:
    """Give what must stand in a text, folded: what is typed, cut at its blanks. Of a long text the beginning counts."""
    return tuple(dict.fromkeys(fold(typed[:LONGEST]).split()))[:MOST_PIECES]


def spaced(folded: str) -> str:
    """Give the words of a folded text with one blank between them, no signs."""
    return " ".join(_WORD.findall(folded))


def holds(text: str, wanted: tuple[str, ...]) -> bool:
    """Tell whether all that is wanted (see `pieces`) stands in a text, in whatever order.

    Two letters must begin or end a word, a single one must be a word: within words they stand everywhere.
    """
    folded = fold(text)
    return all(piece in folded for piece in wanted) and all(
        any(form in f" {spaced(folded)} " for form in forms) for piece in wanted if (forms := short_forms(piece))
    )


def short_forms(piece: str) -> tuple[str, ...]:
    """Give what a piece of one or two letters must look like among words; nothing for a longer one, or mere signs."""
    form = spaced(piece)
    if len(form) == 2:
        return f" {form}", f"{form} "
    return (f" {form} ",) if len(form) == 1 else ()


def places(text: str, wanted: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Give where what is wanted stands in a text, in order: the first letter, and the one behind the last."""
    folded = [fold(letter) for letter in text]
    letters = [at for at, form in enumerate(folded) for _ in form]
    whole = "".join(folded)
    found = set()
    for piece in wanted:
        short = bool(short_forms(piece))
        at = whole.find(piece)
        while at >= 0:
            if not (short and at and whole[at - 1].isalnum()):
                found.add((letters[at], letters[at + len(piece) - 1] + 1))
            at = whole.find(piece, at + len(piece))
    return tuple(sorted(found))


def around(text: str, wanted: tuple[str, ...], length: int) -> str:
    """Cut one line of at most `length` letters out of a text, with the first thing wanted in its first half."""
    line = " ".join(text.split())
    at = next((first for first, _ in places(line, wanted)), 0)
    if at <= length // 3:
        start = 0
    else:
        before = line.rfind(" ", 0, at - length // 4) + 1
        start = before if at - before <= length // 2 else at - length // 4
    return f"{'…' if start else ''}{line[start : start + length]}{'…' if start + length < len(line) else ''}"
