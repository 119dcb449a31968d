"""`new`, `check`, `backup`, `restore`, and what stands in the way of every command (COMMANDS)."""

import hashlib
import os
import shutil
import sqlite3
import struct
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.domain.clients import ClientDraft
from app.services.book import open_book

Run = Callable[..., Any]
READS = ("metrics", "warnings", "today", "history", "check")
CHANGES = ("log", "undo", "redo")
EVERY = (*READS, "backup", *CHANGES)


def words_of(command: str, path: Path) -> list[str | Path]:
    return [command, path, "acme < hi"] if command == "log" else [command, path]


def state_of(path: Path) -> tuple[bytes, int]:
    return path.read_bytes(), path.stat().st_mtime_ns


def add_client(path: Path, name: str = "Acme") -> None:
    book = open_book(path, write=True)
    book.clients.add(ClientDraft(name=name))
    book.close()


# -- new -----------------------------------------------------------------------------------------------


def test_new_makes_a_book_and_says_so(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "b.rapport"
    said = run("new", path, "--firm", " Hollis & Marsh ", "--currency", "eur")
    assert (said.code, said.out) == (0, f"Made {path}.\n")
    assert f"{path.stat().st_mode & 0o777:o}" == "600"
    book = open_book(path, write=False)
    assert (book.firm.get().name, book.firm.get().currency) == ("Hollis & Marsh", "EUR")
    book.close()
    assert [found.name for found in tmp_path.iterdir()] == ["b.rapport", "data"] or len(list(tmp_path.iterdir())) == 2


def test_new_refuses_what_is_there_and_touches_nothing(tmp_path: Path, book: Path, run: Run) -> None:
    before = state_of(book)
    said = run("new", book, "--firm", "Other")
    assert said.code == 2
    assert "already something" in said.err
    assert state_of(book) == before
    (tmp_path / "link.rapport").symlink_to(tmp_path / "nowhere.rapport")
    assert run("new", tmp_path / "link.rapport", "--firm", "Other").code == 2
    assert not (tmp_path / "nowhere.rapport").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["--firm", ""],
        ["--firm", "  "],
        ["--firm", "X", "--currency", "POUND"],
        ["--firm", "X", "--currency", "£££"],
        ["--firm", "X", "--currency", ""],
        [],
        ["--firm"],
        ["--firm", "X", "--colour", "red"],
    ],
)
def test_new_refuses_what_is_wrong_and_makes_nothing(tmp_path: Path, run: Run, words: list[str]) -> None:
    said = run("new", tmp_path / "b.rapport", *words)
    assert said.code == 2
    assert not (tmp_path / "b.rapport").exists()


def test_new_in_no_folder_is_asked_wrong(tmp_path: Path, run: Run) -> None:
    said = run("new", tmp_path / "no" / "b.rapport", "--firm", "X")
    assert said.code == 2
    assert "There is no folder" in said.err


@pytest.mark.parametrize("name", [".", "/", ""])
def test_a_folder_without_a_name_is_asked_wrong(tmp_path: Path, run: Run, name: str) -> None:
    assert run("check", name).code == 2
    assert run("restore", name, "--to", tmp_path / "x.rapport").code == 2
    assert run("new", name, "--firm", "X").code == 2
    assert run("demo", name).code == 2


@pytest.mark.parametrize("name", ["n" * 300, f"{'n' * 300}/b.rapport", "n" * 5000])
def test_a_name_too_long_is_asked_wrong(tmp_path: Path, run: Run, name: str) -> None:
    assert run("new", tmp_path / name, "--firm", "X").code == 2
    assert run("check", tmp_path / name).code in {2, 3}
    assert run("restore", tmp_path / name, "--to", tmp_path / "x").code in {2, 3}


# -- what stands in the way ----------------------------------------------------------------------------


def _missing(path: Path) -> None:
    path.unlink()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path) -> None:
    path.write_text("client,amount\nAcme,5\n", "utf-8")


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE cookies (id)")


def _header(at: int, number: int) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(at)
            file.write(struct.pack(">i", number))

    return change


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 4096)


def _cut_header(path: Path) -> None:
    os.truncate(path, 60)


def _page(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096)


