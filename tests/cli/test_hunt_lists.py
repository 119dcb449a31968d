"""`import` told in full: what differs is listed, said in names, and an update leaves nothing to update."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import main

Run = Callable[..., Any]


@pytest.fixture
def bring(tmp_path: Path, run: Run, book: Path) -> Callable[..., dict[str, Any]]:
    """Import a text as a list."""

    def call(kind: str, text: str, *more: str) -> dict[str, Any]:
        listed = tmp_path / f"{kind}.csv"
        listed.write_text(text)
        said = run("import", book, listed, "--as", kind, "--json", *more)
        assert said.code == 0
        return dict(said.answer)

    return call


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the sample book once; its readers leave it as it is."""
    folder = tmp_path_factory.mktemp("sample")
    assert main.main(["--data-dir", str(folder / "data"), "demo", str(folder / "sample.rapport")]) == 0
    return folder / "sample.rapport"


def test_changed_rows_are_listed_with_what_differs(bring: Callable[..., dict[str, Any]]) -> None:
    bring("fees", "client,document,date,amount\nAcme,17,2026-01-05,100.00\n")
    answer = bring("fees", "client,document,date,amount\nAcme,17,2026-01-05,120.00\n")
    assert answer["changed"] == 1
    (told,) = (notice for notice in answer["notices"] if "120.00" in notice)
    assert "Row 2" in told
    assert "100.00" in told
    assert "--existing update" in told


def test_a_single_row_is_told_as_one(tmp_path: Path, run: Run, book: Path) -> None:
    listed = tmp_path / "fees.csv"
    listed.write_text("client,date,amount\nAcme,2026-01-01,1\n")
    said = run("import", book, listed, "--as", "fees")
    assert said.out.startswith("Imported 1 row: 1 new, 0 changed, ")


def test_what_fills_is_taken_and_what_alters_is_left(bring: Callable[..., dict[str, Any]]) -> None:
    bring("clients", "client,sector,owner\nAcme,steel,Jane\n")
    answer = bring("clients", "client,sector,owner,source,tags\nAcme,iron,Tom,fair,big;old\n")
    (told,) = (notice for notice in answer["notices"] if "Row 2" in notice)
    assert "Owner Jane → Tom" in told
    assert "big, old" in told
    assert "Sector, Owner left" in told
    answer = bring("clients", "client,source,tags\nAcme,fair,big;old\n")
    assert answer["same"] == 1


def test_an_updated_contact_is_the_same_afterwards(bring: Callable[..., dict[str, Any]]) -> None:
    head = "client,date,direction,channel,summary,people,owner\n"
    bring("contacts", head + "Acme,2026-01-05,out,call,hello,Ann;Bob,Jane\n")
    other = head + "Acme,2026-01-05,out,call,hello,Ann;Cid,Tom\n"
    assert bring("contacts", other, "--existing", "update")["changed"] == 1
    assert bring("contacts", other, "--existing", "update")["same"] == 1


def test_fewer_people_are_no_difference(bring: Callable[..., dict[str, Any]]) -> None:
    head = "client,date,direction,channel,summary,people,owner\n"
    bring("contacts", head + "Acme,2026-01-05,out,call,hello,Ann;Bob,Jane\n")
    assert bring("contacts", head + "Acme,2026-01-05,out,call,hello,Ann,\n")["same"] == 1


def test_a_start_rule_that_is_none_is_refused_in_words(run: Run, book: Path) -> None:
    said = run("metrics", book, "--start", "sometime", "--json")
    assert said.code == 2
    assert "first-contact" in said.err
    assert "StartRule" not in said.err


@pytest.mark.parametrize("name", ["\u200b\u200b", "\ufffe", "\u2060 \xa0"])
def test_a_name_that_nobody_can_see_is_refused(tmp_path: Path, run: Run, book: Path, name: str) -> None:
    listed = tmp_path / "fees.csv"
    listed.write_text(f"client,date,amount\n{name},2026-01-05,100.00\n", encoding="utf-8")
    said = run("import", book, listed, "--as", "fees", "--json")
    assert said.code == 2
    assert [problem["column"] for problem in said.answer["problems"]] == ["client"]


