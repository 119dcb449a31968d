"""The File menu's own: new, open, recent, save a copy, the sample agency; and what a book is opened for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu

from app.domain.checking import InvalidInputError, Problem
from app.domain.firm import Firm
from app.errors import AppError
from app.paths import BOOK_SUFFIX, Paths
from app.settings import SettingsFile
from app.words import formats
from app.words.catalogue import tr
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.tasks.runner import Cancelled, Report, Tasks
from ui.widgets.text import amp, one_line

if TYPE_CHECKING:
    from ui.dialogs.new_book import NewBookDialog
    from ui.session import Session

BOOKS = f"Rapport books (*{BOOK_SUFFIX});;All files (*)"


@dataclass(frozen=True, slots=True)
class RecentBook:
    """A book opened before, as the welcome lists it."""

    path: Path
    there: bool
    words: str


class BookCommands(QObject):
    """Makes, finds and copies books; opening is the program's."""

    book_wanted = Signal(object)

    def __init__(
        self, window: MainWindow, messages: Messages, tasks: Tasks, paths: Paths, settings: SettingsFile
    ) -> None:
        super().__init__(window)
        self._window = window
        self._messages = messages
        self._tasks = tasks
        self._paths = paths
        self._settings = settings
        self._session: Session | None = None
        # What to do once the book being opened is there: lists dropped on the welcome.
        self.waiting: list[Path] = []
        add = window.commands.add
        add("book.new", tr("New book…"), self.ask_new, menu="File")
        add("book.open", tr("Open book…"), self.ask_open, menu="File", shortcut="Ctrl+O")
        add("book.copy", tr("Save a copy…"), self._on_save_copy, menu="File", shortcut="Ctrl+Shift+S")
        add("book.sample", tr("Open the sample agency"), self.open_sample, menu="Help")
        add("book.folder", tr("Show the book in its folder"), self._on_show_folder, menu="File")
        window.menus.add_list("File", tr("Recent books"), self._fill_recent)
        for key in ("book.copy", "book.folder"):
            window.commands[key].setEnabled(False)

    def use(self, session: "Session") -> None:
        """Let the commands act on an open book."""
        self._session = session
        session.watch.copy_wanted.connect(self._on_copy_wanted)
        for key in ("book.copy", "book.folder"):
            self._window.commands[key].setEnabled(True)

    def go_on(self) -> None:
        """Do what the book was opened for."""
        if self.waiting and self._session:
            waiting, self.waiting = self.waiting, []
            self._session.bring(waiting)

    def recent(self) -> Sequence[RecentBook]:
        """Give the books opened before, the latest first, with size and day."""
        return [_recent(Path(place)) for place in self._settings.current.recent]

    def open_sample(self) -> None:
        """Open the sample agency, made anew where there is none yet."""
        path = self._paths.sample_book
        if path.exists():
            self.book_wanted.emit(path)
        else:
            self._tasks.run(partial(_make_sample, path), self.book_wanted.emit, title=tr("Writing the sample agency"))

    def ask_open(self) -> None:
        """Ask which book to open."""
        folder = str(self._paths.default_book.parent)
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Open book"), folder, BOOKS)
        if name:
            self.book_wanted.emit(Path(name))

    def ask_new(self) -> None:
        """Ask for the two things a new book needs."""
        from ui.dialogs.new_book import NewBookDialog

        dialog = NewBookDialog(self._window.theme, _free(self._paths.default_book), self._window)
        dialog.accepted_firm.connect(self._on_new)
        dialog.rejected.connect(self._on_no_book)
        dialog.open()

    def begin_with_lists(self, files: list[Path]) -> None:
        """Start a book with lists of clients or fees."""
        self.ask_new()
        self.waiting = files

    def _on_new(self, dialog: "NewBookDialog", firm: Firm, path: Path) -> None:
        from app.services.book import new_book

        try:
            new_book(path, firm)
        except InvalidInputError as error:
            dialog.show_problems(error.problems)
        except AppError as error:
            dialog.show_problems([Problem("place", error.sentence, error.mend)])
        else:
            dialog.accept()
            self.book_wanted.emit(path)

    def _on_no_book(self) -> None:
        # The list that was to begin the book must not end up in another one.
        self.waiting = []

    def save_copy(self, *, go_on_there: bool = False) -> None:
        """Ask where to write a whole, checked copy of the open book, and open it there if one is to go on with it."""
        from app.services.opening import offered_copy

        if self._session is None:
            return
        book = self._session.book
        offered = offered_copy(book.path, self._paths, date.today())
        name, _ = QFileDialog.getSaveFileName(self._window, tr("Save a copy"), str(offered), BOOKS)
        if name:
            target = Path(name)
            self._tasks.run(
                partial(_copy, book.save_copy, target),
                self.book_wanted.emit if go_on_there else self._on_copied,
                self._messages.show_failure,
                title=tr("Saving a copy"),
            )

    def _on_save_copy(self) -> None:
        # A book that lies nowhere any more is gone on with in its copy.
        self.save_copy(go_on_there=self._session is not None and not self._session.book.in_place)

    def _on_copy_wanted(self) -> None:
        self.save_copy(go_on_there=True)

    def _on_copied(self, target: Path) -> None:
        self._window.toasts.show_words(
            tr("Saved a copy as {name}").format(name=target.name),
            action=tr("Show in folder"),
            run=partial(show_in_folder, target),
        )

    def _on_show_folder(self) -> None:
        if self._session:
            show_in_folder(self._session.book.path)

    def _fill_recent(self, menu: QMenu) -> None:
        for book in self.recent():
            action = menu.addAction(amp(one_line(f"{book.path.stem} – {book.path.parent}")))
            action.setEnabled(book.there)
            action.triggered.connect(partial(self._on_recent, book.path))

    def _on_recent(self, path: Path, _checked: bool = False) -> None:
        self.book_wanted.emit(path)


def show_in_folder(path: Path) -> None:
    """Show a file's folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def _recent(path: Path) -> RecentBook:
    try:
        found = path.stat()
    except OSError:
        return RecentBook(path, there=False, words=tr("not found here"))
    day = datetime.fromtimestamp(found.st_mtime).astimezone().date()
    size = formats.size(found.st_size)
    return RecentBook(path, there=True, words=tr("{size}, changed {day}").format(size=size, day=formats.day(day)))


def _free(path: Path) -> Path:
    number = 2
    free = path
    while free.exists():
        free = path.with_name(f"{path.stem} {number}{path.suffix}")
        number += 1
    return free


def _make_sample(path: Path, _report: Report, _cancelled: Cancelled) -> Path:
    from app.services.samples import demo_book

    demo_book(path, date.today())
    return path


def _copy(save: Callable[[Path, Cancelled], None], target: Path, _report: Report, cancelled: Cancelled) -> Path:
    save(target, cancelled)
    return target
