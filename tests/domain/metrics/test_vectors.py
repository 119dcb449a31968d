"""The hand-made vectors of rhythm, scores, portfolio, NPS, Wilson, discounting, break-even, payback and health."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from app.domain.metrics.concentration import ConcentrationWarning, Income, concentration
from app.domain.metrics.equity import SpendRatio, breakeven_retention, customer_equity
from app.domain.metrics.health import Health, HealthInput, HealthState, health
from app.domain.metrics.lifetime import finite_factor, infinite_factor
from app.domain.metrics.numbers import beta_tail, incomplete_beta, poisson_limits, wilson
from app.domain.metrics.payback import payback
from app.domain.metrics.reasons import Flag
from app.domain.metrics.rfm import RfmInput, rfm, scores, withheld
from app.domain.metrics.rhythm import RhythmState, pooled_kappa, rhythm, state_of
from app.domain.metrics.satisfaction import changed, nps, share_from


def close(value: float, within: float = 1e-6) -> object:
    return pytest.approx(value, abs=within, rel=0)


def test_rhythm(vectors: dict[str, Any]) -> None:
    for case in vectors["rhythm"]:
        got = rhythm(case["gaps"], case["current_gap"], case["kappa_pooled"], case["prior_gap"])
        assert got.kappa == close(case["expect"]["kappa"])
        assert got.p_longer == close(case["expect"]["p_longer"])


def test_rhythm_examples_of_the_rule() -> None:
    even = [30] * 12
    p60, p90 = rhythm(even, 60, 1.0).p_longer, rhythm(even, 90, 1.0).p_longer
    assert p60 == close(0.0814, 1e-4)
    assert p90 == close(0.013, 1e-3)
    assert [state_of(p) for p in (0.2, 0.1999, 0.05, 0.0499, 0.01, 0.0099)] == [
        RhythmState.ON_RHYTHM,
        RhythmState.LATE,
        RhythmState.LATE,
        RhythmState.AT_RISK,
        RhythmState.AT_RISK,
        RhythmState.SILENT,
    ]


def test_no_gap_no_probability() -> None:
    got = rhythm((), 60, 1.0)
    assert (got.p_longer, got.state, got.mean_gap, got.median_gap, got.ratio) == (None, None, None, None, None)
    assert rhythm((30, 30), 60, 1.0).ratio is None
    assert rhythm((30, 30, 30), 60, 1.0).ratio == 2


def test_only_the_last_twelve_gaps_count() -> None:
    assert rhythm([900] * 5 + [30] * 12, 60, 1.0) == rhythm([30] * 12, 60, 1.0)


def test_pooled_kappa_is_cautious_and_limited() -> None:
    assert pooled_kappa([[30, 30]] * 19).used == 1.0
    assert pooled_kappa([[30, 30]] * 20).used == 4.0
    assert pooled_kappa([[1, 500]] * 20).used == 1.0
    assert pooled_kappa([[30]]).clients == 0


def test_incomplete_beta_against_closed_forms() -> None:
    for x in (0.001, 0.2, 0.5, 0.77, 0.999):
        assert incomplete_beta(1, 5, x) == close(1 - (1 - x) ** 5, 1e-12)
        assert incomplete_beta(5, 1, x) == close(x**5, 1e-12)
        assert incomplete_beta(2, 3, x) == close(6 * x**2 - 8 * x**3 + 3 * x**4, 1e-12)
        assert incomplete_beta(3.7, 20.5, x) == close(1 - beta_tail(3.7, 20.5, x), 1e-12)
    assert beta_tail(2.5, 30, 1.0) == 0
    assert beta_tail(2.5, 30, 0.0) == 1


def test_poisson_limits() -> None:
    for count, low, high in ((5, 1.62, 11.67), (10, 4.80, 18.39), (20, 12.22, 30.89)):
        assert poisson_limits(count) == (close(low, 0.005), close(high, 0.005))
    assert poisson_limits(0) == (0, close(3.689, 0.001))


def test_scores(vectors: dict[str, Any]) -> None:
    for case in vectors["scores"]:
        assert scores(case["values"], high_is_better=case["better"] == "high") == case["expect"]
    assert rfm([RfmInput("A", 3, 5, 100), RfmInput("B", 9, 5, 50)])["B"].text == "353"
    assert withheld(24)
    assert not withheld(25)


def test_portfolio(vectors: dict[str, Any]) -> None:
    for case in vectors["portfolio"]:
        got = concentration([Income(key, int(income * 100)) for key, income in case["incomes"].items()])
        want = case["expect"]
        assert {
            "n": got.n,
            "k": got.pareto_clients,
            "top_share": float(got.pareto_share or 0),
            "k80": got.clients_for_80,
            "share_of_clients_for_80pct": float(got.share_of_clients_for_80 or 0),
        } == {k: close(v) for k, v in want["pareto"].items()}
        assert [float(got.gini or 0), float(got.gini_small_sample or 0)] == [close(v) for v in want["gini"]]
        assert float(got.hhi or 0) == close(want["hhi"])
        assert {s.client: [s.rank, s.curry.value, s.abc and s.abc.value] for s in got.standings} == want["tiers"]


def test_concentration_of_the_example(vectors: dict[str, Any]) -> None:
    incomes = vectors["portfolio"][0]["incomes"]
    got = concentration([Income(key, int(income * 100)) for key, income in incomes.items()])
    assert got.warnings == (
        ConcentrationWarning.LARGEST_RED,
        ConcentrationWarning.THREE_LARGEST,
        ConcentrationWarning.FEW_EFFECTIVE,
    )
    assert float(got.effective_clients or 0) == close(3.24, 0.001)
    assert {name for name, _ in got.withheld} == {"tier_counts"}


def test_concentration_of_nothing_is_a_dash() -> None:
    got = concentration([Income("A", 0), Income("B", -5)])
    assert (got.n, got.inactive, got.gini, got.hhi, got.pareto_share, got.largest_share) == (
        0,
        2,
        None,
        None,
        None,
        None,
    )
    assert got.warnings == ()


def test_equal_incomes_stand_by_later_purchase_then_name() -> None:
    a, b, c = (Income("C", 5, date(2026, 1, 1)), Income("B", 5, date(2026, 1, 1)), Income("A", 5, date(2025, 1, 1)))
    assert [s.client for s in concentration([c, a, b]).standings] == ["B", "C", "A"]


def test_nps(vectors: dict[str, Any]) -> None:
    cases = [(nps(case["scores"]), case["expect"]) for case in vectors["nps"]]
    for got, want in cases:
        assert (got.n, got.promoters, got.detractors) == (want["n"], want["promoters"], want["detractors"])
        assert float(got.score or 0) == close(want["nps"])
        assert got.standard_error == close(want["se"])
        assert got.interval == tuple(close(limit) for limit in want["adj_wald95"])
    assert nps([]).score is None
    assert nps([9] * 9).withheld


def test_nps_of_real_answers(
    reference: Callable[[str], dict[str, Any]], table: Callable[[str], list[dict[str, str]]]
) -> None:
    want = reference("nps")
    rows = table("nps_garden_retail_half1.csv")
    got = nps(int(float(row["recommend_0_10"])) for row in rows if row["recommend_0_10"])
    assert (got.n, got.promoters, got.detractors) == tuple(want["all"][key] for key in ("n", "promoters", "detractors"))
    assert got.interval == tuple(close(limit) for limit in want["all"]["adj_wald95"])
    answers = [int(float(row["satisfaction_1_10"])) for row in rows if row["satisfaction_1_10"]]
    pleased = share_from(answers, 9)
    assert float(pleased.share or 0) == close(want["satisfaction"]["top2box_9_10"])
    assert pleased.interval == tuple(close(limit) for limit in want["satisfaction"]["wilson95"])


def test_a_change_is_stated_only_beyond_chance() -> None:
    mixed = [9, 9, 10, 8, 3, 10, 7, 9, 6, 10]
    assert not changed(nps(mixed), nps([*mixed[:9], 6]))
    assert changed(nps([0] * 20 + [10]), nps([10] * 20 + [0]))


def test_wilson(vectors: dict[str, Any]) -> None:
    for case in vectors["wilson"]:
        assert wilson(case["k"], case["n"]) == tuple(close(limit) for limit in case["expect"])
    assert wilson(0, 0) is None


def test_discounted_value(vectors: dict[str, Any]) -> None:
    for case in vectors["clv"]:
        m, r, d = case["m"], Fraction(str(case["r"])), Fraction(str(case["dd"]))
        end, now, five = infinite_factor(r, d), infinite_factor(r, d, first_now=True), finite_factor(r, d, 5)
        assert end is not None
        assert now is not None
        assert five is not None
        assert float(m * end) == close(case["expect"]["end_of_period"])
        assert float(m * now) == close(case["expect"]["first_now"])
        assert float(m * five) == close(case["expect"]["five_periods"])
        assert now - end == 1


def test_discounted_value_at_its_borders() -> None:
    one, tenth = Fraction(1), Fraction(1, 10)
    assert infinite_factor(one, Fraction(0)) is None
    assert finite_factor(one, Fraction(0), 7) == 7
    assert infinite_factor(Fraction(11, 10), tenth) is None
    assert infinite_factor(Fraction(1, 2), Fraction(-1, 10)) is None
    assert finite_factor(Fraction(4, 5), tenth, 0) == 0
    values = [finite_factor(Fraction(4, 5), tenth, years) for years in (1, 3, 5, 10)]
    assert [float(2400 * v) for v in values if v is not None] == [
        close(v, 0.005) for v in (1745.45, 3938.09, 5097.83, 6135.06)
    ]


def test_breakeven(vectors: dict[str, Any]) -> None:
    for case in vectors["breakeven"]:
        got = breakeven_retention(
            case["C"],
            Fraction(case["m"]),
            Fraction(str(case["r"])),
            Fraction(str(case["dd"])),
            Fraction(case["shift"]),
            Fraction(case["cpc"]),
        )
        assert got is not None
        assert float(got) == close(case["expect_retention"])


def test_equity_and_spend() -> None:
    got = customer_equity([Fraction(300), None, Fraction(-100), Fraction(200)])
    assert (got.clients, got.total, got.largest_share) == (3, 400, Fraction(3, 4))
    assert SpendRatio(Fraction(10), Fraction(0)).ratio is None
    assert SpendRatio(Fraction(10), Fraction(4)).ratio == Fraction(5, 2)


def test_payback(vectors: dict[str, Any]) -> None:
    for case in vectors["payback"]:
        flows = [(date.fromisoformat(day), Fraction(amount)) for day, amount in case["flows"]]
        got, want = payback(case["cost"], flows, date.fromisoformat(case["as_of"])), case["expect"]
        assert (got.day and got.day.isoformat()) == want["payback_date"]
        assert float(got.running) == want["running"]
        assert got.covered == want["still_paid_back"]
        assert float(got.remaining) == want["remaining"]


def test_payback_kept_though_no_longer_covered() -> None:
    first, later = date(2026, 1, 1), date(2026, 2, 1)
    flows = [(first, 500), (later, -300)]
    got = payback(400, flows, date(2026, 6, 30), first_purchase=first, first_contact=date(2025, 12, 22))
    assert (got.day, got.flag, got.remaining) == (first, Flag.NO_LONGER_COVERED, 200)
    assert (got.days_from_first_purchase, got.days_from_first_contact) == (0, 10)
    assert got.years_missing(100) == 2
    assert got.years_missing(0) is None
    assert payback(400, flows, date(2026, 1, 31)).covered


def as_input(given: dict[str, Any]) -> HealthInput:
    spoken = given.get("inbound", 0) + given.get("outbound", 0)
    return HealthInput(
        contact_ratio=given.get("contact_ratio"),
        purchase_p=given.get("p"),
        dialogue_share=given["inbound"] / spoken if spoken >= 4 else None,
        satisfaction=given.get("sat"),
        items=given.get("items", 0),
        overdue=given.get("overdue", 0),
        red_flag=given.get("red", False),
    )


def test_health(vectors: dict[str, Any]) -> None:
    results: list[Health] = []
    for case in vectors["health"]:
        got, want = health(as_input(case["inputs"])), case["expect"]
        assert got.score == (None if want["score"] is None else close(want["score"]))
        assert got.coverage == close(want["coverage"])
        assert {part.value: points for part, points in got.parts} == {k: close(v) for k, v in want["parts"].items()}
        results.append(got)
    assert [got.state for got in results] == [HealthState.WATCH, None, HealthState.AT_RISK, HealthState.AT_RISK]
    assert [points for _, points in results[0].parts] == sorted(points for _, points in results[0].parts)
    assert results[3].capped
