"""The review workbook as a spreadsheet reads it: types, live formulas with their values, names, print set-up."""

import zipfile
from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell

from app.domain.feedback import FeedbackDraft
from app.domain.plans import ActionDraft
from app.domain.reviews import Edition
from app.domain.vocabulary import Direction
from app.errors import AppError, AskedWrongError, CancelledError
from app.exchange.reading.progress import Watch
from app.exchange.review.preview import preview
from app.exchange.review.workbook import build, write_review
from app.exchange.workbooks.saving import refusal
from app.services.client_safe import client_safe
from app.services.review_values import Review
from tests.exchange.desk import Desk

SHARED = ["Summary", "Plan", "Dialogue", "Feedback", "Value", "Fees", "Definitions"]
INSIDE = ["Contribution", "Standing", "People"]


def opened(review: Review, *, values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(build(review)[0]), data_only=values)


def named(book: openpyxl.Workbook, name: str) -> Cell:
    """Give the cell that a defined name means."""
    ((sheet, area),) = book.defined_names[name].destinations
    return book[sheet][area]


def column(book: openpyxl.Workbook, name: str) -> list[object]:
    """Give the values of the column that a defined name means."""
    ((sheet, area),) = book.defined_names[name].destinations
    return [row[0].value for row in book[sheet][area]]


def test_the_sheets_of_both_editions(desk: Desk) -> None:
    client = desk.whole_client()
    assert opened(desk.review(client)).sheetnames == SHARED
    inside = opened(desk.review(client, Edition.INTERNAL)).sheetnames
    assert inside == [*SHARED[:-1], *INSIDE, SHARED[-1]]


@pytest.mark.parametrize("edition", list(Edition))
def test_value_holds_live_formulas_with_the_figures_of_the_metrics(desk: Desk, edition: Edition) -> None:
    client = desk.whole_client()
    figures = desk.book.figures.on(desk.as_of).clients[client].fees
    review = desk.review(client, edition)
    formulas, values = opened(review), opened(review, values=True)
    expected = {
        "Observed_fees": Fraction(figures.observed, 100),
        "Purchases": figures.n,
        "Average_spend": figures.spend / 100,
        "Average_interval": figures.interval,
        "Relationship_length": figures.length,
        "TFI_by_formula": figures.tfi / 100,
        "Last_12_months": Fraction(figures.last_12_months, 100),
    }
    for name, figure in expected.items():
        assert str(named(formulas, name).value).startswith("="), name
        assert named(values, name).value == pytest.approx(float(figure), abs=1e-9), name
    parts = [named(values, name).value for name in ("Part_fence_post", "Part_before_first", "Part_since_last")]
    assert parts == pytest.approx([part / 100 for part in figures.explained.rounded()])
    assert sum(parts) == pytest.approx(round(float(figures.difference) / 100, 2))


def test_fees_list_every_document_of_the_day_and_the_purchase_days(desk: Desk) -> None:
    book = opened(desk.review(desk.whole_client()), values=True)
    sheet = book["Fees"]
    documents = [row[2].value for row in sheet.iter_rows(min_row=7) if row[2].value]
    # What is dated after the as-of day does not exist for it.
    assert documents == ["100", "CR-INV", "103", "CR-1", "106", "E-1", "E-2", "D-1", "109", "1011"]
    counted = {row[2].value: row[7].value for row in sheet.iter_rows(min_row=7) if row[2].value}
    assert counted["E-1"] == pytest.approx(602.0)
    assert counted["E-2"] == counted["D-1"] == "—"
    days = [day.date().isoformat() for day in column(book, "Purchase_days")]
    assert days == ["2025-07-01", "2025-09-30", "2025-12-30", "2026-02-02", "2026-04-01", "2026-05-31"]
    assert sum(column(book, "Purchase_fees")) == pytest.approx(named(book, "Observed_fees").value)
    assert column(book, "Purchase_gaps") == ["—", 91, 91, 34, 58, 60]


