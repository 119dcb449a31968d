"""The file on opening: every case of RELIABILITY 3 A by its number, by the command line, with real files.

Reading changes nothing in any case, and leaves nothing beside the book but its lock. Where writing is refused, that
changes nothing either. Cases 23 and 24 (encryption) are noise to this program; 26 and 27 are told by the place alone
(`tests/domain/test_places.py`); the window's side stands in `tests/ui/test_opening_ways.py`.
"""

import hashlib
import os
import random
import shutil
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.data import schema
from app.data.database import Database
from app.domain.backups import Reason
from app.domain.clients import ClientDraft
from app.paths import Paths
from app.services.book import open_book
from tests.children import kill_in_mid_change

Run = Callable[..., Any]
SETTLED = "It was not touched."


def paths_of(path: Path) -> Paths:
    """The data folder that `run` gives the program."""
    return Paths(path.parent / "data")


def put(path: Path, at: int, words: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(words)


def sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        for statement in statements:
            other.execute(statement)


def root_of(path: Path, name: str) -> int:
    with closing(sqlite3.connect(path)) as other:
        return int(other.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0])


def twin_of(path: Path) -> Path:
    """Copy a book to a folder beside it."""
    folder = path.parent / "data" / "twin"
    folder.mkdir(parents=True)
    return Path(shutil.copy(path, folder / path.name))


# -- one function for each case: makes it of a whole book, gives the path to open ----------------------------------


def missing(path: Path) -> Path:
    path.unlink()
    return path


def circle(path: Path) -> Path:
    path.rename(path.with_name("real.rapport"))
    path.symlink_to(path.with_name("other.rapport"))
    path.with_name("other.rapport").symlink_to(path)
    return path


def below_a_file(path: Path) -> Path:
    return path / "firm.rapport"


def name_too_long(path: Path) -> Path:
    return path.with_name("n" * 300)


def longest_name(path: Path) -> Path:
    return path.rename(path.with_name("n" * 255))


def empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def pdf(path: Path) -> Path:
    path.write_bytes(b"%PDF-1.7\n" + b"x" * 900)
    return path


