"""Rows of each kind as typed values, with Problems, skipped rows and notices."""

from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.parsing import DateOrder, DecimalMark
from app.domain.vocabulary import (
    Began,
    Channel,
    CostKind,
    Direction,
    FeedbackKind,
    FeeKind,
    Influence,
    Purpose,
    Stage,
    Tier,
)
from app.errors import AskedWrongError
from app.exchange.lists.clients import read_clients
from app.exchange.lists.columns import Terms
from app.exchange.lists.contacts import read_contacts
from app.exchange.lists.costs import read_costs
from app.exchange.lists.feedback import read_feedback
from app.exchange.lists.fees import FeeRow, read_fees
from app.exchange.lists.fields import Kind
from app.exchange.lists.money_columns import hundredths
from app.exchange.lists.people import read_people
from app.exchange.lists.reading import Wishes, prepare
from app.exchange.lists.recognition import recognise
from app.exchange.lists.sheets import make_sheet
from app.exchange.lists.typed import TypedRows
from app.exchange.reading.files import ListFile
from app.exchange.reading.formats import FileFormat
from app.exchange.reading.grid import Grid, NumberText

READERS = {
    Kind.CLIENTS: read_clients,
    Kind.PEOPLE: read_people,
    Kind.FEES: read_fees,
    Kind.COSTS: read_costs,
    Kind.CONTACTS: read_contacts,
    Kind.FEEDBACK: read_feedback,
}


def read(
    kind: Kind,
    *rows: list[str],
    order: DateOrder = DateOrder.DMY,
    decimal: DecimalMark = DecimalMark.POINT,
    currency: str = "GBP",
    name: str = "",
) -> TypedRows[Any]:
    """Read rows, the first being the header; the counts add up whatever is in them."""
    sheet = make_sheet(Grid(name, list(rows)), header_row=1)
    typed = READERS[kind](sheet, recognise(kind, sheet), Terms(order, decimal, currency, date(2026, 11, 22)))
    assert typed.total == len(typed.rows) + len(typed.problems) + len(typed.skipped) == len(rows) - 1
    return typed


def fees(header: str, *lines: str, currency: str = "GBP") -> TypedRows[FeeRow]:
    """Read fee rows from lines whose cells are parted by `|`."""
    return read(Kind.FEES, *(line.split("|") for line in (header, *lines)), currency=currency)


def test_a_fee_with_all_its_fields() -> None:
    typed = fees(
        "client|code|date|amount|document|kind|linked_to|currency|rate|delivery_cost|service|engagement|disbursement",
        "Acme  Ltd|A1|03/04/2026|1,200.00|1042|credit note|1001|eur|0.85|300|PR|Spring|yes",
    )
    assert typed.rows == [
        FeeRow(
            row=2, client="Acme Ltd", code="A1", date=date(2026, 4, 3), amount=-120000, document="1042",
            kind=FeeKind.CREDIT, linked_to="1001", currency="EUR", rate=Decimal("0.85"), delivery_cost=30000,
            service="PR", engagement="Spring", disbursement=True,
        )
    ]  # fmt: skip


def test_problems_name_row_column_and_mending() -> None:
    typed = fees(
        "Customer|Inv. date|Net",
        "Acme|31/02/2026|5",
        "Acme|03/04/2026|tbc",
        "|03/04/2026|5",
        "Acme||5",
        "Acme|03/04/2026|",
        "Acme|x|y",
        "Acme|45678|5",
        "Acme|03/04/2026|#N/A",
        "Good|03/04/2026|5",
    )
    assert [(problem.row, problem.field, problem.problem) for problem in typed.problems] == [
        (2, "Inv. date", "“31/02/2026” is no date."),
        (3, "Net", "“tbc” is no amount."),
        (4, "Customer", "The client is missing."),
        (5, "Inv. date", "The date is missing."),
        (6, "Net", "The amount is missing."),
        (7, "Inv. date", "“x” is no date."),
        (8, "Inv. date", "“45678” is no date."),
        (9, "Net", "The cell holds the error #N/A."),
    ]
    assert all(problem.mend for problem in typed.problems)
    assert "format the column as a date" in typed.problems[6].mend
    assert [row.row for row in typed.rows] == [10]


