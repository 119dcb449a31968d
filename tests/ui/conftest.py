"""A theme, icons, and the rule that a Qt warning nobody expects fails the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.icons import Icons
from ui.theme import Theme, ThemeChoice
from ui.view_state import ViewStore

# What the offscreen platform says of itself; it says nothing of the program.
_OF_THE_PLATFORM = "This plugin does not support "


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
