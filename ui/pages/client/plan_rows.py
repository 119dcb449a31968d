"""The lines of a plan as the tab shows them, and what a line typed for an action means."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.action_entry import ActionEntry, ActionReaders, parse_action
from app.domain.checking import Problem
from app.domain.colleagues import Colleague
from app.domain.metrics.plans import is_done, progress
from app.domain.money import minor_digits, to_minor
from app.domain.parsing import DecimalMark, Lean, parse_amount, parse_date_typed
from app.domain.people import Person
from app.domain.plans import Action, Objective
from app.domain.promises import Promise
from app.words import formats, plans, sentences
from app.words.catalogue import tr
from ui.tokens import Mark, Tone
from ui.widgets.lines import Cell, Line, LineColumn
from ui.widgets.quick_entry import Reading

ACTION_COLUMNS = (LineColumn(28), LineColumn(100, right=True), LineColumn(40, right=True))


def text_lines(text: str) -> list[str]:
    """Give the goals, risks or opportunities of a plan, one a line; empty lines are none."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def lines_of(text: str) -> list[Line]:
    """Show a text of one thing a line; the key of a line is its place."""
    return [Line(place, words) for place, words in enumerate(text_lines(text))]


def with_line(text: str, place: int | None, words: str) -> str:
    """Give a text with one line changed, taken away where `words` is empty, or added where `place` is None."""
    lines = text_lines(text)
    if place is None:
        lines.append(words)
    elif place < len(lines):
        lines[place : place + 1] = [words] if words else []
    return "\n".join(filter(None, lines))


def objective_lines(objectives: Iterable[Objective], actions: Sequence[Action], as_of: date) -> list[Line]:
    """Show objectives, each with a bar of how many of its actions are done."""
    shown = []
    for objective in objectives:
        reached = progress((action for action in actions if action.objective_id == objective.id), as_of)
        sub = plans.objective_line(objective, reached)
        shown.append(Line(objective.id, objective.title, sub, share=reached.share, has_bar=True))
    return shown


@dataclass(frozen=True, slots=True)
class ActionContext:
    """What the lines of actions need to know besides the actions."""

    objectives: Mapping[int, Objective]
    colleagues: Mapping[int, Colleague]
    currency: str
    as_of: date


def action_lines(actions: Iterable[Action], context: ActionContext) -> list[Line]:
    """Show actions: owner, due or done, hours or cost; the objective beneath."""
    return [_action_line(action, context) for action in actions]


def _action_line(action: Action, context: ActionContext) -> Line:
    done = is_done(action, context.as_of)
    objective = context.objectives.get(action.objective_id or 0)
    owner = context.colleagues.get(action.owner_id or 0)
    sub = [objective.title] if objective is not None else []
    cost = formats.money(action.cost, context.currency) if action.cost is not None else ""
    if cost and action.minutes:
        sub.append(tr("plus {cost}").format(cost=cost))
    return Line(
        action.id,
        action.title,
        " · ".join(sub),
        ticked=done,
        cells=(
            Cell("" if owner is None else owner.initials or owner.name),
            _due_cell(action, context.as_of, done=done),
            Cell(plans.hours(action.minutes) if action.minutes else cost),
        ),
        hint="" if owner is None else owner.name,
    )


def _due_cell(action: Action, as_of: date, *, done: bool) -> Cell:
    if done:
        return Cell(formats.short_day(action.done_on, as_of))
    if action.due is None:
        return Cell()
    late = action.due < as_of
    return Cell(sentences.due(action.due, as_of), mark=Mark.OVERDUE if late else Mark.NONE)


def promise_lines(promises: Iterable[Promise], people: Mapping[int, Person], as_of: date) -> list[Line]:
    """Show open promises with the day they are due; late ones say so."""
    shown = []
    for promise in promises:
        if not promise.is_open(as_of):
            continue
        late = promise.due is not None and promise.due < as_of
        due = "" if promise.due is None else sentences.due(promise.due, as_of)
        person = people.get(promise.person_id or 0)
        sub = ", ".join(filter(None, ("" if person is None else person.name, due)))
        tone = Tone.OVERDUE if late else Tone.PLAIN
        shown.append(Line(promise.id, promise.what, sub, ticked=False, tone=tone))
    return shown


def read_action(
    line: str, colleagues: Iterable[Colleague], objectives: Sequence[Objective], currency: str, today: date
) -> ActionEntry:
    """Read the line that adds an action: `Pitch regional radio jv fri 2h`."""
    us = list(colleagues)

    def owner(word: str) -> int | None:
        found = [who.id for who in us if who.active and who.initials and who.initials.lower() == word.lower()]
        return found[0] if len(found) == 1 else None

    def day(text: str) -> date | None:
        found = parse_date_typed(text, today, lean=Lean.FUTURE)
        return found if isinstance(found, date) else None

    def amount(word: str) -> int | None:
        sign = formats.symbol_of(currency).strip()
        if not word.startswith((sign, currency)):
            return None
        found = parse_amount(word.removeprefix(sign).removeprefix(currency), DecimalMark.POINT)
        fits = not isinstance(found, Problem) and found.value >= 0 and _decimals(found.value) <= minor_digits(currency)
        return to_minor(found.value, currency) if fits and not isinstance(found, Problem) else None

    def objective(word: str) -> int | None:
        if word.isdigit():
            return objectives[int(word) - 1].id if 0 < int(word) <= len(objectives) else None
        found = [item.id for item in objectives if any(p.startswith(word.lower()) for p in item.title.lower().split())]
        return found[0] if len(found) == 1 else None

    return parse_action(line, ActionReaders(owner, day, amount, objective))


def reading_of(entry: ActionEntry, context: ActionContext) -> Reading:
    """Say what was understood of a line."""
    owner = context.colleagues.get(entry.owner_id or 0)
    objective = context.objectives.get(entry.objective_id or 0)
    parts = (
        "" if owner is None else owner.name,
        "" if entry.due is None else _due(entry.due),
        "" if entry.minutes is None else plans.hours(entry.minutes),
        "" if entry.cost is None else formats.money(entry.cost, context.currency, pence=True),
        "" if objective is None else tr("for {objective}").format(objective=objective.title),
    )
    return Reading(tuple(filter(None, parts)))


def _decimals(value: object) -> int:
    text = str(value)
    return len(text.partition(".")[2])


def _due(day: date) -> str:
    return tr("due {day}").format(day=f"{formats.weekday_short(day)} {formats.day(day)}")
