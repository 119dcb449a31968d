"""Writing where others are in the way, where the disk fails, where the folder is turned read-only (RELIABILITY 3 B)."""

import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.data import schema
from app.data.database import Database
from app.data.seal import Seals
from app.errors import AppError, BookInUseError, DamagedBookError, MovedBookError, ReadOnlyBookError
from tests.children import child
from tests.data.test_sharing import add, names
from tests.disks import read_only, small_files

LOCKER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("ready", flush=True)
sys.stdin.read()
"""


# -- another program holds a lock (41) -----------------------------------------------------------------


def test_a_lock_is_waited_for_and_told_of_meanwhile(database: Database, path: Path) -> None:
    told: list[int] = []
    with closing(sqlite3.connect(path, isolation_level=None)) as other:

        def let_go_soon() -> None:
            told.append(1)
            if len(told) == 3:
                other.execute("ROLLBACK")

        database.while_waiting = let_go_soon
        other.execute("BEGIN IMMEDIATE")
        add(database)
    assert len(told) == 3
    assert names(database) == ["Acme"]


def test_a_reader_that_is_long_in_leaving_is_waited_for_at_the_end_of_a_change(database: Database, path: Path) -> None:
    told: list[int] = []
    with closing(sqlite3.connect(path, isolation_level=None)) as other:

        def leave_soon() -> None:
            told.append(1)
            if len(told) == 3:
                other.execute("ROLLBACK")

        database.while_waiting = leave_soon
        other.execute("BEGIN")
        other.execute("SELECT * FROM firm").fetchall()
        add(database)
        assert len(told) == 3
        other.execute("BEGIN")
        other.execute("SELECT * FROM firm").fetchall()
        with pytest.raises(BookInUseError, match="Nothing was changed"):
            add(database, "Bexley")
        other.execute("ROLLBACK")
    assert names(database) == ["Acme"]
    assert len(database.steps(9)) == 1
    add(database, "Bexley")
    assert names(database) == ["Acme", "Bexley"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists who holds which lock")
def test_the_program_in_the_way_is_named(database: Database, path: Path) -> None:
    with child(LOCKER, path) as other:
        command = Path(f"/proc/{other.pid}/comm").read_text("utf-8").strip()
        with pytest.raises(BookInUseError) as refused:
            add(database)
    assert refused.value.sentence == f"{command} (process {other.pid}) is using firm.rapport."
    add(database)


# -- the disk fails (35) -------------------------------------------------------------------------------


def test_after_a_disk_error_the_whole_book_is_checked_before_anything_is_written(
    database: Database, path: Path
) -> None:
    with database.write("fill") as recorder:
        rows = [{"name": f"C{n}", "do_not_contact": False, "notes": "n" * 900} for n in range(400)]
        recorder.insert_many(schema.client, rows)
    with small_files(2_000), pytest.raises(AppError, match="The disk did not read or write"):
        add(database)
    assert database.disk_doubted
    whole = path.read_bytes()
    spoiled = bytearray(whole)
    # The middle of the file holds clients; SQLite would write elsewhere and never notice.
    at = len(spoiled) // 2 // 4096 * 4096
    spoiled[at : at + 4096] = b"\xa5" * 4096
    path.write_bytes(spoiled)
    for change in (lambda: add(database, "lost"), database.undo, database.make_sure):
        with pytest.raises(DamagedBookError):
            change()
    assert path.read_bytes() == spoiled
    path.write_bytes(whole)
    add(database)
    assert not database.disk_doubted
    assert names(database)[-1] == "Acme"


def test_a_book_the_disk_failed_is_not_sealed_unless_it_was_checked(path: Path, tmp_path: Path) -> None:
    seals = Seals(tmp_path / "seals")
    database = Database.open(path, "anna", write=True, seals=seals)
    book_id = database.book_id
    with small_files(2_000), pytest.raises(AppError):
        add(database)
    database.close()
    assert seals.left_open(book_id, path)
    again = Database.open(path, "anna", write=True, seals=seals)
    assert again.left_open
    again.close()
    assert not seals.left_open(book_id, path)


def test_a_book_left_open_is_checked_from_end_to_end(path: Path, tmp_path: Path) -> None:
    """The last digest fits, but nobody closed the book: that alone calls for the full check."""
    seals = Seals(tmp_path / "seals")
    database = Database.open(path, "anna", write=True, seals=seals)
    book_id = database.book_id
    database.close()
    yesterday = datetime.now(UTC) - timedelta(days=1)
    for left_open in (False, True):
        seals.checked(book_id, yesterday)
        if left_open:
            seals.opened(book_id, path)
        Database.open(path, "anna", write=False, seals=seals).close()
        checked = seals.last_check(book_id)
        assert checked is not None
        assert (checked > yesterday) is left_open


# -- the folder turns read-only, or goes away (37, 48) -------------------------------------------------


def test_a_folder_turned_read_only_refuses_in_its_own_words_until_it_is_writable(
    database: Database, path: Path
) -> None:
    add(database)
    with read_only(path.parent):
        for change in (lambda: add(database, "lost"), database.undo, database.make_sure):
            with pytest.raises(ReadOnlyBookError, match="cannot be written here"):
                change()
        assert names(database) == ["Acme"]
        assert not database.disk_doubted
    database.make_sure()
    add(database, "Bexley")
    assert names(database) == ["Acme", "Bexley"]


def test_to_make_sure_changes_nothing(database: Database, path: Path) -> None:
    add(database)
    before = path.read_bytes()
    database.make_sure()
    assert path.read_bytes() == before
    assert sorted(found.name for found in path.parent.iterdir()) == [".firm.rapport.lock", "firm.rapport"]
    path.rename(path.with_name("away.rapport"))
    with pytest.raises(MovedBookError):
        database.make_sure()
    path.with_name("away.rapport").rename(path)
    beside = Database.open(path, "ben", write=False)
    with pytest.raises(ReadOnlyBookError):
        beside.make_sure()
    beside.close()
