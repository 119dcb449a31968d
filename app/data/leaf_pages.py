"""Rows read from the pages of a damaged file one by one, without the tree that leads to them (SQLite's file format).

Whatever cannot be what it seems is passed over: nothing here ever raises on a damaged byte.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PAGE = 4096
LEAF = 13
MOST_COLUMNS = 64
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
Value = int | float | str | bytes | None


class FoundRow(NamedTuple):
    """A row found on a page: its id, and its columns as stored (the id's own is None)."""

    row_id: int
    values: tuple[Value, ...]


def rows_on_pages(path: Path) -> Iterator[FoundRow]:
    """Give the rows on every leaf page of a file that can be read."""
    content = path.read_bytes()
    for start in range(0, len(content) - PAGE + 1, PAGE):
        head = start + (100 if start == 0 else 0)
        if content[head] != LEAF:
            continue
        cells = struct.unpack_from(">H", content, head + 3)[0]
        for number in range(min(cells, PAGE // 4)):
            try:
                pointer = struct.unpack_from(">H", content, head + 8 + 2 * number)[0]
                row = _cell(content, start, pointer)
            except (struct.error, IndexError, ValueError, UnicodeDecodeError):
                continue
            if row:
                yield row


def _cell(content: bytes, start: int, pointer: int) -> FoundRow | None:
    if not 8 <= pointer < PAGE:
        return None
    length, at = _number(content, start + pointer)
    row_id, at = _number(content, at)
    if row_id < 1 or length > len(content):
        return None
    payload = _payload(content, start, at, length)
    return None if payload is None else FoundRow(row_id, _record(payload))


def _payload(content: bytes, start: int, at: int, length: int) -> bytes | None:
    """Gather a row's bytes, the part on overflow pages included."""
    most, least = PAGE - 35, (PAGE - 12) * 32 // 255 - 23
    here = length if length <= most else least + (length - least) % (PAGE - 4)
    if length > most and here > most:
        here = least
    if at + here > start + PAGE:
        return None
    payload = content[at : at + here]
    following = struct.unpack_from(">I", content, at + here)[0] if here < length else 0
    seen = set()
    while len(payload) < length:
        place = (following - 1) * PAGE
        if following in seen or not 0 <= place <= len(content) - PAGE:
            return None
        seen.add(following)
        payload += content[place + 4 : place + min(PAGE, 4 + length - len(payload))]
        following = struct.unpack_from(">I", content, place)[0]
    return payload


def _record(payload: bytes) -> tuple[Value, ...]:
    head, at = _number(payload, 0)
    kinds = []
    while at < head:
        kind, at = _number(payload, at)
        kinds.append(kind)
    if at != head or len(kinds) > MOST_COLUMNS:
        raise ValueError("no record")
    values: list[Value] = []
    for kind in kinds:
        value, at = _value(payload, at, kind)
        values.append(value)
    if at != len(payload):
        raise ValueError("no record")
    return tuple(values)


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind in _INTEGERS:
        end = at + _INTEGERS[kind]
        return int.from_bytes(payload[at:end], "big", signed=True), end
    if kind == 7:
        return struct.unpack_from(">d", payload, at)[0], at + 8
    if kind >= 12:
        end = at + (kind - 12) // 2
        part = payload[at:end]
        return (part.decode("utf-8") if kind % 2 else part), end
    return {0: None, 8: 0, 9: 1}[kind] if kind in {0, 8, 9} else _no_value(), at


def _no_value() -> Value:
    raise ValueError("no value")


def _number(content: bytes, at: int) -> tuple[int, int]:
    """Read a number of variable length; gives it and where it ends."""
    number = 0
    for place in range(8):
        byte = content[at + place]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at + place + 1
    return number << 8 | content[at + 8], at + 9
