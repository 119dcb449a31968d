"""Lists on their way out: workbooks and csv with typed cells, nothing run, nothing lost."""

import csv
import io
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from app.domain.vocabulary import Direction, Stage
from app.errors import AskedWrongError, CancelledError
from app.exchange.named_lists import NAMES, named_list
from app.exchange.reading.progress import Watch
from app.exchange.tables import DECIMAL_COMMA, Kind, TableColumn, export_table
from tests.exchange.desk import Desk

COLUMNS = (
    TableColumn("Client"),
    TableColumn("Since", Kind.DATE),
    TableColumn("n", Kind.WHOLE),
    TableColumn("Fees", Kind.MONEY, "GBP"),
    TableColumn("Invoiced", Kind.MONEY, currency_from=5),
    TableColumn("Currency"),
    TableColumn("Share", Kind.SHARE),
    TableColumn("T", Kind.NUMBER, digits=1),
)
ROWS = (
    ("=cmd|'/c calc'!A1", date(2024, 2, 29), 3, -123_456, 5_000, "JPY", Fraction(1, 3), Fraction(121, 4)),
    ('R&D "Süd", Ltd', None, None, None, None, "", None, None),
    ("+44 20", date(1890, 1, 1), 0, 0, 1_050, "EUR", 0.5, 2),
)


def read_csv(path: Path, separator: str = ",") -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def test_csv_marks_formulas_and_leaves_numbers_alone(tmp_path: Path) -> None:
    target = tmp_path / "t.csv"
    report = export_table(COLUMNS, ROWS, target)
    raw = target.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert read_csv(target) == [
        ["Client", "Since", "n", "Fees", "Invoiced", "Currency", "Share", "T"],
        ["'=cmd|'/c calc'!A1", "2024-02-29", "3", "-1234.56", "5000", "JPY", "0.333333", "30.3"],
        ['R&D "Süd", Ltd', "", "", "", "", "", "", ""],
        ["'+44 20", "1890-01-01", "0", "0.00", "10.50", "EUR", "0.500000", "2"],
    ]
    assert b'"-1234.56"' not in raw
    assert report.rows == 3


def test_csv_for_countries_with_a_decimal_comma(tmp_path: Path) -> None:
    target = tmp_path / "t.csv"
    export_table(COLUMNS, ROWS, target, form=DECIMAL_COMMA)
    assert read_csv(target, ";")[1][3:8] == ["-1234,56", "5000", "JPY", "0,333333", "30,3"]


def test_workbook_has_typed_cells_a_filter_and_a_frozen_head(tmp_path: Path) -> None:
    target = tmp_path / "t.xlsx"
    export_table(COLUMNS, ROWS, target, title="Clients")
    sheet = openpyxl.load_workbook(target).active
    assert sheet.title == "Clients"
    first = [cell.value for cell in sheet[2]]
    assert first[0] == "=cmd|'/c calc'!A1"
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].quotePrefix
    assert first[1].date() == date(2024, 2, 29)
    assert first[2:5] == [3, -1234.56, 5000]
    assert sheet["D2"].number_format == '"£"#,##0.00;"−£"#,##0.00'
    assert sheet["E2"].number_format == '"¥"#,##0;"−¥"#,##0'
    assert [cell.value for cell in sheet[3]][1:] == [None] * 7
    assert sheet["B4"].value == "1890-01-01"
    (table,) = sheet.tables.values()
    assert table.ref == "A1:H4"
    assert table.autoFilter is not None
    assert sheet.freeze_panes == "B2"
    assert sheet.print_title_rows == "$1:$1"


def test_titles_that_are_alike_or_empty_make_a_table_still(tmp_path: Path) -> None:
    target = tmp_path / "t.xlsx"
    columns = (TableColumn("Name"), TableColumn("name"), TableColumn(""))
    export_table(columns, [], target, title="A/B: [very] long title of a list of clients?")
    sheet = openpyxl.load_workbook(target).active
    assert [cell.value for cell in sheet[1]] == ["Name", "name 2", "Column 3"]
    assert sheet.title == "A B very long title of a list o"


@pytest.mark.parametrize("number", [2**63, 10**17, float("nan"), float("inf")])
def test_numbers_a_cell_cannot_hold_become_text(tmp_path: Path, number: float) -> None:
    target = tmp_path / "t.xlsx"
    export_table((TableColumn("n", Kind.WHOLE),), [(number,)], target)
    assert openpyxl.load_workbook(target).active["A2"].value == str(number)


def test_decimals_stay_exact(tmp_path: Path) -> None:
    target = tmp_path / "t.csv"
    export_table((TableColumn("rate", Kind.NUMBER, digits=6),), [(Decimal("0.8612"),)], target)
    assert read_csv(target)[1] == ["0.8612"]


