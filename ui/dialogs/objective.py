"""The form of one objective: what is to be reached, how it is measured, from where to where."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.domain.plans import ObjectiveDraft
from app.words.catalogue import tr
from ui.dialogs.record import RecordDialog
from ui.theme import Theme
from ui.widgets.fields import TextField


class ObjectiveDialog(RecordDialog):
    """Makes or changes an objective; `accepted_draft` gives an `ObjectiveDraft`."""

    def __init__(self, theme: Theme, draft: ObjectiveDraft, *, new: bool, parent: QWidget | None = None) -> None:
        words = tr("What we are here to do") if new else tr("Objective")
        verb = tr("Add objective") if new else tr("Change objective")
        super().__init__(theme, words, verb, parent, width=480, key=f"objective of {draft.plan_id}", new=new)
        self._draft = draft
        self.title = TextField(tr("Fill the spring opening"))
        self.measure = TextField(tr("visitors in the first month"))
        self.baseline = TextField(tr("where it stands now: 420 booked"))
        self.target = TextField(tr("what is to be reached: 1,200"))
        self.form.add("title", tr("What is to be reached"), self.title, required=tr("Say what is to be reached."))
        self.form.add("measure", tr("Measured by"), self.measure)
        self.form.add_side_by_side([("baseline", tr("From"), self.baseline), ("target", tr("To"), self.target)])
        self.title.set_raw(draft.title)
        self.measure.set_raw(draft.measure)
        self.baseline.set_raw(draft.baseline)
        self.target.set_raw(draft.target)
        self._begins_with = self.title if new or draft.measure else self.measure

    def open(self) -> None:
        """Show it, the keyboard in the first field that lacks something."""
        super().open()
        self._begins_with.setFocus()

    def made(self) -> ObjectiveDraft:
        """Give the objective as it stands in the form."""
        return replace(
            self._draft,
            title=self.title.value(),
            measure=self.measure.value(),
            baseline=self.baseline.value(),
            target=self.target.value(),
        )