def _orphan(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("INSERT INTO client_tag (client_id, tag) VALUES (99, 'x')")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


REFUSED: dict[str, tuple[Callable[[Path], None], int, str]] = {
    "missing": (_missing, 2, "There is no book at"),
    "empty": (_empty, 2, "empty (0 bytes)"),
    "a text": (_text, 2, "looks like a text file"),
    "a database of another program": (_foreign, 2, "another program"),
    "a folder": (_folder, 2, "is a folder"),
    "a negative version": (_header(60, -3), 3, "damaged"),
    "cut off": (_cut, 3, "cut off"),
    "cut off in its header": (_cut_header, 3, "cut off"),
    "a spoilt page": (_page, 3, "damaged"),
    "a row that belongs to nothing": (_orphan, 3, "damaged"),
}


@pytest.mark.parametrize("command", EVERY)
@pytest.mark.parametrize("why", REFUSED)
def test_a_book_that_cannot_be_opened_is_refused_and_left_alone(
    tmp_path: Path, book: Path, run: Run, command: str, why: str
) -> None:
    spoil, code, words = REFUSED[why]
    spoil(book)
    before = state_of(book) if book.is_file() else None
    names = {found.name for found in tmp_path.iterdir()} - {".firm.rapport.lock"}
    said = run(*words_of(command, book))
    assert (said.code, said.out) == (code, "")
    assert words in said.err
    assert (state_of(book) if book.is_file() else None) == before
    assert {found.name for found in tmp_path.iterdir()} - {".firm.rapport.lock"} == names


@pytest.mark.parametrize("command", [*READS, *CHANGES])
@pytest.mark.parametrize("why", ["missing", "a text"])
def test_a_refusal_is_one_json_object_where_asked(book: Path, run: Run, command: str, why: str) -> None:
    spoil, code, words = REFUSED[why]
    spoil(book)
    said = run(*words_of(command, book), "--json")
    assert said.code == code
    assert set(said.answer) == {"error"}
    assert words in said.answer["error"]["sentence"]
    assert said.answer["error"]["code"] == code
    assert said.answer["error"]["sentence"] in said.err


def test_a_newer_book_answers_and_not_one_byte_changes(tmp_path: Path, book: Path, run: Run) -> None:
    add_client(book)
    _header(60, 99)(book)
    before = state_of(book)
    (tmp_path / ".firm.rapport.lock").unlink()
    names = {found.name for found in tmp_path.iterdir()}
    for command in READS:
        assert run(*words_of(command, book), "--json").code == 0
    for command in CHANGES:
        said = run(*words_of(command, book))
        assert said.code == 3
        assert "newer Rapport" in said.err
    assert run("backup", book).code == 0
    assert state_of(book) == before
    assert {found.name for found in tmp_path.iterdir()} == names


def test_a_hard_linked_book_is_read_and_not_written(tmp_path: Path, book: Path, run: Run) -> None:
    add_client(book)
    os.link(book, tmp_path / "second.rapport")
    before = state_of(book)
    for command in READS:
        assert run(*words_of(command, book)).code == 0
    for command in CHANGES:
        assert run(*words_of(command, book)).code == 3
    assert state_of(book) == before


# -- beside an open window -----------------------------------------------------------------------------


def test_beside_an_open_window_reading_works_and_changing_names_the_holder(book: Path, run: Run) -> None:
    add_client(book)
    window = open_book(book, write=True)
    try:
        before = state_of(book)
        for command in READS:
            assert run(*words_of(command, book), "--json").code == 0
        assert run("backup", book).code == 0
        for command in CHANGES:
            said = run(*words_of(command, book), "--json")
            assert said.code == 3
            assert f"is open on {os.uname().nodename} (" in said.answer["error"]["sentence"]
            assert ") since " in said.err
        assert state_of(book) == before
        window.clients.add(ClientDraft(name="Bexley"))
        assert run("history", book, "--json").answer["steps"][0]["what"] == "add client “Bexley”"
    finally:
        window.close()
    assert run("undo", book).code == 0


# -- check ---------------------------------------------------------------------------------------------


def test_check_says_whole_and_changes_nothing(book: Path, run: Run) -> None:
    add_client(book)
    before = state_of(book)
    assert run("check", book).out == "The book is whole.\n"
    said = run("check", book, "--json")
    assert said.code == 0
    assert set(said.answer) == {"ok", "seal", "problems"}
    assert said.answer["ok"] is True
    assert said.answer["seal"] in {"known", "unknown", "none"}
    assert said.answer["problems"] == []
    assert state_of(book) == before


@pytest.mark.parametrize("why", ["cut off", "a spoilt page", "a row that belongs to nothing", "a negative version"])
def test_check_of_a_damaged_book_answers_in_its_own_shape(book: Path, run: Run, why: str) -> None:
    REFUSED[why][0](book)
    before = state_of(book)
    said = run("check", book, "--json")
    assert said.code == 3
    assert set(said.answer) == {"ok", "seal", "problems"}
    assert said.answer["ok"] is False
    assert said.answer["seal"] in {"known", "unknown", "none"}
    assert all(isinstance(problem, str) and problem for problem in said.answer["problems"])
    assert said.answer["problems"]
    assert state_of(book) == before


def test_a_byte_copy_elsewhere_is_whole(tmp_path: Path, book: Path, run: Run) -> None:
    (tmp_path / "else").mkdir()
    shutil.copy(book, tmp_path / "else" / "copy.rapport")
    said = run("check", tmp_path / "else" / "copy.rapport", "--json")
    assert (said.code, said.answer["ok"]) == (0, True)
    assert [found.name for found in (tmp_path / "else").iterdir()] == ["copy.rapport"]


# -- backup and restore --------------------------------------------------------------------------------


def test_backup_prints_the_path_of_a_whole_book(tmp_path: Path, book: Path, run: Run) -> None:
    add_client(book)
    folder = tmp_path / "usb"
    folder.mkdir()
    before = state_of(book)
    said = run("backup", book, "--to", folder)
    assert said.code == 0
    made = Path(said.out.rstrip("\n"))
    assert made.parent == folder
    assert made.is_file()
    assert f"{made.stat().st_mode & 0o777:o}" == "600"
    assert state_of(book) == before
    assert [step["what"] for step in run("history", made, "--json").answer["steps"]] == ["add client “Acme”"]
    assert [found.suffix for found in folder.iterdir()] == [made.suffix]


def test_backups_go_to_a_folder_of_the_books_own_and_never_over_each_other(
    tmp_path: Path, book: Path, run: Run
) -> None:
    made = [Path(run("backup", book).out.rstrip("\n")) for _ in range(3)]
    assert len(set(made)) == 3
    assert all(path.is_file() and path.is_relative_to(tmp_path / "data" / "backups") for path in made)


def test_backup_into_no_folder_is_asked_wrong(tmp_path: Path, book: Path, run: Run) -> None:
    said = run("backup", book, "--to", tmp_path / "no")
    assert said.code == 2
    assert not (tmp_path / "no").exists()
    (tmp_path / "file").touch()
    assert run("backup", book, "--to", tmp_path / "file").code == 2


def test_restore_brings_a_backup_back_under_a_free_name(tmp_path: Path, book: Path, run: Run) -> None:
    add_client(book)
    made = Path(run("backup", book).out.rstrip("\n"))
    before = state_of(made)
    target = tmp_path / "again.rapport"
    said = run("restore", made, "--to", target)
    assert said.code == 0
    assert str(target) in said.out
    assert state_of(made) == before
    assert f"{target.stat().st_mode & 0o777:o}" == "600"
    assert run("check", target, "--json").answer["ok"] is True
    assert run("undo", target).code == 0
    assert run("metrics", book, "--json").answer["portfolio"]["clients"] == 1


def test_restore_refuses_an_existing_book_and_touches_nothing(tmp_path: Path, book: Path, run: Run) -> None:
    made = Path(run("backup", book).out.rstrip("\n"))
    add_client(book)
    before = state_of(book)
    said = run("restore", made, "--to", book)
    assert said.code == 2
    assert state_of(book) == before
    (tmp_path / "link.rapport").symlink_to(tmp_path / "nowhere")
    assert run("restore", made, "--to", tmp_path / "link.rapport").code == 2
    assert run("restore", made, "--to", tmp_path / "no" / "b.rapport").code == 2
    assert not (tmp_path / "no").exists()
    assert run("restore", tmp_path / "no-backup", "--to", tmp_path / "new.rapport").code == 2
    assert not (tmp_path / "new.rapport").exists()


@pytest.mark.parametrize("why", ["cut off", "a spoilt page", "empty"])
def test_a_damaged_backup_is_not_restored(tmp_path: Path, book: Path, run: Run, why: str) -> None:
    spoil, code, _ = REFUSED[why]
    spoil(book)
    assert run("restore", book, "--to", tmp_path / "new.rapport").code == code
    assert not (tmp_path / "new.rapport").exists()


# -- odd names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["50% #1?x.rapport", "O'Brien \U0001f389.rapport", "a b.rapport", "-dash.rapport"])
def test_every_command_takes_any_name(tmp_path: Path, run: Run, name: str) -> None:
    path = tmp_path / name
    assert run("new", path, "--firm", "F").code == 0
    add_client(path)
    for command in EVERY[:-1]:
        assert run(*words_of(command, path)).code == 0, command
    assert hashlib.sha256(path.read_bytes()).digest()


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes only here")
def test_a_name_that_is_no_text_is_a_name(tmp_path: Path, run: Run) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xff.rapport"))
    assert run("new", path, "--firm", "F").code == 0
    add_client(path)
    for command in (*READS, "log", "undo"):
        assert run(*words_of(command, path)).code == 0, command


def test_text_that_is_no_text_is_asked_wrong(book: Path, run: Run, tmp_path: Path) -> None:
    add_client(book)
    assert run("log", book, "acme < \udcff").code == 2
    assert run("new", tmp_path / "x.rapport", "--firm", "\udcff").code == 2
    assert run("metrics", book, "--client", "\udcff").code == 2
