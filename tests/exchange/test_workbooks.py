"""Workbooks from outside, through the real child process (RELIABILITY 79-97)."""

import struct
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from app.errors import AppError, AskedWrongError, CancelledError
from app.exchange.lists.sheets import make_sheet
from app.exchange.reading import workbooks
from app.exchange.reading.files import open_list
from app.exchange.reading.grid import NumberText
from app.exchange.reading.progress import Watch
from app.exchange.reading.workbooks import child_command, number_text, read_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def workbook_by_hand(
    path: Path, sheet_xml: str, *, sheets: int = 1, prologue: str = "", extra: dict[str, str | bytes] | None = None
) -> Path:
    """Write a minimal xlsx whose first sheet holds the XML given."""
    names = "".join(f'<sheet name="S{i}" sheetId="{i}" r:id="r{i}"/>' for i in range(1, sheets + 1))
    relations = "".join(
        f'<Relationship Id="r{i}" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        for i in range(1, sheets + 1)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="w" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        "xl/worksheets/sheet1.xml": f'{prologue}<worksheet xmlns="{MAIN}">{sheet_xml}</worksheet>',
        **(extra or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def text_cell(place: str, text: str) -> str:
    """Write one cell with text of its own."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADER = f'<row r="1">{text_cell("A1", "client")}{text_cell("B1", "amount")}</row>'
ROW = f'<row r="2">{text_cell("A2", "Acme")}<c r="B2"><v>2.5</v></c></row>'
LIST = f"<sheetData>{HEADER}{ROW}</sheetData>"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Write a workbook of many sorts of cells."""
    path = tmp_path / "sorts.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Invoices")
        day, moment = (workbook.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"))
        hours, long_hours = (workbook.add_format({"num_format": form}) for form in ("hh:mm", "[h]:mm"))
        sheet.write(0, 1, "Invoices of the year")
        sheet.write_row(2, 1, ["Client", "Amount", "Date", "When", "Time", "Length", "Code", "Sum", "Flag", "Bad"])
        sheet.write(3, 1, "Acme")
        sheet.write_number(3, 2, 440.0)
        sheet.write_datetime(3, 3, date(2026, 4, 3), day)
        sheet.write_datetime(3, 4, datetime.fromisoformat("2026-04-03T10:15"), moment)
        sheet.write_datetime(3, 5, time(10, 15), hours)
        sheet.write_number(3, 6, 0.5 + 1, long_hours)
        sheet.write_string(3, 7, "00123")
        sheet.write_formula(3, 8, "=C4*2", None, 880)
        sheet.write_row(3, 9, [True])
        sheet.write_formula(3, 10, "=NA()", None, "#N/A")
        sheet.write_row(4, 1, ["Beta", 1863.4])
        sheet.write_row(5, 1, ["Gamma", 0.1 + 0.2])
    return path


def test_cells_become_text_by_their_type(book: Path) -> None:
    workbook = read_workbook(book)
    grid = workbook.grids["Invoices"]
    assert [sheet.name for sheet in workbook.sheets] == ["Invoices"]
    assert grid.rows[3] == [
        "Acme", "440", "2026-04-03", "2026-04-03 10:15:00", "10:15:00", "36:00:00", "00123", "880", "true", "#N/A",
    ]  # fmt: skip
    assert [row[1] for row in grid.rows[3:]] == ["440", "1863.4", "0.3"]
    assert isinstance(grid.rows[3][1], NumberText)
    assert not isinstance(grid.rows[3][6], NumberText)


def test_the_header_is_found_under_a_title_and_rows_keep_their_numbers(book: Path) -> None:
    sheet = make_sheet(open_list(book).read("Invoices"))
    assert (sheet.header_row, sheet.header[:2], sheet.numbers) == (3, ("Client", "Amount"), [4, 5, 6])


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (440.0, "440"),
        (1863.4, "1863.4"),
        (0.1 + 0.2, "0.3"),
        (1e15, "1000000000000000"),
        (1e-7, "0.0000001"),
        (-0.0, "-0"),
    ],
)
def test_numbers_are_exact_text(number: float, text: str) -> None:
    assert number_text(number) == text


