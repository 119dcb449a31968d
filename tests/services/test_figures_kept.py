"""Kept figures equal those of a freshly opened book after any edits: nothing a change touches may stay stale."""

import inspect
import random
import shutil
import tempfile
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.domain.checking import InvalidInputError
from app.domain.clients import ClientDraft
from app.domain.colleagues import ColleagueDraft
from app.domain.contacts import ContactDraft
from app.domain.costs import CostDraft
from app.domain.engagements import EngagementDraft
from app.domain.feedback import FeedbackDraft
from app.domain.fees import FeeDraft
from app.domain.firm import Firm
from app.domain.metrics.rhythm import RhythmState
from app.domain.records import draft_of
from app.domain.vocabulary import (
    Channel,
    CostKind,
    Direction,
    EngagementKind,
    FeedbackKind,
    FeeKind,
    Purpose,
    RankingWindow,
    Stage,
    StartRule,
    Tier,
)
from app.services.book import new_book, open_book
from app.services.book_figures import BookFigures
from app.services.client_figures import ClientFigures
from app.services.figures import Figures
from app.services.today import Waiting

T = TypeVar("T")
TODAY = date(2026, 6, 30)
DAYS = st.integers(-900, 60).map(lambda days: TODAY + timedelta(days))
NUMBERS = st.integers(0, 10**6)


