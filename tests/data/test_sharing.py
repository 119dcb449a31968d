"""Two programs at one book, a disk that fails, a file that goes away (RELIABILITY 3 B)."""

import getpass
import hashlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from app.data import schema
from app.data.database import Database
from app.data.lock import lock_path
from app.domain.firm import Firm
from app.domain.opening import Notice, Noticed
from app.errors import AppError, BookInUseError, ReadOnlyBookError
from tests.children import IN_MID_CHANGE, child, kill_in_mid_change
from tests.disks import small_files

HOLDER = """
import sys, time
from pathlib import Path
from app.data.database import Database
database = Database.open(Path(sys.argv[1]), "ben", write=True)
print("ready", flush=True)
sys.stdin.read()
database.close()
"""


def add(database: Database, name: str = "Acme") -> None:
    """Write something."""
    with database.write(f"add {name}") as recorder:
        recorder.insert(schema.client, {"name": name, "do_not_contact": False, "notes": "n" * 300})


def names(database: Database) -> list[str]:
    """Read something."""
    with database.read() as connection:
        return list(connection.exec_driver_sql("SELECT name FROM client ORDER BY id").scalars())


# -- the lock ------------------------------------------------------------------------------------------


def test_who_comes_second_is_told_who_holds_the_book_and_reads(path: Path) -> None:
    with child(HOLDER, path) as holder:
        with pytest.raises(BookInUseError) as refused:
            Database.open(path, "anna", write=True)
        note = json.loads(lock_path(path).read_text("utf-8"))
        assert note["pid"] == holder.pid
        since = datetime.fromisoformat(note["since"])
        assert refused.value.sentence == (
            f"The book firm.rapport is open on {socket.gethostname()} ({getpass.getuser()})"
            f" since {since:%H:%M on %d %B %Y}."
        )
        beside = Database.open(path, "anna", write=False)
        assert names(beside) == []
        with pytest.raises(ReadOnlyBookError):
            add(beside)
        beside.copy_to(path.with_name("copy.rapport"))
        beside.close()
    after = Database.open(path, "anna", write=True)
    add(after)
    after.close()


def test_a_killed_holder_leaves_no_lock(path: Path) -> None:
    with child(HOLDER, path) as holder:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        assert lock_path(path).read_text("utf-8") != ""
        database = Database.open(path, "anna", write=True)
        add(database)
        database.close()


@pytest.mark.parametrize("words", ["", "{", "[]", "null", '{"host": 1}', "\xff", '{"since": "x"}'])
def test_a_strange_lock_file_is_no_lock_and_still_a_sentence(path: Path, words: str) -> None:
    lock_path(path).write_bytes(words.encode("latin-1"))
    database = Database.open(path, "anna", write=True)
    lock_path(path).write_bytes(words.encode("latin-1"))
    with pytest.raises(BookInUseError, match="in another window or program"):
        Database.open(path, "anna", write=True)
    add(database)
    database.close()


def test_a_closed_book_is_free_and_closing_twice_is_nothing(path: Path) -> None:
    for _ in range(3):
        database = Database.open(path, "anna", write=True)
        database.close()
        database.close()
    with pytest.raises(ReadOnlyBookError):
        add(database)


def test_another_program_that_writes_is_named_and_nothing_is_dropped(database: Database, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BookInUseError, match="Another program is using") as refused:
            add(database)
        assert "Nothing was changed" in str(refused.value)
        assert names(database) == []
        other.execute("ROLLBACK")
    add(database)
    assert names(database) == ["Acme"]


