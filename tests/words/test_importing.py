"""What the window says of a list."""

from datetime import date
from decimal import Decimal

import pytest

from app.domain.parsing import DateOrder
from app.exchange.lists.fields import Kind, field_names
from app.words import importing


@pytest.mark.parametrize(
    ("kind", "number", "words"),
    [("fees", 1, "1 fee"), ("fees", 412, "412 fees"), ("people", 1, "1 person"), ("people", 3, "3 people")],
)
def test_rows_are_counted_by_their_kind(kind: str, number: int, words: str) -> None:
    assert importing.counted(kind, number) == words


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_and_field_has_a_name(kind: Kind) -> None:
    assert importing.kind(kind)[0].isupper()
    for name in field_names(kind):
        assert importing.field(name)[0].isupper()
        assert "_" not in importing.field(name)


def test_the_button_says_what_it_does_and_what_it_leaves() -> None:
    assert importing.verb(1_398, 0) == "Bring in 1,398"
    assert importing.verb(398, 3) == "Bring in 398, leave 3 for later"


def test_where_the_list_stands() -> None:
    assert importing.where("Invoices", 3) == "nothing is changed until you say so · sheet Invoices · header in row 3"
    assert importing.where("", 0) == "nothing is changed until you say so · no header row"


def test_how_many_dates_speak_for_an_order() -> None:
    fits = {DateOrder.DMY: 409, DateOrder.MDY: 188, DateOrder.YMD: 0}
    assert importing.order_fits(fits, 409, DateOrder.DMY) == "day first fits 409 of 409, month first 188"


def test_a_sum_says_when_cells_were_left_aside() -> None:
    assert importing.come_to(409, {"GBP": 41_822_075}) == "409 rows that can be read come to £418,220.75"
    assert importing.come_to(1, {"EUR": -500, "JPY": 7}) == "1 row that can be read comes to −€5.00 and ¥7"


def test_what_differs_is_written_for_people() -> None:
    changes = {"amount": (98_000, 108_000), "date": (date(2026, 3, 2), None), "note": ("", "late")}
    assert importing.changes(changes, "GBP") == [
        ("Amount", "£980.00", "£1,080.00"),
        ("Date", "2 Mar 2026", "—"),
        ("Internal note", "—", "late"),
    ]


def test_a_day_is_written_beyond_doubt() -> None:
    assert importing.long_day(date(2026, 4, 3)) == "3 April 2026"


def test_amounts_have_pence_and_more_only_where_the_list_has_more() -> None:
    assert importing.plain_amount(Decimal("440.0")) == "440.00"
    assert importing.plain_amount(Decimal("1.125")) == "1.125"


def test_what_cannot_be_brought_in_is_said_by_its_reason() -> None:
    assert importing.nothing_to_bring(3, 0) == "The book holds all of it already."
    assert "others already" in importing.nothing_to_bring(3, 2)
    assert importing.nothing_to_bring(0, 2).startswith("Every row needs a word")
    assert importing.nothing_to_bring(0, 0) == "There is nothing to bring in."


def test_a_row_that_differs_is_taken_left_or_both() -> None:
    assert importing.becomes(taken=True, left=()) == "taken"
    assert importing.becomes(taken=True, left={"notes"}) == "taken in part"
    assert importing.becomes(taken=False, left={"notes"}) == "left as it is"
    assert importing.leave_them("clients").startswith("Fill what is empty")
    assert importing.leave_them("fees") == "Leave them as they are in the book"
