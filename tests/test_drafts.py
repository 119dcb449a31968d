"""Drafts of forms: kept whole, for the owner alone, and never in anybody's way."""

import json
import os
from pathlib import Path

import pytest

from app.drafts import KEPT, Drafts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where drafts lie; made with the first one."""
    return tmp_path / "drafts" / "0123"


def test_a_draft_is_there_for_the_next_program(folder: Path) -> None:
    fields = {"name": "Łódź & Sons", "notes": "two\nlines", "odd": "half \ud800 a letter"}
    assert Drafts(folder).keep("person of 3", fields)
    found = Drafts(folder).get("person of 3")
    assert found is not None
    assert found.fields == fields
    assert found.at.tzinfo is not None
    assert Drafts(folder).get("person of 4") is None


def test_the_latest_is_kept_and_a_dropped_one_is_gone(folder: Path) -> None:
    drafts = Drafts(folder)
    drafts.keep("log", {"line": "a"})
    drafts.keep("log", {"line": "ab"})
    found = Drafts(folder).get("log")
    assert found is not None
    assert found.fields == {"line": "ab"}
    drafts.drop("log")
    drafts.drop("log")
    assert drafts.get("log") is None
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_files_are_the_owners_alone(folder: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        Drafts(folder).keep("log", {"line": "a secret"})
    finally:
        os.umask(before)
    (file,) = folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o077 == 0
    assert "log" not in file.name


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"key": "log"}', '{"key": "log", "at": "never", "fields": {}}', "\udcff", "[" * 99999],
)
def test_what_is_no_draft_is_passed_over(folder: Path, text: str) -> None:
    Drafts(folder).keep("log", {"line": "a"})
    (file,) = folder.iterdir()
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    drafts = Drafts(folder)
    assert drafts.get("log") is None
    assert drafts.keep("log", {"line": "b"})


def test_another_forms_draft_is_not_taken(folder: Path) -> None:
    Drafts(folder).keep("log", {"line": "a"})
    (file,) = folder.iterdir()
    known = json.loads(file.read_text())
    file.write_text(json.dumps(known | {"key": "person of 3"}))
    assert Drafts(folder).get("log") is None


def test_a_disk_that_refuses_is_no_error(tmp_path: Path) -> None:
    in_the_way = tmp_path / "drafts"
    in_the_way.write_text("a file, no folder")
    drafts = Drafts(in_the_way / "0123")
    assert not drafts.keep("log", {"line": "a"})
    found = drafts.get("log")
    assert found is not None
    assert found.fields == {"line": "a"}
    drafts.drop("log")
    assert drafts.get("log") is None


def test_the_oldest_of_too_many_go(folder: Path) -> None:
    drafts = Drafts(folder)
    for number in range(KEPT + 3):
        drafts.keep(f"log of {number}", {"line": "a"})
    for place, file in enumerate(sorted(folder.iterdir())):
        os.utime(file, (place, place))
    (folder / "cut.unfinished").write_text("{")
    again = Drafts(folder)
    assert len(list(folder.iterdir())) == KEPT
    assert sum(again.get(f"log of {number}") is not None for number in range(KEPT + 3)) == KEPT


def test_without_a_folder_they_last_as_long_as_the_program() -> None:
    drafts = Drafts()
    assert drafts.keep("log", {"line": "a"})
    assert drafts.get("log") is not None
    assert Drafts().get("log") is None


def test_what_is_left_is_listed_with_its_keys(folder: Path) -> None:
    assert Drafts(folder).left() == []
    drafts = Drafts(folder)
    drafts.keep("log", {"line": "a"})
    drafts.keep("person of 3", {"name": "b"})
    (folder / "broken.json").write_text("{", "ascii")
    assert {key: draft.fields for key, draft in Drafts(folder).left()} == {
        "log": {"line": "a"},
        "person of 3": {"name": "b"},
    }


def test_a_draft_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a power cut may leave an empty file under the name."""
    flushed: list[int] = []
    flush = os.fsync

    def fsync(descriptor: int) -> None:
        flushed.append(os.fstat(descriptor).st_ino)
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    Drafts(tmp_path).keep("new client", {"name": "Acme"})
    (kept,) = tmp_path.glob("*.json")
    assert kept.stat().st_ino in flushed