def test_dates_and_money_are_typed(desk: Desk) -> None:
    sheet = opened(desk.review(desk.whole_client()), values=True)["Fees"]
    first = sheet[7]
    assert first[1].value.date() == date(2025, 7, 1)
    assert first[1].number_format == "d mmm yyyy"
    assert first[5].value == 1200
    assert first[5].number_format == '"£"#,##0.00;"−£"#,##0.00'
    euros = next(row for row in sheet.iter_rows(min_row=7) if row[2].value == "E-1")
    assert euros[5].number_format.startswith('"€"')


@pytest.mark.parametrize("edition", list(Edition))
def test_print_set_up_and_frozen_heads(desk: Desk, edition: Edition) -> None:
    book = opened(desk.review(desk.whole_client(), edition))
    for sheet in book:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert sheet.page_setup.fitToWidth in (None, 1), sheet.title
        assert sheet.page_setup.paperSize == 9
        assert "&P" in sheet.oddFooter.right.text
        assert "&N" in sheet.oddFooter.right.text
        assert not sheet.sheet_view.showGridLines
    for name in ("Dialogue", "Feedback", "Fees"):
        assert book[name].freeze_panes == "A7"
        assert book[name].print_title_rows == "$6:$6"
        assert book[name].page_setup.orientation == "landscape"
    assert book.active.title == "Summary"


def test_a_list_of_several_pages_is_one_page_wide_and_as_long_as_it_is(desk: Desk) -> None:
    client = desk.client("Long talks")
    for at in range(60):
        desk.contact(client, date(2026, 1, 1 + at % 28), Direction.BOTH)
    short, long = (opened(desk.review(of))["Dialogue"].page_setup for of in (desk.whole_client(), client))
    assert short.fitToHeight in (None, 1)
    assert (long.fitToWidth or 1, long.fitToHeight) == (1, 0)


def test_paper_follows_the_currency_of_the_firm(desk: Desk) -> None:
    client = desk.whole_client()
    review = desk.review(client)
    assert {sheet.page_setup.paperSize for sheet in opened(review)} == {9}
    assert {sheet.page_setup.paperSize for sheet in opened(replace(review, currency="USD"))} == {1}


def test_years_add_up_to_observed_fees_and_purchases(desk: Desk) -> None:
    review = desk.review(desk.whole_client())
    formulas, values = opened(review)["Value"], opened(review, values=True)
    sheet = values["Value"]
    years = [row for row in sheet.iter_rows() if isinstance(row[1].value, int) and 1990 < row[1].value < 2100]
    assert [row[1].value for row in years] == [2025, 2026]
    assert sum(row[4].value for row in years) == pytest.approx(named(values, "Observed_fees").value)
    assert sum(row[5].value for row in years) == named(values, "Purchases").value
    assert all(str(formulas[row[at].coordinate].value).startswith("=") for row in years for at in (4, 5))


def test_sheets_with_nothing_to_show_are_left_out_and_told(desk: Desk) -> None:
    client = desk.client()
    desk.fee(client, date(2026, 3, 1), 500)
    review = desk.review(client)
    book = opened(review)
    assert book.sheetnames == ["Summary", "Value", "Fees", "Definitions"]
    said = [cell.value for row in book["Summary"].iter_rows() for cell in row if cell.value]
    assert "The sheets Plan, Dialogue and Feedback are left out: there is nothing to show on them." in said
    assert "You spoke" not in said
    shown = preview(review)
    assert [sheet.name for sheet in shown.sheets] == book.sheetnames
    assert shown.findings[-1] in said


@pytest.mark.parametrize(
    ("told", "to_client", "for_us"),
    [
        ((None,), "once; we have not come back to you on it yet", "once; they have not been told yet what came of it"),
        ((True,), "once; we came back to you on it", "once; they were told what came of it"),
        ((None, None), "2 times; we have not come back to you on it yet", "2 times; they have not been told yet"),
        ((True, None), "2 times; we came back to you on 1 of them", "2 times; they were told what came of 1"),
    ],
)
def test_what_came_of_feedback_is_said_as_people_do(
    desk: Desk, told: tuple[bool | None, ...], to_client: str, for_us: str
) -> None:
    client, day = desk.client(), date(2026, 3, 1)
    for answered in told:
        draft = FeedbackDraft(client_id=client, on=day, verbatim="Late.", told_on=day if answered else None)
        desk.book.feedback.add(draft)
    for edition, words in ((Edition.CLIENT, to_client), (Edition.INTERNAL, for_us)):
        assert any(words in said for said in preview(desk.review(client, edition)).findings)


