"""The page that brings a list in: counts, columns, problems, questions; nothing is written before the button."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.domain.parsing import DateOrder, DecimalMark
from app.exchange.comparing.outcome import Existing
from app.exchange.importing import Plan
from app.exchange.lists.fields import Kind
from app.services.book import Book
from app.words import importing
from app.words.catalogue import tr, trn
from ui.changes import Refresher
from ui.desk import Desk
from ui.dropping import documents
from ui.icons import Icon
from ui.pages.bring.brought import BroughtPart
from ui.pages.bring.columns import ColumnsPart
from ui.pages.bring.counts import Counts
from ui.pages.bring.foot import Foot
from ui.pages.bring.kept import KeptMappings
from ui.pages.bring.problems import changes_table, problems_table
from ui.pages.bring.side import SidePart
from ui.pages.bring.work import Arranging, Bringing, Opening, Understanding, Understood, Wanted, further_sheets
from ui.tasks.runner import Task
from ui.tokens import SIZES
from ui.undo_toast import UndoToast
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import section
from ui.widgets.layout import PageHead, ScrollPage, row
from ui.widgets.table import Table

LISTS = "Lists (*.csv *.xlsx *.xls *.ods *.txt *.tsv);;All files (*)"
SHOWN_ROWS = 6
# What a list is compared with.
TABLES = frozenset(
    {"client", "client_alias", "person", "fee", "cost", "contact", "feedback", "colleague", "engagement"}
)
R = TypeVar("R")


class BringPage(QWidget):
    """One list at a time; further files dropped together wait for their turn."""

    page_wanted = Signal(str)

    def __init__(self, desk: Desk, book: Book) -> None:
        super().__init__()
        self._desk = desk
        self._book = book
        self._currency = book.firm.get().currency
        self._kept = KeptMappings(desk.store)
        self._done = UndoToast(desk, book.history)
        self._understood: Understood | None = None
        self._from_kept = False
        # What is being read; an answer to anything else comes too late and is dropped.
        self._asked: Wanted | None = None
        self._waiting: list[Path] = []
        self._task: Task | None = None
        self._bringing = False
        # The step that the last list became, while that is shown; and the sheets brought in so far.
        self._brought: int | None = None
        # The last step before a list is brought in: still the last one where that was stopped in time.
        self._before = 0
        self._sheets: set[tuple[Path, str]] = set()
        self._folder = documents()
        self._head = PageHead(desk.theme, tr("Bring in a list"))
        self._empty = EmptyState(
            desk.theme,
            desk.icons,
            Icon.IMPORT,
            tr("Drop an Excel or CSV file here."),
            tr("Clients, people, invoices, costs, contacts or feedback; you see what is understood before it is kept."),
            action=tr("Choose a file…"),
        )
        self._empty.button.clicked.connect(self.choose_file)
        self._after = BroughtPart(desk.theme)
        self._after.page_wanted.connect(self.page_wanted)
        self._after.sheet_wanted.connect(self._open_sheet)
        self._after.file_wanted.connect(self.choose_file)
        self._lay_out()
        self._show_nothing()
        self._refresher = Refresher(self, desk.bus, TABLES, self._compare_again)

    def choose_file(self) -> None:
        """Ask which file."""
        names, _ = QFileDialog.getOpenFileNames(self, tr("Bring in a list"), self._folder, LISTS)
        self.open_files([Path(name) for name in names])

    def open_files(self, files: list[Path]) -> None:
        """Open files one after the other, clients first: what names them is best known before their fees."""
        if not files:
            return
        self._folder = str(files[0].parent)
        if self._bringing or (self._understood is not None and self._waiting):
            self._waiting += files
            self._show_waiting()
        elif len(files) == 1:
            self._open(files)
        else:
            self._asked = None
            work = Arranging(tuple(files), self._currency)
            self._start(self._desk.tasks.run(work, self._open, self._on_failed, title=tr("Looking at the lists")))

    def _open_sheet(self, file: Path, sheet: str) -> None:
        self._open([file], sheet)

    def _open(self, files: list[Path], sheet: str | None = None) -> None:
        first, *self._waiting = files
        self._understood = None
        self._from_kept = False
        self._asked = Wanted(sheet=sheet)
        work = Opening(first, self._asked, self._book.imports, self._currency)
        self._start(self._desk.tasks.run(work, self._on_understood, self._on_failed, title=tr("Reading the list")))

    def _again(self, wanted: Wanted) -> None:
        if self._understood and not self._bringing:
            self._asked = wanted
            work = Understanding(self._understood.file, wanted, self._book.imports, self._currency)
            self._start(self._desk.tasks.run(work, self._on_understood, self._on_failed, title=tr("Reading the list")))

    def _start(self, task: Task) -> None:
        if self._task:
            self._task.cancel()
        self._task = task
        task.ended.connect(self._on_ended)

    def _on_ended(self) -> None:
        # Answers come after this; only who cancelled gets none.
        task = self.sender()
        if task is self._task and isinstance(task, Task):
            self._task = None
            bringing, self._bringing = self._bringing, False
            if task.cancel_asked:
                self._on_stopped(bringing=bringing)

    def _on_stopped(self, *, bringing: bool) -> None:
        self._asked = None
        if self._understood is None:
            self._waiting = []
            self._show_nothing()
        else:
            # The columns and answers go back to what is true.
            self._show(self._understood)
        if bringing and self._before == self._last_step():
            self._desk.toasts.show_words(tr("Stopped; nothing was brought in."))
        elif bringing:
            self._done.say(tr("It was brought in before it could be stopped."))

    def _on_understood(self, understood: Understood) -> None:
        if understood.wanted is not self._asked:
            return
        new = self._understood is None
        self._understood = understood
        header = understood.prepared.sheet.header
        kept = self._kept.of(header) if new else None
        if kept is not None and not self._from_kept:
            self._from_kept = True
            self._again(kept)
        else:
            self._show(understood)
        if new:
            self._page.verticalScrollBar().setValue(0)

    def _show(self, understood: Understood) -> None:
        self._empty.hide()
        self._after.hide()
        self._page.show()
        self._foot.show()
        prepared, planned = understood.prepared, understood.plan
        self._head.set_words(
            importing.title(prepared.kind, prepared.typed.total, understood.file.path.name),
            importing.where(prepared.sheet.name, prepared.sheet.header_row),
        )
        self._counts.show_plan(planned)
        self._columns.show_columns(prepared)
        problems = planned.problems if planned else tuple(prepared.typed.problems)
        self._problems_head.set_text(trn("{n} row needs a word", "{n} rows need a word", len(problems)))
        self._list(self._problems_head, self._problems, problems)
        changes = planned.changes if planned else ()
        self._changes_head.set_text(trn("{n} row differs", "{n} rows differ", len(changes)))
        self._list(self._changes_head, self._changes, changes)
        self._show_side(understood)

    def _show_side(self, understood: Understood) -> None:
        prepared, planned = understood.prepared, understood.plan
        clients = {name: c for c in self._book.clients.every() for name in (c.name, *c.aliases)}
        self._side.show_list(understood, clients, kept=self._from_kept)
        taken = planned.taken if planned else 0
        why = ""
        if understood.unsure or prepared.forms.questions:
            why = tr("Answer the questions above first.")
        elif planned is None:
            why = tr("Say which column holds what is missing.")
        elif not taken:
            why = importing.nothing_to_bring(planned.same, len(planned.problems))
        verb = importing.verb(taken, len(planned.problems) if planned else 0)
        may = self._desk.writable and not self._bringing
        self._foot.show_way(verb, why, may=may, waiting=self._waiting)
        # The keyboard stands where one goes on.
        on = self._foot.go if self._foot.go.isEnabled() else self._foot.cancel
        self.setFocusProxy(on)
        if not self._columns.has_focus:
            on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_waiting(self) -> None:
        if self._understood and not self._bringing:
            self._show_side(self._understood)

    def _list(self, head: QWidget, table: Table[R], rows: Sequence[R]) -> None:
        for widget in (head, table):
            widget.setVisible(bool(rows))
        table.set_rows(rows)
        self._fit_tables()

    def _fit_tables(self) -> None:
        for table in (self._problems, self._changes):
            table.setFixedHeight(table.height_for(SHOWN_ROWS))

    def _show_nothing(self) -> None:
        self._understood = None
        self._brought = None
        self._page.hide()
        self._foot.hide()
        self._after.hide()
        self._empty.show()
        self.setFocusProxy(self._empty.button)

    def _compare_again(self) -> None:
        if self._understood:
            self._again(replace(self._understood.wanted))
        elif self._brought not in (None, self._last_step()):
            # It was taken back, or more has been done since: what was said of it holds no longer.
            held = self._after.isAncestorOf(self.window().focusWidget())
            self._show_nothing()
            if held:
                self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, error: Exception) -> None:
        self._desk.messages.show(error)
        if self._understood is None:
            self._next()
        elif self._task is None:
            # A choice that cannot be read, or a book that has changed since: look at it as it is.
            self._show(self._understood)

    def _on_remapped(self, column: str, to: str | None) -> None:
        if self._understood:
            self._again(self._understood.wanted.mapped(self._understood.prepared, column, to))

    def _change(self, change: Callable[[Wanted], Wanted]) -> None:
        if self._understood:
            self._again(change(self._understood.wanted))

    def _on_kind(self, kind: Kind) -> None:
        self._change(lambda wanted: replace(wanted, kind=kind, columns={}))

    def _on_sheet(self, sheet: str) -> None:
        self._change(lambda wanted: replace(wanted, sheet=sheet, columns={}, kind=None))

    def _on_order(self, order: DateOrder) -> None:
        self._change(lambda wanted: replace(wanted, date_order=order))

    def _on_decimal(self, decimal: DecimalMark) -> None:
        self._change(lambda wanted: replace(wanted, decimal=decimal))

    def _on_encoding(self, encoding: str | None) -> None:
        self._change(lambda wanted: replace(wanted, encoding=encoding))

    def _on_delimiter(self, delimiter: str) -> None:
        self._change(lambda wanted: replace(wanted, delimiter=delimiter, columns={}, kind=None))

    def _on_existing(self, existing: Existing) -> None:
        self._change(lambda wanted: replace(wanted, existing=existing))

    def _on_same(self, name: str, client_id: int | None) -> None:
        self._change(lambda wanted: wanted.named(name, client_id))

    def _on_forget(self) -> None:
        if self._understood:
            self._kept.forget(self._understood.prepared.sheet.header)
            self._from_kept = False
            self._again(Wanted())

    def _on_bring(self) -> None:
        if self._understood and self._understood.plan and not self._bringing:
            self._foot.go.setEnabled(False)
            self._bringing = True
            self._before = self._last_step()
            work = Bringing(self._book, self._understood.plan, self._desk.day)
            self._start(self._desk.tasks.run(work, self._on_brought, self._on_failed, title=tr("Bringing in the list")))

    def _on_brought(self, came: tuple[Plan, tuple[str, ...]]) -> None:
        planned, found = came
        if self._understood:
            prepared = self._understood.prepared
            self._kept.keep(prepared.sheet.header, self._understood.wanted, prepared.kind)
        self._done.say(tr("Brought in {rows}.").format(rows=importing.counted(planned.kind, planned.taken)))
        if self._waiting or self._understood is None:
            self._next()
        else:
            self._show_brought(self._understood, planned, found)

    def _show_brought(self, understood: Understood, planned: Plan, found: tuple[str, ...]) -> None:
        file = understood.file
        self._sheets.add((file.path, understood.prepared.sheet.name))
        sheets = further_sheets(file, {sheet for path, sheet in self._sheets if path == file.path})
        self._show_nothing()
        self._empty.hide()
        self._brought = self._last_step()
        self._after.show_plan(planned, found, file.path, sheets)
        self._after.show()
        self.setFocusProxy(self._after)
        self._after.setFocus(Qt.FocusReason.OtherFocusReason)

    def _last_step(self) -> int:
        step, _ = self._book.history.next_steps()
        return 0 if step is None else step.id

    def _on_cancel(self) -> None:
        if self._bringing and self._task:
            # What became of it is said when it has stopped; the list stays.
            self._task.cancel()
            return
        task, self._task = self._task, None
        self._asked = None
        self._bringing = False
        if task:
            task.cancel()
        self._next()

    def _next(self) -> None:
        self._show_nothing()
        if self._waiting:
            self._open(self._waiting)
        else:
            self.page_wanted.emit("clients")

    def _lay_out(self) -> None:
        theme = self._desk.theme
        self._counts = Counts(theme)
        self._columns = ColumnsPart(theme)
        self._columns.remapped.connect(self._on_remapped)
        self._problems = problems_table(theme)
        self._changes = changes_table(theme, self._currency)
        self._problems_head, self._changes_head = section(""), section("")
        self._side = SidePart(theme)
        side = self._side
        side.kind_chosen.connect(self._on_kind)
        side.sheet_chosen.connect(self._on_sheet)
        side.order_chosen.connect(self._on_order)
        side.decimal_chosen.connect(self._on_decimal)
        side.encoding_chosen.connect(self._on_encoding)
        side.delimiter_chosen.connect(self._on_delimiter)
        side.existing_chosen.connect(self._on_existing)
        side.same_chosen.connect(self._on_same)
        side.forget_wanted.connect(self._on_forget)
        self._foot = Foot(theme)
        self._foot.bring_wanted.connect(self._on_bring)
        self._foot.cancel_wanted.connect(self._on_cancel)
        self._page = ScrollPage(theme)
        left = QVBoxLayout()
        left.setSpacing(SIZES.gap)
        left.addWidget(self._columns)
        for head, table in ((self._problems_head, self._problems), (self._changes_head, self._changes)):
            left.addSpacing(SIZES.wide_gap)
            left.addWidget(head)
            left.addWidget(table)
            table.height_changed.connect(self._fit_tables)
        left.addStretch(1)
        body = row(left, self._side, gap=40)
        body.setStretch(0, 3)
        body.setStretch(1, 2)
        body.setAlignment(self._side, Qt.AlignmentFlag.AlignTop)
        self._page.body.addWidget(self._head)
        self._page.body.addSpacing(SIZES.gap)
        self._page.body.addWidget(self._counts)
        self._page.body.addSpacing(SIZES.wide_gap)
        self._page.body.addLayout(body, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self._page, self._foot, self._after, self._empty):
            layout.addWidget(part)
