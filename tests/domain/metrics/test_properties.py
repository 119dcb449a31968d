"""What holds for any data (METRICS 5.3): identities, bounds, partitions, and no look-ahead."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.metrics.concentration import Income, concentration
from app.domain.metrics.contacts import ContactRow, ContactSeries, dialogue
from app.domain.metrics.contribution import CostRow, CostSeries, FeeCost, TimeRow, acquisition, contribution
from app.domain.metrics.explanation import explain_tfi
from app.domain.metrics.numbers import beta_tail, exact_sum
from app.domain.metrics.portfolio import ClientFees, portfolio
from app.domain.metrics.purchases import DaySum, FeeRow, FeeSeries
from app.domain.metrics.relationship import Relationship, StageRow
from app.domain.metrics.rfm import RfmInput, rfm
from app.domain.metrics.stages import stage_on
from app.domain.metrics.tfi import fee_figures
from app.domain.money import round_half_away
from app.domain.vocabulary import CostKind, Direction, Purpose, Stage, StartRule

BEGIN = date(2022, 1, 1)
days = st.integers(0, 1600).map(lambda n: BEGIN + timedelta(days=n))
amounts = st.integers(-300_000, 900_000)
rules = st.sampled_from(StartRule)


@st.composite
def documents(draw: st.DrawFn) -> list[FeeRow]:
    """Documents of one client, some credits linked, some without a rate, some disbursements."""
    rows = []
    for number in range(1, draw(st.integers(0, 14)) + 1):
        amount = draw(amounts)
        link = draw(st.none() | st.integers(1, 14)) if amount < 0 else None
        rated = draw(st.integers(0, 9)) > 0
        rows.append(
            FeeRow(
                draw(days),
                amount if rated else None,
                id=number,
                linked_to=link if link != number else None,
                disbursement=draw(st.integers(0, 9)) == 0,
                currency="GBP" if rated else "EUR",
                original=amount,
            )
        )
    return rows


@st.composite
def relationships(draw: st.DrawFn) -> Relationship:
    """Dates and hand-set stages of one client."""
    stages = draw(
        st.lists(st.builds(StageRow, days, st.sampled_from([Stage.ENDED, Stage.WON_BACK, Stage.NEW])), max_size=4)
    )
    ordered = tuple(sorted(stages, key=lambda row: row.day))
    return Relationship(draw(st.none() | days), draw(st.none() | days), draw(st.none() | days), ordered)


@given(documents(), relationships(), rules, days)
def test_identities(rows: list[FeeRow], dates: Relationship, rule: StartRule, as_of: date) -> None:
    got = fee_figures(FeeSeries.from_rows(rows), as_of, dates, rule)
    if got.spend is not None:
        assert got.spend * got.n == got.observed
    if got.interval is not None:
        assert got.interval > 0
    if got.tfi is not None and got.explained is not None and got.difference is not None:
        assert got.explained.total == got.difference == got.tfi - got.observed
        assert sum(got.explained.rounded()) == round_half_away(got.difference)
        assert got.spend is not None
        assert got.interval is not None
        assert got.length is not None
        assert got.tfi == got.spend * (got.length / got.interval)
    if got.n:
        assert got.lead >= 0
        assert got.tail >= 0
        assert got.gaps == got.n - got.episodes


def known(rows: list[FeeRow], as_of: date) -> list[FeeRow]:
    return [row for row in rows if row.day <= as_of]


@given(documents(), relationships(), rules, days)
def test_no_look_ahead_in_fees(rows: list[FeeRow], dates: Relationship, rule: StartRule, as_of: date) -> None:
    whole, cut = FeeSeries.from_rows(rows), FeeSeries.from_rows(known(rows, as_of))
    then = Relationship(
        *(
            day if day is not None and day <= as_of else None
            for day in (dates.first_met, dates.first_logged, dates.won)
        ),
        stages=tuple(row for row in dates.stages if row.day <= as_of),
    )
    now = fee_figures(whole, as_of, dates, rule)
    assert replace(now, booked_ahead=0) == fee_figures(cut, as_of, then, rule)
    assert now.booked_ahead == sum(row.amount or 0 for row in rows if row.counts and row.day > as_of)
    assert whole.on(as_of).last_gaps(as_of) == cut.on(as_of).last_gaps(as_of)
    assert stage_on(now, whole, dates, None, contacted=True) == stage_on(now, cut, then, None, contacted=True)


@given(documents(), days)
def test_days_added_up_beforehand_give_the_same(rows: list[FeeRow], as_of: date) -> None:
    loose = [replace(row, linked_to=None) for row in rows if row.counts]
    summed = [DaySum(row.day, row.amount or 0, 1, int((row.amount or 0) < 0)) for row in loose]
    assert fee_figures(FeeSeries.from_days(summed), as_of) == fee_figures(FeeSeries.from_rows(loose), as_of)


@given(documents(), days)
def test_the_explanation_lists_every_document_once(rows: list[FeeRow], as_of: date) -> None:
    told = explain_tfi(rows, as_of)
    assert sorted(row.row.id or 0 for row in told.rows) == sorted(row.id or 0 for row in rows)
    assert sum(row.row.amount or 0 for row in told.counted) == told.figures.observed
    assert len(told.purchases) == told.figures.n


@settings(max_examples=50)
@given(st.lists(documents(), max_size=8), days)
def test_no_look_ahead_in_the_portfolio(book: list[list[FeeRow]], as_of: date) -> None:
    def made(clients: list[list[FeeRow]]) -> list[ClientFees]:
        series = [FeeSeries.from_rows(rows) for rows in clients]
        return [ClientFees(str(n), s, replace(fee_figures(s, as_of), booked_ahead=0)) for n, s in enumerate(series)]

    whole = portfolio(made(book), as_of)
    assert whole == portfolio(made([known(rows, as_of) for rows in book]), as_of)
    assert whole.clients_with_tfi <= whole.with_purchase <= whole.clients


@given(st.lists(amounts, max_size=40))
def test_shares_add_up_and_tiers_partition(incomes: list[int]) -> None:
    got = concentration([Income(f"K{n:02}", income) for n, income in enumerate(incomes)])
    assert len({s.client for s in got.standings}) == len(incomes)
    assert sum(got.curry_counts.values()) == len(incomes)
    assert sum(got.abc_counts.values()) == got.n == len(incomes) - got.inactive
    shares = [s.share for s in got.standings if s.share is not None]
    assert sum(shares, Fraction()) == (1 if got.n else 0)
    assert [s.rank for s in got.standings if s.rank] == list(range(1, got.n + 1))
    assert shares == sorted(shares, reverse=True)
    if got.gini is not None and got.hhi is not None:
        assert 0 <= got.gini < 1
        assert Fraction(1, got.n) <= got.hhi <= 1


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(1, 40), amounts), min_size=1, max_size=40))
def test_scores_stay_within_one_and_five(clients: list[tuple[int, int, int]]) -> None:
    got = rfm([RfmInput(str(n), *values) for n, values in enumerate(clients)])
    for score in got.values():
        assert {score.recency, score.frequency, score.monetary} <= {1, 2, 3, 4, 5}
    best = min(range(len(clients)), key=lambda n: clients[n][0])
    assert got[str(best)].recency == 5


@given(st.floats(0.5, 20), st.integers(1, 13), st.floats(0, 1), st.floats(0, 1))
def test_a_longer_silence_is_never_likelier(kappa: float, k: int, x: float, y: float) -> None:
    low, high = sorted((x, y))
    p, q = beta_tail(kappa, kappa * k, low), beta_tail(kappa, kappa * k, high)
    assert 0 <= q <= p + 1e-12 <= 1 + 2e-12


@given(st.lists(st.tuples(st.integers(-999, 999), st.integers(1, 99)), max_size=20))
def test_exact_sum_is_the_sum(parts: list[tuple[int, int]]) -> None:
    assert exact_sum(parts) == sum((Fraction(*part) for part in parts), Fraction())


contact_rows = st.lists(
    st.builds(ContactRow, days, st.sampled_from(Direction), st.none() | st.sampled_from(Purpose), st.booleans()),
    max_size=20,
)


@given(contact_rows, days)
def test_no_look_ahead_in_contacts(rows: list[ContactRow], as_of: date) -> None:
    whole = ContactSeries.from_rows(rows)
    cut = ContactSeries.from_rows([row for row in rows if row.day <= as_of])
    got = dialogue(whole, as_of)
    assert got == dialogue(cut, as_of)
    assert whole.last_gaps(as_of) == cut.last_gaps(as_of)
    assert got.ever.total == sum(1 for row in rows if row.counts and row.day <= as_of)
    assert got.share is None or 0 <= got.share <= 1


costs = st.lists(
    st.builds(CostRow, days, st.sampled_from(CostKind), st.integers(0, 90_000), st.none() | st.integers(1, 3)),
    max_size=8,
)
times = st.lists(st.builds(TimeRow, days, st.integers(0, 600), st.integers(0, 9_000_000)), max_size=8)
paid = st.lists(
    st.builds(FeeCost, days, amounts, st.none() | st.integers(0, 9_000), st.none() | st.integers(1, 3)), max_size=8
)


@given(paid, costs, times, days)
def test_no_look_ahead_in_costs_and_every_penny_once(
    fees: list[FeeCost], spent: list[CostRow], minutes: list[TimeRow], as_of: date
) -> None:
    series = FeeSeries.from_rows([FeeRow(fee.day, fee.amount) for fee in fees])
    figures = fee_figures(series, as_of)
    whole = CostSeries.build(fees, spent, minutes)
    cut = CostSeries.build(*([row for row in rows if row.day <= as_of] for rows in (fees, spent, minutes)))
    got, won = contribution(figures, series, whole), acquisition(figures, whole)
    assert replace(got, coverage=None) == replace(contribution(figures, series, cut), coverage=None)
    assert (got.coverage or 0) == (contribution(figures, series, cut).coverage or 0)
    assert won == acquisition(figures, cut)
    assert got.coverage is None or 0 <= got.coverage <= 1
    out = sum(row.amount for row in spent if row.day <= as_of)
    out += sum(fee.delivery_cost or 0 for fee in fees if fee.day <= as_of)
    time = Fraction(sum(row.minutes_times_rate for row in minutes if row.day <= as_of), 60)
    assert got.amount - won.amount == figures.observed - out - time
