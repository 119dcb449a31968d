"""The programs that the bench starts and watches from outside: `children.py WHAT [BOOK] ...`."""

import gc
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.application import Rapport


def bare(*, ask_memory: bool = False) -> None:
    """Show a window with an empty table, as small as PySide6 makes it: the peer of every start."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QTableView())
    window.resize(1280, 800)
    when_painted(window, tell_memory if ask_memory else there)
    window.show()
    application.exec()


def frame() -> None:
    """Start the program without a book until its frame is painted."""
    start([], lambda rapport: when_painted(rapport.window, there))


def today(book: str) -> None:
    """Start the program with a book until Today is painted, filled."""

    def watch(rapport: "Rapport") -> None:
        def on_shown(key: str) -> None:
            page = rapport.window.page(key)
            if key == "today" and page is not None:
                when_painted(page, there)

        rapport.window.page_shown.connect(on_shown)

    start([book], watch)


def start(arguments: list[str], watch: Callable[["Rapport"], None]) -> None:
    """Start `main.py` as it is, with one look from outside at the moment its window is made."""
    import main as program
    from ui.interpreter import import_plainly

    import_plainly()
    from ui.application import Rapport

    begin = Rapport.begin

    def begin_watched(rapport: Rapport, book: Path | None) -> None:
        watch(rapport)
        begin(rapport, book)

    Rapport.begin = begin_watched  # type: ignore[method-assign]
    with tempfile.TemporaryDirectory() as folder:
        program.main([*arguments, "--data-dir", folder])


def when_painted(widget: "QWidget", then: Callable[[], None]) -> None:
    """Do something once after the first paint of a widget."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, then)
            return False

    widget.installEventFilter(Watch(widget))


def there() -> None:
    """Say so and end at once, leaving nothing to tidy."""
    sys.stdout.write("there\n")
    sys.stdout.flush()
    os._exit(0)


def tell_memory() -> None:
    """Say how much memory was in use at most, and end."""
    say({"MiB": peak()})
    os._exit(0)


