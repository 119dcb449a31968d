"""Kinds, sheets and columns recognised; what is not certain is refused with its choices."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from app.domain.checking import InvalidInputError
from app.domain.parsing import DateOrder, DecimalMark
from app.errors import AskedWrongError
from app.exchange.lists import questions, recognition
from app.exchange.lists.fields import FIELDS, REQUIRED, Kind
from app.exchange.lists.guessing import guess_kind, guess_sheet
from app.exchange.lists.near import near_names
from app.exchange.lists.questions import About, find_forms
from app.exchange.lists.recognition import recognise
from app.exchange.lists.sheets import Sheet, make_sheet
from app.exchange.lists.synonyms import KEYS
from app.exchange.reading.files import open_list
from app.exchange.reading.grid import Grid, NumberText

TODAY = date(2026, 11, 22)


def sheet_of(header: str, *rows: str) -> Sheet:
    """Make a sheet of comma-separated lines."""
    return make_sheet(Grid("", [line.split(",") for line in (header, *rows)]), named=header.split(","))


def columns(kind: Kind, header: str, *rows: str) -> dict[str, str]:
    """Give the columns recognised, field to header."""
    sheet = sheet_of(header, *rows)
    return {name: sheet.header[index] for name, index in recognise(kind, sheet).columns.items()}


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.PLANS])
def test_every_field_is_known_by_its_own_name(kind: Kind) -> None:
    header = ",".join(field.name for field in FIELDS[kind])
    assert columns(kind, header, header) == {field.name: field.name for field in FIELDS[kind]}
    assert set(KEYS[kind]) >= {field.name for field in FIELDS[kind]}
    assert all(name in KEYS[kind] for group in REQUIRED[kind] for name in group)


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (
            "Invoice No,Customer,Inv. date,Net,Job,VAT",
            {"document": "Invoice No", "client": "Customer", "date": "Inv. date", "amount": "Net", "engagement": "Job"},
        ),
        (
            "Rechnungsnummer,Kunde,Kunden-Nr.,Rechnungsdatum,Betrag netto,Betrag brutto,Währung",
            {
                "document": "Rechnungsnummer", "client": "Kunde", "code": "Kunden-Nr.", "date": "Rechnungsdatum",
                "amount": "Betrag netto", "currency": "Währung",
            },
        ),
        (
            "N° facture,Nom du client,Date d'émission,Montant HT,Montant TTC",
            {"document": "N° facture", "client": "Nom du client", "date": "Date d'émission", "amount": "Montant HT"},
        ),
        (
            "Nº factura,Cliente,Fecha,Base imponible,Total",
            {"document": "Nº factura", "client": "Cliente", "date": "Fecha", "amount": "Base imponible"},
        ),
        (
            "Numero fattura,Ragione sociale,Data,Imponibile,Totale ivato",
            {"document": "Numero fattura", "client": "Ragione sociale", "date": "Data", "amount": "Imponibile"},
        ),
        (
            "Factuurnummer,Klantnaam,Factuurdatum,Bedrag excl. btw,Bedrag incl. btw",
            {"document": "Factuurnummer", "client": "Klantnaam", "date": "Factuurdatum", "amount": "Bedrag excl. btw"},
        ),
        (  # Xero
            "ContactName,InvoiceNumber,Reference,InvoiceDate,DueDate,Total,Currency,Type,Status",
            {
                "client": "ContactName", "document": "InvoiceNumber", "date": "InvoiceDate", "amount": "Total",
                "currency": "Currency", "kind": "Type", "status": "Status",
            },
        ),
        (  # QuickBooks
            "Date,Transaction Type,Num,Customer,Memo,Amount",
            {"date": "Date", "kind": "Transaction Type", "document": "Num", "client": "Customer", "amount": "Amount"},
        ),
        (  # Sage
            "Type,Account Reference,Date,Reference,Net Amount,Tax Amount",
            {
                "kind": "Type", "code": "Account Reference", "date": "Date", "document": "Reference",
                "amount": "Net Amount",
            },
        ),
        (  # lexoffice
            "Belegnummer,Kundenname,Kundennummer,Belegdatum,Betrag (EUR)",
            {
                "document": "Belegnummer", "client": "Kundenname", "code": "Kundennummer", "date": "Belegdatum",
                "amount": "Betrag (EUR)",
            },
        ),
        ("order_id,customer_id,date,amount,freight",
         {"document": "order_id", "code": "customer_id", "date": "date", "amount": "amount"}),
        ("customer_id,datetime,amount", {"code": "customer_id", "date": "datetime", "amount": "amount"}),
    ],
)  # fmt: skip
def test_fee_lists_of_many_houses(header: str, found: dict[str, str]) -> None:
    rows = ",".join("1" for _ in header.split(","))
    assert columns(Kind.FEES, header, rows) == found


def test_contacts_and_people_in_other_words() -> None:
    assert columns(Kind.CONTACTS, "Datum,Uhrzeit,Kunde,Richtung,Kanal,Dauer,Betreff", "1,2,3,4,5,6,7") == {
        "date": "Datum", "time": "Uhrzeit", "client": "Kunde", "direction": "Richtung", "channel": "Kanal",
        "minutes": "Dauer", "summary": "Betreff",
    }  # fmt: skip
    assert columns(Kind.PEOPLE, "First Name,Last Name,Company,Job Title,E-mail Address", "1,2,3,4,5") == {
        "first_name": "First Name", "last_name": "Last Name", "client": "Company", "role": "Job Title",
        "email": "E-mail Address",
    }  # fmt: skip


def test_net_is_taken_beside_gross_and_told() -> None:
    mapping = recognise(Kind.FEES, sheet_of("client,date,gross,net", "A,2026-01-01,120,100"))
    assert mapping.columns["amount"] == 3
    assert mapping.notices == ("The amount was taken from “net”, not from “gross”.",)
    assert not mapping.net_or_gross_open


def test_one_amount_alone_leaves_net_or_gross_open() -> None:
    assert recognise(Kind.FEES, sheet_of("client,date,amount", "A,2026-01-01,1")).net_or_gross_open
    gross = recognise(Kind.FEES, sheet_of("client,date,Brutto", "A,2026-01-01,1"))
    assert gross.gross
    assert not gross.net_or_gross_open


def test_a_chosen_column_is_taken_from_recognition_and_others_stay() -> None:
    sheet = sheet_of("client_id,client_name,doc_no,date,amount,freight", "1,A,2,2026-01-01,5,1")
    mapping = recognise(Kind.FEES, sheet, {"client": "client_name", "document": "amount", "amount": "6"})
    assert mapping.columns == {"client": 1, "document": 4, "amount": 5, "code": 0, "date": 3}
    left_out = recognise(Kind.FEES, sheet, {"document": ""})
    assert "document" not in left_out.columns


def test_first_and_last_name_can_be_chosen_again_as_recognised() -> None:
    sheet = sheet_of("Company,First Name,Last Name,Notes", "A,Jane,Doe,x")
    mapping = recognise(Kind.PEOPLE, sheet, {"first_name": "First Name", "last_name": "Last Name", "role": "Notes"})
    assert mapping.columns == {"first_name": 1, "last_name": 2, "role": 3, "client": 0}
    assert not mapping.doubts


def test_unknown_fields_and_columns_are_refused_with_the_known_ones() -> None:
    sheet = sheet_of("client,date,amount", "A,2026-01-01,1")
    with pytest.raises(InvalidInputError) as refused:
        recognise(Kind.FEES, sheet, {"colour": "client", "document": "nowhere"})
    sentences = [problem.sentence() for problem in refused.value.problems]
    assert sentences[0].startswith("A list of fees has no field “colour”. The fields are: client, code, date, amount,")
    assert sentences[1] == "The list has no column “nowhere”. Its columns are: client, date, amount."


def test_what_is_not_certain_is_refused_with_its_choices() -> None:
    near = recognise(Kind.FEES, sheet_of("Cleint nam,date,amount", "A,2026-01-01,1"))
    with pytest.raises(InvalidInputError, match="“Cleint nam” may be the client or code") as refused:
        recognition.insist(near)
    assert "--map client=COLUMN" in str(refused.value)
    missing = recognise(Kind.FEES, sheet_of("client,date,colour,size", "A,2026-01-01,1,2"))
    with pytest.raises(InvalidInputError, match=r"No column is known to hold the amount\..*one of: colour, size"):
        recognition.insist(missing)
    twice = recognise(Kind.FEES, sheet_of("client,date,Net total,Subtotal", "A,2026-01-01,1,2"))
    with pytest.raises(InvalidInputError, match="Several columns may be the amount: Net total, Subtotal"):
        recognition.insist(twice)


def test_equal_columns_leave_no_doubt() -> None:
    assert not recognise(Kind.FEES, sheet_of("client,date,Net total,Subtotal", "A,2026-01-01,1,1")).doubts


@pytest.mark.parametrize(
    ("header", "row", "kind"),
    [
        ("Invoice No,Customer,Date,Amount", "1,Acme,2026-01-01,5", Kind.FEES),
        ("Date,Client,Direction,Channel,Summary", "2026-01-01,Acme,in,call,hello", Kind.CONTACTS),
        ("Date,Client,Person,Comment,NPS", "2026-01-01,Acme,Jane,good,9", Kind.FEEDBACK),
        ("Date,Client,Type,Amount,Description", "2026-01-01,Acme,acquisition,5,pitch", Kind.COSTS),
        ("Company,Name,Role,Email", "Acme,Jane,CEO,j@x.org\nAcme,Joe,CFO,k@x.org", Kind.PEOPLE),
        ("Company,Contact,Email,Phone", "Acme,Jane,j@x.org,1\nBeta,Joe,k@x.org,2", Kind.CLIENTS),
        ("Name,Sector,Client since,Owner", "Acme,Food,2020-01-01,JS", Kind.CLIENTS),
        ("colour,size", "red,4", None),
    ],
)
def test_kinds_are_guessed(header: str, row: str, kind: Kind | None) -> None:
    assert guess_kind(sheet_of(header, *row.split("\n"))).kind == kind


def test_the_sheet_that_fits_is_chosen(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet("Read me").write(0, 0, "Hello")
        fees = workbook.add_worksheet("Invoices")
        fees.write_row(0, 0, ["Invoice No", "Customer", "Date", "Amount"])
        fees.write_row(1, 0, ["1", "Acme", "2026-01-01", 5])
        calls = workbook.add_worksheet("Calls")
        calls.write_row(0, 0, ["Customer", "Date", "Direction", "Minutes"])
        calls.write_row(1, 0, ["Acme", "2026-01-01", "in", 5])
    file = open_list(path)
    assert guess_sheet(file, Kind.FEES) == "Invoices"
    assert guess_sheet(file, Kind.CONTACTS) == "Calls"
    with pytest.raises(AskedWrongError, match="looks like a list of feedback"):
        guess_sheet(file, Kind.FEEDBACK)


def test_costs_are_not_taken_for_fees(tmp_path: Path) -> None:
    """Both have clients, days, amounts and kinds: the kinds tell money out from money in."""
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        fees = workbook.add_worksheet("Income")
        fees.write_row(0, 0, ["Customer", "Date", "Amount"])
        fees.write_row(1, 0, ["Acme", "2026-01-01", 5])
        costs = workbook.add_worksheet("Costs")
        costs.write_row(0, 0, ["Client", "Date", "Amount", "Kind", "Note"])
        costs.write_row(1, 0, ["Acme", "2026-01-01", 5, "delivery", "Print"])
    file = open_list(path)
    assert guess_sheet(file, Kind.FEES) == "Income"
    assert guess_sheet(file, Kind.COSTS) == "Costs"


def test_sheets_alike_are_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for name in ("2025", "2026"):
            fees = workbook.add_worksheet(name)
            fees.write_row(0, 0, ["Invoice No", "Customer", "Date", "Amount"])
            fees.write_row(1, 0, ["1", "Acme", "2026-01-01", 5])
    with pytest.raises(AskedWrongError, match="Several sheets may hold the list: 2025, 2026"):
        guess_sheet(open_list(path), Kind.FEES)


def test_ambiguous_dates_and_marks_are_asked_with_both_readings() -> None:
    sheet = make_sheet(Grid("", [["client", "date", "amount"], ["A", "03/04/2026", "1.234"], ["B", "05/06/2026", "2"]]))
    mapping = recognise(Kind.FEES, sheet)
    forms = find_forms(sheet, mapping, TODAY)
    dates, marks = forms.questions
    assert (dates.about, dates.example) == (About.DATE_ORDER, "03/04/2026")
    assert [(answer.value, answer.reading) for answer in dates.answers] == [
        ("dmy", "3 April 2026 (2 of 2 fit)"),
        ("mdy", "4 March 2026 (2 of 2 fit)"),
    ]
    assert [(answer.value, answer.reading) for answer in marks.answers] == [
        (".", "1.234 (all together 3.234)"),
        (",", "1234 (all together 1,236)"),
    ]
    with pytest.raises(InvalidInputError, match=r"--date-order dmy\|mdy.*--decimal \.\|,"):
        questions.insist(forms.questions)
    assert not find_forms(sheet, mapping, TODAY, DateOrder.MDY, DecimalMark.COMMA).questions


def test_number_cells_of_a_workbook_need_no_mark() -> None:
    sheet = make_sheet(Grid("S", [["client", "date", "amount"], ["A", "2026-04-03", NumberText("1.234")]]))
    assert not find_forms(sheet, recognise(Kind.FEES, sheet), TODAY).questions


def test_dates_of_several_columns_are_decided_together() -> None:
    sheet = sheet_of("client,first contact,won", "A,01/02/2026,13/02/2026")
    forms = find_forms(sheet, recognise(Kind.CLIENTS, sheet), TODAY)
    assert forms.date_order is DateOrder.DMY
    assert not forms.questions


def test_near_names_are_found_and_same_ones_are_no_question() -> None:
    near = near_names(["Castelan Food", "ACME Limited", "Xylo"], ["Castellan Foods Ltd", "Acme Ltd", "Northgate"])
    assert [(found.name, found.known) for found in near] == [("Castelan Food", "Castellan Foods Ltd")]


def test_months_side_by_side_are_named_where_the_date_is_missing() -> None:
    wide = make_sheet(Grid("", [["Client", "Jan 25", "Feb 25", "März 25"], ["Acme", "1", "2", "3"]]))
    (doubt,) = [one for one in recognise(Kind.FEES, wide).doubts if one.field == "date"]
    assert doubt.why.endswith("Months stand side by side here: write each amount in a row of its own, with its date.")
    other = make_sheet(Grid("", [["Client", "May rate", "Amount"], ["Acme", "1", "2"]]))
    (doubt,) = recognise(Kind.FEES, other).doubts
    assert "side by side" not in doubt.why