def test_fees_after_and_before_none_are_said_so(desk: Desk) -> None:
    client = desk.client()
    desk.fee(client, date(2024, 1, 1), 100_000)
    desk.fee(client, date(2025, 8, 1), 50_000)
    first, *_ = preview(desk.review(client)).findings
    assert first == "Fees in the period come to £500 on 1 purchase day, after none in the time of equal length before."
    later = desk.review(client, start=date(2026, 1, 1), end=date(2026, 6, 30))
    assert preview(later).findings[0].startswith("No fees fall in the period, after £500 in the time")


def test_the_rules_of_our_house_stand_in_our_edition_only(desk: Desk) -> None:
    client = desk.whole_client()
    heads = {
        edition: [cell.value for cell in opened(desk.review(client, edition))["Definitions"][6]] for edition in Edition
    }
    assert "Rule" in heads[Edition.INTERNAL]
    assert "Rule" not in heads[Edition.CLIENT]


@pytest.mark.parametrize(("contacts", "breaks"), [(3, 0), (12, 0), (20, 1), (30, 0)])
def test_the_chart_of_the_dialogue_is_never_cut_by_the_end_of_a_page(desk: Desk, contacts: int, breaks: int) -> None:
    client = desk.client()
    for at in range(contacts):
        desk.contact(client, date(2026, 1, 1 + at), Direction.BOTH)
    sheet = opened(desk.review(client))["Dialogue"]
    heading = next(row[1].row for row in sheet.iter_rows() if row[1].value == "Who spoke, month by month")
    # The new page begins with the space above the heading.
    assert [found.id for found in sheet.row_breaks.brk] == [heading - 2] * breaks


def test_what_of_the_plan_is_ours_stands_together_on_one_page(desk: Desk) -> None:
    client = desk.whole_client()
    (plan,) = desk.book.plans.every()
    for number in range(32):
        desk.book.actions.add(ActionDraft(plan_id=plan.id, title=f"Action {number}"))
    sheet = opened(desk.review(client, Edition.INTERNAL))["Plan"]
    heading = next(row[1].row for row in sheet.iter_rows() if row[1].value == "For us")
    assert [found.id for found in sheet.row_breaks.brk] == [heading - 2]


def test_charts_are_native_and_have_words_for_who_cannot_see_them(desk: Desk) -> None:
    content = build(desk.review(desk.whole_client()))[0]
    with zipfile.ZipFile(BytesIO(content)) as parts:
        charts = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
        drawings = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/drawings/drawing")]
    assert len(charts) == 3
    assert all('descr="' in drawing for drawing in drawings)


@pytest.mark.parametrize("edition", list(Edition))
def test_no_errors_no_today_no_links_no_person(desk: Desk, edition: Edition) -> None:
    content = build(desk.review(desk.whole_client(), edition))[0]
    with zipfile.ZipFile(BytesIO(content)) as parts:
        text = "".join(parts.read(name).decode() for name in parts.namelist())
        assert not any("externalLink" in name for name in parts.namelist())
    for word in ("#DIV/0!", "#NAME?", "#VALUE!", "#REF!", "#N/A", "#NUM!", "TODAY(", "NOW(", "<hyperlink", "XLOOKUP"):
        assert word not in text
    assert "<dc:creator></dc:creator>" in text
    assert str(Path.home()) not in text


