"""Sixty backups of every kind, whole, old, newer and broken, restored as a copy and in the book's place (P8)."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.backups import Backup, Reason
from app.domain.clients import ClientDraft
from app.domain.firm import Firm
from app.errors import AppError
from app.paths import Paths
from app.services.backups import replace_book, restore
from app.services.book import Book, new_book, open_book

OLD_BOOKS = sorted((Path(__file__).resolve().parents[1] / "old_books").glob("*.rapport"))


def clients_in(path: Path, paths: Paths) -> list[str]:
    """Read the clients of a book, brought up to date where it is older."""
    book = open_book(path, write=True, paths=paths)
    try:
        assert book.problems() == []
        return sorted(client.name for client in book.clients.every())
    finally:
        book.close()


def broken(path: Path, chance: random.Random) -> None:
    """Break a file in one of the ways files break."""
    whole = path.read_bytes()
    at = chance.randrange(len(whole))
    ways = (
        whole[:at],
        whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :],
        whole[: at - at % 4096] + bytes(4096) + whole[at - at % 4096 + 4096 :],
        whole + chance.randbytes(100),
        b"",
    )
    path.write_bytes(chance.choice([way for way in ways if way != whole]))


class Drill:
    """A book whose backups stand at different states, and the ways to restore them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths = Paths(folder / "profile")
        self.path = folder / "desk" / "firm.rapport"
        self.path.parent.mkdir()
        new_book(self.path, Firm(name="Hollis & Marsh"))
        self.now: list[str] = []

    def opened(self) -> Book:
        """Open the book to write."""
        return open_book(self.path, write=True, paths=self.paths)

    def made(self, count: int) -> list[tuple[Backup, list[str]]]:
        """Make pinned backups, a client more in each; gives them with their clients."""
        book = self.opened()
        found = []
        for number in range(count):
            book.clients.add(ClientDraft(name=f"Client {number:02}"))
            self.now.append(f"Client {number:02}")
            found.append((book.backups.make(Reason.ASKED, pinned=True), list(self.now)))
        book.close()
        return found

    def as_copy(self, backup: Path) -> list[str]:
        """Restore as a copy; gives its clients, and takes it away again."""
        target = self.folder / "copy.rapport"
        try:
            restore(backup, target, self.paths)
            return clients_in(target, self.paths)
        finally:
            target.unlink(missing_ok=True)

    def replaced(self, backup: Path) -> list[str]:
        """Replace the book and look, then take that back by what it kept."""
        kept = replace_book(self.path, backup, self.paths).backup
        assert kept is not None
        found = clients_in(self.path, self.paths)
        replace_book(self.path, kept.path, self.paths)
        assert clients_in(self.path, self.paths) == self.now
        return found

    def refused(self, backup: Path) -> None:
        """See that neither way takes a broken backup, and that neither leaves or changes anything."""
        before = self.path.read_bytes()
        beside = sorted(self.path.parent.iterdir())
        for way in (self.as_copy, self.replaced):
            with pytest.raises(AppError):
                way(backup)
        assert self.path.read_bytes() == before
        assert sorted(self.path.parent.iterdir()) == beside
        assert not list(self.folder.rglob("*unfinished*"))


@pytest.fixture
def drill(tmp_path: Path) -> Drill:
    """Give a drill in a folder of its own."""
    return Drill(tmp_path)


def test_whole_backups_come_back_both_ways_and_replacing_is_taken_back(drill: Drill) -> None:
    for backup, clients in drill.made(20):
        assert drill.as_copy(backup.path) == clients
        assert drill.replaced(backup.path) == clients


@pytest.mark.parametrize("old", OLD_BOOKS, ids=lambda old: old.stem)
def test_backups_of_every_older_schema_come_back_both_ways(drill: Drill, old: Path) -> None:
    drill.made(2)
    backup = shutil.copy(old, drill.folder / "old backup.rapport")
    clients = drill.as_copy(backup)
    assert clients
    assert drill.replaced(backup) == clients


def test_broken_backups_are_refused_and_change_nothing(drill: Drill) -> None:
    backups = drill.made(4)
    for number in range(34):
        backup, clients = backups[number % len(backups)]
        whole = backup.path.read_bytes()
        broken(backup.path, random.Random(number))
        drill.refused(backup.path)
        backup.path.write_bytes(whole)
    assert drill.as_copy(backup.path) == clients


@pytest.mark.parametrize("version", [3, 7, 99, -1])
def test_a_newer_or_absurd_backup_replaces_no_book(drill: Drill, version: int) -> None:
    ((backup, _clients),) = drill.made(1)
    strange = Path(shutil.copy(backup.path, drill.folder / "strange.rapport"))
    with closing(sqlite3.connect(strange)) as other:
        other.execute(f"PRAGMA user_version = {version}")
    drill.refused(strange)
