"""The Clients page: every relationship in one table; see SCREENS "Clients".

Keys: letters filter, Enter opens, Space previews, F2 changes, Del deletes (with Undo), Menu or Shift+F10 has the rest.
`new_client()` is Ctrl+N, which belongs to the window.
"""

from datetime import date

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.changes import RecordRef
from app.domain.names import fold
from app.domain.vocabulary import Stage
from app.services.book_figures import BookFigures
from app.services.clients import Clients
from app.services.contacts import Contacts
from app.services.figures import Figures
from app.services.firm import Colleagues
from app.services.history import History
from app.services.promises import Promises
from app.words import formats, names
from app.words.catalogue import tr, trn
from ui.changes import Refresher
from ui.desk import Desk
from ui.icons import Icon
from ui.pages.clients.bulk import BulkActs, BulkBar
from ui.pages.clients.columns import DISPENSABLE, ClientColumns
from ui.pages.clients.export import TableExport
from ui.pages.clients.filter_bar import FilterBar
from ui.pages.clients.forms import ClientForms
from ui.pages.clients.preview import Glance, Preview
from ui.pages.clients.rows import ClientRow, rows_of
from ui.pages.clients.rules import FEES_WORDS, GAP_WORDS, NOBODY, Field, holding, passing
from ui.pages.clients.table import ClientsTable
from ui.tokens import SIZES
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import small
from ui.widgets.layout import PageHead

TABLES = (
    "client", "client_tag", "client_alias", "stage", "fee", "cost", "contact", "promise", "colleague", "hourly_cost",
    "firm", "tier_level", "cadence_rule", "engagement", "feedback",
)  # fmt: skip