def peak() -> float:
    """Give the largest resident size so far, MiB."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would count what the parent had in use when it made this process
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)


class Opened:
    """A book opened in a window, without threads, so that what is measured is one piece."""

    def __init__(self, book: str) -> None:
        from ui.interpreter import import_plainly, keep_none_alive

        import_plainly()
        from PySide6.QtWidgets import QApplication

        from app.services.book import open_book
        from app.words import formats
        from ui.icons import Icons
        from ui.main_window import MainWindow
        from ui.messages import Messages
        from ui.session import Session
        from ui.tasks.runner import Tasks
        from ui.theme import STYLE, Theme, ThemeChoice
        from ui.view_state import ViewStore

        keep_none_alive()
        self.application = QApplication([*sys.argv[:1], "-style", STYLE])
        self.folder = tempfile.TemporaryDirectory()
        self.book = open_book(Path(book), write=True)
        store = ViewStore(Path(self.folder.name) / "window.ini")
        theme = Theme(self.application, ThemeChoice.LIGHT)
        self.window = MainWindow(theme, Icons(), store, show_date=formats.day)
        self.window.resize(1280, 800)
        messages = Messages(theme, self.window, "")
        self.tasks = Tasks(messages.show_failure, self.window)
        self.session: Session = Session(self.window, self.book, self.tasks, messages)
        self.window.show()
        self.session.begin()
        # As the program does by itself soon after the start, a little at a time.
        self.book.figures.add_up_costs(60)
        self.settle()

    def settle(self) -> None:
        """Work through whatever waits, paints included."""
        for _ in range(3):
            self.application.sendPostedEvents()
            self.application.processEvents()

    def seconds(self, work: Callable[[], object]) -> float:
        """Give the seconds of the processor from an act to everything painted."""
        begun = time.process_time()
        work()
        self.settle()
        return time.process_time() - begun

    def show(self, page: str) -> None:
        """Show a page and let it come to rest."""
        self.window.show_page(page)
        self.settle()

    def end(self, answer: dict[str, float]) -> None:
        """Say what was found and end."""
        self.session.end()
        say(answer)
        os._exit(0)


def as_of(book: str, runs: str) -> None:
    """Move the as-of day about and give the medians: one month back, and anywhere in the book."""
    opened = Opened(book)
    answer = {}
    for page in ("today", "clients"):
        opened.show(page)
        for name, step in (("month", 30), ("far", 400)):
            days = [date.today() - timedelta(days=step * (1 + number % 5) + number) for number in range(int(runs) + 1)]
            taken = [opened.seconds(lambda day=day: opened.window.as_of.set_day(day)) for day in days]
            answer[f"{page} {name}"] = middle(taken[1:])
    opened.end(answer)


def fee_added(book: str, runs: str) -> None:
    """Add fees while Clients is shown; give the median until every figure is right again."""
    from app.domain.fees import FeeDraft

    opened = Opened(book)
    opened.show("clients")
    taken = []
    for number in range(int(runs) + 1):
        draft = FeeDraft(client_id=number + 1, on=date.today(), original=1_000 + number, currency="GBP", amount=None)
        taken.append(opened.seconds(lambda draft=draft: opened.book.fees.add(draft)))
    opened.end({"seconds": middle(taken[1:])})


def clients_filter(book: str, runs: str) -> None:
    """Type letters into the filter of Clients; give the medians of a first and of a second letter."""
    from PySide6.QtTest import QTest

    from ui.pages.clients.page import ClientsPage

    opened = Opened(book)
    opened.show("clients")
    page = opened.window.page("clients")
    assert isinstance(page, ClientsPage)
    box = page.filter.box
    first, second = [], []
    for _ in range(int(runs) + 1):
        first.append(opened.seconds(lambda: QTest.keyClicks(box, "a")))
        second.append(opened.seconds(lambda: QTest.keyClicks(box, "b")))
        box.clear()
        opened.settle()
    opened.end({"first": middle(first[1:]), "second": middle(second[1:])})


def event_loop(book: str) -> None:
    """Walk all pages and give the longest time, of the processor, in which the window heard nothing, by page."""
    from PySide6.QtCore import QTimer

    opened = Opened(book)
    latest, longest = [0.0], [0.0]

    def tick() -> None:
        now = time.process_time()
        longest[0] = max(longest[0], now - latest[0])
        latest[0] = now

    timer = QTimer()
    timer.timeout.connect(tick)
    timer.start(1)
    answer = {}
    client = next(iter(opened.book.figures.on(date.today()).clients))
    walks: dict[str, Callable[[], object]] = {
        key: lambda key=key: opened.window.show_page(key) for key in ("clients", "today", "portfolio", "settings")
    }
    walks["client"] = lambda: opened.session.show_client(client)
    for key, walk in walks.items():
        latest[0], longest[0] = time.process_time(), 0.0
        QTimer.singleShot(0, walk)
        until = time.perf_counter() + 1.5
        while time.perf_counter() < until:
            opened.application.processEvents()
        answer[key] = longest[0]
    opened.end(answer)


def memory(book: str) -> None:
    """Show Today and Clients and give the largest memory in use."""
    opened = Opened(book)
    opened.show("today")
    opened.show("clients")
    opened.end({"MiB": peak(), "tracked": float(len(gc.get_objects()))})


def middle(values: list[float]) -> float:
    """Give the median."""
    return sorted(values)[len(values) // 2]


def say(answer: dict[str, float]) -> None:
    """Write figures as one line."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


CHILDREN: dict[str, Callable[..., None]] = {
    "bare": bare,
    "bare-memory": lambda: bare(ask_memory=True),
    "frame": frame,
    "today": today,
    "as-of": as_of,
    "fee-added": fee_added,
    "clients-filter": clients_filter,
    "event-loop": event_loop,
    "memory": memory,
}

if __name__ == "__main__":
    CHILDREN[sys.argv[1]](*sys.argv[2:])
