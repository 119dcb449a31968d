"""The form of one person at a client: role, influence, how they stand, how to reach them, what drives them."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.parsing import Lean
from app.domain.people import PersonDraft
from app.domain.vocabulary import NEVER_COUNTS, Channel, Influence, Sentiment
from app.words import names
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs.days import day_field
from ui.dialogs.record import RecordDialog
from ui.widgets.choice_field import ChoiceField
from ui.widgets.fields import AreaField, TextField


class PersonDialog(RecordDialog):
    """Makes or changes a person; `accepted_draft` gives a `PersonDraft`."""

    def __init__(self, desk: Desk, draft: PersonDraft, *, new: bool, parent: QWidget | None = None) -> None:
        words, verb = (tr("Add a person"), tr("Add person")) if new else (draft.name, tr("Change person"))
        super().__init__(desk.theme, words, verb, parent, width=560, key=f"person of {draft.client_id}", new=new)
        self._draft = draft
        theme = desk.theme
        self.name = TextField()
        self.role = TextField(tr("Head of communications"))
        self.level = TextField(tr("Board, manager …"))
        self.influence = ChoiceField(theme, [(one, names.name(one)) for one in Influence])
        self.sentiment = ChoiceField(theme, [(one, names.name(one)) for one in Sentiment])
        self.email = TextField()
        self.phone = TextField()
        self.channel = ChoiceField(theme, _channels(draft.channel), none=tr("Not known"))
        self.left = day_field(theme, desk.icons, today=date.today, lean=Lean.PAST)
        self.drivers = AreaField(tr("What moves them: a goal, a fear, how they are measured"), lines=3)
        self.notes = AreaField(tr("Never leaves the house"), lines=2)
        self._lay_out()
        self.name.set_raw(draft.name)
        self.role.set_raw(draft.role)
        self.level.set_raw(draft.level)
        self.influence.set_value(draft.influence)
        self.sentiment.set_value(draft.sentiment)
        self.email.set_raw(draft.email)
        self.phone.set_raw(draft.phone)
        self.channel.set_value(draft.channel or None)
        self.left.set_value(draft.left_on)
        self.drivers.set_raw(draft.drivers)
        self.notes.set_raw(draft.notes)

    def made(self) -> PersonDraft:
        """Give the person as it stands in the form."""
        return replace(
            self._draft,
            name=self.name.value(),
            role=self.role.value(),
            level=self.level.value(),
            influence=self.influence.value() or Influence.UNKNOWN,
            sentiment=self.sentiment.value() or Sentiment.UNKNOWN,
            email=self.email.value(),
            phone=self.phone.value(),
            channel=self.channel.value() or "",
            drivers=self.drivers.value(),
            left_on=self.left.value(),
            notes=self.notes.value(),
        )

    def _lay_out(self) -> None:
        form = self.form
        form.add("name", tr("Name"), self.name, required=tr("A person needs a name; a first name is enough."))
        form.add_side_by_side([("role", tr("Role"), self.role), ("level", tr("Level"), self.level)])
        form.add_side_by_side(
            [("influence", tr("Influence"), self.influence), ("sentiment", tr("Stands towards us"), self.sentiment)]
        )
        form.add_side_by_side([("email", tr("Mail"), self.email), ("phone", tr("Phone"), self.phone)])
        form.add_side_by_side([("channel", tr("Prefers"), self.channel), ("left_on", tr("Left on"), self.left)])
        form.add("drivers", tr("Drivers"), self.drivers)
        form.add("notes", tr("Internal note"), self.notes)


def _channels(own: str) -> list[tuple[str, str]]:
    """Give the channels a person can prefer, and what an imported list says where it is none of them."""
    known = [(str(channel), names.name(channel)) for channel in Channel if channel not in NEVER_COUNTS]
    return known if not own or own in dict(known) else [*known, (own, own)]
