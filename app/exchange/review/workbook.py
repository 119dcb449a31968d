"""Writes the review of one client as a workbook, for the client or for us."""

from pathlib import Path

from app.domain.reviews import Edition
from app.exchange.reading.progress import UNWATCHED, Watch
from app.exchange.review import (
    contribution,
    definitions,
    dialogue,
    feedback,
    fees,
    people,
    plan,
    standing,
    summary,
    value,
)
from app.exchange.review.contents import left_out
from app.exchange.review.frame import Frame, Names
from app.exchange.workbooks.paper import paper_for
from app.exchange.workbooks.report import ExportReport
from app.exchange.workbooks.saving import place, put
from app.exchange.workbooks.xlsx import Workbook
from app.services.client_safe import client_safe
from app.services.review_values import Review
from app.words import review as words

_STEPS = 8


def write_review(review: Review, path: Path, watch: Watch = UNWATCHED) -> ExportReport:
    """Write the workbook of a review's edition to a path ending in .xlsx; whole or not at all.

    Raises:
        AskedWrongError: the path is no place for a workbook.
        AppError: the disk is full, the folder refuses, the old file is open elsewhere.
        CancelledError: the person cancelled; nothing was written.
    """
    target = place(path, ".xlsx")
    content, report = build(review, watch)
    put(target, content)
    return report


def build(review: Review, watch: Watch = UNWATCHED) -> tuple[bytes, ExportReport]:
    """Give the workbook's bytes; the client's edition is made of the allow-list and of nothing else."""
    book = Workbook(words.title(review.edition), paper_for(review.currency))
    if review.edition is Edition.CLIENT:
        frame = Frame(book, client_safe(review))
    else:
        frame = Frame(book, client_safe(review), review)
    _write(frame, watch)
    watch.step(_STEPS - 1, _STEPS)
    content = book.content()
    watch.step(_STEPS, _STEPS)
    return content, book.report


def _write(frame: Frame, watch: Watch) -> None:
    cells = fees.layout(frame)
    first = summary.begin(frame)
    months = summary.write(frame, first, live=cells.live)
    watch.step(1, _STEPS)
    absent = left_out(frame.review, frame.inside)
    if frame.review.plan is not None and Names.PLAN not in absent:
        plan.write(frame, frame.review.plan)
    if Names.DIALOGUE not in absent:
        dialogue.write(frame, months)
    watch.step(2, _STEPS)
    if Names.FEEDBACK not in absent:
        feedback.write(frame)
    watch.step(3, _STEPS)
    if Names.VALUE not in absent:
        value.write(frame, cells)
        fees.write(frame)
    watch.step(5, _STEPS)
    if frame.inside is not None and frame.inside.inside is not None:
        inside = frame.inside.inside
        if Names.CONTRIBUTION not in absent:
            contribution.write(frame, inside)
        standing.write(frame, inside)
        if Names.PEOPLE not in absent:
            people.write(frame, inside)
    definitions.write(frame)
