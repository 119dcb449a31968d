"""Every way a file can stand there when it is opened (RELIABILITY 3 A); nothing refused is ever changed."""

import hashlib
import os
import shutil
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.data import schema
from app.data.database import Database
from app.domain.firm import Firm
from app.errors import AppError, AskedWrongError, DamagedBookError, NewerBookError, NotABookError, ReadOnlyBookError

State = tuple[str, int, int]


def state_of(path: Path) -> State:
    """Give what must not change: bytes, time of change, permissions."""
    found = path.stat()
    return hashlib.sha256(path.read_bytes()).hexdigest(), found.st_mtime_ns, found.st_mode


def beside(path: Path) -> set[str]:
    """Name what stands in the folder, but for the lock file."""
    return {found.name for found in path.parent.iterdir()} - {f".{path.name}.lock"}


def refused(path: Path, kind: type[AppError], *, write: bool) -> AppError:
    """Open, be refused, and find file and folder as they were."""
    before, names = state_of(path), beside(path)
    with pytest.raises(AppError) as caught:
        Database.open(path, "anna", write=write)
    assert type(caught.value) is kind, caught.value
    assert (state_of(path), beside(path)) == (before, names)
    assert caught.value.mend
    return caught.value


def put(path: Path, at: int, words: bytes) -> None:
    """Overwrite bytes of a file."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(words)


def fill(path: Path) -> None:
    """Give a book enough rows for some dozens of pages."""
    database = Database.open(path, "anna", write=True)
    with database.write("fill") as recorder:
        recorder.insert_many(
            schema.client, [{"name": f"Client {n}", "do_not_contact": False, "notes": "n" * 200} for n in range(400)]
        )
    database.close()


def clients(path: Path, *, write: bool = False) -> int:
    """Count the clients of a book through the program."""
    database = Database.open(path, "anna", write=write)
    try:
        with database.read() as connection:
            return int(connection.exec_driver_sql("SELECT COUNT(*) FROM client").scalar_one())
    finally:
        database.close()


both = pytest.mark.parametrize("write", [False, True], ids=["to read", "to write"])


# -- no book at all (1 to 4) ------------------------------------------


@both
def test_a_missing_book_is_never_created(tmp_path: Path, write: bool) -> None:
    with pytest.raises(NotABookError, match="There is no book at") as caught:
        Database.open(tmp_path / "gone.rapport", "anna", write=write)
    assert "nothing was created" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@both
def test_a_missing_folder_is_a_missing_book(tmp_path: Path, write: bool) -> None:
    with pytest.raises(NotABookError, match="There is no book at"):
        Database.open(tmp_path / "no" / "gone.rapport", "anna", write=write)
    assert list(tmp_path.iterdir()) == []


@both
def test_an_empty_file_is_kept(tmp_path: Path, write: bool) -> None:
    path = tmp_path / "b.rapport"
    path.touch()
    assert "0 bytes" in str(refused(path, NotABookError, write=write))


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")


FOREIGN: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "pdf": (lambda path: path.write_bytes(b"%PDF-1.7\n" + b"x" * 500), "a PDF document", ".rapport"),
    "workbook": (_zip, "a workbook or a ZIP archive", "import it"),
    "old workbook": (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600), "old Office", "import it"),
    "picture": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 200), "a picture", ".rapport"),
    "csv": (lambda path: path.write_text("client,amount\nAcme,5\n", "utf-8"), "a text file", "import it"),
    "noise": (
        lambda path: path.write_bytes(bytes(range(128, 256)) * 9),
        "it is encrypted, or damaged",
        "Else open a backup",
    ),
    "a program's": (lambda path: path.write_bytes(b"\x7fELF\x02\x01" + b"\xff\0" * 200), "another program", ".rapport"),
    "zeros": (lambda path: path.write_bytes(b"\0" * 8192), "another program", ".rapport"),
    "a text cut within a letter": (lambda path: path.write_bytes("é".encode() * 200 + b"x"), "a text file", "import"),
}


@both
@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_database_is_named_for_what_it_looks_like(tmp_path: Path, name: str, write: bool) -> None:
    make, words, advice = FOREIGN[name]
    path = tmp_path / "b.rapport"
    make(path)
    error = refused(path, NotABookError, write=write)
    assert words in error.sentence
    assert advice in error.mend


@both
def test_a_database_of_another_program_gets_no_tables(tmp_path: Path, write: bool) -> None:
    path = tmp_path / "b.rapport"
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE cookies (id)")
    assert "another program" in str(refused(path, NotABookError, write=write))


@both
def test_a_folder_is_no_book(tmp_path: Path, write: bool) -> None:
    with pytest.raises(NotABookError, match="is a folder"):
        Database.open(tmp_path, "anna", write=write)
    assert list(tmp_path.iterdir()) == []


@both
def test_a_pipe_is_no_book_and_nobody_waits_for_it(tmp_path: Path, write: bool) -> None:
    path = tmp_path / "b.rapport"
    os.mkfifo(path)
    with pytest.raises(NotABookError):
        Database.open(path, "anna", write=write)


# -- newer, damaged, cut off (5 to 10, 14) ------------------------------------------


@pytest.mark.parametrize("version", [schema.VERSION + 1, 99, 2**31 - 1])
def test_a_newer_book_is_read_and_not_one_byte_of_it_changes(path: Path, version: int) -> None:
    fill(path)
    put(path, 60, struct.pack(">i", version))
    before, names = state_of(path), beside(path)
    assert clients(path) == 400
    database = Database.open(path, "anna", write=False)
    assert not database.writable
    assert database.problems() == []
    with pytest.raises(ReadOnlyBookError), database.write("change"):
        pass
    with pytest.raises(ReadOnlyBookError):
        database.undo()
    database.copy_to(path.parent.parent / "copy.rapport")
    database.close()
    error = refused(path, NewerBookError, write=True)
    assert f"version {version}" in error.sentence
    assert (state_of(path), beside(path)) == (before, names)


def test_a_newer_book_whose_tables_are_strange_says_so(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("ALTER TABLE client RENAME COLUMN sector TO industry")
        other.execute("PRAGMA user_version = 7")
    before = state_of(path)
    database = Database.open(path, "anna", write=False)
    with pytest.raises(NewerBookError), database.read() as connection:
        connection.execute(schema.client.select())
    database.close()
    assert state_of(path) == before


@both
@pytest.mark.parametrize("version", [0, -1, -(2**31)])
def test_a_version_nobody_wrote_is_damage(path: Path, version: int, write: bool) -> None:
    put(path, 60, struct.pack(">i", version))
    assert f"version {version}," in str(refused(path, DamagedBookError, write=write))


@both
@pytest.mark.parametrize("keep", [7, 16, 60, 99, 100, 101, 4095, 4096, 5000, "half", "all but one"])
def test_a_truncated_book_is_damaged_and_kept(path: Path, keep: int | str, write: bool) -> None:
    fill(path)
    size = path.stat().st_size
    left = {"half": size // 2, "all but one": size - 1}.get(str(keep), keep)
    os.truncate(path, int(left))
    error = refused(path, DamagedBookError, write=write)
    assert "cut off" in error.sentence
    assert "backup" in error.mend


@both
@pytest.mark.parametrize("page", [2, 5, 9])
def test_a_zeroed_page_is_damage(path: Path, page: int, write: bool) -> None:
    fill(path)
    put(path, (page - 1) * 4096, b"\0" * 4096)
    assert "damaged" in refused(path, DamagedBookError, write=write).sentence


@both
def test_a_row_that_belongs_to_nothing_is_damage(path: Path, write: bool) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("INSERT INTO client_tag (client_id, tag) VALUES (77, 'x')")
    refused(path, DamagedBookError, write=write)


@both
def test_what_was_read_while_the_file_was_checked_never_hides_that_it_is_damaged(path: Path, write: bool) -> None:
    fill(path)
    whole = path.read_bytes()
    put(path, 4 * 4096, b"\0" * 4096)
    read: list[str] = []

    def meanwhile(database: Database) -> None:
        with database.read() as connection:
            read.append(str(connection.exec_driver_sql("SELECT value FROM meta WHERE key = 'book_id'").scalar_one()))
        if len(read) > 1:
            raise LookupError("what garbage leads to")

    for _ in range(2):
        with pytest.raises(DamagedBookError):
            Database.open(path, "anna", write=write, meanwhile=meanwhile)
    assert len(read) == 2
    path.write_bytes(whole)
    with pytest.raises(LookupError):
        Database.open(path, "anna", write=write, meanwhile=meanwhile)
    assert clients(path, write=True) == 400


def test_a_refused_book_is_free_for_the_next_opening(path: Path) -> None:
    """The lock is given back where the opening fails after it was taken."""
    fill(path)
    whole = path.read_bytes()
    put(path, 4 * 4096, b"\0" * 4096)
    refused(path, DamagedBookError, write=True)
    path.write_bytes(whole)
    assert clients(path, write=True) == 400


def test_garbage_at_the_end_hides_nothing_and_keeps_the_book_from_being_written(path: Path) -> None:
    fill(path)
    with path.open("ab") as file:
        file.write(b"garbage" * 999)
    before, names = state_of(path), beside(path)
    assert clients(path) == 400
    assert (state_of(path), beside(path)) == (before, names)
    assert "6,993 bytes that are not the book's" in refused(path, ReadOnlyBookError, write=True).sentence


# -- what another program left (15, 18) ------------------------------------------


def _wal(path: Path, *, keep: bool) -> sqlite3.Connection:
    """Turn a book to WAL as a browser of databases does; kept open it leaves its -wal beside."""
    other = sqlite3.connect(path)
    assert other.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    if keep:
        other.execute("UPDATE client SET notes = 'from the wal' WHERE id = 1")
        other.commit()
    return other


def test_a_book_turned_to_wal_is_turned_back_and_written(path: Path) -> None:
    fill(path)
    _wal(path, keep=False).close()
    database = Database.open(path, "anna", write=True)
    with database.write("add") as recorder:
        recorder.insert(schema.client, {"name": "New", "do_not_contact": False})
    database.close()
    assert beside(path) == {path.name}
    assert clients(path) == 401
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_what_stands_in_a_left_wal_is_not_lost(path: Path, tmp_path: Path) -> None:
    fill(path)
    other = _wal(path, keep=True)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for found in tmp_path.glob("firm.rapport*"):
        shutil.copy(found, crashed)
    other.close()
    book = crashed / path.name
    database = Database.open(book, "anna", write=True)
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT notes FROM client WHERE id = 1").scalar_one() == "from the wal"
    with database.write("change") as recorder:
        recorder.update(schema.client, 1, {"notes": "changed"})
    database.close()
    assert beside(book) == {book.name}


@pytest.mark.parametrize("newer", [False, True])
def test_reading_a_wal_book_changes_nothing(path: Path, newer: bool) -> None:
    fill(path)
    _wal(path, keep=False).close()
    if newer:
        put(path, 60, struct.pack(">i", 2))
    before, names = state_of(path), beside(path)
    assert clients(path) == 400
    assert (state_of(path), beside(path)) == (before, names)


# -- names and links (19 to 21) ------------------------------------------


def test_a_book_with_two_names_is_read_but_not_written(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.rapport"
    os.link(path, other)
    assert "two names" in str(refused(other, ReadOnlyBookError, write=True))
    before = state_of(path)
    assert clients(other) == 0
    assert state_of(path) == before
    other.unlink()
    assert clients(path, write=True) == 0


def test_a_symlink_is_followed_once_lock_and_journal_beside_the_book(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    link = folder / "my book.rapport"
    link.symlink_to(path)
    database = Database.open(link, "anna", write=True)
    assert database.path == path
    with pytest.raises(AppError, match="is open on"):
        Database.open(path, "ben", write=True)
    with database.write("add") as recorder:
        recorder.insert(schema.client, {"name": "New", "do_not_contact": False})
        assert (tmp_path / "firm.rapport-journal").exists()
    database.close()
    assert [found.name for found in folder.iterdir()] == ["my book.rapport"]
    assert clients(path) == 1


@both
def test_a_dangling_symlink_is_a_missing_book(tmp_path: Path, write: bool) -> None:
    link = tmp_path / "link.rapport"
    link.symlink_to(tmp_path / "gone.rapport")
    with pytest.raises(NotABookError, match="There is no book at"):
        Database.open(link, "anna", write=write)
    assert [found.name for found in tmp_path.iterdir()] == ["link.rapport"]


@pytest.mark.parametrize(
    "name",
    [
        "what?mode=memory.rapport",
        "50% off #1.rapport",
        'O\'Brien & "Söhne".rapport',
        "a b  c.rapport",
        "file:x.rapport",
        "%41%00.rapport",
        "kunden \U0001f389 \u65e5\u672c.rapport",
        "Cafe\u0301.rapport",
        "back\\slash;semi\nline.rapport",
        ":memory:",
        "-dash",
    ],
)
def test_any_name_works(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name.replace("rapport", "d")
    folder.mkdir()
    path = folder / name
    Database.create(path, Firm(name="F"))
    fill(path)
    assert clients(path) == 400
    assert beside(path) == {name}
    database = Database.open(path, "anna", write=False)
    copy = folder / f"copy of {name}"
    database.copy_to(copy)
    database.close()
    assert clients(copy) == 400


def test_a_name_that_is_no_text_works(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xff\xfe.rapport"))
    Database.create(path, Firm(name="F"))
    assert clients(path, write=True) == 0
    database = Database.open(path, "anna", write=False)
    database.copy_to(path.with_name("copy.rapport"))
    database.copy_to(path.with_name(path.name + "2"))
    database.close()
    assert clients(path.with_name("copy.rapport")) == 0
    assert clients(path.with_name(path.name + "2")) == 0


def test_the_longest_name_works(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 240)
    Database.create(path, Firm(name="F"))
    fill(path)
    assert clients(path) == 400
    assert beside(path) == {path.name}


@pytest.mark.parametrize("name", ["n" * 241, "n" * 300, "ü" * 130, f"{'n' * 5000}/b.rapport"])
def test_a_name_too_long_is_said_so(tmp_path: Path, name: str) -> None:
    with pytest.raises(AskedWrongError):
        Database.create(tmp_path / name, Firm(name="F"))
    with pytest.raises(AppError):
        Database.open(tmp_path / name, "anna", write=True)
    assert list(tmp_path.iterdir()) == []
