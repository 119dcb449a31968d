"""Amounts, dates and times as people write them (RELIABILITY 71-75)."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.checking import Problem
from app.domain.parsing import (
    Amount,
    DateOrder,
    DecimalMark,
    Lean,
    ParsedDate,
    guess_date_order,
    guess_decimal,
    parse_amount,
    parse_date,
    parse_date_typed,
    parse_minutes,
    parse_time,
)

TODAY = date(2026, 11, 22)
POINT, COMMA = DecimalMark.POINT, DecimalMark.COMMA
YMD, DMY, MDY = DateOrder.YMD, DateOrder.DMY, DateOrder.MDY


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("0", POINT, "0"),
        ("1234.5", POINT, "1234.5"),
        ("1,234.50", POINT, "1234.50"),
        ("1.234,50", COMMA, "1234.50"),
        ("1 234,50", COMMA, "1234.50"),
        ("1\u00a0234,50", COMMA, "1234.50"),
        ("1\u202f234\u202f567,5", COMMA, "1234567.5"),
        ("1\u2009234.5", POINT, "1234.5"),
        ("CHF 1'234.50", POINT, "1234.50"),
        ("1’234.50 CHF", POINT, "1234.50"),
        ("(5.00)", POINT, "-5.00"),
        ("5-", POINT, "-5"),
        ("−5", POINT, "-5"),
        ("- 5", POINT, "-5"),
        ("+5", POINT, "5"),
        ("£-5", POINT, "-5"),
        ("-£5", POINT, "-5"),
        ("(£5)", POINT, "-5"),
        ("£(5)", POINT, "-5"),
        ("1.250,-", COMMA, "1250"),
        ("1250,--", COMMA, "1250"),
        (".5", POINT, "0.5"),
        ("1234.5678", POINT, "1234.5678"),
        ("99999999999999999999.99", POINT, "99999999999999999999.99"),
    ],
)
def test_amounts_accepted_by_rule(text: str, mark: DecimalMark, value: str) -> None:
    amount = parse_amount(text, mark)
    assert isinstance(amount, Amount)
    assert amount.value == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "nan",
        "inf",
        "-inf",
        "1e5",
        "1E5",
        "1_000",
        "５",
        "٣",
        "1٣",
        "tbc",
        "5.",
        "1,23,456",
        "12,34",
        "1,234,56",
        "12 3456",
        "1,234 567",
        "--5",
        "-5-",
        "(-5)",
        "((5))",
        "5%",
        "0x10",
        "1.2.3",
        "1,2345",
        "0,234",
        ",",
        ".",
        "-",
        "()",
        "£",
        "EUR",
        "abc 5",
        "5 abc",
        "EUR EUR 5",
        "½",
        "²",
        "1\x005",
        "=1+1",
        "1234.50.",
    ],
)
def test_amounts_refused(text: str) -> None:
    refused = parse_amount(text, POINT)
    assert isinstance(refused, Problem)
    assert refused.problem.endswith(".")
    assert refused.mend


def test_empty_and_endless_amounts_are_refused() -> None:
    for text in ("", "  ", "1" * 61, "\n"):
        assert isinstance(parse_amount(text, POINT), Problem)


def test_an_amount_of_the_other_mark_is_told_so() -> None:
    refused = parse_amount("1.234,50", POINT)
    assert isinstance(refused, Problem)
    assert refused.problem == "“1.234,50” is written with a decimal comma, the column with a decimal point."


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("€ 5", "EUR"),
        ("5 €", "EUR"),
        ("US$5", "USD"),
        ("5 USD", "USD"),
        ("kr. 5", "SEK"),
        ("5 zł", "PLN"),
        ("£5", "GBP"),
    ],
)
def test_the_currency_beside_an_amount_is_given(text: str, first: str) -> None:
    amount = parse_amount(text, POINT)
    assert isinstance(amount, Amount)
    assert amount.currencies[0] == first


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=2))
def test_amounts_come_back_as_written(value: Decimal) -> None:
    english = parse_amount(f"{value:,f}", POINT)
    german = parse_amount(f"{value:,f}".replace(",", "'").replace(".", ",").replace("'", "."), COMMA)
    assert isinstance(english, Amount)
    assert isinstance(german, Amount)
    assert english.value == german.value == value


@given(st.text(max_size=70), st.sampled_from(DecimalMark))
def test_no_text_breaks_the_amount_parser(text: str, mark: DecimalMark) -> None:
    amount = parse_amount(text, mark)
    if isinstance(amount, Amount):
        assert amount.value.is_finite()
        assert any(letter in "0123456789" for letter in text)


@pytest.mark.parametrize(
    ("values", "mark", "ambiguous"),
    [
        (["1.234"], POINT, True),
        (["1,234"], POINT, True),
        (["1.234", "5.50"], POINT, False),
        (["1.234", "5,50"], COMMA, False),
        (["1.234,50", "1.234"], COMMA, False),
        (["1,234.50", "1,234"], POINT, False),
        (["0.234"], POINT, False),
        (["1234.567"], POINT, False),
        (["1.234.567"], COMMA, False),
        (["5", "600"], POINT, False),
        (["5,5", "5.5"], POINT, True),
        (["5,5"] + ["5.5"] * 20, POINT, False),
        (["5.5"] + ["5,5"] * 20, COMMA, False),
        (["12.5", "1.234"], POINT, False),
        (["", "tbc"], POINT, False),
    ],
)
def test_the_decimal_mark_of_a_column(values: list[str], mark: DecimalMark, ambiguous: bool) -> None:
    guess = guess_decimal(values)
    assert (guess.mark, guess.ambiguous) == (mark, ambiguous)


def test_an_ambiguous_column_gives_its_sum_both_ways() -> None:
    guess = guess_decimal(["1.234", "2.000"])
    assert guess.example == "1.234"
    assert guess.sums == {POINT: Decimal("3.234"), COMMA: Decimal(3234)}


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2026-04-03", DMY, date(2026, 4, 3)),
        ("2026/4/3", MDY, date(2026, 4, 3)),
        ("2026. 04. 03.", DMY, date(2026, 4, 3)),
        ("03/04/2026", DMY, date(2026, 4, 3)),
        ("03/04/2026", MDY, date(2026, 3, 4)),
        ("3.4.2026", DMY, date(2026, 4, 3)),
        ("03 04 2026", DMY, date(2026, 4, 3)),
        ("26-04-03", YMD, date(2026, 4, 3)),
        ("03-04-26", DMY, date(2026, 4, 3)),
        ("20260403", DMY, date(2026, 4, 3)),
        ("03042026", DMY, date(2026, 4, 3)),
        ("3 Apr 2026", MDY, date(2026, 4, 3)),
        ("April 3rd, 2026", DMY, date(2026, 4, 3)),
        ("Fri, 3 Apr 2026", DMY, date(2026, 4, 3)),
        ("3. März 2026", DMY, date(2026, 3, 3)),
        ("03-Mär-26", DMY, date(2026, 3, 3)),
        ("le 3 août 2026", DMY, date(2026, 8, 3)),
        ("3 févr. 2026", DMY, date(2026, 2, 3)),
        ("3 de enero de 2026", DMY, date(2026, 1, 3)),
        ("3 dic 2026", DMY, date(2026, 12, 3)),
        ("29/02/2024", DMY, date(2024, 2, 29)),
    ],
)
def test_dates_accepted(text: str, order: DateOrder, day: date) -> None:
    assert parse_date(text, order, TODAY) == ParsedDate(day, None)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "0000-00-00",
        "45678",
        "31/02/2026",
        "13/13/2026",
        "29/02/2026",
        "Apr 2026",
        "3/4-2026",
        "2026-13-01",
        "1026-01-01",
        "1900-02-28",
        "2200-01-01",
        "12/2026",
        "x",
        "3 Foo 2026",
        "３/4/2026",
        "2026-04-03 25:00",
        "2026-W14-5",
        "3/4",
        "1.2.3.4",
        "32 Apr 2026",
        "2026-4",
    ],
)
def test_dates_refused(text: str) -> None:
    refused = parse_date(text, DMY, TODAY)
    assert isinstance(refused, Problem)
    assert refused.problem.startswith(f"“{text}”")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-04-03T10:15:00Z", time(10, 15)),
        ("2026-04-03T10:15:00.123+02:00", time(10, 15)),
        ("2026-04-03 10:15", time(10, 15)),
        ("03/04/2026 2:30 PM", time(14, 30)),
        ("3 Apr 2026, 09:05", time(9, 5)),
        ("2026-04-03 00:00:00", time(0)),
    ],
)
def test_a_time_behind_a_date_is_given_apart(text: str, moment: time) -> None:
    assert parse_date(text, DMY, TODAY) == ParsedDate(date(2026, 4, 3), moment)


@pytest.mark.parametrize(
    ("year", "full"), [("26", 2026), ("45", 2045), ("46", 1946), ("99", 1999), ("00", 2000), ("47", 1947)]
)
def test_two_digit_years_lie_from_80_before_to_19_after(year: str, full: int) -> None:
    assert parse_date(f"03/04/{year}", DMY, TODAY) == ParsedDate(date(full, 4, 3), None)


@given(st.dates(min_value=date(1901, 1, 1), max_value=date(2199, 12, 31)), st.sampled_from("-/."))
def test_dates_come_back_in_every_order(day: date, mark: str) -> None:
    written = {YMD: f"%Y{mark}%m{mark}%d", DMY: f"%d{mark}%m{mark}%Y", MDY: f"%m{mark}%d{mark}%Y"}
    for order, form in written.items():
        assert parse_date(day.strftime(form), order, TODAY) == ParsedDate(day, None)


@given(st.text(max_size=70), st.sampled_from(DateOrder))
def test_no_text_breaks_the_date_parsers(text: str, order: DateOrder) -> None:
    assert isinstance(parse_date(text, order, TODAY), ParsedDate | Problem)
    assert isinstance(parse_date_typed(text, TODAY, order), date | Problem)
    assert isinstance(parse_time(text), time | Problem)
    assert isinstance(parse_minutes(text), int | Problem)


@pytest.mark.parametrize(
    ("values", "order", "ambiguous"),
    [
        (["01/02/2026"], DMY, True),
        (["01/02/2026", "13/02/2026"], DMY, False),
        (["01/02/2026", "02/13/2026"], MDY, False),
        (["13/01/2026", "01/13/2026"], DMY, True),
        (["13/02/2026"] * 20 + ["02/13/2026"], DMY, False),
        (["2026-01-02"], YMD, False),
        (["01.02.2026"], DMY, False),
        (["01/01/2026"], DMY, False),
        (["3 Apr 2026"], YMD, False),
        (["26-01-02"], DMY, True),
        (["2026-01-02", "01/02/2026"], DMY, True),
        ([], YMD, False),
    ],
)
def test_the_order_of_a_column(values: list[str], order: DateOrder, ambiguous: bool) -> None:
    guess = guess_date_order(values, TODAY)
    assert (guess.order, guess.ambiguous) == (order, ambiguous)


def test_how_many_dates_fit_each_order_is_counted() -> None:
    guess = guess_date_order(["03/04/2026", "17/04/2026", "17/04/2026", "31/02/2026", ""], TODAY)
    assert guess.fits == {DMY: 3, MDY: 1, YMD: 0}
    assert guess.total == 4


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", date(2026, 11, 22)),
        ("Tomorrow", date(2026, 11, 23)),
        ("yesterday", date(2026, 11, 21)),
        ("morgen", date(2026, 11, 23)),
        ("fri", date(2026, 11, 27)),
        ("sun", date(2026, 11, 29)),
        ("next mon", date(2026, 11, 23)),
        ("last fri", date(2026, 11, 20)),
        ("+2w", date(2026, 12, 6)),
        ("-3d", date(2026, 11, 19)),
        ("+3 days", date(2026, 11, 25)),
        ("+3m", date(2027, 2, 22)),
        ("3.4.", date(2026, 4, 3)),
        ("3/4", date(2026, 4, 3)),
        ("12 Mar", date(2026, 3, 12)),
        ("mar 12", date(2026, 3, 12)),
        ("12 Mar 27", date(2027, 3, 12)),
        ("2026-03-12", date(2026, 3, 12)),
    ],
)
def test_typed_dates(typed: str, day: date) -> None:
    assert parse_date_typed(typed, TODAY) == day


def test_typed_dates_follow_the_locale_and_the_lean() -> None:
    assert parse_date_typed("3/4", TODAY, MDY) == date(2026, 3, 4)
    assert parse_date_typed("12 mar", TODAY, lean=Lean.FUTURE) == date(2027, 3, 12)
    assert parse_date_typed("12 dec", TODAY, lean=Lean.PAST) == date(2025, 12, 12)
    assert parse_date_typed("29 feb", TODAY, lean=Lean.FUTURE) == date(2028, 2, 29)
    assert parse_date_typed("+1m", date(2026, 1, 31)) == date(2026, 2, 28)


@pytest.mark.parametrize("typed", ["", "soon", "29 feb", "1.13.", "+9999y", "-9999w", "friyay"])
def test_typed_dates_refused(typed: str) -> None:
    assert isinstance(parse_date_typed(typed, TODAY), Problem)


def test_times_and_minutes() -> None:
    assert parse_time("14:30") == time(14, 30)
    assert parse_time("9.05") == time(9, 5)
    assert parse_time("2:30 pm") == time(14, 30)
    assert parse_time("12 am") == time(0)
    assert parse_time("10h15") == time(10, 15)
    assert parse_time("14 Uhr") == time(14)
    assert all(isinstance(parse_time(text), Problem) for text in ("25:00", "13 pm", "14", "10:61", "noon", ""))
    assert [parse_minutes(text) for text in ("20", "20 min", "1h30", "1.5 h", "0:45", "1:00:00", "2h")] == [
        20, 20, 90, 90, 45, 60, 120,
    ]  # fmt: skip
    assert all(isinstance(parse_minutes(text), Problem) for text in ("", "-5", "long", "99999999", "5 x"))
