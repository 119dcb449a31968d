"""The Dialogue tab: quick entry on top, the timeline beneath, who speaks how much beside it."""

from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from app.domain.changes import RecordRef
from app.domain.checking import InvalidInputError
from app.domain.contacts import Contact, ContactDraft
from app.domain.metrics.last_spoken import last_spoken
from app.domain.people import Person
from app.domain.promises import Promise, PromiseDraft
from app.domain.records import draft_of
from app.services.book import Book
from app.words.catalogue import tr, trn
from ui.desk import Desk
from ui.dialogs.contact import ContactDialog
from ui.dialogs.promise import PromiseDialog
from ui.drafts import LineKeeper
from ui.editing import Editing
from ui.icons import Icon
from ui.pages.client import dialogue_reading
from ui.pages.client.dialogue_filter import DialogueFilter
from ui.pages.client.dialogue_list import TimelineList
from ui.pages.client.dialogue_rows import timeline
from ui.pages.client.dialogue_side import DialogueSide
from ui.pages.client.tab import LEFT_SHARE, RIGHT_SHARE, ClientTab, SideColumn
from ui.tokens import SIZES
from ui.widgets.empty_state import EmptyState
from ui.widgets.quick_entry import QuickEntry, Reading
from ui.widgets.text import amp, one_line, tip

TABLES = (
    "contact",
    "contact_person",
    "contact_colleague",
    "promise",
    "person",
    "client",
    "stage",
    "firm",
    "cadence_rule",
)
SIDE = 252


