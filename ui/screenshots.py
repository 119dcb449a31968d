"""Pictures of every page and the main dialogs, light and dark, from a book; needs no display."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.services.book import open_book
from app.words import formats
from ui.icons import Icons
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.session import Session
from ui.tasks.runner import Tasks
from ui.theme import Theme, ThemeChoice
from ui.view_state import ViewStore

SIZE = (1280, 800)


def picture_every_page(theme: Theme, book_path: Path, folder: Path) -> int:
    """Write NAME-light.png and NAME-dark.png for every page into a folder; gives the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    for choice in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        theme.set_choice(choice)
        with TemporaryDirectory() as scratch:
            _Photographer(theme, book_path, folder, str(choice), Path(scratch)).take_all()
    return 0


class _Photographer:
    def __init__(self, theme: Theme, book_path: Path, folder: Path, look: str, scratch: Path) -> None:
        self._folder = folder
        self._look = look
        self._book = open_book(book_path, write=False)
        self._window = MainWindow(theme, Icons(), ViewStore(scratch / "window.ini"), show_date=formats.day)
        self._window.resize(*SIZE)
        messages = Messages(theme, self._window, "")
        self._tasks = Tasks(messages.show_failure, self._window)
        self._session = Session(self._window, self._book, self._tasks, messages, pretend_writable=True)

    def take_all(self) -> None:
        """Show one page after the other."""
        self._window.show()
        self._session.begin()
        figures = self._book.figures.on(date.today())
        waiting = next((w.client for w in figures.warnings if w.loud), None)
        client = figures.ids[waiting] if waiting else next(iter(figures.clients))
        for name, show in self._pages(client):
            show()
            self._picture(name)
        self._session.end()
        self._window.close()
        self._window.deleteLater()
        settle()

    def _pages(self, client: int) -> list[tuple[str, Callable[[], object]]]:
        show, session = self._window.show_page, self._session
        pages: list[tuple[str, Callable[[], object]]] = [
            ("today", partial(show, "today")),
            ("clients", partial(show, "clients")),
        ]
        tabs = ("dialogue", "plan", "feedback", "money", "people")
        pages += [(f"client-{tab}", partial(session.show_client, client, tab)) for tab in tabs]
        pages += [("portfolio", partial(show, "portfolio")), ("settings", partial(show, "settings"))]
        return pages

    def _picture(self, name: str) -> None:
        settle()
        shown = [
            widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog) and widget.isVisible()
        ]
        target: QWidget = shown[0] if shown else self._window
        target.grab().save(str(self._folder / f"{name}-{self._look}.png"))
        for dialog in shown:
            dialog.close()


def settle(milliseconds: int = 350) -> None:
    """Let paint, layout and short tasks finish."""
    deadline = QDeadlineTimer(milliseconds)
    while not deadline.hasExpired():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
