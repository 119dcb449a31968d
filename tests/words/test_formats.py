"""How money, dates, lengths and shares are written for people."""

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.words import formats

M = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("minor", "currency", "pence", "text"),
    [
        (None, "GBP", False, "—"),
        (None, "GBP", True, "—"),
        (0, "GBP", False, "£0"),
        (0, "GBP", True, "£0.00"),
        (123_456, "GBP", False, "£1,235"),
        (123_456, "GBP", True, "£1,234.56"),
        (-123_456, "GBP", True, f"{M}£1,234.56"),
        (-1, "GBP", True, f"{M}£0.01"),
        (-49, "GBP", False, "£0"),  # never a negative nothing
        (-50, "GBP", False, f"{M}£1"),
        (50, "GBP", False, "£1"),
        (150, "GBP", False, "£2"),
        (250, "GBP", False, "£3"),  # half away from zero, not to even
        (100_000_000_00, "EUR", False, "€100,000,000"),
        (1234, "JPY", False, "¥1,234"),
        (1234, "JPY", True, "¥1,234"),
        (-1234, "JPY", True, f"{M}¥1,234"),
        (123_456, "CHF", True, "CHF 1,234.56"),
        (-123_456, "CHF", True, f"{M}CHF 1,234.56"),
        (123_456, "PLN", True, "PLN 1,234.56"),
        (Fraction(1, 3), "GBP", True, "£0.00"),
        (Fraction(-200, 3), "GBP", True, f"{M}£0.67"),
        (Fraction(1001, 2), "GBP", True, "£5.01"),
    ],
)
def test_money(minor: int | Fraction | None, currency: str, pence: bool, text: str) -> None:
    assert formats.money(minor, currency, pence=pence) == text


def test_money_without_its_symbol() -> None:
    assert formats.money(-123_456, "GBP", pence=True, symbol=False) == f"{M}1,234.56"
    assert formats.money(1234, "JPY", symbol=False) == "1,234"
    assert formats.money(None, "GBP", symbol=False) == "—"


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0, 0, "0"),
        (1_234_567, 0, "1,234,567"),
        (Fraction(-1, 2), 0, f"{M}1"),
        (Fraction(-49, 100), 0, "0"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(2, 3), 3, "0.667"),
        (Fraction(999_999, 1000), 2, "1,000.00"),
        (5, 2, "5.00"),
    ],
)
def test_numbers(value: int | Fraction, digits: int, text: str) -> None:
    assert formats.number(value, digits) == text


@given(st.integers(-(10**15), 10**15), st.integers(0, 6))
def test_a_number_written_reads_back_as_it_was(value: int, digits: int) -> None:
    exact = Fraction(value, 10**digits)
    text = formats.number(exact, digits)
    assert Fraction(text.replace(M, "-").replace(",", "")) == exact


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "—"),
        (0, "0 days"),
        (1, "1 day"),
        (59, "59 days"),
        (Fraction(119, 2), "59.5 days"),
        (60, "2.0 months"),
        (365, "12.0 months"),
        (730, "24.0 months"),
        (Fraction(1461, 2), "2.0 years"),
        (3653, "10.0 years"),
    ],
)
def test_lengths_are_days_under_sixty_then_months_then_years(value: int | Fraction | None, text: str) -> None:
    assert formats.duration(value) == text


def test_days_of_the_calendar() -> None:
    day = date(2026, 11, 4)
    assert formats.day(day) == "4 Nov 2026"
    assert formats.day(None) == "—"
    assert formats.short_day(day, date(2026, 1, 1)) == "4 Nov"
    assert formats.short_day(day, date(2027, 1, 1)) == "4 Nov 2026"
    assert formats.short_day(None, day) == "—"
    assert formats.weekday(day) == "Wednesday 4 November"
    assert formats.day(date(1999, 5, 31)) == "31 May 1999"


@pytest.mark.parametrize(("number", "text"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (1234, "1,234 days")])
def test_numbers_of_days(number: int, text: str) -> None:
    assert formats.days(number) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (None, 0, "—"),
        (Fraction(41, 100), 0, "41\N{NO-BREAK SPACE}%"),
        (Fraction(-1, 8), 1, f"{M}12.5\N{NO-BREAK SPACE}%"),
        (0.356, 0, "36\N{NO-BREAK SPACE}%"),
        (Fraction(1), 0, "100\N{NO-BREAK SPACE}%"),
        (Fraction(1, 1000), 0, "under 1\N{NO-BREAK SPACE}%"),
        (Fraction(1, 1000), 1, "0.1\N{NO-BREAK SPACE}%"),
        (Fraction(1, 10_000), 1, "under 0.1\N{NO-BREAK SPACE}%"),
        (Fraction(0), 0, "0\N{NO-BREAK SPACE}%"),
    ],
)
def test_shares(value: Fraction | float | None, digits: int, text: str) -> None:
    assert formats.share(value, digits) == text


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (0.0, "less than 1 time in 1,000"),
        (0.001, "less than 1 time in 1,000"),
        (0.0011, "1 time in 909"),
        (0.01, "1 time in 100"),
        (0.025, "1 time in 40"),
        (0.05, "1 time in 20"),
        (0.49, "1 time in 2"),
        (0.5, "more often than not"),
        (1.0, "more often than not"),
    ],
)
def test_odds(p: float, text: str) -> None:
    assert formats.odds(p) == text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], ""),
        (["Acme"], "Acme"),
        (["Acme", "Bexley"], "Acme and Bexley"),
        (["A", "B", "C"], "A, B and C"),
        (["A", "B", "C", "D"], "A, B, C and 1 more"),
        (list("ABCDEFG"), "A, B, C and 4 more"),
        (["50% {x}", "B"], "50% {x} and B"),
    ],
)
def test_words_are_listed(words: list[str], text: str) -> None:
    assert formats.listed(words) == text


@pytest.mark.parametrize(
    ("octets", "text"), [(0, "0 kB"), (900, "1 kB"), (40_600_000, "40.6 MB"), (999_999, "1,000 kB")]
)
def test_sizes(octets: int, text: str) -> None:
    assert formats.size(octets) == text


@pytest.mark.parametrize(("value", "text"), [(1, "day"), (2, "2"), (30, "30"), (Fraction(51, 2), "25.5")])
def test_what_comes_after_every(value: int | Fraction, text: str) -> None:
    assert formats.every(value) == text


def test_days_and_months_have_our_names_whatever_the_computers_locale() -> None:
    day = date(2026, 9, 3)
    assert formats.weekday(day) == "Thursday 3 September"
    assert (formats.weekday_short(day), formats.day_month(day), formats.month_year(day)) == ("Thu", "3 Sep", "Sep 2026")
    root = Path(formats.__file__).parents[2]
    told = [
        f"{path.relative_to(root)}:{number}"
        for folder in ("app/words", "app/services", "app/exchange", "app/cli", "ui")
        for path in sorted((root / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r":[^{}\"]*%[aAbBcxX][^{}\"]*\}", line)
    ]
    assert told == []
