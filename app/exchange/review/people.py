"""The sheet People, for us alone: who they are to us, and what is promised."""

from app.domain.promises import Promise
from app.domain.reviews import Period
from app.exchange.review.frame import Frame, Heads, Names, heading, nothing, words
from app.exchange.workbooks.styles import CELL, CELL_DATE, CELL_QUIET
from app.exchange.workbooks.xlsx import Sheet
from app.services.review_values import Inside
from app.words import formats, names
from app.words.catalogue import tr

_WIDTHS = (24.0, 22.0, 14.0, 14.0, 13.0, 34.0, 40.0)
_LAST = len(_WIDTHS)


def write(frame: Frame, inside: Inside) -> None:
    """Write the sheet."""
    sheet = frame.sheet(Names.PEOPLE, *_WIDTHS)
    row = frame.opening(sheet, _LAST, tr("People"), tr("For us alone."))
    titles = (tr("Name"), tr("Role"), tr("Level"), tr("Influence"), tr("Sentiment"), tr("Drivers"), tr("Our note"))
    Heads(titles).write(sheet, row, 1)
    row += 1
    for person in inside.people:
        left = tr(" (left {day})").format(day=formats.day(person.left_on)) if person.left_on else ""
        texts = (
            person.name + left, person.role, person.level, names.name(person.influence),
            names.name(person.sentiment), person.drivers, person.notes,
        )  # fmt: skip
        words(sheet, row, 1, texts)
        sheet.count_rows()
        row += 1
    if not inside.people:
        row = nothing(sheet, row, 1, _LAST, tr("nobody is known by name yet"))
    row = heading(sheet, row, 1, _LAST, tr("Promises open or due in the period"))
    _promises(frame, sheet, row, inside.promises, frame.review.period)
    frame.finish(sheet, landscape=True)


def _promises(frame: Frame, sheet: Sheet, row: int, promises: tuple[Promise, ...], period: Period) -> None:
    as_of = frame.review.as_of
    shown = [p for p in promises if p.is_open(as_of) or (p.due is not None and p.due in period.window)]
    if not shown:
        nothing(sheet, row, 1, _LAST, tr("nothing is promised"))
        return
    Heads((tr("Due"), tr("Who owes"), tr("State"), tr("On"), "", tr("What"), "")).write(sheet, row, 1)
    for promise in shown:
        row += 1
        sheet.row(row, ((7, promise.what),))
        sheet.day(row, 1, promise.due, CELL_DATE)
        sheet.text(row, 2, names.name(promise.by), CELL)
        state = tr("open") if promise.is_open(as_of) else tr("kept") if promise.kept_on else tr("broken")
        sheet.text(row, 3, state, CELL_QUIET)
        closed = None if promise.is_open(as_of) else promise.kept_on or promise.broken_on
        sheet.day(row, 4, closed, CELL_DATE)
        sheet.blank(row, 5, CELL)
        sheet.merged(row, 6, 7, promise.what, CELL)
        sheet.count_rows()
