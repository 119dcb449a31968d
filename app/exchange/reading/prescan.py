"""Look into a workbook's zip before anything parses it: bombs, DTDs, far cells, and what a parser would hide.

Runs in the child process only (RELIABILITY 79-97).
"""

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Protocol
from xml.etree import ElementTree as ET

from app.exchange.reading.grid import MAX_COLUMNS, MAX_ROWS, Run
from app.exchange.reading.number_formats import signs_by_style

MAX_ENTRIES = 2_000
MAX_DECLARED = 200_000_000
MAX_RATIO = 100
RATIO_COUNTS_FROM = 10_000_000
MAX_SHEETS = 100
MAX_INDEX_BYTES = 5_000_000
MAX_ERROR_CELLS = 5_000
CHUNK = 1 << 20
OVERLAP = 512

_DTD = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
# A cell with content in column SG (501) or behind it, or in row 200,101 or below; styled empty cells do no harm.
_FAR_COLUMN = re.compile(rb' r="((?:S[G-Z]|[T-Z][A-Z]|[A-Z]{3,})[0-9]+)"[^<>/]*>')
_FAR_ROW = re.compile(
    rb' r="([A-Z]+(?:200[1-9][0-9]{2}|20[1-9][0-9]{3}|2[1-9][0-9]{4}|[3-9][0-9]{5}|[1-9][0-9]{6,}))"[^<>/]*>'
)
_ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c (?=[^<>]*\bt="e")[^<>]*?\br="([A-Z]+)([0-9]+)"[^<>]*>'
    rb"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<",
    re.DOTALL,
)
_UNSTORED = re.compile(rb"</(?:\w+:)?f>(?:<(?:\w+:)?v>\s*</(?:\w+:)?v>|<(?:\w+:)?v\s?/>)?</(?:\w+:)?c>")
_HIDDEN_COLUMNS = re.compile(rb'<(?:\w+:)?col (?=[^<>]*\bhidden="(?:1|true)")[^<>]*>')
_FIRST_AND_LAST = re.compile(rb'\b(?:min|max)="([0-9]{1,5})"')
_CURRENCY = re.compile(rb' office:currency="([A-Z]{3})"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row [^<>]*\bhidden="(?:1|true)"')


class RefusedError(Exception):
    """The workbook is refused: a plain sentence and what to do."""

    def __init__(self, sentence: str, mend: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.mend = mend


@dataclass(slots=True)
class SheetFacts:
    """What was seen in one sheet's part: error cells by (row, column) from 0, and counts.

    Hidden columns are given as first and last, counted from 1. `signs` are the currencies that the formats of numbers
    show, by column from 0; `currencies` how many cells of a whole ods show each, their places not being known.
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unstored: int = 0
    hidden_rows: int = 0
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    signs: dict[int, list[Run]] = field(default_factory=dict)
    currencies: Counter[str] = field(default_factory=Counter)
    far_cell: str = ""


@dataclass(slots=True)
class Scan:
    """What the zip holds: facts by sheet name (where the names could be told) and notes on the whole."""

    sheets: dict[str, SheetFacts] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    currencies: Counter[str] = field(default_factory=Counter)


SAVE_AGAIN = "Open it in the spreadsheet, save it as xlsx and try again."


def scan(path: Path, beat: Callable[[], None]) -> Scan:
    """Scan a zipped workbook (xlsx, xlsm, xlsb, ods); `beat` is called between chunks. Raise RefusedError by name."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _scan(archive, beat)
    except RefusedError:
        raise
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, KeyError) as error:
        raise RefusedError("The workbook is damaged or was cut off.", SAVE_AGAIN) from error
    except (zlib.error, ET.ParseError) as error:
        raise RefusedError("The workbook is damaged.", SAVE_AGAIN) from error


