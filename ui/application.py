"""The program with a window: paints the frame at once, opens the book in a thread, then wires it in."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.collector import begin_collecting
from app.errors import AppError, CancelledError, WayOut
from app.paths import Paths
from app.settings import SettingsFile
from app.version import VERSION
from app.words import formats
from app.words.catalogue import tr
from ui.book_commands import BookCommands
from ui.icons import Icon, Icons
from ui.main_window import MainWindow, PageSpec
from ui.messages import Hook, Messages
from ui.tasks.runner import Cancelled, Report, Task, Tasks
from ui.theme import Theme
from ui.view_state import ViewStore

if TYPE_CHECKING:
    from app.services.backups import Replaced
    from app.services.book import Book
    from ui.backups_flow import BackupsFlow
    from ui.opening_notices import OpeningNotices
    from ui.session import Session
    from ui.ways_out import WaysOut

UNNOTICED_MS = 300


class Rapport(QObject):
    """The running program: one window, at most one book."""

    def __init__(self, theme: Theme, paths: Paths, settings: SettingsFile) -> None:
        super().__init__()
        self.theme = theme
        self.paths = paths
        self.settings = settings
        self.icons = Icons()
        self.store = ViewStore(paths.window)
        self._to_say = ""
        self.session: Session | None = None
        self._wanted: Path | None = None
        self._opening: Path | None = None
        self._leaving: MainWindow | None = None
        self._hook: Hook | None = None
        self._new_window()
        theme.changed.connect(self._on_theme_changed)

    def begin(self, book: Path | None) -> None:
        """Show the frame, then the book named, the last one, or the welcome."""
        self._wanted = book or self._last_book()
        # Else Qt gives the keyboard to the program's name, and the first thing one sees is a ring around it.
        self.window.setFocus()
        self.window.show()
        # The frame is painted before anything heavy is imported.
        QTimer.singleShot(0, self._on_shown)

    def open(self, path: Path) -> None:
        """Open a book in a thread; importing the services takes as long as painting the window.

        The book that is open already, or just being opened, is left as it is: it cannot be locked a second time.
        """
        held = self._opening or (self.session.book.path if self.session else None)
        if held is not None and _same(held, path):
            if self._opening or self.session is None or self.session.book.in_place:
                self.books.go_on()
                return
            # Another file stands in its place now; what is open still has the lock.
            self._replace_window()
        self._opening = path
        self.window.status.set_saved(tr("Opening {name}…").format(name=path.name))
        self.tasks.run(
            partial(_open_book, path, self.paths), self._on_opened, self._on_failed, title=tr("Opening the book")
        )

    def welcome(self) -> None:
        """Show the page for somebody without a book."""
        self.window.status.set_saved("")
        self.window.show_page("welcome")
        begin_collecting()

    def end(self) -> None:
        """Close the book, if any, and leave faults to the interpreter again."""
        self._close_book()
        if self._hook:
            self._hook.remove()
            self._hook = None

    def quit_when_shown(self) -> None:
        """Show every page once, then end: with 0, or with 1 where anything failed."""
        from ui.trial import Trial

        Trial(self, VERSION).begin()

    def _close_book(self) -> None:
        if self.session:
            self.session.end()
            self.session = None

    def _new_window(self) -> None:
        self.window = MainWindow(self.theme, self.icons, self.store, show_date=formats.day)
        self.messages = Messages(self.theme, self.window, VERSION)
        if self._hook:
            self._hook.remove()
        self._hook = Hook(self.messages)
        self._hook.install()
        self.tasks = Tasks(self.messages.show_failure, self.window)
        self.tasks.started.connect(self._on_task)
        self.books = BookCommands(self.window, self.messages, self.tasks, self.paths, self.settings)
        self.books.book_wanted.connect(self.open)
        self.window.add_page(PageSpec("welcome", tr("Welcome"), Icon.RAPPORT, self._welcome_page, under="none"))
        self._show_tools(shown=False)

    def _welcome_page(self) -> QWidget:
        from ui.pages.welcome import WelcomePage

        page = WelcomePage(self.theme, self.icons, self.books.recent())
        page.sample_wanted.connect(self.books.open_sample)
        page.new_wanted.connect(self.books.ask_new)
        page.lists_wanted.connect(self.books.begin_with_lists)
        page.find_wanted.connect(self.books.ask_open)
        page.book_wanted.connect(self.open)
        return page

    def _last_book(self) -> Path | None:
        places = [Path(place) for place in self.settings.current.recent[:1]]
        return next((place for place in places if place.exists()), None)

    def _on_shown(self) -> None:
        if self._wanted is None:
            self.welcome()
        else:
            self.open(self._wanted)

    def _on_opened(self, book: "Book") -> None:
        from app.drafts import Drafts
        from ui.session import Session

        self._opening = None
        if self.session:
            self._replace_window()
        self._show_tools(shown=True)
        drafts = Drafts(self.paths.drafts(book.book_id)) if book.writable else Drafts()
        self.session = Session(self.window, book, self.tasks, self.messages, drafts=drafts)
        self.session.book_wanted.connect(self.open)
        self.session.backups_wanted.connect(self._on_backups)
        self.session.second_chosen.connect(self._on_second)
        self.session.share_let_go.connect(partial(self._on_share_let_go, book.path))
        self.session.watch.reading_wanted.connect(partial(self._on_again, book.path))
        self.books.use(self.session)
        if WayOut.RESTORE not in book.ways_out:
            # A backup is looked at; it is no book to go on with at the next start.
            self.settings.keep(self.settings.current.with_recent(book.path))
        self.session.begin()
        self._notices().show(book)
        if book.left_open:
            from ui.left_unfinished import LeftUnfinished

            LeftUnfinished(self.session, drafts).say()
        self.books.go_on()
        if self._to_say:
            self.window.toasts.show_words(self._to_say)
            self._to_say = ""
        begin_collecting()

    def _on_failed(self, error: Exception) -> None:
        wanted, self._opening = self._opening, None
        self.books.waiting = []
        if isinstance(error, AppError) and error.ways and wanted is not None:
            self._ways_out().offer(error, wanted)
        else:
            self.messages.show(error)
        if self.session is None:
            self.welcome()
        else:
            self.session.say_saved()

    def _ways_out(self) -> "WaysOut":
        from ui.ways_out import WaysOut

        ways = WaysOut(self.window, self.messages, self.tasks, self.paths, settings=self.settings, books=self.books)
        ways.book_wanted.connect(self.open)
        ways.again_wanted.connect(self._on_again)
        ways.backups_wanted.connect(self._on_backups_of_damaged)
        ways.list_wanted.connect(self._on_list)
        ways.rescue_wanted.connect(self._on_rescue)
        return ways

    def _notices(self) -> "OpeningNotices":
        from ui.opening_notices import OpeningNotices

        notices = OpeningNotices(self.window, self._ways_out(), self.settings, self.messages, self.tasks)
        notices.compare_wanted.connect(self._on_backups)
        return notices

    def _on_again(self, path: Path) -> None:
        if self.session and _same(self.session.book.path, path):
            # Open for reading only: closed first, to be opened anew.
            self._replace_window()
        self.open(path)

    def _on_backups_of_damaged(self, path: Path, why: str) -> None:
        self._backups().open_for_damaged(path, why)

    def _on_rescue(self, path: Path, target: Path) -> None:
        if self.session and _same(self.session.book.path, path):
            # Its file is read byte by byte, which must not be while this program has it open.
            self._replace_window()
        self._ways_out().rescue(path, target, self._on_failed)

    def _on_list(self, path: Path) -> None:
        if self.session:
            self.session.bring([path])
        else:
            self.books.begin_with_lists([path])

    def _backups(self) -> "BackupsFlow":
        from ui.backups_flow import BackupsFlow

        flow = BackupsFlow(self.window, self.messages, self.tasks, self.paths)
        flow.copied.connect(self.open)
        flow.replace_wanted.connect(self._on_replace)
        return flow

    def _on_backups(self) -> None:
        if self.session:
            book = self.session.book
            flow = self._backups()
            flow.open_for_book(book.backups, book.path, self.session.keeper, writable=book.writable)

    def _on_second(self, folder: Path | None) -> None:
        self.settings.keep(self.settings.current.with_second_backups(folder))

    def _on_share_let_go(self, book: Path) -> None:
        self.settings.keep(self.settings.current.without_trusted(book.parent))
        self._on_again(book)

    def _on_replace(self, book: Path, backup: Path) -> None:
        failed: Callable[[Exception], object] = self._on_failed
        if self.session:
            # A book that is open cannot be replaced; the window that shows it goes with it.
            self._replace_window()
            failed = partial(self._on_not_replaced, book)
        work = partial(_replace_book, book, backup, self.paths)
        done = partial(self._on_replaced, book)
        self.tasks.run(work, done, failed, title=tr("Putting the backup in the book's place"))

    def _on_replaced(self, book: Path, replaced: "Replaced | None") -> None:
        if replaced is not None:
            from app.words import backups

            aside = replaced.set_aside
            self._to_say = backups.replaced(aside.name if aside else "", backed_up=replaced.backup is not None)
        self.open(book)

    def _on_not_replaced(self, book: Path, error: Exception) -> None:
        self.messages.show(error)
        self.open(book)

    def _replace_window(self) -> None:
        old, waiting = self.window, self.books.waiting
        self._close_book()
        self._new_window()
        self.books.waiting = waiting
        self.window.show()
        # Held until Qt has deleted it: the collector would take it apart from the wrong end.
        self._leaving = old
        old.destroyed.connect(self._on_left, Qt.ConnectionType.QueuedConnection)
        old.close()
        old.deleteLater()

    def _on_left(self) -> None:
        self._leaving = None

    def _on_theme_changed(self) -> None:
        self.settings.keep(self.settings.current.with_look(self.theme.choice, self.theme.text_size))

    def _show_tools(self, *, shown: bool) -> None:
        # Without a book there is nobody to log a contact with and no day to look at.
        self.window.navigation.log.setVisible(shown)
        self.window.as_of.setVisible(shown)
        for key in ("as-of", "as-of.today"):
            self.window.commands[key].setEnabled(shown and (key == "as-of" or not self.window.as_of.is_today))

    def _on_task(self, task: Task) -> None:
        QTimer.singleShot(UNNOTICED_MS, self, partial(self._follow, task))

    def _follow(self, task: Task) -> None:
        # What is done before one could read of it is not announced.
        if shiboken6.isValid(task) and task in self.tasks.running:
            self.window.status.progress.follow(task)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one == other


def _open_book(path: Path, paths: Paths, _report: Report, _cancelled: Cancelled) -> "Book":
    from app.services.book import open_for_window

    # The figures are what the first page waits for.
    return open_for_window(path, paths, date.today())


def _replace_book(book: Path, backup: Path, paths: Paths, _report: Report, cancelled: Cancelled) -> "Replaced | None":
    from app.services.backups import replace_book

    # Cancelled, the book stands there as it was, and is opened again.
    with suppress(CancelledError):
        return replace_book(book, backup, paths, cancelled)
    return None
