"""Contribution, cost per capture, incubation, lifetime value and retention used (METRICS 2.1-2.6)."""

from datetime import date, timedelta
from fractions import Fraction
from math import exp

import pytest

from app.domain.metrics.contribution import (
    NO_COSTS,
    CostRow,
    CostSeries,
    FeeCost,
    TimeRow,
    acquisition,
    contribution,
    historic_value,
    loaded_cost,
)
from app.domain.metrics.incubation import Incubation, firm_incubation, incubation, kaplan_meier_median
from app.domain.metrics.lifetime import (
    ClientYears,
    Expected,
    client_years,
    expected_value,
    has_lapsed,
    lapsed,
    retention_used,
    simple_ltv,
    yearly_margin,
)
from app.domain.metrics.portfolio import ClientFees, portfolio
from app.domain.metrics.purchases import NO_FEES, FeeRow, FeeSeries
from app.domain.metrics.reasons import Flag, Reason
from app.domain.metrics.relationship import Relationship, StageRow
from app.domain.metrics.retention import Retention, retention, stayed
from app.domain.metrics.rhythm import RhythmState
from app.domain.metrics.tfi import FeeFigures, fee_figures
from app.domain.periods import last_years
from app.domain.vocabulary import CostKind, Stage

AS_OF = date(2026, 6, 30)


def series(*pairs: tuple[date, int]) -> FeeSeries:
    return FeeSeries.from_rows([FeeRow(day, amount) for day, amount in pairs])


def ended(day: date) -> Relationship:
    return Relationship(stages=(StageRow(day, Stage.ENDED),))


YEAR = last_years(AS_OF)
FIRST, SECOND = date(2025, 9, 1), date(2026, 3, 1)


def test_contribution_line_by_line() -> None:
    fees = series((FIRST, 100_000), (SECOND, 50_000))
    costs = CostSeries.build(
        [FeeCost(FIRST, 100_000, delivery_cost=20_000), FeeCost(SECOND, 50_000)],
        [
            CostRow(SECOND, CostKind.DELIVERY, 5_000),
            CostRow(SECOND, CostKind.SERVICE, 1_000),
            CostRow(SECOND, CostKind.RETENTION, 500),
            CostRow(date(2025, 8, 1), CostKind.ACQUISITION, 3_000),
        ],
        [
            TimeRow(date(2025, 8, 15), 60, 60 * 9_000),  # wooing: belongs to the acquisition
            TimeRow(FIRST, 30, 30 * 9_000),
            TimeRow(SECOND, 40, 40 * 9_000),
        ],
    )
    figures = fee_figures(fees, AS_OF)
    got = contribution(figures, fees, costs, YEAR)
    assert (got.fees, got.delivery, got.service, got.retention, got.time) == (150_000, 25_000, 1_000, 500, 6_000)
    assert got.amount == 117_500
    assert got.margin == Fraction(117_500, 150_000)
    assert got.coverage == 1
    assert got.withheld == ()
    won = acquisition(figures, costs)
    assert (won.money, won.minutes, won.time, won.amount) == (3_000, 90, 13_500, 16_500)
    assert historic_value(got, won) == 117_500 - 16_500


def test_coverage_by_document_engagement_or_month() -> None:
    fees = [
        FeeCost(date(2026, 1, 5), 100, delivery_cost=1),
        FeeCost(date(2026, 2, 5), 200, engagement=7),
        FeeCost(date(2026, 3, 5), 300),
        FeeCost(date(2026, 4, 5), 400),
        FeeCost(date(2026, 4, 6), -50),
    ]
    booked = [
        CostRow(date(2026, 5, 1), CostKind.DELIVERY, 9, engagement=7),
        CostRow(date(2026, 3, 20), CostKind.DELIVERY, 9),
    ]
    costs = CostSeries.build(fees, booked)
    assert costs.coverage(last_years(AS_OF)) == Fraction(600, 1000)
    assert costs.coverage(last_years(date(2026, 4, 30))) == Fraction(400, 1000)
    assert costs.coverage(last_years(date(2026, 3, 10))) == Fraction(100, 600)