def _scan(archive: zipfile.ZipFile, beat: Callable[[], None]) -> Scan:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    _refuse_bombs(entries)
    _refuse_strangers(names, archive)
    found = Scan()
    by_part: dict[str, SheetFacts] = {}
    signs = _signs(archive, entries, beat)
    for entry in entries:
        if entry.filename.lower().endswith((".xml", ".rels", ".vml", ".xml.rels")):
            facts = SheetFacts() if _is_sheet(entry.filename) else None
            looker: _Looker | None = signs
            if entry.filename == "content.xml":
                facts, looker = SheetFacts(currencies=found.currencies), _CellCurrencies()
            _read_part(archive, entry, facts, looker, beat)
            if facts:
                by_part[entry.filename] = facts
        beat()
    if "xl/workbook.xml" in names:
        parts = _parts_by_name(archive)
        if len(parts) > MAX_SHEETS:
            raise RefusedError(
                f"The workbook has more than {MAX_SHEETS} sheets.", "Save the list in a workbook of its own."
            )
        found.sheets = {name: by_part[part] for name, part in parts.items() if part in by_part}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        found.notes.append("The workbook's macros were ignored.")
    if any(name.startswith("xl/externalLinks/") for name in names):
        found.notes.append("Links to other workbooks were not followed.")
    return found


