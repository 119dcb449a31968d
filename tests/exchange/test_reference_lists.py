"""The real lists of reference, read as they are: every row typed, no problem, sums exact."""

import csv
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from app.domain.vocabulary import Direction, FeeKind
from app.exchange.lists.fields import Kind
from app.exchange.lists.reading import Prepared, Wishes, prepare
from app.exchange.reading.files import open_list

ROOT = Path(__file__).parents[2]
AS_FOUND = Wishes()
PLACES = (ROOT / "tests" / "reference", ROOT.parent / "shared" / "data" / "open")


def reference(name: str) -> Path:
    """Find a file of reference; skip where it is absent."""
    for place in PLACES:
        if (place / name).exists():
            return place / name
    pytest.skip(f"{name} is not here")


def prepared(path: Path, wishes: Wishes = AS_FOUND) -> Prepared:
    """Read a list and insist that nothing is uncertain in it."""
    found = prepare(open_list(path), wishes, "GBP", date(2026, 11, 22))
    found.insist()
    assert not found.typed.problems
    assert found.typed.total == len(found.typed.rows)
    return found


def sum_of(path: Path, column: str = "amount") -> Decimal:
    """Add up a column by plain means."""
    with path.open(newline="", encoding="utf-8") as file:
        return sum((Decimal(row[column]) for row in csv.DictReader(file)), Decimal(0))


def test_oxford() -> None:
    path = reference("oxford_payments_half1.csv")
    wishes = Wishes(Kind.FEES, columns={"client": "client_name", "code": "client_id"})
    for found in (prepared(path, wishes), prepared(path)):
        assert found.kind is Kind.FEES
        assert len(found.typed.rows) == 17_675
        assert Decimal(sum(row.amount for row in found.typed.rows)) / 100 == sum_of(path)
        first = found.typed.rows[0]
        assert (first.client, first.code, first.document) == ("MULTI-FLOORS LIMITED", "S0005", "60022447")


def test_northwind() -> None:
    customers = prepared(reference("northwind_customers.csv"))
    assert (customers.kind, len(customers.typed.rows)) == (Kind.CLIENTS, 91)
    assert customers.typed.rows[0][1:3] == ("Alfreds Futterkiste", "ALFKI")
    path = reference("northwind_orders_to_1997-12-31.csv")
    orders = prepared(path)
    assert (orders.kind, len(orders.typed.rows)) == (Kind.FEES, 560)
    assert Decimal(sum(row.amount for row in orders.typed.rows)) / 100 == sum_of(path)
    assert all(row.delivery_cost is None for row in orders.typed.rows)


def test_online_retail() -> None:
    path = reference("online_retail_invoices_odd_ids.csv")
    found = prepared(path, Wishes(Kind.FEES))
    assert len(found.typed.rows) == 11_659
    assert Decimal(sum(row.amount for row in found.typed.rows)) / 100 == sum_of(path)
    negative = [row for row in found.typed.rows if row.kind is FeeKind.CREDIT]
    assert negative
    assert all(row.amount <= 0 for row in negative)
    assert "The time of day in “datetime” was left out." in found.typed.notices


def test_mail_contacts() -> None:
    found = prepared(reference("mail_contacts_egoA.csv"))
    assert (found.kind, len(found.typed.rows)) == (Kind.CONTACTS, 1_693)
    first = found.typed.rows[0]
    assert first[1:6] == ("A047", "A047", date(1999, 8, 30), time(7, 16), Direction.IN)


@pytest.mark.parametrize(
    ("name", "rows", "exact"),
    [
        ("superstore_orders_half1.csv", 2_500, True),
        ("cdnow_1997q1_cohort_to_1997-09-30.csv", 4_960, True),
        ("apparel_purchases_odd_ids.csv", 1_561, False),
    ],
)
def test_lists_kept_elsewhere(name: str, rows: int, *, exact: bool) -> None:
    path = reference(name)
    found = prepared(path, Wishes(Kind.FEES))
    assert len(found.typed.rows) == rows
    assert not exact or Decimal(sum(row.amount for row in found.typed.rows)) / 100 == sum_of(path)
    if name.startswith("superstore"):
        assert Decimal(sum(row.delivery_cost for row in found.typed.rows)) / 100 == sum_of(path, "cost")
