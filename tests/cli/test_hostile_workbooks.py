"""Workbooks as they come from outside, number by number (RELIABILITY 79-98), brought in by the command line."""

import csv
import os
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
import xlsxwriter

from tests.cli.conftest import Run

SHEET = "xl/worksheets/sheet1.xml"
ROWS = (("client", "date", "amount"), ("Acme", date(2026, 1, 5), 100.5), ("Beta", date(2026, 2, 5), 200))
PROLOGUE_END = b"?>"


def made(rows: tuple[tuple[object, ...], ...] = ROWS, **options: object) -> bytes:
    """Make a workbook of one list."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd", **options}) as book:
        sheet = book.add_worksheet("List")
        for row, cells in enumerate(rows):
            sheet.write_row(row, 0, cells)
    return out.getvalue()


def with_parts(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Add parts to a workbook, or put them in the place of its own."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def edited(change: Callable[[bytes], bytes], part: str = SHEET) -> bytes:
    """Change one part of the usual workbook."""
    content = made()
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return with_parts(content, {part: change(parts.read(part))})


def behind(more: bytes) -> bytes:
    """Put rows behind the last one."""
    return edited(lambda part: part.replace(b"</sheetData>", more + b"</sheetData>"))


def cell(place: str, written: bytes) -> bytes:
    """Put another cell in the place of one of the usual workbook."""
    return edited(lambda part: re.sub(rb'<c r="%s".*?</c>' % place.encode(), written, part))


class Bringing:
    """A book, and workbooks brought into it."""

    def __init__(self, run: Run, book: Path, folder: Path) -> None:
        self._run = run
        self._book = book
        self._folder = folder

    def __call__(self, content: bytes, *more: str, kind: str = "fees", code: int = 0, name: str = "list.xlsx") -> str:
        """Bring a file in and give everything said; the exit code must be the one given."""
        listed = self._folder / name
        listed.write_bytes(content)
        said = self._run("import", self._book, listed, "--as", kind, *more)
        assert said.code == code, said.out + said.err
        return f"{said.out}\n{said.err}"

    def rows(self, what: str = "fees") -> list[dict[str, str]]:
        """Read a table of the book."""
        out = self._folder / "out.csv"
        assert self._run("export", self._book, what, "--out", out).code == 0
        return list(csv.DictReader(StringIO(out.read_text("utf-8-sig"))))

    def amounts(self) -> list[str]:
        """Give the amounts of the book's fees."""
        return [row["Amount"] for row in self.rows()]


@pytest.fixture
def bring(run: Run, book: Path, tmp_path: Path) -> Bringing:
    """Give a way to bring workbooks into an empty book."""
    return Bringing(run, book, tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(
            edited(lambda part: part.replace(b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell '
                                             b'ref="A1:XFD1048576"/></mergeCells>')),
            id="79 a huge merge",
        ),
        pytest.param(
            edited(lambda part: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:C2"', part)),
            id="81 a wrong dimension",
        ),
        pytest.param(cell("C3", b'<c r="C3"><f>100*2</f><v>200</v></c>'), id="87 a formula with its value"),
        pytest.param(made(date_1904=True), id="93 the other epoch"),
    ],
)  # fmt: skip
def test_what_does_no_harm_is_read_whole(bring: Bringing, content: bytes) -> None:
    assert "2 new" in bring(content)
    assert {row["Date"]: row["Amount"] for row in bring.rows()} == {"2026-01-05": "100.50", "2026-02-05": "200.00"}


def test_82_declared_rows_without_cells_and_97_large_pictures_do_no_harm(bring: Bringing) -> None:
    assert "2 new" in bring(behind(b"".join(b'<row r="%d"/>' % at for at in range(4, 1_048_577))))
    pictures = {f"xl/media/image{at}.png": os.urandom(8_000_000) for at in range(5)}
    assert "2 the same" in bring(with_parts(made(), pictures))


def test_83_a_bomb_is_refused(bring: Bringing) -> None:
    packed = BytesIO(made())
    with (
        zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as parts,
        parts.open("xl/pad.xml", "w", force_zip64=True) as pad,
    ):
        for _ in range(300):
            pad.write(b" " * 1_000_000)
    assert "more than 200 MB" in bring(packed.getvalue(), code=2)
    assert bring.rows() == []


def many_sheets() -> bytes:
    """Name one sheet 20,000 times."""
    names = b"".join(b'<sheet name="S%d" sheetId="%d" r:id="rId1"/>' % (at, at) for at in range(1, 20_001))
    return edited(
        lambda part: re.sub(rb"<sheets>.*</sheets>", b"<sheets>" + names + b"</sheets>", part), "xl/workbook.xml"
    )


