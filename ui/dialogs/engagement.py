"""The form of one engagement: a project or a retainer."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.engagements import EngagementDraft
from app.domain.parsing.typed_dates import Lean
from app.domain.vocabulary import EngagementKind
from app.words import names
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs.days import day_field
from ui.dialogs.numbers import money_field, number_field
from ui.dialogs.record import RecordDialog
from ui.widgets.choice_field import ChoiceField
from ui.widgets.fields import TextField


class EngagementDialog(RecordDialog):
    """Makes or changes an engagement; `accepted_draft` gives an `EngagementDraft`."""

    def __init__(
        self, desk: Desk, draft: EngagementDraft, currency: str, *, new: bool, parent: QWidget | None = None
    ) -> None:
        verb = tr("Add engagement") if new else tr("Change engagement")
        super().__init__(desk.theme, tr("Engagement"), verb, parent, key=f"engagement of {draft.client_id}", new=new)
        self._draft = draft
        theme = desk.theme
        self.name = TextField(tr("as on invoices"))
        self.kind = ChoiceField(theme, [(kind, names.name(kind)) for kind in EngagementKind])
        self.starts = day_field(theme, desk.icons, today=date.today, lean=Lean.PAST)
        self.ends = day_field(theme, desk.icons, today=date.today, lean=Lean.FUTURE)
        self.every = number_field(hint="1", wrong=tr("Every how many months? For example 1 or 3."))
        self.fee = money_field(currency)
        self.name.set_raw(draft.name)
        self.kind.set_value(draft.kind)
        self.starts.set_value(draft.starts)
        self.ends.set_value(draft.ends)
        self.every.set_value(draft.billed_every_months)
        self.fee.set_value(draft.fee)
        self.form.add("name", tr("Name"), self.name, required=tr("What is it called?"))
        self.form.add("kind", tr("Kind"), self.kind)
        self.form.add_side_by_side([("starts", tr("Starts"), self.starts), ("ends", tr("Ends or renews"), self.ends)])
        self.form.add_side_by_side(
            [("billed_every_months", tr("Billed every … months"), self.every), ("fee", tr("Fee each time"), self.fee)]
        )
        self.kind.edited.connect(self._on_kind)
        self._on_kind()

    def made(self) -> EngagementDraft:
        """Give the engagement as it stands in the form."""
        retainer = self.kind.value() is EngagementKind.RETAINER
        return replace(
            self._draft,
            name=self.name.value(),
            kind=self.kind.value() or EngagementKind.PROJECT,
            starts=self.starts.value(),
            ends=self.ends.value(),
            billed_every_months=self.every.value() if retainer else None,
            fee=self.fee.value(),
        )

    def _on_kind(self) -> None:
        self.every.setEnabled(self.kind.value() is EngagementKind.RETAINER)
