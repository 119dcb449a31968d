"""Pictures of every page need no display and change nothing in the book."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from app.errors import AppError
from app.services.samples import demo_book
from ui import screenshots
from ui.screenshots import picture_every_page
from ui.theme import Theme, ThemeChoice

PAGES = {
    "welcome", "today", "clients", "client-dialogue", "client-plan", "client-feedback", "client-money", "client-people",
    "explain", "portfolio", "settings", "bring", "log", "review", "new-client", "history",
}  # fmt: skip


@pytest.fixture
def restored(theme: Theme) -> Iterator[Theme]:
    yield theme
    theme.set_choice(ThemeChoice.LIGHT)


@pytest.mark.full
def test_every_page_is_pictured_in_light_and_dark(restored: Theme, tmp_path: Path) -> None:
    book = tmp_path / "sample.rapport"
    demo_book(book, date.today())
    before = book.read_bytes()
    assert picture_every_page(restored, book, tmp_path / "pictures") == 2 * len(PAGES)
    made = {path.stem for path in (tmp_path / "pictures").glob("*.png")}
    assert made == {f"{page}-{look}" for page in PAGES for look in ("light", "dark")}
    assert book.read_bytes() == before
    for page in ("today", "portfolio", "bring"):
        light, dark = (QImage(str(tmp_path / "pictures" / f"{page}-{look}.png")) for look in ("light", "dark"))
        assert (light.width(), light.height()) == screenshots.SIZE
        assert light.pixelColor(600, 790).lightness() > 200
        assert dark.pixelColor(600, 790).lightness() < 60


def test_a_folder_that_cannot_be_made_is_said(restored: Theme, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AppError, match="cannot be made"):
        picture_every_page(restored, tmp_path / "book.rapport", tmp_path / "file" / "pictures")
