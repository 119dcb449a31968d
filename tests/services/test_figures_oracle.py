"""Small books drawn by chance: the program's figures beside those that an independent reading of METRICS gives."""

import random
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from app.data import schema
from app.domain.clients import ClientDraft
from app.domain.colleagues import ColleagueDraft
from app.domain.firm import Firm
from app.domain.metrics.numbers import poisson_limits
from app.domain.vocabulary import CostKind, EngagementKind, FeedbackKind, FeeKind, Stage, StartRule
from app.services.book import Book, new_book, open_book
from app.services.book_figures import BookFigures
from app.services.client_figures import ClientFigures
from tests.reference import oracle

TODAY = date(2026, 2, 28)
STARTS = {
    "first purchase": StartRule.FIRST_PURCHASE,
    "won": StartRule.WON,
    "first contact": StartRule.FIRST_CONTACT,
}
CLOSE = 1e-9


def days_back(rng: random.Random, earliest: int) -> date:
    """Draw a day between `earliest` days ago and 40 days ahead."""
    return TODAY - timedelta(days=rng.randint(-40, earliest))


def drawn_client(rng: random.Random, number: int, pace: tuple[int, ...]) -> oracle.Client:
    """Draw a client: ended and won back, with fees, costs, talk and feedback."""
    client = oracle.Client(f"Client {number}")
    age = rng.choice((60, 120, 300, 700, 1_100, 1_600, 2_100))
    begins = TODAY - timedelta(days=age)
    draw_fees(rng, client, begins, pace)
    if rng.random() < 0.5:
        client.met = days_back(rng, age + 300)
    if rng.random() < 0.4:
        client.won = begins + timedelta(days=rng.randint(-60, 60))
    if client.met and client.won and client.won < client.met:
        client.met, client.won = client.won, client.met
    moments = sorted({days_back(rng, age) for _ in range(rng.choice((0, 0, 0, 0, 1, 2, 3, 4)))})
    stages = [("ended", "won back"), ("won back", "ended"), ("ended", "established"), ("at risk", "ended")]
    client.stages = list(zip(moments, rng.choice(stages) * 2, strict=False))
    client.talks = [
        oracle.Talk(days_back(rng, age + 200), rng.choice((0, 15, 50, 95)), planned=rng.random() < 0.1)
        for _ in range(rng.randint(0, 6))
    ]
    kinds = ("acquisition", "delivery", "service", "retention")
    for _ in range(rng.randint(0, 4)):
        client.costs.append(oracle.Cost(days_back(rng, age), rng.randint(100, 90_000), rng.choice(kinds)))
    for _ in range(rng.randint(0, 6)):
        heard = days_back(rng, 500)
        told = heard + timedelta(days=rng.choice((0, 3, 9, 10, 11, 60))) if rng.random() < 0.7 else None
        client.heard.append(oracle.Heard(heard, told, praise=rng.random() < 0.3))
    return client


