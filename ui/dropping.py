"""Files from outside: those dropped anywhere on the window, a book to open or lists to bring in."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QStandardPaths
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.paths import BOOK_SUFFIX


def local_files(dropped: QMimeData) -> list[Path]:
    """Give the files of this computer that are dropped; addresses of the net are none."""
    return [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]


def documents() -> str:
    """Give the folder in which a person keeps documents: where choosing a file begins."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


class Dropping(QObject):
    """Takes files dropped on a window."""

    def __init__(
        self, window: QWidget, open_book: Callable[[Path], object], bring: Callable[[list[Path]], object]
    ) -> None:
        super().__init__(window)
        self._open_book = open_book
        self._bring = bring
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Accept and take local files."""
        if isinstance(event, QDropEvent) and event.type() is QEvent.Type.Drop:
            self._take(local_files(event.mimeData()))
            event.acceptProposedAction()
            return True
        if isinstance(event, QDragEnterEvent) and local_files(event.mimeData()):
            event.acceptProposedAction()
            return True
        return False

    def _take(self, files: list[Path]) -> None:
        books = [file for file in files if file.suffix == BOOK_SUFFIX]
        lists = [file for file in files if file.suffix != BOOK_SUFFIX]
        if books:
            self._open_book(books[0])
        elif lists:
            self._bring(lists)
