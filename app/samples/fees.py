"""Engagements and fees of the sample agency: retainers, projects, credits, recharges."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle
from math import sin
from random import Random

from app.domain.engagements import EngagementDraft
from app.domain.fees import FeeDraft, base_amount
from app.domain.vocabulary import EngagementKind, FeeKind
from app.samples.days import MONTHS, ago, month_start, workday
from app.samples.drafts import BookDrafts
from app.samples.specs import AgencySpec, AutoSpec, ClientSpec, RetainerSpec

FIRST_DOCUMENT = 2107
FIRST_CREDIT = 311
COVERED = 0.94
BIG_BILL = 3000
_MIDDLE = {"EUR": 0.856, "USD": 0.789}
_SERVICES = ("Press relations", "Campaign", "Writing", "Film and photography", "Events", "Training")


class Fees:
    """Writes the fees of one client."""

    def __init__(self, book: BookDrafts, spec: AgencySpec, random: Random) -> None:
        self._book = book
        self._random = random
        self._recharges = spec.costs["disbursements"]

    def add_client(self, spec: ClientSpec, client_id: int) -> date | None:
        """Add everything billed to a client; gives the day of the first bill."""
        start = len(self._book.fees.drafts)
        for retainer in spec.retainers:
            self._add_retainer(spec, client_id, retainer)
        for job in spec.jobs:
            engagement = self._engage(client_id, job.name, job.bills)
            for days, amount in job.bills:
                self._bill(spec, client_id, ago(self._book.today, days), amount, engagement)
        if spec.auto:
            self._add_projects(spec, client_id, spec.auto)
        for days, amount, label in spec.rebill:
            self._bill(spec, client_id, ago(self._book.today, days), amount, None, label)
        for days, amount, label in spec.future:
            self._bill(spec, client_id, ago(self._book.today, days), amount, None, label)
        self._add_credits(spec, client_id, start)
        for days, amount, label in spec.disbursements:
            self._recharge(spec, client_id, ago(self._book.today, days), amount, label)
        self._forget_rates(spec, start)
        bills = [fee.on for fee in self._book.fees.drafts[start:] if not fee.disbursement]
        return min(bills, default=None)

    def _add_retainer(self, spec: ClientSpec, client_id: int, retainer: RetainerSpec) -> None:
        today = self._book.today
        for first, last, amount in retainer.steps:
            starts = month_start(today, first)
            name = retainer.name
            if len(retainer.steps) > 1:
                name = f"{name}, from {MONTHS[starts.month - 1]} {starts.year}"
            ends = None if last == 0 else month_start(today, last - 1) - timedelta(days=1)
            if last == 0 and retainer.ends is not None:
                ends = ago(today, retainer.ends)
            engagement = self._book.engagements.add(
                EngagementDraft(
                    client_id=client_id,
                    name=name,
                    kind=EngagementKind.RETAINER,
                    starts=starts,
                    ends=ends,
                    billed_every_months=retainer.every,
                    fee=self._in_base(100 * amount, spec.currency, starts),
                )
            )
            for months in range(first, last - 1, -retainer.every):
                self._bill(spec, client_id, month_start(today, months), amount, engagement, "Press office")

    def _add_projects(self, spec: ClientSpec, client_id: int, auto: AutoSpec) -> None:
        today, random = self._book.today, self._random
        days: list[float] = [auto.last]
        while days[-1] < auto.first - auto.every / 2:
            days.append(days[-1] + auto.every * random.uniform(1 - auto.jitter, 1 + auto.jitter))
        backs = sorted((round(day) for day in days), reverse=True)
        topics = [_title(spec.topics[number * len(spec.topics) // len(backs)]) for number in range(len(backs))]
        services = cycle(_SERVICES[:4])
        engagements: dict[str, int] = {}
        for number, (back, topic) in enumerate(zip(backs, topics, strict=True)):
            if topic not in engagements:
                same = tuple((day, 0) for day, name in zip(backs, topics, strict=True) if name == topic)
                engagements[topic] = self._engage(client_id, topic, same)
            growth = 1 + (auto.rise - 1) * number / max(len(backs) - 1, 1)
            amount = 50 * round(random.uniform(auto.low, auto.high) * growth / auto.rise / 50)
            on = workday(ago(today, back), today)
            self._bill(spec, client_id, on, amount, engagements[topic], next(services))
            if amount >= BIG_BILL and random.random() < 0.14:
                label, low, high = random.choice(self._recharges)
                self._recharge(spec, client_id, on, random.randrange(low, high, 5), label)

    def _engage(self, client_id: int, name: str, bills: Sequence[tuple[int, int]]) -> int:
        days = [back for back, _ in bills]
        today = self._book.today
        draft = EngagementDraft(
            client_id=client_id,
            name=name,
            starts=ago(today, max(days) + 30),
            ends=ago(today, min(days) - 10) if min(days) > 40 else None,
        )
        return self._book.engagements.add(draft)

    def _bill(
        self,
        spec: ClientSpec,
        client_id: int,
        on: date,
        pounds: int,
        engagement: int | None,
        service: str = "",
    ) -> int:
        currency = spec.currency or self._book.firm.currency
        rate = None if currency == self._book.firm.currency else rate_on(currency, on)
        amount = base_amount(100 * pounds, currency, rate, self._book.firm.currency)
        covered = self._random.random() < COVERED and on <= self._book.today
        share = spec.delivery * self._random.uniform(0.84, 1.16)
        draft = FeeDraft(
            client_id=client_id,
            on=on if service == "Press office" else workday(on, self._book.today),
            original=100 * pounds,
            currency=currency,
            amount=amount,
            rate=rate,
            engagement_id=engagement,
            service=service or self._random.choice(_SERVICES[1:]),
            delivery_cost=100 * round((amount or 0) * share / 100) if covered else None,
        )
        return self._book.fees.add(draft)

    def _recharge(self, spec: ClientSpec, client_id: int, on: date, pounds: int, label: str) -> None:
        row_id = self._bill(spec, client_id, on, pounds, None, label)
        fee = self._book.fees.get(row_id)
        self._book.fees.put(row_id, replace(fee, disbursement=True, delivery_cost=None))

    def _add_credits(self, spec: ClientSpec, client_id: int, start: int) -> None:
        for credit in spec.credits:
            on = workday(ago(self._book.today, credit.ago), self._book.today)
            day = workday(ago(self._book.today, credit.of or credit.ago), self._book.today)
            bills = range(start + 1, len(self._book.fees.drafts) + 1)
            of = max((row for row in bills if self._book.fees.get(row).on <= day), key=self._day_of)
            pounds = credit.amount or self._book.fees.get(of).original // 100
            row_id = self._bill(spec, client_id, on, -pounds, None, credit.service)
            fee = self._book.fees.get(row_id)
            linked = of if credit.link else None
            self._book.fees.put(row_id, replace(fee, kind=FeeKind.CREDIT, linked_fee_id=linked, delivery_cost=None))

    def _day_of(self, row_id: int) -> tuple[date, int]:
        return self._book.fees.get(row_id).on, row_id

    def _forget_rates(self, spec: ClientSpec, start: int) -> None:
        for days in spec.no_rate:
            day = ago(self._book.today, days)
            bills = range(start + 1, len(self._book.fees.drafts) + 1)
            row_id = min(bills, key=lambda row: abs((self._book.fees.get(row).on - day).days))
            fee = self._book.fees.get(row_id)
            self._book.fees.put(row_id, replace(fee, rate=None, amount=None, delivery_cost=None))

    def _in_base(self, minor: int, currency: str, on: date) -> int:
        base = self._book.firm.currency
        if not currency or currency == base:
            return minor
        return base_amount(minor, currency, rate_on(currency, on), base) or 0


def number_documents(book: BookDrafts) -> None:
    """Give every document its number, in order of date."""
    fees = book.fees
    order = sorted(range(1, len(fees.drafts) + 1), key=lambda row_id: (fees.get(row_id).on, row_id))
    invoice, credit = FIRST_DOCUMENT, FIRST_CREDIT
    for row_id in order:
        fee = fees.get(row_id)
        if fee.kind is FeeKind.CREDIT:
            fees.put(row_id, replace(fee, document=f"CN-{credit:04d}"))
            credit += 1
        else:
            fees.put(row_id, replace(fee, document=f"INV-{invoice}"))
            invoice += 1


def rate_on(currency: str, day: date) -> Decimal:
    """Give a made-up but steady rate of a day: pounds for one unit."""
    drift = 0.021 * sin(day.toordinal() / 140) + 0.008 * sin(day.toordinal() / 23)
    return Decimal(f"{_MIDDLE[currency] + drift:.4f}")


def _title(topic: str) -> str:
    for article in ("the ", "a ", "their "):
        if topic.startswith(article):
            topic = topic[len(article) :]
    return topic[:1].upper() + topic[1:]