def test_long_numbers_are_told(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet("A").write_number(0, 0, 1234567890123456789)
    assert read_workbook(path).grids["A"].notes == (
        "1 number has 16 digits or more; the spreadsheet has already lost its last ones.",
    )


def test_the_1904_epoch_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "mac.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as workbook:
        form = workbook.add_format({"num_format": "yyyy-mm-dd"})
        workbook.add_worksheet("A").write_datetime(0, 0, date(2026, 4, 3), form)
    assert read_workbook(path).grids["A"].rows == [["2026-04-03"]]


def test_sheets_are_previewed_and_the_named_one_is_read(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for name in ("One", "Two"):
            sheet = workbook.add_worksheet(name)
            for row in range(100):
                sheet.write(row, 0, f"{name} {row}")
        workbook.add_worksheet("Secret").hide()
    file = open_list(path)
    assert [(sheet.name, sheet.hidden) for sheet in file.sheets] == [("One", False), ("Two", False), ("Secret", True)]
    assert [(name, len(grid.rows), grid.complete) for name, grid in file.grids.items()] == [
        ("One", 60, False),
        ("Two", 60, False),
    ]
    assert file.notes == ("Hidden sheets are not read unless named: Secret.",)
    assert len(file.read("Two").rows) == 100
    with pytest.raises(AskedWrongError, match="no sheet “Three”"):
        read_workbook(path, "Three")


def test_hidden_rows_and_formulas_without_values_are_told(tmp_path: Path) -> None:
    rows = f'{HEADER}<row r="2" hidden="1">{text_cell("A2", "Acme")}<c r="B2"><f>1+1</f></c></row>'
    notes = read_workbook(workbook_by_hand(tmp_path / "b.xlsx", f"<sheetData>{rows}</sheetData>")).grids["S1"].notes
    assert len(notes) == 2
    assert notes[0].startswith("Formulas without a stored value in “S1”: 1.")
    assert notes[1] == "Hidden in “S1”, read as well: 1 row."


def test_hidden_columns_are_told_where_the_sheet_has_cells(tmp_path: Path) -> None:
    columns = '<cols><col min="2" max="2" width="9" hidden="1"/><col min="3" max="16384" hidden="1"/></cols>'
    workbook = read_workbook(workbook_by_hand(tmp_path / "b.xlsx", columns + LIST))
    assert workbook.grids["S1"].notes == ("Hidden in “S1”, read as well: 1 column.",)


def test_hidden_rows_are_counted_once_wherever_the_scan_cuts_the_sheet(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{at}" hidden="1">{text_cell(f"A{at}", "x" * 300)}</row>' for at in range(2, 8_002))
    notes = (
        read_workbook(workbook_by_hand(tmp_path / "b.xlsx", f"<sheetData>{HEADER}{rows}</sheetData>")).grids["S1"].notes
    )
    assert notes == ("Hidden in “S1”, read as well: 8,000 rows.",)


def test_formulas_written_by_openpyxl_are_told(tmp_path: Path) -> None:
    path = tmp_path / "o.xlsx"
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["client", "amount"])
    sheet.append(["Acme", "=1+1"])
    made.save(path)
    assert any("without a stored value" in note for note in read_workbook(path).grids["Sheet"].notes)


def test_macros_and_links_are_told(tmp_path: Path) -> None:
    extra: dict[str, str | bytes] = {"xl/vbaProject.bin": b"\0", "xl/externalLinks/externalLink1.xml": "<a/>"}
    workbook = read_workbook(workbook_by_hand(tmp_path / "m.xlsm", LIST, extra=extra))
    assert workbook.notes == ["The workbook's macros were ignored.", "Links to other workbooks were not followed."]


def test_a_wrong_dimension_loses_no_row(tmp_path: Path) -> None:
    path = workbook_by_hand(tmp_path / "d.xlsx", f'<dimension ref="A1"/>{LIST}')
    assert read_workbook(path).grids["S1"].rows == [["client", "amount"], ["Acme", "2.5"]]
    huge = workbook_by_hand(tmp_path / "h.xlsx", f'<dimension ref="A1:XFD1048576"/>{LIST}')
    assert len(read_workbook(huge).grids["S1"].rows) == 2


def test_a_huge_merge_does_no_harm(tmp_path: Path) -> None:
    merge = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert len(read_workbook(workbook_by_hand(tmp_path / "m.xlsx", LIST + merge)).grids["S1"].rows) == 2


def test_declared_empty_rows_and_styled_far_cells_do_no_harm(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{number}" spans="1:2"/>' for number in range(3, 60_000))
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    path = workbook_by_hand(tmp_path / "e.xlsx", f"<sheetData>{HEADER}{ROW}{empty}{far}</sheetData>")
    assert make_sheet(read_workbook(path).grids["S1"]).row_count == 1


@pytest.mark.parametrize("place", ["XFD1048576", "BI1048576", "A200101", "SG2"])
def test_cells_far_out_are_refused_by_name(tmp_path: Path, place: str) -> None:
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    far = f'<row r="{row}"><c r="{place}"><v>1</v></c></row>'
    path = workbook_by_hand(tmp_path / "far.xlsx", f"<sheetData>{HEADER}{far}</sheetData>")
    with pytest.raises(AskedWrongError, match=f"beyond 500 columns or 200,000 rows .cell {place}."):
        read_workbook(path)


def test_a_far_cell_that_hides_its_place_kills_only_the_child(tmp_path: Path) -> None:
    far = "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
    path = workbook_by_hand(tmp_path / "far.xlsx", f"<sheetData>{HEADER}{far}</sheetData>")
    with pytest.raises(AskedWrongError, match=r"damaged, or needs more memory|beyond 500 columns"):
        read_workbook(path)


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE a [<!ENTITY x "y">]>',
        '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>',
        '<!DOCTYPE a SYSTEM "file:///etc/hostname">',
    ],
)
def test_document_types_are_refused(tmp_path: Path, prologue: str) -> None:
    with pytest.raises(AskedWrongError, match="document type definition"):
        read_workbook(workbook_by_hand(tmp_path / "d.xlsx", LIST, prologue=prologue))


def test_bombs_are_refused(tmp_path: Path) -> None:
    blanks = workbook_by_hand(tmp_path / "b.xlsx", LIST, extra={"xl/media/pad.bin": b" " * 210_000_000})
    with pytest.raises(AskedWrongError, match="more than 200 MB"):
        read_workbook(blanks)
    packed = workbook_by_hand(tmp_path / "p.xlsx", LIST, extra={"xl/media/pad.bin": b" " * 20_000_000})
    with pytest.raises(AskedWrongError, match="packed in a way that lists are not"):
        read_workbook(packed)
    parts: dict[str, str | bytes] = {f"xl/media/{number}.png": b"" for number in range(2_000)}
    with pytest.raises(AskedWrongError, match="more than 2,000 parts"):
        read_workbook(workbook_by_hand(tmp_path / "m.xlsx", LIST, extra=parts))


def test_a_part_longer_than_it_says_is_refused(tmp_path: Path) -> None:
    path = workbook_by_hand(tmp_path / "lie.xlsx", f"<sheetData>{HEADER}{ROW}{' ' * 300_000}</sheetData>")
    data = bytearray(path.read_bytes())
    name = b"xl/worksheets/sheet1.xml"
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(mark)
        while at >= 0:
            length_at = at + (26 if offset == 22 else 28)
            start = at + (30 if offset == 22 else 46)
            if data[start : start + struct.unpack_from("<H", data, length_at)[0]] == name:
                struct.pack_into("<I", data, at + offset, 100)
            at = data.find(mark, at + 4)
    path.write_bytes(data)
    with pytest.raises(AskedWrongError):
        read_workbook(path)


def test_twenty_thousand_sheets_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AskedWrongError, match="more than 100 sheets"):
        read_workbook(workbook_by_hand(tmp_path / "s.xlsx", LIST, sheets=20_000))


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B2" t="s"><v>99999</v></c>',
        '<c r="B2"><v>1e400</v></c>',
        '<c r="B2"><v>abc</v></c>',
        '<c r="B2" t="d"><v>2026-99-99</v></c>',
        '<c r="B2" t="zzz"><v>1</v></c>',
    ],
)
def test_broken_cells_end_in_a_sentence_or_in_a_row(tmp_path: Path, cell: str) -> None:
    rows = f'<sheetData>{HEADER}<row r="2">{text_cell("A2", "Acme")}{cell}</row></sheetData>'
    path = workbook_by_hand(tmp_path / "c.xlsx", rows)
    with suppress(AskedWrongError):
        assert read_workbook(path).grids["S1"].rows[1][0] == "Acme"


