"""What stands around a book: where a copy is offered, and the word of a person about a share."""

from datetime import date
from pathlib import Path

import pytest

from app.domain.backups import Reason
from app.domain.firm import Firm
from app.errors import ReadOnlyBookError
from app.paths import Paths
from app.services.book import new_book, open_book
from app.services.opening import look_around, offered_copy
from app.settings import SettingsFile

DAY = date(2026, 11, 28)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A profile of the test's."""
    return Paths(tmp_path / "profile")


def made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    new_book(path, Firm(name="F"))
    return path


def test_a_copy_is_offered_where_one_can_go_on_with_it(tmp_path: Path, paths: Paths) -> None:
    own = paths.default_book.parent
    local = made(tmp_path / "desk" / "firm.rapport")
    share = made(tmp_path / "gvfs" / "smb-share:server=nas,share=firm" / "firm.rapport")
    book = open_book(local, write=False, paths=paths)
    backup = book.backups.make(Reason.ASKED).path
    book.close()
    assert offered_copy(local, paths, DAY) == local.with_name("firm 2026-11-28.rapport")
    assert offered_copy(backup, paths, DAY) == local.with_name("firm 2026-11-28.rapport")
    assert offered_copy(share, paths, DAY) == own / "firm 2026-11-28.rapport"
    assert offered_copy(tmp_path / "gone" / "firm.rapport", paths, DAY) == own / "firm 2026-11-28.rapport"


def test_a_share_is_written_where_a_person_said_so_and_nowhere_else(tmp_path: Path, paths: Paths) -> None:
    one = made(tmp_path / "gvfs" / "smb-share:server=nas,share=one" / "firm.rapport")
    other = made(tmp_path / "gvfs" / "smb-share:server=nas,share=other" / "firm.rapport")
    with pytest.raises(ReadOnlyBookError, match="on a network share"):
        open_book(one, write=True, paths=paths)
    settings = SettingsFile(paths.settings)
    settings.keep(settings.current.with_trusted(one.parent))
    open_book(one, write=True, paths=paths).close()
    with pytest.raises(ReadOnlyBookError, match="on a network share"):
        open_book(other, write=True, paths=paths)
    open_book(other, write=False, paths=paths).close()


def test_looking_around_a_book_makes_and_opens_nothing(tmp_path: Path) -> None:
    book = made(tmp_path / "desk" / "firm.rapport")
    before = book.stat()
    found = look_around(book)
    assert (found.conflicted, found.noticed) == ((), ())
    assert [there.name for there in book.parent.iterdir()] == ["firm.rapport"]
    assert book.stat().st_mtime_ns == before.st_mtime_ns