def test_credits_are_negative_whatever_is_written_and_that_is_told() -> None:
    typed = fees(
        "client|date|amount|kind",
        "A|2026-01-01|10|invoice",
        "A|2026-01-01|10|credit_note",
        "A|2026-01-01|10|Gutschrift",
        "A|2026-01-01|-10|credit",
        "A|2026-01-01|-10|invoice",
        "A|2026-01-01|-10|",
        "A|2026-01-01|0|credit",
        "A|2026-01-01|10|",
    )
    assert [(row.amount, row.kind.value) for row in typed.rows] == [
        (1000, "invoice"), (-1000, "credit"), (-1000, "credit"), (-1000, "credit"), (-1000, "credit"),
        (-1000, "credit"), (0, "credit"), (1000, "invoice"),
    ]  # fmt: skip
    assert typed.notices == [
        "2 credit notes with a positive amount are stored negative.",
        "1 negative amount is stored as a credit, whatever its kind says.",
    ]


def test_drafts_quotes_void_and_cancelled_are_left_out_even_with_problems() -> None:
    typed = fees(
        "client|date|amount|kind|status",
        "A|2026-01-01|10|invoice|Draft",
        "A|x|y|invoice|VOID",
        "A|2026-01-01|10|quote|sent",
        "A|2026-01-01|10|invoice|storniert",
        "A|2026-01-01|10|invoice|Paid",
        "A|2026-01-01|10|payment|paid",
    )
    assert typed.skipped == [2, 3, 4, 5]
    assert [row.row for row in typed.rows] == [6]
    assert [problem.problem for problem in typed.problems] == ["“payment” is no kind of fee."]
    assert typed.problems[0].mend == "Known are: invoice, credit."
    assert typed.notices == ["Left out by their status: 1 draft, 1 void, 1 storniert, 1 quote."]


def test_a_status_that_nobody_knows_is_told_and_counts() -> None:
    lines = ["client|date|amount|status", "Acme|2026-01-05|5|wibble", "Acme|2026-01-06|5|Paid", "Acme|2026-01-07|5|"]
    typed = fees(*lines)
    assert len(typed.rows) == 3
    assert typed.notices == ["Taken as invoices, their status not being known: 1 “wibble”."]


def test_more_decimals_than_money_has_are_rounded_away_from_zero_and_told() -> None:
    typed = fees("client|date|amount", "A|2026-01-01|1.005", "A|2026-01-01|-1.005", "A|2026-01-01|2.50")
    assert [row.amount for row in typed.rows] == [101, -101, 250]
    assert typed.notices == ["2 amounts in “amount” had more decimals than money has and had to be rounded."]


def test_a_time_in_a_date_column_is_dropped_and_told() -> None:
    typed = fees("client|datetime|amount", "A|2010-12-01 08:34|2")
    assert typed.rows[0].date == date(2010, 12, 1)
    assert typed.notices == ["The time of day in “datetime” was left out."]


@pytest.mark.parametrize(
    ("currency", "text", "minor"), [("JPY", "1500", 1500), ("JPY", "1500.5", 1501), ("GBP", "1500.5", 150050)]
)
def test_minor_units_follow_the_currency(currency: str, text: str, minor: int) -> None:
    assert fees("client|date|amount|currency", f"A|2026-01-01|{text}|{currency}").rows[0].amount == minor


def test_currencies_come_from_cell_sign_header_and_firm() -> None:
    header = "client|date|amount|currency"
    rows = fees(header, "A|2026-01-01|€5|", "A|2026-01-01|5|usd", "A|2026-01-01|$5|CAD", "A|2026-01-01|£5|").rows
    assert [row.currency for row in rows] == ["EUR", "USD", "CAD", "GBP"]
    assert fees("client|date|Betrag (EUR)", "A|2026-01-01|5").rows[0].currency == "EUR"
    assert fees("client|date|Amount ($)", "A|2026-01-01|5", currency="AUD").rows[0].currency == "AUD"
    refused = fees(header, "A|2026-01-01|€5|USD", "A|2026-01-01|5|pounds").problems
    assert [problem.problem for problem in refused] == [
        "The amount is written in EUR, the row's currency is USD.",
        "“pounds” is no currency.",
    ]


def test_foreign_fees_without_a_rate_are_told() -> None:
    typed = fees(
        "client|date|amount|currency|rate", "A|2026-01-01|5|EUR|", "A|2026-01-01|5|EUR|0", "A|2026-01-01|5|GBP|2"
    )
    assert [row.rate for row in typed.rows] == [None, None]
    assert typed.problems[0].problem == "A rate is more than 0."
    assert typed.notices == ["1 fee in another currency has no rate; it counts once it has one."]


