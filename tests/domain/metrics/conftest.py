"""Reference data of the metrics' tests: read once, money turned into pence."""

import csv
import json
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.domain.metrics.portfolio import ClientFees
from app.domain.metrics.purchases import FeeRow, FeeSeries
from app.domain.metrics.relationship import NO_DATES, Relationship
from app.domain.metrics.tfi import fee_figures
from app.domain.money import to_minor

HERE = Path(__file__).resolve().parents[2] / "reference"
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


def pence(text: str | float) -> int:
    return to_minor(Decimal(str(text)), "GBP")


def find(name: str) -> Path:
    """Find a reference file in the project, else in the folder of data that may not be copied; else skip."""
    for path in (HERE / name, SHARED / name, SHARED / "open" / name):
        if path.exists():
            return path
    pytest.skip(f"{name} may not be kept in the project and is not beside it")


@pytest.fixture(scope="session")
def reference() -> Callable[[str], dict[str, Any]]:
    """Read the expected figures of one set."""
    return lambda name: json.loads(find(f"reference_open_{name}.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def vectors(reference: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """Read the hand-made vectors."""
    return reference("edge_cases")


@pytest.fixture(scope="session")
def table() -> Callable[[str], list[dict[str, str]]]:
    """Read one csv as rows."""

    def read(name: str) -> list[dict[str, str]]:
        with find(name).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    return read


@pytest.fixture(scope="session")
def rows_of() -> Callable[[list[tuple[str, float]]], list[FeeRow]]:
    """Make documents of (ISO date, amount in pounds)."""
    return lambda pairs: [
        FeeRow(date.fromisoformat(day), pence(amount), id=number) for number, (day, amount) in enumerate(pairs, start=1)
    ]


@pytest.fixture(scope="session")
def book(table: Callable[[str], list[dict[str, str]]]) -> Callable[[str, str, date], list[ClientFees]]:
    """Read a data set as the clients of a book, with their figures on a day."""

    def read(name: str, client: str, as_of: date, relationship: Relationship = NO_DATES) -> list[ClientFees]:
        documents: defaultdict[str, list[FeeRow]] = defaultdict(list)
        for row in table(name):
            day = date.fromisoformat((row.get("date") or row["datetime"])[:10])
            documents[row[client]].append(FeeRow(day, pence(row["amount"])))
        clients = []
        for key, rows in documents.items():
            series = FeeSeries.from_rows(rows)
            clients.append(ClientFees(key, series, fee_figures(series, as_of, relationship)))
        return clients

    return read
