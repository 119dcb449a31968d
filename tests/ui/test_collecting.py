"""The cycle collector works between Qt's events, never within one of Qt's locks."""

import gc
import os
import subprocess
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.collector import collector_paused
from ui.collecting import Collecting

ROOT = Path(__file__).resolve().parents[2]
# Much is left to collect, and the next value is made where Qt, in disconnecting, has asked PySide for an override.
DISCONNECTS = """
import gc
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
from ui.collecting import Collecting

class Part(QLabel):
    def take(self):
        pass

class Plain:
    def take(self):
        pass

application = QApplication([])
gc.set_threshold(20, 1, 1)
collecting = Collecting(application)
for _ in range(20):
    gc.disable()
    for _ in range(300):
        part = Part()
        part.itself = part
        below = QLabel(part)
        part.destroyed.connect(part.take)
        below.destroyed.connect(below.deleteLater)
    timers = [QTimer() for _ in range(40)]
    heard = [Plain() for _ in timers]
    for timer, plain in zip(timers, heard):
        timer.timeout.connect(plain.take)
    del plain
    gc.enable()
    while heard:
        heard.pop()
    collecting.look()
print("through")
"""


class Cycle:
    """Goes by the collector alone."""

    def __init__(self) -> None:
        self.itself = self


def cycle() -> "weakref.ref[Cycle]":
    return weakref.ref(Cycle())


@pytest.fixture
def collecting() -> Iterator[Collecting]:
    """One whose limits are passed by a single value."""
    usual = gc.get_threshold()
    gc.set_threshold(1, 1, 1)
    made = Collecting()
    yield made
    made.end()
    gc.set_threshold(*usual)


def test_a_signal_disconnected_while_much_is_to_be_collected_does_not_hang() -> None:
    child = subprocess.run(
        [sys.executable, "-c", DISCONNECTS], cwd=ROOT, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert child.stdout == "through\n", child.stderr


def test_cycles_go_at_a_look_and_not_before(collecting: Collecting) -> None:
    left = cycle()
    many = [[number] for number in range(1_000)]
    assert left() is not None, "never in the midst of work"
    collecting.look()
    assert left() is None
    assert len(many) == 1_000


def test_cycles_go_by_the_timer(collecting: Collecting, qtbot: QtBot) -> None:
    left = cycle()
    qtbot.waitUntil(lambda: left() is None)
    assert isinstance(collecting, QObject)


def test_nothing_is_collected_while_the_collector_rests(collecting: Collecting) -> None:
    left = cycle()
    with collector_paused():
        collecting.look()
        assert left() is not None
    collecting.look()
    assert left() is None


def test_at_the_end_python_collects_by_itself_again() -> None:
    usual = gc.get_threshold()
    collecting = Collecting()
    assert gc.get_threshold()[0] == 0
    collecting.end()
    assert gc.get_threshold() == usual
