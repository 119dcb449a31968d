"""How much room text takes: heights of wrapped rows are not worked out by spreadsheets when they open a file."""

from functools import lru_cache

from app.exchange.workbooks.styles import BODY

# Pixels of 10-point letters, near enough to tell how many lines a text takes.
_DIGIT, _USUAL, _WIDEST, _GUTTER = 7.0, 6.6, 13.0, 8.0
EDGE = 5 / 7  # what a column has on top of its width, in characters
_LETTERS = (
    dict.fromkeys("ijltfrI.,;:'|!()[]- ", 3.9)
    | dict.fromkeys("mwMW@%—", 11.5)
    | dict.fromkeys("ABCDEGHKNOPQRSUVXY&", 9.0)
)
_LEADING, _PADDING = 1.28, 7.0
_MOST_MEASURED = 8_000


def fits(text: str, width: float) -> bool:
    """Tell, without looking long, that a text stands in one line of a column of so many characters."""
    return len(text) * _WIDEST <= width * _DIGIT - _GUTTER and "\n" not in text


@lru_cache(maxsize=4_096)
def text_height(text: str, width: float, size: float = BODY) -> float:
    """Estimate the height a wrapped text needs, in points, in a column of so many characters."""
    room = max(24.0, width * _DIGIT - _GUTTER) * BODY / size
    lines = sum(_lines(paragraph, room) for paragraph in text[:_MOST_MEASURED].split("\n"))
    return lines * size * _LEADING + _PADDING


def _lines(text: str, room: float) -> int:
    """Count the lines of a paragraph, words kept whole, in so many pixels of 10-point letters."""
    if len(text) * _WIDEST <= room:
        return 1
    lines, used = 1, 0.0
    for word in text.split(" "):
        length = sum(_LETTERS.get(letter, _WIDEST if letter > "\u2e7f" else _USUAL) for letter in word)
        if used and used + length > room:
            lines, used = lines + 1, 0.0
        more = int(length // room)
        lines, used = lines + more, used + length - more * room + _LETTERS[" "]
    return lines
