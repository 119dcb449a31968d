"""Work leaves the window's thread and its result comes back to it."""

import gc
import threading
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QRunnable, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.errors import AppError, CancelledError
from ui.tasks.runner import Progress, Report, Tasks
from ui.theme import Theme
from ui.widgets.progress import ProgressStrip


class Receiver(QObject):
    """Keeps what it was given, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.threads: list[QThread] = []

    def take(self, result: object) -> None:
        """Keep a result."""
        self.results.append(result)
        self.threads.append(QThread.currentThread())


@pytest.fixture
def unhandled() -> Receiver:
    """Where errors nobody takes go."""
    return Receiver()


@pytest.fixture
def tasks(qtbot: QtBot, unhandled: Receiver) -> Tasks:
    """A runner."""
    assert qtbot
    return Tasks(unhandled.take)


def test_work_runs_elsewhere_and_its_result_comes_home(tasks: Tasks, qtbot: QtBot) -> None:
    receiver = Receiver()
    seen: list[int] = []

    def work(report: Report, cancelled: Callable[[], bool]) -> str:
        seen.append(threading.get_ident())
        assert not cancelled()
        report(1, 2, "half")
        return "done"

    steps: list[Progress] = []
    task = tasks.run(work, receiver.take, progress=steps.append, title="x")
    qtbot.waitSignal(task.ended).wait()
    assert receiver.results == ["done"]
    assert receiver.threads == [QApplication.instance().thread()]
    assert seen != [threading.get_ident()]
    assert steps == [Progress(1, 2, "half")]
    assert tasks.running == ()


def test_errors_go_to_failed_or_to_the_one_place(tasks: Tasks, unhandled: Receiver, qtbot: QtBot) -> None:
    receiver = Receiver()
    error = AppError("The disk is full.")

    def work(_report: Report, _cancelled: Callable[[], bool]) -> None:
        raise error

    def bug(_report: Report, _cancelled: Callable[[], bool]) -> None:
        raise ZeroDivisionError

    qtbot.waitSignal(tasks.run(work, receiver.take, receiver.take).ended).wait()
    qtbot.waitSignal(tasks.run(bug, receiver.take).ended).wait()
    assert receiver.results == [error]
    assert [type(result) for result in unhandled.results] == [ZeroDivisionError]


def test_cancel_ends_it_and_nothing_is_delivered(tasks: Tasks, unhandled: Receiver, theme: Theme, qtbot: QtBot) -> None:
    receiver = Receiver()
    strip = ProgressStrip(theme)
    qtbot.addWidget(strip)
    started = threading.Event()

    def work(report: Report, cancelled: Callable[[], bool]) -> None:
        report(3, 10, "Reading")
        started.set()
        while not cancelled():
            time.sleep(0.001)
        raise CancelledError

    task = tasks.run(work, receiver.take, receiver.take, title="Bringing in fees")
    strip.follow(task)
    assert strip.isVisible()
    assert strip.label.text() == "Bringing in fees"
    assert started.wait(2)
    qtbot.waitUntil(lambda: strip.count.text() == "3 of 10")
    assert strip.label.text() == "Reading"
    with qtbot.waitSignal(task.ended):
        strip.cancel.click()
    assert receiver.results == unhandled.results == []
    assert not strip.isVisible()


def test_a_receiver_that_is_gone_gets_nothing(tasks: Tasks, qtbot: QtBot) -> None:
    receiver = Receiver()
    kept = receiver.results
    release = threading.Event()

    def work(_report: Report, _cancelled: Callable[[], bool]) -> int:
        release.wait(2)
        return 1

    task = tasks.run(work, receiver.take)
    receiver.deleteLater()
    qtbot.wait(10)
    with qtbot.waitSignal(task.ended):
        release.set()
    assert kept == []


def test_shutdown_cancels_and_waits(tasks: Tasks, qtbot: QtBot) -> None:
    receiver = Receiver()

    def work(_report: Report, cancelled: Callable[[], bool]) -> int:
        while not cancelled():
            time.sleep(0.001)
        return 1

    for _ in range(4):
        tasks.run(work, receiver.take)
    assert tasks.shutdown(2_000)
    qtbot.wait(20)
    assert receiver.results == []


def held(seconds: float = 0.2) -> Callable[[Report, Callable[[], bool]], list[bool]]:
    """Give work that tells whether the collector may run in its thread."""

    def work(_report: Report, _cancelled: Callable[[], bool]) -> list[bool]:
        time.sleep(seconds)
        return [gc.isenabled()]

    return work


def test_the_collector_rests_while_a_thread_works(tasks: Tasks, qtbot: QtBot) -> None:
    receiver = Receiver()
    tasks.run(held(), receiver.take)
    tasks.run(held(0.1), receiver.take)
    assert not gc.isenabled()
    qtbot.waitUntil(lambda: not tasks.running)
    assert receiver.results == [[False], [False]]
    qtbot.waitUntil(gc.isenabled)


def test_the_collector_works_again_after_a_shutdown(tasks: Tasks, qtbot: QtBot) -> None:
    receiver = Receiver()
    tasks.run(held(), receiver.take)
    assert tasks.shutdown()
    assert gc.isenabled()
    qtbot.wait(20)
    assert gc.isenabled()
    assert receiver.results == []


def test_the_collector_works_again_when_the_window_goes_first(unhandled: Receiver, qtbot: QtBot) -> None:
    gone = Tasks(unhandled.take)
    gone.run(held(), unhandled.take)
    gone.deleteLater()
    qtbot.waitUntil(lambda: not isValid(gone))
    assert gc.isenabled()
    assert unhandled.results == []


class Lingering(QRunnable):
    """A thread of the pool that has not quite left."""

    def __init__(self) -> None:
        super().__init__()
        self.left = threading.Event()

    def run(self) -> None:
        """Stay until let go."""
        self.left.wait(10)


def test_the_collector_rests_until_every_thread_has_left(tasks: Tasks, qtbot: QtBot) -> None:
    """An outcome is home before its thread is done with sending it."""
    receiver, lingering = Receiver(), Lingering()
    tasks._pool.start(lingering)
    tasks.run(held(0), receiver.take)
    qtbot.waitUntil(lambda: receiver.results == [[False]])
    assert not tasks.running
    assert not gc.isenabled()
    lingering.left.set()
    qtbot.waitUntil(gc.isenabled)