def workbook(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return path


def csv(path: Path) -> Path:
    path.write_text("client,amount\nAcme,5\n", "utf-8")
    return path


def foreign(path: Path) -> Path:
    path.unlink()
    sql(path, "CREATE TABLE cookies (id)")
    return path


def version(number: int) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        put(path, 60, struct.pack(">i", number))
        return path

    return make


def truncated(path: Path) -> Path:
    os.truncate(path, path.stat().st_size // 2)
    return path


def appended(path: Path) -> Path:
    with path.open("ab") as file:
        file.write(b"garbage" * 999)
    return path


def zeroed(path: Path) -> Path:
    put(path, (root_of(path, "client") - 1) * 4096, b"\0" * 4096)
    return path


def flipped(path: Path) -> Path:
    put(path, path.read_bytes().index(b"Client 399"), b"M")
    return path


def index(path: Path) -> Path:
    sql(
        path,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(sql, 'owner_id', 'code') WHERE name = 'client_owner'",
    )
    return path


def orphan(path: Path) -> Path:
    sql(path, "INSERT INTO client_tag (client_id, tag) VALUES (9999, 'x')")
    return path


def journal_of_another_state(path: Path) -> Path:
    """Bring the journal of a later state, that was killed, beside a book put back by hand."""
    twin = twin_of(path)
    database = Database.open(twin, "anna", write=True)
    with database.write("more") as recorder:
        recorder.insert_many(schema.client, [{"name": f"More {n}", "do_not_contact": False} for n in range(900)])
    database.close()
    kill_in_mid_change(twin)
    shutil.copy(f"{twin}-journal", f"{path}-journal")
    return path


def wal_of_another_state(path: Path) -> Path:
    twin = twin_of(path)
    with closing(sqlite3.connect(twin)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("UPDATE client SET notes = 'from the wal'")
        other.commit()
        shutil.copy(f"{twin}-wal", f"{path}-wal")
    return path


def journal_cleaned_away(path: Path) -> Path:
    kill_in_mid_change(path)
    Path(f"{path}-journal").unlink()
    return path


def wal(path: Path) -> Path:
    sql(path, "PRAGMA journal_mode = WAL")
    return path


def wal_left(path: Path) -> Path:
    twin = twin_of(path)
    with closing(sqlite3.connect(twin)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("UPDATE client SET notes = 'from the wal'")
        other.commit()
        for end in ("", "-wal"):
            shutil.copy(f"{twin}{end}", f"{path}{end}")
    return path


def hard_link(path: Path) -> Path:
    os.link(path, path.with_name("second.rapport"))
    return path


def symlink(path: Path) -> Path:
    real = path.rename(path.with_name("real.rapport"))
    path.symlink_to(real)
    return path


def odd_name(path: Path) -> Path:
    return path.rename(path.with_name("50% off? #1 O'Brien \U0001f389 Cafe\u0301.rapport"))


def trigger(path: Path) -> Path:
    sql(path, "CREATE TRIGGER evil AFTER INSERT ON client BEGIN DELETE FROM fee; END")
    return path


def view(path: Path) -> Path:
    sql(path, "CREATE VIEW spy AS SELECT * FROM client")
    return path


def table(path: Path) -> Path:
    sql(path, "CREATE TABLE notes_of_mine (id)")
    return path


def lost_table(path: Path) -> Path:
    sql(path, "DROP TABLE promise")
    return path


def noise(path: Path) -> Path:
    path.write_bytes(random.Random(3).randbytes(50_000))
    return path


def in_the_cloud(path: Path) -> Path:
    path.rename(path.with_name(f".{path.name}.icloud"))
    return path


def on_a_share(path: Path) -> Path:
    folder = path.parent / "gvfs" / "smb-share:server=nas,share=firm"
    folder.mkdir(parents=True)
    return path.rename(folder / path.name)


def backup(path: Path) -> Path:
    book = open_book(path, write=False, paths=paths_of(path))
    made = book.backups.make(Reason.ASKED)
    book.close()
    return made.path


@dataclass(frozen=True)
class Case:
    """`reads`, `writes`: exit codes; `says`: what the refusal to read says, or, where it is read, that to write."""

    make: Callable[[Path], Path]
    reads: int
    writes: int
    says: str = ""


CASES = {
    "1 missing": Case(missing, 2, 2, "There is no book at"),
    "1 below a file": Case(below_a_file, 2, 2, "There is no book at"),
    "2 empty": Case(empty, 2, 2, "is empty (0 bytes)"),
    "3 a PDF": Case(pdf, 2, 2, "looks like a PDF document"),
    "3 a workbook": Case(workbook, 2, 2, "looks like a workbook or a ZIP archive. If it is a list"),
    "3 a list": Case(csv, 2, 2, "looks like a text file. If it is a list"),
    "4 of another program": Case(foreign, 2, 2, "a database of another program"),
    "5 newer": Case(version(schema.VERSION + 1), 0, 3, "written by a newer Rapport"),
    "5 much newer": Case(version(2**31 - 1), 0, 3, "written by a newer Rapport (version 2147483647"),
    "7 a negative version": Case(version(-1), 3, 3, "version -1, which no Rapport ever wrote"),
    "8 truncated": Case(truncated, 3, 3, "is cut off"),
    "9 garbage appended": Case(appended, 0, 3, "6,993 bytes that are not the book's hang on the end"),
    "10 a page zeroed": Case(zeroed, 3, 3, "is damaged"),
    "11 a bit turned in a text": Case(flipped, 0, 0),
    "12 an index": Case(index, 3, 3, "has a damaged index; its records themselves are whole"),
    "14 an orphan": Case(orphan, 3, 3, "1 record belongs to something that is no longer there"),
    "15 killed in mid-change": Case(kill_in_mid_change, 0, 0),
    "16 a journal of another state": Case(journal_of_another_state, 0, 0),
    "16 a WAL of another state": Case(wal_of_another_state, 0, 0),
    "17 the journal cleaned away": Case(journal_cleaned_away, 3, 3, "is damaged"),
    "18 in WAL mode": Case(wal, 0, 0),
    "18 in WAL mode, not closed": Case(wal_left, 0, 0),
    "19 a hard link": Case(hard_link, 0, 3, "has two names on this disk"),
    "20 a symbolic link": Case(symlink, 0, 0),
    "20 links in a circle": Case(circle, 3, 3, "cannot be read"),
    "21 a name too long": Case(name_too_long, 3, 3, "cannot be read"),
    "21 a name too long for a journal": Case(longest_name, 0, 3, "its name is too long for a journal"),
    "21 an odd name": Case(odd_name, 0, 0),
    "22 a foreign trigger": Case(trigger, 0, 3, "something Rapport did not make, the trigger “evil”"),
    "22 a foreign view": Case(view, 0, 3, "something Rapport did not make, the view “spy”"),
    "22 a foreign table": Case(table, 0, 3, "something Rapport did not make, the table “notes_of_mine”"),
    "22 a table lost": Case(lost_table, 3, 3, "has lost its table"),
    "23 noise": Case(noise, 2, 2, "it is encrypted, or damaged from its first byte on"),
    "25 still in the cloud": Case(in_the_cloud, 3, 3, "is still in the cloud"),
    "26 on a share": Case(on_a_share, 0, 3, "lies on a network share"),
    "28 a backup": Case(backup, 0, 3, "is a backup of firm.rapport"),
}
of_each = pytest.mark.parametrize("name", CASES)


@pytest.fixture
def filled(book: Path) -> Path:
    """A book with some dozens of pages, closed here, so that its seal is known."""
    opened = open_book(book, write=True, paths=paths_of(book))
    with opened.database.write("fill") as recorder:
        recorder.insert_many(
            schema.client, [{"name": f"Client {n}", "do_not_contact": False, "notes": "n" * 200} for n in range(400)]
        )
    opened.clients.add(ClientDraft(name="Acme"))
    opened.close()
    return book


def state_of(folder: Path, path: Path) -> dict[str, tuple[str, int]]:
    """Digest and time of change of every file that is no lock, those of the data folder aside."""
    return {
        str(file): (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_mtime_ns)
        for file in folder.rglob("*")
        if file.is_file() and not file.name.endswith(".lock")
        if file == path or not file.is_relative_to(folder / "data")
    }


@of_each
def test_reading_says_what_is_wrong_and_changes_nothing(tmp_path: Path, filled: Path, run: Run, name: str) -> None:
    case = CASES[name]
    path = case.make(filled)
    before = state_of(tmp_path, path)
    for words in (("check", path, "--json"), ("metrics", path)):
        said = run(*words)
        assert said.code == case.reads
        assert case.reads == 0 or case.says in said.err
    assert state_of(tmp_path, path) == before


@of_each
def test_writing_is_refused_and_changes_nothing_or_it_is_done(
    tmp_path: Path, filled: Path, run: Run, name: str
) -> None:
    case = CASES[name]
    path = case.make(filled)
    before = state_of(tmp_path, path)
    said = run("log", path, "Acme < hello")
    assert said.code == case.writes
    if case.writes:
        assert case.says in said.err
        assert state_of(tmp_path, path) == before
    else:
        assert run("check", path, "--json").answer == {"ok": True, "seal": "known", "problems": []}
        assert run("metrics", path, "--json").answer["portfolio"]["clients"] == 401
        with closing(sqlite3.connect(path)) as other:
            assert other.execute("PRAGMA journal_mode").fetchone() == ("delete",)


@pytest.mark.parametrize("name", ["16 a journal of another state", "16 a WAL of another state"])
def test_what_is_not_the_books_is_set_aside_whole(filled: Path, run: Run, name: str) -> None:
    end = "wal" if "WAL" in name else "journal"
    CASES[name].make(filled)
    left = Path(f"{filled}-{end}").read_bytes()
    assert run("log", filled, "Acme < hello").code == 0
    assert filled.with_name(f"firm.set-aside-1.rapport-{end}").read_bytes() == left
    assert not Path(f"{filled}-{end}").exists()


def test_a_journal_is_tried_where_no_seal_tells(filled: Path, run: Run) -> None:
    """On a computer that never closed the book, only trying tells that the journal would have damaged it."""
    other = filled.parent / "data" / "other.rapport"
    assert run("new", other, "--firm", "Another").code == 0
    shutil.copy(f"{kill_in_mid_change(other)}-journal", f"{filled}-journal")
    shutil.rmtree(filled.parent / "data" / "seals")
    assert run("check", filled, "--json").answer == {"ok": True, "seal": "none", "problems": []}
    assert run("log", filled, "Acme < hello").code == 0
    assert filled.with_name("firm.set-aside-1.rapport-journal").exists()


def test_what_stands_in_a_left_wal_is_read_without_touching_it(filled: Path) -> None:
    wal_left(filled)
    book = open_book(filled, write=False, paths=paths_of(filled))
    assert {client.notes for client in book.clients.every()} == {"from the wal"}
    book.close()
    assert Path(f"{filled}-wal").exists()


def test_a_newer_or_protected_book_left_in_mid_change_is_read_from_a_copy(filled: Path, run: Run) -> None:
    os.link(kill_in_mid_change(filled), filled.with_name("second.rapport"))
    before = state_of(filled.parent, filled)
    assert run("metrics", filled, "--json").answer["portfolio"]["clients"] == 401
    assert run("log", filled, "Acme < hello").code == 3
    assert state_of(filled.parent, filled) == before


@pytest.mark.parametrize(
    "name", ["7 a negative version", "10 a page zeroed", "12 an index", "14 an orphan", "9 garbage appended",
             "22 a foreign trigger", "22 a table lost"],
)  # fmt: skip
def test_rescue_makes_a_whole_book_of_it(filled: Path, run: Run, name: str) -> None:
    path = CASES[name].make(filled)
    before = state_of(filled.parent, path)
    target = filled.parent / "data" / "rescued.rapport"
    said = run("rescue", path, "--to", target)
    assert said.code == 0
    assert said.out.startswith("Brought out ")
    assert state_of(filled.parent, path) == before
    assert run("check", target, "--json").answer["ok"] is True
    # The client that an orphan belongs to is made anew, so that the orphan is not lost.
    assert run("metrics", target, "--json").answer["portfolio"]["clients"] == 401 + (name == "14 an orphan")
    assert ("Nothing is missing." in said.out) is (name not in {"14 an orphan", "22 a table lost"})
    assert run("log", target, "Acme < hello").code == 0