def _truncated(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _garbled(data: bytes) -> bytes:
    middle = len(data) // 3
    return data[:middle] + bytes(byte ^ 0x5A for byte in data[middle : middle + 200]) + data[middle + 200 :]


@pytest.mark.parametrize("spoil", [_truncated, _garbled])
def test_spoilt_workbooks_are_refused(book: Path, spoil: Callable[[bytes], bytes]) -> None:
    book.write_bytes(spoil(book.read_bytes()))
    with pytest.raises(AskedWrongError):
        open_list(book)


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["word/document.xml"], "a document, not a workbook"),
        (["readme.txt"], "a zip archive"),
        (["Index/Document.iwa"], "Numbers"),
    ],
)
def test_other_archives_are_named(tmp_path: Path, names: list[str], sentence: str) -> None:
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "<a/>")
    with pytest.raises(AskedWrongError, match=sentence):
        open_list(path)


def test_protected_workbooks_are_named(tmp_path: Path) -> None:
    path = tmp_path / "secret.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(AskedWrongError, match="protected by a password"):
        open_list(path)
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"))
    with pytest.raises(AskedWrongError, match="not a workbook"):
        open_list(path)
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le"))
    with pytest.raises(AskedWrongError, match="damaged"):
        open_list(path)


def test_a_child_that_hangs_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "STALLED_SECONDS", 0.3)
    with pytest.raises(AskedWrongError, match="takes too long"):
        read_workbook(tmp_path / "x.xlsx", command=[sys.executable, "-c", "import time; time.sleep(60)"])