def test_no_costs_recorded_is_raw_and_withheld() -> None:
    fees = series((FIRST, 100_000))
    got = contribution(fee_figures(fees, AS_OF), fees, NO_COSTS)
    assert got.amount == 100_000
    assert dict(got.withheld) == {"contribution": Reason.NO_COSTS}
    few = CostSeries.build([FeeCost(FIRST, 100, 1), FeeCost(SECOND, 300)])
    told = contribution(fee_figures(fees, AS_OF), fees, few).withheld
    assert dict(told) == {"contribution": Reason.COSTS_INCOMPLETE}


def test_cost_per_capture_own_and_loaded() -> None:
    won_on = date(2026, 2, 1)
    won = fee_figures(series((won_on, 1_000)), AS_OF)
    lost = fee_figures(NO_FEES, AS_OF)
    booked = [
        CostSeries.build(costs=[CostRow(won_on, CostKind.ACQUISITION, c)]) for c in (30_000, 45_000, 15_000, 60_000)
    ]
    clients = [(won, booked[0]), (won, booked[1]), (won, booked[2]), (lost, booked[3])]
    got = loaded_cost(clients, YEAR, general=90_000)
    assert (got.amount, got.won) == (80_000, 3)
    nobody = loaded_cost([(lost, booked[3])], YEAR, general=130_000)
    assert (nobody.spent, nobody.amount) == (190_000, None)
    assert dict(nobody.withheld) == {"cost_per_capture_loaded": Reason.NONE_WON}


def test_loaded_cost_takes_time_only_inside_the_window_and_before_the_purchase() -> None:
    won = fee_figures(series((date(2026, 2, 1), 1_000)), AS_OF)
    minutes = [TimeRow(day, 60, 60_000) for day in (date(2025, 6, 30), date(2026, 1, 1), date(2026, 3, 1))]
    assert loaded_cost([(won, CostSeries.build(times=minutes))], YEAR).spent == 1_000


def test_incubation_won_running_lost_and_unknown() -> None:
    known = Relationship(first_logged=date(2025, 5, 4))
    won = incubation(fee_figures(series((FIRST, 1)), AS_OF, known))
    assert (won.days, won.running, won.flag, won.counts) == (120, False, None, True)
    bare = incubation(fee_figures(series((FIRST, 1)), AS_OF))
    assert (bare.days, bare.flag, bare.counts) == (0, Flag.NO_CONTACT_BEFORE, False)
    open_one = incubation(fee_figures(NO_FEES, AS_OF, Relationship(first_met=AS_OF - timedelta(days=120))))
    assert (open_one.days, open_one.running) == (120, True)
    said_no = Relationship(first_met=date(2026, 1, 1), stages=(StageRow(date(2026, 1, 31), Stage.ENDED),))
    lost = incubation(fee_figures(NO_FEES, AS_OF, said_no))
    assert (lost.days, lost.running, lost.lost_on) == (30, False, date(2026, 1, 31))
    assert incubation(fee_figures(NO_FEES, AS_OF)).days is None


def test_firm_incubation() -> None:
    won = [Incubation(d, running=False, first_contact=None, won_on=date(2026, 1, 1)) for d in (10, 30, 50)]
    old = [Incubation(900, running=False, first_contact=None, won_on=date(2020, 1, 1))]
    running = [Incubation(d, running=True, first_contact=date(2026, 1, 1), won_on=None) for d in range(100, 110)]
    few = firm_incubation(won + old + running[:9], AS_OF)
    assert (few.n, few.median, few.kaplan_meier) == (3, 30, None)
    many = firm_incubation(won + old + running, AS_OF)
    assert (many.not_won, many.kaplan_meier) == (10, 900)


def test_kaplan_meier() -> None:
    assert kaplan_meier_median([1, 2, 3, 4], []) == 2
    # one censored before the second event: 3/4 x 1/2
    assert kaplan_meier_median([1, 5, 9], [3]) == 5
    assert kaplan_meier_median([1], [2, 3, 4]) is None
    assert kaplan_meier_median([], []) is None


