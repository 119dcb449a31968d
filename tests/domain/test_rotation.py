"""Rotation by count, over histories that no reasonable person lives through (RELIABILITY P7)."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.rotation import DAYS, LATEST, MONTHS, WEEKS, Mark, removable, shrunk

START = date(2026, 1, 1)
# Hours pass; a clock jumps years, a day, not at all.
JUMPS = st.one_of(
    st.integers(0, 3), st.integers(0, 3), st.integers(-2, 40), st.sampled_from((-5 * 365, 50 * 365, -365, 365))
)
ROWS = st.one_of(st.integers(900, 1100), st.sampled_from((0, 20, 499, 500, 501, 5000)))


@st.composite
def histories(draw: st.DrawFn) -> list[Mark]:
    """Make up a history: backups in the order they were made, some damaged, pinned, confirmed."""
    day, marks = START, []
    for sequence in range(1, draw(st.integers(1, 60)) + 1):
        day = max(date(1990, 1, 1), min(date(2200, 1, 1), day + timedelta(days=draw(JUMPS))))
        chance = draw(st.integers(0, 99))
        marks.append(
            Mark(
                sequence,
                day,
                draw(ROWS) if chance > 60 else 1000,
                verified=chance not in range(40, 48),
                pinned=chance < 4,
                confirmed=chance > 90,
            )
        )
    return marks


@settings(max_examples=2_000, deadline=None)
@given(histories())
def test_nothing_worth_keeping_is_ever_removed(marks: list[Mark]) -> None:
    gone = removable(marks)
    newest = marks[-1]
    if not newest.verified or shrunk(marks):
        assert gone == frozenset()
        return
    left = [mark for mark in marks if mark.sequence not in gone]
    assert newest in left
    assert [mark for mark in marks if mark.pinned or not mark.verified] == [
        mark for mark in left if mark.pinned or not mark.verified
    ]
    whole = [mark for mark in marks if mark.verified]
    assert whole[-LATEST:] == [mark for mark in left if mark.verified][-LATEST:]
    assert len([mark for mark in left if mark.verified and not mark.pinned]) <= LATEST + DAYS + WEEKS + MONTHS
    days = list(dict.fromkeys(mark.day for mark in reversed(whole)))
    for day in days[:DAYS]:
        assert max(mark.sequence for mark in whole if mark.day == day) in {mark.sequence for mark in left}


@settings(max_examples=500, deadline=None)
@given(histories())
def test_removing_is_settled_at_once(marks: list[Mark]) -> None:
    gone = removable(marks)
    assert removable([mark for mark in marks if mark.sequence not in gone]) == frozenset()


@settings(max_examples=300, deadline=None)
@given(st.lists(JUMPS, min_size=40, max_size=120))
def test_lived_through_backup_by_backup_an_early_month_outlives_any_clock(jumps: Sequence[int]) -> None:
    """With every backup followed by its rotation, the newest is there and the count stays bounded."""
    kept: list[Mark] = []
    day = START
    for sequence, jump in enumerate(jumps, 1):
        day = max(date(1990, 1, 1), min(date(2200, 1, 1), day + timedelta(days=jump)))
        kept.append(Mark(sequence, day, 1000, verified=True))
        gone = removable(kept)
        kept = [mark for mark in kept if mark.sequence not in gone]
        assert kept[-1].sequence == sequence
    assert min(LATEST, len(jumps)) <= len(kept) <= LATEST + DAYS + WEEKS + MONTHS


def daily(count: int, rows: int = 1000) -> list[Mark]:
    """Make one backup a day."""
    return [Mark(number, START + timedelta(days=number), rows, verified=True) for number in range(1, count + 1)]


def test_a_year_of_days_leaves_days_weeks_and_months() -> None:
    marks = daily(365)
    left = {mark.day for mark in marks if mark.sequence not in removable(marks)}
    assert {START + timedelta(days=number) for number in range(354, 366)} <= left
    assert {(day.year, day.month) for day in left} == {(2026, month) for month in range(2, 13)} | {(2027, 1)}
    assert len(left) == 12 + 8 + 10  # two weeks and two months end within the days


def test_a_book_that_lost_half_keeps_everything_until_a_person_says_it_is_right() -> None:
    marks = daily(60)
    small = Mark(61, START + timedelta(days=61), 499, verified=True)
    assert removable([*marks, small]) == frozenset()
    again = Mark(62, START + timedelta(days=62), 499, verified=True)
    assert removable([*marks, small, again]) == frozenset()
    assert shrunk([*marks, small, again])
    meant = Mark(61, START + timedelta(days=61), 499, verified=True, confirmed=True)
    assert not shrunk([*marks, meant, again])
    assert removable([*marks, meant, again])
    half = Mark(61, START + timedelta(days=61), 500, verified=True)
    assert removable([*marks, half])


def test_a_damaged_newest_removes_nothing() -> None:
    assert removable([*daily(60), Mark(61, START, 1000, verified=False)]) == frozenset()
    assert removable([]) == frozenset()
