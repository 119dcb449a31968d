"""A theme, icons, and the rule that a Qt warning nobody expects fails the test."""

import gc
import os
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeAlias

import pytest
import shiboken6
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.checking import InvalidInputError
from app.domain.firm import Firm
from app.errors import AppError
from app.paths import Paths
from app.services.book import Book, new_book, open_book
from app.settings import SettingsFile
from app.words import formats
from ui.application import Rapport
from ui.changes import ChangeBus
from ui.desk import Desk
from ui.frame.as_of import AsOfControl
from ui.icons import Icons
from ui.messages import Messages
from ui.session import Session
from ui.tasks.runner import Tasks
from ui.theme import STYLE, Theme, ThemeChoice
from ui.view_state import ViewStore
from ui.widgets.toast import Toasts

# What the offscreen platform says of itself; it says nothing of the program.
_OF_THE_PLATFORM = "This plugin does not support "
ROOT = Path(__file__).resolve().parents[2]
Start: TypeAlias = Callable[..., subprocess.Popen[bytes]]
Put: TypeAlias = Callable[..., None]
START_SECONDS = 30
HOLD = """
import sys
from pathlib import Path
from app.services.book import open_book
book = open_book(Path(sys.argv[1]), write=True)
print("held", flush=True)
sys.stdin.readline()
book.close()
"""


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Begin as the program begins."""
    return [*sys.argv[:1], "-style", STYLE]


@pytest.fixture(autouse=True)
def _collected_between_tests() -> Iterator[None]:
    """Let Python's cycle collector never begin by itself, as in the program (`ui/collecting.py`)."""
    usual = gc.get_threshold()
    gc.set_threshold(0)
    yield
    gc.set_threshold(*usual)
    gc.collect()