def test_amounts_beyond_reason_and_costs_below_nothing_are_problems() -> None:
    typed = fees(
        "client|date|amount|delivery_cost", "A|2026-01-01|999999999999999|", "A|2026-01-01|5|-1", "A|2026-01-01|5|2.5"
    )
    assert [problem.row for problem in typed.problems] == [2, 3]
    assert typed.rows[0].delivery_cost == 250


def test_clients_named_by_a_number_or_a_code_alone() -> None:
    assert fees("customer_id|date|amount", "0017|2026-01-01|5").rows[0][1:3] == ("0017", "0017")
    assert fees("client|date|amount", "17|2026-01-01|5").rows[0][1:3] == ("17", "17")
    assert fees("client|date|amount", "17|2026-01-01|5", "Acme|2026-01-01|5").rows[0][1:3] == ("17", "")
    assert fees("client|code|date|amount", "|17|2026-01-01|5").rows[0][1:3] == ("17", "17")


def test_numbers_of_a_workbook_keep_their_value_under_a_decimal_comma() -> None:
    rows = [
        ["client", "code", "date", "amount"],
        ["A", NumberText("17"), "2026-04-03", NumberText("1.234")],
        ["A", "0017", "03.04.2026", "1.234,50"],
    ]
    typed = read(Kind.FEES, *rows, decimal=DecimalMark.COMMA, name="Sheet")
    assert [(row.code, row.amount) for row in typed.rows] == [("17", 123), ("0017", 123450)]


def test_blank_rows_are_no_rows_and_numbers_count_them() -> None:
    sheet = make_sheet(Grid("", [["client", "date", "amount"], [], ["A", "2026-01-01", "5"], ["", " ", ""]]))
    assert (sheet.row_count, sheet.numbers) == (1, [3])


def test_a_client_with_all_its_fields() -> None:
    names = "client|code|first_contact|last_contact|won|ended|stage|tier|owner|sector|source|currency|cadence_days"
    names += "|tags|notes"
    values = "Acme|A1|1.2.2020|2020-05-01|1.3.2020||aktiv|A|JS|Food|fair|eur|30|big; loud|x"
    row = read(Kind.CLIENTS, names.split("|"), values.split("|")).rows[0]
    assert row[1:] == (
        "Acme", "A1", date(2020, 2, 1), date(2020, 5, 1), date(2020, 3, 1), None, Stage.ESTABLISHED, Tier.PLATINUM,
        "JS", "Food", "fair", "EUR", 30, ("big", "loud"), "x",
    )  # fmt: skip


def test_clients_with_wrong_fields_are_problems() -> None:
    typed = read(
        Kind.CLIENTS,
        ["client", "won", "ended", "stage", "cadence_days"],
        ["A", "2020-01-02", "2020-01-01", "", ""],
        ["B", "", "", "purple", ""],
        ["C", "", "", "", "0"],
        ["D", "", "", "", "7.5"],
        ["E", "", "", "", "30.0"],
        ["x" * 201, "", "", "", ""],
    )
    assert [problem.row for problem in typed.problems] == [2, 3, 4, 5, 7]
    assert typed.rows[0].cadence_days == 30


def test_people_by_full_or_parted_name() -> None:
    header = ["client", "name", "role", "influence", "email", "channel"]
    typed = read(
        Kind.PEOPLE,
        header,
        ["Acme", "Jane Doe", "CEO", "Entscheider", "jane@acme.org", "phone"],
        ["Acme", "Joe", "", "", "joe at acme", ""],
        ["Acme", "", "", "", "", ""],
    )
    assert typed.rows[0][3:] == ("Jane Doe", "CEO", "", Influence.DECIDES, "jane@acme.org", "", Channel.CALL)
    assert [problem.problem for problem in typed.problems] == [
        "“joe at acme” is no mail address.",
        "The person's name is missing.",
    ]
    parted = read(Kind.PEOPLE, ["Company", "First Name", "Last Name"], ["Acme", "Jane", "Doe"], ["Acme", "", "Roe"])
    assert [row.name for row in parted.rows] == ["Jane Doe", "Roe"]


def test_costs_need_a_kind_and_not_a_client() -> None:
    typed = read(
        Kind.COSTS,
        ["client", "date", "amount", "kind", "note"],
        ["", "2026-01-01", "10", "Marketing", "ads"],
        ["Acme", "2026-01-01", "10.50", "service", ""],
        ["Acme", "2026-01-01", "10", "", ""],
        ["Acme", "2026-01-01", "0", "service", ""],
        ["Acme", "2026-01-01", "€10", "service", ""],
    )
    assert [(row.client, row.amount, row.kind) for row in typed.rows] == [
        ("", 1000, CostKind.ACQUISITION),
        ("Acme", 1050, CostKind.SERVICE),
    ]
    assert [problem.row for problem in typed.problems] == [4, 5, 6]