def _refuse_bombs(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise RefusedError(
            f"The workbook holds more than {MAX_ENTRIES:,} parts.", "Save the list in a workbook of its own."
        )
    if sum(entry.file_size for entry in entries) > MAX_DECLARED:
        raise RefusedError(
            "The workbook unpacks to more than 200 MB.", "Save the list in a workbook of its own, or as csv."
        )
    for entry in entries:
        if entry.file_size > RATIO_COUNTS_FROM and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise RefusedError(
                "The workbook is packed in a way that lists are not.", "Save the list as csv and try again."
            )
        if entry.flag_bits & 1:
            raise RefusedError("The workbook is protected by a password.", "Save it without one and try again.")


def _refuse_strangers(names: set[str], archive: zipfile.ZipFile) -> None:
    if names & {"xl/workbook.xml", "xl/workbook.bin"}:
        return
    if "content.xml" in names:
        manifest = _bounded(archive, "META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
        if b"encryption-data" in manifest:
            raise RefusedError("The workbook is protected by a password.", "Save it without one and try again.")
        if "mimetype" not in names or b"spreadsheet" in _bounded(archive, "mimetype"):
            return
    if any(name.startswith(("word/", "ppt/")) for name in names) or "content.xml" in names:
        raise RefusedError("The file is a document, not a workbook.", "Save the list as xlsx or csv.")
    if any(name.startswith("Index/") for name in names):
        raise RefusedError("The file is a Numbers document.", "Export it from Numbers as Excel or csv.")
    raise RefusedError("The file is a zip archive, not a workbook.", "Unpack it and choose the list inside.")


def _is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """Give a part in overlapping pieces, each with how much of it was seen before; stop what is longer than it said."""
    done = 0
    tail = b""
    with archive.open(entry) as part:
        while piece := part.read(CHUNK):
            done += len(piece)
            if done > entry.file_size:
                raise RefusedError(
                    "The workbook is packed in a way that lists are not.", "Save the list as csv and try again."
                )
            yield tail + piece, len(tail)
            tail = piece[-OVERLAP:]


def _signs(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], beat: Callable[[], None]) -> "_Signs | None":
    """Give the styles that show a currency; none where the part is longer than any list needs."""
    for entry in entries:
        if entry.filename == "xl/styles.xml" and entry.file_size <= MAX_INDEX_BYTES:
            _read_part(archive, entry, None, None, beat)
            by_style = signs_by_style(_bounded(archive, entry.filename))
            return _Signs(by_style) if by_style else None
    return None


class _Looker(Protocol):
    def look(self, piece: bytes, seen: int, facts: SheetFacts) -> None:
        """Note what a piece of a part shows."""


class _CellCurrencies:
    """Counts the currencies that the cells of an ods are in."""

    def look(self, piece: bytes, seen: int, facts: SheetFacts) -> None:
        """Count those of a piece."""
        facts.currencies.update(match[1].decode("ascii") for match in _CURRENCY.finditer(piece) if match.end() > seen)


class _Signs:
    """Finds the cells of the styles that show a currency."""

    def __init__(self, by_style: dict[int, str]) -> None:
        self._by_style = by_style
        styles = "|".join(map(str, by_style)).encode("ascii")
        self._cell = re.compile(
            rb'<(?:\w+:)?c (?=[^<>]*\bs="(' + styles + rb')")[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]*[^<>/]>'
        )

    def look(self, piece: bytes, seen: int, facts: SheetFacts) -> None:
        """Note where a piece of a sheet shows a currency, as runs of rows in each column."""
        for match in self._cell.finditer(piece):
            if match.end() <= seen:
                continue
            sign, row = self._by_style[int(match[1])], int(match[3]) - 1
            runs = facts.signs.setdefault(column_index(match[2].decode("ascii")), [])
            if runs and runs[-1][1] == row - 1 and runs[-1][2] == sign:
                runs[-1] = (runs[-1][0], row, sign)
            else:
                runs.append((row, row, sign))


def _read_part(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    facts: SheetFacts | None,
    looker: "_Looker | None",
    beat: Callable[[], None],
) -> None:
    for piece, seen in _chunks(archive, entry):
        if any(mark in piece for mark in _DTD):
            raise RefusedError("The workbook holds a document type definition, which no list needs.", SAVE_AGAIN)
        if facts is not None:
            _look(piece, seen, facts)
            if looker is not None:
                looker.look(piece, seen, facts)
        beat()


def _look(piece: bytes, seen: int, facts: SheetFacts) -> None:
    far = _FAR_COLUMN.search(piece) or _FAR_ROW.search(piece)
    if far and not facts.far_cell:
        facts.far_cell = far[1].decode("ascii")
    if b't="e"' in piece and len(facts.errors) < MAX_ERROR_CELLS:
        for match in _ERROR_CELL.finditer(piece):
            facts.errors[int(match[2]) - 1, column_index(match[1].decode("ascii"))] = match[3].decode(
                "utf-8", "replace"
            )
    if b"</f><" in piece or b":f><" in piece:
        facts.unstored += _new(_UNSTORED, piece, seen)
    if b"hidden=" in piece:
        facts.hidden_rows += _new(_HIDDEN_ROW, piece, seen)
        facts.hidden_columns += _columns_hidden(piece, seen)


def _new(pattern: re.Pattern[bytes], piece: bytes, seen: int) -> int:
    """Count what was not already whole in the piece before."""
    return sum(match.end() > seen for match in pattern.finditer(piece))


def _columns_hidden(piece: bytes, seen: int) -> list[tuple[int, int]]:
    found = []
    for match in _HIDDEN_COLUMNS.finditer(piece):
        ends = [int(number) for number in _FIRST_AND_LAST.findall(match[0])]
        if match.end() > seen and ends:
            found.append((min(ends), max(ends)))
    return found


def column_index(letters: str) -> int:
    """Turn a column's letters into its index from 0: A -> 0, AA -> 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def far_sentence(name: str, cell: str) -> RefusedError:
    """Refuse a sheet that reaches too far, naming the cell."""
    return RefusedError(
        f"The sheet “{name}” reaches beyond {MAX_COLUMNS} columns or {MAX_ROWS:,} rows (cell {cell}).",
        "Copy the list alone into a new workbook, or save it as csv.",
    )


def _bounded(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(MAX_INDEX_BYTES)


def _parts_by_name(archive: zipfile.ZipFile) -> dict[str, str]:
    """Map the sheets' names to their parts, through the workbook's relations."""
    targets: dict[str, str] = {}
    try:
        relations = ET.fromstring(_bounded(archive, "xl/_rels/workbook.xml.rels"))
    except KeyError:
        return {}
    for relation in relations:
        target = relation.get("Target", "")
        targets[relation.get("Id", "")] = target[1:] if target.startswith("/") else str(PurePosixPath("xl", target))
    names: dict[str, str] = {}
    for element in ET.fromstring(_bounded(archive, "xl/workbook.xml")).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            identity = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            names[element.get("name", "")] = targets.get(identity, "")
    return names
