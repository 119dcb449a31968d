"""How the header of a column is compared: case, accents, blanks, signs, units and currencies do not matter."""

import re

from app.domain.currencies import SIGNS, is_code
from app.domain.names import fold

_SIGNS_OUT = re.compile(r"[^\w]+|_")
_BRACKETS = re.compile(r"[(\[{].*?[)\]}]")
_CODE = re.compile(r"\b[A-Z]{3}\b")
_CURRENCY_SIGNS = sorted(SIGNS, key=len, reverse=True)


def header_key(header: str) -> str:
    """Give the key of a header: `Invoice No.` and `invoice_no` share one; `#` stands for number."""
    return _SIGNS_OUT.sub("", fold(header.replace("№", "no").replace("°", "o")))


def header_keys(header: str) -> tuple[str, ...]:
    """Give the keys to try in turn: as it stands, without brackets, without the currency it names."""
    bare = _BRACKETS.sub(" ", header)
    without_currency = _CODE.sub(lambda code: " " if is_code(code[0]) else code[0], bare)
    words = without_currency.split()
    if len(words) > 1 and words[-1].lower() == "in":
        without_currency = " ".join(words[:-1])
    keys = (header_key(header), header_key(bare), header_key(without_currency))
    return tuple(dict.fromkeys(key for key in keys if key))


def header_currency(header: str) -> tuple[str, ...]:
    """Give the currencies a header names: `Amount (EUR)`, `Net £`; empty where it names none."""
    for found in _CODE.findall(header):
        if is_code(found):
            return (found,)
    for sign in _CURRENCY_SIGNS:
        if not sign.isalpha() and sign in header:
            return SIGNS[sign]
    return ()