def test_dialogue_and_feedback_show_the_period_only(desk: Desk) -> None:
    client = desk.whole_client()
    desk.contact(client, date(2025, 6, 30), Direction.IN, summary="A year ago to the day")
    desk.contact(client, date(2026, 7, 1), Direction.IN, summary="Tomorrow")
    desk.contact(client, date(2026, 6, 1), Direction.IN, summary="Only planned", planned=True)
    summaries = [contact.summary for contact in client_safe(desk.review(client)).contacts]
    assert summaries == [f"Talked through draft {at}." for at in (5, 4, 3, 2, 1)]
    whole = client_safe(desk.review(client, start=date(2025, 6, 1)))
    assert whole.contacts[-1].summary == "A year ago to the day"
    assert whole.workings.tfi == client_safe(desk.review(client)).workings.tfi


def test_what_is_only_intended_is_not_told(desk: Desk) -> None:
    client = desk.whole_client()
    (feedback,) = desk.book.feedback.of_client(client)
    desk.book.feedback.act(feedback.id, "Thinking of a discount.", date(2026, 7, 2))
    (told,) = client_safe(desk.review(client)).feedback
    assert told.action == ""
    assert told.acted_on is None
    assert "discount" not in build(desk.review(client))[0].decode("latin-1")


def test_a_period_must_have_days(desk: Desk) -> None:
    client = desk.client()
    with pytest.raises(AskedWrongError, match="no days"):
        desk.review(client, start=date(2026, 7, 1))


def test_a_deleted_client_is_refused(desk: Desk) -> None:
    client = desk.client()
    desk.book.clients.delete((client,))
    with pytest.raises(AskedWrongError, match="no longer exists"):
        desk.review(client)


def test_the_file_appears_whole_and_alone(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / "review.xlsx"
    target.write_bytes(b"old")
    report = write_review(desk.review(desk.whole_client()), target)
    assert zipfile.is_zipfile(target)
    assert list(folder.iterdir()) == [target]
    assert report.replaced == report.moved == 0


def test_cancelling_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    seen: list[int] = []
    watch = Watch(report=lambda done, _: seen.append(done), cancelled=lambda: len(seen) >= 2)
    with pytest.raises(CancelledError):
        write_review(desk.review(desk.whole_client()), folder / "review.xlsx", watch)
    assert list(folder.iterdir()) == []


def test_places_where_no_workbook_can_be(desk: Desk, tmp_path: Path) -> None:
    review = desk.review(desk.whole_client())
    read_only = tmp_path / "old.xlsx"
    read_only.write_bytes(b"old")
    read_only.chmod(0o444)
    folder = tmp_path / "folder.xlsx"
    folder.mkdir()
    for place, error, words in (
        (tmp_path / "desk.rapport", AskedWrongError, "does not end in"),
        (tmp_path / "none" / "a.xlsx", AskedWrongError, "no folder"),
        (folder, AskedWrongError, "is a folder"),
        (tmp_path / ("a" * 251 + ".xlsx"), AskedWrongError, "too long"),
        (read_only, AppError, "read-only"),
    ):
        with pytest.raises(error, match=words):
            write_review(review, place)
    assert read_only.read_bytes() == b"old"


def test_a_full_disk_is_one_sentence() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no device that is always full")
    with pytest.raises(AppError, match="disk is full"):
        raise refusal(Path("a.xlsx"), _full_disk(full))


def _full_disk(full: Path) -> OSError:
    try:
        with full.open("wb", buffering=0) as file:
            file.write(b"x")
    except OSError as error:
        return error
    raise AssertionError


def test_the_preview_says_what_will_leave(desk: Desk) -> None:
    client = desk.whole_client()
    shown = preview(desk.review(client))
    assert [sheet.name for sheet in shown.sheets] == SHARED
    assert {sheet.name: sheet.holds for sheet in shown.sheets}["Dialogue"] == "5 contacts"
    assert "Talked through draft 5." in [text.words for text in shown.texts]
    assert not any("Mind the budget" in text.words for text in shown.texts)
    assert shown.file_title == "Northgate Museums review 2026-06-30"
    assert len(shown.findings) >= 3
    inside = preview(desk.review(client, Edition.INTERNAL))
    assert [sheet.name for sheet in inside.sheets] == [*SHARED[:-1], *INSIDE, SHARED[-1]]
