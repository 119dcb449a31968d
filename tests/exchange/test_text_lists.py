"""Text files as they come (RELIABILITY 57-70)."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import AppError, AskedWrongError, CancelledError
from app.exchange.lists.sheets import make_sheet
from app.exchange.reading import letters
from app.exchange.reading.csv_lists import TextChoice, find_delimiter, read_text_list
from app.exchange.reading.files import open_list
from app.exchange.reading.formats import FileFormat, recognise_format
from app.exchange.reading.grid import Grid
from app.exchange.reading.progress import Watch

ROWS = [["name", "amount"], ["Müller", "2,50"]]


def write(folder: Path, data: bytes, name: str = "list.csv") -> Path:
    """Write a file and give its path."""
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("name;amount\nMüller;2,50\n".encode(), "utf-8"),
        ("name;amount\nMüller;2,50\n".encode("utf-8-sig"), "utf-8-sig"),
        ("name;amount\nMüller;2,50\n".encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + "name;amount\nMüller;2,50\n".encode("utf-16-be"), "utf-16"),
        ("name;amount\nMüller;2,50\n".encode("utf-16-le"), "utf-16-le"),
        ("name;amount\nMüller;2,50\n".encode("cp1252"), "cp1252"),
        (b"name;amount\nM\xfcller;2,50\n\x81", "latin-1"),
    ],
)
def test_encodings_are_found(tmp_path: Path, data: bytes, encoding: str) -> None:
    text = read_text_list(write(tmp_path, data))
    assert text.encoding == encoding
    assert text.grid.rows[:2] == ROWS


def test_an_encoding_that_was_supposed_is_told_with_an_example_and_can_be_chosen(tmp_path: Path) -> None:
    path = write(tmp_path, "name;amount\nMüller;2,50\n".encode("mac_roman"))
    supposed = read_text_list(path)
    assert supposed.grid.notes == ("The file is not in UTF-8; it was read as Windows-1252, for example “MŸller”.",)
    assert read_text_list(path, TextChoice(encoding="mac_roman")).grid.rows == ROWS
    with pytest.raises(AskedWrongError, match="cannot be read as UTF-8"):
        read_text_list(path, TextChoice(encoding="utf-8"))


def test_letters_garbled_in_the_file_are_told(tmp_path: Path) -> None:
    notes = read_text_list(write(tmp_path, "name,amount\nMÃ¼ller,2\n".encode())).grid.notes
    assert notes == ("Some letters are already garbled in the file, for example “MÃ¼ller”, perhaps “Müller”.",)


def test_garbled_letters_are_put_right_when_asked_and_all_others_stay(tmp_path: Path) -> None:
    words = "name,amount\nMüller & Söhne €5,2\nÁgnes Żuk,3\nÃ la carte,4\n"
    garbled = (
        "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in words[:33].encode()) + words[33:]
    )
    path = write(tmp_path, garbled.encode())
    text = read_text_list(path, TextChoice(encoding=letters.REPAIRED))
    assert ["".join(row) for row in text.grid.rows] == [line.replace(",", "") for line in words.splitlines()]
    assert text.encoding == letters.REPAIRED


def test_what_letters_would_be_otherwise_is_shown_once_each() -> None:
    assert letters.otherwise("Dvoøák", "cp1252") == {"cp1250": "Dvořák", "cp1251": "Dvoшбk", "cp1253": "Dvoψαk"}
    assert letters.otherwise("MÃ¼ller", "utf-8") == {letters.REPAIRED: "Müller"}
    assert letters.otherwise("Müller", "utf-8") == {}
    assert letters.accented(["plain", "Müller & Söhne", "Zoë"]) == ("Müller", "Söhne", "Zoë")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found_by_trial(tmp_path: Path, delimiter: str) -> None:
    text = f"name{delimiter}amount\n" + f'"Müller, Sons; & | Co"{delimiter}"2,50"\n' * 3
    read = read_text_list(write(tmp_path, text.encode()))
    assert read.delimiter == delimiter
    assert read.grid.rows[1] == ["Müller, Sons; & | Co", "2,50"]


def test_a_decimal_comma_is_no_delimiter() -> None:
    assert find_delimiter("Datum;Betrag\n01.02.2026;1,5\n02.02.2026;2,5\n") == ";"


def test_a_comma_in_every_name_is_no_delimiter() -> None:
    assert find_delimiter("Name, first;Date;Amount, net\nAcme, Ann;2026-01-05;1,5\nBeta, Bo;2026-01-06;2,5\n") == ";"
    assert find_delimiter("Name,Date,Remark; more\nAcme,2026-01-05,paid\n") == ","


def test_one_column_is_a_list(tmp_path: Path) -> None:
    assert read_text_list(write(tmp_path, b"name\nAcme\nBeta\n")).grid.rows == [["name"], ["Acme"], ["Beta"]]


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
def test_the_line_sep_is_understood_and_counted(tmp_path: Path, line_end: bytes) -> None:
    path = write(tmp_path, line_end.join([b"sep=;", b"name;amount", b"Acme;2"]))
    assert read_text_list(path).grid.rows == [[], ["name", "amount"], ["Acme", "2"]]


@pytest.mark.parametrize("data", [b"a,b\r1,2\r3,4", b"a,b\r\n1,2\n3,4", b"a,b\n1,2\r3,4\r\n"])
def test_line_ends_of_all_sorts(tmp_path: Path, data: bytes) -> None:
    assert read_text_list(write(tmp_path, data)).grid.rows == [["a", "b"], ["1", "2"], ["3", "4"]]


def test_a_line_break_inside_quotes_stays_in_its_field(tmp_path: Path) -> None:
    assert read_text_list(write(tmp_path, b'a,b\n"x\ny",2\n')).grid.rows[1] == ["x\ny", "2"]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b'a,b\n1,2\n"3,4\n5,6\n', 3),
        (b'a,b\n"x\ny",2\n3,"4\n5,6', 4),
        (b'a,b\n"x"y,2\n', 2),
        (b'a,b\r1,2\r3,"4\r', 3),
        (b'a,b\n"say ""hi""",1\n"open,2', 3),
    ],
)
def test_an_unclosed_quote_names_the_line_where_it_began(tmp_path: Path, data: bytes, line: int) -> None:
    with pytest.raises(AskedWrongError, match=f"begins in line {line} "):
        read_text_list(write(tmp_path, data))


