"""Fees with their rates and links, and the settings that money depends on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.domain.checking import InvalidInputError
from app.domain.clients import ClientDraft
from app.domain.colleagues import ColleagueDraft
from app.domain.contacts import ContactDraft
from app.domain.costs import CostDraft
from app.domain.fees import FeeDraft
from app.domain.records import draft_of
from app.domain.vocabulary import CostKind, Direction, FeeKind, Tier
from app.errors import AskedWrongError
from app.services.book import Book

DAY = date(2026, 3, 31)
Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def acme(book: Book) -> int:
    """Add a client."""
    return book.clients.add(ClientDraft(name="Acme"))


def fee(client: int, original: int, on: date = DAY, currency: str = "GBP", rate: str | None = None) -> FeeDraft:
    kind = FeeKind.CREDIT if original < 0 else FeeKind.INVOICE
    return FeeDraft(
        client_id=client,
        on=on,
        original=original,
        currency=currency,
        amount=None,
        rate=None if rate is None else Decimal(rate),
        kind=kind,
    )


# -- rates (P6) ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("original", "currency", "rate", "amount"),
    [
        (10_000, "GBP", None, 10_000),
        (10_000, "GBP", "2", 10_000),  # a rate means nothing at home
        (10_000, "gbp", None, 10_000),
        (10_000, "EUR", None, None),
        (10_000, "EUR", "0.8571", 8_571),
        (101, "EUR", "0.5", 51),  # half away from zero
        (-101, "EUR", "0.5", -51),
        (10_000, "JPY", "0.0052", 5_200),  # yen have no minor units
        (1, "EUR", "0.000000000000000000001", 0),
    ],
)
def test_the_amount_follows_from_original_currency_and_rate(
    book: Book, acme: int, original: int, currency: str, rate: str | None, amount: int | None
) -> None:
    key = book.fees.add(fee(acme, original, currency=currency, rate=rate))
    kept = book.fees.get(key)
    assert kept.amount == amount
    assert kept.currency == currency.upper()
    assert kept.rate == (None if rate is None else Decimal(rate))
    assert (key in {found.id for found in book.fees.without_rate()}) is (amount is None)


def test_an_amount_given_with_the_draft_is_never_trusted(book: Book, acme: int) -> None:
    key = book.fees.add(replace(fee(acme, 100), amount=999_999))
    assert book.fees.get(key).amount == 100
    book.fees.change(key, replace(fee(acme, 200), amount=999_999))
    assert book.fees.get(key).amount == 200


def test_a_rate_set_for_several_is_one_step(book: Book, acme: int, rows: Callable[[Book], Rows]) -> None:
    keys = tuple(book.fees.add(fee(acme, amount, currency="EUR")) for amount in (1_000, 3_333, -50))
    before = rows(book)
    book.fees.set_rate(keys, Decimal("0.875"))
    assert [book.fees.get(key).amount for key in keys] == [875, 2_916, -44]
    assert book.fees.without_rate() == []
    assert book.history.steps(1)[0].what == "set the rate of 3 fees"
    book.history.undo()
    assert rows(book) == before
    with pytest.raises(InvalidInputError):
        book.fees.set_rate(keys, Decimal(0))


def test_a_fee_without_a_rate_enters_no_figure(book: Book, acme: int) -> None:
    book.fees.add(fee(acme, 10_000))
    key = book.fees.add(fee(acme, 50_000, on=DAY - timedelta(9), currency="EUR"))
    assert book.figures.on(DAY).clients[acme].fees.observed == 10_000
    book.fees.set_rate((key,), Decimal("0.5"))
    assert book.figures.on(DAY).clients[acme].fees.observed == 35_000


def test_the_currency_of_a_book_with_money_is_not_changed(book: Book, acme: int) -> None:
    """Every amount kept is in it; another word for it would make every figure wrong."""
    settings = book.firm.get()
    book.firm.change(replace(settings, currency="USD"))
    book.firm.change(settings)
    book.fees.add(fee(acme, 10_000))
    with pytest.raises(InvalidInputError) as refused:
        book.firm.change(replace(settings, currency="EUR"))
    assert [problem.field for problem in refused.value.problems] == ["currency"]
    assert book.firm.get().currency == "GBP"
    book.firm.change(replace(settings, name="Another name"))
    book.clients.delete([acme])
    book.costs.add(CostDraft(on=DAY, amount=1, kind=CostKind.ACQUISITION))
    with pytest.raises(InvalidInputError):
        book.firm.change(replace(settings, currency="EUR"))


# -- links (P3) ----------------------------------------------------------------------------------------


def test_a_credit_is_linked_and_moves_to_its_invoice(book: Book, acme: int) -> None:
    invoice = book.fees.add(fee(acme, 10_000, DAY - timedelta(400)))
    credit = book.fees.add(fee(acme, -10_000, DAY))
    assert book.figures.on(DAY).clients[acme].fees.n == 1
    book.fees.link(credit, invoice)
    assert book.figures.on(DAY).clients[acme].fees.n == 0
    assert book.history.steps(1)[0].what == "link credit note"
    book.fees.link(credit, None)
    assert book.figures.on(DAY).clients[acme].fees.n == 1
    assert book.history.steps(1)[0].what == "unlink credit note"


def test_only_a_credit_belongs_to_an_invoice_of_the_same_client(book: Book, acme: int) -> None:
    other = book.clients.add(ClientDraft(name="Bexley"))
    mine, theirs = book.fees.add(fee(acme, 100)), book.fees.add(fee(other, 100))
    credit, second = book.fees.add(fee(acme, -100)), book.fees.add(fee(acme, -50))
    for one, another in ((credit, theirs), (credit, second), (mine, credit), (credit, credit)):
        with pytest.raises(InvalidInputError):
            book.fees.link(one, another)
    with pytest.raises(AskedWrongError):
        book.fees.link(credit, 999)
    with pytest.raises(InvalidInputError):
        book.fees.change(credit, replace(draft_of(FeeDraft, book.fees.get(credit)), linked_fee_id=theirs))
    with pytest.raises(InvalidInputError):
        book.fees.add(replace(fee(acme, -5), linked_fee_id=theirs))
    assert {found.linked_fee_id for found in book.fees.every()} == {None}


OFFERS: dict[str, tuple[list[tuple[int, int]], dict[int, int]]] = {
    # (amount, days before), in order of ids; credit id -> invoice id
    "same amount": ([(100, 10), (-100, 0)], {2: 1}),
    "ninety days": ([(100, 90), (-100, 0)], {2: 1}),
    "too long ago": ([(100, 91), (-100, 0)], {}),
    "after the credit": ([(100, 0), (-100, 5)], {}),
    "the same day": ([(100, 0), (-100, 0)], {2: 1}),
    "another amount": ([(101, 10), (-100, 0)], {}),
    "two could be meant": ([(100, 10), (100, 20), (-100, 0)], {}),
    "two credits, one invoice": ([(100, 10), (-100, 5), (-100, 0)], {2: 1}),
    "two pairs": ([(100, 10), (-100, 5), (70, 10), (-70, 0)], {2: 1, 4: 3}),
}


@pytest.mark.parametrize("name", OFFERS)
def test_links_are_offered_where_one_invoice_is_meant(book: Book, acme: int, name: str) -> None:
    documents, expected = OFFERS[name]
    for amount, back in documents:
        book.fees.add(fee(acme, amount, DAY - timedelta(back)))
    assert dict(book.fees.link_offers(acme)) == expected
    for credit, invoice in expected.items():
        book.fees.link(credit, invoice)
    assert dict(book.fees.link_offers(acme)) == {}


# -- settings, hours, tiers ----------------------------------------------------------------------------


def test_settings_wrong_are_named_at_their_field(book: Book) -> None:
    settings = book.firm.get()
    for field, value in (
        ("name", " "),
        ("currency", "£"),
        ("year_starts", 13),
        ("hourly_cost", -1),
        ("discount_basis_points", 10_001),
        ("years_cap", 0),
    ):
        with pytest.raises(InvalidInputError) as refused:
            book.firm.change(replace(settings, **{field: value}))
        assert [problem.field for problem in refused.value.problems] == [field]
    assert book.firm.get() == settings
    assert book.history.steps() == []


def test_an_hour_costs_what_it_did_on_its_day(book: Book, acme: int) -> None:
    ana, ben = (book.colleagues.add(ColleagueDraft(name=name)) for name in ("Ana", "Ben"))
    book.fees.add(fee(acme, 1, DAY - timedelta(30)))  # from here on, time is spent on a client
    book.firm.change(replace(book.firm.get(), hourly_cost=1_000))
    book.colleagues.set_cost(ana, DAY - timedelta(10), 6_000)
    book.colleagues.set_cost(ana, DAY, 12_000)
    for back, who in ((20, (ana,)), (10, (ana,)), (0, (ana, ben)), (0, ())):
        draft = ContactDraft(
            client_id=acme, on=DAY - timedelta(back), direction=Direction.BOTH, minutes=30, colleagues=who
        )
        book.contacts.log(draft)
    costs = book.figures.on(DAY).clients[acme].contribution
    assert costs.cost == 500 + 3_000 + (6_000 + 500) + 500


def test_an_hourly_cost_of_the_same_day_is_overwritten(book: Book) -> None:
    ana = book.colleagues.add(ColleagueDraft(name="Ana"))
    for amount in (1, 2):
        book.colleagues.set_cost(ana, DAY, amount)
    assert [(cost.since, cost.amount) for cost in book.colleagues.costs()] == [(DAY, 2)]
    with pytest.raises(InvalidInputError):
        book.colleagues.set_cost(ana, DAY, -1)


def test_tiers_and_cadences_are_changed_in_one_step(book: Book, rows: Callable[[Book], Rows]) -> None:
    before = rows(book)
    book.firm.change_tiers(replace(level, name=f"{level.name}!", contact_days=9) for level in book.firm.tiers())
    book.firm.change_cadence(replace(cell, days=11) for cell in book.firm.cadence())
    assert {level.contact_days for level in book.firm.tiers()} == {9}
    assert book.figures.on(DAY).tier_name(Tier.GOLD) == "Gold!"
    assert [step.what for step in book.history.steps()] == ["change the cadence table", "change tiers"]
    for bad in (
        lambda: book.firm.change_tiers([replace(book.firm.tiers()[0], name=" ")]),
        lambda: book.firm.change_tiers([replace(book.firm.tiers()[0], contact_days=0)]),
        lambda: book.firm.change_cadence([replace(book.firm.cadence()[0], days=0)]),
    ):
        with pytest.raises(InvalidInputError):
            bad()
    book.history.undo()
    book.history.undo()
    assert rows(book) == before