def test_a_writer_waits_for_a_short_read_elsewhere(database: Database, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN")
    other.execute("SELECT * FROM firm").fetchall()
    release = threading.Timer(0.4, other.execute, ["COMMIT"])
    release.start()
    add(database)
    release.join()
    other.close()
    assert names(database) == ["Acme"]


def test_threads_write_one_after_the_other_and_read_meanwhile(database: Database) -> None:
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(5):
                add(database, f"{number}.{turn}")
                names(database)
        except AppError as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(names(database)) == sorted(f"{number}.{turn}" for number in range(6) for turn in range(5))
    assert len(database.steps(100)) == 30


# -- crashes (15) --------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [False, True], ids=["to read", "to write"])
def test_after_a_kill_in_mid_transaction_the_old_state_stands(path: Path, write: bool) -> None:
    database = Database.open(path, "anna", write=True)
    with database.write("fill") as recorder:
        recorder.insert_many(
            schema.client, [{"name": f"C{n}", "do_not_contact": False, "notes": "x" * 500} for n in range(500)]
        )
    database.close()
    whole = path.read_bytes()
    kill_in_mid_change(path)
    journal = path.with_name("firm.rapport-journal")
    assert path.read_bytes() != whole
    left = path.read_bytes(), journal.read_bytes()
    after = Database.open(path, "anna", write=write)
    assert names(after) == [f"C{n}" for n in range(500)]
    assert after.problems() == []
    assert after.noticed == (Notice(Noticed.BROKEN_OFF),)
    if write:
        assert path.read_bytes() == whole
        add(after)
        assert after.undo() is not None
    after.close()
    # Whoever reads changes nothing; whoever writes first takes back what was left half done.
    assert journal.exists() is not write
    assert write or (path.read_bytes(), journal.read_bytes()) == left


@pytest.mark.parametrize("write", [False, True], ids=["to read", "to write"])
def test_the_journal_of_a_writer_that_lives_is_left_alone(path: Path, write: bool) -> None:
    """Somebody else is in the middle of a change: no crash, and nothing is set aside or called damage."""
    with child(IN_MID_CHANGE, path):
        journal = path.with_name("firm.rapport-journal")
        left = path.read_bytes(), journal.read_bytes()
        with pytest.raises(BookInUseError, match="Another program is using"):
            Database.open(path, "anna", write=write)
        assert (path.read_bytes(), journal.read_bytes()) == left
    opened = Database.open(path, "anna", write=False)
    assert names(opened) == []
    opened.close()


def test_a_header_ahead_of_its_file_is_not_called_damage_while_a_journal_stands(path: Path) -> None:
    """Killed in COMMIT, page 1 may say more pages than the file has: SQLite rolls it back, and so it must be let."""
    database = Database.open(path, "anna", write=True)
    for number in range(40):
        add(database, f"C{number}")
    database.close()
    before = path.read_bytes()
    # The journal SQLite would have left: made by a real transaction, copied in its middle.
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA cache_size = 1")
        other.execute("BEGIN IMMEDIATE")
        other.execute("PRAGMA user_version = 1")  # page 1 goes into the journal first
        other.executemany("INSERT INTO client (name, do_not_contact) VALUES (?, 0)", [("new" * 99,)] * 500)
        other.execute("UPDATE firm SET name = 'changed'")
        shutil.copy(path, path.with_name("crashed.rapport"))
        shutil.copy(path.with_name("firm.rapport-journal"), path.with_name("crashed.rapport-journal"))
        other.execute("ROLLBACK")
    crashed = path.with_name("crashed.rapport")
    with crashed.open("r+b") as file:
        file.seek(28)
        file.write((9999).to_bytes(4, "big"))
    after = Database.open(crashed, "anna", write=True)
    assert names(after) == [f"C{number}" for number in range(40)]
    after.close()
    assert crashed.read_bytes() == before


# -- the file goes away (38, 39) -----------------------------------------------------------------------


def _delete(path: Path) -> None:
    path.unlink()


def _move(path: Path) -> None:
    path.rename(path.with_name("moved.rapport"))


def _replace(path: Path) -> None:
    Database.create(path.with_name("other.rapport"), Firm(name="Another"))
    path.with_name("other.rapport").replace(path)


def _replace_by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("act", [_delete, _move, _replace, _replace_by_a_folder])
def test_a_file_that_went_away_is_noticed_before_writing(
    database: Database, path: Path, act: Callable[[Path], None]
) -> None:
    add(database)
    act(path)
    before = hashlib.sha256(path.read_bytes()).digest() if path.is_file() else None
    for change in (lambda: add(database, "lost"), database.undo):
        with pytest.raises(AppError, match="moved, deleted or replaced") as refused:
            change()
        assert "Nothing was written" in str(refused.value)
    assert (hashlib.sha256(path.read_bytes()).digest() if path.is_file() else None) == before
    if act is not _replace_by_a_folder:
        assert not path.with_name(f"{path.name}-journal").exists()


def test_a_deleted_book_is_saved_from_the_open_window(database: Database, path: Path) -> None:
    add(database)
    path.unlink()
    database.copy_to(path.with_name("saved.rapport"))
    saved = Database.open(path.with_name("saved.rapport"), "anna", write=True)
    assert names(saved) == ["Acme"]
    saved.close()


def test_a_file_put_back_may_be_written_again(database: Database, path: Path) -> None:
    path.rename(path.with_name("moved.rapport"))
    with pytest.raises(AppError, match="moved, deleted or replaced"):
        add(database)
    path.with_name("moved.rapport").rename(path)
    add(database)
    assert names(database) == ["Acme"]


# -- a disk that refuses (31, 37) ----------------------------------------------------------------------


def test_a_copy_that_does_not_fit_leaves_nothing(database: Database, path: Path) -> None:
    add(database)
    copy = path.with_name("copy.rapport")
    copy.write_text("an older copy", "utf-8")
    before = {found.name for found in path.parent.iterdir()}
    with small_files(20_000), pytest.raises(AppError) as refused:
        database.copy_to(copy)
    assert refused.value.exit_code == 3
    assert {found.name for found in path.parent.iterdir()} == before
    assert copy.read_text("utf-8") == "an older copy"


def test_a_write_that_does_not_fit_is_told_and_the_next_works(database: Database, path: Path) -> None:
    add(database)
    rows = [{"name": "x", "do_not_contact": False, "notes": "n" * 4000} for _ in range(500)]
    with (
        small_files(path.stat().st_size + 4096),
        pytest.raises(AppError) as refused,
        database.write("too much") as recorder,
    ):
        recorder.insert_many(schema.client, rows)
    assert refused.value.exit_code == 3
    assert "Nothing was changed" in str(refused.value)
    assert names(database) == ["Acme"]
    add(database, "Bexley")
    assert names(database) == ["Acme", "Bexley"]
    assert database.problems() == []


@contextmanager
def nobody() -> Iterator[None]:
    """Work as a person without root's powers; root writes through every permission."""
    if os.geteuid() != 0:
        yield
        return
    os.setresgid(65534, 65534, 0)
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
        os.setresgid(0, 0, 0)


@pytest.fixture
def protected() -> Iterator[Path]:
    """Make a book that everybody may read; what may be written is the test's."""
    folder = Path(tempfile.mkdtemp(prefix="rapport-protected-"))
    path = folder / "b.rapport"
    Database.create(path, Firm(name="F"))
    database = Database.open(path, "anna", write=True)
    add(database)
    database.close()
    path.chmod(0o444)
    folder.chmod(0o755)
    yield path
    folder.chmod(0o700)
    shutil.rmtree(folder)


@pytest.mark.parametrize("what", ["file", "folder", "both"])
def test_what_is_write_protected_is_read_and_not_written(protected: Path, what: str) -> None:
    if what == "file":
        protected.parent.chmod(0o777)
    elif what == "folder":
        protected.chmod(0o666)
        protected.parent.chmod(0o555)
    before = (
        protected.read_bytes(),
        protected.stat().st_mtime_ns,
        {found.name for found in protected.parent.iterdir()},
    )
    with nobody():
        database = Database.open(protected, "anna", write=False)
        assert names(database) == ["Acme"]
        assert database.problems() == []
        database.close()
        with pytest.raises(ReadOnlyBookError, match="write-protected") as refused:
            Database.open(protected, "anna", write=True)
    assert "Copy it to a folder of your own" in refused.value.mend
    after = (protected.read_bytes(), protected.stat().st_mtime_ns, {found.name for found in protected.parent.iterdir()})
    assert after == before


def test_what_cannot_be_read_is_said_so(protected: Path) -> None:
    protected.chmod(0)
    with nobody(), pytest.raises(AppError, match="cannot be read: Permission denied"):
        Database.open(protected, "anna", write=False)


def test_a_folder_turned_read_only_while_open_is_told(protected: Path) -> None:
    protected.parent.chmod(0o777)
    protected.chmod(0o666)
    lock_path(protected).unlink()
    with nobody():
        database = Database.open(protected, "anna", write=True)
    protected.parent.chmod(0o555)
    with nobody():
        with pytest.raises(AppError) as refused:
            add(database, "lost")
        assert names(database) == ["Acme"]
    assert "Nothing was changed" in str(refused.value)
    protected.parent.chmod(0o777)
    with nobody():
        add(database, "Bexley")
        assert names(database) == ["Acme", "Bexley"]
        database.close()
