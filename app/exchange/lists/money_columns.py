"""Columns of money turned into minor units of each row's currency, exactly, plain ones fast."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.domain.currencies import SIGNS
from app.domain.money import minor_digits, round_half_away
from app.domain.parsing import DecimalMark
from app.exchange.lists.columns import ColumnReader
from app.exchange.lists.headers import header_currency
from app.words.catalogue import tr, trn

# 100,000 million in a currency with cents: sums of a whole list still fit the database's integers.
MAX_MINOR = 10**13


@dataclass(slots=True)
class Money:
    """Minor units and currency of each row; `rounded` rows had more decimals than their currency."""

    minors: list[int | None]
    currencies: list[str]
    rounded: int = 0


def money(reader: ColumnReader, name: str, currency_name: str = "currency") -> Money:
    """Read a column of money; a row's currency is its own, else that beside the amount, the header's, the firm's.

    What the format of a workbook's cell shows stands beside the amount where neither column nor header names one.
    """
    cells = reader.numbers(name)
    default = _default(reader, name)
    own = reader.currencies(currency_name) if reader.has(currency_name) else None
    shown = [] if own or header_currency(reader.header(name)) else _shown(reader, name)
    if own is None and not shown and minor_digits(default) == 2:
        mark = reader.terms.decimal.value
        plain = _all_with_cents(cells, mark) or [hundredths(cell, mark) for cell in cells]
        if None not in plain:
            return _within(reader, name, Money(plain, [default] * reader.count))
    parsed = reader.parsed(name, reader.amount, cells)
    result = Money([], [])
    for index, amount in enumerate(parsed):
        currency = own[index] if own else None
        if amount is None:
            result.minors.append(None)
            result.currencies.append(currency or default)
            continue
        written = amount.currencies or (shown[index] if shown else ())
        currency = _currency(reader, index, name, written, currency, default)
        exact = Fraction(amount.value) * 10 ** minor_digits(currency)
        minor = round_half_away(exact)
        result.rounded += minor != exact
        result.minors.append(minor)
        result.currencies.append(currency)
    if result.rounded:
        where = f"“{reader.header(name)}”"
        amounts = trn("{n} amount", "{n} amounts", result.rounded)
        reader.notices.append(f"{amounts} in {where} had more decimals than money has and had to be rounded.")
    return _within(reader, name, result)


_WITH_CENTS = {mark.value: re.compile(rf"(?:-?[0-9]{{1,13}}[{mark.value}][0-9]{{2}};)+") for mark in DecimalMark}


def _all_with_cents(cells: list[str], mark: str) -> list[int | None] | None:
    """Read a column in which every cell is plain with two decimals, in one go."""
    joined = ";".join(cells) + ";"
    if not _WITH_CENTS[mark].fullmatch(joined):
        return None
    return list(map(int, joined[:-1].replace(mark, "").split(";")))


def hundredths(cell: str, mark: str) -> int | None:
    """Read `1234.5`, `-12.30` or `7` as hundredths at once; None for all that needs the whole grammar."""
    whole, found, decimals = cell.partition(mark)
    digits = whole[1:] if whole[:1] == "-" else whole
    if not digits.isdigit() or not cell.isascii() or len(digits) > 13 or (found and not decimals.isdigit()):
        return None
    if len(decimals) > 2:
        return None
    return int(whole + decimals) * (100, 10, 1)[len(decimals)]


def _default(reader: ColumnReader, name: str) -> str:
    named = header_currency(reader.header(name))
    firm = reader.terms.currency
    return firm if not named or firm in named else named[0]


def _shown(reader: ColumnReader, name: str) -> list[tuple[str, ...]]:
    """Give the currencies that the format of each cell may mean; empty where that is the firm's everywhere."""
    signs = reader.signs(name)
    meant = {sign: SIGNS.get(sign) or (sign,) for sign in set(signs) if sign}
    firm = reader.terms.currency
    foreign = Counter(
        sign for index, sign in enumerate(signs) if sign and firm not in meant[sign] and index not in reader.problems
    )
    for sign, times in foreign.items():
        amounts = trn("{n} amount", "{n} amounts", times)
        words = tr("By the format of the cells alone, {amounts} in “{column}” are in {currency}; they are taken so.")
        told = words.format(amounts=amounts, column=reader.header(name), currency=meant[sign][0])
        reader.notices.append(told)
    return [meant.get(sign, ()) for sign in signs] if foreign else []


def _currency(
    reader: ColumnReader, index: int, name: str, written: Sequence[str], own: str | None, default: str
) -> str:
    """Settle a row's currency; a sign that contradicts the row's own currency is a problem."""
    if not written:
        return own or default
    if own and own not in written:
        reader.refuse(index, name, f"The amount is written in {written[0]}, the row's currency is {own}.", "Mend one.")
        return own
    return own or (default if default in written else written[0])


def _within(reader: ColumnReader, name: str, result: Money) -> Money:
    minors = [minor for minor in result.minors if minor is not None]
    if minors and (max(minors) > MAX_MINOR or min(minors) < -MAX_MINOR):
        for index, minor in enumerate(result.minors):
            if minor is not None and abs(minor) > MAX_MINOR:
                reader.refuse(index, name, "The amount is larger than any fee.", "Check its decimal mark.")
    return result
