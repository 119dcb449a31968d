"""What the sheets behind a client's figures say: the numbers of METRICS, and that what is shown adds up."""

import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.clients import ClientDraft
from app.domain.contacts import ContactDraft
from app.domain.costs import CostDraft
from app.domain.engagements import EngagementDraft
from app.domain.fees import FeeDraft
from app.domain.metrics.contribution import Acquisition, Contribution
from app.domain.metrics.explanation import explain_tfi
from app.domain.metrics.last_spoken import last_spoken
from app.domain.metrics.levers import LeverKind, levers
from app.domain.metrics.purchases import FeeRow, FeeSeries
from app.domain.metrics.tfi import fee_figures
from app.domain.people import PersonDraft
from app.domain.vocabulary import Channel, CostKind, Direction, EngagementKind, FeeKind, Purpose, Stage
from app.services.book import Book
from app.services.explanations import Explanations
from app.words import dialogues, sentences, value_explanations
from app.words import explanations as words
from app.words.explanations import Amounts

AS_OF = date(2026, 6, 30)


def fee(book: Book, client: int, on: date, amount: int, **more: object) -> int:
    draft = FeeDraft(client_id=client, on=on, original=amount, currency="GBP", amount=None)
    return book.fees.add(FeeDraft(**{name: getattr(draft, name) for name in draft.__slots__} | more))


@pytest.fixture
def client(book: Book) -> int:
    """Client E3 of METRICS 1.6."""
    made = book.clients.add(ClientDraft(name="Acme"))
    fee(book, made, date(2025, 6, 30), 100_000, document="1")
    fee(book, made, date(2025, 12, 30), 200_000, document="2")
    return made


@pytest.fixture
def explain(book: Book) -> Explanations:
    return Explanations(book.database, book.figures)


def test_the_card_of_metrics_1_5_in_words(explain: Explanations, client: int) -> None:
    sheet = explain.tfi(client, AS_OF)
    assert sheet.formula == "£2,991.80 = £1,500.00 × (365 days ÷ 183 days)"
    assert [(line.symbol, line.working, line.value) for line in sheet.lines] == [
        ("S", "£3,000.00 ÷ 2 purchases", "£1,500.00"),
        ("T", "183 days ÷ 1 gap", "183 days"),
        ("L", "30 Jun 2025 – 30 Jun 2026", "365 days"),
    ]
    assert sheet.paragraphs[0] == (
        "Invoiced so far £3,000.00. The formula gives £8.20 less: the first purchase is not a gap (−£1,500.00), "
        "182 days have passed since the last one (+£1,491.80)."
    )
    assert "£2,993.85 a year" in sheet.paragraphs[1]
    assert "£1,501.03 a year" in sheet.paragraphs[1]
    assert "Last 12 months £2,000.00" in sheet.paragraphs[1]
    assert "1 gap, indicative only" in sheet.paragraphs[2]
    assert sheet.rule == "rule P1 to P9, as of 30 Jun 2026"


def test_what_is_left_out_is_named_with_its_sum(book: Book, explain: Explanations, client: int) -> None:
    fee(book, client, date(2026, 1, 5), 59_000, disbursement=True)
    fee(book, client, date(2026, 9, 1), 450_000)
    fee(book, client, date(2026, 2, 1), 10_000, currency="USD")
    note = explain.tfi(client, AS_OF).note
    assert note.startswith("2 purchases counted from 5 documents · left out: ")
    assert "1 disbursement (£590.00)" in note
    assert "1 booked ahead (£4,500.00)" in note
    assert "USD: 1 document without a rate ($100)" in note


def test_a_client_without_a_purchase_shows_no_number(book: Book, explain: Explanations) -> None:
    prospect = book.clients.add(ClientDraft(name="Saltmarsh"))
    sheet = explain.tfi(prospect, AS_OF)
    assert sheet.formula == "No TFI: no purchase yet"
    assert sheet.lines == ()
    assert explain.lifetime(prospect, AS_OF).formula == "No value: no purchase yet"
    assert explain.profit(prospect, AS_OF).formula == "No profit: no fees in 12 months"
    assert explain.gap(prospect, AS_OF).formula == "No gap: no contact is recorded"


def test_minimums_hide_the_lifetime_value_but_not_why(explain: Explanations, client: int) -> None:
    sheet = explain.lifetime(client, AS_OF)
    assert sheet.formula.startswith("No value: ")
    assert [line.symbol for line in sheet.lines] == ["m"]
    assert "So far £3,000.00" in sheet.paragraphs[0]
    assert "No delivery costs are recorded, so this is fees, not profit." in sheet.paragraphs[0]


