"""The references reproduced through the command line on the imported lists: every client listed, every sum."""

import json
from pathlib import Path
from typing import Any

import pytest

import main

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "tests" / "reference"
SHARED = ROOT.parent / "shared" / "data"
MONEY, SHARE = 0.005, 1e-6
# The references print four decimals of money and six of shares.
PRINTED_MONEY, PRINTED_SHARE = 0.5e-4, 0.5e-6

DATA = {
    "northwind": ("northwind_orders_to_1997-12-31.csv", "fees", ("--map", "code=customer_id")),
    "oxford": (
        "oxford_payments_half1.csv",
        "fees",
        ("--map", "client=client_name", "--map", "code=client_id"),
    ),
    "online_retail": ("online_retail_invoices_odd_ids.csv", "fees", ("--map", "code=customer_id")),
    "mail_contacts": ("mail_contacts_egoA.csv", "contacts", ("--map", "code=contact_id")),
    "cdnow": ("cdnow_1997q1_cohort_to_1997-09-30.csv", "fees", ("--map", "code=customer_id")),
    "apparel": ("apparel_purchases_odd_ids.csv", "fees", ("--map", "code=customer_id")),
    "superstore": (
        "superstore_orders_half1.csv",
        "fees",
        ("--map", "code=customer_id", "--map", "delivery_cost=cost"),
    ),
}


def _places(name: str) -> tuple[Path, Path]:
    listed = DATA[name][0]
    for reference, folder in ((KEPT, KEPT), (SHARED, SHARED / "open")):
        found = reference / f"reference_open_{name}.json"
        if found.exists() and (folder / listed).exists():
            return found, folder / listed
    pytest.skip(f"{listed} may not be copied into the project and is not beside it")


def _run(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    capsys.readouterr()
    assert main.main(list(words)) == 0, capsys.readouterr().err
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def _cadence_of_thirty(tmp_path: Path, listed: Path) -> Path:
    """The mail reference judges every correspondent by a cadence of thirty days."""
    codes = dict.fromkeys(line.split(",")[1] for line in listed.read_text().splitlines()[1:])
    clients = tmp_path / "clients.csv"
    clients.write_text("client,code,cadence_days\n" + "".join(f"{code},{code},30\n" for code in codes))
    return clients


def _differences(where: str, got: Any, expected: Any) -> list[str]:  # noqa: ANN401
    if isinstance(expected, dict):
        parts = ((f"{where}.{key}", (got or {}).get(key, "missing"), value) for key, value in expected.items())
        return [line for part in parts for line in _differences(*part)]
    if isinstance(expected, list):
        return [line for at, value in enumerate(expected) for line in _differences(f"{where}[{at}]", got[at], value)]
    if isinstance(expected, int | float) and not isinstance(expected, bool) and isinstance(got, int | float):
        money = any(
            word in where for word in ("sum", "fees", "LTV", "value", "TFI", "observed", "monetary", ".S", "cost")
        )
        money = money and "_over_" not in where
        allowed = MONEY + PRINTED_MONEY if money or abs(expected) > 1 else SHARE + PRINTED_SHARE
        return [] if abs(got - expected) <= allowed else [f"{where}: {got} instead of {expected}"]
    return [] if got == expected else [f"{where}: {got!r} instead of {expected!r}"]


@pytest.mark.parametrize("name", DATA)
def test_every_reference_figure(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found, listed = _places(name)
    reference = json.loads(found.read_text(encoding="utf-8"))
    _, kind, mapping = DATA[name]
    book = str(tmp_path / "b.rapport")
    profile = ("--data-dir", str(tmp_path / "profile"))
    assert main.main([*profile, "new", book, "--firm", "X", "--currency", "GBP"]) == 0
    if name == "mail_contacts":
        _run(capsys, *profile, "import", book, str(_cadence_of_thirty(tmp_path, listed)), "--as", "clients", "--json")
    counts = _run(capsys, *profile, "import", book, str(listed), "--as", kind, *mapping, "--json")
    rows = len(listed.read_text(encoding="utf-8").splitlines()) - 1
    assert counts["rows"] == rows == counts["new"] + counts["skipped"]
    assert counts["problems"] == []
    again = _run(capsys, *profile, "import", book, str(listed), "--as", kind, *mapping, "--json")
    assert (again["new"], again["changed"], again["same"]) == (0, 0, rows)
    answer = _run(capsys, *profile, "metrics", book, "--as-of", reference["as_of"], "--json")
    by_client = {entry["client"]: entry for entry in answer["clients"]}
    wrong = _differences("portfolio", answer["portfolio"], reference.get("dataset_level", {}))
    for expected in reference["clients"]:
        got = by_client[expected["client"]]
        if name == "mail_contacts":
            got = got["contact"] | {"client": got["client"]}
        wrong += _differences(expected["client"], got, expected)
    assert wrong == []
