"""The form of one plan: title, period, the fee it is to bring, when it was last gone through.

Usage: `PlanDialog(desk, currency, draft, new=True, before=last_plan)`; `accepted_draft` gives a `PlanDraft`.
"""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.parsing import Lean
from app.domain.plans import Plan, PlanDraft
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs.days import day_field
from ui.dialogs.numbers import money_field
from ui.dialogs.record import RecordDialog
from ui.widgets.fields import TextField, TickField


class PlanDialog(RecordDialog):
    """Makes or changes a plan; a new one may take over what the plan before it says."""

    def __init__(
        self,
        desk: Desk,
        currency: str,
        draft: PlanDraft,
        *,
        new: bool,
        before: Plan | None = None,
        parent: QWidget | None = None,
    ) -> None:
        words, verb = (tr("A new plan"), tr("Make plan")) if new else (tr("Plan"), tr("Change plan"))
        super().__init__(desk.theme, words, verb, parent, width=480, key=f"plan of {draft.client_id}", new=new)
        self._draft = draft
        self._before = before if new else None
        theme, icons = desk.theme, desk.icons
        self.title = TextField(tr("Plan 2027"))
        self.starts = day_field(theme, icons, today=date.today)
        self.ends = day_field(theme, icons, today=date.today, lean=Lean.FUTURE)
        self.fee = money_field(currency)
        self.reviewed = day_field(theme, icons, today=date.today, lean=Lean.PAST)
        self.carry = TickField(theme, "")
        self.form.add("title", tr("Title"), self.title, required=tr("A plan needs a title; “Plan 2027” will do."))
        self.form.add_side_by_side([("starts", tr("From"), self.starts), ("ends", tr("Until"), self.ends)])
        self.form.require("starts", tr("From which day on?"))
        self.form.require("ends", tr("Until which day?"))
        self.form.add("expected_fee", tr("Fee it is to bring"), self.fee)
        if not new:
            self.form.add("reviewed_on", tr("Last gone through"), self.reviewed)
        if self._before is not None:
            what = tr("Take over goals, risks and opportunities of {plan}").format(plan=self._before.title)
            self.carry = TickField(theme, what)
            self.carry.box.setChecked(True)
            self.form.add("carry", "", self.carry)
        self.title.set_raw(draft.title)
        self.starts.set_value(draft.starts)
        self.ends.set_value(draft.ends)
        self.fee.set_value(draft.expected_fee)
        self.reviewed.set_value(draft.reviewed_on)
        self.title.line.selectAll()

    def made(self) -> PlanDraft:
        """Give the plan as it stands in the form."""
        taken = self._before if self._before is not None and self.carry.value() else self._draft
        return replace(
            self._draft,
            title=self.title.value(),
            starts=self.starts.value() or self._draft.starts,
            ends=self.ends.value() or self._draft.ends,
            expected_fee=self.fee.value(),
            reviewed_on=self.reviewed.value(),
            goals=taken.goals,
            risks=taken.risks,
            opportunities=taken.opportunities,
        )
