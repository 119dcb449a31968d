"""The timeline as a list: thousands of contacts stay quick, for only what is seen is painted."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from app.domain.contacts import Contact
from app.words.catalogue import tr
from ui.desk import Desk
from ui.pages.client.dialogue_painting import TimelineDelegate
from ui.pages.client.dialogue_rows import Entry, TimelineModel, TimelineRow


class TimelineList(QListView):
    """Contacts to walk through by key: Enter or F2 opens, Del deletes, K keeps a promise, Menu shows what else."""

    opened = Signal(object)
    deleted = Signal(object)
    ticked = Signal(object)
    menu_wanted = Signal(object, QPoint)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = TimelineModel(self)
        self.painter = TimelineDelegate(desk, self)
        self.setModel(self.rows)
        self.setItemDelegate(self.painter)
        self.setAccessibleName(tr("Contacts, newest first"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", "true")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.painter.ticked.connect(self.ticked)
        desk.theme.changed.connect(self._on_theme_changed)

    def show_rows(self, rows: list[TimelineRow]) -> None:
        """Show other rows; what was chosen stays so as far as it is there, else what has taken its place is."""
        kept = [contact.id for contact in self.chosen()]
        first = min((index.row() for index in self.selectedIndexes()), default=self.currentIndex().row())
        current = self.rows.entry(self.currentIndex())
        bar = self.verticalScrollBar().value()
        self.painter.forget()
        self.rows.set_rows(rows)
        if current is not None:
            self._select(current.contact.id, kept)
            if not self.chosen():
                self._choose_near(first)
        self.verticalScrollBar().setValue(bar)

    def chosen(self) -> tuple[Contact, ...]:
        """The contacts chosen, newest first."""
        entries = [self.rows.entry(index) for index in sorted(self.selectedIndexes(), key=_by_row)]
        return tuple(entry.contact for entry in entries if entry is not None)

    def choose(self, contact_id: int) -> bool:
        """Choose one contact and bring it into sight; whether it is there."""
        place = self.rows.place_of(contact_id)
        if place >= 0:
            self._choose_place(place)
            self.scrollTo(self.currentIndex())
        return place >= 0

    def set_may(self, *, may: bool) -> None:
        """Let promises be ticked or not."""
        self.painter.may_tick = may

    def begin(self) -> None:
        """Take the keyboard; without a place to be, begin at the first contact."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.rows.entry(self.currentIndex()) is None:
            self._choose_near(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose a contact where the keyboard enters, so that it is seen where one is."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and not self.chosen():
            self._choose_near(max(self.currentIndex().row(), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, delete, keep, copy; letters are not searched for."""
        entry = self.rows.entry(self.currentIndex())
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif entry is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self.opened.emit(entry.contact)
        elif entry is not None and event.key() == Qt.Key.Key_Delete:
            self.deleted.emit(self.chosen() or (entry.contact,))
        elif entry is not None and event.key() == Qt.Key.Key_K and not event.modifiers():
            self._keep(entry)
        elif event.text().isprintable() and event.text() and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what was double-clicked."""
        entry = self.rows.entry(self.indexAt(event.position().toPoint()))
        if entry is not None:
            self.opened.emit(entry.contact)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what can be done with the contact, at the mouse or at the row."""
        index = self.currentIndex()
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        entry = self.rows.entry(index)
        if entry is not None:
            self.menu_wanted.emit(entry.contact, place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure anew at another width."""
        if event.size().width() != event.oldSize().width():
            self.painter.forget()
        super().resizeEvent(event)

    def _keep(self, entry: Entry) -> None:
        waiting = [line.promise for line in entry.promises if not line.ticked]
        if waiting:
            self.ticked.emit(waiting[0])

    def _copy(self) -> None:
        entries = [self.rows.entry(index) for index in sorted(self.selectedIndexes(), key=_by_row)]
        QGuiApplication.clipboard().setText("\n".join(entry.spoken for entry in entries if entry is not None))

    def _choose_place(self, place: int) -> None:
        # Not `setCurrentIndex` of the view: while Ctrl is held, as by Ctrl+Enter, that adds to what is chosen.
        model = self.selectionModel()
        model.setCurrentIndex(self.rows.index(place), model.SelectionFlag.ClearAndSelect)

    def _choose_near(self, place: int) -> None:
        """Choose the first contact from a place on, else the last one."""
        places = [at for at, row in enumerate(self.rows.rows) if isinstance(row, Entry)]
        if places:
            self._choose_place(next((at for at in places if at >= place), places[-1]))

    def _select(self, current: int, kept: list[int]) -> None:
        self.choose(current)
        model = self.selectionModel()
        for contact_id in kept:
            place = self.rows.place_of(contact_id)
            if place >= 0:
                model.select(self.rows.index(place), model.SelectionFlag.Select)

    def _on_theme_changed(self) -> None:
        self.scheduleDelayedItemsLayout()


def _by_row(index: QModelIndex) -> int:
    return index.row()
