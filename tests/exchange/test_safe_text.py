"""Text on its way into cells, csv fields, sheet tabs and file names."""

import re
from pathlib import PurePosixPath, PureWindowsPath
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.safe_text import (
    MAX_CELL,
    cell_length,
    chunks,
    csv_safe,
    looks_like_formula,
    safe_name,
    tab_names,
    xlsx_safe,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)
FORMULAS = [
    "=1+1",
    "=cmd|'/c calc'!A1",
    "+44 20 7946 0000",
    "-2+3",
    "@SUM(1,2)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\xa0=1",
    "\ufeff=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_puts_an_apostrophe_before_what_a_spreadsheet_would_calculate(text: str) -> None:
    assert csv_safe(text).text.startswith("'")
    assert looks_like_formula(text)


@pytest.mark.parametrize("text", ["", "Acme", "1042", "a=b", "2026-06-30", "“=”"])
def test_csv_leaves_ordinary_text_alone(text: str) -> None:
    assert csv_safe(text).text == text


def test_unprintable_characters_are_replaced_and_counted() -> None:
    safe = xlsx_safe("a\x00b\x1fc\ufffed\ud800e\x85f")
    assert safe.text == "a�b�c�d�e�f"
    assert safe.replaced == 5


def test_line_ends_become_line_feeds_and_tabs_stay() -> None:
    assert xlsx_safe("a\r\nb\rc\td") == xlsx_safe("a\nb\nc\td")
    assert xlsx_safe("a\r\nb\rc\td").replaced == 0


@given(ANY_TEXT)
def test_a_safe_text_fits_into_xml_and_stays_safe(text: str) -> None:
    safe = xlsx_safe(text).text
    element = ET.Element("t")
    element.text = safe
    assert ET.fromstring(ET.tostring(element, "utf-8")).text == (safe or None)
    assert xlsx_safe(safe).replaced == 0


@given(ANY_TEXT)
def test_no_csv_field_begins_like_a_formula(text: str) -> None:
    field = csv_safe(text).text
    assert field[:1] not in set("=+-@\t\r\n＝＋－＠")


@given(ANY_TEXT, st.integers(min_value=2, max_value=50))
def test_chunks_join_again_and_are_short_enough(text: str, most: int) -> None:
    pieces = chunks(text, most)
    assert "".join(pieces) == text
    assert all(cell_length(piece) <= most for piece in pieces)


def test_an_emoji_counts_as_two() -> None:
    assert cell_length("👍a") == 3
    assert len(chunks("👍" * MAX_CELL)) == 3


@given(st.lists(ANY_TEXT, max_size=12))
def test_sheet_names_are_valid_and_differ(titles: list[str]) -> None:
    names = tab_names(titles)
    assert len(names) == len(titles)
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < cell_length(name) <= 31
        assert not re.search(r"[\[\]:*?/\\\n\r\t]", name)
        assert name[0] != "'"
        assert name[-1] != "'"
        assert name.casefold() != "history"


def test_sheet_names_keep_the_case_of_the_first() -> None:
    assert tab_names(["Acme", "acme", "A/B:C", "History"]) == ["Acme", "acme 2", "A B C", "History list"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Northgate Museums", "Northgate Museums"),
        ("a/b\\c:d*e?", "a b c d e"),
        ("../../etc/passwd", "etc passwd"),
        ("CON", "CON file"),
        ("nul.txt", "nul.txt file"),
        ("COM¹", "COM¹ file"),
        ("name. .", "name"),
        ("   ", "Untitled"),
        ("invoice\u202efdp.exe", "invoice fdp.exe"),
        ("日本 R&D", "日本 R&D"),
    ],
)
def test_file_names(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(ANY_TEXT)
def test_a_file_name_is_one_name_on_every_system(text: str) -> None:
    name = safe_name(text)
    assert PurePosixPath(name).name == name
    assert PureWindowsPath(name).name == name
    assert 0 < len(name.encode()) <= 160
    assert name.strip(". ") == name
