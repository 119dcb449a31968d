"""Figures that cannot be computed stay null in `metrics --json`: missing is not zero (METRICS section 0)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def entries(run: Run, book: Path, as_of: str) -> dict[str, dict[str, Any]]:
    answer = run("metrics", book, "--as-of", as_of, "--json").answer
    return {entry["client"]: entry for entry in answer["clients"]}


def test_a_year_without_an_invoice_has_no_coverage(tmp_path: Path, run: Run, book: Path) -> None:
    fees = tmp_path / "fees.csv"
    fees.write_text("client,date,amount\nAcme,2023-05-01,500.00\nBexley,2026-05-01,700.00\n")
    assert run("import", book, fees, "--as", "fees").code == 0

    found = entries(run, book, "2026-06-30")

    assert found["Acme"]["value"]["cost_coverage"] is None
    assert found["Bexley"]["value"]["cost_coverage"] == 0


def test_a_prospect_that_said_no_has_no_lifetime_value(tmp_path: Path, run: Run, book: Path) -> None:
    clients = tmp_path / "clients.csv"
    clients.write_text("client,first_contact,ended\nNo Thanks,2026-01-10,2026-03-01\n")
    assert run("import", book, clients, "--as", "clients").code == 0

    value = entries(run, book, "2026-06-30")["No Thanks"]["value"]

    assert value["clv_5_years"] is None
    assert value["clv_infinite"] is None
    assert value["incubation_days"] == 50
