"""Taking steps back and doing them again, one after the other as the keys come, and the dialog that lists them."""

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.changes import ChangeSet
from app.errors import ChangedMeanwhileError
from app.services.history import History
from app.words.catalogue import tr
from ui.changes import ChangeBus
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.tasks.runner import Task, Tasks, plainly

if TYPE_CHECKING:
    from ui.dialogs.history import HistoryDialog

Step = Callable[[], ChangeSet]
Done = Callable[[ChangeSet], object]


class Steps(QObject):
    """Undo and redo of one book in one window: an import of many rows takes a while, so threads do the work."""

    def __init__(
        self, window: MainWindow, history: History, bus: ChangeBus, tasks: Tasks, messages: Messages, *, writable: bool
    ) -> None:
        super().__init__(window)
        self._window = window
        self._history = history
        self._bus = bus
        self._tasks = tasks
        self._messages = messages
        self._writable = writable
        self._running: Task | None = None
        self._wanted: deque[tuple[Step, Done]] = deque()

    @property
    def running(self) -> bool:
        """Whether a step is being taken or waits its turn."""
        return self._running is not None

    def undo(self) -> None:
        """Take the last step back."""
        self._take(self._history.undo, self._on_undone)

    def redo(self) -> None:
        """Do the step undone last again."""
        self._take(self._history.redo, self._on_redone)

    def say(self) -> None:
        """Name the next steps in the menu and the status line."""
        undo, redo = self._history.next_steps()
        commands = self._window.commands
        self._window.status.set_undo(undo.what if undo and self._writable else "")
        commands.set_words("undo", tr("Undo {what}").format(what=undo.what) if undo else tr("Undo"))
        commands.set_words("redo", tr("Redo {what}").format(what=redo.what) if redo else tr("Redo"))
        commands["undo"].setEnabled(undo is not None and self._writable)
        commands["redo"].setEnabled(redo is not None and self._writable)

    def show_history(self) -> None:
        """Open the list of all steps."""
        from ui.dialogs.history import HistoryDialog

        dialog = HistoryDialog(self._window.theme, self._window)
        dialog.undo_wanted.connect(self.undo)
        dialog.redo_wanted.connect(self.redo)
        _Listing(dialog, self._history, self._bus, writable=self._writable)
        dialog.open()

    def _take(self, step: Step, done: Done) -> None:
        # Keys come faster than big steps go; each press is one step.
        self._wanted.append((step, done))
        if self._running is None:
            self._next()

    def _next(self) -> None:
        self._running = None
        if self._wanted:
            step, done = self._wanted.popleft()
            self._running = self._tasks.run(plainly(step), done, self._on_failed, title=tr("Taking steps back"))
            self._running.ended.connect(self._next)

    def _on_failed(self, error: Exception) -> None:
        self._wanted.clear()
        if isinstance(error, ChangedMeanwhileError) and error.step_id:
            self._messages.offer(
                error,
                [(tr("Leave it and go on"), partial(self._messages.guard, partial(self._pass_over, error.step_id)))],
                tr("Left as it is, it stays in the history, and undo goes on with the step before it."),
            )
        else:
            self._messages.show(error)

    def _pass_over(self, step_id: int) -> None:
        self._history.pass_over(step_id)
        self.say()
        undo, _redo = self._history.next_steps()
        if undo is not None:
            words = tr("Left as it is. The next step back is: {what}").format(what=undo.what)
            self._window.toasts.show_words(words, action=tr("Undo"), key="Ctrl Z", run=self.undo)

    def _on_undone(self, done: ChangeSet) -> None:
        self._window.toasts.show_words(
            tr("Took back: {what}").format(what=done.what), action=tr("Redo"), key="Ctrl Shift Z", run=self.redo
        )

    def _on_redone(self, done: ChangeSet) -> None:
        self._window.toasts.show_words(
            tr("Did again: {what}").format(what=done.what), action=tr("Undo"), key="Ctrl Z", run=self.undo
        )


class _Listing(QObject):
    """Keeps the history dialog up to date while it is open."""

    def __init__(self, dialog: "HistoryDialog", history: History, bus: ChangeBus, *, writable: bool) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._history = history
        self._writable = writable
        bus.changed.connect(self._on_changed)
        self._show()

    def _show(self) -> None:
        undo, redo = self._history.next_steps()
        self._dialog.show_steps(
            self._history.steps(),
            undo=self._writable and undo is not None,
            redo=self._writable and redo is not None,
        )

    def _on_changed(self, _change: ChangeSet) -> None:
        self._show()
