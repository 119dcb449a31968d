"""The People tab: who is there, who decides, how they stand, and who was not spoken to."""

from dataclasses import replace
from functools import partial
from operator import attrgetter

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.domain.changes import RecordRef
from app.domain.metrics.last_spoken import last_spoken
from app.domain.metrics.people import coverage
from app.domain.people import Person, PersonDraft
from app.services.book import Book
from app.words import people as words
from app.words.catalogue import tr, trn
from ui.desk import Desk
from ui.dialogs.person import PersonDialog
from ui.editing import Editing
from ui.icons import Icon
from ui.pages.client.people_rows import COLUMNS, PersonRow, person_rows
from ui.pages.client.tab import ClientTab
from ui.tokens import SIZES, Tone
from ui.view_state import remember_columns
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import body, section, small
from ui.widgets.layout import row
from ui.widgets.table import Table
from ui.widgets.text import one_line, tip

TABLES = ("person", "contact", "contact_person", "client")
STORE_KEY = "client-people"


class PeopleTab(ClientTab):
    """Enter or F2 changes, Insert adds, M notes that somebody moved on, Del deletes."""

    def __init__(self, desk: Desk, book: Book) -> None:
        super().__init__(desk, TABLES)
        self._book = book
        self.editing = Editing(desk, book.history, self)
        self.coverage = body(wrap=True)
        self.add = Button(desk.theme, tr("Add a person…"), key="Insert")
        self.table: Table[PersonRow] = Table(desk.theme, COLUMNS, attrgetter("id"), name=tr("People"))
        self.drivers_of = section(elide=True)
        self.drivers = small(tone=Tone.PLAIN, wrap=True)
        self.notes = small(wrap=True)
        self.empty = EmptyState(
            desk.theme,
            desk.icons,
            Icon.CLIENTS,
            tr("Nobody is recorded here yet."),
            tr("Who decides, who uses, who opens the door?"),
            action=tr("Add a person…"),
        )
        self._lay_out()
        self.add.clicked.connect(self.add_person)
        self.empty.button.clicked.connect(self.add_person)
        self.table.opened.connect(self.change_person)
        self.table.chosen.connect(self._on_chosen)
        self.table.menu_wanted.connect(self._on_menu)
        desk.theme.changed.connect(self._fit)
        remember_columns(self.table, desk.store, STORE_KEY)

    def take_focus(self) -> None:
        """Begin in the table, or at the button where nobody is recorded."""
        if self.table.rows.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.table.chosen_rows():
                self.table.choose_place(0)
        else:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_record(self, record_id: int) -> None:
        """Choose it in the list."""
        self.table.choose(record_id)

    def record_at_hand(self) -> RecordRef | None:
        """Give the person of the current row."""
        row = self.table.current_row()
        return None if row is None else RecordRef("person", row.id)

    def reload(self) -> None:
        """Read the people again."""
        day = self.desk.day
        found = self._book.people.of_client(self.client_id)
        spoken = last_spoken(self._book.contacts.of_client(self.client_id), day)
        may = self.desk.may_type
        for button in (self.add, self.empty.button):
            button.setEnabled(may)
            button.setToolTip(tip(self.desk.why_not))
        self.coverage.set_text(words.coverage_line(coverage(found, spoken, day), day))
        self.table.set_rows(person_rows(found, spoken, day))
        self._fit()
        self._page.setVisible(bool(found))
        self.empty.setVisible(not found)
        self._show_detail()

    def add_person(self) -> None:
        """Add somebody in the dialog."""
        if self.desk.may_type:
            dialog = PersonDialog(
                self.desk, PersonDraft(client_id=self.client_id, name=""), new=True, parent=self.editing.over
            )
            self.editing.open(dialog, self._on_added)

    def change_person(self, row: PersonRow) -> None:
        """Change somebody in the dialog."""
        if self.desk.may_type:
            dialog = PersonDialog(self.desk, row.person, new=False, parent=self.editing.over)
            self.editing.open(dialog, partial(self._book.people.change, row.id))

    def move_on(self, row: PersonRow) -> None:
        """Note that somebody left the client today, or is back."""
        if not self.desk.may_type:
            return
        person: Person = row.person
        left = self.desk.day if row.here else None
        self._book.people.change(person.id, replace(person, left_on=left))
        said = tr("{name} has moved on") if left is not None else tr("{name} is back")
        self.editing.say(said.format(name=one_line(person.name)))

    def menu_of(self, row: PersonRow) -> QMenu:
        """Make the menu of a person."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Change…\tEnter"), partial(self.change_person, row))
        moved = tr("Moved on\tM") if row.here else tr("Is back\tM")
        menu.addAction(moved, partial(self.move_on, row))
        menu.addAction(tr("History…\tCtrl+Shift+H"), self._on_history)
        menu.addAction(tr("Delete\tDel"), self._delete)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change, add, note a leaver, delete; what the table leaves to the page."""
        row = self.table.current_row()
        if event.key() == Qt.Key.Key_Insert:
            self.add_person()
        elif event.key() == Qt.Key.Key_Delete:
            self._delete()
        elif row is not None and event.key() == Qt.Key.Key_F2:
            self.change_person(row)
        elif row is not None and event.key() == Qt.Key.Key_M and not event.modifiers():
            self.move_on(row)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the table again: a narrow one has a scroll bar."""
        super().resizeEvent(event)
        self._fit()

    def hasHeightForWidth(self) -> bool:
        """Never ask the page for more room than it gives: the table scrolls by itself."""
        return False

    def _fit(self) -> None:
        """Let the table end with its last row."""
        theme = self.desk.theme
        rows = theme.px(SIZES.row) * self.table.rows.rowCount()
        head = self.table.horizontalHeader()
        bar = self.table.horizontalScrollBar().sizeHint().height() if head.length() > self.table.width() else 0
        self.table.setMaximumHeight(rows + head.sizeHint().height() + bar + 2 * self.table.frameWidth())

    def _lay_out(self) -> None:
        head = row(self.coverage, self.add, gap=SIZES.wide_gap)
        head.setStretch(0, 1)
        self._page = QWidget()
        inside = QVBoxLayout(self._page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SIZES.gap)
        inside.addLayout(head)
        inside.addWidget(self.table, 100)
        detail = QVBoxLayout()
        detail.setSpacing(2)
        for part in (self.drivers_of, self.drivers, self.notes):
            detail.addWidget(part)
        inside.addLayout(detail)
        inside.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page, 1)
        whole.addWidget(self.empty, 1)

    def _show_detail(self) -> None:
        """Say beneath the table what drives the person where the keyboard is."""
        chosen = self.table.chosen_rows()
        row = chosen[0] if len(chosen) == 1 else None
        for label in (self.drivers_of, self.drivers, self.notes):
            label.setVisible(row is not None)
        if row is None:
            return
        person = row.person
        self.drivers_of.set_text(tr("What drives {name}").format(name=person.name))
        self.drivers.set_text(person.drivers.strip() or tr("Not known yet."))
        self.notes.set_text(tr("internal: {note}").format(note=person.notes.strip()))
        self.notes.setVisible(bool(person.notes.strip()))

    def _on_added(self, draft: PersonDraft) -> None:
        made = self._book.people.add(draft)
        self.table.choose(made)

    def _on_chosen(self, _rows: object) -> None:
        self._show_detail()

    def _delete(self) -> None:
        rows = self.table.chosen_rows()
        if rows and self.desk.may_type:
            self._book.people.delete([row.id for row in rows])
            one = tr("Deleted {name}").format(name=one_line(rows[0].person.name))
            self.editing.say(one if len(rows) == 1 else trn("Deleted {n} person", "Deleted {n} people", len(rows)))

    def _on_menu(self, row: PersonRow, place: QPoint) -> None:
        if self.desk.may_type:
            self.menu_of(row).popup(place)
