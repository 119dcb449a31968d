"""The sheet Plan: the client's goals, our objectives, and the actions that reach them."""

from dataclasses import replace

from app.domain.reviews import SafePlan
from app.exchange.review.frame import Frame, Heads, Names, heading, lines, nothing, words
from app.exchange.workbooks.styles import CELL, CELL_DATE, CELL_QUIET, CELL_RIGHT, CELL_WHOLE
from app.exchange.workbooks.xlsx import Sheet
from app.services.review_values import ReviewedPlan
from app.words import formats
from app.words.catalogue import tr

_WIDTHS = (40.0, 28.0, 18.0, 14.0, 16.0)
_INSIDE = (10.0, 14.0)
# The heading and four short texts, two of them of some lines.
_OURS_POINTS = 160.0


def write(frame: Frame, plan: SafePlan) -> None:
    """Write the sheet."""
    inside = frame.inside
    sheet = frame.sheet(Names.PLAN, *_WIDTHS, *(() if inside is None else _INSIDE))
    last = len(_WIDTHS) + (0 if inside is None else len(_INSIDE))
    dates = f"{formats.day(plan.starts)} – {formats.day(plan.ends)}"
    row = frame.opening(sheet, last, tr("Plan"), f"{plan.title}  ·  {dates}")
    row = _goals(frame, sheet, row, last, plan)
    row = _objectives(sheet, heading(sheet, row, 1, last, tr("What is to be reached")), last, plan)
    row = _actions(frame, sheet, heading(sheet, row, 1, last, tr("What is to be done")), last, plan)
    if inside is not None and inside.plan is not None:
        _ours(frame, sheet, row, last, inside.plan)
    frame.finish(sheet, landscape=True)


def _goals(frame: Frame, sheet: Sheet, row: int, last: int, plan: SafePlan) -> int:
    row = heading(sheet, row, 1, last, tr("Your goals") if frame.to_client else tr("Their goals"))
    if not plan.goals:
        return nothing(sheet, row, 1, last, tr("no goals are written yet"))
    return lines(sheet, row, 1, last, plan.goals)


def _objectives(sheet: Sheet, row: int, last: int, plan: SafePlan) -> int:
    if not plan.objectives:
        return nothing(sheet, row, 1, last, tr("no objectives are written yet"))
    titles = (tr("Objective"), tr("Measured by"), tr("From"), tr("To"))
    Heads((*titles, *[""] * (last - len(titles)))).write(sheet, row, 1)
    for objective in plan.objectives:
        row += 1
        texts = (objective.title, objective.measure, objective.baseline, objective.target)
        words(sheet, row, 1, texts)
        sheet.blanks(row, len(texts) + 1, last, CELL)
        sheet.count_rows()
    return row + 1


def _actions(frame: Frame, sheet: Sheet, row: int, last: int, plan: SafePlan) -> int:
    if not plan.actions:
        return nothing(sheet, row, 1, last, tr("no actions are written yet"))
    inside = None if frame.inside is None else frame.inside.plan
    more = () if inside is None else (tr("Minutes"), tr("Cost"))
    titles = (tr("Action"), tr("For the objective"), tr("Who"), tr("Due"), tr("Done"), *more)
    Heads(titles, frozenset({5, 6})).write(sheet, row, 1)
    for at, action in enumerate(plan.actions):
        row += 1
        sheet.row(row, ((1, action.title), (2, action.objective), (3, action.owner)))
        sheet.text(row, 1, action.title, CELL)
        sheet.text(row, 2, action.objective, CELL_QUIET)
        sheet.text(row, 3, action.owner, CELL)
        sheet.day(row, 4, action.due, CELL_DATE)
        if action.done_on is not None:
            sheet.day(row, 5, action.done_on, CELL_DATE)
        else:
            late = action.due is not None and action.due < frame.review.as_of
            sheet.text(row, 5, tr("open, was due") if late else tr("open"), CELL_QUIET)
        if inside is not None:
            sheet.number(row, 6, inside.actions[at].minutes, CELL_WHOLE)
            sheet.money(row, 7, inside.actions[at].cost, frame.currency, CELL_RIGHT)
        sheet.count_rows()
    return row + 1


def _ours(frame: Frame, sheet: Sheet, row: int, last: int, reviewed: ReviewedPlan) -> None:
    """Write what of the plan is ours alone."""
    plan = reviewed.plan
    sheet.keep_together(row, _OURS_POINTS)
    row = heading(sheet, row, 1, last, tr("For us"))
    expected = formats.money(plan.expected_fee, frame.currency)
    for label, text in (
        (tr("Expected fee"), expected),
        (tr("Risks"), plan.risks or formats.DASH),
        (tr("Opportunities"), plan.opportunities or formats.DASH),
        (tr("Reviewed"), formats.day(plan.reviewed_on)),
    ):
        sheet.text(row, 1, label, CELL_QUIET)
        sheet.across(row, 2, last, text, replace(CELL), least=20)
        row += 1