class DialogueTab(ClientTab):
    """Everything said with one client."""

    def __init__(self, desk: Desk, book: Book) -> None:
        super().__init__(desk, TABLES)
        self._book = book
        self._contacts: list[Contact] = []
        self._people: dict[int, Person] = {}
        self.editing = Editing(desk, book.history, self)
        hint = tr("< they  > we  <> both   call @dana 20m words; !we owe  ?they owe fri")
        self.entry = QuickEntry(desk.theme, hint, self._read, tr("As a form…"))
        self._kept = LineKeeper(desk.drafts, self.entry.line)
        self.filter = DialogueFilter(desk.theme)
        self.list = TimelineList(desk)
        self.empty = EmptyState(
            desk.theme,
            desk.icons,
            Icon.MAIL,
            tr("Nothing is logged yet."),
            tr("Say in the line above who spoke and what was said."),
        )
        self.side = DialogueSide(desk)
        self._lay_out()
        self.entry.entered.connect(self._on_entered)
        self.entry.form_wanted.connect(self._on_form)
        self.entry.left.connect(self._on_entry_left)
        self.filter.changed.connect(self._show_timeline)
        self.list.opened.connect(self._on_opened)
        self.list.deleted.connect(self._on_deleted)
        self.list.ticked.connect(self._on_ticked)
        self.list.menu_wanted.connect(self._on_menu)
        self.list.left.connect(self.take_focus)
        self.side.kept.connect(self._on_ticked)
        self.side.promise_wanted.connect(self._on_promise)

    def client_changed(self) -> None:
        """Begin without filters, with the line this client was left with."""
        self.filter.clear()
        self._kept.turn_to(f"line of {self.client_id}")

    def take_focus(self) -> None:
        """Begin in the quick line, or in the timeline where nothing can be typed."""
        if self.desk.may_type:
            self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.list.begin()

    def show_record(self, record_id: int) -> None:
        """Choose it in the list."""
        if not self.list.choose(record_id):
            # A filter hides it.
            self.filter.clear()
            self._show_timeline()
            self.list.choose(record_id)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def record_at_hand(self) -> RecordRef | None:
        """Give the contact chosen."""
        chosen = self.list.chosen()
        return RecordRef("contact", chosen[0].id) if chosen else None

    def reload(self) -> None:
        """Read the dialogue again."""
        day = self.desk.day
        figures = self._book.figures.on(day).clients.get(self.client_id)
        if figures is None:
            return
        self._contacts = [
            contact for contact in self._book.contacts.of_client(self.client_id) if contact.planned or contact.on <= day
        ]
        self._people = {person.id: person for person in self._book.people.of_client(self.client_id)}
        may = self.desk.may_type
        if not may and self.entry.line.hasFocus():
            # A field that is switched off hands the keyboard to whatever Qt finds next: the program's menu.
            (self.list if self.list.isVisible() else self.window()).setFocus(Qt.FocusReason.OtherFocusReason)
        self.entry.set_may(may=may, why=tip(self.desk.why_not))
        self.list.set_may(may=may)
        self.filter.offer(self._contacts, self._people.values())
        self._show_timeline()
        promises = self._promises()
        self.side.show_side(figures, promises, self._people.values(), last_spoken(self._contacts, day), day)

    def _promises(self) -> list[Promise]:
        return self._book.promises.of_client(self.client_id)

    def _show_timeline(self) -> None:
        left = self.filter.left_of(self._contacts)
        self.list.show_rows(timeline(left, self._promises(), self._people, self.desk.day))
        self.filter.setVisible(bool(self._contacts))
        self.list.setVisible(bool(self._contacts))
        self.empty.setVisible(not self._contacts)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(SIZES.gap)
        left.addWidget(self.entry)
        left.addWidget(self.filter)
        left.addWidget(self.list, 1)
        left.addWidget(self.empty, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(32)
        whole.addLayout(left, LEFT_SHARE)
        whole.addWidget(SideColumn(self.desk.theme, self.side, SIDE), RIGHT_SHARE)

    def _read(self, line: str) -> Reading:
        return dialogue_reading.read(self._book.quick_log, line, date.today(), self.client_id)

    def _on_entered(self, line: str, stays: bool) -> None:
        try:
            self._book.quick_log.log(line, date.today(), self.client_id)
        except InvalidInputError as error:
            self.entry.say(" ".join(problem.sentence() for problem in error.problems))
            return
        self.entry.clear()
        newest = max(self._contacts, key=_by_id, default=None)
        if newest is not None:
            self.list.choose(newest.id)
        if not stays:
            self.list.begin()

    def _on_entry_left(self) -> None:
        self.list.begin()

    def _on_form(self, line: str) -> None:
        reading = self.entry.reading
        today = date.today()
        # A line that does not say who spoke is taken as ours; the form can correct it.
        whole = line if not reading.missing else f"> {line}"
        understood = self._book.quick_log.understand(whole, today, self.client_id)
        self._open_contact(understood.contact, None, understood.promises)

    def _on_opened(self, contact: Contact) -> None:
        if self.desk.may_type:
            self._open_contact(draft_of(ContactDraft, contact), contact.id)

    def _open_contact(
        self, draft: ContactDraft, contact_id: int | None, promises: tuple[PromiseDraft, ...] = ()
    ) -> None:
        dialog = ContactDialog(
            self.desk,
            draft,
            list(self._people.values()),
            self._book.colleagues.every(),
            new=contact_id is None,
            promises=promises,
            parent=self.editing.over,
        )
        contacts = self._book.contacts
        save = partial(self._log, promises) if contact_id is None else partial(contacts.change, contact_id)
        self.editing.open(dialog, save)

    def _log(self, promises: tuple[PromiseDraft, ...], draft: ContactDraft) -> None:
        made = self._book.contacts.log(draft, promises)
        self.entry.clear()
        self.list.choose(made)

    def _on_deleted(self, contacts: tuple[Contact, ...]) -> None:
        if not contacts or not self.desk.may_type:
            return
        self._book.contacts.delete([contact.id for contact in contacts])
        self.editing.say(trn("Deleted {n} contact", "Deleted {n} contacts", len(contacts)))

    def _on_ticked(self, promise: Promise) -> None:
        if not self.desk.may_type:
            return
        if promise.is_open(self.desk.day):
            self._book.promises.keep(promise.id, date.today())
            self.editing.say(tr("Kept: {what}").format(what=one_line(promise.what)))
        else:
            self._book.promises.reopen(promise.id)

    def _on_promise(self, promise: Promise | None, contact: Contact | None = None) -> None:
        draft = promise or PromiseDraft(
            client_id=self.client_id, what="", contact_id=None if contact is None else contact.id
        )
        people = list(self._people.values())
        dialog = PromiseDialog(
            self.desk, draft_of(PromiseDraft, draft), people, new=promise is None, parent=self.editing.over
        )
        promises = self._book.promises
        self.editing.open(dialog, promises.add if promise is None else partial(promises.change, promise.id))

    def _on_menu(self, contact: Contact, place: QPoint) -> None:
        if self.desk.may_type:
            self.menu_of(contact).popup(place)

    def menu_of(self, contact: Contact) -> QMenu:
        """Make the menu of one contact: change, delete, its promises."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Change…\tEnter"), partial(self._on_opened, contact))
        menu.addAction(tr("History…\tCtrl+Shift+H"), self._on_history)
        menu.addAction(tr("Delete\tDel"), partial(self._on_deleted, (contact,)))
        menu.addSeparator()
        for promise in self._promises():
            if promise.contact_id == contact.id:
                what = amp(promise.what)
                if promise.is_open(self.desk.day):
                    menu.addAction(tr("Kept: {what}").format(what=what), partial(self._on_ticked, promise))
                    give_up = partial(self._book.promises.give_up, promise.id, date.today())
                    menu.addAction(tr("Will not be kept: {what}").format(what=what), give_up)
                else:
                    menu.addAction(tr("Open again: {what}").format(what=what), partial(self._on_ticked, promise))
                menu.addAction(tr("Change promise…"), partial(self._on_promise, promise))
        menu.addAction(tr("Add a promise…"), partial(self._on_promise, None, contact))
        return menu


def _by_id(contact: Contact) -> int:
    return contact.id
