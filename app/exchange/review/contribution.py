"""The sheet Contribution, for us alone: what the client brought and cost, in the period and so far (METRICS V1)."""

from dataclasses import replace
from fractions import Fraction

from app.domain.metrics.contribution import Contribution
from app.domain.money import minor_units
from app.exchange.review.frame import Frame, Heads, Names, heading, nothing
from app.exchange.review.standing import covered
from app.exchange.workbooks.styles import (
    CELL,
    CELL_DATE,
    CELL_QUIET,
    CELL_RIGHT,
    RULE,
    SHARE_FORMAT,
    TINT,
    money_format,
)
from app.exchange.workbooks.xlsx import Sheet, cell
from app.services.review_values import Inside
from app.words import formats, names
from app.words.catalogue import tr


def write(frame: Frame, inside: Inside) -> None:
    """Write the sheet."""
    sheet = frame.sheet(Names.CONTRIBUTION, 34, 18, 18, 46)
    said = covered(inside.contribution.coverage)
    row = frame.opening(sheet, 4, tr("Contribution"), f"{said[:1].upper()}{said[1:]}.")
    row = _lines(frame, sheet, row, inside.contribution, inside.figures.contribution)
    row = heading(sheet, row, 1, 4, tr("Costs booked in the period"))
    Heads((tr("Kind"), tr("Date"), tr("Amount"), tr("Note")), frozenset({2}), frozenset({3})).write(sheet, row, 1)
    for cost in inside.costs:
        row += 1
        sheet.row(row, ((4, cost.note),))
        sheet.text(row, 1, names.name(cost.kind), CELL)
        sheet.day(row, 2, cost.on, CELL_DATE)
        sheet.money(row, 3, cost.amount, frame.currency, CELL_RIGHT)
        sheet.text(row, 4, cost.note, replace(CELL_QUIET, indent=1))
        sheet.count_rows()
    if not inside.costs:
        nothing(sheet, row + 1, 1, 4, tr("no costs are booked in the period; time stands on the sheet Dialogue"))
    frame.finish(sheet)


def _lines(frame: Frame, sheet: Sheet, row: int, period: Contribution, so_far: Contribution) -> int:
    Heads(("", tr("In the period"), tr("So far"), ""), frozenset({1, 2})).write(sheet, row, 1)
    parts = (
        (tr("Fees"), "fees", 1, ""),
        (tr("Delivery"), "delivery", -1, tr("on documents and booked")),
        (tr("Service"), "service", -1, tr("support, travel, gifts, tools")),
        (tr("Retention"), "retention", -1, tr("rewards and programmes")),
        (tr("Time"), "time", -1, tr("minutes of contacts × hourly cost")),
    )
    first = row + 1
    for label, field, sign, remark in parts:
        row += 1
        sheet.row(row, least=21)
        sheet.text(row, 1, label, CELL)
        for column, found in ((2, period), (3, so_far)):
            amount: int | Fraction = getattr(found, field)
            sheet.money(row, column, sign * amount, frame.currency, CELL_RIGHT)
        sheet.text(row, 4, remark, replace(CELL_QUIET, indent=1))
    row += 1
    strong = replace(CELL, bold=True, fill=TINT, line=RULE)
    money = replace(strong, align="right", number=money_format(frame.currency))
    sheet.row(row, least=22)
    sheet.text(row, 1, tr("Contribution"), strong)
    unit = minor_units(frame.currency)
    for column, found in ((2, period), (3, so_far)):
        area = f"{cell(first, column)}:{cell(row - 1, column)}"
        sheet.formula(row, column, f"=SUM({area})", found.amount / unit, money)
    sheet.text(row, 4, covered(so_far.coverage), replace(strong, bold=False, indent=1))
    row += 1
    sheet.row(row, least=21)
    sheet.text(row, 1, tr("Margin"), CELL)
    for column, found in ((2, period), (3, so_far)):
        sheet.number(row, column, found.margin, replace(CELL_RIGHT, number=SHARE_FORMAT))
    sheet.text(row, 4, "" if so_far.margin is not None else tr("no fees"), replace(CELL_QUIET, indent=1))
    row += 1
    sheet.row(row, least=21)
    sheet.text(row, 1, tr("Cost coverage"), CELL)
    for column, found in ((2, period), (3, so_far)):
        sheet.text(row, column, formats.share(found.coverage), CELL_RIGHT)
    sheet.blank(row, 4, CELL)
    return row + 1