def test_profit_is_shown_line_by_line_once_costs_are_known(book: Book, explain: Explanations, client: int) -> None:
    assert explain.profit(client, AS_OF).formula == "No profit: no costs recorded"
    book.costs.add(
        CostDraft(client_id=client, on=date(2025, 12, 15), amount=80_000, kind=CostKind.DELIVERY, note="video")
    )
    book.costs.add(CostDraft(client_id=client, on=date(2026, 1, 5), amount=10_000, kind=CostKind.SERVICE))
    sheet = explain.profit(client, AS_OF)
    assert sheet.formula == "£1,100.00 = £2,000.00 − £900.00"
    assert [line.value for line in sheet.lines] == ["£2,000.00", "£800.00", "£100.00", "£0.00", "£0.00"]
    assert sheet.paragraphs[0] == "Costs are recorded for 100\N{NO-BREAK SPACE}% of fees."


def test_the_gap_is_held_against_promise_and_habit(book: Book, explain: Explanations, client: int) -> None:
    for days in (160, 130, 100, 70):
        book.contacts.log(
            ContactDraft(
                client_id=client, on=AS_OF - timedelta(days=days), direction=Direction.BOTH, channel=Channel.CALL
            )
        )
    sheet = explain.gap(client, AS_OF)
    assert sheet.formula == f"70 days since {words.formats.day(AS_OF - timedelta(days=70))}"
    usual = next(line for line in sheet.lines if line.meaning.startswith("usual"))
    assert (usual.working, usual.value) == ("last 3 gaps: 30–30", "30 days")
    assert any("a gap this long happens" in paragraph for paragraph in sheet.paragraphs)


def test_streams_stand_apart_and_payback_needs_a_cost(book: Book, explain: Explanations, client: int) -> None:
    assert explain.money(client, AS_OF).streams == ()
    assert explain.money(client, AS_OF).payback is None
    retainer = book.engagements.add(
        EngagementDraft(client_id=client, name="Press office", kind=EngagementKind.RETAINER)
    )
    for month in (1, 2, 3):
        fee(book, client, date(2026, month, 1), 50_000, engagement_id=retainer)
    book.costs.add(CostDraft(client_id=client, on=date(2025, 1, 1), amount=150_000, kind=CostKind.ACQUISITION))
    workings = explain.money(client, AS_OF)
    assert {kind: own.n for kind, own in workings.streams} == {EngagementKind.RETAINER: 3, EngagementKind.PROJECT: 2}
    assert workings.payback is not None
    assert workings.payback.day == date(2025, 12, 30)


def test_a_linked_credit_is_told_as_moved(book: Book, explain: Explanations, client: int) -> None:
    invoice = fee(book, client, date(2026, 3, 1), 30_000)
    credit = fee(book, client, date(2026, 3, 20), -30_000, kind=FeeKind.CREDIT)
    book.fees.link(credit, invoice)
    assert "1 credit moved to its invoice" in explain.tfi(client, AS_OF).note


days_and_sums = st.lists(
    st.tuples(st.integers(0, 1500), st.integers(1, 5_000_00)), min_size=2, max_size=12, unique_by=lambda pair: pair[0]
)


@given(days_and_sums, st.integers(0, 900))
@settings(max_examples=60, deadline=None)
def test_the_parts_shown_add_up_to_the_difference_shown(found: list[tuple[int, int]], later: int) -> None:
    first = date(2020, 1, 1)
    rows = [FeeRow(first + timedelta(days=day), amount, id=at) for at, (day, amount) in enumerate(found)]
    as_of = max(row.day for row in rows) + timedelta(days=later)
    sheet = words.tfi(explain_tfi(rows, as_of), "GBP")
    said = sheet.paragraphs[0]
    shown = [_amount(text) for text in re.findall(r"\(([+−]£[\d,.]+)\)", said)]
    invoiced, tfi = _amount(re.findall(r"£[\d,.]+\d", said)[0]), _amount(sheet.formula.split(" = ")[0])
    assert sum(shown) == tfi - invoiced


pennies = st.integers(0, 3_000_000)


@given(pennies, pennies, pennies, pennies, st.integers(0, 90_000_000), pennies)
@settings(max_examples=80, deadline=None)
def test_fees_less_the_costs_shown_are_the_profit_shown(
    fees: int, delivery: int, service: int, retention: int, time: int, won: int
) -> None:
    parts = Contribution(fees, delivery, service, retention, Fraction(time, 60), Fraction(1))
    cost = Acquisition(won, 0, Fraction(1, 2))
    sheet = value_explanations.profit(parts, cost, "GBP", AS_OF)
    profit, rest = sheet.formula.split(" = ")
    assert _amount(profit) == _sum(rest)
    shown = [_amount(line.value) for line in sheet.lines]
    assert shown[0] - sum(shown[1:]) == _amount(profit)
    amounts = Amounts.fitting("GBP", fees, parts.cost)
    spent = sum(value_explanations.costs_shown(parts, amounts))
    assert amounts.rounded(fees) - spent == amounts.rounded(parts.amount)
    told = value_explanations.so_far(parts, cost, parts.amount - cost.amount, amounts)
    value, in_fees, in_cost, winning = (_amount(text) for text in re.findall(r"−?£[\d,.]*\d", told)[:4])
    assert value == in_fees - in_cost - winning