class FiguresMachine(RuleBasedStateMachine):
    """One book kept open and warm, and a stranger who opens it anew after every edit."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="rapport-figures-"))
        self.path = self.folder / "b.rapport"
        new_book(self.path, Firm(name="F", hourly_cost=5_000))
        self.book = open_book(self.path, write=True)

    @initialize()
    def begin(self) -> None:
        """Start with three clients, two colleagues, and something of everything."""
        book = self.book
        self.colleagues = [book.colleagues.add(ColleagueDraft(name=name)) for name in ("Ana", "Ben")]
        for number, name in enumerate(("Acme", "Bexley", "Cole")):
            client = book.clients.add(ClientDraft(name=name, owner_id=self.colleagues[0]))
            for back in (400, 300, 200, 90 * number):
                self._fee(client, TODAY - timedelta(back), 10_000 * (number + 1))
            book.contacts.log(
                ContactDraft(
                    client_id=client,
                    on=TODAY - timedelta(50 * number),
                    direction=Direction.BOTH,
                    channel=Channel.CALL,
                    minutes=60,
                    colleagues=tuple(self.colleagues),
                )
            )
        book.engagements.add(
            EngagementDraft(client_id=1, name="R", kind=EngagementKind.RETAINER, billed_every_months=1)
        )

    def _fee(self, client: int, on: date, amount: int, more: dict[str, Any] | None = None) -> int:
        draft = FeeDraft(client_id=client, on=on, original=amount, currency="GBP", amount=None)
        return self.book.fees.add(replace(draft, **more or {}))

    def _clients(self) -> list[int]:
        return [client.id for client in self.book.clients.every()]

    def _one(self, data: st.DataObject, found: list[T]) -> T | None:
        return data.draw(st.sampled_from(found)) if found else None

    # -- edits -------------------------------------------------------------------------------------

    @rule(data=st.data(), number=st.integers(0, 10**6))
    def add_client(self, data: st.DataObject, number: int) -> None:
        """Names and codes come in any order."""
        draft = ClientDraft(
            name=f"{data.draw(st.sampled_from('abcXYZ'))}{number}",
            code=data.draw(st.sampled_from(["", f"{number % 100:02}c{number}"])),
            first_contact=data.draw(st.none() | DAYS),
        )
        try:
            self.book.clients.add(draft)
        except InvalidInputError:
            assert draft.name.lower() in {client.name.lower() for client in self.book.clients.every()}

    @rule(data=st.data(), day=st.none() | DAYS)
    def change_client(self, data: st.DataObject, day: date | None) -> None:
        """Every field that a figure reads."""
        key = self._one(data, self._clients())
        if key is None:
            return
        change = data.draw(
            st.sampled_from(
                [
                    {"first_contact": day, "won": None},
                    {"won": day, "first_contact": None},
                    {"last_contact": day},
                    {"cadence_days": 9},
                    {"preferred_cadence_days": 40, "cadence_days": None},
                    {"do_not_contact": day is None},
                    {"snoozed_until": day},
                    {"name": f"zz{key}"},
                    {"code": f"K{key}"},
                    {"currency": "EUR"},
                ]
            )
        )
        self.book.clients.change(key, replace(draft_of(ClientDraft, self.book.clients.get(key)), **change))

    @rule(data=st.data(), tier=st.none() | st.sampled_from(Tier))
    def change_many(self, data: st.DataObject, tier: Tier | None) -> None:
        """Edits of several clients at once."""
        keys = data.draw(st.lists(st.sampled_from(self._clients()), unique=True)) if self._clients() else []
        if data.draw(st.booleans()):
            self.book.clients.pin_tier(keys, tier, TODAY, "why")
        else:
            self.book.clients.set_owner(keys, self._one(data, self.book.colleagues.every()) and None)

    @rule(data=st.data())
    def delete_client(self, data: st.DataObject) -> None:
        """With all that belongs to it."""
        keys = self._clients()
        if len(keys) > 1:
            self.book.clients.delete([self._one(data, keys)])

    @rule(data=st.data())
    def merge_clients(self, data: st.DataObject) -> None:
        """Everything moves."""
        keys = self._clients()
        if len(keys) > 2:
            keep, lose = data.draw(st.lists(st.sampled_from(keys), min_size=2, max_size=2, unique=True))
            self.book.clients.merge(keep, lose)

    @rule(data=st.data(), stage=st.sampled_from(Stage), since=DAYS)
    def set_or_remove_stage(self, data: st.DataObject, stage: Stage, since: date) -> None:
        """Stages set by hand."""
        rows = self.book.clients.stages()
        if rows and data.draw(st.booleans()):
            self.book.clients.remove_stage(self._one(data, rows).id)
        elif self._clients():
            self.book.clients.set_stage(self._one(data, self._clients()), stage, since)

    @rule(data=st.data(), day=DAYS, amount=st.integers(-(10**6), 10**6))
    def add_fee(self, data: st.DataObject, day: date, amount: int) -> None:
        """Invoices and credits, linked or not, foreign or not, some disbursements."""
        key = self._one(data, self._clients())
        if key is None:
            return
        more: dict[str, Any] = {"kind": FeeKind.CREDIT if amount < 0 else FeeKind.INVOICE}
        invoices = [fee for fee in self.book.fees.of_client(key) if fee.kind is FeeKind.INVOICE]
        if amount < 0 and invoices and data.draw(st.booleans()):
            more["linked_fee_id"] = self._one(data, invoices).id
        engagements = self.book.engagements.of_client(key)
        if engagements and data.draw(st.booleans()):
            more["engagement_id"] = self._one(data, engagements).id
        more |= data.draw(st.sampled_from([{}, {}, {"currency": "EUR"}, {"currency": "EUR", "rate": Decimal("0.85")}]))
        more |= data.draw(st.sampled_from([{}, {}, {"disbursement": True}, {"delivery_cost": 500}]))
        self._fee(key, day, amount, more)

    @rule(data=st.data(), day=DAYS)
    def change_or_delete_fee(self, data: st.DataObject, day: date) -> None:
        """A fee may move to another day or another client."""
        fee = self._one(data, self.book.fees.every())
        if fee is None:
            return
        values = {field.name: getattr(fee, field.name) for field in fields(FeeDraft)}
        match data.draw(st.integers(0, 4)):
            case 0:
                self.book.fees.delete([fee.id])
            case 1:
                self.book.fees.change(fee.id, FeeDraft(**values | {"on": day}))
            case 2:
                draft = FeeDraft(**values | {"client_id": self._one(data, self._clients()), "linked_fee_id": None})
                self.book.fees.change(fee.id, draft)
            case 3:
                self.book.fees.change(fee.id, FeeDraft(**values | {"delivery_cost": None, "engagement_id": None}))
            case _ if fee.currency != "GBP":
                self.book.fees.set_rate((fee.id,), Decimal("1.1"))
            case _ if fee.kind is FeeKind.CREDIT:
                self.book.fees.link(fee.id, None)

    @rule(data=st.data(), day=DAYS, planned=st.booleans(), minutes=st.none() | st.integers(0, 300))
    def add_contact(self, data: st.DataObject, day: date, planned: bool, minutes: int | None) -> None:
        """With any of us."""
        key = self._one(data, self._clients())
        if key is None:
            return
        us = [colleague.id for colleague in self.book.colleagues.every()]
        self.book.contacts.log(
            ContactDraft(
                client_id=key,
                on=day,
                direction=data.draw(st.sampled_from(Direction)),
                channel=Channel.CALL,
                purpose=data.draw(st.none() | st.sampled_from(Purpose)),
                minutes=minutes,
                counts=data.draw(st.booleans()),
                planned=planned,
                colleagues=tuple(data.draw(st.lists(st.sampled_from(us), unique=True)) if us else ()),
            )
        )

    @rule(data=st.data(), day=DAYS)
    def change_or_delete_contact(self, data: st.DataObject, day: date) -> None:
        """Who was present decides what it cost."""
        contact = self._one(data, self.book.contacts.every())
        if contact is None:
            return
        values = {field.name: getattr(contact, field.name) for field in fields(ContactDraft)}
        us = [colleague.id for colleague in self.book.colleagues.every()]
        present = tuple(data.draw(st.lists(st.sampled_from(us), unique=True)) if us else ())
        change = data.draw(
            st.sampled_from(
                [
                    {},
                    {"on": day},
                    {"colleagues": present},
                    {"counts": not contact.counts},
                    {"planned": not contact.planned},
                    {"client_id": data.draw(st.sampled_from(self._clients()))},
                ]
            )
        )
        if change:
            self.book.contacts.change(contact.id, ContactDraft(**values | change))
        else:
            self.book.contacts.delete([contact.id])

    @rule(data=st.data(), day=DAYS, amount=NUMBERS, kind=st.sampled_from(CostKind))
    def add_or_move_cost(self, data: st.DataObject, day: date, amount: int, kind: CostKind) -> None:
        """Costs of a client or of the firm."""
        key = data.draw(st.none() | st.sampled_from(self._clients()))
        draft = CostDraft(on=day, amount=amount + 1, kind=kind, client_id=key)
        cost = self._one(data, [None, *self.book.costs.every()])
        if cost is None:
            self.book.costs.add(draft)
        elif data.draw(st.booleans()):
            self.book.costs.change(cost.id, draft)
        else:
            self.book.costs.delete([cost.id])

    @rule(data=st.data(), kind=st.sampled_from(EngagementKind))
    def add_or_change_engagement(self, data: st.DataObject, kind: EngagementKind) -> None:
        """A retainer silences rhythms."""
        key = data.draw(st.sampled_from(self._clients()))
        engagement = self._one(data, [None, *self.book.engagements.every()])
        if engagement is None:
            self.book.engagements.add(EngagementDraft(client_id=key, name="E", kind=kind))
        elif data.draw(st.booleans()):
            draft = EngagementDraft(client_id=engagement.client_id, name="E2", kind=kind)
            self.book.engagements.change(engagement.id, draft)
        else:
            self.book.engagements.delete([engagement.id])

    @rule(data=st.data(), day=DAYS, kind=st.sampled_from(FeedbackKind))
    def feedback(self, data: st.DataObject, day: date, kind: FeedbackKind) -> None:
        """Received, owned, acted on, told."""
        found = self._one(data, [None, *self.book.feedback.every()])
        if found is None:
            key = data.draw(st.sampled_from(self._clients()))
            self.book.feedback.add(FeedbackDraft(client_id=key, on=day, verbatim="v", kind=kind))
            return
        later = max(day, found.on)
        match data.draw(st.integers(0, 3)):
            case 0:
                self.book.feedback.own(found.id, None, later)
            case 1:
                self.book.feedback.act(found.id, "done", later)
            case 2:
                told = ContactDraft(client_id=found.client_id, on=later, direction=Direction.OUT)
                self.book.feedback.tell(found.id, told)
            case _:
                self.book.feedback.delete([found.id])

    @rule(data=st.data(), since=DAYS, amount=NUMBERS)
    def colleagues_and_their_cost(self, data: st.DataObject, since: date, amount: int) -> None:
        """A rate touches everybody."""
        found = self._one(data, [None, *self.book.colleagues.every()])
        if found is None:
            self.book.colleagues.add(ColleagueDraft(name="New"))
        elif data.draw(st.booleans()):
            self.book.colleagues.set_cost(found.id, since, amount)
        else:
            self.book.colleagues.delete([found.id])

    @rule(data=st.data(), amount=st.none() | NUMBERS)
    def settings_of_the_firm(self, data: st.DataObject, amount: int | None) -> None:
        """What every figure depends on."""
        firm = self.book.firm
        match data.draw(st.integers(0, 3)):
            case 0:
                firm.change(replace(firm.get(), hourly_cost=amount))
            case 1:
                rule_, window = data.draw(st.sampled_from(StartRule)), data.draw(st.sampled_from(RankingWindow))
                firm.change(replace(firm.get(), start_rule=rule_, ranking_window=window, discount_basis_points=500))
            case 2:
                firm.change_tiers(
                    replace(level, contact_days=data.draw(st.none() | st.just(33))) for level in firm.tiers()
                )
            case _:
                firm.change_cadence(replace(cell, days=data.draw(st.none() | st.just(17))) for cell in firm.cadence())

    @precondition(lambda self: self.book.history.next_steps()[0])
    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        """Some steps back."""
        for _ in range(times):
            if self.book.history.next_steps()[0]:
                self.book.history.undo()

    @precondition(lambda self: self.book.history.next_steps()[1])
    @rule()
    def redo(self) -> None:
        """One step forth."""
        self.book.history.redo()

    # -- what always holds ---------------------------------------------------------------------------

    @invariant()
    def warm_figures_equal_fresh_ones(self) -> None:
        """On two days and under another start of relationships."""
        fresh = open_book(self.path, write=False)
        try:
            for day, rule_ in ((TODAY, None), (TODAY - timedelta(200), None), (TODAY, StartRule.FIRST_CONTACT)):
                same(self.book.figures.on(day, rule_), fresh.figures.on(day, rule_))
            warm, cold = self.book.today.on(TODAY), fresh.today.on(TODAY)
            for field in fields(cold):
                if field.name != "figures":
                    assert plain(getattr(warm, field.name)) == plain(getattr(cold, field.name)), field.name
        finally:
            fresh.close()

    def teardown(self) -> None:
        """Close the book."""
        self.book.close()
        shutil.rmtree(self.folder)


OF_A_CLIENT = (
    "ref", "client", "fees", "standing", "rfm", "risk", "stage", "tier", "tier_pinned", "purchases", "cadence",
    "contact", "contact_rhythm", "dialogue", "contribution", "contribution_12", "historic", "acquisition", "incubation",
    "loop", "value", "next_planned", "warnings", "withheld",
)  # fmt: skip
OF_THE_BOOK = (
    "as_of", "firm", "tiers", "portfolio", "ranking", "contact_kappa", "retention", "discount", "warnings", "ids",
)  # fmt: skip


def same(warm: BookFigures, fresh: BookFigures) -> None:
    """Compare everything of every client, named where it differs."""
    assert list(warm.clients) == list(fresh.clients)
    for key, client in fresh.clients.items():
        for name in OF_A_CLIENT:
            assert getattr(warm.clients[key], name) == getattr(client, name), (key, name)
    for name in OF_THE_BOOK:
        assert getattr(warm, name) == getattr(fresh, name), name


def plain(found: object) -> object:
    """Put ids in the place of clients' figures, which `same` has compared."""
    if isinstance(found, ClientFigures):
        return found.client.id
    if isinstance(found, Waiting):
        return found.client.client.id, found.warnings, found.last_words, found.promise
    return [plain(one) for one in found] if isinstance(found, tuple) else found


