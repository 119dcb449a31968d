"""A currency that a workbook shows by the format of its cells alone is the one of the row."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from app.exchange.lists.fees import FeeRow
from app.exchange.lists.reading import Prepared, Wishes, prepare
from app.exchange.reading.files import open_list
from app.exchange.reading.number_formats import shown_sign

EURO, FRANC, POUND = "#,##0.00 [$€-407]", "[$CHF-807] #,##0.00", '"£"#,##0.00'


def listed(
    tmp_path: Path, *formats: str, heads: tuple[str, ...] = ("Client", "Date", "Amount"), own: str = ""
) -> Prepared:
    """Read a workbook with one fee of 100 a format, each with `own` in a fourth column."""
    path = tmp_path / "fees.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Fees")
        sheet.write_row(2, 1, heads)
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for row, code in enumerate(formats, 3):
            sheet.write(row, 1, f"Client {row}")
            sheet.write_datetime(row, 2, date(2026, 4, row), day)  # type: ignore[arg-type]
            sheet.write_number(row, 3, 100, workbook.add_format({"num_format": code}))
            sheet.write(row, 4, own)
    return prepare(open_list(path), Wishes(), "GBP", date(2026, 11, 29))


def currencies(prepared: Prepared) -> list[str]:
    rows: list[FeeRow] = prepared.typed.rows
    return [row.currency for row in rows]


def test_the_format_of_a_cell_gives_its_currency_and_is_told(tmp_path: Path) -> None:
    prepared = listed(tmp_path, EURO, FRANC, EURO, POUND, "#,##0.00")
    assert currencies(prepared) == ["EUR", "CHF", "EUR", "GBP", "GBP"]
    told = [notice for notice in prepared.typed.notices if "format" in notice]
    assert len(told) == 2
    assert "2 amounts in “Amount” are in EUR" in told[0]


def test_a_total_is_not_counted_among_the_amounts(tmp_path: Path) -> None:
    path = tmp_path / "fees.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Fees")
        sheet.write_row(0, 0, ("Client", "Date", "Amount"))
        for row, said in enumerate((("Acme", "2026-04-03", 5), ("Acme", "2026-04-04", 7), ("", "", 12)), 1):
            sheet.write_row(row, 0, said[:2])
            sheet.write_number(row, 2, said[2], workbook.add_format({"num_format": EURO}))
    prepared = prepare(open_list(path), Wishes(), "GBP", date(2026, 11, 29))
    notices = " ".join(prepared.typed.notices)
    assert "2 amounts in “Amount” are in EUR" in notices
    assert "2 fees in another currency have no rate" in notices


def test_formats_in_the_currency_of_the_firm_are_not_told(tmp_path: Path) -> None:
    prepared = listed(tmp_path, POUND, POUND)
    assert currencies(prepared) == ["GBP", "GBP"]
    assert not prepared.typed.notices


def test_what_is_written_weighs_more_than_a_format(tmp_path: Path) -> None:
    heads = ("Client", "Date", "Amount", "Currency")
    assert currencies(listed(tmp_path, EURO, heads=heads, own="USD")) == ["USD"]
    assert currencies(listed(tmp_path, EURO, heads=("Client", "Date", "Amount (USD)"))) == ["USD"]


def test_delivery_costs_in_another_currency_need_a_word(tmp_path: Path) -> None:
    path = tmp_path / "costs.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Fees")
        sheet.write_row(0, 0, ("Client", "Date", "Amount", "Delivery cost"))
        sheet.write_row(1, 0, ("Acme", "2026-04-03", 100))
        sheet.write_number(1, 3, 40, workbook.add_format({"num_format": EURO}))
    prepared = prepare(open_list(path), Wishes(), "GBP", date(2026, 11, 29))
    (problem,) = prepared.typed.problems
    assert problem.problem == "Delivery costs are kept in GBP."


@pytest.mark.parametrize(
    ("code", "sign"),
    [
        (EURO, "€"),
        (FRANC, "CHF"),
        (POUND, "£"),
        ("\\€#,##0.00", "€"),
        ('_-"€"* #,##0.00_-;-"€"* #,##0.00_-;_-"€"* "-"??_-;_-@_-', "€"),
        ('#,##0.00 "EUR"', "EUR"),
        ('"Fr." #,##0.00', "Fr"),
        ("[Red]#,##0.00 [$zł-415]", "zł"),
        ('$#,##0.00_);[Red]("€"#,##0.00)', "$"),
        ("General", ""),
        ("[$-409]d mmm yyyy", ""),
        ('0.0 "h"', ""),
        ('#,##0 "EUR/h"', ""),
        ('#,##0,"T€"', ""),
        ("0.00%", ""),
        ("", ""),
    ],
)
def test_a_format_shows_a_currency_only_where_it_writes_one_and_nothing_else(code: str, sign: str) -> None:
    assert shown_sign(code) == sign


def ods(tmp_path: Path, heads: tuple[str, str, str], *currencies: str) -> Prepared:
    """Read an ods with one fee of 5 in each currency."""
    space = "urn:oasis:names:tc:opendocument:xmlns"

    def text(word: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{word}</text:p></table:table-cell>'

    def money(currency: str) -> str:
        return f'<table:table-cell office:value-type="currency" office:currency="{currency}" office:value="5"/>'

    rows = ["".join(map(text, heads)), *(text("Acme") + text("2026-04-03") + money(code) for code in currencies)]
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    path = tmp_path / "list.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0"'
            f' xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Fees">{table}'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return prepare(open_list(path), Wishes(), "GBP", date(2026, 11, 29))


def test_currencies_that_an_ods_shows_by_format_are_warned_of(tmp_path: Path) -> None:
    prepared = ods(tmp_path, ("Client", "Date", "Amount"), "GBP", "EUR", "EUR")
    (told,) = prepared.typed.notices
    assert told.startswith("By format alone 2 cells of the workbook are in EUR, which is not taken from an ods")
    assert currencies(prepared) == ["GBP", "GBP", "GBP"]
    assert not [n for n in ods(tmp_path, ("Client", "Date", "Amount (EUR)"), "EUR").typed.notices if "format" in n]
    assert ods(tmp_path, ("Client", "Date", "Amount"), "GBP").typed.notices == []
