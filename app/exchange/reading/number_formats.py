"""The currency that a workbook shows by a cell's number format alone: no reader of values gives it."""

import re
from xml.etree import ElementTree as ET

from app.domain.currencies import SIGNS, is_code

_NAMED = re.compile(r"\[\$([^\]-]+)(?:-[0-9A-Fa-f]+)?\]")
# Colours and conditions, blanks as wide as a letter, and filling letters are no words of a format.
_NOT_SHOWN = re.compile(r"\[[^\]]*\]|[_*].")
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_FIGURES = " \u00a0\u202f#?0123456789,.()+-/%'"


def shown_sign(code: str) -> str:
    """Give the sign or code of a currency that a number format writes beside the number, empty where it writes none.

    `#,##0.00 [$€-407]` -> €, `"$"#,##0.00` -> $, `#,##0.00 "EUR"` -> EUR; a format that writes anything else besides
    shows no currency.
    """
    named = _NAMED.search(code)
    if named:
        return _known(named[1])
    first = _QUOTED.sub(lambda quoted: quoted[0].replace(";", ""), code).partition(";")[0]
    words = _QUOTED.sub(lambda quoted: quoted[1] or quoted[2] or "", _NOT_SHOWN.sub("", first))
    return _known(words.strip(_FIGURES))


def _known(words: str) -> str:
    sign = words.strip(_FIGURES)
    return sign if sign in SIGNS or is_code(sign) else ""


def signs_by_style(styles: bytes) -> dict[int, str]:
    """Give the signs of the cell styles that show a currency, from the part `xl/styles.xml`."""
    root = ET.fromstring(styles)
    codes: dict[str, str] = {}
    signs: dict[int, str] = {}
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if name == "numFmt":
            codes[element.get("numFmtId", "")] = element.get("formatCode", "")
        elif name == "cellXfs":
            found = (shown_sign(codes.get(style.get("numFmtId", ""), "")) for style in element)
            signs = {index: sign for index, sign in enumerate(found) if sign}
    return signs
