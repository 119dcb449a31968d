"""Money and calendar windows: exact, half away from zero, open at the left (METRICS 0)."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import convert, minor_digits, minor_units, round_half_away, to_major, to_minor
from app.domain.periods import Window, last_days, last_years, years_before


@given(st.fractions())
def test_rounding_is_to_the_nearest_and_halves_go_away_from_zero(value: Fraction) -> None:
    rounded = round_half_away(value)
    assert abs(rounded - value) <= Fraction(1, 2)
    if abs(rounded - value) == Fraction(1, 2):
        assert abs(rounded) > abs(value)
    assert round_half_away(-value) == -rounded


@given(st.decimals(-(10**12), 10**12, places=4), st.sampled_from(["GBP", "JPY", "eur", "jpy"]))
def test_amounts_become_minor_units_as_an_accountant_rounds(amount: Decimal, currency: str) -> None:
    expected = (amount * minor_units(currency)).quantize(Decimal(1), ROUND_HALF_UP)
    assert to_minor(amount, currency) == int(expected)


@given(st.integers(), st.sampled_from(["GBP", "JPY"]))
def test_minor_units_turn_to_major_and_back(minor: int, currency: str) -> None:
    assert to_minor(to_major(minor, currency), currency) == minor
    assert convert(minor, currency, Decimal(1), currency) == minor


@pytest.mark.parametrize(
    ("currency", "digits"), [("GBP", 2), ("gbp", 2), ("JPY", 0), ("jpy", 0), ("KRW", 0), ("XXX", 2)]
)
def test_digits_of_a_currency(currency: str, digits: int) -> None:
    assert minor_digits(currency) == digits
    assert minor_units(currency) == 10**digits


@pytest.mark.parametrize(
    ("day", "years", "before"),
    [
        (date(2026, 3, 31), 1, date(2025, 3, 31)),
        (date(2024, 2, 29), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 4, date(2020, 2, 29)),
        (date(2025, 2, 28), 1, date(2024, 2, 28)),
        (date(2026, 1, 1), 0, date(2026, 1, 1)),
    ],
)
def test_a_year_earlier_is_the_same_calendar_date(day: date, years: int, before: date) -> None:
    assert years_before(day, years) == before


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(1, 2000))
def test_a_window_of_days_holds_so_many_days_and_is_open_at_the_left(as_of: date, days: int) -> None:
    window = last_days(as_of, days)
    assert as_of in window
    assert as_of - timedelta(days) not in window
    assert as_of - timedelta(days - 1) in window
    assert as_of + timedelta(1) not in window


def test_windows_of_years_meet_without_a_gap() -> None:
    later = last_years(date(2024, 2, 29))
    earlier = Window(years_before(date(2024, 2, 29), 2), later.after)
    assert (later.after, later.until) == (date(2023, 2, 28), date(2024, 2, 29))
    assert earlier.until == later.after
    assert later.after not in later
    assert later.after in earlier
