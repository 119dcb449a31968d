"""Long work off the window's thread.

Usage: `task = tasks.run(work, done=self._on_done, failed=self._on_failed, title="Bringing in fees")` where
`work(report, cancelled)` runs in a worker thread, takes and gives plain values, calls `report(done, total, words)` now
and then and gives up (raises `CancelledError`) soon after `cancelled()` says so. `done(result)` and `failed(error)` are
bound methods called in the window's thread; if their object is gone by then, nothing is called. Without `failed` the
error goes to the `unhandled` of the constructor. A cancelled task calls neither; `task.ended` comes in every case.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeAlias, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal

from app.collector import PAUSES
from app.errors import AppError, CancelledError

R = TypeVar("R")
Report: TypeAlias = Callable[[int, int, str], None]
Cancelled: TypeAlias = Callable[[], bool]
Work: TypeAlias = Callable[[Report, Cancelled], R]

LEAVING_MS = 5
"""How long after its outcome a thread is looked for again that has not quite left."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is; a total of 0 means that nobody knows."""

    done: int
    total: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Outcome:
    result: object = None
    error: Exception | None = None
    cancelled: bool = False


def plainly(work: Callable[[], R]) -> Work[R]:
    """Make work for `Tasks.run` of what neither tells how far it is nor can be cancelled."""

    def run(_report: Report, _cancelled: Cancelled) -> R:
        return work()

    return run


class Task(QObject):
    """One piece of work under way, seen from the window's thread.

    The worker's thread sends `reported`, and `came_out` while it holds `sending`; they are for this module alone.
    """

    progressed = Signal(object)
    ended = Signal()
    reported = Signal(object)
    came_out = Signal(object)

    def __init__(self, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self.sending = threading.Lock()
        self._cancel_asked = False
        self.reported.connect(self.progressed, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to give up; it does so at its next look."""
        self._cancel_asked = True

    @property
    def cancel_asked(self) -> bool:
        """Whether somebody cancelled."""
        return self._cancel_asked


class _Runnable(QRunnable, Generic[R]):
    def __init__(self, task: Task, work: Work[R]) -> None:
        super().__init__()
        self._task = task
        self._work = work

    def run(self) -> None:
        """Do the work and send its outcome to the window's thread."""
        outcome = self._outcome()
        # The outcome may be home before the signal has left: the window's thread waits for that (`_on_outcome`).
        with self._task.sending:
            try:
                self._task.came_out.emit(outcome)
            except RuntimeError:
                log.info("a task ended after its window: %s", self._task.title)

    def _outcome(self) -> _Outcome:
        try:
            return _Outcome(self._work(self._report, self._cancelled))
        except CancelledError:
            return _Outcome(cancelled=True)
        except AppError as error:
            return _Outcome(error=error)
        except Exception as error:
            log.exception("a task failed: %s", self._task.title)
            return _Outcome(error=error)

    def _report(self, done: int, total: int, words: str = "") -> None:
        self._task.reported.emit(Progress(done, total, words))

    def _cancelled(self) -> bool:
        return self._task.cancel_asked


class Tasks(QObject):
    """Runs work in its own few threads and brings the results back."""

    started = Signal(object)

    def __init__(
        self, unhandled: Callable[[Exception], object], parent: QObject | None = None, *, threads: int = 2
    ) -> None:
        super().__init__(parent)
        self._unhandled = unhandled
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._running: dict[Task, _Receiver] = {}
        self._rest = _Rest()
        self.destroyed.connect(partial(_end, self._pool, self._running, self._rest))

    @property
    def running(self) -> tuple[Task, ...]:
        """What is under way."""
        return tuple(self._running)

    def run(
        self,
        work: Work[R],
        done: Callable[[R], object],
        failed: Callable[[Exception], object] | None = None,
        progress: Callable[[Progress], object] | None = None,
        *,
        title: str = "",
    ) -> Task:
        """Start work in a thread; see the head of this module."""
        task = Task(title, self)
        receiver = _Receiver(task, self._forget, done, failed or self._unhandled)
        if progress is not None:
            task.progressed.connect(progress)
        self._running[task] = receiver
        self._rest.begin()
        self._pool.start(_Runnable(task, work))
        self.started.emit(task)
        return task

    def shutdown(self, wait_ms: int = 5_000) -> bool:
        """Cancel everything, deliver nothing more, wait; whether all threads ended in time."""
        for task, receiver in self._running.items():
            receiver.drop()
            task.cancel()
        self._pool.clear()
        ended = self._pool.waitForDone(wait_ms)
        if ended:
            self._running.clear()
            self._rest.end()
        return ended

    def _forget(self, task: Task) -> None:
        self._running.pop(task, None)
        task.deleteLater()
        self._collect_when_idle()

    def _collect_when_idle(self) -> None:
        if not self._running and self._rest.on:
            if self._pool.activeThreadCount():
                QTimer.singleShot(LEAVING_MS, self, self._collect_when_idle)
            else:
                self._rest.end()


class _Receiver(QObject):
    def __init__(
        self,
        task: Task,
        forget: Callable[[Task], None],
        done: Callable[[R], object],
        failed: Callable[[Exception], object],
    ) -> None:
        super().__init__(task)
        self._forget = forget
        self._task = task
        self._done: Callable[..., object] = done
        self._failed = failed
        self._dropped = False
        task.came_out.connect(self._on_outcome, Qt.ConnectionType.QueuedConnection)

    def drop(self) -> None:
        """Deliver nothing."""
        self._dropped = True

    def _on_outcome(self, outcome: _Outcome) -> None:
        with self._task.sending:
            pass  # its thread has left the signal
        self._forget(self._task)
        self._task.ended.emit()
        if self._dropped or outcome.cancelled:
            return
        if outcome.error is not None:
            if _alive(self._failed):
                self._failed(outcome.error)
        elif _alive(self._done):
            self._done(outcome.result)


class _Rest:
    """The collector's rest from the first work to the moment when no thread is in any.

    It would take what it finds of a window apart in whichever thread made the next value.
    """

    def __init__(self) -> None:
        self.on = False

    def begin(self) -> None:
        if not self.on:
            self.on = True
            PAUSES.begin()

    def end(self) -> None:
        if self.on:
            self.on = False
            PAUSES.end()


def _end(pool: QThreadPool, running: dict[Task, _Receiver], rest: _Rest) -> None:
    for task in running:
        task.cancel()
    # Qt waits for the threads too, but perhaps holding the interpreter, which they need to come to their end.
    pool.waitForDone()
    rest.end()


def _alive(slot: Callable[..., object]) -> bool:
    owner = getattr(slot, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
