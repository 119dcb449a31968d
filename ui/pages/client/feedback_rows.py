"""Feedback as its list shows it: who said what when, the scores, the four steps of the loop, the step to do next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.colleagues import Colleague
from app.domain.feedback import Feedback
from app.domain.metrics.feedback_loop import TOLD_WITHIN
from app.domain.people import Person
from app.words import feedback as words
from app.words import formats, names
from app.words.catalogue import tr
from ui.tokens import Mark
from ui.widgets.lines import Line
from ui.widgets.text import one_line


class NextStep(StrEnum):
    """What the loop waits for."""

    OWN = "own"
    ACT = "act"
    TELL = "tell"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the loop: its word (none where needless), its day and the days it took, whether it is done."""

    words: str
    day: str
    done: bool


@dataclass(frozen=True, slots=True)
class FeedbackLine(Line):
    """One feedback; `words` are what was said, `sub` who, how and of what kind."""

    day: str = ""
    scores: str = ""
    steps: tuple[Step, ...] = ()
    state: str = ""
    mark: Mark = Mark.NONE
    next_words: str = ""

    @property
    def spoken(self) -> str:
        """The whole feedback as one sentence."""
        steps = (f"{step.words} {step.day}" for step in self.steps if step.done)
        told = (self.day, one_line(self.words), self.sub, self.scores, *steps, self.state)
        return ", ".join(filter(None, told))


_NEXT = {NextStep.OWN: "Own…", NextStep.ACT: "Say what was done…", NextStep.TELL: "Tell the client…"}


def is_by(day: date | None, as_of: date) -> bool:
    """Tell whether a step was taken by a day."""
    return day is not None and day <= as_of


def next_step(item: Feedback, as_of: date) -> NextStep | None:
    """Give the step a loop waits for; praise needs only an answer (METRICS C9)."""
    if is_by(item.told_on, as_of):
        return None
    if words.is_praise(item) or is_by(item.acted_on, as_of):
        return NextStep.TELL
    return NextStep.ACT if is_by(item.owned_on, as_of) else NextStep.OWN


def next_words(item: Feedback, as_of: date) -> str:
    """Say the step a loop waits for, as its button does."""
    step = next_step(item, as_of)
    if step is None:
        return ""
    return tr("Answer…") if words.is_praise(item) else tr(_NEXT[step])


def feedback_lines(
    items: Iterable[Feedback], people: Mapping[int, Person], colleagues: Mapping[int, Colleague], as_of: date
) -> list[Line]:
    """Show feedback received by a day, newest first."""
    known = sorted((item for item in items if item.on <= as_of), key=lambda item: (item.on, item.id), reverse=True)
    return [_line(item, people, colleagues, as_of) for item in known]


def _line(
    item: Feedback, people: Mapping[int, Person], colleagues: Mapping[int, Colleague], as_of: date
) -> FeedbackLine:
    person = people.get(item.person_id or 0)
    who = tr("not named") if person is None else person.name
    told = is_by(item.told_on, as_of)
    late = not told and (as_of - item.on).days > TOLD_WITHIN
    return FeedbackLine(
        item.id,
        words.quoted(item.verbatim),
        " · ".join((who, names.name(item.channel).lower(), names.name(item.kind).lower())),
        day=formats.short_day(item.on, as_of),
        scores=words.scores(item),
        steps=_steps(item, colleagues, as_of),
        state="" if told else words.waiting(item, as_of),
        mark=Mark.NONE if told else Mark.OVERDUE if late else Mark.DUE,
        next_words=next_words(item, as_of),
        hint=item.action,
    )


def _steps(item: Feedback, colleagues: Mapping[int, Colleague], as_of: date) -> tuple[Step, ...]:
    owner = colleagues.get(item.owner_id or 0)
    by = "" if owner is None else f" {owner.initials or owner.name}"
    steps = [Step(tr("received"), formats.short_day(item.on, as_of), done=True)]
    needless = words.is_praise(item) and not is_by(item.acted_on, as_of)
    for said, day in (
        (tr("owned{by}").format(by=by if is_by(item.owned_on, as_of) else ""), item.owned_on),
        ("" if needless else tr("acted on"), item.acted_on),
        (tr("answered") if words.is_praise(item) else tr("client told"), item.told_on),
    ):
        steps.append(Step(said, words.step_days(item, day, as_of), done=is_by(day, as_of)))
    return tuple(steps)


def said_and_done(items: Iterable[Feedback], as_of: date, most: int) -> list[tuple[str, str]]:
    """Give what was said and what was done of closed loops with something done, the latest first."""
    closed = [item for item in items if is_by(item.told_on, as_of) and item.action.strip() and item.verbatim.strip()]
    closed.sort(key=lambda item: (item.told_on or item.on, item.id), reverse=True)
    return [(words.quoted(item.verbatim), item.action.strip()) for item in closed[:most]]
