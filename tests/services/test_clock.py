"""A clock that jumps while the book is in use: order comes from counters, and nothing grows old by it (P13)."""

import random
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from app.domain.backups import Reason
from app.domain.clients import ClientDraft
from app.domain.firm import Firm
from app.domain.opening import Noticed
from app.domain.promises import PromiseDraft
from app.domain.vocabulary import PromiseBy
from app.paths import Paths
from app.services.book import new_book, open_book, open_for_window
from app.services.imports import Batch
from app.words.opening import noticed

NOW = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # half an hour before the clocks of Zurich go forward
DUE = NOW.date() + timedelta(days=12)
SetClock = Callable[[datetime], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Let everything in the program that asks for the time be told another one."""
    told = [NOW]

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return told[-1].astimezone(tz)

    asking = [module for name, module in sys.modules.items() if name.startswith("app.")]
    asking = [module for module in asking if getattr(module, "datetime", None) is datetime]
    assert len(asking) > 5
    for module in asking:
        monkeypatch.setattr(module, "datetime", Clock)
    return told.append


def jumps(chance: random.Random) -> Sequence[datetime]:
    """Give forty moments between twenty years before and fifty years after now, some hours apart, in any order."""
    years = [chance.uniform(-20, 50) for _ in range(28)]
    hours = [chance.uniform(-3, 3) for _ in range(12)]
    ahead = [timedelta(days=365.25 * year) for year in years] + [timedelta(hours=hour) for hour in hours]
    moments = [NOW + by for by in ahead]
    chance.shuffle(moments)
    return moments


@pytest.mark.parametrize("seed", range(3))
def test_forty_jumps_of_the_clock_hurt_nothing(set_clock: SetClock, tmp_path: Path, seed: int) -> None:
    path, paths = tmp_path / "firm.rapport", Paths(tmp_path / "profile")
    new_book(path, Firm(name="Hollis & Marsh"))
    book = open_book(path, write=True, paths=paths)
    first = book.clients.add(ClientDraft(name="First"))
    book.promises.add(PromiseDraft(client_id=first, what="Footfall", by=PromiseBy.US, due=DUE))
    pinned = book.backups.make(Reason.ASKED, pinned=True)
    book.close()
    names: list[str] = []
    for number, moment in enumerate(jumps(random.Random(seed))):
        set_clock(moment)
        book = open_book(path, write=True, paths=paths)
        names.append(f"Client {number}.")
        book.clients.add(ClientDraft(name=names[-1]))
        if number % 3 == 0:
            book.history.undo()
            book.history.redo()
        assert book.backups.changed()
        made = book.backups.make(Reason.CLOSE)
        # The latest backup and the latest step are those made last, whatever their time says.
        assert book.backups.newest() == made
        assert not book.backups.changed()
        steps = [step.what for step in book.history.steps(len(names))]
        assert all(name in what for name, what in zip(reversed(names), steps, strict=True))
        assert [promise.due for promise in book.promises.every()] == [DUE]
        assert pinned.path.exists()
        assert book.problems() == []
        book.close()
    set_clock(NOW + timedelta(days=2))
    book = open_book(path, write=True, paths=paths)
    sequence = [backup.sequence for backup in book.backups.every()]
    assert sequence[:10] == list(range(41, 31, -1))
    assert len(book.history.steps(1_000)) == len(names) + 2
    assert book.history.undo().what == f"add client “{names[-1]}”"
    book.close()


def test_an_import_taken_back_comes_back_though_the_clock_was_wrong_for_a_month(
    set_clock: SetClock, tmp_path: Path
) -> None:
    path = tmp_path / "firm.rapport"
    new_book(path, Firm(name="Hollis & Marsh"))
    book = open_book(path, write=True)
    batch = Batch("import of a list", book.imports.known().stamp)
    for number in range(150):
        batch.insert("client", name=f"Client {number}", do_not_contact=False)
    book.imports.bring(batch, lambda _done, _total: None)
    book.history.undo()
    book.close()
    for days in range(30):
        set_clock(NOW + timedelta(days=3_650 + days))
        book = open_book(path, write=True)
        book.clients.add(ClientDraft(name=f"On day {days}"))
        book.close()
    set_clock(NOW + timedelta(hours=1))
    book = open_book(path, write=True)
    lost = next(entry for entry in book.trash.entries() if entry.count == 150)
    book.trash.bring_back(lost.step_id)
    assert len(book.clients.every()) == 180
    book.close()


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-365, "The last change in this book was made on 29 Mar 2026, and this computer's clock shows an earlier day."),
        (-0.5, ""),
        (60, ""),
        (3_650, "By this computer's clock nothing was changed in this book since 29 Mar 2026. Is its date right?"),
    ],
)
def test_a_clock_that_the_last_change_speaks_against_is_asked_about(
    set_clock: SetClock, tmp_path: Path, days: float, said: str
) -> None:
    path, paths = tmp_path / "firm.rapport", Paths(tmp_path / "profile")
    new_book(path, Firm(name="Hollis & Marsh"))
    set_clock(NOW + timedelta(hours=10))
    book = open_book(path, write=True, paths=paths)
    book.clients.add(ClientDraft(name="First"))
    book.close()
    set_clock(NOW + timedelta(hours=10, days=days))
    book = open_for_window(path, paths)
    clock = {Noticed.CLOCK_BACK, Noticed.CLOCK_AHEAD}
    told = [noticed(notice) for notice in book.noticed if notice.what in clock]
    book.close()
    assert "".join(told).startswith(said)
    assert bool(told) == bool(said)
