"""The sheet Fees: every document and what became of it, and the purchase days that TFI is computed from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.money import minor_units
from app.domain.reviews import Document, Purchase
from app.exchange.review.frame import Frame, Heads, Names
from app.exchange.workbooks.styles import (
    CELL,
    CELL_DATE,
    CELL_QUIET,
    CELL_RIGHT,
    RULE,
    WHOLE_FORMAT,
    money_format,
)
from app.exchange.workbooks.xlsx import EARLIEST, Sheet, cell
from app.words import formats, names, review
from app.words.catalogue import tr, trn

_HEAD_ROW = 5
FIRST = _HEAD_ROW + 1


@dataclass(frozen=True, slots=True)
class FeeCells:
    """Where the purchase days stand, for the sheet Value, and whether formulas can count with their dates."""

    day_column: int
    live: bool

    def day(self, purchase: int) -> str:
        """Give the address of the day of a purchase, counted from 0."""
        return f"{Names.FEES}!{cell(FIRST + purchase, self.day_column, fixed=True)}"


def layout(frame: Frame) -> FeeCells:
    """Say where the purchase days will stand; the sheet Value comes before this one."""
    workings = frame.review.workings
    foreign = _foreign(frame)
    live = all(purchase.day >= EARLIEST for purchase in workings.purchases)
    return FeeCells(day_column=len(_left(foreign)) + 3, live=live)


def _foreign(frame: Frame) -> bool:
    return any(document.currency != frame.currency for document in frame.review.workings.documents)


def _left(foreign: bool) -> tuple[float, ...]:
    """Give the widths of date, document, kind, for, invoiced, (rate), counted, counts on, how it counts."""
    return (12.0, 14.0, 9.0, 30.0, 14.0, *((9.0,) if foreign else ()), 14.0, 13.0, 32.0)


def write(frame: Frame) -> None:
    """Write the sheet."""
    workings = frame.review.workings
    foreign, several = _foreign(frame), len(workings.episodes) > 1
    left = _left(foreign)
    sheet = frame.sheet(Names.FEES, *left, 4.0, 6.0, 12.0, 14.0, 11.0, 12.0, *((9.0,) if several else ()))
    start = len(left) + 2
    frame.opening(sheet, len(left), tr("Fees"), _sentence(frame))
    _Documents(frame, sheet, foreign).write()
    _purchases(frame, sheet, start, several=several, live=layout(frame).live)
    rows, days = max(1, len(workings.documents)), max(1, len(workings.purchases))
    counted = 7 if foreign else 6
    for name, column, height in (
        ("Fee_amounts", counted, rows),
        ("Fee_days", counted + 1, rows),
        ("Purchase_days", start + 1, days),
        ("Purchase_fees", start + 2, days),
        ("Purchase_gaps", start + 4, days),
    ):
        frame.book.define(name, Names.FEES, (FIRST, column), (FIRST + height - 1, column))
    sheet.freeze(FIRST)
    sheet.count_rows(len(workings.documents))
    frame.finish(sheet, landscape=True, repeat=_HEAD_ROW)


def _sentence(frame: Frame) -> str:
    workings = frame.review.workings
    days = {purchase.day for purchase in workings.purchases}
    return tr(
        "{documents} up to {day}; their net sums make {purchases}. The sheet Value computes from both lists."
    ).format(
        documents=trn("{n} document", "{n} documents", len(workings.documents)),
        day=formats.day(frame.review.as_of),
        purchases=trn("{n} purchase day", "{n} purchase days", len(days)),
    )


class _Documents:
    """The documents, one a row, in order of date."""

    def __init__(self, frame: Frame, sheet: Sheet, foreign: bool) -> None:
        self._frame = frame
        self._sheet = sheet
        self._foreign = foreign
        self._base = replace(CELL_RIGHT, number=money_format(frame.currency))
        self._unit = minor_units(frame.currency)
        self._rate = replace(CELL_RIGHT, number="0.0000##")
        self._how = replace(CELL_QUIET, indent=1)
        self._counts_on = replace(CELL_DATE, indent=1)
        self._last = 9 if foreign else 8

    def write(self) -> None:
        """Write head, rows and the sum."""
        rate = (tr("Rate"),) if self._foreign else ()
        counted = tr("Counted, {currency}").format(currency=self._frame.currency)
        titles = (
            *(tr("Date"), tr("Document"), tr("Kind"), tr("For"), tr("Invoiced"), *rate, counted),
            *(tr("Counts on"), tr("How it counts")),
        )
        numbers = frozenset(range(4, 7 if self._foreign else 6))
        Heads(titles, numbers, frozenset({max(numbers) + 1, max(numbers) + 2})).write(self._sheet, _HEAD_ROW, 1)
        documents = self._frame.review.workings.documents
        for at, document in enumerate(documents):
            self._row(FIRST + at, document)
        if not documents:
            self._sheet.text(FIRST, 1, f"{formats.DASH}  {tr('no fee document yet')}", replace(CELL_QUIET, wrap=False))
            self._sheet.blanks(FIRST, 2, self._last, CELL)
        self._total(FIRST + max(1, len(documents)))

    def _row(self, row: int, document: Document) -> None:
        sheet, column = self._sheet, 6
        use = review.use(document.use)
        sheet.row(row, ((2, document.number), (4, document.service), (column + 2 + self._foreign, use)))
        sheet.day(row, 1, document.on, CELL_DATE)
        sheet.text(row, 2, document.number, CELL)
        sheet.text(row, 3, names.name(document.kind), CELL_QUIET)
        sheet.text(row, 4, document.service, CELL)
        sheet.money(row, 5, document.original, document.currency, CELL_RIGHT)
        if self._foreign:
            home = document.currency == self._frame.currency
            if home:
                sheet.blank(row, 6, CELL_RIGHT)
            else:
                sheet.number(row, 6, None if document.rate is None else float(document.rate), self._rate)
            column = 7
        sheet.money(row, column, document.counted, self._frame.currency, CELL_RIGHT)
        sheet.day(row, column + 1, document.counts_on, self._counts_on)
        sheet.text(row, column + 2, use, self._how)

    def _total(self, row: int) -> None:
        sheet, column = self._sheet, 7 if self._foreign else 6
        style = replace(self._base, bold=True, line="", over=RULE)
        sheet.row(row, least=22)
        sheet.blanks(row, 1, self._last, replace(CELL, line="", over=RULE))
        sheet.text(row, 1, tr("Observed fees"), replace(style, align="left", number=""))
        value = self._frame.review.workings.observed / self._unit
        sheet.formula(row, column, "=SUM(Fee_amounts)", value, style)


def _purchases(frame: Frame, sheet: Sheet, start: int, *, several: bool, live: bool) -> None:
    gap = tr("Days since the last")
    period = (tr("Period"),) if several else ()
    titles = (tr("No."), tr("Purchase day"), tr("Net fees"), tr("Documents"), gap, *period)
    Heads(titles, frozenset({2, 3, 4, 5})).write(sheet, _HEAD_ROW, start)
    purchases: Sequence[Purchase] = frame.review.workings.purchases
    unit = minor_units(frame.currency)
    middle = replace(CELL_RIGHT, valign="vcenter")
    net, whole = replace(middle, number=money_format(frame.currency)), replace(middle, number=WHOLE_FORMAT)
    left, dated = replace(CELL_QUIET, align="left", valign="vcenter"), replace(CELL_DATE, valign="vcenter")
    before: Purchase | None = None
    for at, purchase in enumerate(purchases):
        row = FIRST + at
        sheet.number(row, start, at + 1, left)
        sheet.day(row, start + 1, purchase.day, dated)
        day = cell(row, start + 1)
        if live:
            sheet.formula(row, start + 2, f"=SUMIFS(Fee_amounts,Fee_days,{day})", purchase.amount / unit, net)
        else:
            sheet.money(row, start + 2, purchase.amount, frame.currency, middle)
        sheet.number(row, start + 3, purchase.documents, whole)
        if before is None or before.episode != purchase.episode:
            sheet.text(row, start + 4, formats.DASH, middle)
        elif live:
            days = (purchase.day - before.day).days
            sheet.formula(row, start + 4, f"={day}-{cell(row - 1, start + 1)}", days, whole)
        else:
            sheet.number(row, start + 4, (purchase.day - before.day).days, whole)
        if several:
            sheet.number(row, start + 5, purchase.episode, whole)
        before = purchase
    if not purchases:
        sheet.text(FIRST, start, f"{formats.DASH}  {tr('no purchase yet')}", replace(CELL_QUIET, wrap=False))
        sheet.blanks(FIRST, start + 1, start + 4, CELL)
