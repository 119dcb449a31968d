"""Fees: money in, with rates and credits."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from app.data import firm as firm_data
from app.data import schema
from app.data.database import Database
from app.data.nouns import FEES
from app.domain import fees as rules
from app.domain.checking import InvalidInputError
from app.domain.fees import Fee, FeeDraft, base_amount
from app.domain.records import draft_of
from app.domain.vocabulary import FeeKind
from app.services.records import Records
from app.words import steps
from app.words.catalogue import tr, trn

LINK_WITHIN_DAYS = 90


class Fees(Records[FeeDraft, Fee]):
    """Fee documents; the amount in the firm's currency always follows from original, currency and rate."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, FEES, rules.check, steps.FEE)

    def add(self, draft: FeeDraft) -> int:
        """Write a new fee; its amount in the firm's currency is worked out here."""
        self._must_link_rightly(draft)
        return super().add(self._converted(draft))

    def change(self, record_id: int, draft: FeeDraft) -> None:
        """Write what differs of a fee."""
        self._must_link_rightly(draft)
        super().change(record_id, self._converted(draft))

    def link(self, credit_id: int, invoice_id: int | None) -> None:
        """Say which invoice a credit note belongs to (METRICS P3), or that it stands alone."""
        self._must_link_rightly(replace(draft_of(FeeDraft, self.get(credit_id)), linked_fee_id=invoice_id))
        with self._database.write(tr("link credit note") if invoice_id else tr("unlink credit note")) as recorder:
            recorder.update(schema.fee, credit_id, {"linked_fee_id": invoice_id})

    def link_offers(self, client_id: int) -> Mapping[int, int]:
        """Offer links: credit id -> id of the one invoice of the same amount in the 90 days before it (METRICS P3)."""
        fees = self.of_client(client_id)
        taken = {fee.linked_fee_id for fee in fees}
        offers: dict[int, int] = {}
        for credit in sorted(fees, key=lambda fee: (fee.on, fee.id)):
            if credit.kind is FeeKind.CREDIT and credit.linked_fee_id is None:
                fitting = [
                    fee.id
                    for fee in fees
                    if fee.original == -credit.original
                    and fee.currency == credit.currency
                    and fee.id not in taken
                    and 0 <= (credit.on - fee.on).days <= LINK_WITHIN_DAYS
                ]
                if len(fitting) == 1:
                    offers[credit.id] = fitting[0]
                    taken.add(fitting[0])
        return offers

    def without_rate(self) -> list[Fee]:
        """Read the fees that no figure counts because their rate is missing (METRICS P6)."""
        return self.having(amount=None)

    def set_rate(self, ids: tuple[int, ...], rate: Decimal) -> None:
        """Give foreign fees their rate, in one step."""
        if rate <= 0:
            raise InvalidInputError.one(
                "rate", "A rate is more than 0.", "Give the value of one unit in your currency."
            )
        changed = {}
        for fee in self.having(id=ids):
            draft = self._converted(replace(draft_of(FeeDraft, fee), rate=rate))
            changed[fee.id] = {"rate": draft.rate, "amount": draft.amount}
        with self._database.write(trn("set the rate of {n} fee", "set the rate of {n} fees", len(changed))) as recorder:
            recorder.update_many(schema.fee, changed)

    def _must_link_rightly(self, draft: FeeDraft) -> None:
        if draft.linked_fee_id is None:
            return
        invoice = self.get(draft.linked_fee_id)
        if draft.kind is not FeeKind.CREDIT or invoice.kind is not FeeKind.INVOICE:
            raise InvalidInputError.one("linked_fee_id", "A credit note belongs to an invoice, nothing else.")
        if draft.client_id != invoice.client_id:
            raise InvalidInputError.one("linked_fee_id", "That invoice went to another client.")

    def _converted(self, draft: FeeDraft) -> FeeDraft:
        with self._database.read() as connection:
            base = firm_data.read(connection).currency
        currency = draft.currency.strip().upper() or base
        return replace(draft, currency=currency, amount=base_amount(draft.original, currency, draft.rate, base))