def test_nul_bytes_are_refused_with_their_row(tmp_path: Path) -> None:
    with pytest.raises(AskedWrongError, match="Row 3 holds a NUL"):
        read_text_list(write(tmp_path, b"a,b\n1,2\n3,\x004\n"))


def test_long_fields_are_read_up_to_a_million_characters(tmp_path: Path) -> None:
    path = write(tmp_path, b"a,b\n" + b"x" * 200_000 + b",2\n")
    assert len(read_text_list(path).grid.rows[1][0]) == 200_000
    with pytest.raises(AskedWrongError, match="line 2 is longer than 1,000,000"):
        read_text_list(write(tmp_path, b"a,b\n" + b"x" * 1_000_001 + b",2\n"))


def test_too_many_rows_are_refused_not_cut(tmp_path: Path) -> None:
    with pytest.raises(AskedWrongError, match="more than 200,000 rows"):
        read_text_list(write(tmp_path, b"a,b\n" + b"1,2\n" * 200_200))
    enough = make_sheet(Grid("", [["name", "amount"], *([["Acme", "2"]] * 200_000)]))
    assert enough.row_count == 200_000
    with pytest.raises(AskedWrongError, match="more than 200,000 rows"):
        make_sheet(Grid("", [["name", "amount"], *([["Acme", "2"]] * 200_001)]))


