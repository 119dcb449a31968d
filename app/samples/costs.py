"""Costs of the sample agency, of all four kinds, and what is spent to win clients at large."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from app.domain.costs import CostDraft
from app.domain.fees import FeeDraft
from app.domain.periods import years_before
from app.domain.vocabulary import CostKind, FeeKind
from app.samples.days import ago, workday
from app.samples.drafts import BookDrafts
from app.samples.specs import AgencySpec, ClientSpec

THANKED_FROM = 600_000


class Costs:
    """Writes the costs of one client, or of the firm."""

    def __init__(self, book: BookDrafts, spec: AgencySpec, random: Random) -> None:
        self._book = book
        self._random = random
        self._notes = spec.costs

    def add_client(self, spec: ClientSpec, client_id: int, first_bill: date | None) -> None:
        """Add what was spent on a client: before the first bill, on its jobs, and to keep it."""
        for days, pounds, kind, note in spec.costs:
            self._spend(ago(self._book.today, days), pounds, CostKind(kind), note, client_id)
        if first_bill is None or spec.known is None:
            return
        if not any(kind == CostKind.ACQUISITION for _, _, kind, _ in spec.costs):
            self._win(client_id, ago(self._book.today, spec.known), first_bill)
        bills = [fee for fee in self._book.fees.drafts if fee.client_id == client_id and self._is_bill(fee)]
        for fee in bills:
            self._deliver(client_id, fee)
        if spec.mood != "cool":
            self._keep(client_id, first_bill, bills)

    def add_general(self, costs: Sequence[tuple[str, int, int, int]], days: int) -> None:
        """Add what is spent to win clients at large."""
        for number, (note, every, low, high) in enumerate(costs):
            for back in range(every // 2 + 13 * number, days, every):
                self._spend(
                    ago(self._book.today, back), self._random.randrange(low, high, 5), CostKind.ACQUISITION, note
                )

    def _is_bill(self, fee: FeeDraft) -> bool:
        return fee.kind is FeeKind.INVOICE and not fee.disbursement and fee.on <= self._book.today

    def _win(self, client_id: int, known: date, first_bill: date) -> None:
        random = self._random
        for note, low, high in random.sample(self._notes[CostKind.ACQUISITION], random.randint(1, 2)):
            on = known + timedelta(days=random.randint(3, max((first_bill - known).days - 3, 4)))
            self._spend(on, random.randrange(low, high, 5), CostKind.ACQUISITION, note, client_id)

    def _deliver(self, client_id: int, fee: FeeDraft) -> None:
        chance = self._random.random()
        for kind, limit in ((CostKind.DELIVERY, 0.13), (CostKind.SERVICE, 0.20)):
            if chance < limit:
                note, low, high = self._random.choice(self._notes[kind])
                engagement = fee.engagement_id if kind is CostKind.DELIVERY else None
                self._spend(fee.on, self._random.randrange(low, high), kind, note, client_id, engagement)
                return

    def _keep(self, client_id: int, first_bill: date, bills: Sequence[FeeDraft]) -> None:
        year = years_before(self._book.today)
        while year > first_bill:
            if sum(fee.amount or 0 for fee in bills if 0 <= (fee.on - year).days < 365) > THANKED_FROM:
                note, low, high = self._random.choice(self._notes[CostKind.RETENTION])
                on = year + timedelta(days=self._random.randint(20, 340))
                self._spend(on, self._random.randrange(low, high), CostKind.RETENTION, note, client_id)
            year = years_before(year)

    def _spend(
        self,
        on: date,
        pounds: int,
        kind: CostKind,
        note: str,
        client_id: int | None = None,
        engagement: int | None = None,
    ) -> None:
        draft = CostDraft(
            on=workday(on, self._book.today),
            amount=100 * pounds,
            kind=kind,
            client_id=client_id,
            engagement_id=engagement,
            note=note,
        )
        self._book.costs.add(draft)
