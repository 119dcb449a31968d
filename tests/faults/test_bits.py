"""Single bits that turn while a book is closed: the seal notices every one of them (RELIABILITY P5)."""

from pathlib import Path
from random import Random

import pytest

from app.data.backup import BackupFolder, verify
from app.domain.backups import SealState
from app.errors import AppError
from app.services.book import open_book
from tests.faults.kit import Tally, copy_of
from tests.faults.workloads import book_in, paths_in


def turn(path: Path, chance: Random) -> tuple[int, bytes]:
    """Turn one bit; gives where, and what stood there."""
    at, bit = chance.randrange(path.stat().st_size), 1 << chance.randrange(8)
    with path.open("r+b") as file:
        file.seek(at)
        before = file.read(1)
        file.seek(at)
        file.write(bytes((before[0] ^ bit,)))
    return at, before


def put_back(path: Path, at: int, before: bytes) -> None:
    """Undo that."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(before)


def noticed(folder: Path) -> bool:
    """Tell whether opening the book says that it is not as it was, or refuses it."""
    try:
        book = open_book(book_in(folder), write=False, paths=paths_in(folder))
    except AppError:
        return True
    book.close()
    return book.seal is not SealState.KNOWN


def flip(desk: tuple[Path, Path], tally: Tally, count: int) -> None:
    """Turn one bit after the other in the book, and in a backup."""
    template, place = desk
    chance = Random(count)
    with copy_of(template, place):
        assert not noticed(place)
        (folder,) = (place / "profile" / "backups").iterdir()
        for number in range(count):
            at, before = turn(book_in(place), chance)
            if not noticed(place):
                tally.lost.append(f"bit {number} at {at} went unnoticed")
            put_back(book_in(place), at, before)
            tally.injected += 1
        backup = BackupFolder(folder).every()[0]
        for _ in range(count // 10):
            at, before = turn(backup.path, chance)
            with pytest.raises(AppError):
                verify(backup)
            put_back(backup.path, at, before)
            tally.injected += 1
        verify(backup)
        assert not noticed(place)
    assert tally.wrong() == []


def test_fifty_turned_bits_are_noticed(desk: tuple[Path, Path], tally: Tally) -> None:
    flip(desk, tally, 50)


@pytest.mark.full
def test_a_thousand_turned_bits_are_noticed(desk: tuple[Path, Path], tally: Tally) -> None:
    flip(desk, tally, 1_000)
