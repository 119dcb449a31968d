"""`metrics`, `warnings`, `today`: shapes and plain words exactly as COMMANDS has them."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.clients import ClientDraft
from app.domain.contacts import ContactDraft
from app.domain.costs import CostDraft
from app.domain.feedback import FeedbackDraft
from app.domain.fees import FeeDraft
from app.domain.promises import PromiseDraft
from app.domain.vocabulary import Channel, CostKind, Direction, FeeKind
from app.services.book import Book, open_book

Run = Callable[..., Any]
DAY = date(2026, 6, 30)
AS_OF = ("--as-of", "2026-06-30")

ENTRY = {
    *("client", "name", "stage", "tier", "n", "observed", "status", "first", "last", "S", "T_days", "L_days"),
    *("span_days", "tail_days", "TFI", "TFI_rounded", "TFI_minus_observed", "explained", "TFI_next_365_25_days"),
    *("last_12_months", "repeat_run_rate_year", "booked_ahead", "recency_days", "frequency", "monetary", "RFM"),
    *("tier_curry", "abc", "rank", "income_share", "rhythm", "cost", "historic_contribution", "historic_value"),
    *("contact", "value", "flags", "evidence", "withheld"),
}
VALUE = {
    *("contribution_12_months", "cost_coverage", "ltv_simple", "clv_5_years", "clv_infinite", "retention_used"),
    *("discount_used", "cost_per_capture", "incubation_days", "payback"),
}
PORTFOLIO = {
    *("clients", "with_purchase", "documents", "credit_documents", "sum_observed", "sum_purchases"),
    *("clients_with_TFI", "sum_TFI", "sum_observed_of_those", "TFI_over_observed", "pareto_top20pct", "gini", "hhi"),
    *("largest_client_share", "kappa_wheat_morrison", "kappa_clients", "kappa_used", "retention", "simple_ltv"),
    *("tier_counts", "abc_counts", "withheld", "sum_cost", "effective_clients"),
}


def fee(book: Book, client: int, back: int, amount: int, **more: Any) -> None:  # noqa: ANN401
    kind = FeeKind.CREDIT if amount < 0 else FeeKind.INVOICE
    draft = {"on": DAY - timedelta(back), "original": amount, "currency": "GBP", "amount": None, "kind": kind} | more
    book.fees.add(FeeDraft(client_id=client, **draft))


@pytest.fixture
def filled(book: Path) -> Path:
    """Three clients: one with everything, one with a single fee, one never spoken to."""
    opened = open_book(book, write=True)
    acme = opened.clients.add(ClientDraft(name="Acme Steel", code="A-17", first_contact=DAY - timedelta(500)))
    bexley = opened.clients.add(ClientDraft(name="Bexley"))
    opened.clients.add(ClientDraft(name="Cole"))
    for back in (400, 310, 200, 100):
        fee(opened, acme, back, 100_050)
    fee(opened, acme, 90, -50_000)
    fee(opened, acme, 80, 7_000, currency="EUR")
    fee(opened, acme, -10, 30_000)
    fee(opened, bexley, 30, 20_000)
    opened.costs.add(CostDraft(on=DAY - timedelta(450), amount=5_000, kind=CostKind.ACQUISITION, client_id=acme))
    for back, way in ((420, Direction.OUT), (300, Direction.IN), (90, Direction.BOTH)):
        draft = ContactDraft(client_id=acme, on=DAY - timedelta(back), direction=way, channel=Channel.CALL, minutes=30)
        opened.contacts.log(draft, [PromiseDraft(client_id=acme, what="send costs", due=DAY)] if back == 90 else [])
    opened.feedback.add(FeedbackDraft(client_id=acme, on=DAY - timedelta(3), verbatim="Faster, please"))
    opened.close()
    return book


def by_name(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {entry["name"]: entry for entry in answer["clients"]}


def test_metrics_has_the_shape_of_the_references(filled: Path, run: Run) -> None:
    answer = run("metrics", filled, *AS_OF, "--json").answer
    assert set(answer) == {"as_of", "currency", "clients", "portfolio"}
    assert (answer["as_of"], answer["currency"]) == ("2026-06-30", "GBP")
    assert [set(entry) for entry in answer["clients"]] == [ENTRY] * 3
    assert [set(entry["value"]) for entry in answer["clients"]] == [VALUE] * 3
    assert set(answer["portfolio"]) == PORTFOLIO
    assert [(entry["rank"], entry["client"]) for entry in answer["clients"]] == [
        (1, "A-17"),
        (2, "Bexley"),
        (None, "Cole"),
    ]


def test_metrics_of_one_client_are_exact(filled: Path, run: Run) -> None:
    acme = by_name(run("metrics", filled, *AS_OF, "--json").answer)["Acme Steel"]
    observed = (4 * 100_050 - 50_000) / 100
    expected = {
        "client": "A-17",
        "n": 4,
        "observed": observed,
        "status": "ok",
        "first": "2025-05-26",
        "last": "2026-03-22",
        "S": observed / 4,
        "T_days": 100,
        "L_days": 400,
        "span_days": 300,
        "tail_days": 100,
        "TFI": observed,
        "TFI_minus_observed": 0,
        "booked_ahead": 300,
        "recency_days": 100,
        "rank": 1,
    }
    assert {key: acme[key] for key in expected} == expected
    assert acme["explained"] == {
        "fencepost": pytest.approx(-observed / 4),
        "before_first": 0,
        "since_last": pytest.approx(observed / 4),
    }
    assert (acme["contact"]["contacts"], acme["contact"]["last_inbound"]) == (3, "2026-04-01")
    assert acme["value"]["incubation_days"] == 100
    assert acme["value"]["cost_per_capture"] == 50
    assert acme["value"]["discount_used"] == 0.1


def test_what_cannot_be_computed_is_null_and_never_zero(filled: Path, run: Run) -> None:
    found = by_name(run("metrics", filled, *AS_OF, "--json").answer)
    bexley, cole = found["Bexley"], found["Cole"]
    assert (bexley["status"], bexley["n"], bexley["S"], bexley["T_days"], bexley["TFI"]) == (
        *("one_purchase", 1, 200),
        *(None, None),
    )
    assert (cole["status"], cole["n"], cole["observed"], cole["last_12_months"], cole["booked_ahead"]) == (
        *("no_purchase", 0),
        *(0, 0, 0),
    )
    for key in (
        "first",
        "last",
        "S",
        "T_days",
        "L_days",
        "span_days",
        "tail_days",
        "TFI",
        "explained",
        "rhythm",
        "RFM",
    ):
        assert cole[key] is None, key
    assert cole["contact"] is None
    assert bexley["contact"] is None
    assert all(isinstance(reason, str) and reason for entry in found.values() for reason in entry["withheld"].values())


def test_the_portfolio_counts_every_client_and_document_to_the_day(filled: Path, run: Run) -> None:
    held = run("metrics", filled, *AS_OF, "--json").answer["portfolio"]
    assert (held["clients"], held["with_purchase"]) == (3, 2)
    assert held["credit_documents"] == 1
    earlier = run("metrics", filled, "--as-of", "2026-01-31", "--json").answer["portfolio"]
    assert (earlier["clients"], earlier["with_purchase"], earlier["credit_documents"]) == (3, 1, 0)


@pytest.mark.parametrize("ref", ["A-17", "a-17", "Acme Steel", "acme steel"])
def test_one_client_is_asked_for_by_code_or_name(filled: Path, run: Run, ref: str) -> None:
    answer = run("metrics", filled, *AS_OF, "--client", ref, "--json").answer
    assert [entry["client"] for entry in answer["clients"]] == ["A-17"]
    assert answer["clients"][0]["rank"] == 1
    assert answer["portfolio"]["clients"] == 3


def test_an_unknown_client_is_refused_with_the_nearest(filled: Path, run: Run) -> None:
    said = run("metrics", filled, "--client", "acme stel", "--json")
    assert said.code == 2
    assert "“Acme Steel”" in said.answer["error"]["sentence"]


def test_the_start_of_a_relationship_may_be_chosen(filled: Path, run: Run) -> None:
    lengths = {
        rule: by_name(run("metrics", filled, *AS_OF, "--start", rule, "--json").answer)["Acme Steel"]["L_days"]
        for rule in ("first-purchase", "won", "first-contact")
    }
    assert lengths == {"first-purchase": 400, "won": 400, "first-contact": 500}
    said = run("metrics", filled, "--start", "birth")
    assert said.code == 2


def test_as_of_is_today_unless_chosen(filled: Path, run: Run) -> None:
    for command in ("metrics", "warnings", "today"):
        assert run(command, filled, "--json").answer["as_of"] == date.today().isoformat()


@pytest.mark.parametrize(
    "day", ["yesterday", "31.03.2026", "2026-02-30", "2026-13-01", "", "0001-01-01", "9999-12-31", "2026-03-31T10:00"]
)
def test_a_day_that_is_none_is_asked_wrong(filled: Path, run: Run, day: str) -> None:
    for command in ("metrics", "warnings", "today"):
        said = run(command, filled, "--as-of", day, "--json")
        assert said.code == 2
        assert "error" in said.answer


@pytest.mark.parametrize("day", ["1901-01-01", "1904-02-29", "2199-12-31"])
def test_any_day_in_reason_is_answered(filled: Path, run: Run, day: str) -> None:
    for command in ("metrics", "warnings", "today"):
        assert run(command, filled, "--as-of", day, "--json").code == 0
        assert run(command, filled, "--as-of", day).code == 0


def test_warnings_have_their_shape_most_pressing_first(filled: Path, run: Run) -> None:
    answer = run("warnings", filled, *AS_OF, "--json").answer
    assert set(answer) == {"as_of", "warnings"}
    keys = {"client", "name", "kind", "severity", "since", "days", "rule", "why"}
    assert [set(found) for found in answer["warnings"]] == [keys] * len(answer["warnings"])
    first = answer["warnings"][0]
    assert (first["client"], first["kind"], first["severity"], first["since"], first["days"], first["rule"]) == (
        *("A-17", "contact_gap", "badly"),
        *("2026-04-01", 90, "C3"),
    )
    assert first["why"] == "90 days silent; promised every 30."
    never = [found for found in answer["warnings"] if found["kind"] == "never_contacted"]
    assert {found["name"] for found in never} == {"Bexley", "Cole"}
    assert {(found["since"], found["days"]) for found in never} == {(None, None)}
    text = run("warnings", filled, *AS_OF).out
    assert "Acme Steel: 90 days silent" in text
    assert "2 clients without any recorded contact" in text


def test_one_client_never_contacted_is_one(book: Path, run: Run) -> None:
    opened = open_book(book, write=True)
    opened.clients.add(ClientDraft(name="Acme"))
    opened.close()
    assert "1 client without any recorded contact" in run("warnings", book).out


def test_today_adds_promises_and_feedback(filled: Path, run: Run) -> None:
    answer = run("today", filled, *AS_OF, "--json").answer
    assert answer["promises"] == [
        {
            "client": "A-17",
            "name": "Acme Steel",
            "by": "us",
            "what": "send costs",
            "due": "2026-06-30",
            "when": "today",
        }
    ]
    assert answer["feedback"] == [
        {"client": "A-17", "name": "Acme Steel", "verbatim": "Faster, please", "days": 3, "when": "3 days"}
    ]
    text = run("today", filled, *AS_OF).out
    assert "Acme Steel: send costs (today)" in text
    assert "Acme Steel: Faster, please (3 days)" in text


def test_an_empty_book_is_answered(book: Path, run: Run) -> None:
    answer = run("metrics", book, "--json").answer
    assert answer["clients"] == []
    assert answer["portfolio"]["clients"] == 0
    assert run("warnings", book, "--json").answer["warnings"] == []
    assert run("warnings", book).out == "Nobody is waiting.\n"
    assert run("today", book).code == 0
    assert "0 clients" in run("metrics", book).out


def test_metrics_for_people_are_a_table(filled: Path, run: Run) -> None:
    lines = run("metrics", filled, *AS_OF).out.splitlines()
    assert lines[0].split()[:2] == ["Client", "n"]
    assert lines[1].split()[:4] == ["Acme", "Steel", "4", "3,502.00"]
    assert "—" in lines[3]
    assert lines[-1] == "3 clients, fees 3,702.00 as of 2026-06-30"
