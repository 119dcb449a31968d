"""A book with one client that has something of everything, for exports and reviews."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.domain.clients import ClientDraft
from app.domain.colleagues import ColleagueDraft
from app.domain.contacts import ContactDraft
from app.domain.costs import CostDraft
from app.domain.feedback import FeedbackDraft
from app.domain.fees import FeeDraft
from app.domain.people import PersonDraft
from app.domain.plans import ActionDraft, ObjectiveDraft, PlanDraft
from app.domain.promises import PromiseDraft
from app.domain.reviews import Edition
from app.domain.vocabulary import Channel, CostKind, Direction, FeedbackKind, FeeKind, PromiseBy, Purpose
from app.services.book import Book
from app.services.review_values import Review
from app.services.reviews import Reviews

AS_OF = date(2026, 6, 30)


@dataclass(frozen=True)
class Desk:
    """An open book and short ways to fill it."""

    book: Book
    as_of: date = AS_OF

    def client(self, name: str = "Northgate Museums", **fields: object) -> int:
        """Add a client."""
        return self.book.clients.add(ClientDraft(name=name, **fields))  # type: ignore[arg-type]

    def fee(
        self, client: int, on: date, amount: int, document: str = "", currency: str = "GBP", **fields: object
    ) -> int:
        """Add a fee; a negative amount is a credit note."""
        kind = FeeKind.CREDIT if amount < 0 else FeeKind.INVOICE
        draft = FeeDraft(
            client_id=client, on=on, original=amount, currency=currency, amount=None, document=document, kind=kind,
            **fields,  # type: ignore[arg-type]
        )  # fmt: skip
        return self.book.fees.add(draft)

    def contact(self, client: int, on: date, direction: Direction, **fields: object) -> int:
        """Log a contact."""
        draft = ContactDraft(client_id=client, on=on, direction=direction, **fields)  # type: ignore[arg-type]
        return self.book.contacts.log(draft)

    def review(
        self, client: int, edition: Edition = Edition.CLIENT, start: date | None = None, end: date | None = None
    ) -> Review:
        """Gather a review as of the desk's day."""
        return Reviews(self.book.database, self.book.figures).gather(client, self.as_of, edition, start, end)

    def whole_client(self) -> int:
        """Add a client with something of everything."""
        book = self.book
        jane = book.colleagues.add(ColleagueDraft(name="Jane Pemberton"))
        book.colleagues.set_cost(jane, date(2020, 1, 1), 6_000)
        client = self.client(code="NM", owner_id=jane, first_contact=date(2024, 12, 1), notes="Careful with the bid.")
        dana = book.people.add(PersonDraft(client_id=client, name="Dana Whitlock", role="Head", drivers="Footfall"))
        for months, amount in ((0, 120_000), (3, 80_050), (6, 200_000), (9, 99_999), (11, 150_000)):
            on = date(2025, 7, 1) + timedelta(days=round(months * 30.4))
            self.fee(client, on, amount, f"10{months}", service="Press office", delivery_cost=amount // 4)
        credited = self.fee(client, date(2025, 9, 15), 50_000, "CR-INV")
        self.fee(client, date(2025, 11, 2), -50_000, "CR-1", linked_fee_id=credited)
        self.fee(client, date(2026, 2, 2), 70_000, "E-1", "EUR", rate=Decimal("0.86"))
        self.fee(client, date(2026, 2, 9), 30_000, "E-2", "EUR")
        self.fee(client, date(2026, 2, 10), 12_000, "D-1", disbursement=True)
        self.fee(client, date(2026, 12, 1), 500_000, "AHEAD")
        for at, direction in enumerate((Direction.IN, Direction.OUT, Direction.BOTH, Direction.OUT, Direction.IN)):
            self.contact(
                client,
                date(2025, 10, 1) + timedelta(days=40 * at),
                direction,
                channel=Channel.CALL,
                purpose=Purpose.SERVE,
                minutes=45,
                summary=f"Talked through draft {at + 1}.",
                note=f"Mind the budget {at + 1}.",
                people=(dana,),
                colleagues=(jane,),
            )
        book.feedback.add(
            FeedbackDraft(
                client_id=client, on=date(2026, 3, 1), verbatim="Minutes come late.", person_id=dana, work_score=9,
                service_score=6, nps=7, kind=FeedbackKind.COMPLAINT, owner_id=jane, owned_on=date(2026, 3, 2),
                action="Minutes leave within two days.", acted_on=date(2026, 3, 5), told_on=date(2026, 3, 8),
            )
        )  # fmt: skip
        for kind in CostKind:
            book.costs.add(CostDraft(client_id=client, on=date(2026, 4, 4), amount=12_345, kind=kind, note="A cost"))
        plan = book.plans.add(
            PlanDraft(
                client_id=client, title="Plan 2026", starts=date(2026, 1, 1), ends=date(2026, 12, 31),
                goals="More visitors\nFewer surprises", risks="One person", opportunities="Radio", expected_fee=900_000,
            )
        )  # fmt: skip
        goal = book.objectives.add(ObjectiveDraft(plan_id=plan, title="Be heard", baseline="14", target="30"))
        for title, done in (("Radio features", date(2026, 4, 1)), ("Round table", None)):
            book.actions.add(
                ActionDraft(
                    plan_id=plan, title=title, objective_id=goal, owner_id=jane, due=date(2026, 7, 9), minutes=90,
                    cost=4_400, done_on=done,
                )
            )  # fmt: skip
        book.promises.add(
            PromiseDraft(
                client_id=client, what="Footfall numbers", by=PromiseBy.US, due=date(2026, 5, 5),
                kept_on=date(2026, 5, 4), person_id=dana,
            )
        )  # fmt: skip
        return client
