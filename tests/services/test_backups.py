"""Backups through the services: when they are made, what they hold, and the way back."""

import os
import random
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.data import schema
from app.data.backup import manifest_of
from app.domain.backups import Reason, SealState
from app.domain.changes import ChangeSet
from app.domain.clients import ClientDraft
from app.domain.firm import Firm
from app.domain.people import PersonDraft
from app.errors import AppError, AskedWrongError, CancelledError, DamagedBookError, MovedBookError, NotABookError
from app.paths import Paths
from app.services.backups import backups_for, pin, replace_book, restore
from app.services.book import Book, new_book, open_book, open_for_window
from app.services.imports import Batch
from app.services.samples import demo_book

NOW = datetime.now(UTC)
DAY = NOW.date()
LATER = NOW + timedelta(hours=20)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """Give a profile of the test's own."""
    return Paths(tmp_path / "profile")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Make a book in a folder of its own."""
    made = tmp_path / "desk" / "firm.rapport"
    made.parent.mkdir()
    new_book(made, Firm(name="Hollis & Marsh"))
    return made


@pytest.fixture
def kept(place: Path, paths: Paths) -> Iterator[Book]:
    """Open it to write."""
    opened = open_book(place, write=True, paths=paths)
    yield opened
    opened.close()


def add(book: Book, name: str = "Acme") -> None:
    """Change something."""
    book.clients.add(ClientDraft(name=name))


def _quietly(_done: int, _total: int, _words: str) -> None:
    """Listen to no progress."""


def names(path: Path, paths: Paths) -> list[str]:
    """Read the clients of a book."""
    book = open_book(path, write=False, paths=paths)
    try:
        return sorted(client.name for client in book.clients.every())
    finally:
        book.close()


def test_a_backup_is_a_whole_book_with_a_manifest_and_the_owners_alone(kept: Book, paths: Paths) -> None:
    add(kept)
    before = os.umask(0)
    try:
        backup = kept.backups.make(Reason.ASKED)
    finally:
        os.umask(before)
    assert backup.verified
    assert (backup.sequence, backup.rows, backup.counts["client"]) == (1, 1, 1)
    assert names(backup.path, paths) == ["Acme"]
    assert kept.backups.newest() == backup == kept.backups.every()[0]
    assert stat.S_IMODE(backup.path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(found.stat().st_mode) for found in backup.path.parent.iterdir()} == {0o600}
    assert {found.name for found in backup.path.parent.iterdir()} == {
        ".lock",
        backup.path.name,
        manifest_of(backup.path).name,
    }


def test_one_is_due_after_half_an_hour_and_a_change_whatever_the_clock_does(kept: Book) -> None:
    assert kept.backups.due(NOW)
    kept.backups.make(Reason.REGULAR)
    assert not kept.backups.changed()
    assert not kept.backups.due(LATER)
    add(kept)
    assert kept.backups.changed()
    assert not kept.backups.due(datetime.now(UTC) + timedelta(minutes=5))
    assert kept.backups.due(LATER)
    assert kept.backups.due(NOW - timedelta(days=2000))
    kept.history.undo()
    assert kept.backups.due(LATER)
    kept.backups.make(Reason.REGULAR)
    kept.history.redo()
    assert kept.backups.changed()


def test_before_something_big_the_newest_will_do_if_nothing_changed(kept: Book) -> None:
    first = kept.backups.before(Reason.IMPORT)
    assert kept.backups.before(Reason.BULK) == first
    pinned = kept.backups.before(Reason.MIGRATION, pinned=True)
    assert (pinned.sequence, pinned.pinned) == (2, True)
    assert kept.backups.before(Reason.MIGRATION, pinned=True) == pinned
    add(kept)
    assert kept.backups.before(Reason.IMPORT).sequence == 3


def test_the_status_says_when_whether_changed_overdue_and_shrunk(kept: Book) -> None:
    empty = kept.backups.status(NOW)
    assert (empty.newest, empty.changed) == (None, True)
    for number in range(5):
        add(kept, f"Client {number}")
    backup = kept.backups.make(Reason.REGULAR)
    assert kept.backups.status(LATER).newest == backup
    assert not kept.backups.status(NOW + timedelta(days=30)).overdue
    kept.clients.delete([client.id for client in kept.clients.every()][:4])
    assert kept.backups.status(NOW + timedelta(days=4)).overdue
    kept.backups.make(Reason.REGULAR)
    assert kept.backups.status(LATER).shrunk
    kept.backups.confirm_shrinking()
    assert not kept.backups.status(LATER).shrunk


def test_many_backups_are_thinned_and_pinned_ones_stay(kept: Book) -> None:
    first = pin(kept.backups.make(Reason.ASKED))
    for _ in range(12):
        kept.backups.make(Reason.REGULAR)
    left = kept.backups.every()
    assert [backup.sequence for backup in left] == [*range(13, 3, -1), 1]
    assert left[-1].path == first.path
    pin(first, pinned=False)
    kept.backups.make(Reason.REGULAR)
    assert first.path not in {backup.path for backup in kept.backups.every()}


def test_a_damaged_newest_stops_the_thinning(kept: Book) -> None:
    for _ in range(10):
        newest = kept.backups.make(Reason.REGULAR)
    newest.path.write_bytes(b"")
    assert not kept.backups.every()[0].verified
    assert kept.backups.newest() == kept.backups.every()[1]
    kept.backups.make(Reason.REGULAR)
    assert len(kept.backups.every()) == 11


def test_what_differs_from_now_is_told_by_noun(kept: Book) -> None:
    add(kept)
    backup = kept.backups.make(Reason.ASKED)
    add(kept, "Bexley")
    ((difference,),) = kept.backups.differences([backup]).values()
    assert (difference.table, difference.then, difference.now) == ("client", 1, 2)


def test_a_backup_changed_by_one_bit_is_not_restored(kept: Book, paths: Paths, tmp_path: Path) -> None:
    add(kept)
    backup = kept.backups.make(Reason.ASKED)
    whole = bytearray(backup.path.read_bytes())
    whole[-100] ^= 1
    backup.path.write_bytes(whole)
    target = tmp_path / "restored.rapport"
    with pytest.raises(DamagedBookError, match="is damaged"):
        restore(backup.path, target, paths)
    with pytest.raises(DamagedBookError):
        kept.backups.verify(backup)
    kept.close()
    with pytest.raises(DamagedBookError):
        replace_book(kept.path, backup.path, paths)
    assert not target.exists()


def test_restored_as_a_copy_it_is_another_book(kept: Book, paths: Paths, tmp_path: Path) -> None:
    add(kept)
    backup = kept.backups.make(Reason.ASKED)
    add(kept, "Bexley")
    restore(backup.path, tmp_path / "then.rapport", paths)
    assert names(tmp_path / "then.rapport", paths) == ["Acme"]
    assert sorted(client.name for client in kept.clients.every()) == ["Acme", "Bexley"]
    with pytest.raises(AskedWrongError, match="already a book"):
        restore(backup.path, tmp_path / "then.rapport", paths)
    with pytest.raises(NotABookError):
        restore(tmp_path / "nothing.rapport", tmp_path / "x.rapport", paths)


def test_restored_in_place_it_can_be_taken_back(kept: Book, place: Path, paths: Paths) -> None:
    add(kept)
    backup = kept.backups.make(Reason.ASKED)
    add(kept, "Bexley")
    kept.close()
    replaced = replace_book(place, backup.path, paths)
    assert names(place, paths) == ["Acme"]
    assert replaced.backup is not None
    assert replaced.backup.reason == Reason.RESTORE
    again = open_book(place, write=True, paths=paths)
    assert again.seal is SealState.KNOWN
    again.close()
    replace_book(place, replaced.backup.path, paths)
    assert names(place, paths) == ["Acme", "Bexley"]
    assert {found.name for found in place.parent.iterdir()} == {place.name, f".{place.name}.lock"}


def test_a_damaged_book_is_set_aside_with_its_journal(kept: Book, place: Path, paths: Paths) -> None:
    add(kept)
    kept.backups.make(Reason.ASKED)
    kept.close()
    os.truncate(place, 5000)
    broken = place.read_bytes()
    with pytest.raises(DamagedBookError):
        open_for_window(place, paths)
    (backup,) = backups_for(place, paths)
    replaced = replace_book(place, backup.path, paths)
    assert replaced.backup is None
    assert replaced.set_aside is not None
    assert replaced.set_aside.read_bytes() == broken
    assert names(place, paths) == ["Acme"]
    place.unlink()
    replace_book(place, backup.path, paths)
    assert names(place, paths) == ["Acme"]


def test_a_book_open_elsewhere_is_not_replaced(kept: Book, place: Path, paths: Paths) -> None:
    backup = kept.backups.make(Reason.ASKED)
    add(kept)
    with pytest.raises(AppError, match="is open on"):
        replace_book(place, backup.path, paths)
    assert [client.name for client in kept.clients.every()] == ["Acme"]


def test_what_a_kill_left_is_swept_and_never_listed(kept: Book) -> None:
    first = kept.backups.make(Reason.ASKED)
    folder = first.path.parent
    (folder / ".x.rapport.unfinished").write_bytes(b"half")
    (folder / "gone.rapport.json").write_text("{}", "utf-8")
    assert kept.backups.every() == [first]
    kept.backups.make(Reason.ASKED)
    assert not (folder / ".x.rapport.unfinished").exists()
    assert not (folder / "gone.rapport.json").exists()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"made": 1}'])
def test_a_strange_manifest_makes_a_backup_unverified_not_lost(kept: Book, text: str) -> None:
    backup = kept.backups.make(Reason.ASKED)
    manifest_of(backup.path).write_text(text, "utf-8")
    (found,) = kept.backups.every()
    assert (found.verified, found.sequence) == (False, 1)
    assert kept.backups.newest() is None
    assert kept.backups.make(Reason.ASKED).sequence == 2


def test_the_window_backs_up_what_changed_when_it_closes(place: Path, paths: Paths) -> None:
    for changes, backups in ((1, 1), (0, 1), (2, 2)):
        book = open_for_window(place, paths)
        for number in range(changes):
            add(book, f"Client {backups}.{number}")
        folder = book.backups
        book.close()
        made = folder.every()
        assert [backup.reason for backup in made] == [Reason.CLOSE] * backups


def test_a_second_place_gets_a_copy_and_may_be_away(place: Path, paths: Paths, tmp_path: Path) -> None:
    second = tmp_path / "cloud"
    second.mkdir()
    paths.settings.write_text(f'{{"second_backups": "{second}"}}', "utf-8")
    book = open_book(place, write=True, paths=paths)
    backup = book.backups.make(Reason.ASKED)
    (copy,) = second.glob("*/*.rapport")
    assert copy.read_bytes() == backup.path.read_bytes()
    assert names(copy, paths) == []
    shutil.rmtree(second)
    second.touch()
    assert book.backups.make(Reason.ASKED).verified
    told = book.backups.status(NOW)
    assert told.failure == ""
    assert told.second_failure == f"The second place for backups, {second}, is not there."
    second.unlink()
    second.mkdir()
    book.backups.make(Reason.ASKED)
    assert book.backups.status(NOW).second_failure == ""
    book.close()


def test_a_second_place_is_chosen_and_used_at_once(kept: Book, tmp_path: Path) -> None:
    add(kept)
    backup = kept.backups.make(Reason.ASKED)
    stick = tmp_path / "stick"
    stick.mkdir()
    kept.backups.choose_second(stick)
    second = kept.backups.second
    assert second is not None
    state = second.state(kept.path)
    assert state.newest is not None
    assert (state.there, state.count, state.newest.path.name) == (True, 1, backup.path.name)
    assert state.same_disk
    shutil.rmtree(stick)
    assert not second.state(kept.path).there
    # What cannot be used changes nothing.
    for place in (stick, kept.backups.folder, kept.path):
        with pytest.raises(AskedWrongError):
            kept.backups.choose_second(place)
    assert kept.backups.second is second
    assert not stick.exists()
    kept.backups.choose_second(None)
    assert kept.backups.second is None


def test_a_person_is_called_after_two_failures_or_three_days(kept: Book) -> None:
    add(kept)
    assert not kept.backups.status(NOW).alarming
    # Nothing was ever backed up: the first change waits.
    assert kept.backups.status(NOW + timedelta(days=4)).alarming
    kept.backups.make(Reason.ASKED)
    assert not kept.backups.status(NOW + timedelta(days=4)).alarming
    folder = kept.backups.folder
    shutil.rmtree(folder)
    folder.touch()
    for alarming in (False, True):
        with pytest.raises(AppError):
            kept.backups.make(Reason.REGULAR)
        folder.unlink()
        assert kept.backups.status(NOW).alarming is alarming
        folder.rmdir()
        folder.touch()
    folder.unlink()
    kept.backups.make(Reason.REGULAR)
    assert not kept.backups.status(NOW).alarming


def test_before_a_change_of_many_rows_the_book_is_backed_up_as_it_was(place: Path, paths: Paths) -> None:
    book = open_for_window(place, paths)
    add(book, "Acme")
    acme = book.clients.every()[0].id
    for number in range(30):
        book.people.add(PersonDraft(client_id=acme, name=f"Jo {number}"))
    assert book.backups.every() == []
    jo = book.people.every()[0]
    batch = Batch("import of people", book.imports.known().stamp)
    for number in range(101):
        batch.insert(
            "person", client_id=acme, name=f"Dana {number}", influence=str(jo.influence), sentiment=str(jo.sentiment)
        )
    book.imports.bring(batch, lambda _done, _total: None)
    (before,) = book.backups.every()
    assert (before.reason, before.counts["person"]) == ("before-import", 30)
    assert len(book.people.every()) == 131
    book.clients.delete([acme])
    bulk, _ = book.backups.every()
    assert (bulk.reason, bulk.counts["person"]) == ("before-bulk", 131)
    book.history.undo()
    assert len(book.people.every()) == 131
    # A backup that cannot be made hinders nobody.
    lock = book.backups.folder / ".lock"
    lock.unlink()
    lock.mkdir()
    book.clients.delete([acme])
    assert book.clients.every() == []
    assert book.backups.status(NOW).failure.startswith("No backup can be made in")
    lock.rmdir()
    book.close()


class Asked:
    """Cancels at the look of a number; counts the looks."""

    def __init__(self, at: int = 1_000_000) -> None:
        self.at = at
        self.looks = 0

    def __call__(self) -> bool:
        """Look."""
        self.looks += 1
        return self.looks > self.at


def moments(work: Callable[[Asked], object], choose: Callable[[int], Iterable[int]]) -> Iterator[Asked]:
    """Do some work once, then give what cancels it at the looks chosen of all."""
    whole = Asked()
    work(whole)
    assert whole.looks > 2
    for at in sorted(set(choose(whole.looks))):
        yield Asked(at)


def was_cancelled(work: Callable[[Asked], object], asked: Asked) -> bool:
    """Do some work; tell whether it was cancelled, or, a look shorter than before, was through first."""
    try:
        work(asked)
    except CancelledError:
        return True
    assert asked.looks == asked.at
    return False


def early_and_late(looks: int) -> Iterable[int]:
    """Choose the first looks, some in the middle, and the last."""
    return (0, 1, looks // 3, looks // 2, looks - 1)


def anywhere(looks: int) -> Iterable[int]:
    """Choose twenty looks at random, or all."""
    return random.Random(looks).sample(range(looks), min(20, looks))


AT_MOMENTS = pytest.mark.parametrize("choose", [early_and_late, pytest.param(anywhere, marks=pytest.mark.full)])


@pytest.fixture
def agency(paths: Paths, tmp_path: Path) -> Iterator[Book]:
    """Open the sample agency in a folder of its own."""
    place = tmp_path / "desk" / "agency.rapport"
    place.parent.mkdir()
    demo_book(place, DAY)
    book = open_book(place, write=True, paths=paths)
    yield book
    book.close()


@AT_MOMENTS
def test_cancelled_it_leaves_nothing_behind(
    agency: Book, tmp_path: Path, choose: Callable[[int], Iterable[int]]
) -> None:
    target = tmp_path / "copy.rapport"

    def copied(asked: Asked) -> None:
        agency.save_copy(target, asked)

    def backed_up(asked: Asked) -> None:
        agency.backups.make(Reason.ASKED, cancelled=asked)

    def checked(asked: Asked) -> None:
        agency.health.check_now(_quietly, asked)

    agency.backups.make(Reason.ASKED)
    for work in (copied, backed_up, checked):
        for asked in moments(work, choose):
            target.unlink(missing_ok=True)
            found = [kept.path for kept in agency.backups.every()]
            if was_cancelled(work, asked):
                assert [kept.path for kept in agency.backups.every()] == found
                assert not target.exists()
            assert list(tmp_path.rglob("*unfinished*")) == []
    assert agency.problems() == []


@AT_MOMENTS
def test_a_restore_cancelled_leaves_what_stood_there(
    agency: Book, paths: Paths, tmp_path: Path, choose: Callable[[int], Iterable[int]]
) -> None:
    place, target = agency.path, tmp_path / "copy.rapport"
    backup = agency.backups.make(Reason.ASKED)
    agency.close()

    def restored(asked: Asked) -> None:
        restore(backup.path, target, paths, asked)

    def replaced(asked: Asked) -> None:
        replace_book(place, backup.path, paths, asked)

    for work in (restored, replaced):
        for asked in moments(work, choose):
            target.unlink(missing_ok=True)
            before = place.read_bytes()
            if was_cancelled(work, asked):
                assert place.read_bytes() == before
                assert not target.exists()
            assert sorted(found.name for found in place.parent.iterdir()) == [".agency.rapport.lock", place.name]


def test_a_book_moved_away_can_be_saved_where_it_was(kept: Book, place: Path) -> None:
    add(kept)
    place.unlink()
    assert not kept.in_place
    with pytest.raises(MovedBookError):
        add(kept, "Too late")
    kept.save_copy(place)
    assert not kept.in_place  # another file: to write it, it must be opened
    with pytest.raises(AskedWrongError):
        kept.save_copy(place)
    kept.close()


def test_what_another_program_changed_is_heard_of_once(place: Path, paths: Paths) -> None:
    book = open_for_window(place, paths)
    add(book)
    heard: list[ChangeSet] = []
    book.listen(heard.append)
    assert not book.look_for_others()
    with closing(sqlite3.connect(place)) as other:
        other.execute("UPDATE client SET name = 'Acme Ltd'")
        other.commit()
    assert book.look_for_others()
    assert not book.look_for_others()
    (change,) = heard
    assert {"client", "fee", "firm"} <= change.tables
    assert [entry.client.name for entry in book.figures.on(DAY).clients.values()] == ["Acme Ltd"]
    # What stands there is not what the step left, so it is not taken back.
    with pytest.raises(AppError, match="something else has changed its rows"):
        book.history.undo()
    assert [client.name for client in book.clients.every()] == ["Acme Ltd"]
    add(book, "Bexley")
    assert not book.look_for_others()
    book.close()


def test_a_copy_of_the_book_has_backups_of_its_own(kept: Book, paths: Paths, tmp_path: Path) -> None:
    add(kept)
    kept.backups.make(Reason.ASKED)
    kept.save_copy(tmp_path / "twin.rapport")
    twin = open_book(tmp_path / "twin.rapport", write=True, paths=paths)
    assert twin.backups.newest() is None
    assert twin.backups.due(NOW)
    for _ in range(15):
        twin.backups.make(Reason.ASKED)
    assert len(twin.backups.every()) == 11
    assert kept.backups.newest() is not None
    twin.close()


def test_health_tells_size_room_seal_checks_and_versions(kept: Book) -> None:
    add(kept)
    health = kept.health.look(NOW)
    assert health.size == kept.path.stat().st_size
    assert health.free > 0
    assert (health.schema, health.sqlite, health.seal) == (schema.VERSION, sqlite3.sqlite_version, SealState.NONE)
    assert health.last_check is not None
    backup = kept.backups.make(Reason.ASKED)
    assert kept.health.check_now(_quietly) == []
    backup.path.write_bytes(backup.path.read_bytes()[:-4096] + b"\0" * 4096)
    assert "is damaged" in kept.health.check_now(_quietly)[0]
    with closing(sqlite3.connect(kept.path)) as other, other:
        other.execute("INSERT INTO client_tag (client_id, tag) VALUES (77, 'x')")
    assert "points to nothing" in kept.health.check_now(_quietly)[0]