@pytest.mark.parametrize(
    ("silence", "span", "gaps", "gone"),
    [(365, 0, 0, False), (366, 0, 0, True), (366, 100, 1, True), (600, 300, 1, False), (601, 300, 1, True)],
)
def test_lapsed(silence: int, span: int, gaps: int, *, gone: bool) -> None:
    assert lapsed(silence, span, gaps) is gone


def test_client_years() -> None:
    active = fee_figures(series((FIRST, 1), (SECOND, 1)), AS_OF)
    assert client_years(active) == ClientYears(
        (AS_OF - FIRST).days, over=False, contribution=Fraction(2), first_purchase=FIRST
    )
    over = fee_figures(series((FIRST, 1), (SECOND, 1)), AS_OF, ended(date(2026, 5, 1)))
    assert client_years(over, 5) == ClientYears(
        (SECOND - FIRST).days, over=True, contribution=Fraction(5), first_purchase=FIRST
    )
    gone = fee_figures(series((date(2020, 1, 1), 1)), AS_OF)
    assert has_lapsed(gone)
    assert client_years(gone) == ClientYears(0, over=True, contribution=Fraction(1), first_purchase=date(2020, 1, 1))
    assert client_years(fee_figures(NO_FEES, AS_OF)) is None


def segment(lost: int, first: date = date(2020, 1, 1)) -> list[ClientYears]:
    """Twelve clients with 40 client-years between them and 96,000 pounds."""
    each = 40 * 36525 // 1200
    return [ClientYears(each, n < lost, Fraction(800_000), first) for n in range(12)]


def test_simple_ltv_of_the_example() -> None:
    got = simple_ltv(segment(5), AS_OF)
    assert float(got.years) == pytest.approx(40, abs=0.02)
    assert float(got.yearly_value or 0) == pytest.approx(240_000, abs=100)
    assert float(got.years_retained or 0) == pytest.approx(8, abs=0.01)
    assert got.years_interval == (pytest.approx(3.4, abs=0.05), pytest.approx(24.64, abs=0.02))
    assert got.ltv == 1_920_000
    assert got.withheld == ()


def test_guards_hide_and_do_not_change() -> None:
    few = simple_ltv(segment(4), AS_OF)
    assert few.ltv == 2_400_000
    assert dict(few.withheld)["LTV"] is Reason.FEW_LAPSED
    assert dict(simple_ltv(segment(5, date(2024, 7, 1)), AS_OF).withheld)["LTV"] is Reason.SHORT_HISTORY
    assert simple_ltv(segment(5, date(2024, 6, 30)), AS_OF).withheld == ()
    capped = simple_ltv(segment(5), AS_OF, max_years=7)
    assert (capped.capped, capped.years_retained_shown) == (True, 7)
    assert float(capped.years_retained or 0) == pytest.approx(8, abs=0.01)
    none = simple_ltv(segment(0), AS_OF)
    assert (none.ltv, none.years_retained, none.years_interval) == (None, None, None)
    assert float(none.years_at_least or 0) == pytest.approx(13.3, abs=0.05)


def kept_of(
    clients: list[FeeSeries], as_of: date, years: int = 1, median_interval: Fraction | None = None
) -> Retention:
    return retention((stayed(fees, as_of, years) for fees in clients), as_of, years, median_interval)


def test_retention_used_falls_back_on_churn() -> None:
    bought_twice = series((date(2025, 1, 1), 100), (date(2026, 1, 1), 100))
    both = kept_of([bought_twice], AS_OF)
    used = retention_used(both, simple_ltv(segment(5), AS_OF))
    assert (used.rate, used.source, used.guard) == (1, "V14", Reason.FEW_BUYERS)
    young = kept_of([series((date(2026, 1, 1), 100))], AS_OF)
    fallen = retention_used(young, simple_ltv(segment(5), AS_OF))
    assert fallen.source == "V3"
    assert fallen.guard is None
    assert float(fallen.rate or 0) == pytest.approx(exp(-1 / 8), abs=1e-4)
    assert retention_used(young, simple_ltv([], AS_OF)).rate is None