def test_contacts_keep_their_time_and_their_words() -> None:
    lines = [
        "client|date|direction|began|channel|purpose|minutes|people|owner|summary|note|counts",
        "Acme|03/04/2026 14:30|<|them|phone|sell|20 min|Jane Doe; Joe|JS|spoke|secret|no",
        "Acme|03/04/2026|<>|||||||||",
        "Acme|03/04/2026|||lunch|||||||",
        "Acme|03/04/2026|||mail|||||||",
        "Acme|03/04/2026|sideways||mail|||||||",
    ]
    typed = read(Kind.CONTACTS, *(line.split("|") for line in lines))
    first = typed.rows[0]
    assert first[3:] == (
        date(2026, 4, 3), time(14, 30), Direction.IN, Began.THEM, Channel.CALL, Purpose.SELL, 20, ("Jane Doe", "Joe"),
        ("JS",), "spoke", "secret", False,
    )  # fmt: skip
    assert (typed.rows[1].direction, typed.rows[1].counts) == (Direction.BOTH, None)
    assert typed.rows[2].direction is Direction.BOTH
    assert [problem.problem for problem in typed.problems] == ["Who spoke is missing.", "“sideways” is no direction."]


def test_contacts_without_a_direction_column_are_conversations_and_that_is_told() -> None:
    typed = read(Kind.CONTACTS, ["client", "date", "time"], ["Acme", "03/04/2026", "9.05"], ["Acme", "03/04/2026", "x"])
    assert (typed.rows[0].direction, typed.rows[0].time) == (Direction.BOTH, time(9, 5))
    assert len(typed.problems) == 1
    assert typed.notices == ["No column says who spoke; every contact is taken as a conversation (both)."]


def test_feedback_needs_words_or_a_whole_score() -> None:
    typed = read(
        Kind.FEEDBACK,
        ["client", "date", "verbatim", "work_score", "nps", "kind"],
        ["Acme", "2026-01-01", "Lovely", "9", "10.0", "Lob"],
        ["Acme", "2026-01-01", "", "", "", ""],
        ["Acme", "2026-01-01", "", "8.5", "", ""],
        ["Acme", "2026-01-01", "", "11", "", ""],
        ["Acme", "2026-01-01", "", "0", "", ""],
    )
    assert [(row.work_score, row.nps, row.kind) for row in typed.rows] == [
        (9, 10, FeedbackKind.PRAISE),
        (0, None, None),
    ]
    assert [problem.row for problem in typed.problems] == [3, 4, 5]


def test_plans_are_refused_for_now(tmp_path: Path) -> None:
    file = ListFile(tmp_path / "plans.csv", FileFormat.TEXT, ())
    with pytest.raises(AskedWrongError, match="plans cannot be read yet"):
        prepare(file, Wishes(Kind.PLANS), "GBP", date(2026, 11, 22))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**10), max_value=10**10, places=2))
def test_the_fast_way_reads_plain_amounts_like_the_grammar(value: Decimal) -> None:
    for text in {f"{value:f}", f"{value.normalize():f}", f"{value.to_integral_value():f}"}:
        fast = hundredths(text, ".")
        assert fast is None or Decimal(fast) / 100 == Decimal(text)
        assert fees("client|date|amount", f"A|2026-01-01|{text}").rows[0].amount == Decimal(text) * 100


@given(st.lists(st.lists(st.text(max_size=12), min_size=4, max_size=4), min_size=1, max_size=8))
def test_no_cells_break_the_readers_and_counts_always_add_up(rows: list[list[str]]) -> None:
    filled = [row for row in rows if any(map(str.strip, row))]
    for kind, header in (
        (Kind.FEES, ["client", "date", "amount", "kind"]),
        (Kind.CONTACTS, ["client", "date", "direction", "minutes"]),
        (Kind.FEEDBACK, ["client", "date", "verbatim", "nps"]),
        (Kind.CLIENTS, ["client", "won", "stage", "tags"]),
        (Kind.COSTS, ["client", "date", "amount", "kind"]),
        (Kind.PEOPLE, ["client", "name", "email", "channel"]),
    ):
        read(kind, header, *filled)
