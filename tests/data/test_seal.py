"""The seal: what SQLite's checks cannot see, the digest of the last close does."""

import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.data import schema
from app.data.database import Database
from app.data.seal import Seals
from app.domain.backups import SealState
from app.domain.opening import Noticed
from app.errors import DamagedBookError


@pytest.fixture
def seals(tmp_path: Path) -> Seals:
    """Keep seals in a folder of the test's."""
    return Seals(tmp_path / "seals")


def seal_of(path: Path, seals: Seals, *, write: bool = False) -> SealState:
    """Open and close a book; gives what its seal said."""
    database = Database.open(path, "anna", write=write, seals=seals)
    database.close()
    return database.seal


def add(path: Path, seals: Seals | None) -> None:
    """Change something."""
    database = Database.open(path, "anna", write=True, seals=seals)
    with database.write("add") as recorder:
        recorder.insert(schema.client, {"name": "Acme", "do_not_contact": False, "notes": "some words" * 200})
    database.close()


def test_a_book_never_closed_here_has_none_and_reading_makes_none(path: Path, seals: Seals) -> None:
    assert seal_of(path, seals) is SealState.NONE
    assert seal_of(path, seals) is SealState.NONE


def test_a_closed_book_is_known_wherever_it_is_moved(path: Path, seals: Seals, tmp_path: Path) -> None:
    add(path, seals)
    assert seal_of(path, seals) is SealState.KNOWN
    moved = path.rename(tmp_path / "moved.rapport")
    assert seal_of(moved, seals) is SealState.KNOWN
    shutil.copy(moved, tmp_path / "copied.rapport")
    assert seal_of(tmp_path / "copied.rapport", seals) is SealState.KNOWN


def test_an_older_state_put_back_is_known_for_it_was_closed_here(path: Path, seals: Seals, tmp_path: Path) -> None:
    add(path, seals)
    shutil.copy(path, tmp_path / "then.rapport")
    add(path, seals)
    assert seal_of(tmp_path / "then.rapport", seals) is SealState.KNOWN


def test_what_another_program_changed_is_unknown_until_closed_here_again(path: Path, seals: Seals) -> None:
    add(path, seals)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE client SET notes = 'quietly'")
    assert seal_of(path, seals) is SealState.UNKNOWN
    assert seal_of(path, seals, write=True) is SealState.UNKNOWN
    assert seal_of(path, seals) is SealState.KNOWN


def test_a_copy_and_a_backup_are_known(path: Path, seals: Seals, tmp_path: Path) -> None:
    database = Database.open(path, "anna", write=False, seals=seals)
    database.copy_to(tmp_path / "copy.rapport")
    database.close()
    assert seal_of(tmp_path / "copy.rapport", seals) is SealState.KNOWN


def test_an_open_reader_elsewhere_in_the_program_keeps_the_file_from_being_read(path: Path, seals: Seals) -> None:
    """To read a file that this process has a connection to would drop its lock: better no seal than that."""
    add(path, seals)
    database = Database.open(path, "anna", write=True, seals=seals)
    with database.write("change") as recorder:
        recorder.update(schema.client, 1, {"notes": "changed"})
    with database.read():
        database.close()
    assert seal_of(path, seals) is SealState.UNKNOWN


def test_a_lost_or_damaged_seal_costs_nothing_but_a_check(path: Path, seals: Seals, tmp_path: Path) -> None:
    add(path, seals)
    (kept,) = (tmp_path / "seals").glob("*.json")
    for text in ("", "[]", "{", '{"closes": []}'):
        kept.write_text(text, "utf-8")
        assert seal_of(path, seals) is SealState.NONE
    kept.unlink()
    add(path, seals)
    assert seal_of(path, seals) is SealState.KNOWN


def test_seals_that_cannot_be_written_hinder_nobody(path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    add(path, Seals(tmp_path / "file" / "seals"))
    assert seal_of(path, Seals(tmp_path / "file" / "seals")) is SealState.NONE


def test_damage_only_the_full_check_sees_is_refused_where_the_seal_is_unknown(path: Path, seals: Seals) -> None:
    """An index that no longer agrees with its table: the quick check does not look there."""
    add(path, seals)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("PRAGMA writable_schema = ON")
        other.execute("UPDATE sqlite_schema SET sql = replace(sql, 'owner_id', 'code') WHERE name = 'client_owner'")
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA quick_check").fetchone() == ("ok",)
    opened = Database.open(path, "anna", write=False)
    opened.close()
    for write in (False, True):
        with pytest.raises(DamagedBookError):
            Database.open(path, "anna", write=write, seals=seals)


def flips_found(path: Path, seals: Seals, count: int, seed: int) -> int:
    """Turn single bits, one at a time; gives how many the seal noticed."""
    add(path, seals)
    whole = path.read_bytes()
    chance = random.Random(seed)
    found = 0
    for _ in range(count):
        at, bit = chance.randrange(len(whole)), 1 << chance.randrange(8)
        with path.open("r+b") as file:
            file.seek(at)
            file.write(bytes((whole[at] ^ bit,)))
        try:
            found += seal_of(path, seals) is not SealState.KNOWN
        except Exception:  # noqa: BLE001 - refused in whatever way is noticed too
            found += 1
        with path.open("r+b") as file:
            file.seek(at)
            file.write(whole[at : at + 1])
    assert seal_of(path, seals) is SealState.KNOWN
    return found


def test_every_one_of_sixty_turned_bits_is_noticed(path: Path, seals: Seals) -> None:
    assert flips_found(path, seals, 60, seed=3) == 60


_KILLED = """
import os, sys
from pathlib import Path
from app.data import schema
from app.data.database import Database
from app.data.seal import Seals
database = Database.open(Path(sys.argv[1]), "anna", write=True, seals=Seals(Path(sys.argv[2])))
with database.write("add") as recorder:
    recorder.insert(schema.client, {"name": "Acme", "do_not_contact": False})
os._exit(9)
"""


def test_a_book_our_own_program_left_open_is_told_from_one_changed_outside(
    path: Path, seals: Seals, tmp_path: Path
) -> None:
    def told() -> list[Noticed]:
        database = Database.open(path, "anna", write=True, seals=seals)
        database.close()
        return [notice.what for notice in database.noticed]

    add(path, seals)
    subprocess.run([sys.executable, "-c", _KILLED, path, tmp_path / "seals"], check=False)
    assert told() == [Noticed.NOT_CLOSED]
    assert told() == []
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE client SET name = 'Acme Ltd'")
        other.commit()
    assert told() == [Noticed.CHANGED_OUTSIDE]
    assert told() == []


def test_the_whole_book_is_checked_at_least_every_week_whatever_the_clock_says(path: Path, seals: Seals) -> None:
    add(path, seals)
    assert seal_of(path, seals) is SealState.KNOWN
    database = Database.open(path, "anna", write=False, seals=seals)
    database.close()
    known = database.book_id
    now = datetime.now(UTC)
    for days, due in ((0, False), (6, False), (7, True), (-3650, True)):
        seals.checked(known, now - timedelta(days=days))
        assert seals.check_due(known, now) is due
        assert seal_of(path, seals) is SealState.KNOWN
        last = seals.last_check(known)
        assert last is not None
        # Found in order once more, if it was due.
        assert (abs(last - datetime.now(UTC)) < timedelta(minutes=1)) is (due or days == 0)
