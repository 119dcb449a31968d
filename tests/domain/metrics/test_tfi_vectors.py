"""Every TFI vector of the reference, and the cases of METRICS 1.6 that are not vectors."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from app.domain.metrics.purchases import FeeRow, FeeSeries, streams
from app.domain.metrics.reasons import Flag, Reason
from app.domain.metrics.relationship import NO_DATES, Relationship, StageRow
from app.domain.metrics.tfi import Evidence, FeeFigures, Status, fee_figures
from app.domain.money import round_half_away
from app.domain.vocabulary import EngagementKind, Stage, StartRule

AS_OF = date(2026, 6, 30)


def pounds(value: Fraction | int | None) -> float | None:
    return None if value is None else float(Fraction(value) / 100)


def close(value: float | None) -> object:
    return None if value is None else pytest.approx(value, abs=1e-6)


def figures_of(case: dict[str, Any], rows: list[FeeRow]) -> FeeFigures:
    start = date.fromisoformat(case["start"]) if case["start"] else None
    stages = (StageRow(date.fromisoformat(case["ended"]), Stage.ENDED),) if case["ended"] else ()
    relationship = Relationship(first_met=start, stages=stages)
    rule = StartRule.FIRST_CONTACT if start else StartRule.FIRST_PURCHASE
    return fee_figures(FeeSeries.from_rows(rows), date.fromisoformat(case["as_of"]), relationship, rule)


def test_all_tfi_vectors(vectors: dict[str, Any], rows_of: Callable[[Any], list[FeeRow]]) -> None:
    assert len(vectors["tfi"]) == 23
    for case in vectors["tfi"]:
        got, want = figures_of(case, rows_of(case["documents"])), case["expect"]
        # The vectors hold the bare product also where credits exceed invoices; a client's TFI is then None.
        parts = got.parts
        seen = {
            "status": got.status.value,
            "n": got.n,
            "observed": pounds(got.observed),
            "booked_ahead": pounds(got.booked_ahead),
            "S": pounds(got.spend),
            "T_days": None if got.interval is None else float(got.interval),
            "L_days": got.length,
            "TFI": pounds(got.product),
            "TFI_rounded": None if got.product is None else round_half_away(got.product) / 100,
            "fencepost": parts and pounds(parts.fencepost),
            "before_first": parts and pounds(parts.before_first),
            "since_last": parts and pounds(parts.since_last),
            "last_12_months": pounds(got.last_12_months),
            "repeat_run_rate_year": pounds(got.repeat_run_rate_year),
            "TFI_year": pounds(got.product_for()),
        }
        expected = {k: close(v) if isinstance(v, float) else v for k, v in want.items()}
        assert seen == expected, case["case"]
        if want["status"] != "ok":
            assert got.tfi is None
            assert got.explained is None
            assert got.tfi_for() is None
            assert got.why_not is not None
        else:
            assert got.tfi == got.product


def test_episodes_vector(vectors: dict[str, Any], rows_of: Callable[[Any], list[FeeRow]]) -> None:
    case = vectors["episodes"]
    stages = (
        StageRow(date.fromisoformat(case["ended_dates"][0]), Stage.ENDED),
        StageRow(date(2025, 9, 1), Stage.WON_BACK),
    )
    got = fee_figures(FeeSeries.from_rows(rows_of(case["documents"])), AS_OF, Relationship(stages=stages))
    want = case["expect"]
    assert (got.n, pounds(got.observed), got.episodes) == (want["n"], want["observed"], want["episodes"])
    assert (pounds(got.spend), got.interval, got.length) == (want["S"], want["T_days"], want["L_days"])
    assert pounds(got.tfi) == want["TFI"]
    assert got.explained is not None
    assert pounds(got.explained.fencepost) == want["part_fencepost"]
    assert pounds(got.explained.since_last) == want["part_tail"]


def test_without_won_back_a_later_purchase_moves_the_end(
    vectors: dict[str, Any], rows_of: Callable[[Any], list[FeeRow]]
) -> None:
    case = vectors["episodes"]
    ended = Relationship(stages=(StageRow(date(2023, 3, 18), Stage.ENDED),))
    got = fee_figures(FeeSeries.from_rows(rows_of(case["documents"])), AS_OF, ended)
    assert got.episodes == 1
    assert got.tail == 0
    assert got.last == date(2025, 12, 12)


def test_one_purchase_in_every_episode_has_no_rhythm(rows_of: Callable[[Any], list[FeeRow]]) -> None:
    stages = (StageRow(date(2022, 1, 1), Stage.ENDED), StageRow(date(2025, 1, 1), Stage.WON_BACK))
    fees = FeeSeries.from_rows(rows_of([("2021-06-01", 100), ("2025-06-01", 100)]))
    got = fee_figures(fees, AS_OF, Relationship(stages=stages))
    assert (got.n, got.episodes, got.interval, got.tfi) == (2, 2, None, None)
    assert got.why_not is Reason.ONE_PURCHASE_EACH


@pytest.mark.parametrize("start", [StartRule.FIRST_CONTACT, StartRule.WON])
def test_a_missing_start_falls_back_in_order(start: StartRule, rows_of: Callable[[Any], list[FeeRow]]) -> None:
    fees = FeeSeries.from_rows(rows_of([("2025-07-01", 1000), ("2026-01-01", 1000)]))
    won = fee_figures(fees, AS_OF, Relationship(won=date(2025, 1, 1)), start)
    assert (won.start, won.length, won.client_since) == (date(2025, 1, 1), 545, date(2025, 1, 1))
    nothing = fee_figures(fees, AS_OF, NO_DATES, start)
    assert (nothing.start, nothing.lead) == (date(2025, 7, 1), 0)


def test_first_contact_is_the_earlier_of_entered_and_logged(rows_of: Callable[[Any], list[FeeRow]]) -> None:
    fees = FeeSeries.from_rows(rows_of([("2025-07-01", 1000), ("2026-01-01", 1000)]))
    dates = Relationship(first_met=date(2025, 3, 1), first_logged=date(2025, 2, 1))
    got = fee_figures(fees, AS_OF, dates, StartRule.FIRST_CONTACT)
    assert got.start == got.known_since == date(2025, 2, 1)


def test_a_late_start_is_ignored_and_flagged(rows_of: Callable[[Any], list[FeeRow]]) -> None:
    fees = FeeSeries.from_rows(rows_of([("2025-07-01", 1000), ("2026-01-01", 1000)]))
    late = Relationship(first_met=date(2025, 12, 12))
    assert Flag.START_AFTER_FIRST in fee_figures(fees, AS_OF, late, StartRule.FIRST_CONTACT).flags
    assert fee_figures(fees, AS_OF, late).flags == ()
    same_day = Relationship(first_met=date(2025, 7, 1))
    assert fee_figures(fees, AS_OF, same_day, StartRule.FIRST_CONTACT).flags == ()


def linked(credit_day: date, link: int | None) -> list[FeeRow]:
    return [
        FeeRow(date(2025, 7, 1), 100_000, id=1),
        FeeRow(date(2025, 10, 1), 90_000, id=2),
        FeeRow(credit_day, -90_000, id=3, linked_to=link),
        FeeRow(date(2026, 1, 1), 100_000, id=4),
    ]


def test_a_linked_credit_moves_to_its_invoice() -> None:
    got = fee_figures(FeeSeries.from_rows(linked(date(2025, 10, 20), 2)), AS_OF)
    assert (got.n, got.observed, got.interval, pounds(got.tfi)) == (2, 200_000, 184, close(1978.260870))
    loose = fee_figures(FeeSeries.from_rows(linked(date(2025, 10, 20), None)), AS_OF)
    assert (loose.n, loose.observed) == (3, 200_000)


def test_a_linked_credit_exists_only_from_its_own_date() -> None:
    fees = FeeSeries.from_rows(linked(date(2025, 10, 20), 2))
    before, after = fee_figures(fees, date(2025, 10, 19)), fee_figures(fees, date(2025, 10, 20))
    assert (before.n, before.observed, before.booked_ahead) == (2, 190_000, 10_000)
    assert (after.n, after.observed, after.booked_ahead) == (1, 100_000, 100_000)


def test_a_credit_dated_before_its_invoice_keeps_its_date_until_then() -> None:
    fees = FeeSeries.from_rows(linked(date(2025, 9, 20), 2))
    assert fee_figures(fees, date(2025, 9, 30)).observed == 10_000
    assert fee_figures(fees, date(2025, 10, 1)).n == 1


def test_documents_without_a_rate_and_disbursements_are_left_out() -> None:
    rows = [
        FeeRow(date(2025, 7, 1), 80_000, currency="USD", original=100_000),
        FeeRow(date(2026, 1, 1), None, currency="EUR", original=50_000),
        FeeRow(date(2026, 2, 1), 70_000, disbursement=True),
    ]
    fees = FeeSeries.from_rows(rows)
    got = fee_figures(fees, AS_OF)
    assert (got.status, got.n, got.observed, got.interval, got.length) == (
        Status.ONE_PURCHASE, 1, 80_000, None, 364,
    )  # fmt: skip
    assert got.flags == (Flag.WITHOUT_RATE,)
    left_out = fees.without_rate(AS_OF)
    assert [(w.currency, w.documents, w.amount) for w in left_out] == [("EUR", 1, 50_000)]
    assert fees.without_rate(date(2025, 12, 31)) == ()


def test_streams_do_not_add_up_to_the_pooled_figure() -> None:
    months = [date(2025, m, 1) for m in range(7, 13)] + [date(2026, m, 1) for m in range(1, 7)]
    rows = [FeeRow(day, 50_000, stream=EngagementKind.RETAINER) for day in months]
    assert streams(rows) == {}
    rows += [FeeRow(day, 600_000, stream=None) for day in (date(2025, 9, 15), date(2026, 3, 15))]
    pooled = fee_figures(FeeSeries.from_rows(rows), AS_OF)
    assert pooled.tfi is not None
    assert round_half_away(pooled.tfi) == 1_816_119
    own = {kind: fee_figures(fees, AS_OF).tfi for kind, fees in streams(rows).items()}
    assert {kind: round_half_away(tfi) for kind, tfi in own.items() if tfi} == {
        EngagementKind.RETAINER: 597_612,
        EngagementKind.PROJECT: 954_696,
    }


def test_labels_and_flags_of_the_card(vectors: dict[str, Any], rows_of: Callable[[Any], list[FeeRow]]) -> None:
    got = {case["case"]: figures_of(case, rows_of(case["documents"])) for case in vectors["tfi"]}
    assert got["two purchases"].evidence is Evidence.ONE_GAP
    assert got["two purchases"].flags == ()
    assert got["lapsed, three early purchases"].evidence is Evidence.FEW_PURCHASES
    assert got["lapsed, three early purchases"].flags == (Flag.LONG_TAIL,)
    assert got["lapsed, three early purchases"].purchases_not_happened == 51
    assert got["monthly retainer 12x"].evidence is None
    assert got["bunched: two purchases one day apart"].flags == (Flag.LONG_TAIL, Flag.BUNCHED)
    assert got["credits exceed invoices"].flags == (Flag.CREDITS_EXCEED,)


def test_rounded_parts_add_up_with_the_odd_penny_last(
    vectors: dict[str, Any], rows_of: Callable[[Any], list[FeeRow]]
) -> None:
    for case in vectors["tfi"]:
        got = figures_of(case, rows_of(case["documents"]))
        if got.explained is not None and got.difference is not None:
            assert sum(got.explained.rounded()) == round_half_away(got.difference), case["case"]


def test_a_run_rate_needs_90_days(rows_of: Callable[[Any], list[FeeRow]]) -> None:
    fees = FeeSeries.from_rows(rows_of([("2026-04-01", 100), ("2026-06-01", 100)]))
    ripe = fee_figures(fees, AS_OF)
    assert ripe.repeat_run_rate_year == Fraction(10_000 * 36525, 100 * 90)
    assert ripe.withheld == ()
    young = fee_figures(fees, date(2026, 6, 29))
    assert young.repeat_run_rate_year is None
    assert dict(young.withheld) == {"repeat_run_rate_year": Reason.UNDER_90_DAYS}


def test_one_purchase_with_a_planned_interval(rows_of: Callable[[Any], list[FeeRow]]) -> None:
    got = fee_figures(FeeSeries.from_rows(rows_of([("2026-06-01", 100)])), AS_OF)
    assert got.planned_for(100, 200) == 20_000
    assert got.planned_for(0) is None


def test_29_february_windows() -> None:
    fees = FeeSeries.from_rows(
        [FeeRow(date(2023, 2, 28), 1), FeeRow(date(2023, 3, 1), 10), FeeRow(date(2024, 2, 29), 100)]
    )
    assert fee_figures(fees, date(2024, 2, 29)).last_12_months == 110
