"""The form of one contact: everything the quick line can say, and what it cannot: the day, the note, what counts."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.colleagues import Colleague
from app.domain.contacts import ContactDraft, counts_by_rule
from app.domain.parsing.typed_dates import Lean
from app.domain.people import Person
from app.domain.promises import PromiseDraft
from app.domain.vocabulary import Began, Channel, Direction, Purpose
from app.words import names
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs import readers
from ui.dialogs.days import day_field
from ui.dialogs.record import RecordDialog
from ui.widgets.choice_field import ChoiceField
from ui.widgets.fields import AreaField, Field, TickField
from ui.widgets.flow_box import FlowBox
from ui.widgets.labels import small
from ui.widgets.tick import Tick


class TicksField(Field):
    """Several of a few, each with a box to tick; the raw text holds their numbers."""

    def __init__(self, desk: Desk, options: Sequence[tuple[int, str]], chosen: Sequence[int]) -> None:
        self._box = FlowBox(gap=12)
        super().__init__(self._box)
        self._ticks: dict[int, Tick] = {}
        for value, words in options:
            tick = Tick(desk.theme, words)
            tick.setChecked(value in chosen)
            tick.toggled.connect(self.edited)
            self._ticks[value] = tick
            self._box.add(tick)

    def value(self) -> tuple[int, ...]:
        """The values ticked, in the order offered."""
        return tuple(value for value, tick in self._ticks.items() if tick.isChecked())

    def raw(self) -> str:
        """The values ticked."""
        return " ".join(map(str, self.value()))

    def set_raw(self, raw: str) -> None:
        """Tick some values."""
        wanted = raw.split()
        for value, tick in self._ticks.items():
            tick.setChecked(str(value) in wanted)


class ContactDialog(RecordDialog):
    """Makes or changes a contact; `accepted_draft` gives a `ContactDraft`, `promises` what was promised with it."""

    def __init__(
        self,
        desk: Desk,
        draft: ContactDraft,
        people: Sequence[Person],
        colleagues: Sequence[Colleague],
        *,
        new: bool,
        promises: Sequence[PromiseDraft] = (),
        parent: QWidget | None = None,
    ) -> None:
        words, verb = (tr("Log a contact"), tr("Log contact")) if new else (tr("Contact"), tr("Change contact"))
        super().__init__(desk.theme, words, verb, parent, width=600, key=f"contact with {draft.client_id}", new=new)
        self.promises = tuple(promises)
        self._draft = draft
        theme = desk.theme
        self.day = day_field(theme, desk.icons, today=date.today, lean=Lean.PAST)
        self.day.set_value(draft.on)
        self.time = readers.time_field(draft.at)
        self.minutes = readers.minutes_field(draft.minutes)
        self.direction = ChoiceField(theme, [(way, names.name(way)) for way in Direction])
        self.channel = ChoiceField(theme, [(channel, names.name(channel)) for channel in Channel])
        self.purpose = ChoiceField(theme, [(purpose, names.name(purpose)) for purpose in Purpose], none=tr("not set"))
        self.began = ChoiceField(theme, [(who, names.name(who)) for who in Began], none=tr("not set"))
        self.summary = AreaField(lines=4)
        self.note = AreaField(lines=2)
        self.counts = TickField(theme, tr("Counts as a contact"))
        self.planned = TickField(theme, tr("Planned: has not taken place yet"))
        self._people = TicksField(desk, [(person.id, person.name) for person in people], draft.people)
        us = [who for who in colleagues if who.active or who.id in draft.colleagues]
        self._colleagues = TicksField(desk, [(who.id, who.name) for who in us], draft.colleagues)
        self.direction.set_value(draft.direction)
        self.channel.set_value(draft.channel)
        self.purpose.set_value(draft.purpose)
        self.began.set_value(draft.began)
        self.summary.set_raw(draft.summary)
        self.note.set_raw(draft.note)
        self.counts.box.setChecked(draft.counts)
        self.planned.box.setChecked(draft.planned)
        self._lay_out(bool(people), bool(us))
        self.channel.edited.connect(self._on_channel)

    def made(self) -> ContactDraft:
        """Give the contact as it stands in the form."""
        return ContactDraft(
            client_id=self._draft.client_id,
            on=self.day.value() or self._draft.on,
            direction=self.direction.value() or self._draft.direction,
            channel=self.channel.value() or Channel.OTHER,
            at=self.time.value() or "",
            began=self.began.value(),
            purpose=self.purpose.value(),
            minutes=self.minutes.value(),
            summary=self.summary.value(),
            note=self.note.value(),
            counts=self.counts.value(),
            planned=self.planned.value(),
            people=self._people.value(),
            colleagues=self._colleagues.value(),
        )

    def _lay_out(self, has_people: bool, has_colleagues: bool) -> None:
        form = self.form
        form.add_side_by_side(
            [("on", tr("Day"), self.day), ("at", tr("Time"), self.time), ("minutes", tr("Minutes"), self.minutes)]
        )
        form.require("on", tr("When was it?"))
        form.add_side_by_side(
            [("direction", tr("Who spoke"), self.direction), ("channel", tr("Channel"), self.channel)]
        )
        form.add_side_by_side([("purpose", tr("Purpose"), self.purpose), ("began", tr("Who began it"), self.began)])
        if has_people:
            form.add("people", tr("With"), self._people)
        form.add("summary", tr("Words (may be shared with the client)"), self.summary)
        form.add("note", tr("Internal note (never leaves the house)"), self.note)
        if has_colleagues:
            form.add("colleagues", tr("From us"), self._colleagues)
        form.add_side_by_side([("counts", "", self.counts), ("planned", "", self.planned)])
        for promise in self.promises:
            words = tr("With it, {who}: {what}").format(who=names.name(promise.by).lower(), what=promise.what)
            form.add_part(small(words, elide=True))

    def _on_channel(self) -> None:
        channel = self.channel.value()
        if channel is not None:
            self.counts.box.setChecked(counts_by_rule(channel))
