"""The form of one promise: who owes what, until when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.parsing.typed_dates import Lean
from app.domain.people import Person
from app.domain.promises import PromiseDraft
from app.domain.vocabulary import PromiseBy
from app.words import names
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs.days import day_field
from ui.dialogs.record import RecordDialog
from ui.widgets.choice_field import ChoiceField
from ui.widgets.fields import TextField


class PromiseDialog(RecordDialog):
    """Makes or changes a promise; `accepted_draft` gives a `PromiseDraft`."""

    def __init__(
        self,
        desk: Desk,
        draft: PromiseDraft,
        people: Sequence[Person],
        *,
        new: bool,
        parent: QWidget | None = None,
    ) -> None:
        words, verb = (tr("A promise"), tr("Add promise")) if new else (tr("Promise"), tr("Change promise"))
        super().__init__(desk.theme, words, verb, parent, key=f"promise of {draft.client_id}", new=new)
        self._draft = draft
        theme = desk.theme
        self.by = ChoiceField(theme, [(who, names.name(who)) for who in PromiseBy])
        self.what = TextField(tr("what is owed"))
        self.due = day_field(theme, desk.icons, today=date.today, lean=Lean.FUTURE)
        self.due.set_value(draft.due)
        self.person = ChoiceField(theme, [(person.id, person.name) for person in people], none=tr("nobody named"))
        self.by.set_value(draft.by)
        self.what.set_raw(draft.what)
        self.person.set_value(draft.person_id)
        self.form.add_side_by_side([("by", tr("Who"), self.by), ("due", tr("Until"), self.due)])
        self.form.add("what", tr("What"), self.what, required=tr("What was promised?"))
        self.form.add("person_id", tr("To or by whom"), self.person)

    def made(self) -> PromiseDraft:
        """Give the promise as it stands in the form."""
        return replace(
            self._draft,
            by=self.by.value() or PromiseBy.US,
            what=self.what.value(),
            due=self.due.value(),
            person_id=self.person.value(),
        )
