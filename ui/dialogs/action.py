"""The form of one action: what is to be done, for which objective, by whom, until when, how long, at what cost."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from PySide6.QtWidgets import QWidget

from app.domain.checking import InvalidInputError, Problem
from app.domain.colleagues import Colleague
from app.domain.money import round_half_away
from app.domain.parsing import DecimalMark, Lean, parse_amount, parse_minutes
from app.domain.plans import ActionDraft, Objective
from app.words import plans
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs.days import day_field
from ui.dialogs.numbers import money_field
from ui.dialogs.record import RecordDialog
from ui.widgets.choice_field import ChoiceField
from ui.widgets.fields import TextField
from ui.widgets.parsed_field import ParsedField

LONGEST_HOURS = 10_000


class ActionDialog(RecordDialog):
    """Makes or changes an action; `accepted_draft` gives an `ActionDraft`."""

    def __init__(
        self,
        desk: Desk,
        currency: str,
        draft: ActionDraft,
        objectives: Sequence[Objective],
        colleagues: Sequence[Colleague],
        *,
        new: bool,
        parent: QWidget | None = None,
    ) -> None:
        words = tr("What is to be done") if new else tr("Action")
        verb = tr("Add action") if new else tr("Change action")
        super().__init__(desk.theme, words, verb, parent, key=f"action of {draft.plan_id}", new=new)
        self._draft = draft
        theme, icons = desk.theme, desk.icons
        us = [who for who in colleagues if who.active or who.id == draft.owner_id]
        self.title = TextField(tr("Pitch regional radio, three stations"))
        self.objective = ChoiceField(theme, [(item.id, item.title) for item in objectives], none=tr("none"))
        self.owner = ChoiceField(theme, [(who.id, who.name) for who in us], none=tr("nobody yet"))
        self.due = day_field(theme, icons, today=date.today, lean=Lean.FUTURE)
        self.hours = ParsedField(read_hours, plans.hours, hint="2 h")
        self.cost = money_field(currency)
        self.done_on = day_field(theme, icons, today=date.today, lean=Lean.PAST)
        self.form.add("title", tr("What is to be done"), self.title, required=tr("Say what is to be done."))
        self.form.add("objective_id", tr("For the objective"), self.objective)
        self.form.add_side_by_side([("owner_id", tr("Who"), self.owner), ("due", tr("Due"), self.due)])
        self.form.add_side_by_side([("minutes", tr("Hours"), self.hours), ("cost", tr("Cost besides"), self.cost)])
        self.form.add("done_on", tr("Done on"), self.done_on, hint=tr("Empty while it is open."))
        self.title.set_raw(draft.title)
        self.objective.set_value(draft.objective_id)
        self.owner.set_value(draft.owner_id)
        self.due.set_value(draft.due)
        self.hours.set_value(draft.minutes)
        self.cost.set_value(draft.cost)
        self.done_on.set_value(draft.done_on)

    def made(self) -> ActionDraft:
        """Give the action as it stands in the form."""
        return replace(
            self._draft,
            title=self.title.value(),
            objective_id=self.objective.value(),
            owner_id=self.owner.value(),
            due=self.due.value(),
            minutes=self.hours.value(),
            cost=self.cost.value(),
            done_on=self.done_on.value(),
        )


def read_hours(text: str) -> int:
    """Read planned time into minutes: a bare number is hours; `2h`, `1h30`, `45m`, `0:45` as people write them."""
    text = text.replace("\N{NO-BREAK SPACE}", " ")
    for mark in (DecimalMark.POINT, DecimalMark.COMMA):
        number = parse_amount(text, mark)
        if not isinstance(number, Problem) and not number.currencies and 0 <= number.value <= LONGEST_HOURS:
            return round_half_away(Fraction(number.value) * 60)
    minutes = parse_minutes(text)
    if isinstance(minutes, Problem):
        raise InvalidInputError.one("", minutes.problem, tr("Write it like 2 h, 1.5 or 45 min."))
    return minutes
