"""A disk full at forty moments: told, nothing half done, everything read, and all well when there is room again."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.data import schema
from app.data.database import Database
from app.domain.backups import Reason
from app.domain.firm import Firm
from app.errors import AppError
from app.paths import Paths
from app.services.book import Book, new_book, open_book
from tests.children import kill_in_mid_change
from tests.faults.kit import Tally

KIB = 1024
DISK = 8_192 * KIB


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Mount a disk of eight megabytes."""
    place = tmp_path_factory.mktemp("disk")
    mounted = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("mount")
    if (
        not mounted
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", place], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("NO DISK WAS FILLED: a disk can only be mounted as root")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def fill(disk: Path, left: int) -> Path:
    """Leave so many bytes free."""
    filler = disk / "filler"
    free = shutil.disk_usage(disk).free
    with filler.open("wb") as file:
        file.write(b"\0" * max(0, free - left))
    return filler


def names(book: Book) -> int:
    """Read something."""
    return len(book.clients.every())


def much(database: Database, number: int) -> None:
    """Write half a megabyte."""
    with database.write("much") as recorder:
        rows = [{"name": f"{number}.{n}", "do_not_contact": False, "notes": "n" * 900} for n in range(400)]
        recorder.insert_many(schema.client, rows)


def live_through(disk: Path, tally: Tally, left: int) -> None:
    """Fill the disk up to `left` bytes around an open book, work, make room, work."""
    for found in disk.iterdir():
        shutil.rmtree(found) if found.is_dir() else found.unlink()
    path, paths = disk / "firm.rapport", Paths(disk / "profile")
    new_book(path, Firm(name="F"))
    book = open_book(path, write=True, paths=paths)
    with book.database.write("few") as recorder:
        recorder.insert_many(schema.client, [{"name": f"C{n}", "do_not_contact": False} for n in range(50)])
    book.backups.make(Reason.ASKED)
    filler = fill(disk, left)
    tally.injected += 1
    here = f"{left} bytes left"
    try:
        much(book.database, 1)
        wrote = True
    except AppError:
        wrote = False
    expected = 450 if wrote else 50
    if names(book) != expected or book.problems():
        tally.half.append(f"full disk, {here}: {names(book)} clients")
    try:
        made = book.backups.make(Reason.REGULAR)
        book.backups.verify(made)
    except AppError:
        if len(book.backups.every()) != 1 or not book.backups.every()[0].verified:
            tally.half.append(f"full disk, {here}: a half backup is listed")
    book.close()
    again = open_book(path, write=False, paths=paths)
    if names(again) != expected:
        tally.lost.append(f"full disk, {here}: read again, {names(again)} clients")
    again.close()
    filler.unlink()
    later = open_book(path, write=True, paths=paths)
    if not wrote:
        much(later.database, 2)
    later.backups.make(Reason.ASKED)
    if names(later) != 450 or later.problems():
        tally.lost.append(f"full disk, {here}: after room was made, {names(later)} clients")
    later.close()


def test_a_disk_full_at_a_few_moments(disk: Path, tally: Tally) -> None:
    for left in (0, 64 * KIB, 800 * KIB):
        live_through(disk, tally, left)
    assert tally.wrong() == []


@pytest.mark.parametrize("write", [False, True], ids=["to read", "to write"])
def test_after_a_kill_there_need_be_no_room_to_open_the_book(
    disk: Path, monkeypatch: pytest.MonkeyPatch, write: bool
) -> None:
    for found in disk.iterdir():
        shutil.rmtree(found) if found.is_dir() else found.unlink()
    path, paths = disk / "firm.rapport", Paths(disk / "profile")
    new_book(path, Firm(name="F"))
    book = open_book(path, write=True, paths=paths)
    much(book.database, 1)
    book.close()
    kill_in_mid_change(path)
    filler = fill(disk, 0)
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    again = open_book(path, write=write, paths=paths)
    assert names(again) == 400
    assert again.problems() == []
    again.close()
    filler.unlink()


def test_a_trial_that_found_no_room_says_nothing_of_the_journal(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copies fit, what SQLite makes of them does not: the WAL must be neither lost nor set aside for that."""
    for found in disk.iterdir():
        shutil.rmtree(found) if found.is_dir() else found.unlink()
    path, paths = tmp_path / "firm.rapport", Paths(tmp_path / "profile")
    new_book(path, Firm(name="F"))
    twin = tmp_path / "twin.rapport"
    shutil.copy(path, twin)
    with closing(sqlite3.connect(twin)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        rows = [(f"C{number}", "n" * 900) for number in range(400)]
        other.executemany("INSERT INTO client (name, notes, do_not_contact) VALUES (?, ?, 0)", rows)
        other.commit()
        for end in ("", "-wal"):
            shutil.copy(f"{twin}{end}", f"{path}{end}")
    size = path.stat().st_size + Path(f"{path}-wal").stat().st_size
    fill(disk, size + 120 * KIB)
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    book = open_book(path, write=True, paths=paths)
    assert names(book) == 400
    book.close()
    assert sorted(found.name for found in tmp_path.glob("firm*")) == ["firm.rapport"]


@pytest.mark.full
def test_a_disk_full_at_forty_moments(disk: Path, tally: Tally) -> None:
    for number in range(40):
        live_through(disk, tally, number * 36 * KIB)
    assert tally.wrong() == []
