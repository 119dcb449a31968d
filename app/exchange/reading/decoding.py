"""Bytes to text: the encoding is found, told, and can be chosen; never a character dropped (RELIABILITY 57-60)."""

import codecs
import re
from dataclasses import dataclass

from app.errors import AskedWrongError
from app.exchange.reading.letters import CHOICES, REPAIRED, accented, repaired

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
NAMES = {
    **CHOICES,
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "latin-1": "Latin-1",
}
_MOJIBAKE = re.compile(r"\w*(?:Ã[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[™œ\x9d“”])\w*")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the encoding it was read with, and what has to be told."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode by byte-order mark, else UTF-8, else Windows-1252 (told, with words as they now read)."""
    if encoding == REPAIRED:
        found = decode(data)
        return Decoded(repaired(found.text), REPAIRED)
    if encoding is not None:
        return _by_choice(data, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _by_choice(data, name)
    # Plain letters in UTF-16 are valid UTF-8 with a NUL between them, so this comes first.
    unmarked = _unmarked_utf16(data)
    if unmarked:
        return _by_choice(data, unmarked)
    try:
        return _with_notes(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    for name in ("cp1252", "cp850" if _looks_like_dos(data) else "latin-1"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        words = accented([text])
        example = f", for example {', '.join(f'“{word}”' for word in words)}" if words else ""
        note = f"The file is not in UTF-8; it was read as {NAMES[name]}{example}."
        return Decoded(text, name, (note, *_mojibake(text)))
    raise AskedWrongError("The file is not a text.")


def _by_choice(data: bytes, encoding: str) -> Decoded:
    try:
        return _with_notes(data.decode(encoding), encoding)
    except (UnicodeDecodeError, LookupError):
        name = NAMES.get(encoding, encoding)
        raise AskedWrongError(
            f"The file cannot be read as {name}.", "It may have been cut off, or needs another encoding."
        ) from None


def _with_notes(text: str, encoding: str) -> Decoded:
    return Decoded(text.removeprefix("\ufeff"), encoding, _mojibake(text))


def _mojibake(text: str) -> tuple[str, ...]:
    found = None if text.isascii() else _MOJIBAKE.search(text)
    if found is None:
        return ()
    word = found[0]
    right = repaired(word)
    meant = "" if right == word else f", perhaps “{right}”"
    return (f"Some letters are already garbled in the file, for example “{word}”{meant}.",)


def _looks_like_dos(data: bytes) -> bool:
    """Tell whether more letters stand where DOS has them than where Windows has; 0x81, the ü of DOS, is none there."""
    dos = sum(0x80 <= byte <= 0xA5 for byte in data)
    return dos > sum(byte >= 0xC0 for byte in data)


def _unmarked_utf16(data: bytes) -> str | None:
    head = data[:2000]
    half = max(1, len(head) // 2)
    if head[1::2].count(0) > half * 0.7:
        return "utf-16-le"
    if head[0::2].count(0) > half * 0.7:
        return "utf-16-be"
    return None
