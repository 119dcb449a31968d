"""The form of one cost."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.costs import CostDraft
from app.domain.engagements import Engagement
from app.domain.parsing.typed_dates import Lean
from app.domain.vocabulary import CostKind
from app.words import names
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs.days import day_field
from ui.dialogs.numbers import money_field
from ui.dialogs.record import RecordDialog
from ui.widgets.choice_field import ChoiceField
from ui.widgets.fields import TextField


class CostDialog(RecordDialog):
    """Makes or changes a cost; `accepted_draft` gives a `CostDraft`."""

    def __init__(
        self,
        desk: Desk,
        draft: CostDraft,
        engagements: Sequence[Engagement],
        currency: str,
        *,
        new: bool,
        parent: QWidget | None = None,
    ) -> None:
        verb = tr("Add cost") if new else tr("Change cost")
        super().__init__(desk.theme, tr("Cost"), verb, parent, key=f"cost of {draft.client_id}", new=new)
        self._draft = draft
        theme = desk.theme
        self.day = day_field(theme, desk.icons, today=date.today, lean=Lean.PAST)
        self.amount = money_field(currency)
        self.kind = ChoiceField(theme, [(kind, names.name(kind)) for kind in CostKind])
        self.engagement = ChoiceField(theme, [(each.id, each.name) for each in engagements], none=tr("none"))
        self.note = TextField(tr("what the money went on"))
        self.day.set_value(draft.on)
        self.amount.set_value(draft.amount or None)
        self.kind.set_value(draft.kind)
        self.engagement.set_value(draft.engagement_id)
        self.note.set_raw(draft.note)
        self.form.add_side_by_side([("on", tr("Date"), self.day), ("amount", tr("Amount"), self.amount)])
        self.form.require("on", tr("When was it spent?"))
        self.form.require("amount", tr("How much was it?"))
        self.form.add_side_by_side(
            [("kind", tr("Kind"), self.kind), ("engagement_id", tr("Engagement"), self.engagement)]
        )
        self.form.add("note", tr("For"), self.note)

    def made(self) -> CostDraft:
        """Give the cost as it stands in the form."""
        return replace(
            self._draft,
            on=self.day.value() or self._draft.on,
            amount=self.amount.value() or 0,
            kind=self.kind.value() or self._draft.kind,
            engagement_id=self.engagement.value(),
            note=self.note.value(),
        )
