"""Reviews of odd clients: nothing to compute, hostile names, long texts, many fees; and what a recalculation gives."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from app.domain.clients import ClientDraft
from app.domain.colleagues import ColleagueDraft
from app.domain.engagements import EngagementDraft
from app.domain.feedback import FeedbackDraft
from app.domain.people import PersonDraft
from app.domain.plans import ActionDraft, ObjectiveDraft, PlanDraft
from app.domain.reviews import Edition
from app.domain.vocabulary import Channel, Direction, EngagementKind, Stage
from app.exchange.review.workbook import build
from tests.exchange.desk import Desk

DAY = date(2025, 9, 1)
ERRORS = re.compile(r"#(DIV/0!|NAME\?|VALUE!|REF!|N/A|NUM!|NULL!)|Err:\d+")


def nothing(desk: Desk) -> int:
    return desk.client()


def one_purchase(desk: Desk) -> int:
    client = desk.client()
    desk.fee(client, DAY, 120_000)
    return client


def credits_exceed(desk: Desk) -> int:
    client = desk.client()
    for on, amount in ((DAY, 100_000), (date(2025, 12, 1), 20_000), (date(2026, 1, 1), -150_000)):
        desk.fee(client, on, amount)
    return client


def only_a_credit(desk: Desk) -> int:
    client = desk.client()
    desk.fee(client, DAY, -5_000)
    return client


def one_foreign_currency(desk: Desk) -> int:
    client = desk.client(currency="USD")
    for months in range(4):
        desk.fee(client, DAY + timedelta(days=60 * months), 100_001, currency="USD", rate=Decimal("0.7777"))
    return client


def without_rate(desk: Desk) -> int:
    client = desk.client()
    desk.fee(client, DAY, 50_000, currency="EUR")
    return client


def linked_credits(desk: Desk) -> int:
    client = desk.client()
    desk.fee(client, DAY, 100_000)
    second = desk.fee(client, date(2025, 10, 1), 90_000)
    desk.fee(client, date(2025, 10, 20), -90_000, linked_fee_id=second)
    desk.fee(client, date(2026, 1, 1), 100_000)
    return client


def episodes(desk: Desk) -> int:
    """METRICS E18, with a pause that is no gap."""
    client = desk.client()
    for days in (-1500, -1400, -1300):
        desk.fee(client, desk.as_of + timedelta(days=days), 50_000)
    desk.book.clients.set_stage(client, Stage.ENDED, desk.as_of + timedelta(days=-1200))
    desk.book.clients.set_stage(client, Stage.WON_BACK, desk.as_of + timedelta(days=-300))
    for days in (-300, -200):
        desk.fee(client, desk.as_of + timedelta(days=days), 90_000)
    return client


def ended_at_last_purchase(desk: Desk) -> int:
    client = desk.client()
    for on, amount in ((date(2025, 7, 1), 100_001), (date(2025, 10, 1), 70_000), (date(2026, 1, 1), 100_000)):
        desk.fee(client, on, amount)
    desk.book.clients.set_stage(client, Stage.ENDED, date(2026, 1, 1))
    return client


def odd_penny(desk: Desk) -> int:
    client = desk.client()
    for on, amount in ((date(2025, 7, 1), 1), (date(2025, 9, 1), 333_333), (date(2026, 5, 30), 7)):
        desk.fee(client, on, amount)
    return client


def bought_today(desk: Desk) -> int:
    client = desk.client()
    for days in (90, 0):
        desk.fee(client, desk.as_of - timedelta(days=days), 10_001)
    return client


def streams(desk: Desk) -> int:
    client = desk.client()
    retainer = desk.book.engagements.add(
        EngagementDraft(client_id=client, name="Press office", kind=EngagementKind.RETAINER, billed_every_months=1)
    )
    for month in range(1, 7):
        desk.fee(client, date(2026, month, 1), 50_000, engagement_id=retainer)
    for on in (date(2025, 9, 15), date(2026, 3, 15)):
        desk.fee(client, on, 600_000)
    return client


def ancient(desk: Desk) -> int:
    client = desk.client()
    for on in (date(1899, 5, 5), date(1899, 9, 9), date(2026, 1, 1)):
        desk.fee(client, on, 10_000)
    return client


def whole(desk: Desk) -> int:
    return desk.whole_client()


CASES: list[Callable[[Desk], int]] = [
    nothing, one_purchase, credits_exceed, only_a_credit, one_foreign_currency, without_rate, linked_credits, episodes,
    ended_at_last_purchase, odd_penny, bought_today, streams, ancient, whole,
]  # fmt: skip


def sheets(content: bytes, *, values: bool) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content), data_only=values)


def text_of(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_every_edge_has_figures_or_a_dash_with_its_reason(desk: Desk, case: Callable[[Desk], int]) -> None:
    client = case(desk)
    figures = desk.book.figures.on(desk.as_of).clients[client].fees
    for edition in Edition:
        content = build(desk.review(client, edition))[0]
        assert not ERRORS.search(text_of(content))
        values = sheets(content, values=True)
        if case is nothing:
            assert "Value" not in values.sheetnames
            continue
        for name, expected in (("Average_spend", figures.spend), ("TFI_by_formula", figures.tfi)):
            ((sheet, area),) = values.defined_names[name].destinations
            shown = values[sheet][area].value
            if expected is None:
                assert shown == "—"
                row = values[sheet][area].row
                assert values[sheet].cell(row, 6).value == str(figures.why_not)
            else:
                assert shown == pytest.approx(float(expected) / 100, abs=1e-9)


def test_a_client_without_anything_reads_as_sentences(desk: Desk) -> None:
    values = sheets(build(desk.review(nothing(desk)))[0], values=True)
    text = [str(cell.value) for sheet in values for row in sheet.iter_rows() for cell in row if cell.value]
    for words in (
        "There is no purchase yet.",
        "No personal contact was recorded in the period.",
        "No feedback was recorded in the period.",
        "The sheets Plan, Dialogue, Feedback, Value and Fees are left out: there is nothing to show on them.",
    ):
        assert words in text, words


def test_a_pause_between_two_periods_is_no_gap(desk: Desk) -> None:
    values = sheets(build(desk.review(episodes(desk)))[0], values=True)
    sheet = values["Fees"]
    gaps = [row[14].value for row in sheet.iter_rows(min_row=7, max_row=11)]
    assert gaps == ["—", 100, 100, "—", 100]
    assert "period" in str([cell.value for cell in sheet[6]]).lower()


HOSTILE = [
    "=1+1",
    "=cmd|'/c calc'!A1",
    "+1",
    "-1",
    "@SUM(A1)",
    "http://example.com",
    "mailto:a@b.example",
    "internal:Sheet1!A1",
    "file:///etc/passwd",
    "{=1+1}",
    "12345678901234567890",
    "1e5",
    "TRUE",
    "<b>bold</b> &amp; R&D",
    "_x0041_",
    "  two  blanks ",
    "line\nfeed\ttab",
    "日本語 العربية \u202eevil\u202c 👩‍👩‍👧",
    "&P &[Page] &Z&F",
]


@pytest.mark.parametrize("edition", list(Edition))
def test_text_stays_text_wherever_it_stands(desk: Desk, edition: Edition) -> None:
    content = build(desk.review(everywhere(desk), edition))[0]
    raw = text_of(content)
    assert "<hyperlink" not in raw
    formulas = re.findall(r"<f>(.*?)</f>", raw)
    assert formulas
    assert all("cmd" not in one and "1+1" not in one for one in formulas)
    found = dict.fromkeys(HOSTILE, 0)
    for cell in (cell for sheet in sheets(content, values=False) for row in sheet.iter_rows() for cell in row):
        if cell.value in found:
            found[cell.value] += 1
            assert cell.data_type == "s"
            assert not cell.value.startswith(("=", "+", "-", "@")) or cell.quotePrefix
    assert min(found.values()) >= 8, found


def everywhere(desk: Desk) -> int:
    """Put hostile texts wherever people type one."""
    book, first = desk.book, HOSTILE[0]
    owner = book.colleagues.add(ColleagueDraft(name=first))
    client = book.clients.add(ClientDraft(name=first, owner_id=owner, notes=first))
    plan = book.plans.add(PlanDraft(client_id=client, title=first, starts=DAY, ends=date(2026, 12, 31)))
    for text in HOSTILE:
        us = book.colleagues.add(ColleagueDraft(name=text))
        them = book.people.add(PersonDraft(client_id=client, name=text, role=text, drivers=text, notes=text))
        desk.fee(client, DAY, 10_000, text, service=text)
        desk.contact(
            client, DAY, Direction.BOTH, channel=Channel.CALL, summary=text, note=text, people=(them,), colleagues=(us,)
        )
        book.feedback.add(
            FeedbackDraft(client_id=client, on=DAY, verbatim=text, person_id=them, action=text, acted_on=DAY)
        )
        goal = book.objectives.add(ObjectiveDraft(plan_id=plan, title=text, measure=text, baseline=text, target=text))
        book.actions.add(ActionDraft(plan_id=plan, title=text, objective_id=goal, owner_id=us))
    return client


def test_long_texts_stand_whole_on_a_sheet_of_their_own(desk: Desk) -> None:
    long = "".join(f"{at:>8}" for at in range(5_000))
    client = desk.client("N" * 40_000)
    desk.contact(client, DAY, Direction.OUT, summary=long)
    content, report = build(desk.review(client))
    sheet = sheets(content, values=True)["Long texts"]
    pieces = [row[4].value for row in sheet.iter_rows(min_row=5) if row[2].value == "Dialogue" and row[3].value != "B2"]
    assert "".join(pieces) == long
    assert report.moved >= 2
    assert any("Long texts" in sentence for sentence in report.sentences)
    assert all(
        len(str(cell.value)) <= 32_767 for sheet in sheets(content, values=True) for row in sheet for cell in row
    )


def test_unprintable_characters_are_replaced_and_told(desk: Desk) -> None:
    client = desk.client()
    desk.contact(client, DAY, Direction.OUT, summary="a\x00b\x0bc")
    content, report = build(desk.review(client))
    values = sheets(content, values=True)
    assert any(cell.value == "a�b�c" for row in values["Dialogue"].iter_rows() for cell in row)
    assert report.replaced == 2
    assert "2 characters" in report.sentences[0]


SOFFICE = shutil.which("soffice")
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""


@pytest.mark.full
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed: formulas are not recalculated")
@pytest.mark.parametrize("edition", list(Edition))
def test_libreoffice_recalculates_the_same(desk: Desk, tmp_path: Path, edition: Edition) -> None:
    """Every formula of every edge, its stored value taken away first, comes back with the value we stored."""
    files = {}
    for case in CASES:
        client = case(desk)
        desk.book.clients.change(client, ClientDraft(name=case.__name__))
        content = build(desk.review(client, edition))[0]
        files[case.__name__] = sheets(content, values=False), sheets(content, values=True)
        (tmp_path / f"{case.__name__}.xlsx").write_bytes(emptied(content))
    recalculated = recalculate(tmp_path, [f"{name}.xlsx" for name in files])
    compared = 0
    for name, (formulas, stored) in files.items():
        again = openpyxl.load_workbook(recalculated / f"{name}.xlsx", data_only=True)
        for sheet in formulas:
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
                place = f"{name}: {sheet.title}!{cell.coordinate} {cell.value}"
                was, now = (number(book[sheet.title][cell.coordinate].value) for book in (stored, again))
                assert now == pytest.approx(was, rel=1e-9, abs=1e-6), place
                compared += 1
    assert compared > 200


def number(value: float | datetime) -> float:
    return float((value.date() - date(1899, 12, 30)).days) if isinstance(value, datetime) else float(value)


def emptied(content: bytes) -> bytes:
    """Take the stored value of every formula away."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as parts, zipfile.ZipFile(out, "w") as copy:
        for name in parts.namelist():
            text = parts.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = re.sub(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1<v>-999</v>", text)
            copy.writestr(name, text)
    return out.getvalue()


def recalculate(folder: Path, names: list[str]) -> Path:
    """Open and save workbooks in LibreOffice, recalculating always."""
    profile, out = folder / "profile", folder / "out"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE)
    command = [
        *(str(SOFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless"),
        *("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out)),
    ]
    subprocess.run([*command, *(str(folder / name) for name in names)], check=True, capture_output=True, timeout=240)
    return out


def test_the_words_of_a_review_count_rightly_and_leave_no_dash_inside_a_sentence(desk: Desk) -> None:
    client = desk.client()
    engagement = desk.book.engagements.add(
        EngagementDraft(client_id=client, name="Press", kind=EngagementKind.RETAINER, starts=DAY)
    )
    desk.fee(client, DAY, 100_000)
    desk.fee(client, DAY + timedelta(days=1), 100_000)
    desk.fee(client, DAY + timedelta(days=2), 100_000, engagement_id=engagement)
    for days in (10, 20, 30, 40):
        direction = Direction.BOTH if days == 10 else Direction.OUT
        desk.contact(client, DAY + timedelta(days=days), direction)
    values = sheets(build(desk.review(client))[0], values=True)
    text = [str(cell.value) for sheet in values for row in sheet.iter_rows() for cell in row if cell.value]
    said = " ".join(text)
    assert "0 from you, 3 from us, 1 conversation." in said
    assert "£1,000 a purchase, one every day, over" in said
    assert "Purchases bunched: T is not a rhythm." in said
    assert "one purchase: no rhythm yet" in text
    assert "every —" not in said


def test_one_foreign_purchase_is_told_without_a_dash(desk: Desk) -> None:
    client = desk.client(currency="USD")
    desk.fee(client, DAY, 100_001, currency="USD", rate=Decimal("0.7777"))
    values = sheets(build(desk.review(client))[0], values=True)
    text = [str(cell.value) for sheet in values for row in sheet.iter_rows() for cell in row if cell.value]
    assert "In USD, as invoiced: observed $1,000.01, S $1,000.01." in text
