"""How a list's letters, dates and amounts were read: an example, what speaks for it, and other ways to read them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import repeat

from app.domain.parsing import DateOrder, DecimalMark, parse_date, read_plain
from app.domain.parsing.dates import ParsedDate
from app.exchange.lists.costs import CostRow
from app.exchange.lists.fees import FeeRow
from app.exchange.lists.fields import Holds, Kind, fields_holding
from app.exchange.lists.questions import About
from app.exchange.lists.reading import Prepared
from app.exchange.reading import letters
from app.exchange.reading.decoding import NAMES
from app.exchange.reading.files import ListFile
from app.exchange.reading.grid import NumberText
from app.words import importing

LOOKED_AT = 2_000


@dataclass(frozen=True, slots=True)
class ReadAs:
    """One example and its reading; `others` are (value, words) of what could be chosen instead.

    What can be read in one way only has no example.
    """

    about: About
    example: str
    reading: str
    detail: str
    others: tuple[tuple[str, str], ...] = ()


def read_as(file: ListFile, prepared: Prepared, currency: str, today: date) -> tuple[ReadAs, ...]:
    """Say how letters, dates and amounts are read, as far as nothing is asked of them."""
    asked = {question.about for question in prepared.forms.questions}
    found = [_letters(file, prepared)]
    if About.DATE_ORDER not in asked:
        found.append(_dates(prepared, today))
    if About.DECIMAL not in asked and "amount" in prepared.mapping.columns:
        found.append(_amounts(prepared, currency))
    return tuple(reading for reading in found if reading is not None)


def _letters(file: ListFile, prepared: Prepared) -> ReadAs | None:
    if not file.encoding:
        return None
    words = letters.accented(cell for column in prepared.sheet.columns for cell in column)
    readings = {word: letters.otherwise(word, file.encoding) for word in words}
    word = max(words, key=lambda one: len(readings[one]), default=None)
    if word is None or (not readings[word] and file.encoding != letters.REPAIRED):
        return None
    if file.encoding == letters.REPAIRED:
        return ReadAs(About.LETTERS, word, importing.were_put_right(), "", (("", importing.as_in_the_file()),))
    others = tuple(
        (name, importing.put_right(reading))
        if name == letters.REPAIRED
        else (name, importing.read_letters(NAMES[name], reading))
        for name, reading in readings[word].items()
    )
    return ReadAs(About.LETTERS, word, importing.letters_of(NAMES.get(file.encoding, file.encoding)), "", others)


def _dates(prepared: Prepared, today: date) -> ReadAs | None:
    forms = prepared.forms
    names = [name for name in fields_holding(prepared.kind, Holds.DATE) if name in prepared.mapping.columns]
    cells = [cell for name in names for cell in _texts(prepared, name)]
    # An example that can be read in two ways says most.
    readings = {cell: _days(cell, today) for cell in dict.fromkeys(cells[:LOOKED_AT])}
    example = max(
        (cell for cell, days in readings.items() if forms.date_order in days),
        key=lambda cell: len(set(readings[cell].values())),
        default=None,
    )
    if example is None:
        return None
    days = readings[example]
    others = tuple(
        (order.value, importing.read_order(order))
        for order, fits in forms.date_fits.items()
        if fits and order in days and days[order] != days[forms.date_order]
    )
    told = {order: fits for order, fits in forms.date_fits.items() if order is forms.date_order or fits != forms.dates}
    alike = len(set(forms.date_fits.values())) == 1
    detail = "" if alike else importing.order_fits(told, forms.dates, forms.date_order)
    return ReadAs(About.DATE_ORDER, example, importing.long_day(days[forms.date_order]), detail, others)


def _days(cell: str, today: date) -> dict[DateOrder, date]:
    parsed = {order: parse_date(cell, order, today) for order in DateOrder}
    return {order: found.day for order, found in parsed.items() if isinstance(found, ParsedDate)}


def _amounts(prepared: Prepared, currency: str) -> ReadAs | None:
    mark = prepared.forms.decimal
    cells = _texts(prepared, "amount")
    readable = [cell for cell in dict.fromkeys(cells[:LOOKED_AT]) if read_plain(cell, mark) is not None]
    example = next((cell for cell in readable if "," in cell or "." in cell), readable[0] if readable else None)
    come_to = _come_to(prepared, currency)
    if example is None:
        # A workbook's numbers can be read in one way only.
        return ReadAs(About.DECIMAL, "", "", come_to) if come_to else None
    value = read_plain(example, mark)
    other = next(other for other in DecimalMark if other is not mark)
    otherwise = read_plain(example, other)
    choices = ((other.value, importing.read_decimal(other)),) if otherwise not in (None, value) else ()
    return ReadAs(About.DECIMAL, example, importing.plain_amount(value or Decimal()), come_to, choices)


def _come_to(prepared: Prepared, currency: str) -> str:
    """Say what the rows come to as they were read: totals and drafts left out, credits taken off."""
    fields = {Kind.FEES: FeeRow._fields, Kind.COSTS: CostRow._fields}.get(prepared.kind, ())
    typed = prepared.typed
    if "amount" not in fields or not typed.count:
        return ""
    amounts = typed.columns[fields.index("amount")]
    written = typed.columns[fields.index("currency")] if "currency" in fields else repeat(currency)
    sums: Counter[str] = Counter()
    for minor, code in zip(amounts, written, strict=False):
        sums[code] += minor
    return importing.come_to(typed.count, sums)


def _texts(prepared: Prepared, field: str) -> list[str]:
    column = prepared.sheet.columns[prepared.mapping.columns[field]]
    return [cell for cell in column if cell and type(cell) is not NumberText]
