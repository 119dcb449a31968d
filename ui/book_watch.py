"""Watches over the open book: its file moved or replaced, rows changed by another program, a disk that takes nothing.

It looks when the window comes to the front and once a minute, and hears of every error that is said. What keeps changes
from being saved stands in a bar over the page until one is saved again; a book that can only be read any more is opened
for reading as soon as no form stands open. While another program holds the book up, the status line says so.
"""

import shutil
from contextlib import suppress
from enum import Enum, auto

from PySide6.QtCore import QEvent, QObject, QThread, QTimer, Signal

from app.domain.changes import ChangeSet
from app.errors import (
    AppError,
    BookInUseError,
    DamagedBookError,
    FullDiskError,
    MovedBookError,
    ReadOnlyBookError,
)
from app.services.book import Book
from app.words import formats
from app.words.catalogue import tr
from ui.changes import ChangeBus
from ui.hands_free import HandsFree
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.tasks.runner import Cancelled, Report, Tasks
from ui.tokens import Tone
from ui.widgets.banner import BannerKind

LOOK_EVERY_MS = 60_000
# With less than this no change can be sure of its journal.
ROOM = 1_000_000
NOTICE = "unsaved"


class Trouble(Enum):
    """What keeps changes from being saved."""

    NONE = auto()
    MOVED = auto()
    FULL = auto()
    READ_ONLY = auto()
    DISK = auto()


class BookWatch(QObject):
    """For a book that is open to be changed.

    `copy_wanted` asks for a copy of what the program still holds, `reading_wanted` to open the book for reading.
    """

    copy_wanted = Signal()
    reading_wanted = Signal()

    def __init__(self, book: Book, window: MainWindow, messages: Messages, tasks: Tasks, bus: ChangeBus) -> None:
        super().__init__(window)
        self._book = book
        self._window = window
        self._tasks = tasks
        self._trouble = Trouble.NONE
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._hands_free = HandsFree(self._on_hands_free, self)
        if book.writable:
            book.database.while_waiting = self._say_waiting
            messages.shown.connect(self._on_error)
            bus.changed.connect(self._on_changed)
            window.installEventFilter(self)
            self._timer.start()

    def look(self) -> None:
        """Look now; what another program has changed is read again, off the window's thread."""
        if not self._book.in_place:
            self._say_moved()
            return
        there_again = self._trouble is Trouble.MOVED
        if there_again or (self._trouble is Trouble.FULL and self._free() >= ROOM):
            self._say(Trouble.NONE)
            self._window.status.set_saved(tr("All saved"))
        self._tasks.run(self._look, self._on_looked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look when the window comes to the front: one was elsewhere, where files are moved and changed."""
        if watched is self._window and event.type() is QEvent.Type.WindowActivate:
            self.look()
        return False

    def _look(self, _report: Report, _cancelled: Cancelled) -> bool:
        # Where the book cannot be asked, whoever asks it for something next is told.
        with suppress(AppError):
            return self._book.look_for_others()
        return False

    def _on_looked(self, changed: bool) -> None:
        if changed:
            self._window.toasts.show_words(tr("Another program has changed this book. Everything was read again."))

    def _on_error(self, error: BaseException) -> None:
        kept = tr("What you typed is kept in its form.")
        match error:
            case MovedBookError():
                self._say_moved()
            case FullDiskError() if self._free() < ROOM:
                words = tr("The disk that holds {book} has {free} left: nothing can be saved until there is room.")
                words = words.format(book=self._book.path.name, free=formats.size(self._free()))
                self._say(Trouble.FULL, f"{words} {kept}")
            case ReadOnlyBookError():
                words = tr("{book} can no longer be written where it lies.").format(book=self._book.path.name)
                self._say(Trouble.READ_ONLY, f"{words} {kept}", tr("Save a copy…"))
                self._hands_free.wait()
            case BookInUseError():
                self._window.status.set_saved(tr("Not saved"), Tone.OVERDUE)
            case AppError() if self._book.database.disk_doubted:
                words = tr(
                    "The disk failed while {book} was saved, and that change was not made. The book is being checked"
                    " before anything more is written."
                )
                self._say(Trouble.DISK, f"{words.format(book=self._book.path.name)} {kept}", tr("Save a copy…"))
                self._on_hands_free()
            case AppError():
                # It may be what another program did that came in the way.
                self.look()

    def _on_hands_free(self) -> None:
        """See whether the book can be written."""
        self._tasks.run(self._try, self._on_tried, self._on_refused)

    def _try(self, _report: Report, _cancelled: Cancelled) -> None:
        self._book.database.make_sure()

    def _on_tried(self, _result: None) -> None:
        self._say(Trouble.NONE)
        self._window.status.set_saved(tr("All saved"))

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, ReadOnlyBookError | DamagedBookError):
            # What opens it says what can be done.
            self.reading_wanted.emit()
        elif self._trouble is Trouble.DISK:
            self._trouble = Trouble.NONE
            words = tr("The disk that holds {book} fails: nothing can be saved to it. Save a copy on another disk.")
            self._say(Trouble.DISK, words.format(book=self._book.path.name), tr("Save a copy…"))

    def _say_waiting(self) -> None:
        """Say why nothing moves; painted at once, for the window hears nothing until the change is through."""
        if QThread.currentThread() is self.thread():
            status = self._window.status
            status.set_saved(tr("Another program is using the book…"), Tone.DUE)
            layout = status.layout()
            if layout:
                layout.activate()
            status.repaint()

    def _on_changed(self, _change: ChangeSet) -> None:
        self._say(Trouble.NONE)

    def _say_moved(self) -> None:
        words = tr(
            "{book} was moved, deleted or replaced by another program. Nothing more is written to it; what this window"
            " shows can still be saved as a copy."
        )
        self._say(Trouble.MOVED, words.format(book=self._book.path.name), tr("Save a copy now…"))

    def _say(self, trouble: Trouble, words: str = "", action: str = "") -> None:
        if trouble is self._trouble:
            # Said again, the bar would take the keyboard off its button.
            return
        self._trouble = trouble
        if words:
            self._window.status.set_saved(tr("Not saved"), Tone.OVERDUE)
        self._window.set_notice(NOTICE, words, action=action, run=self.copy_wanted.emit, kind=BannerKind.ALARM)

    def _free(self) -> int:
        try:
            return shutil.disk_usage(self._book.path.parent).free
        except OSError:
            return 0