def test_an_own_export_read_again_is_the_same_whatever_its_texts_begin_with(
    tmp_path: Path, run: Run, book: Path, bring: Callable[..., dict[str, Any]]
) -> None:
    rows = "".join(f'"{text}",{text}7,2026-01-05,100.00,{text}\n' for text in ("=A1+1", "@home", "-2+3", "+44", "'q"))
    bring("fees", "client,document,date,amount,service\n" + rows)
    out = tmp_path / "out.csv"
    assert run("export", book, "fees", "--out", out).code == 0
    assert "'=A1+1" in out.read_text(encoding="utf-8-sig")
    answer = run("import", book, out, "--as", "fees", "--json").answer
    assert (answer["rows"], answer["same"]) == (5, 5)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["clients", "people", "fees", "costs", "contacts", "feedback"])
def test_the_lists_of_the_sample_book_read_again_bring_nothing(
    tmp_path: Path, run: Run, sample: Path, kind: str, suffix: str
) -> None:
    target = tmp_path / f"{kind}.{suffix}"
    assert run("export", sample, kind, "--out", target).code == 0
    answer = run("import", sample, target, "--as", kind, "--dry-run", "--json").answer
    assert (answer["new"], answer["changed"], answer["problems"]) == (0, 0, [])
    assert answer["same"] == answer["rows"] > 0


def test_numbers_of_a_workbook_are_kept_as_text(tmp_path: Path, run: Run, book: Path) -> None:
    listed = tmp_path / "fees.xlsx"
    with xlsxwriter.Workbook(listed) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["client", "document", "date", "amount", "service"])
        sheet.write_row(1, 0, [4711, 1042, "2026-01-05", 99.5, 7])
    for expected in ("new", "same"):
        answer = run("import", book, listed, "--as", "fees", "--json").answer
        assert answer[expected] == 1
    assert run("metrics", book, "--client", "4711", "--json").answer["clients"][0]["observed"] == 99.5


@pytest.mark.parametrize(("encoding", "name"), [("utf-16-le", "Acme"), ("utf-16-be", "Acme"), ("cp850", "Müller")])
def test_texts_without_a_mark_of_their_encoding(tmp_path: Path, run: Run, book: Path, encoding: str, name: str) -> None:
    listed = tmp_path / "fees.csv"
    listed.write_bytes(f"client,date,amount\n{name},2026-01-05,100.00\n".encode(encoding))
    assert run("import", book, listed, "--as", "fees").code == 0
    assert run("metrics", book, "--json").answer["clients"][0]["name"] == name


def test_a_credit_whose_invoice_is_unknown_is_the_same_again_and_linked_once_it_is_there(
    bring: Callable[..., dict[str, Any]],
) -> None:
    head = "client,document,date,amount,linked_to\n"
    credit = "Acme,C1,2026-02-05,-10.00,17\n"
    assert bring("fees", head + credit)["new"] == 1
    assert bring("fees", head + credit, "--existing", "update")["same"] == 1
    bring("fees", head + "Acme,17,2026-01-05,10.00,\n")
    assert bring("fees", head + credit)["changed"] == 1
    assert bring("fees", head + credit, "--existing", "update")["changed"] == 1
    assert bring("fees", head + credit)["same"] == 1


@pytest.fixture
def twins(bring: Callable[..., dict[str, Any]]) -> None:
    """Two clients of one name."""
    bring("fees", "client,code,date,amount\nTwin,A,2026-01-01,1\nTwin,B,2026-01-02,2\nB,C,2026-01-02,4\n")


@pytest.mark.usefixtures("twins")
def test_a_name_of_two_clients_is_refused_with_their_codes(run: Run, book: Path) -> None:
    for words in (("metrics", book, "--client", "twin", "--json"), ("log", book, "Twin <call hello")):
        said = run(*words)
        assert said.code == 2
        assert "“A” or “B”" in said.err
    (found,) = run("metrics", book, "--client", "b", "--json").answer["clients"]
    assert (found["client"], found["observed"]) == ("B", 2)


@pytest.mark.usefixtures("twins")
def test_a_row_that_may_mean_two_clients_is_told(bring: Callable[..., dict[str, Any]]) -> None:
    notices = bring("fees", "client,date,amount\nTwin,2026-03-01,5\n")["notices"]
    assert any("2 clients are called “Twin”" in notice for notice in notices)


def test_a_line_that_names_nobody_is_refused(run: Run, book: Path) -> None:
    said = run("log", book, "<call hello")
    assert said.code == 2
    assert "No client is named" in said.err