def draw_fees(rng: random.Random, client: oracle.Client, begins: date, pace: tuple[int, ...]) -> None:
    """Draw fees in a steady rhythm or with pauses, credits, expenses recharged, and a retainer."""
    on, steady = begins, rng.random() < 0.5
    for _ in range(60 if steady else rng.choice((0, 1, 1, 2, 3, 6, 12))):
        if on > TODAY + timedelta(days=90):
            break
        client.fees.append(oracle.Fee(on, rng.randint(5_000, 900_000)))
        if rng.random() < 0.3:
            client.fees[-1].delivery_cost = rng.randint(0, 300_000)
        client.fees[-1].disbursement = rng.random() < 0.1
        on += timedelta(days=rng.choice(pace if steady else (0, 1, 30, 31, 90, 200, 420)))
    if rng.random() < 0.5:
        ends = TODAY - timedelta(days=rng.randint(0, 300)) if rng.random() < 0.4 else None
        contract = oracle.Contract("Retainer", rng.choice((1, 1, 3)), begins if rng.random() < 0.7 else None, ends)
        client.contracts.append(contract)
        for fee in client.fees:
            if not fee.disbursement and (steady or rng.random() < 0.5):
                fee.retainer = contract
    for invoice in [fee for fee in client.fees if rng.random() < 0.2]:
        credit = rng.choice((invoice.amount, invoice.amount // 3))
        when = invoice.on + timedelta(days=rng.randint(0, 80))
        client.fees.append(oracle.Fee(when, -credit, credits=invoice if rng.random() < 0.6 else None))


def drawn(seed: int) -> tuple[oracle.Firm, list[oracle.Client]]:
    """Draw a firm and its clients; sometimes many, so that the guards of METRICS V4 open."""
    rng = random.Random(seed)
    hourly = [(TODAY - timedelta(days=2_500), 4_500), (TODAY - timedelta(days=500), 6_100)]
    firm = oracle.Firm(rng.choice(list(STARTS)), Fraction(rng.choice((0, 500, 1_000)), 10_000), 1, hourly)
    pace = rng.choice(((30, 31, 60), (30, 31, 60), (300, 365, 400)))
    return firm, [drawn_client(rng, number, pace) for number in range(rng.choice((2, 5, 30)))]


def written(path: Path, firm: oracle.Firm, clients: list[oracle.Client]) -> Book:
    """Write a drawn book as a real one and open it."""
    settings = Firm(
        name="F",
        currency="GBP",
        start_rule=STARTS[firm.start],
        discount_basis_points=int(firm.discount * 10_000),
        years_cap=firm.most_years,
    )
    new_book(path, settings)
    book = open_book(path, write=True)
    us = book.colleagues.add(ColleagueDraft(name="Ana"))
    for since, amount in firm.hourly:
        book.colleagues.set_cost(us, since, amount)
    for client in clients:
        key = book.clients.add(ClientDraft(name=client.name, first_contact=client.met, won=client.won))
        with book.database.write("draw") as recorder:
            jobs = {
                id(contract): recorder.insert(
                    schema.engagement,
                    {
                        "client_id": key, "name": contract.name, "kind": EngagementKind.RETAINER,
                        "starts": contract.starts, "ends": contract.ends, "billed_every_months": contract.months,
                    },
                )
                for contract in client.contracts
            }  # fmt: skip
            ids: dict[int, int] = {}
            for fee in client.fees:
                ids[id(fee)] = recorder.insert(
                    schema.fee,
                    {
                        "client_id": key, "on": fee.on, "original": fee.amount, "currency": "GBP",
                        "amount": fee.amount, "kind": FeeKind.CREDIT if fee.amount < 0 else FeeKind.INVOICE,
                        "disbursement": fee.disbursement, "delivery_cost": fee.delivery_cost,
                        "linked_fee_id": ids[id(fee.credits)] if fee.credits else None,
                        "engagement_id": jobs[id(fee.retainer)] if fee.retainer else None,
                    },
                )  # fmt: skip
            for talk in client.talks:
                contact = recorder.insert(
                    schema.contact,
                    {
                        "client_id": key, "on": talk.on, "direction": "both", "channel": "call",
                        "minutes": talk.minutes, "planned": talk.planned, "counts": True,
                    },
                )  # fmt: skip
                recorder.insert(schema.contact_colleague, {"contact_id": contact, "colleague_id": us})
            for cost in client.costs:
                values = {"client_id": key, "on": cost.on, "amount": cost.amount, "kind": CostKind(cost.kind)}
                recorder.insert(schema.cost, values)
            for heard in client.heard:
                kind = FeedbackKind.PRAISE if heard.praise else FeedbackKind.COMPLAINT
                values = {"client_id": key, "on": heard.on, "told_on": heard.told, "kind": kind, "verbatim": "Said.",
                          "channel": "mail"}  # fmt: skip
                recorder.insert(schema.feedback, values)
            for since, stage in client.stages:
                recorder.insert(
                    schema.stage, {"client_id": key, "stage": Stage(stage.replace(" ", "_")), "since": since}
                )
    return book


def check_fees(got: ClientFigures, client: oracle.Client, firm: oracle.Firm, as_of: date) -> None:
    want, parts = oracle.tfi(client, firm, as_of), got.fees.explained
    shown = {
        "n": got.fees.n, "N": got.fees.observed, "S": got.fees.spend, "T": got.fees.interval, "L": got.fees.length,
        "TFI": got.fees.tfi, "fence": parts and parts.fencepost, "before": parts and parts.before_first,
        "since": parts and parts.since_last,
    }  # fmt: skip
    assert shown == want
    assert got.fees.ended_on == oracle.ended(client, as_of)
    assert got.incubation.days == oracle.incubation(client, as_of)
    wanted = None if got.stage.stage is Stage.ENDED else oracle.missing_invoice(client, as_of)
    missing = [warning.missing for warning in got.warnings if warning.missing is not None]
    assert [(one.retainer, one.missing) for one in missing] == ([] if wanted is None else [wanted])


def check_value(
    got: ClientFigures, client: oracle.Client, clients: list[oracle.Client], firm: oracle.Firm, as_of: date
) -> None:
    assert got.contribution.amount == oracle.contribution(client, firm, as_of)
    assert got.contribution_12.amount == oracle.contribution(client, firm, as_of, oracle.year_before(as_of))
    if not oracle.purchases(client, as_of):
        assert got.value.finite is None
        return
    assert got.value.margin.amount == oracle.margin(client, clients, firm, as_of)
    raw, capped = oracle.expected(client, clients, firm, as_of)
    assert got.value.expected.raw == raw
    # Whom a rhythm says is silent has none shown either; that rule has its own vectors.
    assert got.value.expected.shown in (None, capped)
    if oracle.segment(clients, as_of)["guarded"] or oracle.is_over(client, as_of):
        assert got.value.expected.shown is None
    rate = oracle.yearly_retention(clients, as_of)
    amount = got.value.margin.amount
    if oracle.ended(client, as_of):
        assert got.value.finite == 0
    elif rate is None or amount is None:
        assert got.value.finite is None
    else:
        wanted = oracle.discounted(amount, rate, firm.discount, 5)
        assert float(got.value.finite or 0) == pytest.approx(wanted, rel=CLOSE, abs=1e-6)


def check_book(figures: BookFigures, clients: list[oracle.Client], as_of: date) -> None:
    want, got = oracle.segment(clients, as_of), figures.portfolio.simple_ltv
    assert (got.years, got.lapsed, got.years_retained, got.ltv) == (want["Y"], want["D"], want["years"], want["LTV"])
    assert (got.guard is not None) == want["guarded"]
    if got.lapsed:
        low, high = oracle.poisson_limits(got.lapsed)
        assert got.years_interval == pytest.approx((float(got.years) / high, float(got.years) / low), rel=1e-6)
    kept = figures.portfolio.retention
    assert (kept.buyers, kept.also_later) == oracle.retention(clients, as_of)


@pytest.mark.parametrize("seed", range(12))
def test_a_drawn_book_has_the_figures_of_the_rules(tmp_path: Path, seed: int) -> None:
    firm, clients = drawn(seed)
    book = written(tmp_path / "b.rapport", firm, clients)
    try:
        for as_of in (TODAY, TODAY - timedelta(days=200), date(2024, 2, 29), TODAY + timedelta(days=500)):
            figures = book.figures.on(as_of)
            check_book(figures, clients, as_of)
            for client in clients:
                got = figures.of(client.name)
                check_fees(got, client, firm, as_of)
                check_value(got, client, clients, firm, as_of)
                loop = got.loop
                told = {
                    "open": loop.open, "oldest": loop.oldest_open, "closed": loop.closed, "median": loop.median_days,
                    "due": loop.due, "in_time": loop.told_in_time,
                }  # fmt: skip
                assert told == oracle.loops(client, as_of)
    finally:
        book.close()


def test_the_limits_of_a_count_are_those_printed_in_the_rules() -> None:
    for count, printed in ((5, (1.62, 11.67)), (10, (4.80, 18.39)), (20, (12.22, 30.89))):
        assert oracle.poisson_limits(count) == pytest.approx(printed, abs=0.006)
        assert poisson_limits(count) == pytest.approx(oracle.poisson_limits(count), rel=1e-9)
