"""Pictures of every page and the main dialogs, light and dark, from a book; needs no display."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.errors import AppError
from app.services.book import open_book
from app.words import formats
from ui.icons import Icon, Icons
from ui.main_window import MainWindow, PageSpec
from ui.messages import Messages
from ui.pages.welcome import WelcomePage
from ui.session import Session
from ui.tasks.runner import Tasks
from ui.theme import Theme, ThemeChoice
from ui.view_state import ViewStore
from ui.widgets.figure import Figure
from ui.widgets.popover import Popover

SIZE = (1280, 800)
PATIENCE_MS = 20_000
STEP_MS = 50
LIST = """Invoice No;Customer;Inv. date;Net;Job;VAT
1042;Northgate Museums;13/04/2026;1.250,00;Spring launch;262,50
1043;Castellan Foods;15/04/2026;980,50;Retainer;205,91
1044;Castelan Food;17/04/2026;640,00;Retainer;134,40
1045;Saltmarsh Brewery;31/02/2026;100,00;Tasting day;21,00
1046;Tarn Hotels;20/04/2026;tbc;Opening;0,00
"""


def picture_every_page(theme: Theme, book_path: Path, folder: Path) -> int:
    """Write NAME-light.png and NAME-dark.png for every page into a folder; gives how many there are."""
    taken = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AppError(f"{folder} cannot be made: {error.strerror}.", "Name another folder.") from None
    for choice in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        theme.set_choice(choice)
        with TemporaryDirectory() as scratch:
            photographer = _Photographer(theme, book_path, folder, str(choice), Path(scratch))
            photographer.take_all()
            taken += photographer.taken
    return taken


class _Photographer:
    def __init__(self, theme: Theme, book_path: Path, folder: Path, look: str, scratch: Path) -> None:
        self._folder = folder
        self._scratch = scratch
        self._look = look
        self.taken = 0
        self._book = open_book(book_path, write=False)
        self._window = MainWindow(theme, Icons(), ViewStore(scratch / "window.ini"), show_date=formats.day)
        self._window.resize(*SIZE)
        messages = Messages(theme, self._window, "")
        self._tasks = Tasks(messages.show_failure, self._window)
        self._window.show()
        self._welcome()
        self._session = Session(self._window, self._book, self._tasks, messages, pretend_writable=True)

    def take_all(self) -> None:
        """Show one page after the other."""
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
        pages += [
            ("explain", partial(self._explain, client)),
            ("portfolio", partial(show, "portfolio")),
            ("settings", partial(show, "settings")),
            ("bring", self._bring),
            ("log", partial(session.log, client)),
            ("review", partial(session.review, client)),
            ("new-client", self._window.commands["client.new"].trigger),
            ("history", self._window.commands["history"].trigger),
        ]
        return pages

    def _welcome(self) -> None:
        page = WelcomePage(self._window.theme, self._window.icons, ())
        for tool in (self._window.navigation.log, self._window.as_of):
            tool.hide()
        self._window.add_page(PageSpec("welcome", "Welcome", Icon.RAPPORT, lambda: page, under="none"))
        self._window.show_page("welcome")
        self._picture("welcome")
        for tool in (self._window.navigation.log, self._window.as_of):
            tool.show()

    def _explain(self, client: int) -> None:
        page = self._session.show_client(client, "dialogue")
        settle()
        page.findChildren(Figure)[0].click()

    def _bring(self) -> None:
        listed = self._scratch / "invoices.csv"
        listed.write_text(LIST, encoding="utf-8")
        self._session.bring([listed])
        settle(self._window)

    def _picture(self, name: str) -> None:
        settle(self._window)
        shown = [top for top in QApplication.topLevelWidgets() if isinstance(top, QDialog) and top.isVisible()]
        target: QWidget = shown[0] if shown else self._window
        picture = self._folder / f"{name}-{self._look}.png"
        if not target.grab().save(str(picture)):
            raise AppError(f"{picture} cannot be written.", "Check the folder and its space.")
        self.taken += 1
        for dialog in shown:
            dialog.close()
        for popover in self._window.findChildren(Popover):
            popover.close()


def settle(window: QWidget | None = None, milliseconds: int = 350) -> None:
    """Let paint and layout finish, and all that the window has at work."""
    patience, idle = QDeadlineTimer(PATIENCE_MS), 0
    while idle < milliseconds and not patience.hasExpired():
        _wait(STEP_MS)
        idle = 0 if _working(window) else idle + STEP_MS


def _wait(milliseconds: int) -> None:
    # A loop that sleeps: one that asks again and again would hold the interpreter against the threads at work.
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _working(window: QWidget | None) -> bool:
    return window is not None and any(tasks.running for tasks in window.findChildren(Tasks))
