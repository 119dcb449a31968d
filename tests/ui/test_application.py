"""The program from its first window on: welcome, new, open, recent, replaced, read-only, and the trial start."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.clients import ClientDraft
from app.domain.firm import Firm
from app.errors import AppError
from app.services.book import new_book, open_book
from app.settings import SettingsFile
from ui.application import Rapport
from ui.dialogs.new_book import NewBookDialog
from ui.main_window import MainWindow
from ui.pages.welcome import WelcomePage
from ui.session import Session
from ui.start import run
from ui.trial import Trial
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button

ROOT = Path(__file__).resolve().parents[2]


def press(parent: MainWindow | NewBookDialog, words: str) -> None:
    """Press a button by its word."""
    QTest.mouseClick(
        next(button for button in parent.findChildren(Button) if button.words == words), Qt.MouseButton.LeftButton
    )


def notices(window: MainWindow) -> list[str]:
    """What the bars over the page say."""
    return [banner.label.text() for banner in window.findChildren(Banner) if banner.isVisibleTo(window)]


def new_dialog(window: MainWindow) -> NewBookDialog:
    return next(iter(window.findChildren(NewBookDialog)))


def test_without_a_book_there_is_the_welcome_and_nothing_that_leads_nowhere(program: Rapport, qtbot: QtBot) -> None:
    program.begin(None)
    qtbot.waitUntil(lambda: program.window.current == "welcome")
    page = program.window.page("welcome")
    assert isinstance(page, WelcomePage)
    assert not program.window.navigation.log.isVisible()
    assert not program.window.as_of.isVisible()
    assert not program.window.commands["as-of"].isEnabled()
    assert not program.window.commands["book.copy"].isEnabled()
    assert [b.words for b in page.findChildren(Button)] == ["Open the sample", "Start my book", "Choose a file…"]


def test_the_keyboard_begins_on_what_one_came_to_do(program: Rapport, qtbot: QtBot) -> None:
    program.begin(None)
    qtbot.waitUntil(lambda: program.window.current == "welcome")
    program.window.activateWindow()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), Button))
    focused = QApplication.focusWidget()
    assert isinstance(focused, Button)
    assert focused.words == "Start my book"


def test_start_my_book_asks_two_things_and_opens_it(program: Rapport, qtbot: QtBot) -> None:
    program.begin(None)
    qtbot.waitUntil(lambda: program.window.current == "welcome")
    press(program.window, "Start my book")
    dialog = new_dialog(program.window)
    qtbot.keyClicks(dialog.findChildren(QLineEdit)[0], "Alder and Finch")
    press(dialog, "Start my book")
    qtbot.waitUntil(lambda: program.session is not None and program.window.current == "clients")
    assert program.window.windowTitle() == "Alder and Finch – Rapport"
    assert program.paths.default_book.exists()
    assert program.settings.current.recent[0] == str(program.paths.default_book)
    assert program.window.navigation.log.isVisible()
    assert program.window.as_of.isVisible()


def test_a_book_without_a_firm_is_not_made(program: Rapport, qtbot: QtBot) -> None:
    program.begin(None)
    qtbot.waitUntil(lambda: program.window.current == "welcome")
    program.books.ask_new()
    dialog = new_dialog(program.window)
    press(dialog, "Start my book")
    assert "What is your firm called?" in [label.text() for label in dialog.findChildren(type(dialog._where))]
    assert not program.paths.default_book.exists()


def test_a_place_that_is_taken_is_refused_in_the_dialog(program: Rapport, qtbot: QtBot) -> None:
    program.begin(None)
    qtbot.waitUntil(lambda: program.window.current == "welcome")
    program.books.ask_new()
    dialog = new_dialog(program.window)
    qtbot.keyClicks(dialog.findChildren(QLineEdit)[0], "Alder")
    program.paths.default_book.write_bytes(b"mine")
    press(dialog, "Start my book")
    assert dialog.isVisible()
    said = " ".join(label.text() for label in dialog.findChildren(type(dialog._where)))
    assert "My clients.rapport" in said
    assert "already" in said
    assert program.paths.default_book.read_bytes() == b"mine"


def test_a_list_that_was_to_begin_a_book_does_not_end_up_in_another(
    program: Rapport, with_book: Callable[..., Session], qtbot: QtBot, tmp_path: Path
) -> None:
    listed = tmp_path / "clients.csv"
    listed.write_text("client\nAcme\n", encoding="utf-8")
    program.begin(None)
    qtbot.waitUntil(lambda: program.window.current == "welcome")
    program.books.begin_with_lists([listed])
    new_dialog(program.window).reject()
    session = with_book()
    qtbot.wait(50)
    assert session.window.current == "clients"


def test_a_list_begins_a_book(program: Rapport, qtbot: QtBot, tmp_path: Path) -> None:
    listed = tmp_path / "clients.csv"
    listed.write_text("client,tags\nAcme,press\n", encoding="utf-8")
    program.begin(None)
    qtbot.waitUntil(lambda: program.window.current == "welcome")
    program.books.begin_with_lists([listed])
    dialog = new_dialog(program.window)
    qtbot.keyClicks(dialog.findChildren(QLineEdit)[0], "Alder")
    press(dialog, "Start my book")
    qtbot.waitUntil(lambda: program.session is not None and program.window.current == "bring")


def test_opening_another_book_replaces_the_window(
    program: Rapport, with_book: Callable[..., Session], tmp_path: Path, qtbot: QtBot
) -> None:
    first = with_book()
    old = program.window
    old.as_of.set_day(date(2020, 1, 1))
    other = tmp_path / "other.rapport"
    new_book(other, Firm(name="Alder & Finch", currency="EUR"))
    program.open(other)
    qtbot.waitUntil(lambda: program.session is not None and program.session is not first)
    assert program.window is not old
    assert program.window.windowTitle() == "Alder & Finch – Rapport"
    assert program.window.as_of.is_today
    qtbot.waitUntil(lambda: not shiboken6.isValid(old))
    # The first book was closed: it can be written again.
    open_book(first.book.path, write=True).close()
    assert program.settings.current.recent == (str(other), str(first.book.path))


def test_the_book_that_is_open_is_not_opened_again(program: Rapport, with_book: Callable[..., Session]) -> None:
    session = with_book()
    before = program.tasks.running
    program.open(session.book.path)
    assert program.tasks.running == before
    assert program.session is session
    assert session.desk.writable


def test_a_book_asked_for_twice_is_opened_once(program: Rapport, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "b.rapport"
    new_book(path, Firm(name="Alder", currency="EUR"))
    program.window.show()
    program.open(path)
    program.open(path)
    assert len(program.tasks.running) == 1
    qtbot.waitUntil(lambda: program.session is not None)
    qtbot.wait(50)
    assert notices(program.window) == []
    assert program.opened.desk.writable  # type: ignore[attr-defined]


def test_a_missing_book_is_said_and_nothing_is_made(program: Rapport, tmp_path: Path, qtbot: QtBot) -> None:
    program.begin(tmp_path / "gone.rapport")
    qtbot.waitUntil(lambda: program.window.current == "welcome")
    assert [type(error).__name__ for error in program.errors] == ["NotABookError"]  # type: ignore[attr-defined]
    assert not (tmp_path / "gone.rapport").exists()


def test_what_is_no_book_leaves_the_open_one_as_it_is(
    program: Rapport, with_book: Callable[..., Session], tmp_path: Path, qtbot: QtBot
) -> None:
    session = with_book()
    junk = tmp_path / "junk.rapport"
    junk.write_bytes(b"not a book at all")
    program.open(junk)
    qtbot.waitUntil(lambda: bool(program.errors))  # type: ignore[attr-defined]
    assert program.session is session
    assert session.window.status.saved.text() == "All saved"
    assert junk.read_bytes() == b"not a book at all"


def test_a_book_held_elsewhere_opens_for_reading_with_the_sentence(
    program: Rapport,
    with_book: Callable[..., Session],
    held: Callable[[Path], subprocess.Popen[str]],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    path = tmp_path / "Pemberton.rapport"
    new_book(path, Firm(name="Pemberton & Vale", currency="GBP"))
    book = open_book(path, write=True, paths=program.paths)
    book.clients.add(ClientDraft(name="Acme"))
    book.close()
    held(path)
    session = with_book()
    assert not session.desk.writable
    qtbot.waitUntil(lambda: len(notices(program.window)) == 1)
    (notice,) = notices(program.window)
    assert notice.startswith("Open for reading only. The book Pemberton.rapport is open on ")
    assert not program.window.commands["undo"].isEnabled()
    assert program.window.status.saved.text() == "Read only"
    assert program.window.status.undo.isHidden()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_book_that_must_not_be_written_opens_for_reading(
    program: Rapport, with_book: Callable[..., Session], tmp_path: Path
) -> None:
    path = tmp_path / "Pemberton.rapport"
    new_book(path, Firm(name="Pemberton & Vale", currency="GBP"))
    path.chmod(0o400)
    session = with_book()
    assert not session.desk.writable
    assert notices(program.window)


def test_the_last_book_is_opened_again(program: Rapport, with_book: Callable[..., Session], qtbot: QtBot) -> None:
    path = with_book().book.path
    again = Rapport(program.theme, program.paths, SettingsFile(program.paths.settings))
    program._close_book()
    again.begin(None)
    qtbot.waitUntil(lambda: again.session is not None)
    assert again.session is not None
    assert again.session.book.path == path
    again.end()
    again.window.close()
    again.window.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(again.window))


def test_recent_books_say_what_is_not_there(program: Rapport, tmp_path: Path, qtbot: QtBot) -> None:
    there, gone = tmp_path / "there.rapport", tmp_path / "gone.rapport"
    new_book(there, Firm(name="Alder", currency="EUR"))
    for place in (gone, there):
        program.settings.keep(program.settings.current.with_recent(place))
    page = program._welcome_page()
    qtbot.addWidget(page)
    buttons = {button.words: button.isEnabled() for button in page.findChildren(Button)}
    assert buttons["there"]
    assert not buttons["gone"]
    assert buttons["Locate…"]


def test_look_is_kept_for_the_next_start(program: Rapport) -> None:
    program.theme.set_text_size(125)
    assert SettingsFile(program.paths.settings).current.text_size == 125
    program.theme.set_text_size(100)


def trial(program: Rapport, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> int:
    """Go through the pages, and give the code the program would end with."""
    ended: list[int] = []
    monkeypatch.setattr(QApplication, "exit", ended.append)
    Trial(program, "0").begin()
    qtbot.waitUntil(lambda: bool(ended), timeout=30_000)
    return ended[0]


def test_a_trial_shows_every_page(
    program: Rapport, with_book: Callable[..., Session], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    session = with_book(lambda book: book.clients.add(ClientDraft(name="Acme")))
    seen: list[str] = []
    session.window.page_shown.connect(seen.append)
    assert trial(program, monkeypatch, qtbot) == 0
    assert {"today", "clients", "portfolio", "bring", "settings", "client"} <= set(seen)


def test_a_page_that_fails_to_build_fails_the_trial(
    program: Rapport,
    with_book: Callable[..., Session],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with_book()

    def broken(*_anything: object) -> None:
        raise ZeroDivisionError("a page")

    monkeypatch.setattr("ui.pages.portfolio.PortfolioPage._lay_out", broken)
    assert trial(program, monkeypatch, qtbot) == 1
    assert "ZeroDivisionError" in capsys.readouterr().err
    program.errors.clear()  # type: ignore[attr-defined]


def test_a_trial_of_what_is_no_book_fails(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "main.py", "open", str(tmp_path / "gone.rapport"), "--data-dir", str(tmp_path / "profile"),
         "--quit-after-shown"],
        cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "There is no book at" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_display_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert run(["open"]) == 3
    assert "no display" in capsys.readouterr().err


def test_screenshots_want_a_book_and_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["screenshots"]) == 2
    assert "screenshots BOOK --to FOLDER" in capsys.readouterr().err


def test_an_error_of_the_world_is_no_bug(program: Rapport) -> None:
    program.messages.show(AppError("The disk is full."))
    assert [str(error) for error in program.errors] == ["The disk is full."]  # type: ignore[attr-defined]


def test_a_profile_that_cannot_be_written_keeps_nobody_from_his_book(tmp_path: Path) -> None:
    """The book opens, with folders of the run's own, and nobody sees a traceback (RELIABILITY 3, case 34)."""
    path = tmp_path / "firm.rapport"
    new_book(path, Firm(name="Pemberton & Vale", currency="GBP"))
    (tmp_path / "file").write_bytes(b"no folder")
    (tmp_path / "own").mkdir()
    command = [
        sys.executable,
        "main.py",
        "--data-dir",
        str(tmp_path / "file" / "data"),
        "--quit-after-shown",
        str(path),
    ]
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(tmp_path / "own")}
    shown = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    assert shown.returncode == 0, shown.stderr
    assert "Traceback" not in shown.stderr
    (own,) = (tmp_path / "own").glob("rapport-*")
    assert (own / "logs" / "rapport.log").exists()
