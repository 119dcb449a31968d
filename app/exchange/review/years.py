"""Fees by calendar year on the sheet Value, with their chart, for a relationship of several years."""

from collections import Counter
from dataclasses import replace

from app.domain.money import minor_units
from app.exchange.review.frame import Frame, Heads, Names, heading, whole_money
from app.exchange.workbooks.charts import Series, column_chart
from app.exchange.workbooks.styles import ACCENT, CELL, CELL_RIGHT, CELL_WHOLE, money_format
from app.exchange.workbooks.xlsx import Sheet, cell
from app.words import formats
from app.words.catalogue import tr, trn

_LAST = 5
_FEES = 4
_CHART_ROWS, _CHART_POINTS = 8, 18.0
_CHART_SIZE = (712, 190)


def by_year(frame: Frame, sheet: Sheet, row: int, *, live: bool) -> int:
    """Write the years from the first fee to the last, where the period does not show them; gives the next row."""
    fees: Counter[int] = Counter()
    for document in frame.review.workings.documents:
        if document.counted is not None and document.counts_on is not None:
            fees[document.counts_on.year] += document.counted
    if not fees or (len(fees) == 1 and any(item.fees for item in frame.review.buckets)):
        return row
    purchases = Counter(purchase.day.year for purchase in frame.review.workings.purchases)
    row = heading(sheet, row, 1, _LAST, tr("Fees by year, all so far"))
    Heads((tr("Year"), "", "", tr("Fees"), tr("Purchases")), frozenset({3, 4})).write(sheet, row, 1)
    first, money = row + 1, replace(CELL_RIGHT, number=money_format(frame.currency))
    for year in range(min(fees), max(fees) + 1):
        row += 1
        sheet.row(row, least=20)
        sheet.number(row, 1, year, replace(CELL, align="left"))
        sheet.blanks(row, 2, 3, CELL)
        begins, ends = (f"DATE({cell(row, 1)},{day})" for day in ("1,1", "12,31"))
        value = fees[year] / minor_units(frame.currency)
        if live:
            within = f'Fee_days,">="&{begins},Fee_days,"<="&{ends}'
            sheet.formula(row, _FEES, f"=SUMIFS(Fee_amounts,{within})", value, money)
            within = within.replace("Fee_days", "Purchase_days")
            sheet.formula(row, _LAST, f"=COUNTIFS({within})", purchases[year], CELL_WHOLE)
        else:
            sheet.number(row, _FEES, value, money)
            sheet.number(row, _LAST, purchases[year], CELL_WHOLE)
    _chart(frame, sheet, first, row, fees)
    return row + 1 + _CHART_ROWS


def _chart(frame: Frame, sheet: Sheet, first: int, last: int, fees: Counter[int]) -> None:
    series = Series(tr("Fees"), Names.VALUE, _FEES, 1, first, last, ACCENT)
    chart = column_chart(frame.book, (series,), stacked=False, number=whole_money(frame.currency))
    best = max(fees, key=lambda year: fees[year])
    said = tr("Column chart of fees by year, {columns}; the highest is {year} with {sum}.").format(
        columns=trn("{n} column", "{n} columns", last - first + 1),
        year=best,
        sum=formats.money(fees[best], frame.currency),
    )
    for at in range(_CHART_ROWS):
        sheet.height(last + 1 + at, _CHART_POINTS)
    sheet.place_chart(last + 1, 1, chart, _CHART_SIZE, said)
