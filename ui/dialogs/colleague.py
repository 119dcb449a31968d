"""One of us: name, initials, and what an hour costs from a day on."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.colleagues import Colleague, ColleagueDraft, HourlyCostDraft
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs.days import day_field
from ui.dialogs.numbers import money_field
from ui.dialogs.record import RecordDialog
from ui.widgets.fields import TextField, TickField


@dataclass(frozen=True, slots=True)
class ColleagueMade:
    """What the dialog gives: the draft, and a new hourly cost where it differs."""

    colleague_id: int | None
    draft: ColleagueDraft
    cost: HourlyCostDraft | None


class ColleagueDialog(RecordDialog):
    """Adds or edits a colleague."""

    def __init__(
        self, desk: Desk, currency: str, colleague: Colleague | None, cost: int | None, parent: QWidget
    ) -> None:
        words = tr("Add a colleague") if colleague is None else colleague.name
        new = colleague is None
        verb = tr("Add colleague") if new else tr("Save")
        super().__init__(desk.theme, words, verb, parent, key="colleague", new=new)
        self._colleague = colleague
        self._cost = cost
        self._name = TextField()
        self._initials = TextField(tr("as on lists"))
        self._email = TextField()
        self._active = TickField(desk.theme, tr("Works with us"))
        self._amount = money_field(currency)
        self._since = day_field(desk.theme, desk.icons, today=date.today)
        self.form.add("name", tr("Name"), self._name, required=tr("What is the colleague called?"))
        self.form.add_side_by_side((("initials", tr("Initials"), self._initials), ("email", tr("Mail"), self._email)))
        self.form.add_side_by_side(
            (("amount", tr("An hour costs"), self._amount), ("since", tr("From this day on"), self._since))
        )
        self.form.add("active", "", self._active)
        self._since.set_value(date.today())
        self._active.set_raw("yes")
        if colleague is not None:
            self._name.set_raw(colleague.name)
            self._initials.set_raw(colleague.initials)
            self._email.set_raw(colleague.email)
            self._active.set_raw("yes" if colleague.active else "")
            self._amount.set_value(cost)

    def made(self) -> ColleagueMade:
        """Give what was typed."""
        draft = ColleagueDraft(
            name=self._name.value(),
            initials=self._initials.value(),
            email=self._email.value(),
            active=self._active.value(),
        )
        amount, since = self._amount.value(), self._since.value() or date.today()
        cost = None if amount is None or amount == self._cost else HourlyCostDraft(since, amount)
        return ColleagueMade(None if self._colleague is None else self._colleague.id, draft, cost)
