"""The steps that close the loop of a feedback: somebody owns it, something is done, the client is told.

Usage: each dialog gives by `accepted_draft` what its service call takes: `OwnDialog` an `Owned`, `ActDialog` an
`Acted`, `TellDialog` the `ContactDraft` in which the client was told.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from app.domain.colleagues import Colleague
from app.domain.contacts import ContactDraft, counts_by_rule
from app.domain.feedback import Feedback
from app.domain.parsing import Lean
from app.domain.people import Person
from app.domain.vocabulary import Channel, Direction, Purpose
from app.words import feedback as words
from app.words import names
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs.days import day_field
from ui.dialogs.record import RecordDialog
from ui.widgets.choice_field import ChoiceField
from ui.widgets.fields import AreaField
from ui.widgets.labels import body

_TALKED = frozenset({Channel.MEETING, Channel.CALL, Channel.VIDEO, Channel.VISIT, Channel.LUNCH, Channel.EVENT})


class Owned(NamedTuple):
    """Who takes care of a feedback, from which day on."""

    owner_id: int | None
    on: date


class Acted(NamedTuple):
    """What was done about a feedback, and when."""

    action: str
    on: date


class _StepDialog(RecordDialog):
    def __init__(self, desk: Desk, head: str, verb: str, item: Feedback, parent: QWidget | None) -> None:
        super().__init__(desk.theme, head, verb, parent, width=480, key=f"{type(self).__name__} {item.id}")
        self.day = day_field(desk.theme, desk.icons, today=date.today, lean=Lean.PAST)
        self.day.set_value(date.today())
        if item.verbatim:
            self.form.add_part(body(words.quoted(item.verbatim), wrap=True))

    def on(self) -> date:
        """Give the day of the step."""
        return self.day.value() or date.today()


class OwnDialog(_StepDialog):
    """Who takes care of it."""

    def __init__(self, desk: Desk, item: Feedback, us: Sequence[Colleague], parent: QWidget | None = None) -> None:
        super().__init__(desk, tr("Who takes care of it?"), tr("Own it"), item, parent)
        self.owner = ChoiceField(desk.theme, [(who.id, who.name) for who in us if who.active], none=tr("nobody named"))
        self.owner.set_value(item.owner_id)
        self.form.add_side_by_side([("owner_id", tr("Who"), self.owner), ("owned_on", tr("Since"), self.day)])

    def made(self) -> Owned:
        """Give who owns it since when."""
        return Owned(self.owner.value(), self.on())


class ActDialog(_StepDialog):
    """What was done."""

    def __init__(self, desk: Desk, item: Feedback, parent: QWidget | None = None) -> None:
        super().__init__(desk, tr("What was done about it?"), tr("Say it was done"), item, parent)
        self.action = AreaField(tr("in words the client may read"), lines=3)
        self.action.set_raw(item.action)
        self.form.add("action", tr("What was done"), self.action, required=tr("Say what was done."))
        self.form.add("acted_on", tr("Done on"), self.day, required=tr("On which day?"))

    def made(self) -> Acted:
        """Give what was done when."""
        return Acted(self.action.value(), self.on())


class TellDialog(_StepDialog):
    """The contact in which the client hears what came of it; only that closes the loop."""

    def __init__(
        self,
        desk: Desk,
        item: Feedback,
        people: Sequence[Person],
        us: Sequence[Colleague],
        *,
        praise: bool,
        parent: QWidget | None = None,
    ) -> None:
        head, verb = (
            (tr("Answer the praise"), tr("Log answer")) if praise else (tr("Tell the client"), tr("Close loop"))
        )
        super().__init__(desk, head, verb, item, parent)
        self._item = item
        self.channel = ChoiceField(desk.theme, [(channel, names.name(channel)) for channel in Channel])
        self.person = ChoiceField(desk.theme, [(one.id, one.name) for one in people], none=tr("not named"))
        self.colleague = ChoiceField(desk.theme, [(who.id, who.name) for who in us if who.active], none=tr("not named"))
        self.words = AreaField(tr("what they were told"), lines=3)
        self.channel.set_value(item.channel if counts_by_rule(item.channel) else Channel.CALL)
        self.person.set_value(item.person_id)
        self.colleague.set_value(item.owner_id)
        self.words.set_raw(item.action)
        self.form.add("summary", tr("What they were told"), self.words, required=tr("Say what they were told."))
        self.form.add_side_by_side([("channel", tr("How"), self.channel), ("on", tr("Day"), self.day)])
        self.form.add_side_by_side(
            [("people", tr("Whom"), self.person), ("colleagues", tr("By whom of us"), self.colleague)]
        )

    def made(self) -> ContactDraft:
        """Give the contact."""
        channel = self.channel.value() or Channel.OTHER
        person, colleague = self.person.value(), self.colleague.value()
        return ContactDraft(
            client_id=self._item.client_id,
            on=self.on(),
            direction=Direction.BOTH if channel in _TALKED else Direction.OUT,
            channel=channel,
            purpose=Purpose.SERVE,
            summary=self.words.value(),
            counts=counts_by_rule(channel),
            people=() if person is None else (person,),
            colleagues=() if colleague is None else (colleague,),
        )
