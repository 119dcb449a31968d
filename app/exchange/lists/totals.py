"""Rows that add a list up, a total below it or subtotals within: left out and told, for nobody is called so."""

import re
from collections.abc import Iterable

from app.exchange.lists.headers import header_key
from app.exchange.lists.sheets import Sheet

_WORDS = """total; totals; grand total; sub total; subtotal; sum; total sum; net total; summe; summen;
gesamt; gesamtsumme; gesamtbetrag; endsumme; zwischensumme; total général; total general; sous total; totale; totale
generale; subtotale; totaal; subtotaal; eindtotaal; suma; suma total; total geral; soma; razem; celkem; summa; totalt; i
alt; sum total; yhteensä"""
_KEYS = frozenset(header_key(word) for word in _WORDS.split(";"))
# A figure with or without a currency, or a currency alone.
_FIGURES = re.compile(r"(?:[A-Z]{3}\s?)?[\W\d_]*[0-9][\W\d_]*(?:[A-Z]{3})?|[A-Z]{3}|[^\w\s]{1,3}")


def totals(sheet: Sheet, wrong: Iterable[int]) -> list[int]:
    """Find the rows of totals, by their place: among those something is `wrong` with, and the last row of all.

    Their first filled cell is a word for a total, and figures or currencies stand in all others, at least in one; a
    last row that nothing is wrong with must also be emptier than the one before it.
    """
    found = {index for index in wrong if _adds_up(sheet, index)}
    last = len(sheet.numbers) - 1
    if last > 0 and _adds_up(sheet, last) and len(_filled(sheet, last)) < len(_filled(sheet, last - 1)):
        found.add(last)
    return sorted(found)


def _adds_up(sheet: Sheet, index: int) -> bool:
    word, *others = _filled(sheet, index) or [""]
    return bool(others) and header_key(word) in _KEYS and all(_FIGURES.fullmatch(cell) for cell in others)


def _filled(sheet: Sheet, index: int) -> list[str]:
    return [cell for column in sheet.columns if (cell := column[index])]