@pytest.fixture(autouse=True)
def _warnings_fail(qapp: QApplication) -> Iterator[None]:
    said: list[str] = []

    def listen(kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
        serious = kind in {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}
        if serious and not words.startswith(_OF_THE_PLATFORM):
            said.append(words)

    before = qInstallMessageHandler(listen)
    yield
    qapp.processEvents()
    qInstallMessageHandler(before)
    assert not said, f"Qt warned: {said}"


@pytest.fixture
def theme(qapp: QApplication, qtbot: QtBot) -> Theme:
    """A light theme at 100 %."""
    assert qtbot
    return Theme(qapp, ThemeChoice.LIGHT)


@pytest.fixture
def icons() -> Icons:
    """The icons."""
    return Icons()


@pytest.fixture
def store(tmp_path: Path) -> ViewStore:
    """A view store in a file of its own."""
    return ViewStore(tmp_path / "view.ini")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A book without clients, open for writing; Pemberton & Vale keep it in pounds."""
    path = tmp_path / "book.rapport"
    new_book(path, Firm(name="Pemberton & Vale", currency="GBP"))
    opened = open_book(path, write=True)
    yield opened
    opened.close()


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    """A bare window for a page to stand in."""
    window = QWidget()
    QVBoxLayout(window).setContentsMargins(0, 0, 0, 0)
    window.resize(1096, 716)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def put(room: QWidget, qtbot: QtBot) -> Put:
    """Puts widgets into that window, one beneath the other, and shows it as the one that keys go to."""

    def put_in(*widgets: QWidget) -> None:
        layout = room.layout()
        assert layout is not None
        for widget in widgets:
            layout.addWidget(widget)
        # Keys reach shortcuts only in the active window, which another test's window may still be.
        with qtbot.waitActive(room):
            room.show()
            room.activateWindow()

    return put_in


@pytest.fixture
def desk(theme: Theme, icons: Icons, store: ViewStore, book: Book, room: QWidget) -> Iterator[Desk]:
    """The desk of that window, its bus hearing the book; the day is today until set otherwise."""
    window = room
    bus = ChangeBus(window)
    book.listen(bus.emit_change)
    messages = Messages(theme, window, "0.0.0")
    tasks = Tasks(messages.show, window)
    yield Desk(
        theme=theme,
        icons=icons,
        bus=bus,
        as_of=AsOfControl(theme, icons, date.today, formats.day, window),
        tasks=tasks,
        toasts=Toasts(theme, icons, window),
        messages=messages,
        store=store,
        writable=True,
    )
    tasks.shutdown()


class Program(Rapport):
    """The whole program on a profile of its own; `errors` are those it has shown."""

    def __init__(self, theme: Theme, folder: Path) -> None:
        self.errors: list[BaseException] = []
        paths = Paths.of_person(folder)
        super().__init__(theme, paths, SettingsFile(paths.settings))

    def _new_window(self) -> None:
        super()._new_window()
        self.messages.shown.connect(self.errors.append)

    @property
    def opened(self) -> Session:
        """The session of the book that is open."""
        assert self.session is not None
        return self.session

    def leave(self) -> None:
        """Close the book and the window, as at the end of the program."""
        self.end()
        self.window.close()
        self.window.deleteLater()

    @property
    def toast(self) -> str:
        """What the toast over the page says."""
        shown = self.window.toasts.current
        return "" if shown is None else shown.accessibleName()


@pytest.fixture
def program(theme: Theme, tmp_path: Path, qtbot: QtBot) -> Iterator[Program]:
    """The program without a book; an error nobody expects fails the test."""
    made = Program(theme, tmp_path / "profile")
    yield made
    for dialog in made.window.findChildren(QDialog):
        dialog.close()
    made.leave()
    qtbot.waitUntil(lambda: not shiboken6.isValid(made.window))
    bugs = [error for error in made.errors if not isinstance(error, AppError | InvalidInputError)]
    assert not bugs, [traceback.format_exception(bug) for bug in bugs]


@pytest.fixture
def with_book(program: Program, tmp_path: Path, qtbot: QtBot) -> Callable[..., Session]:
    """Opens a book of the firm Pemberton & Vale in the program, filled by `fill(book)` before."""

    def open_it(fill: Callable[[Book], object] | None = None, name: str = "Pemberton.rapport") -> Session:
        path = tmp_path / name
        if not path.exists():
            new_book(path, Firm(name="Pemberton & Vale", currency="GBP"))
        if fill is not None:
            filled = open_book(path, write=True)
            fill(filled)
            filled.close()
        program.window.show()
        program.open(path)
        qtbot.waitUntil(lambda: program.session is not None and program.session.book.path == path, timeout=10_000)
        qtbot.waitUntil(lambda: bool(program.window.current))
        program.window.activateWindow()
        return program.opened

    return open_it


@pytest.fixture
def held() -> Iterator[Callable[[Path], subprocess.Popen[str]]]:
    """Lets another process hold a book."""
    holders: list[subprocess.Popen[str]] = []

    def hold(path: Path) -> subprocess.Popen[str]:
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(path)], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        holders.append(holder)
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        return holder

    yield hold
    for holder in holders:
        if holder.poll() is None:
            holder.communicate("\n", timeout=20)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the program itself, with the profile of the test or another; none outlives the test."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(
        *words: Path | str, folder: Path = tmp_path, profile: Path = tmp_path / "profile"
    ) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(ROOT / "main.py"), "--data-dir", str(profile), *map(str, words)]
        started.append(subprocess.Popen(command, cwd=folder, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.wait()


def wait_for_book(process: subprocess.Popen[bytes], paths: Paths, book: Path) -> None:
    """Wait until a started program shows its book: then it stands among the recent ones."""
    until = time.monotonic() + START_SECONDS
    while not (paths.settings.exists() and book.name in paths.settings.read_text("utf-8")):
        assert process.poll() is None, "the program ended"
        assert time.monotonic() < until, "the book was not opened"
        time.sleep(0.02)
