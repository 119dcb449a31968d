"""Rows that add a list up, a total below it or subtotals within: left out, told, and held against the rows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.exchange.lists.headers import header_key
from app.exchange.lists.sheets import Sheet

_WORDS = """total; totals; grand total; sub total; subtotal; sum; total sum; net total; summe; summen;
gesamt; gesamtsumme; gesamtbetrag; endsumme; zwischensumme; total général; total general; sous total; totale; totale
generale; subtotale; totaal; subtotaal; eindtotaal; suma; suma total; total geral; soma; razem; celkem; summa; totalt; i
alt; sum total; yhteensä"""
_KEYS = frozenset(header_key(word) for word in _WORDS.split(";"))
# A figure with or without a currency, or a currency alone.
_FIGURES = re.compile(r"(?:[A-Z]{3}\s?)?[\W\d_]*[0-9][\W\d_]*(?:[A-Z]{3})?|[A-Z]{3}|[^\w\s]{1,3}")
_PLAIN = re.compile(r"-?[0-9]{1,13}(?:\.[0-9]{1,12})?")
_CENT = Decimal("0.01")
# What a spreadsheet adds up exactly may differ by a cent from rows that were rounded.
ROUNDING = 1


@dataclass(frozen=True, slots=True)
class Total:
    """A row that adds others up: its place, the amount it says and what the rows come to, both in minor units.

    `said` is None where it says no amount; `comes_to` is the sum that is nearest, of the rows since the last total or
    of all above.
    """

    index: int
    said: int | None = None
    comes_to: int | None = None

    @property
    def agrees(self) -> bool | None:
        """Whether it says what the rows come to, a cent of rounding aside; None where that cannot be told."""
        if self.said is None or self.comes_to is None:
            return None
        return abs(self.said - self.comes_to) <= ROUNDING


def totals(sheet: Sheet, wrong: Iterable[int], facts: Iterable[int], amounts: Sequence[int | None]) -> list[Total]:
    """Find the rows of totals: among those something is `wrong` with, and the last row of all.

    By words: their first filled cell is a word for a total, and figures or currencies stand in all others; a last row
    that nothing is wrong with must hold a figure, and be emptier than the one before it or the sum of its columns.
    Without words: no column of `facts`, what a row of the list says beside its amount, is filled, and the amount is
    what the rows above come to.
    """
    wrong = set(wrong)
    by_words = {index for index in wrong if _adds_up(sheet, index, alone=True)}
    last = len(sheet.numbers) - 1
    if last > 0 and _adds_up(sheet, last):
        emptier = len(_filled(sheet, last)) < len(_filled(sheet, last - 1))
        sums = [_is_sum(column) for column in sheet.columns if _plain(column[last]) is not None]
        if emptier or (sums and all(sums)):
            by_words.add(last)
    if not amounts:
        return [Total(index) for index in sorted(by_words)]
    columns = [sheet.columns[index] for index in facts]
    bare = {index for index in wrong - by_words if not any(column[index] for column in columns)}
    return list(_added_up(amounts, by_words, bare)) if by_words or bare else []


def _added_up(amounts: Sequence[int | None], by_words: set[int], bare: set[int]) -> Iterator[Total]:
    """Give the totals with what they say and what the rows come to; a bare row that is no total is added to others."""
    everything = since = rows = 0
    for index, amount in enumerate(amounts):
        if index in by_words or (index in bare and amount is not None):
            near = since if amount is None or abs(amount - since) <= abs(amount - everything) else everything
            total = Total(index, amount, near if rows > 1 else None)
            if index in by_words or total.agrees:
                yield total
                since = 0
                continue
        if amount is not None:
            everything, since, rows = everything + amount, since + amount, rows + 1


def _adds_up(sheet: Sheet, index: int, *, alone: bool = False) -> bool:
    word, *others = _filled(sheet, index) or [""]
    return header_key(word) in _KEYS and (alone or bool(others)) and all(_FIGURES.fullmatch(cell) for cell in others)


def _is_sum(column: Sequence[str]) -> bool:
    """Tell whether the last cell of a column is what all above come to."""
    *above, last = (_plain(cell) for cell in column)
    return last is not None and abs(last - sum((number for number in above if number), Decimal())) < _CENT


def _plain(cell: str) -> Decimal | None:
    return Decimal(cell) if _PLAIN.fullmatch(cell) else None


def _filled(sheet: Sheet, index: int) -> list[str]:
    return [cell for column in sheet.columns if (cell := column[index])]
