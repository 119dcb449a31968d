"""One open book in one window: pages with their services, commands, and what follows from every change.

Read top to bottom, this is where everything that shows a book is wired.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtWidgets import QWidget

from app.collector import collector_paused
from app.domain.changes import ChangeSet, RecordRef
from app.domain.metrics.warnings import WarningKind
from app.drafts import Drafts
from app.services.book import Book
from app.words import formats
from app.words.catalogue import tr
from ui.at_hand import record_at_hand
from ui.backup_keeper import BackupKeeper
from ui.book_pages import BookPages
from ui.book_watch import BookWatch
from ui.changes import ChangeBus
from ui.costs_ahead import CostsAhead
from ui.desk import Desk
from ui.dropping import Dropping
from ui.finding import results
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.steps import Steps
from ui.tasks.runner import Tasks
from ui.undo_keys import UndoKeys
from ui.widgets.result import Result

if TYPE_CHECKING:
    from ui.contact_log import ContactLog
    from ui.pages.clients.forms import ClientForms
    from ui.past import Past
    from ui.stage_flow import StageFlow


class Session(QObject):
    """Wires a book into a window."""

    book_wanted = Signal(object)
    backups_wanted = Signal()
    second_chosen = Signal(object)
    share_let_go = Signal()

    def __init__(
        self,
        window: MainWindow,
        book: Book,
        tasks: Tasks,
        messages: Messages,
        *,
        drafts: Drafts | None = None,
        pretend_writable: bool = False,
    ) -> None:
        super().__init__(window)
        self.window = window
        self.book = book
        self._messages = messages
        self._tasks = tasks
        self._client_shown: int | None = None
        self._contact_log: ContactLog | None = None
        self._client_forms: ClientForms | None = None
        self._stage_flow: StageFlow | None = None
        self._behind: Past | None = None
        self.bus = ChangeBus(self)
        self.desk = Desk(
            theme=window.theme,
            icons=window.icons,
            bus=self.bus,
            as_of=window.as_of,
            tasks=tasks,
            toasts=window.toasts,
            messages=messages,
            store=window.store,
            writable=book.writable or pretend_writable,
            drafts=drafts or Drafts(),
        )
        book.listen(self._hear)
        self.bus.changed.connect(self._on_changed)
        self.keeper = BackupKeeper(book.backups, tasks, window, self.bus, writable=book.writable)
        window.status.backup_wanted.connect(self.backups_wanted)
        self.watch = BookWatch(book, window, messages, tasks, self.bus)
        self.steps = Steps(window, book.history, self.bus, tasks, messages, writable=book.writable)
        self._costs_ahead = CostsAhead(book.figures, self.bus, self)
        BookPages(self).add()
        self._add_commands()
        window.box.set_find(self.results)
        window.as_of.changed.connect(self._on_day_changed)
        window.status.undo_wanted.connect(self.steps.undo)
        window.navigation.log.clicked.connect(self._on_log)
        self._dropping = Dropping(window, self.book_wanted.emit, self.bring)
        self._undo_keys = UndoKeys(window)
        self._say_what_it_is()

    def begin(self) -> None:
        """Show the page the window was left on."""
        self.say_saved()
        self._offer_newest_fee()
        self._count()
        self.steps.say()
        if self.book.clients.every():
            self.window.show_last_page("today")
        else:
            self.window.show_page("clients")
        self._costs_ahead.begin()

    def show_client(self, client_id: int, tab: str = "", record_id: int = 0) -> QWidget:
        """Show one client's page, which it gives, with a record of the tab in sight if one is named."""
        from ui.pages.client.page import ClientPage

        page = self.window.show_page("client")
        assert isinstance(page, ClientPage)
        self._client_shown = client_id
        page.show_client(client_id, tab, record_id)
        return page

    def results(self, text: str) -> Sequence[Result]:
        """Find clients, people, and words in what was logged."""
        return results(self.book.search, self.book.figures.on(self.desk.day), text, self.show_client)

    def undo(self) -> None:
        """Take the last step back."""
        self.steps.undo()

    def log(self, client_id: int | None = None) -> None:
        """Open the form that logs a contact, for a client or for the one on screen."""
        from ui.contact_log import ContactLog

        if self._contact_log is None:
            book = self.book
            self._contact_log = ContactLog(
                self.desk,
                self.window,
                clients=book.clients,
                people=book.people,
                contacts=book.contacts,
                history=book.history,
            )
        wanted = client_id if client_id is not None else self._client_on_screen()
        if wanted is None:
            self._contact_log.open()
        else:
            self._contact_log.open_for(wanted)

    def bring(self, files: Sequence[Path] = ()) -> None:
        """Bring in lists, one after the other; without any, ask which. Also while another day is viewed (SCREENS)."""
        from ui.pages.bring.page import BringPage

        if not self.desk.writable:
            self.window.toasts.show_words(self.desk.why_not)
        else:
            page = self.window.show_page("bring")
            assert isinstance(page, BringPage)
            if files:
                page.open_files(list(files))
            else:
                page.choose_file()

    def review(self, client_id: int) -> None:
        """Make a client's review workbook."""
        from ui.dialogs.review import ReviewDialog

        ReviewDialog(self.desk, self.book.reviews, client_id, self.window).open()

    def every_page(self) -> list[Callable[[], object]]:
        """Give what shows every page once, the tabs of the first client among them."""
        show = self.window.show_page
        pages: list[Callable[[], object]] = [
            partial(show, key) for key in ("today", "clients", "portfolio", "bring", "settings")
        ]
        first = next(iter(self.book.figures.on(self.desk.day).clients), None)
        tabs = () if first is None else ("plan", "dialogue", "feedback", "money", "people")
        return pages + [partial(self.show_client, first, tab) for tab in tabs if first is not None]

    def say_saved(self, words: str = "") -> None:
        """Say in the status line how the book stands; without words, that nothing waits to be saved, or never will."""
        self.window.status.set_saved(words or (tr("All saved") if self.desk.writable else tr("Read only")))

    def end(self) -> None:
        """Finish what runs and close the book."""
        self._costs_ahead.end()
        self._tasks.shutdown()
        self.book.close()

    def _add_commands(self) -> None:
        add = self.window.commands.add
        add("client.new", tr("New client…"), self._on_new_client, menu="File", shortcut="Ctrl+N")
        add("log", tr("Log contact…"), self._on_log, menu="File", shortcut="Ctrl+L")
        add("bring", tr("Bring in a list…"), self._on_bring, menu="File", shortcut="Ctrl+I")
        add("client.stage", tr("Where this client stands…"), self._on_stage, menu="Edit", shortcut="Ctrl+Shift+E")
        self.window.page_shown.connect(self._on_page_shown)
        for first in ("client.new", "book.backups"):
            self.window.menus.break_before(first)
        add("undo", tr("Undo"), self.steps.undo, menu="Edit", shortcut="Ctrl+Z")
        add("redo", tr("Redo"), self.steps.redo, menu="Edit", shortcut=("Ctrl+Shift+Z", "Ctrl+Y"))
        add("book.backups", tr("Backups…"), self.backups_wanted.emit, menu="File")
        add("history", tr("History…"), self.steps.show_history, menu="Edit", shortcut="Ctrl+H")
        add(
            "record.history",
            tr("History of this record…"),
            self._on_record_history,
            menu="Edit",
            shortcut="Ctrl+Shift+H",
        )
        add("trash", tr("Trash…"), self._on_trash, menu="Edit")

    def _on_log(self) -> None:
        self.log()

    def _on_bring(self) -> None:
        self.bring()

    def _on_new_client(self) -> None:
        from ui.pages.clients.page import ClientsPage

        page = self.window.show_page("clients")
        assert isinstance(page, ClientsPage)
        page.new_client()

    def edit_client(self, client_id: int) -> None:
        """Open the form that changes a client."""
        from ui.pages.clients.forms import ClientForms

        book = self.book
        if self._client_forms is None:
            self._client_forms = ClientForms(self.desk, book.clients, book.history, self.window)
            self._client_forms.client_wanted.connect(self.show_client)
        self._client_forms.know(book.figures.on(self.desk.day), book.colleagues.every())
        self._client_forms.edit(client_id)

    def _on_stage(self) -> None:
        from ui.stage_flow import StageFlow

        shown = self._client_on_screen()
        if shown is not None and not self.desk.may_type:
            self.window.toasts.show_words(self.desk.why_not)
        elif shown is not None:
            if self._stage_flow is None:
                self._stage_flow = StageFlow(self.desk, self.book.clients, self.book.figures, self.window)
            self._stage_flow.open(shown)

    def _on_page_shown(self, key: str) -> None:
        self.window.commands["client.stage"].setEnabled(key == "client")

    def _on_trash(self) -> None:
        self._past().open_trash()

    def _on_record_history(self) -> None:
        shown = self._client_on_screen()
        ref = record_at_hand(self.window.focusWidget()) or (RecordRef("client", shown) if shown is not None else None)
        if ref is None:
            self.window.toasts.show_words(tr("Go to a record first: its history is then shown."))
        else:
            self.show_record(ref)

    def show_record(self, ref: RecordRef) -> None:
        """Show the history of a record."""
        self._past().open_record(ref)

    def _past(self) -> "Past":
        from ui.past import Past

        if self._behind is None:
            self._behind = Past(self.desk, self.window, self.book.trash, self.book.record_history)
        return self._behind

    def _client_on_screen(self) -> int | None:
        return self._client_shown if self.window.current == "client" else None

    def _hear(self, change: ChangeSet) -> None:
        if QThread.currentThread() is not self.thread():
            # What a worker has changed it works out too; the screens then find the figures ready.
            with collector_paused():
                self.book.figures.on(self.desk.day)
        self.bus.emit_change(change)

    def _on_changed(self, change: ChangeSet) -> None:
        self.say_saved(tr("Saved {time}").format(time=datetime.now().astimezone().strftime("%H:%M")))
        self.steps.say()
        self._count()
        if "firm" in change.tables:
            self._say_what_it_is()
        if "fee" in change.tables:
            self._offer_newest_fee()

    def _on_day_changed(self, _day: date) -> None:
        self._count()
        self._offer_newest_fee()

    def _count(self) -> None:
        figures = self.book.figures.on(self.desk.day)
        waiting = {w.client for w in figures.warnings if w.loud and w.kind is not WarningKind.NEVER_CONTACTED}
        self.window.set_count("today", len(waiting))
        self.window.set_count("clients", len(figures.clients))

    def _say_what_it_is(self) -> None:
        self.window.set_firm(self.book.firm.get().name)

    def _offer_newest_fee(self) -> None:
        newest = self.book.figures.newest_fee_day()
        self.window.as_of.offer_newest_fee(newest)
        old = newest is not None and self.desk.as_of.is_today and (date.today() - newest).days > 365
        words = tr("The newest fee in this book is of {day}, so today everybody looks silent.") if old else ""
        self.window.set_notice(
            "old-book",
            words.format(day=formats.day(newest)),
            action=tr("View as of {day}").format(day=formats.day(newest)),
            run=self._view_as_of_newest,
        )

    def _view_as_of_newest(self) -> None:
        self.window.as_of.set_day(self.book.figures.newest_fee_day())
