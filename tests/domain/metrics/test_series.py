"""Series asked by bisection give what counting row by row gives, on any day."""

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.domain.metrics.contacts import ContactRow, ContactSeries, dialogue
from app.domain.metrics.contribution import CostRow, CostSeries, FeeCost
from app.domain.metrics.purchases import FeeRow, FeeSeries, effective_days
from app.domain.periods import Window
from app.domain.vocabulary import CostKind, Direction, Purpose

BEGIN = date(2025, 1, 1)
days = st.integers(0, 120).map(lambda number: BEGIN + timedelta(days=number))
links = st.none() | st.integers(1, 12)


@given(st.lists(st.tuples(days, st.integers(-50, 90), links), max_size=12), days)
def test_linked_credits_stand_where_they_were_known_to_belong(
    given_rows: list[tuple[date, int, int | None]], as_of: date
) -> None:
    rows = [
        FeeRow(day, amount, id=number, linked_to=link if amount < 0 and link != number else None)
        for number, (day, amount, link) in enumerate(given_rows, start=1)
    ]
    sums, documents, credits_on = Counter[date](), Counter[date](), Counter[date]()
    for row, day in effective_days(rows, as_of):
        sums[day] += row.amount or 0
        documents[day] += 1
        credits_on[day] += (row.amount or 0) < 0
    seen = FeeSeries.from_rows(rows).on(as_of)
    in_order = sorted(documents)
    assert [date.fromordinal(day) for day in seen.days] == in_order
    assert steps(seen.sums) == [sums[day] for day in in_order]
    assert steps(seen.documents) == [documents[day] for day in in_order]
    assert steps(seen.credits) == [credits_on[day] for day in in_order]
    assert [date.fromordinal(day) for day in seen.purchase_days] == [day for day in in_order if sums[day] > 0]


def steps(running: tuple[int, ...]) -> list[int]:
    return [after - before for before, after in pairwise(running)]


fees = st.builds(FeeCost, days, st.integers(-50, 90), st.none() | st.integers(0, 9), st.none() | st.integers(1, 3))
booked = st.builds(CostRow, days, st.just(CostKind.DELIVERY), st.integers(1, 9), st.none() | st.integers(1, 3))


@given(st.lists(fees, max_size=8), st.lists(booked, max_size=4), days, days)
def test_coverage_is_that_of_the_documents_one_by_one(
    documents: list[FeeCost], costs: list[CostRow], one: date, other: date
) -> None:
    window = Window(min(one, other), max(one, other))

    def covered(fee: FeeCost) -> bool:
        own = fee.delivery_cost is not None
        by_engagement = fee.engagement is not None and (
            any(cost.engagement == fee.engagement and cost.day <= window.until for cost in costs)
            or any(
                f.engagement == fee.engagement and f.delivery_cost is not None and f.day <= window.until
                for f in documents
            )
        )
        month = (fee.day.year, fee.day.month)
        by_month = any((cost.day.year, cost.day.month) == month and cost.day <= window.until for cost in costs)
        return own or by_engagement or by_month

    invoices = [fee for fee in documents if fee.amount > 0 and fee.day in window]
    got = CostSeries.build(documents, costs).coverage(window)
    if invoices:
        known = sum(fee.amount for fee in invoices if covered(fee))
        assert got == Fraction(known, sum(fee.amount for fee in invoices))
    else:
        assert not got


spoken = st.builds(ContactRow, days, st.sampled_from(Direction), st.none() | st.sampled_from(Purpose), st.booleans())


@given(st.lists(spoken, max_size=15), days)
def test_a_dialogue_is_that_of_the_contacts_one_by_one(rows: list[ContactRow], as_of: date) -> None:
    got = dialogue(ContactSeries.from_rows(rows), as_of)
    known = [row for row in rows if row.counts and row.day <= as_of]
    heard = [row.day for row in known if row.direction is not Direction.OUT]
    said = [row.day for row in known if row.direction is not Direction.IN]
    assert got.ever.inbound == sum(row.direction is Direction.IN for row in known)
    assert got.ever.outbound == sum(row.direction is Direction.OUT for row in known)
    assert got.ever.both == sum(row.direction is Direction.BOTH for row in known)
    assert got.last == max((row.day for row in known), default=None)
    assert got.last_inbound == max(heard, default=None)
    assert got.last_outbound == max(said, default=None)
    since = max(heard, default=date.min)
    assert got.outbound_since_last_inbound == sum(row.direction is Direction.OUT and row.day > since for row in known)
    ours = [row.purpose for row in known if row.direction is not Direction.IN and row.purpose is not None]
    assert (got.selling, got.purposeful) == (ours.count(Purpose.SELL), len(ours))