def test_cancelling_leaves_no_file(tmp_path: Path) -> None:
    rows = [("a",)] * 10_000
    for name in ("t.csv", "t.xlsx"):
        asked: list[int] = []
        watch = Watch(
            report=lambda done, _, asked=asked: asked.append(done), cancelled=lambda asked=asked: len(asked) > 2
        )
        with pytest.raises(CancelledError):
            export_table((TableColumn("a"),), rows, tmp_path / name, watch=watch)
    assert list(tmp_path.iterdir()) == []


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path) -> None:
    rows = [("a",)] * 1_048_576
    with pytest.raises(AskedWrongError, match="1,048,575"):
        export_table((TableColumn("a"),), rows, tmp_path / "t.xlsx")


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AskedWrongError, match=r"\.xlsx or \.csv"):
        export_table((TableColumn("a"),), [], tmp_path / "t.ods")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_every_named_list(desk: Desk, tmp_path: Path, name: str, suffix: str) -> None:
    client = desk.whole_client()
    desk.contact(client, date(2026, 5, 5), Direction.OUT, summary="=1+1")
    found = named_list(desk.book, name, desk.as_of)
    target = tmp_path / f"{name}{suffix}"
    report = export_table(found.columns, found.rows, target, title=found.title)
    counts = {"fees": 11, "contacts": 6, "costs": 4}
    assert report.rows == len(found.rows) == counts.get(name, 1)
    assert found.columns[0].title == "Client"
    assert found.rows[0][0] == "Northgate Museums"


def test_the_portfolio_has_the_figures_of_the_metrics_and_says_why_one_is_missing(desk: Desk) -> None:
    whole = desk.whole_client()
    once = desk.client("Bexley")
    desk.fee(once, date(2026, 1, 1), 10_000)
    found = named_list(desk.book, "portfolio", desk.as_of)
    titles = [column.title for column in found.columns]
    rows = {row[0]: dict(zip(titles, row, strict=True)) for row in found.rows}
    figures = desk.book.figures.on(desk.as_of).clients[whole]
    first = rows["Northgate Museums"]
    assert first["TFI"] == figures.fees.tfi
    assert first["Observed fees"] == figures.fees.observed
    assert first["Rank"] == 1
    assert first["Owner"] == "Jane Pemberton"
    assert rows["Bexley"]["TFI"] is None
    assert "TFI: one purchase: no rhythm yet" in str(rows["Bexley"]["Why not"])
    assert rows["Bexley"]["Dialogue share"] is None


def test_an_exported_client_list_says_who_ended_and_which_stage_was_set(desk: Desk) -> None:
    desk.client("Aldous")
    left, won = desk.client("Bexley"), desk.client("Crane")
    desk.book.clients.set_stage(left, Stage.ENDED, date(2026, 3, 31))
    desk.book.clients.set_stage(won, Stage.ENDED, date(2025, 3, 31))
    desk.book.clients.set_stage(won, Stage.WON_BACK, date(2026, 4, 1))
    found = named_list(desk.book, "clients", desk.as_of)
    titles = [column.title for column in found.columns]
    rows = [dict(zip(titles, row, strict=True)) for row in found.rows]
    assert [(row["Ended"], row["Stage"]) for row in rows] == [
        (None, ""),
        (date(2026, 3, 31), "Ended"),
        (None, "Won back"),
    ]


def test_an_exported_fee_list_can_be_read_again(desk: Desk, tmp_path: Path) -> None:
    """Amounts as invoiced, with currency and rate, dates as ISO: nothing of a fee is lost in csv."""
    desk.whole_client()
    found = named_list(desk.book, "fees", desk.as_of)
    target = tmp_path / "fees.csv"
    export_table(found.columns, found.rows, target)
    head, *rows = read_csv(target)
    euro = next(dict(zip(head, row, strict=True)) for row in rows if row[4] == "E-1")
    assert (euro["Date"], euro["Amount"], euro["Currency"], euro["Rate"], euro["In GBP"]) == (
        *("2026-02-02", "700.00", "EUR", "0.86", "602.00"),
    )
    credit = next(dict(zip(head, row, strict=True)) for row in rows if row[4] == "CR-1")
    assert (credit["Amount"], credit["Kind"], credit["Linked to"]) == ("-500.00", "credit", "CR-INV")


def test_texts_keep_their_distance_from_numbers_and_long_ones_take_several_lines(tmp_path: Path) -> None:
    target = tmp_path / "t.xlsx"
    columns = (TableColumn("Client"), TableColumn("Fees", Kind.MONEY, "GBP"), TableColumn("Said"))
    export_table(columns, [("Acme", 100, "word " * 60), ("Bolt", 100, "word")], target)
    sheet = openpyxl.load_workbook(target).active
    assert [sheet[place].alignment.indent for place in ("A2", "C1", "C2")] == [0, 1, 1]
    assert [sheet[place].alignment.wrapText for place in ("A2", "C2")] == [None, True]
    assert sheet.row_dimensions[2].height > 50
    assert (sheet.row_dimensions[3].height or 15) == 15
    assert sheet.freeze_panes == "B2"


@pytest.mark.parametrize(("columns", "pages", "repeated"), [(4, 1, None), (36, 2, "$A:$A")])
def test_a_wide_table_takes_several_pages_that_can_be_read(
    tmp_path: Path, columns: int, pages: int, repeated: str | None
) -> None:
    target = tmp_path / "t.xlsx"
    export_table([TableColumn(f"Column {n}", Kind.MONEY, "GBP") for n in range(columns)], [[1] * columns], target)
    sheet = openpyxl.load_workbook(target).active
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (pages, 0)
    assert sheet.print_title_cols == repeated