def entities(part: str, definition: bytes) -> bytes:
    """Put a document type in front of a part."""
    return edited(lambda text: text.replace(PROLOGUE_END, PROLOGUE_END + definition, 1), part)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(
            behind(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
            "reaches beyond 500 columns or 200,000 rows (cell XFD1048576)",
            id="80 a far cell",
        ),
        pytest.param(many_sheets(), "more than 100 sheets", id="84 sheets"),
        pytest.param(entities(SHEET, b'<!DOCTYPE l [<!ENTITY a "b">]>'), "document type definition", id="85 entities"),
        pytest.param(
            entities("xl/workbook.xml", b'<!DOCTYPE x SYSTEM "file:///etc/passwd">'), "document type", id="85 external"
        ),
        pytest.param(
            edited(lambda part: re.sub(rb't="s"><v>\d+', b't="s"><v>99', part)), "is damaged", id="89 strings"
        ),
        pytest.param(b"", "is empty", id="90 nothing"),
        pytest.param(made()[:2_000], "damaged or was cut off", id="90 cut off"),
        pytest.param(b"<html><table><tr><td>a</td></tr></table></html>", "is a web page", id="90 a web page"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000), "not a workbook", id="90 another document"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
            id="90 a password",
        ),
    ],
)
def test_what_is_refused_is_named_and_nothing_imported(bring: Bringing, content: bytes, sentence: str) -> None:
    assert sentence in bring(content, code=2)
    assert bring.rows() == []


def test_86_macros_and_links_are_told(bring: Bringing) -> None:
    parts = {"xl/vbaProject.bin": b"\0", "xl/externalLinks/externalLink1.xml": b"<a/>"}
    said = bring(with_parts(made(), parts), name="list.xlsm")
    assert "The workbook's macros were ignored." in said
    assert "Links to other workbooks were not followed." in said


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(cell("C3", b'<c r="C3"><f>1+1</f></c>'), "Formulas without a stored value in “List”: 1", id="87"),
        pytest.param(cell("C3", b'<c r="C3" t="e"><v>#N/A</v></c>'), "amount: The cell holds the error #N/A", id="88"),
        pytest.param(
            cell("A3", b'<c r="A3" t="e"><v>#REF!</v></c>'), "client: The cell holds the error #REF!", id="88b"
        ),
        pytest.param(cell("C3", b'<c r="C3"><v>1e400</v></c>'), "amount: “inf” is no amount", id="89 too large"),
        pytest.param(cell("C3", b'<c r="C3"><v>two</v></c>'), "amount: “two” is no amount", id="89 words"),
        pytest.param(cell("B3", b'<c r="B3" t="d"><v>2026-13-45</v></c>'), "“2026-13-45” is no date", id="89 a day"),
    ],
)
def test_87_to_89_a_broken_cell_costs_its_row_only(bring: Bringing, content: bytes, sentence: str) -> None:
    said = bring(content, code=2)
    assert sentence in said
    assert "16 digits" not in said
    assert "1 new" in bring(content, "--skip-problems")
    assert bring.amounts() == ["100.50"]


def test_93_days_that_spreadsheets_do_not_agree_on_are_listed(bring: Bringing) -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, dated = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ("client", "date", "amount"))
        for row, number in enumerate((60, 0.5, 46_000.75), start=1):
            sheet.write_row(row, 0, (f"C{row}", "", row))
            sheet.write_number(row, 1, number, dated)
    said = bring(out.getvalue(), "--skip-problems")
    assert "Row 2, date:" in said
    assert "Row 3, date:" in said
    assert [row["Date"] for row in bring.rows()] == ["2025-12-09"]


def test_94_zeros_in_front_stay_and_95_lost_digits_are_told(bring: Bringing) -> None:
    bring(made((("client", "code", "name", "phone"), ("Acme", "00123", "Jo", "+44 20 7946 0018"))), kind="people")
    (person,) = bring.rows("people")
    assert (person["Code"], person["Phone"].lstrip("'")) == ("00123", "+44 20 7946 0018")
    document = made((("client", "date", "amount", "document"), ("Acme", date(2026, 1, 5), 1, 12345678901234567890)))
    assert "1 number has 16 digits or more; the spreadsheet has already lost its last ones." in bring(document)


def test_96_what_is_hidden_is_told_and_hidden_sheets_wait_to_be_named(bring: Bringing) -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, secret = book.add_worksheet("List"), book.add_worksheet("Secret")
        secret.hide()
        for each, many in ((sheet, 3), (secret, 1)):
            each.write_row(0, 0, ("client", "date", "amount"))
            for row in range(1, many + 1):
                each.write_row(row, 0, (f"{each.name} {row}", f"2026-01-0{row}", 10 * row))
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})
    said = bring(out.getvalue())
    assert "Hidden in “List”, read as well: 1 row, 1 column." in said
    assert "Hidden sheets are not read unless named: Secret." in said
    assert bring.amounts() == ["10.00", "20.00", "30.00"]
    bring(out.getvalue(), "--sheet", "Secret")
    assert len(bring.amounts()) == 4


def test_98_an_own_workbook_comes_back_as_the_same(bring: Bringing, run: Run, book: Path, tmp_path: Path) -> None:
    bring(made())
    assert run("export", book, "fees", "--out", tmp_path / "own.xlsx").code == 0
    assert "0 new, 0 changed, 2 the same" in bring((tmp_path / "own.xlsx").read_bytes())
