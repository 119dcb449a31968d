"""A second start raises the first window and hands it its book; of two starts at once one window is left (P4)."""

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.clients import ClientDraft
from app.domain.firm import Firm
from app.services.book import Book, new_book
from tests.ui.conftest import Program, Start
from ui import one_window
from ui.dialogs.log_contact import LogContactDialog
from ui.one_window import OneWindow
from ui.session import Session

LONG = 30_000


@pytest.fixture
def first(program: Program) -> Iterator[OneWindow]:
    """Let the program of the test be the first window."""
    one = OneWindow(program.paths.running)
    assert one.is_first()
    one.listen(program)
    yield one
    one.end()


def acme(book: Book) -> None:
    book.clients.add(ClientDraft(name="Acme"))


def ended(process: subprocess.Popen[bytes], qtbot: QtBot) -> int | None:
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=LONG)
    return process.returncode


@pytest.mark.usefixtures("first")
def test_a_second_start_raises_the_first_window_and_hands_over_its_book(
    program: Program, with_book: Callable[..., Session], start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    session = with_book(acme)
    program.window.showMinimized()
    assert ended(start(), qtbot) == 0
    assert not program.window.windowState() & Qt.WindowState.WindowMinimized
    assert program.session is session
    new_book(tmp_path / "other.rapport", Firm(name="Hollis & Marsh"))
    assert ended(start("other.rapport"), qtbot) == 0
    qtbot.waitUntil(lambda: program.session not in {None, session}, timeout=LONG)
    assert program.opened.book.path == tmp_path / "other.rapport"
    assert list(program.paths.running.glob("asked*")) == []


@pytest.mark.usefixtures("first")
def test_the_book_asked_for_waits_until_no_form_stands_open(
    program: Program, with_book: Callable[..., Session], start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    session = with_book(acme)
    session.log(1)
    form = QApplication.activeModalWidget()
    assert isinstance(form, LogContactDialog)
    new_book(tmp_path / "other.rapport", Firm(name="Hollis & Marsh"))
    assert ended(start(tmp_path / "other.rapport"), qtbot) == 0
    qtbot.wait(1_000)
    assert program.session is session
    assert form.isVisible()
    form.reject()
    qtbot.waitUntil(lambda: program.session not in {None, session}, timeout=LONG)


def test_a_window_that_does_not_listen_keeps_nobody_from_his_book(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_window, "TAKEN_SECONDS", 0.2)
    hanging, second = OneWindow(program.paths.running), OneWindow(program.paths.running)
    assert hanging.is_first()
    assert not second.is_first()
    assert not second.leave_word(tmp_path / "firm.rapport")
    assert list(program.paths.running.glob("asked*")) == []
    hanging.end()
    assert second.is_first()
    second.end()


def test_words_left_before_the_first_listens_are_all_heard(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    program.window.show()
    books = [tmp_path / "one.rapport", tmp_path / "two.rapport"]
    for number, book in enumerate(books):
        new_book(book, Firm(name="Hollis & Marsh"))
        (program.paths.running / f"asked-{number}.json").write_text(json.dumps({"book": str(book)}), "utf-8")
    (program.paths.running / "asked-9.json").write_text("not what we write", "utf-8")
    one = OneWindow(program.paths.running)
    one.listen(program)
    assert list(program.paths.running.glob("asked*")) == []
    qtbot.waitUntil(lambda: program.session is not None, timeout=LONG)
    assert program.opened.book.path == books[1]
    one.end()


def two_at_once(start: Start, path: Path) -> None:
    """Start twice at once: one window stays, and closes its book when it is asked to end."""
    both = [start(path), start(path)]
    until = time.monotonic() + LONG / 1000
    while all(process.poll() is None for process in both) and time.monotonic() < until:
        time.sleep(0.05)
    assert sorted((process.poll() is None, process.poll() or 0) for process in both) == [(False, 0), (True, 0)]
    (left,) = [process for process in both if process.poll() is None]
    time.sleep(0.5)
    left.send_signal(signal.SIGTERM)
    assert left.wait(LONG / 1000) == 0


def test_of_two_starts_at_once_one_window_is_left(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "firm.rapport"
    new_book(path, Firm(name="Hollis & Marsh"))
    two_at_once(start, path)


@pytest.mark.full
def test_of_a_hundred_pairs_of_starts_one_window_each_is_left(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "firm.rapport"
    new_book(path, Firm(name="Hollis & Marsh"))
    for _ in range(100):
        two_at_once(start, path)
