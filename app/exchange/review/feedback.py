"""The sheet Feedback: you said, we did."""

from dataclasses import replace

from app.domain.reviews import SafeFeedback
from app.exchange.review.frame import Frame, Heads, Names
from app.exchange.workbooks.styles import CELL, CELL_DATE, CELL_QUIET, CELL_WHOLE
from app.exchange.workbooks.xlsx import Sheet
from app.services.review_values import ReceivedFeedback
from app.words import formats, names, review
from app.words.catalogue import tr, trn

_WIDTHS = (12.0, 20.0, 52.0, 9.0, 9.0, 44.0, 12.0, 12.0)
_INSIDE = (12.0, 11.0, 18.0, 12.0)
_HEAD_ROW = 5


def write(frame: Frame) -> None:
    """Write the sheet."""
    inside = frame.inside
    sheet = frame.sheet(Names.FEEDBACK, *_WIDTHS, *(() if inside is None else _INSIDE))
    last = len(_WIDTHS) + (0 if inside is None else len(_INSIDE))
    given = frame.review
    row = frame.opening(
        sheet, last, tr("You said, we did") if frame.to_client else tr("They said, we did"), _said(frame)
    )
    said, done = (tr("You said"), tr("We did")) if frame.to_client else (tr("They said"), tr("We did"))
    more = () if inside is None else (tr("Kind"), tr("Recommend"), tr("Owner"), tr("Owned"))
    titles = (tr("Date"), tr("Who"), said, tr("Work"), tr("Service"), done, tr("Done"), tr("Came back"), *more)
    Heads(titles, frozenset({3, 4, 9}), frozenset({5, 10})).write(sheet, row, 1)
    for at, item in enumerate(given.feedback):
        row += 1
        _item(sheet, row, item, None if inside is None else inside.feedback[at])
    sheet.freeze(_HEAD_ROW + 1)
    sheet.count_rows(len(given.feedback))
    frame.finish(sheet, landscape=True, repeat=_HEAD_ROW)


def _said(frame: Frame) -> str:
    given = frame.review
    scores = tr("The work: {work}  ·  the service: {service}").format(
        work=review.score(given.work), service=review.score(given.service)
    )
    if given.loop_days is None:
        return tr("{scores}  ·  no feedback was closed in the last 12 months").format(scores=scores)
    days = formats.duration(given.loop_days)
    closed = trn("median of {n} closed in 12 months", "median of {n} closed in 12 months", given.loops_closed)
    return tr("{scores}  ·  we came back after {days} ({closed})").format(scores=scores, days=days, closed=closed)


def _item(sheet: Sheet, row: int, item: SafeFeedback, received: ReceivedFeedback | None) -> None:
    person = item.person or formats.DASH
    done = item.action or (formats.DASH if item.acted_on is None else tr("done"))
    sheet.row(row, ((2, person), (3, item.verbatim), (6, f"{done}   ")))
    sheet.day(row, 1, item.on, CELL_DATE)
    sheet.text(row, 2, person, CELL)
    sheet.text(row, 3, item.verbatim, CELL)
    sheet.number(row, 4, item.work_score, CELL_WHOLE)
    sheet.number(row, 5, item.service_score, CELL_WHOLE)
    sheet.text(row, 6, done, replace(CELL, indent=1))
    sheet.day(row, 7, item.acted_on, CELL_DATE)
    sheet.day(row, 8, item.told_on, CELL_DATE)
    if received is not None:
        feedback = received.feedback
        sheet.text(row, 9, names.name(feedback.kind), CELL_QUIET)
        sheet.number(row, 10, feedback.nps, CELL_WHOLE)
        sheet.text(row, 11, received.owner, replace(CELL, indent=1))
        sheet.day(row, 12, feedback.owned_on, CELL_DATE)
