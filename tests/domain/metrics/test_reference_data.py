"""Every listed client and every figure of the whole, on real published data (METRICS 5)."""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from app.domain.metrics.portfolio import ClientFees, Portfolio, portfolio
from app.domain.money import round_half_away

SETS = {
    "northwind": ("northwind_orders_to_1997-12-31.csv", "customer_id"),
    "oxford": ("oxford_payments_half1.csv", "client_id"),
    "online_retail": ("online_retail_invoices_odd_ids.csv", "customer_id"),
    "cdnow": ("cdnow_1997q1_cohort_to_1997-09-30.csv", "customer_id"),
    "apparel": ("apparel_purchases_odd_ids.csv", "customer_id"),
    "superstore": ("superstore_orders_half1.csv", "customer_id"),
}
MONEY = {
    "sum_observed", "sum_TFI", "sum_observed_of_those", "fees_w1", "avg_yearly_value", "LTV", "observed", "S", "TFI",
    "TFI_rounded", "TFI_minus_observed", "fencepost", "before_first", "since_last", "TFI_next_365_25_days",
    "last_12_months", "repeat_run_rate_year", "monetary", "historic_value",
}  # fmt: skip
ELSEWHERE = {"sum_cost", "cost", "historic_contribution"}


def pounds(value: Fraction | int | None) -> float | None:
    return None if value is None else float(Fraction(value) / 100)


def number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def leaves(tree: object, place: str = "") -> Iterator[tuple[str, object]]:
    """Walk nested figures to their single values, each with its place."""
    if isinstance(tree, dict):
        for key, part in tree.items():
            if key not in ELSEWHERE:
                yield from leaves(part, f"{place}.{key}")
    elif isinstance(tree, list | tuple):
        for number, part in enumerate(tree):
            yield from leaves(part, f"{place}.{number}")
    else:
        yield place, tree


def same(got: dict[str, Any], want: dict[str, Any], name: str) -> None:
    """Compare nested figures: money within half a penny, shares and probabilities within 1e-6, all else exactly."""
    mine, theirs = dict(leaves(got, name)), dict(leaves(want, name))
    assert set(mine) == set(theirs)
    for place, value in theirs.items():
        if isinstance(value, float):
            within = 0.005 if place.rsplit(".", 1)[1] in MONEY else 1e-6
            assert mine[place] == pytest.approx(value, abs=within, rel=0), place
        else:
            assert mine[place] == value, place


def level(p: Portfolio) -> dict[str, Any]:
    c, r, v, spread = p.concentration, p.retention, p.simple_ltv, p.tfi_over_observed
    return {
        "clients": p.clients,
        "with_purchase": p.with_purchase,
        "documents": p.documents,
        "credit_documents": p.credit_documents,
        "sum_observed": pounds(p.observed),
        "sum_purchases": p.purchases,
        "clients_with_TFI": p.clients_with_tfi,
        "sum_TFI": pounds(p.tfi),
        "sum_observed_of_those": pounds(p.observed_with_tfi),
        "TFI_over_observed": dict(zip(("p10", "median", "p90"), map(float, spread or ()), strict=True)),
        "pareto_top20pct": {
            "n": c.n,
            "k": c.pareto_clients,
            "top_share": number(c.pareto_share),
            "k80": c.clients_for_80,
            "share_of_clients_for_80pct": number(c.share_of_clients_for_80),
        },
        "gini": {"plain": number(c.gini), "small_sample": number(c.gini_small_sample)},
        "hhi": number(c.hhi),
        "largest_client_share": number(c.largest_share),
        "kappa_wheat_morrison": p.kappa.raw,
        "kappa_clients": p.kappa.clients,
        "kappa_used": p.kappa.used,
        "retention": {
            "window_1": f"({r.earlier.after},{r.earlier.until}]",
            "window_2": f"({r.later.after},{r.later.until}]",
            "buyers_w1": r.buyers,
            "also_w2": r.also_later,
            "client_retention": number(r.rate),
            "wilson95": r.interval,
            "fees_w1": pounds(r.fees_earlier),
            "NRR": number(r.nrr),
            "GRR": number(r.grr),
        },
        "simple_ltv": {
            "clients": v.clients,
            "client_years": number(v.years),
            "lapsed": v.lapsed,
            "churn_per_client_year": number(v.churn),
            "avg_years_retained": number(v.years_retained),
            "avg_yearly_value": pounds(v.yearly_value),
            "LTV": pounds(v.ltv),
        },
        "tier_counts": {layer.value: count for layer, count in c.curry_counts.items()},
        "abc_counts": {letter.value: count for letter, count in c.abc_counts.items()},
    }


def entry(client: ClientFees, p: Portfolio) -> dict[str, Any]:
    f = client.figures
    standing = {s.client: s for s in p.concentration.standings}[client.client]
    rhythm, rfm = p.rhythms[client.client], p.rfm[client.client]
    parts, tfi = f.explained, f.tfi
    return {
        "client": client.client,
        "n": f.n,
        "observed": pounds(f.observed),
        "status": f.status.value,
        "first": f.first and f.first.isoformat(),
        "last": f.last and f.last.isoformat(),
        "S": pounds(f.spend),
        "T_days": number(f.interval),
        "L_days": f.length,
        "span_days": f.span,
        "tail_days": f.tail,
        "TFI": pounds(tfi),
        "TFI_rounded": None if tfi is None else round_half_away(tfi) / 100,
        "TFI_minus_observed": pounds(f.difference),
        "explained": parts
        and {
            "fencepost": pounds(parts.fencepost),
            "before_first": pounds(parts.before_first),
            "since_last": pounds(parts.since_last),
        },
        "TFI_next_365_25_days": pounds(f.tfi_for()),
        "last_12_months": pounds(f.last_12_months),
        "repeat_run_rate_year": pounds(f.repeat_run_rate_year),
        "recency_days": f.recency,
        "frequency": f.n,
        "monetary": pounds(f.observed),
        "RFM": rfm.text,
        "tier_curry": standing.curry.value,
        "abc": standing.abc and standing.abc.value,
        "rank": standing.rank,
        "income_share": number(standing.share),
        "rhythm": {
            "gaps_used": rhythm.gaps_used,
            "median_gap": number(rhythm.median_gap),
            "mean_gap": number(rhythm.mean_gap),
            "current_gap": rhythm.current_gap,
            "ratio": number(rhythm.ratio),
            "kappa": rhythm.kappa,
            "p_longer": rhythm.p_longer,
        },
        "historic_value": pounds(f.observed),
    }


@pytest.mark.parametrize("name", SETS)
def test_the_whole_and_every_listed_client(
    name: str,
    reference: Callable[[str], dict[str, Any]],
    book: Callable[[str, str, date], list[ClientFees]],
) -> None:
    want = reference(name)
    as_of = date.fromisoformat(want["as_of"])
    clients = book(*SETS[name], as_of)
    p = portfolio(clients, as_of)
    same(level(p), want["dataset_level"], name)
    by_key = {client.client: client for client in clients}
    for expected in want["clients"]:
        client = by_key[expected["client"]]
        if expected["status"] == "no_purchase":
            assert (client.figures.n, pounds(client.figures.observed)) == (0, expected["observed"])
            assert client.figures.status.value == "no_purchase"
            continue
        got = entry(client, p)
        if "historic_value" not in expected:
            got.pop("historic_value")
        same(got, expected, f"{name}.{client.client}")