def test_retention_of_clients_who_buy_seldom_is_judged_over_two_years() -> None:
    # Every second client comes back after 400 days, which no window of one year shows rightly.
    bought = [(AS_OF - timedelta(days=back), 100) for back in (1_500, 1_100)]
    again = [*bought, (AS_OF - timedelta(days=700), 100), (AS_OF - timedelta(days=300), 100)]
    clients = [series(*(again if number % 2 else bought)) for number in range(20)]
    seldom = portfolio([ClientFees(f"c{at}", one, fee_figures(one, AS_OF)) for at, one in enumerate(clients)], AS_OF)
    assert seldom.retention.withheld == (("client_retention", Reason.LONG_INTERVALS),)
    judged = seldom.retention_judged
    assert (judged.years, judged.buyers, judged.also_later, judged.withheld) == (2, 20, 10, ())
    used = retention_used(judged, seldom.simple_ltv)
    assert (used.source, used.guard) == ("V14", None)
    assert float(used.rate or 0) == pytest.approx(0.5**0.5)
    assert judged.yearly_interval is not None
    assert judged.yearly_interval[0] < 0.5**0.5 < judged.yearly_interval[1]


def test_retention_floors_and_counts() -> None:
    w1, w2 = date(2025, 1, 1), date(2026, 1, 1)
    grew = series((w1, 100), (w2, 300))
    left = series((w1, 100))
    owed = series((w1, 100), (w2, -70))
    new = series((w2, 500))
    got = kept_of([grew, left, owed, new], AS_OF)
    assert (got.buyers, got.also_later, got.rate, got.churn) == (3, 1, Fraction(1, 3), Fraction(2, 3))
    assert (got.nrr, got.grr) == (1, Fraction(1, 3))
    assert dict(got.withheld) == {"client_retention": Reason.FEW_BUYERS}
    many = kept_of([grew] * 10, AS_OF, median_interval=Fraction(181))
    assert dict(many.withheld) == {"client_retention": Reason.LONG_INTERVALS}
    assert kept_of([grew] * 10, AS_OF, years=2).earlier.after == date(2022, 6, 30)


def figures_since(days: int) -> FeeFigures:
    return fee_figures(series((AS_OF - timedelta(days=days), 10_000)), AS_OF)


def test_yearly_margin_by_age() -> None:
    mean = Fraction(7)
    assert yearly_margin(figures_since(365), 500, 10_000, mean).amount == 500
    young = yearly_margin(figures_since(90), 10_000, 10_000, mean)
    assert (young.amount, young.estimated) == (Fraction(10_000 * 36525, 9000), None)
    newest = yearly_margin(figures_since(89), 10_000, 10_000, mean)
    assert (newest.amount, newest.estimated) == (mean, Reason.NO_HISTORY)
    assert yearly_margin(fee_figures(NO_FEES, AS_OF), 0, 0, mean).amount is None


def test_expected_value_of_one_client() -> None:
    firm = simple_ltv(segment(5), AS_OF)
    years = firm.years_retained
    assert years is not None
    assert expected_value(figures_since(30), 100, firm) == Expected(100 * years, None, 100 * years)
    silent = expected_value(figures_since(30), 100, firm, RhythmState.SILENT)
    assert silent == Expected(100 * years, Reason.NOT_BUYING)
    assert expected_value(figures_since(400), 0, firm) == Expected(Fraction(), Reason.NOT_BUYING)
    assert expected_value(figures_since(30), 100, simple_ltv([], AS_OF)) == Expected(None, Reason.NONE_LAPSED)
    gone = fee_figures(series((FIRST, 1)), AS_OF, ended(SECOND))
    assert expected_value(gone, 100, firm) == Expected(Fraction(), Reason.ENDED)


def test_expected_value_is_shown_over_no_more_years_than_the_setting_allows() -> None:
    firm = simple_ltv(segment(5), AS_OF, max_years=7)
    found = expected_value(figures_since(30), 100, firm)
    assert (found.shown, found.withheld) == (700, Reason.CAPPED)
    assert float(found.raw or 0) == pytest.approx(800, abs=1)
