"""Lists in text files: csv with any usual separator, strict about quotes, nothing shifted (RELIABILITY 57-70)."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app.collector import collector_paused
from app.errors import AppError, AskedWrongError
from app.exchange.reading.decoding import Decoded, decode
from app.exchange.reading.grid import MAX_COLUMNS, MAX_ROWS, Grid, too_many_rows
from app.exchange.reading.progress import UNWATCHED, Watch
from app.exchange.safe_text import from_csv

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
DELIMITERS = tuple(SEPARATORS.values())
TRIAL_LINES = 100
MAX_FIELD = 1_000_000
MAX_BYTES = 500_000_000
CHUNK = 20_000
# Title rows and a few blank lines may stand above and below what counts as the list.
SPARE_ROWS = 100


@dataclass(frozen=True, slots=True)
class TextChoice:
    """What a person chose for a text file; None is found out."""

    encoding: str | None = None
    delimiter: str | None = None


AS_FOUND = TextChoice()


@dataclass(frozen=True, slots=True)
class TextList:
    """A text file read: its rows, and the encoding and delimiter they were read with."""

    grid: Grid
    encoding: str
    delimiter: str


def read_text_list(path: Path, choice: TextChoice = TextChoice(), watch: Watch = UNWATCHED) -> TextList:
    """Read a text file to rows; AskedWrongError names the line where it is no proper list."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise AskedWrongError(*too_many_rows())
        data = path.read_bytes()
    except OSError as error:
        raise AppError(f"{path.name} cannot be read: {error.strerror or error}.", "Check its permissions.") from error
    decoded = decode(data, choice.encoding)
    watch.step(0)
    with collector_paused():
        return _rows(decoded, choice.delimiter, watch)


def _rows(decoded: Decoded, delimiter: str | None, watch: Watch) -> TextList:
    text = decoded.text
    _refuse_nul(text)
    rows: list[list[str]] = []
    named = _named_separator(text)
    if named:
        text = text[named.end :]
        rows.append([])
        delimiter = delimiter or named.delimiter
    delimiter = delimiter or find_delimiter(text)
    csv.field_size_limit(MAX_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        while chunk := list(islice(reader, CHUNK)):
            rows += chunk
            if len(rows) > MAX_ROWS + SPARE_ROWS:
                raise AskedWrongError(*too_many_rows())
            watch.step(len(rows))
    except csv.Error as error:
        raise _explain(error, text, delimiter, reader.line_num) from None
    if "'" in text:
        rows = [[from_csv(field) for field in row] if any(field[:1] == "'" for field in row) else row for row in rows]
    if max(map(len, rows), default=0) > MAX_COLUMNS:
        raise AskedWrongError(f"The list has more than {MAX_COLUMNS} columns.", "Leave out those that are not needed.")
    return TextList(Grid("", rows, decoded.notes), decoded.encoding, delimiter)


def _refuse_nul(text: str) -> None:
    at = text.find("\0")
    if at >= 0:
        row = max(text.count("\n", 0, at), text.count("\r", 0, at)) + 1
        raise AskedWrongError(
            f"Row {row} holds a NUL character; the file is probably not a text.",
            "Export the list again as csv or xlsx.",
        )


@dataclass(frozen=True, slots=True)
class _Separator:
    delimiter: str
    end: int


def _named_separator(text: str) -> _Separator | None:
    """Understand the first line `sep=;`, which Excel writes and reads."""
    if text[:4].lower() != "sep=" or len(text) < 5:
        return None
    delimiter, end = text[4], 5
    if delimiter in "\r\n" or text[end : end + 1] not in ("\r", "\n", ""):
        return None
    end += 2 if text[end : end + 2] == "\r\n" else 1
    return _Separator(delimiter, end)


def find_delimiter(text: str) -> str:
    """Find the delimiter by trying each on the first 100 lines: the one that cuts most rows alike, then widest.

    A comma comes last among those that cut as many alike, for it also stands in amounts and names.
    """
    lines = list(islice(io.StringIO(text, newline=""), TRIAL_LINES))
    best, best_score = DELIMITERS[0], (0.0, False, 0)
    for delimiter in DELIMITERS:
        widths, whole = _trial(lines, delimiter)
        if not widths:
            continue
        width, times = Counter(widths).most_common(1)[0]
        share = times / len(widths) if whole else times / len(lines) / 2
        score = (share, delimiter != ",", width)
        if width > 1 and score > best_score:
            best, best_score = delimiter, score
    return best


def _trial(lines: list[str], delimiter: str) -> tuple[list[int], bool]:
    widths: list[int] = []
    try:
        widths.extend(len(row) for row in csv.reader(lines, delimiter=delimiter, strict=True) if any(row))
    except csv.Error as error:
        # A quoted field may go on behind the lines tried.
        return widths, len(lines) == TRIAL_LINES and "end of data" in str(error)
    return widths, True


def _explain(error: csv.Error, text: str, delimiter: str, line_read: int) -> AskedWrongError:
    message = str(error)
    if "field larger" in message:
        return AskedWrongError(
            f"The field that ends in line {line_read} is longer than {MAX_FIELD:,} characters.",
            "A quote that is never closed may be the reason.",
        )
    line = _line_of_open_quote(text, delimiter)
    return AskedWrongError(
        f"The quote that begins in line {line} is not closed properly.",
        'Close it, or write quotes inside a field twice (""); nothing was read.',
    )


def _line_of_open_quote(text: str, delimiter: str) -> int:
    """Find the line in which the first badly closed quoted field begins, by walking the text as the reader does."""
    line, began, quoted, at_start, previous = 1, 1, False, True, ""
    characters = _with_next(text)
    for letter, following in characters:
        if quoted:
            if letter == '"':
                if following == '"':
                    next(characters)
                    continue
                if following not in (delimiter, "\r", "\n", ""):
                    return began
                quoted = False
        elif letter == '"' and at_start:
            quoted, began = True, line
        if (letter == "\n" and previous != "\r") or letter == "\r":
            line += 1
        at_start = letter == delimiter or letter in "\r\n"
        previous = letter
    return began if quoted else line


def _with_next(text: str) -> Iterator[tuple[str, str]]:
    return zip(text, text[1:] + "\0", strict=True)
