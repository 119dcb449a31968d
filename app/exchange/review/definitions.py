"""The sheet Definitions: what each figure means, and the rule it follows."""

from dataclasses import replace

from app.exchange.review.frame import Frame, Heads, Names
from app.exchange.workbooks.styles import CELL, CELL_QUIET
from app.words import formats
from app.words.catalogue import tr
from app.words.review_definitions import definitions


def write(frame: Frame) -> None:
    """Write the sheet."""
    given = frame.review
    # The rules are our house's; a client has nowhere to look them up.
    sheet = frame.sheet(Names.DEFINITIONS, *((18, 86) if frame.to_client else (18, 72, 16)))
    last = 2 if frame.to_client else 3
    said = tr("How the figures of this review come about, as of {day}.").format(day=formats.day(given.as_of))
    row = frame.opening(sheet, last, tr("Definitions"), said)
    Heads((tr("Figure"), tr("What it means"), tr("Rule"))[:last]).write(sheet, row, 1)
    for one in definitions(given.as_of, given.period, given.workings.start_rule, to_client=frame.to_client):
        row += 1
        sheet.row(row, ((1, one.figure), (2, one.meaning)), least=21)
        sheet.text(row, 1, one.figure, replace(CELL, bold=True))
        sheet.text(row, 2, one.meaning, CELL)
        if not frame.to_client:
            sheet.text(row, 3, one.rule, replace(CELL_QUIET, indent=1))
    frame.finish(sheet)
