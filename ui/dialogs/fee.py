"""The forms of a fee document and of a missing exchange rate."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from app.domain.engagements import Engagement
from app.domain.fees import Fee, FeeDraft
from app.domain.money import minor_digits, to_minor
from app.domain.parsing.typed_dates import Lean
from app.domain.vocabulary import FeeKind
from app.words import formats, names
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs import readers
from ui.dialogs.days import day_field
from ui.dialogs.numbers import money_field
from ui.dialogs.record import RecordDialog
from ui.widgets.choice_field import ChoiceField
from ui.widgets.fields import TextField, TickField

USUAL = ("GBP", "EUR", "USD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD", "NZD", "JPY", "INR", "ZAR")


@dataclass(frozen=True, slots=True)
class FeeChoices:
    """What a fee can be tied to: engagements, and the invoices a credit note may belong to."""

    base_currency: str
    engagements: tuple[Engagement, ...] = ()
    invoices: tuple[Fee, ...] = ()


class FeeDialog(RecordDialog):
    """Makes or changes a fee; `accepted_draft` gives a `FeeDraft`. A credit note is made negative by itself."""

    def __init__(
        self, desk: Desk, draft: FeeDraft, choices: FeeChoices, *, new: bool, parent: QWidget | None = None
    ) -> None:
        credit = draft.kind is FeeKind.CREDIT
        what = tr("Credit note") if credit else tr("Fee")
        verb = (
            (tr("Add credit note") if credit else tr("Add fee"))
            if new
            else tr("Change {what}").format(what=what.lower())
        )
        key = f"{draft.kind} of {draft.client_id}"
        super().__init__(desk.theme, what, verb, parent, width=600, key=key, new=new)
        self._draft = draft
        self._base = choices.base_currency
        theme = desk.theme
        codes = dict.fromkeys((self._base, draft.currency, *(fee.currency for fee in choices.invoices), *USUAL))
        self.day = day_field(theme, desk.icons, today=date.today, lean=Lean.PAST)
        self.document = TextField(tr("number on the invoice"))
        self.kind = ChoiceField(theme, [(kind, names.name(kind)) for kind in FeeKind])
        self.currency = ChoiceField(theme, [(code, code) for code in codes if code])
        self.amount = readers.decimal_field()
        self.rate = readers.rate_field(draft.rate)
        self.service = TextField(tr("what it was for"))
        self.engagement = ChoiceField(theme, [(each.id, each.name) for each in choices.engagements], none=tr("none"))
        self.linked = ChoiceField(theme, [(fee.id, _invoice(fee)) for fee in choices.invoices], none=tr("stands alone"))
        self.delivery = money_field(self._base)
        self.disbursement = TickField(theme, tr("Disbursement: passed on, no fee of ours"))
        self._fill(draft)
        self._lay_out()
        self.currency.edited.connect(self._on_edited)
        self.kind.edited.connect(self._on_edited)
        self._on_edited()

    def made(self) -> FeeDraft:
        """Give the document as it stands in the form."""
        currency = self.currency.value() or self._base
        kind = self.kind.value() or FeeKind.INVOICE
        original = to_minor(self.amount.value() or Decimal(), currency)
        if kind is FeeKind.CREDIT:
            original = -abs(original)
        return replace(
            self._draft,
            on=self.day.value() or self._draft.on,
            original=original,
            currency=currency,
            amount=None,
            rate=None if currency == self._base else self.rate.value(),
            document=self.document.value(),
            kind=kind,
            linked_fee_id=self.linked.value() if kind is FeeKind.CREDIT else None,
            engagement_id=self.engagement.value(),
            service=self.service.value(),
            disbursement=self.disbursement.value(),
            delivery_cost=self.delivery.value(),
        )

    def _fill(self, draft: FeeDraft) -> None:
        self.day.set_value(draft.on)
        self.document.set_raw(draft.document)
        self.kind.set_value(draft.kind)
        self.currency.set_value(draft.currency)
        if draft.original:
            digits = minor_digits(draft.currency)
            self.amount.set_value(Decimal(draft.original).scaleb(-digits))
        self.service.set_raw(draft.service)
        self.engagement.set_value(draft.engagement_id)
        self.linked.set_value(draft.linked_fee_id)
        self.delivery.set_value(draft.delivery_cost)
        self.disbursement.box.setChecked(draft.disbursement)

    def _lay_out(self) -> None:
        form = self.form
        form.add_side_by_side([("on", tr("Date"), self.day), ("document", tr("Document"), self.document)])
        form.require("on", tr("What date stands on it?"))
        form.add_side_by_side(
            [
                ("kind", tr("Kind"), self.kind),
                ("currency", tr("Currency"), self.currency),
                ("amount", tr("Amount, net of tax"), self.amount),
            ]
        )
        form.require("amount", tr("How much is it?"))
        form.add_side_by_side(
            [
                ("rate", tr("Rate, {base} for one unit").format(base=self._base), self.rate),
                ("linked_fee_id", tr("Credits the invoice"), self.linked),
            ]
        )
        form.add_side_by_side(
            [("engagement_id", tr("Engagement"), self.engagement), ("service", tr("Service"), self.service)]
        )
        form.add("delivery_cost", tr("What delivering it cost"), self.delivery, hint=tr("Empty means not known."))
        form.add("disbursement", "", self.disbursement)

    def _on_edited(self) -> None:
        self.rate.setEnabled((self.currency.value() or self._base) != self._base)
        self.linked.setEnabled(self.kind.value() is FeeKind.CREDIT)


class RateDialog(RecordDialog):
    """Gives documents of one currency their rate; `accepted_draft` gives a `Decimal`."""

    def __init__(
        self, desk: Desk, currency: str, base: str, fees: Sequence[Fee], parent: QWidget | None = None
    ) -> None:
        super().__init__(desk.theme, tr("Rate of {currency}").format(currency=currency), tr("Set rate"), parent)
        self.rate = readers.rate_field()
        label = tr("{base} for one {currency}").format(base=base, currency=currency)
        named = formats.listed(
            tr("{day} {amount}").format(
                day=formats.day(fee.on), amount=formats.money(fee.original, fee.currency, pence=True)
            )
            for fee in fees
        )
        hint = tr("For {fees}.").format(fees=named)
        self.form.add("rate", label, self.rate, required=tr("What is one {currency} worth?").format(currency=currency),
                      hint=hint)  # fmt: skip

    def made(self) -> Decimal:
        """Give the rate."""
        return self.rate.value() or Decimal()


def _invoice(fee: Fee) -> str:
    amount = formats.money(fee.original, fee.currency, pence=True)
    return " · ".join(filter(None, (fee.document, formats.day(fee.on), amount)))