def test_nothing_of_the_figures_is_left_uncompared() -> None:
    def told(kind: type) -> set[str]:
        return {name for name, found in inspect.getmembers(kind) if isinstance(found, property | cached_property)}

    assert told(ClientFigures) <= set(OF_A_CLIENT)
    assert told(BookFigures) <= set(OF_THE_BOOK)


def _settings(examples: int, steps: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),  # each try opens real books: shrinking takes minutes
        suppress_health_check=list(HealthCheck),
    )


def test_kept_figures_equal_fresh_ones() -> None:
    run_state_machine_as_test(FiguresMachine, settings=_settings(8, 20))


@pytest.mark.full
def test_kept_figures_equal_fresh_ones_at_length() -> None:
    run_state_machine_as_test(FiguresMachine, settings=_settings(100, 40))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_kept_figures_follow_the_rhythm_that_all_clients_have_together(tmp_path: Path, seed: int) -> None:
    """From 20 clients on each fee and each contact moves the pooled regularity, and with it every client's rhythm."""
    chance = random.Random(seed)
    new_book(tmp_path / "b.rapport", Firm(name="F", hourly_cost=5_000))
    book = open_book(tmp_path / "b.rapport", write=True)
    clients = [book.clients.add(ClientDraft(name=f"C{number:02}")) for number in range(24)]

    def invoice(client: int, back: int) -> None:
        on, amount = TODAY - timedelta(back), chance.randint(1, 9) * 10_000
        book.fees.add(FeeDraft(client_id=client, on=on, original=amount, currency="GBP", amount=None))

    def speak(client: int, back: int) -> None:
        on = TODAY - timedelta(back)
        book.contacts.log(
            ContactDraft(client_id=client, on=on, direction=Direction.BOTH, channel=Channel.CALL, minutes=10)
        )

    for act in (invoice, speak):
        for client in clients:
            back = chance.randint(0, 90)
            for _ in range(6):
                back += 1 + round(chance.gammavariate(2, 20))  # a regularity of 2, far from the limits of 1 and 4
                act(client, back)
    fees, contacts, states = set(), set(), set()
    for _ in range(40):
        warm = book.figures.on(TODAY)
        same(warm, Figures(book.database).on(TODAY))
        fees.add(warm.portfolio.kappa.used)
        contacts.add(warm.contact_kappa.used)
        states |= {one.purchases.state for one in warm.clients.values() if one.purchases}
        chance.choice((invoice, speak))(chance.choice(clients), chance.randint(0, 30))
    assert len(fees) > 5
    assert len(contacts) > 5
    assert states >= {RhythmState.ON_RHYTHM, RhythmState.LATE, RhythmState.AT_RISK}
    book.close()
