"""Text lists as they come from outside, number by number (RELIABILITY 57-78), brought in by the command line."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from tests.cli.conftest import Run

HEAD = "client,date,amount\n"
TWO = f"{HEAD}Müller & Söhne,2026-01-05,100.50\nCafé Zoë,2026-02-05,200\n"
NAMES = {"Müller & Söhne", "Café Zoë"}


class Bringing:
    """A book, and files written and brought into it."""

    def __init__(self, run: Run, book: Path, folder: Path) -> None:
        self._run = run
        self._book = book
        self._folder = folder

    def __call__(self, content: bytes | str, *more: str, kind: str = "fees", code: int = 0) -> str:
        """Bring a file in and give everything said; the exit code must be the one given."""
        listed = self._folder / "list.csv"
        listed.write_bytes(content if isinstance(content, bytes) else content.encode())
        said = self._run("import", self._book, listed, "--as", kind, *more)
        assert said.code == code, said.out + said.err
        return f"{said.out}\n{said.err}"

    def rows(self, what: str = "fees") -> list[dict[str, str]]:
        """Read a table of the book."""
        out = self._folder / "out.csv"
        assert self._run("export", self._book, what, "--out", out).code == 0
        return list(csv.DictReader(StringIO(out.read_text("utf-8-sig"))))


@pytest.fixture
def bring(run: Run, book: Path, tmp_path: Path) -> Bringing:
    """Give a way to bring files into an empty book."""
    return Bringing(run, book, tmp_path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"\xef\xbb\xbf" + TWO.encode(), "", id="57 UTF-8 with a mark"),
        pytest.param(b"\xff\xfe" + TWO.encode("utf-16-le"), "", id="58 UTF-16 LE"),
        pytest.param(b"\xfe\xff" + TWO.encode("utf-16-be"), "", id="58 UTF-16 BE"),
        pytest.param(
            TWO.encode("cp1252"), "read as Windows-1252, for example “Müller”, “Söhne”, “Café”", id="59 cp1252"
        ),
        pytest.param(TWO.encode("cp850"), "read as DOS 850, for example “Müller”, “Söhne”, “Café”", id="59 cp850"),
    ],
)
def test_57_to_59_letters_arrive_whatever_the_encoding(bring: Bringing, content: bytes, told: str) -> None:
    assert told in bring(content)
    assert {row["Client"] for row in bring.rows("clients")} == NAMES


def test_60_letters_garbled_before_are_told_with_what_was_meant(bring: Bringing) -> None:
    assert "“MÃ¼ller”, perhaps “Müller”" in bring(TWO.encode().decode("cp1252").encode())


def test_59_and_60_the_encoding_can_be_named_and_garbled_letters_put_right(bring: Bringing) -> None:
    bring(f"{HEAD}Dvořák,2026-01-05,1\n".encode("cp1250"), "--encoding", "cp1250")
    bring(TWO.encode().decode("cp1252").encode(), "--encoding", "repaired")
    assert {row["Client"] for row in bring.rows("clients")} == {"Dvořák", *NAMES}


def test_61_the_separator_can_be_named(bring: Bringing) -> None:
    # Bars and semicolons cut this list alike; the wider one is found.
    text = "client|a|b|c;date;amount\nA|1|2|3;2026-01-05;7\n"
    bring(text, code=2)
    bring(text, "--separator", "semicolon", "--map", "client=client|a|b|c")
    assert [row["Client"] for row in bring.rows()] == ["A|1|2|3"]


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_61_separators_and_a_decimal_comma(bring: Bringing, mark: str) -> None:
    bring(f"client{mark}date{mark}amount\nA{mark}2026-01-05{mark}1.234,50\nB{mark}2026-01-06{mark}99,5\n")
    assert [row["Amount"] for row in bring.rows()] == ["1234.50", "99.50"]


def test_61_one_column_is_a_list(bring: Bringing) -> None:
    assert "2 new" in bring("client\nAcme\nBeta\n", kind="clients")


def test_62_the_line_that_names_the_separator(bring: Bringing) -> None:
    assert "1 new" in bring("sep=;\nclient;date;amount\nAcme;2026-01-05;100\n")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(
            f'{HEAD}A,2026-01-05,1\n"B,2026-01-06,2\nC,2026-01-07,3\n', "begins in line 3", id="63 open quote"
        ),
        pytest.param(f"{HEAD}A,2026-01-05,1\nB\0,2026-01-06,2\n", "Row 3 holds a NUL", id="64 NUL"),
        pytest.param(f'{HEAD}A,2026-01-05,1\n"{"x" * 1_100_000}",x,2\n', "ends in line 3 is longer", id="65 endless"),
    ],
)
def test_63_to_65_refused_with_the_place_and_nothing_imported(bring: Bringing, content: str, sentence: str) -> None:
    assert sentence in bring(content, code=2)
    assert bring.rows() == []


def test_65_a_long_text_is_no_problem(bring: Bringing) -> None:
    assert "1 new" in bring(f'client,date,amount,remark\nA,2026-01-05,1,"{"x" * 200_000}"\n')


@pytest.mark.parametrize("content", [TWO.replace("\n", "\r"), TWO.rstrip(), TWO.replace("50\n", "50\r\n")])
def test_66_line_ends_of_all_sorts(bring: Bringing, content: str) -> None:
    assert "2 new" in bring(content)


def test_67_ragged_rows_are_listed_left_out_by_default_and_never_shifted(bring: Bringing) -> None:
    content = f"{HEAD}A,2026-01-05,1\nB,2026-01-06\nC,2026-01-07,5,2,more\n"
    said = bring(content, code=2)
    assert "Row 3: The row has 2 cells where the header has 3." in said
    assert "Row 4: The row has 5 cells where the header has 3." in said
    assert bring.rows() == []
    bring(content, "--skip-problems")
    assert [row["Client"] for row in bring.rows()] == ["A"]


def test_68_equal_empty_and_endless_headers(bring: Bringing) -> None:
    content = f"client,date,amount,amount,,{'h' * 2_000}\nA,2026-01-05,100,150,x,y\n"
    assert "--map amount=COLUMN, COLUMN being one of: amount, amount (2)" in bring(content, code=2)
    bring(content, "--map", "amount=amount (2)")
    assert bring.rows()[0]["Amount"] == "150.00"


def test_69_a_list_without_a_header_is_asked_about_and_keeps_its_first_row(bring: Bringing) -> None:
    content = "Acme,2026-01-05,100\nBeta,2026-01-06,200\n"
    assert "no row with names of columns" in bring(content, code=2)
    named = [f"{field}=Column {at}" for at, field in enumerate(("client", "date", "amount"), start=1)]
    bring(content, *(word for pair in named for word in ("--map", pair)))
    assert [row["Client"] for row in bring.rows()] == ["Acme", "Beta"]


def test_70_more_rows_than_a_list_may_have_are_refused_not_cut(bring: Bringing) -> None:
    assert "more than 200,000 rows" in bring(HEAD + "A,2026-01-05,1\n" * 200_200, code=2)
    assert bring.rows() == []


def test_71_days_that_can_be_read_two_ways_are_asked(bring: Bringing) -> None:
    content = f"{HEAD}A,01/02/2026,1\nB,03/04/2026,1\n"
    assert "can be 1 February 2026 (2 of 2 fit) or 2 January 2026 (2 of 2 fit)" in bring(content, code=2)
    bring(content, "--date-order", "dmy")
    assert [row["Date"] for row in bring.rows()] == ["2026-02-01", "2026-04-03"]


def test_72_years_of_two_digits_are_never_a_century_off(bring: Bringing) -> None:
    bring(f"{HEAD}A,13/02/26,1\nB,14/04/60,1\n")
    assert {row["Client"]: row["Date"] for row in bring.rows()} == {"A": "2026-02-13", "B": "1960-04-14"}


def test_73_days_that_are_none(bring: Bringing) -> None:
    said = bring(f"{HEAD}A,2026-02-30,1\nB,0000-00-00,1\nC,45678,1\nD,2026-01-01,1\n", code=2)
    assert "Row 2, date: “2026-02-30” is no date." in said
    assert "Row 3, date: “0000-00-00” is no date." in said
    assert "Row 4, date: “45678” is no date. It may be a date shown as a number" in said


def test_74_marks_that_can_be_read_two_ways_are_asked_with_both_sums(bring: Bringing) -> None:
    content = "client;date;amount\nA;2026-01-01;1.234\nB;2026-01-01;2.500\n"
    assert "(all together 3.734) or 1234 (all together 3,734)" in bring(content, code=2)
    bring(content, "--decimal", ",")
    assert {row["Amount"] for row in bring.rows()} == {"1234.00", "2500.00"}


def test_75_what_is_an_amount_and_what_is_none(bring: Bringing) -> None:
    taken = {"(5.00)": "-5.00", "5-": "-5.00", "−6": "-6.00", "GBP 1'234.50": "1234.50"}
    refused = ("NaN", "1e5", "1_000", "５", "inf", "٣")
    lines = "".join(f"C{at};2026-01-01;{text}\n" for at, text in enumerate((*taken, *refused)))
    said = bring(f"client;date;amount\n{lines}", "--skip-problems")
    assert all(f"“{text}” is no amount" in said for text in refused)
    assert [row["Amount"] for row in sorted(bring.rows(), key=lambda row: row["Client"])] == list(taken.values())


def test_76_rows_already_there_are_counted_and_never_doubled(bring: Bringing) -> None:
    listed = "client,date,amount,document\nA,2026-01-05,100,1\n"
    bring(listed)
    assert "0 new, 0 changed, 1 the same" in bring(listed)
    more = "client,date,amount,document\nA,2026-01-05,150,1\nA,2026-01-09,5,2\n"
    assert "1 new, 1 changed, 0 the same" in bring(more)
    assert [row["Amount"] for row in bring.rows()] == ["100.00", "5.00"]
    bring(more, "--existing", "update")
    assert [row["Amount"] for row in bring.rows()] == ["150.00", "5.00"]


def test_77_equal_rows_of_one_list_are_told(bring: Bringing) -> None:
    said = bring("client,date,amount,document\n" + "A,2026-01-05,100,1\n" * 2)
    assert "1 row says the same as another of the list; all are taken." in said
    assert len(bring.rows()) == 2


def test_78_names_in_other_forms_are_one_and_near_ones_stay_apart_told(bring: Bringing) -> None:
    rows = " Acme Ltd ,2026-01-05,1\nACME\u00a0Limited,2026-01-06,2\nAcmee Ltd,2026-01-07,3\n"
    said = bring(HEAD + rows)
    assert "are taken as one client" in said
    assert "“Acmee Ltd” is near “Acme Ltd”; it stays a client of its own." in said
    assert {row["Client"] for row in bring.rows("clients")} == {"Acme Ltd", "Acmee Ltd"}


def test_78_unknown_status_and_staff_are_told(bring: Bringing) -> None:
    said = bring("client,date,amount,status\nA,2026-01-05,1,wibble\nA,2026-01-06,1,draft\n")
    assert "their status not being known: 1 “wibble”" in said
    assert "Left out by their status: 1 draft" in said
    said = bring("client,date,direction,channel,owner,summary\nA,2026-01-05,in,call,Jayne,hi\n", kind="contacts")
    assert "1 colleague not known before: Jayne." in said
