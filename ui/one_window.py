"""One window for one person: a second start leaves word for the first, and ends (RELIABILITY P4, case 43).

It does so by a file in a folder that the first window watches: no socket is ever opened. A word that nobody takes, for
the first window hangs or is just ending, is taken back, and the second start opens a window of its own.
"""

import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, Qt

from app.files import write_whole
from ui.hands_free import HandsFree

if TYPE_CHECKING:
    from ui.application import Rapport

TAKEN_SECONDS = 3.0
LOOK_SECONDS = 0.02
ASKED = "asked-"


class OneWindow(QObject):
    """The first of several starts, which comes to the front and opens their book when the others ask."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._lock = QLockFile(str(folder / "lock"))
        # A lock is stale when its program is gone, not when it is old.
        self._lock.setStaleLockTime(0)
        self._watcher: QFileSystemWatcher | None = None
        self._program: Rapport | None = None
        self._book: Path | None = None
        self._hands_free = HandsFree(self._open, self)

    def is_first(self) -> bool:
        """Be the first, or tell that another is."""
        return self._lock.tryLock(0)

    @property
    def first(self) -> bool:
        """Whether this start is the first."""
        return self._lock.isLocked()

    def listen(self, program: "Rapport") -> None:
        """Hear for a program of what others leave word of; of what was left meanwhile, now."""
        if not (self.first or self._lock.tryLock(0)):
            # The first window hangs: what comes next is still for it.
            return
        self._program = program
        self._watcher = QFileSystemWatcher([str(self._folder)], self)
        self._watcher.directoryChanged.connect(self._on_changed)
        self._on_changed()

    def leave_word(self, book: Path | None) -> bool:
        """Ask the first window to come to the front, with a book if one is named; tells whether it has heard.

        Each start has a file of its own, so that no word is lost where several come at once.
        """
        word = self._folder / f"{ASKED}{os.getpid()}.json"
        try:
            write_whole(word, json.dumps({"book": str(book.absolute()) if book else None}).encode())
        except OSError:
            return False
        until = time.monotonic() + TAKEN_SECONDS
        while word.exists() and time.monotonic() < until:
            time.sleep(LOOK_SECONDS)
        try:
            word.unlink()
        except OSError:
            return True
        return False

    def end(self) -> None:
        """Hear nothing more, and let the next start be the first."""
        if self._watcher:
            self._watcher.deleteLater()
            self._watcher = None
        self._program = None
        self._lock.unlock()

    def _on_changed(self, _folder: str = "") -> None:
        for word in sorted(self._folder.glob(f"{ASKED}*.json")):
            said: object = None
            with suppress(OSError, ValueError):
                said = json.loads(word.read_text("utf-8"))
            try:
                word.unlink()
            except OSError:
                # Whoever left it has taken it back.
                continue
            book = said.get("book") if isinstance(said, dict) else None
            self._come_forward(Path(book) if isinstance(book, str) else None)

    def _come_forward(self, book: Path | None) -> None:
        if self._program:
            window = self._program.window
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.raise_()
            window.activateWindow()
            if book:
                self._book = book
                self._hands_free.wait()

    def _open(self) -> None:
        if self._program and self._book:
            self._program.open(self._book)