def test_ragged_rows_are_told_and_never_shifted(tmp_path: Path) -> None:
    path = write(tmp_path, b"client,date,amount\nA,2026-01-01,1\nB,2026-01-01\nC,x,2026-01-01,1\nD,2026-01-02,2,,\n")
    sheet = make_sheet(open_list(path).read(""))
    assert sheet.columns[0] == ["A", "D"]
    assert sheet.numbers == [2, 5]
    assert [(problem.row, problem.problem) for problem in sheet.ragged] == [
        (3, "The row has 2 cells where the header has 3."),
        (4, "The row has 4 cells where the header has 3."),
    ]


def test_headers_are_numbered_where_they_are_empty_or_equal() -> None:
    sheet = make_sheet(Grid("", [["Date", "", "Amount", "Amount", "x" * 2000], ["1", "2", "3", "4", "5"]]))
    assert sheet.header[:4] == ("Date", "Column 2", "Amount", "Amount (2)")
    assert len(sheet.header[4]) == 60
    assert sheet.columns[3] == ["4"]


def test_the_header_may_stand_under_a_title() -> None:
    rows = [["Invoices 2026", "", ""], [], ["Invoice No", "Customer", "Net"], ["1", "Acme", "5.00"]]
    sheet = make_sheet(Grid("Sheet1", rows))
    assert (sheet.header_row, sheet.header, sheet.numbers) == (3, ("Invoice No", "Customer", "Net"), [4])


def test_a_list_without_a_header_keeps_its_first_row() -> None:
    rows = [["Acme", "2026-01-01", "5.00"], ["Beta", "2026-01-02", "6.00"]]
    sheet = make_sheet(Grid("", rows))
    assert (sheet.header_row, sheet.header) == (0, ("Column 1", "Column 2", "Column 3"))
    assert sheet.row_count == 2
    assert make_sheet(Grid("", rows), header_row=1).row_count == 1


def test_a_header_of_unknown_words_is_found_and_words_alone_choose_another() -> None:
    rows = [["Wer", "Wann", "Wieviel"], ["Acme", "2026-01-01", "5.00"]]
    assert make_sheet(Grid("", rows)).header == ("Wer", "Wann", "Wieviel")
    titled = [["Client", "Date"], ["foo", "bar"], ["Acme", "2026-01-01"]]
    assert make_sheet(Grid("", titled), named=["foo", "bar"]).header_row == 2


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n\t\n", "is empty"),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"SQLite format 3\0rest", "is a database"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"<!DOCTYPE html><html><table><tr><td>1", "is a web page"),
        (b"\r\n<html xmlns:x='urn'><table>", "is a web page"),
        (
            b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
            "XML spreadsheet of 2003",
        ),
        (b"BEGIN:VCARD\nVERSION:3.0", "address cards"),
        (b"\x1f\x8b\x08\0", "compressed"),
    ],
)
@pytest.mark.parametrize("name", ["list.xlsx", "list.csv"])
def test_what_is_no_list_is_refused_by_name(tmp_path: Path, data: bytes, sentence: str, name: str) -> None:
    with pytest.raises(AskedWrongError, match=sentence):
        open_list(write(tmp_path, data, name))


def test_the_suffix_says_nothing(tmp_path: Path) -> None:
    assert recognise_format(write(tmp_path, b"client,amount\nAcme,2\n", "list.xlsx")) is FileFormat.TEXT


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(AskedWrongError, match=r"no file gone\.csv"):
        open_list(tmp_path / "gone.csv")
    with pytest.raises(AskedWrongError, match="is a folder"):
        open_list(tmp_path)


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    asked = iter([False, True])
    with pytest.raises(CancelledError):
        read_text_list(write(tmp_path, b"a,b\n" + b"1,2\n" * 50_000), watch=Watch(cancelled=lambda: next(asked)))


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = write(tmp_path_factory.getbasetemp(), data, "any.csv")
    with suppress(AppError):
        sheet = make_sheet(read_text_list(path).grid)
        assert all(len(column) == len(sheet.numbers) for column in sheet.columns)
