"""New books and copies: never over anything, the owner's alone, whole or not at all."""

import os
import shutil
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.data import schema
from app.data.database import Database
from app.domain.firm import Firm
from app.errors import AppError, AskedWrongError

FIRM = Firm(name="Hollis & Marsh")


@pytest.fixture
def open_umask() -> Iterator[None]:
    """Let every file that nobody protects be everybody's."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> str:
    """Give the permissions as people write them."""
    return f"{stat.S_IMODE(path.stat().st_mode):o}"


def test_a_new_book_is_whole_and_alone(tmp_path: Path) -> None:
    path = tmp_path / "b.rapport"
    Database.create(path, FIRM)
    assert [found.name for found in tmp_path.iterdir()] == ["b.rapport"]
    assert path.stat().st_nlink == 1
    database = Database.open(path, "anna", write=True)
    assert database.problems() == []
    assert database.steps(10) == []
    assert database.next_steps() == (None, None)
    database.close()


def _file(path: Path) -> None:
    path.write_text("mine", "utf-8")


def _dangling(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


def _link_to_file(path: Path) -> None:
    path.with_name("target").write_text("mine", "utf-8")
    path.symlink_to(path.with_name("target"))


@pytest.mark.parametrize("put", [_file, Path.touch, Path.mkdir, _dangling, _link_to_file, os.mkfifo])
def test_making_never_touches_what_is_there(tmp_path: Path, put: object) -> None:
    path = tmp_path / "b.rapport"
    assert callable(put)
    put(path)
    names, found = {entry.name for entry in tmp_path.iterdir()}, path.lstat()
    with pytest.raises(AskedWrongError, match="already something"):
        Database.create(path, FIRM)
    assert {entry.name for entry in tmp_path.iterdir()} == names
    assert path.lstat() == found


def test_of_many_making_the_same_book_one_wins(tmp_path: Path) -> None:
    path = tmp_path / "b.rapport"
    outcomes: list[str] = []
    together = threading.Barrier(8)

    def make(name: str) -> None:
        together.wait()
        try:
            Database.create(path, Firm(name=name))
            outcomes.append(name)
        except AskedWrongError:
            pass

    threads = [threading.Thread(target=make, args=(f"Firm {number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = outcomes
    assert [found.name for found in tmp_path.iterdir()] == ["b.rapport"]
    database = Database.open(path, "anna", write=False)
    with database.read() as connection:
        assert connection.execute(schema.firm.select()).one().name == winner
    database.close()


def test_a_book_without_a_folder_is_asked_wrong(tmp_path: Path) -> None:
    with pytest.raises(AskedWrongError, match="There is no folder"):
        Database.create(tmp_path / "no" / "b.rapport", FIRM)
    (tmp_path / "file").touch()
    with pytest.raises(AskedWrongError, match="There is no folder"):
        Database.create(tmp_path / "file" / "b.rapport", FIRM)
    assert [found.name for found in tmp_path.iterdir()] == ["file"]


@pytest.mark.usefixtures("open_umask")
def test_every_file_is_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "b.rapport"
    Database.create(path, FIRM)
    database = Database.open(path, "anna", write=True)
    with database.write("add") as recorder:
        recorder.insert(schema.client, {"name": "Acme", "do_not_contact": False})
        during = {found.name: mode(found) for found in tmp_path.iterdir()}
    database.copy_to(tmp_path / "copy.rapport")
    database.close()
    assert during == {"b.rapport": "600", ".b.rapport.lock": "600", "b.rapport-journal": "600"}
    assert mode(tmp_path / "copy.rapport") == "600"


@pytest.mark.usefixtures("open_umask")
def test_a_copy_is_nobody_elses_even_while_it_is_made(tmp_path: Path, database: Database) -> None:
    seen: set[str] = set()
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            for found in tmp_path.glob(".copy*"):
                try:
                    seen.add(mode(found))
                except FileNotFoundError:
                    continue

    watcher = threading.Thread(target=watch)
    watcher.start()
    for _ in range(10):
        database.copy_to(tmp_path / "copy.rapport")
    stop.set()
    watcher.join()
    assert seen <= {"600"}


def test_a_copy_is_the_book_and_may_replace_an_older_copy(tmp_path: Path, database: Database) -> None:
    target = tmp_path / "copy.rapport"
    target.write_text("an older copy", "utf-8")
    with database.write("add") as recorder:
        recorder.insert(schema.client, {"name": "Acme", "do_not_contact": False})
    database.copy_to(target)
    copy = Database.open(target, "ben", write=True)
    assert [step.what for step in copy.steps(5)] == ["add"]
    assert copy.undo() is not None
    copy.close()
    assert [step.undone for step in database.steps(5)] == [False]


def test_a_book_is_no_copy_of_itself(tmp_path: Path, database: Database) -> None:
    (tmp_path / "link.rapport").symlink_to(database.path)
    for target in (database.path, tmp_path / "." / "firm.rapport", tmp_path / "link.rapport"):
        with pytest.raises(AskedWrongError, match="the open book itself"):
            database.copy_to(target)
    with database.write("still writes") as recorder:
        recorder.insert(schema.client, {"name": "Acme", "do_not_contact": False})


def test_a_copy_that_cannot_be_made_leaves_nothing(tmp_path: Path, database: Database) -> None:
    names = {found.name for found in tmp_path.iterdir()}
    with pytest.raises(AskedWrongError, match="There is no folder"):
        database.copy_to(tmp_path / "no" / "copy.rapport")
    (tmp_path / "taken.rapport").mkdir()
    (tmp_path / "taken.rapport" / "inside").touch()
    with pytest.raises(AppError, match="No copy can be made"):
        database.copy_to(tmp_path / "taken.rapport")
    shutil.rmtree(tmp_path / "taken.rapport")
    assert {found.name for found in tmp_path.iterdir()} == names


def test_an_unfinished_copy_left_by_a_kill_is_no_hindrance(tmp_path: Path, database: Database) -> None:
    (tmp_path / ".copy.rapport.unfinished").write_bytes(b"half a copy")
    database.copy_to(tmp_path / "copy.rapport")
    assert {found.name for found in tmp_path.iterdir()} == {"firm.rapport", ".firm.rapport.lock", "copy.rapport"}