def _sum(text: str) -> Fraction:
    first, second = text.split(" − ")
    return _amount(first) - _amount(second)


def _amount(text: str) -> Fraction:
    number = Fraction(re.sub(r"[^\d.]", "", text))
    return -number if text.startswith("−") else number


def test_levers_are_exact_and_missing_where_there_is_no_rhythm() -> None:
    # Every 90 days 100, 30 days since the last: one more now, closer purchases, a year more.
    days = [date(2026, 1, 1) + timedelta(days=90 * place) for place in range(3)]
    series = FeeSeries.from_rows([FeeRow(day, 10_000) for day in days])
    figures = fee_figures(series, days[-1] + timedelta(days=30))
    found = {lever.kind: lever for lever in levers(figures)}
    tfi = Fraction(10_000 * 210, 90)
    assert found[LeverKind.ONE_MORE].gain == Fraction(10_000 * 210 * 3, 210) - tfi
    assert found[LeverKind.CLOSER].interval == 81
    assert found[LeverKind.CLOSER].gain == Fraction(10_000 * 210, 81) - tfi
    assert found[LeverKind.YEAR_MORE].gain == Fraction(10_000) * Fraction(36525, 100) / 90
    assert levers(figures)[0].kind is LeverKind.YEAR_MORE
    assert levers(fee_figures(series, days[-1] + timedelta(days=400))) == ()


def test_only_counting_contacts_up_to_the_day_are_speaking_to_somebody(book: Book, client: int) -> None:
    dana = book.people.add(PersonDraft(client_id=client, name="Dana"))
    ravi = book.people.add(PersonDraft(client_id=client, name="Ravi"))
    for days, who, more in (
        (90, (dana, ravi), {}),
        (40, (dana,), {}),
        (20, (dana,), {"counts": False}),
        (-5, (ravi,), {}),
        (-3, (dana,), {"planned": True}),
    ):
        book.contacts.log(
            ContactDraft(
                client_id=client, on=AS_OF - timedelta(days=days), direction=Direction.BOTH, people=who, **more
            )
        )
    spoken = last_spoken(book.contacts.of_client(client), AS_OF)
    assert spoken == {dana: AS_OF - timedelta(days=40), ravi: AS_OF - timedelta(days=90)}


def test_the_dialogue_is_told_in_words(book: Book, client: int) -> None:
    def say(direction: Direction, days: int, purpose: Purpose | None = None) -> None:
        on = AS_OF - timedelta(days=days)
        book.contacts.log(ContactDraft(client_id=client, on=on, direction=direction, purpose=purpose))

    say(Direction.IN, 200)
    for days in (150, 120, 90, 60):
        say(Direction.OUT, days, Purpose.SELL if days < 100 else Purpose.SERVE)
    found = book.figures.on(AS_OF).clients[client]
    assert found.dialogue is not None
    assert dialogues.heading(found.dialogue, found.contact) == "They have gone quiet"
    assert dialogues.sentence(found.dialogue) == (
        "4 messages since their last reply. 2 of 4 outgoing in a year were offers. n = 5 in 365 days, rules C7 and C8."
    )
    assert found.stage.stage is not Stage.ENDED


def test_a_client_billed_in_one_foreign_currency_has_its_figures_in_it_too(book: Book, explain: Explanations) -> None:
    made = book.clients.add(ClientDraft(name="Lindqvist"))
    fee(book, made, date(2025, 7, 1), 100_000, currency="USD", rate=Decimal("0.8"))
    fee(book, made, date(2026, 1, 1), 100_000, currency="USD")
    workings = explain.money(made, AS_OF)
    assert workings.foreign is not None
    currency, figures = workings.foreign
    assert (currency, figures.n, figures.observed) == ("USD", 2, 200_000)
    assert workings.tfi.figures.observed == 80_000
    fee(book, made, date(2026, 2, 1), 10_000)
    assert explain.money(made, AS_OF).foreign is None


def test_one_gap_of_a_day_is_told_as_one(book: Book, explain: Explanations, client: int) -> None:
    for days in (3, 2):
        on = AS_OF - timedelta(days=days)
        book.contacts.log(ContactDraft(client_id=client, on=on, direction=Direction.OUT, channel=Channel.CALL))
    book.clients.change(client, ClientDraft(name="Acme", cadence_days=1))
    sheet = explain.gap(client, AS_OF)
    assert [(line.working, line.value) for line in sheet.lines[:2]] == [
        ("the client's own cadence", "every day"),
        ("1 gap", "1 day"),
    ]
    figures = book.figures.on(AS_OF)
    (warning,) = (found for found in figures.warnings if found.days == 2)
    why = sentences.why(warning, figures.clients[client])
    assert why == "2 days silent; promised every day."
