"""The ways out of a book that cannot be opened, or not be written: found, restored, rescued, copied, brought in."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from app.domain.rescue import Rescued
from app.errors import AppError, WayOut
from app.paths import BOOK_SUFFIX, Paths
from app.settings import SettingsFile
from app.words import opening
from app.words import rescue as rescue_words
from app.words.catalogue import tr
from ui.book_commands import BOOKS, BookCommands
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.tasks.runner import Cancelled, Report, Tasks


class WaysOut(QObject):
    """Offers the ways an error names, and goes them; opening a book, and bringing in a list, are the program's."""

    book_wanted = Signal(object)
    again_wanted = Signal(object)
    backups_wanted = Signal(object, str)
    rescue_wanted = Signal(object, object)
    list_wanted = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        messages: Messages,
        tasks: Tasks,
        paths: Paths,
        *,
        settings: SettingsFile,
        books: BookCommands,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._messages = messages
        self._tasks = tasks
        self._paths = paths
        self._settings = settings
        self._books = books

    def offer(self, error: AppError, book: Path) -> None:
        """Say why a book cannot be opened, with a button for each way out."""
        from app.services.backups import backups_for

        ways, more = list(error.ways), ""
        if WayOut.BACKUP in ways:
            known = backups_for(book, self._paths)
            more = opening.newest_backup(known[0] if known else None)
            if not known:
                # A button that leads to an empty list is no way out.
                ways.remove(WayOut.BACKUP)
        self._messages.offer(error, [(opening.way(way), partial(self.go, way, book, str(error))) for way in ways], more)

    def go(self, way: WayOut, book: Path, why: str = "") -> None:
        """Go one way."""
        match way:
            case WayOut.LOCATE:
                self._locate(book)
            case WayOut.BACKUP:
                self.backups_wanted.emit(book, why)
            case WayOut.NEW:
                self._books.ask_new()
            case WayOut.IMPORT:
                self.list_wanted.emit(book)
            case WayOut.RESCUE | WayOut.REBUILD:
                self._ask_rescue(book)
            case WayOut.COPY | WayOut.RESTORE:
                self._books.save_copy(go_on_there=True)
            case WayOut.AGAIN:
                self.again_wanted.emit(book)
            case WayOut.INSIST:
                self._settings.keep(self._settings.current.with_trusted(book.parent))
                self.again_wanted.emit(book)

    def _locate(self, book: Path) -> None:
        folder = next((place for place in book.parents if place.is_dir()), Path.home())
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Find the book"), str(folder), BOOKS)
        if name:
            self.book_wanted.emit(Path(name))

    def rescue(self, book: Path, target: Path, failed: Callable[[Exception], object]) -> None:
        """Bring what is readable of a book that nobody here has open into a new one, and open that."""
        self._tasks.run(
            partial(_rescued, book, target, self._paths),
            partial(self._on_rescued, book),
            failed,
            title=tr("Bringing out what is readable"),
        )

    def _ask_rescue(self, book: Path) -> None:
        offered = book.with_name(f"{book.stem} {tr('rescued')}{BOOK_SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(self._window, tr("The new book"), str(offered), BOOKS)
        if name:
            self.rescue_wanted.emit(book, Path(name))

    def _on_rescued(self, book: Path, rescued: Rescued) -> None:
        from app.services.backups import backups_for

        self.book_wanted.emit(rescued.path)
        newest = next((backup for backup in backups_for(book, self._paths) if backup.verified), None)
        self._messages.report(
            rescue_words.sentence(rescued),
            rescue_words.verdict(rescued),
            rescue_words.report(rescued, newest),
            tr("The number of a record is its place in the book."),
        )


def _rescued(book: Path, target: Path, paths: Paths, _report: Report, _cancelled: Cancelled) -> Rescued:
    from app.services.health import rescue_book

    return rescue_book(book, target, paths)