class ClientsPage(QWidget):
    """The table of clients with its filter, preview and acts."""

    client_wanted = Signal(int)
    log_wanted = Signal(int)
    history_wanted = Signal(object)
    bring_wanted = Signal()
    count_changed = Signal(int)

    def __init__(
        self,
        desk: Desk,
        clients: Clients,
        figures: Figures,
        *,
        colleagues: Colleagues,
        contacts: Contacts,
        promises: Promises,
        history: History,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._figures = figures
        self._colleagues = colleagues
        self._contacts = contacts
        self._promises = promises
        self._rows: list[ClientRow] = []
        self._pinned = False
        self._acts = BulkActs(desk, clients, history, self)
        self.forms = ClientForms(desk, clients, history, self)
        self.filter = FilterBar(desk)
        self._make_parts(figures.on(desk.day))
        self._lay_out()
        self._connect()
        self._refresher = Refresher(self, desk.bus, TABLES, self.reload)
        desk.as_of.changed.connect(self._on_day_changed)
        self.reload()

    def reload(self) -> None:
        """Work out every row anew for the day in force."""
        book = self._figures.on(self._desk.day)
        everybody = self._colleagues.every()
        self._rows = rows_of(book, everybody)
        self._pinned = any(row.figures.tier_pinned for row in self._rows)
        self.forms.know(book, everybody)
        self._acts.owners, self._acts.tiers = self.forms.owners, self.forms.tiers
        self._acts.tags = sorted({tag for row in self._rows for tag in row.figures.client.tags}, key=fold)
        self.filter.set_options(self._options(book))
        self._currency = book.firm.currency
        self.export.currency = self._currency
        self._show_rows()
        self._say_what_can_be_done()
        self.count_changed.emit(len(self._rows))

    def new_client(self) -> None:
        """Open the form of a new client."""
        self.forms.new()

    def edit_client(self, client_id: int) -> None:
        """Open the form of a client of the book."""
        self.forms.edit(client_id)

    def choose(self, client_id: int) -> None:
        """Choose a client in the table, as far as the filter shows it."""
        self.table.choose(client_id)

    def sizeHint(self) -> QSize:
        """Whatever there is."""
        return QSize(self._desk.theme.px(900), self._desk.theme.px(600))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the table, on a client."""
        super().showEvent(event)
        if not self.isAncestorOf(self.window().focusWidget()):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.chosen_rows() and self.table.rows.rowCount():
            self.table.choose_place(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters go on in the filter box, Esc empties it."""
        text = event.text()
        commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Escape and not self.preview.isHidden():
            self._close_preview()
        elif event.key() == Qt.Key.Key_Escape and self.filter.words:
            self.filter.box.clear()
            self._on_filter_changed()
        elif text and text.isprintable() and not text.isspace() and not event.modifiers() & commands:
            self.filter.type_letter(text)
        else:
            super().keyPressEvent(event)

    def _make_parts(self, book: BookFigures) -> None:
        desk, theme = self._desk, self._desk.theme
        self._currency = book.firm.currency
        self.columns = Button(theme, tr("Columns"))
        self.new = Button(theme, tr("New client"), key="Ctrl N", kind=ButtonKind.PRIMARY)
        self.excel = Button(theme, tr("Excel"))
        self.excel.setToolTip(tr("The table as it is seen now, as a workbook or csv."))
        self.head = PageHead(theme, tr("Clients"), "", self.columns, self.excel, self.new)
        columns = ClientColumns(self._currency, self._day)
        self.table = ClientsTable(theme, columns.every(), DISPENSABLE, desk.store)
        self.export = TableExport(desk, self.table, self)
        self.preview = Preview(theme, desk.icons)
        self.preview.hide()
        self.bar = BulkBar(desk, self._acts)
        self.bar.hide()
        self.foot = small(elide=True)
        self.nothing = EmptyState(
            theme, desk.icons, Icon.FILTER, tr("No client fits."), "", action=tr("Show all clients")
        )
        self.nothing.hide()
        self.first = EmptyState(
            theme,
            desk.icons,
            Icon.CLIENTS,
            tr("No clients yet."),
            tr("Bring a list of invoices, clients or contacts from a spreadsheet, or begin with one client by hand."),
            action=tr("Bring my clients"),
        )
        self.first_new = Button(theme, tr("New client"), key="Ctrl N", large=True)
        layout = self.first.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.count() - 1, self.first_new, 0, Qt.AlignmentFlag.AlignHCenter)
        self.first.hide()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SIZES.page_sides, SIZES.page_top, SIZES.page_sides, SIZES.wide_gap)
        layout.setSpacing(SIZES.gap)
        layout.addWidget(self.head)
        layout.addWidget(self.filter)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.table, 1)
        middle.addWidget(self.nothing, 1)
        middle.addWidget(self.preview)
        middle.addWidget(self.first, 1)
        layout.addLayout(middle, 1)
        layout.addWidget(self.bar)
        layout.addWidget(self.foot)
        self.setTabOrder(self.filter.box, self.filter.add)
        self.setTabOrder(self.filter.view, self.table)

    def _connect(self) -> None:
        self.columns.clicked.connect(self._on_columns)
        self.excel.clicked.connect(self.export.ask)
        self.forms.written.connect(self._on_written)
        self.forms.client_wanted.connect(self.client_wanted)
        for button in (self.new, self.first_new):
            button.clicked.connect(self.new_client)
        self.first.button.clicked.connect(self.bring_wanted)
        self.nothing.button.clicked.connect(self._on_show_all)
        self.filter.changed.connect(self._on_filter_changed)
        self.filter.box.returnPressed.connect(self._on_filter_done)
        self.filter.box.left.connect(self.table.setFocus)
        self.table.opened.connect(self._on_opened)
        self.table.previewed.connect(self._on_previewed)
        self.table.chosen.connect(self._on_chosen)
        self.table.fitted.connect(self._say_foot)
        self.table.menu_wanted.connect(self._on_menu)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.preview.closed.connect(self._close_preview)
        self.preview.open_wanted.connect(self.client_wanted)
        self.preview.log_wanted.connect(self.log_wanted)
        self._acts.open_wanted.connect(self.client_wanted)
        self._acts.edit_wanted.connect(self.edit_client)
        self._acts.log_wanted.connect(self.log_wanted)
        self._acts.history_wanted.connect(self.history_wanted)
        for keys, slot in (("Del", self._acts.delete), ("F2", self._on_edit), ("Shift+F10", self._on_menu_key)):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    def _show_rows(self) -> None:
        found = holding(passing(self._rows, self.filter.rules), self.filter.words)
        self.table.set_rows(found)
        fees = sum(row.figures.fees.last_12_months for row in found)
        number = trn("{n} shown", "{n} shown", len(found))
        sentence = tr("{number} · {fees} in 12 months").format(number=number, fees=formats.money(fees, self._currency))
        self.head.set_words(tr("Clients"), sentence if self._rows else "")
        begun, some = bool(self._rows), bool(found)
        self.first.setVisible(not begun)
        self.filter.setVisible(begun)
        self.columns.setVisible(begun)
        self.excel.setVisible(begun)
        self.nothing.setVisible(begun and not some)
        self.table.setVisible(begun and some)
        if begun and not some:
            words = tr("Nothing holds “{words}”").format(words=" ".join(self.filter.words))
            said = f"{words} {tr('within the rules.')}" if self.filter.rules else f"{words}."
            self.nothing.set_words(tr("No client fits."), said if self.filter.words else "")
        if not some:
            self._close_preview()
        elif not self.preview.isHidden():
            self._fill_preview()
        self._say_foot()

    def _say_foot(self) -> None:
        chosen = len(self.table.chosen_rows())
        several = chosen > 1 and not self.table.isHidden()
        self.bar.setVisible(several)
        if several:
            self.bar.show_count(chosen)
        parts = []
        if self.table.left_out:
            parts.append(tr("no room for {columns}").format(columns=formats.listed(self.table.left_out)))
        parts.append(tr("— not known: the reason is under the mouse"))
        if self._pinned:
            parts.append(tr("* tier pinned by hand"))
        parts.append(tr("Space previews a client · Enter opens it"))
        self.foot.set_text(" · ".join(parts))
        self.foot.setVisible(not several and not self.table.isHidden())

    def _say_what_can_be_done(self) -> None:
        why = self._desk.why_not
        for button in (self.new, self.first_new, self.preview.log):
            button.setEnabled(not why)
            button.setToolTip(why)

    def _options(self, book: BookFigures) -> dict[Field, list[tuple[str, str]]]:
        named = {row.figures.client.owner_id: row.owner_name for row in self._rows}
        owners = sorted((name, str(key)) for key, name in named.items() if name)
        nobody = [(NOBODY, tr("nobody"))] if len(owners) < len(named) else []
        return {
            Field.TIER: [(str(level.tier), level.name) for level in book.tiers],
            Field.STAGE: [(str(stage), names.name(stage)) for stage in Stage],
            Field.OWNER: [*((key, name) for name, key in owners), *nobody],
            Field.TAG: [(tag, tag) for tag in self._acts.tags],
            Field.FEES: [(str(value), tr(words)) for value, words in FEES_WORDS.items()],
            Field.GAP: [(str(value), tr(words)) for value, words in GAP_WORDS.items()],
        }

    def _on_written(self, client_id: int) -> None:
        self.table.choose(client_id)
        self.table.setFocus()

    def _on_opened(self, row: ClientRow) -> None:
        self.client_wanted.emit(row.id)

    def _on_previewed(self, _row: ClientRow) -> None:
        if self.preview.isHidden():
            self.preview.show()
            self._fill_preview()
        else:
            self._close_preview()

    def record_at_hand(self) -> RecordRef | None:
        """Give the client of the current row."""
        row = self.table.current_row()
        return None if row is None else RecordRef("client", row.id)

    def _on_current(self) -> None:
        if not self.preview.isHidden():
            self._fill_preview()

    def _fill_preview(self) -> None:
        row = self.table.current_row()
        if row is not None:
            promises = [p for p in self._promises.of_client(row.id) if p.is_open(self._desk.day)]
            glance = Glance(self._contacts.of_client(row.id), promises, self._currency, self._desk.day)
            self.preview.show_client(row, glance)

    def _close_preview(self) -> None:
        if not self.preview.isHidden():
            self.preview.hide()
            self.table.setFocus()
            self._say_foot()

    def _on_chosen(self, rows: tuple[ClientRow, ...]) -> None:
        self._acts.choose(rows)
        self._say_foot()

    def _on_menu(self, _row: ClientRow, at: QPoint) -> None:
        self._acts.menu(at)

    def _on_menu_key(self) -> None:
        rect = self.table.visualRect(self.table.currentIndex())
        self._acts.menu(self.table.viewport().mapToGlobal(rect.bottomLeft()))

    def _on_edit(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.edit_client(row.id)

    def _on_columns(self) -> None:
        self.table.columns_menu().popup(self.columns.mapToGlobal(self.columns.rect().bottomLeft()))

    def _on_show_all(self) -> None:
        self.filter.clear()
        self.table.setFocus()

    def _on_filter_changed(self) -> None:
        """Stay on the client where the keyboard is, or begin at the top where the filter has hidden it."""
        before = self.table.current_row()
        self._show_rows()
        if before is not None and self.table.rows.place_of(before.id) < 0 and self.table.rows.rowCount():
            self.table.choose_place(0)

    def _on_filter_done(self) -> None:
        self.table.setFocus()
        if self.table.current_row() is None and self.table.rows.rowCount():
            self.table.choose_place(0)

    def _on_day_changed(self, _day: object) -> None:
        self._refresher.mark()

    def _day(self) -> date:
        return self._desk.day
