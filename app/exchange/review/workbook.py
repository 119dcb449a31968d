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
from app.exchange.review.frame import Frame
from app.exchange.workbooks.saving import place, put
from app.exchange.workbooks.xlsx import ExportReport, Workbook
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
    book = Workbook(words.title(review.edition))
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
    plan.write(frame)
    dialogue.write(frame, months)
    watch.step(2, _STEPS)
    feedback.write(frame)
    watch.step(3, _STEPS)
    value.write(frame, cells)
    fees.write(frame)
    watch.step(5, _STEPS)
    if frame.inside is not None and frame.inside.inside is not None:
        contribution.write(frame, frame.inside.inside)
        standing.write(frame, frame.inside.inside)
        people.write(frame, frame.inside.inside)
    definitions.write(frame)