def test_a_child_that_dies_is_told(tmp_path: Path) -> None:
    for code in ("import os; os.abort()", "print('not json')", "raise SystemExit(3)"):
        with pytest.raises(AskedWrongError, match="cannot be read"):
            read_workbook(tmp_path / "x.xlsx", command=[sys.executable, "-c", code])
    with pytest.raises(AppError, match="cannot be started"):
        read_workbook(tmp_path / "x.xlsx", command=[str(tmp_path / "missing")])


def test_reading_a_workbook_can_be_cancelled(book: Path) -> None:
    with pytest.raises(CancelledError):
        read_workbook(book, watch=Watch(cancelled=lambda: True))


def test_progress_is_told(book: Path) -> None:
    told: list[tuple[int, int]] = []
    read_workbook(book, watch=Watch(report=lambda done, total: told.append((done, total))))
    assert told[-1] == (6, 6)


def test_the_child_is_this_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert child_command()[0] == sys.executable
    assert Path(child_command()[1]).name == "main.py"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child_command() == [sys.executable, "--read-workbook"]


def test_an_ods_is_read(tmp_path: Path) -> None:
    cells = (
        '<table:table-row><table:table-cell office:value-type="string"><text:p>client</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><text:p>amount</text:p></table:table-cell></table:table-row>'
        '<table:table-row><table:table-cell office:value-type="string"><text:p>Acme</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="2.5"><text:p>2,50</text:p></table:table-cell>'
        "</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row>"
    )
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="Fees">{cells}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "list.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    assert open_list(path).read("Fees").rows == [["client", "amount"], ["Acme", "2.5"]]
