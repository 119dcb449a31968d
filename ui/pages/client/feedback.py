"""The Feedback tab: what the client said, newest first, each with its loop and the step to do next."""

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QVBoxLayout, QWidget

from app.domain.changes import RecordRef
from app.domain.contacts import ContactDraft
from app.domain.feedback import Feedback, FeedbackDraft
from app.domain.metrics.people import by_influence, is_there
from app.domain.people import Person
from app.domain.vocabulary import Channel
from app.services.book import Book
from app.words import feedback as words
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs.close_loop import ActDialog, Acted, OwnDialog, Owned, TellDialog
from ui.dialogs.feedback import FeedbackDialog
from ui.editing import Editing
from ui.icons import Icon
from ui.pages.client.feedback_painting import FeedbackDelegate
from ui.pages.client.feedback_rows import NextStep, feedback_lines, next_step, next_words
from ui.pages.client.feedback_side import FeedbackSide
from ui.pages.client.tab import ClientTab
from ui.tokens import SIZES
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import section
from ui.widgets.layout import ScrollPage, hairline, row
from ui.widgets.line_list import LineList
from ui.widgets.text import tip

TABLES = ("feedback", "person", "colleague", "client", "contact")
SIDE, NARROW = 320, 740
QWIDGETSIZE_MAX = 16_777_215


class FeedbackTab(ClientTab):
    """Enter changes, N or Space does the next step, O owns, A says what was done, T tells, Del deletes."""

    def __init__(self, desk: Desk, book: Book) -> None:
        super().__init__(desk, TABLES)
        self._book = book
        self._items: dict[int, Feedback] = {}
        self._people: dict[int, Person] = {}
        self.editing = Editing(desk, book.history, self)
        self.head = section(elide=True)
        self.log = Button(desk.theme, tr("Log feedback…"), key="Insert")
        self.list = LineList(desk.theme, tr("Feedback, newest first"), painter=FeedbackDelegate)
        self.side = FeedbackSide(desk)
        self.empty = EmptyState(
            desk.theme,
            desk.icons,
            Icon.FEEDBACK,
            tr("Nothing is recorded that they said."),
            tr("Ask how the work and the service were."),
            action=tr("Log feedback…"),
        )
        self._lay_out()
        self.log.clicked.connect(self.log_feedback)
        self.empty.button.clicked.connect(self.log_feedback)
        self.list.add_wanted.connect(self.log_feedback)
        self.list.opened.connect(self.change_feedback)
        self.list.deleted.connect(self._on_deleted)
        self.list.key_pressed.connect(self._on_key)
        self.list.menu_wanted.connect(self._on_menu)
        painter = self.list.painter
        assert isinstance(painter, FeedbackDelegate)
        painter.stepped.connect(self.do_next_step)
        desk.theme.changed.connect(self._arrange)

    def take_focus(self) -> None:
        """Begin in the list, or at the button where there is none."""
        begin: QWidget = self.list if self._items else self.empty.button
        begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_record(self, record_id: int) -> None:
        """Choose it in the list."""
        self.list.choose(record_id)

    def record_at_hand(self) -> RecordRef | None:
        """Give the feedback of the current line."""
        key = self.list.current_key()
        return RecordRef("feedback", key) if isinstance(key, int) else None

    def reload(self) -> None:
        """Read the feedback again."""
        day = self.desk.day
        client = self._book.figures.on(day).clients.get(self.client_id)
        if client is None:
            return
        known = [item for item in self._book.feedback.of_client(self.client_id) if item.on <= day]
        self._items = {item.id: item for item in known}
        self._people = {person.id: person for person in self._book.people.of_client(self.client_id)}
        colleagues = {who.id: who for who in self._book.colleagues.every()}
        may = self.desk.may_type
        for button in (self.log, self.empty.button):
            button.setEnabled(may)
            button.setToolTip(tip(self.desk.why_not))
        self.list.set_may(may=may)
        self.list.show_lines(feedback_lines(known, self._people, colleagues, day))
        still_open = tr("{n} open").format(n=client.loop.open) if client.loop.open else tr("none open")
        self.head.set_text(", ".join((tr("{n} received").format(n=len(known)), still_open)))
        self.side.show_side(known, client.loop, day)
        self._page.setVisible(bool(known))
        self.empty.setVisible(not known)

    def log_feedback(self) -> None:
        """Log what the client said, in its dialog."""
        if self.desk.may_type:
            draft = FeedbackDraft(client_id=self.client_id, on=self.desk.day, verbatim="", channel=Channel.CALL)
            self.editing.open(self._dialog(draft, new=True), self._on_logged)

    def change_feedback(self, feedback_id: int) -> None:
        """Change a feedback in its dialog."""
        item = self._items.get(feedback_id)
        if item is not None and self.desk.may_type:
            self.editing.open(self._dialog(item, new=False), partial(self._book.feedback.change, feedback_id))

    def do_next_step(self, feedback_id: int) -> None:
        """Open the dialog of the step the loop waits for."""
        item = self._items.get(feedback_id)
        step = None if item is None else next_step(item, self.desk.day)
        if step is not None:
            self.do_step(step, feedback_id)

    def do_step(self, step: NextStep, feedback_id: int) -> None:
        """Open the dialog of a step."""
        item = self._items.get(feedback_id)
        if item is None or not self.desk.may_type:
            return
        us, over = self._book.colleagues.every(), self.editing.over
        match step:
            case NextStep.OWN:
                self.editing.open(OwnDialog(self.desk, item, us, over), partial(self._on_owned, feedback_id))
            case NextStep.ACT:
                self.editing.open(ActDialog(self.desk, item, over), partial(self._on_acted, feedback_id))
            case NextStep.TELL:
                praise = words.is_praise(item)
                dialog = TellDialog(self.desk, item, self._offered(item), us, praise=praise, parent=over)
                self.editing.open(dialog, partial(self._on_told, feedback_id))

    def menu_of(self, item: Feedback) -> QMenu:
        """Make the menu of a feedback."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        following = next_words(item, self.desk.day)
        if following:
            menu.addAction(f"{following}\tN", partial(self.do_next_step, item.id))
            menu.addSeparator()
        menu.addAction(tr("Own…\tO"), partial(self.do_step, NextStep.OWN, item.id))
        menu.addAction(tr("Say what was done…\tA"), partial(self.do_step, NextStep.ACT, item.id))
        menu.addAction(tr("Tell the client…\tT"), partial(self.do_step, NextStep.TELL, item.id))
        menu.addSeparator()
        menu.addAction(tr("Change…\tEnter"), partial(self.change_feedback, item.id))
        menu.addAction(tr("Delete\tDel"), partial(self._on_deleted, item.id))
        return menu

    def _dialog(self, draft: FeedbackDraft, *, new: bool) -> FeedbackDialog:
        us = self._book.colleagues.every()
        return FeedbackDialog(self.desk, draft, self._offered(draft), us, new=new, parent=self.editing.over)

    def _offered(self, draft: FeedbackDraft) -> list[Person]:
        """Give the people there now, and the one named though gone, who decide first."""
        day = self.desk.day
        ordered = by_influence(self._people.values(), day)
        return [person for person in ordered if is_there(person, day) or person.id == draft.person_id]

    def _lay_out(self) -> None:
        top = row(self.head, None, self.log)
        top.setContentsMargins(0, 0, 0, 6)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(top)
        left.addWidget(hairline())
        left.addWidget(self.list)
        left.addStretch(1)
        inside = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setContentsMargins(0, 0, 12, 8)
        self._columns.setSpacing(40)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self.side)
        self._page = ScrollPage(self.desk.theme)
        self._page.body.setContentsMargins(0, 0, 0, 0)
        self._page.body.addWidget(inside, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SIZES.gap)
        whole.addWidget(self._page, 1)
        whole.addWidget(self.empty, 1)

    def hasHeightForWidth(self) -> bool:
        """Never ask the page for more room than it gives: the list scrolls by itself."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the side beneath the list where both have no room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        px = self.desk.theme.px
        beneath = self.width() < px(NARROW)
        way = QBoxLayout.Direction.TopToBottom if beneath else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(way)
        self.side.setMinimumWidth(0 if beneath else px(SIDE))
        self.side.setMaximumWidth(QWIDGETSIZE_MAX if beneath else px(SIDE))

    def _on_logged(self, draft: FeedbackDraft) -> None:
        made = self._book.feedback.add(draft)
        self.list.choose(made)

    def _on_owned(self, feedback_id: int, owned: Owned) -> None:
        self._book.feedback.own(feedback_id, owned.owner_id, owned.on)

    def _on_acted(self, feedback_id: int, acted: Acted) -> None:
        self._book.feedback.act(feedback_id, acted.action, acted.on)

    def _on_told(self, feedback_id: int, contact: ContactDraft) -> None:
        self._book.feedback.tell(feedback_id, contact)

    def _on_deleted(self, feedback_id: int) -> None:
        if feedback_id in self._items and self.desk.may_type:
            self._book.feedback.delete([feedback_id])
            self.editing.say(tr("Deleted one feedback"))

    def _on_key(self, feedback_id: int, letter: str) -> None:
        steps = {"o": NextStep.OWN, "a": NextStep.ACT, "t": NextStep.TELL}
        if letter in {"n", " "}:
            self.do_next_step(feedback_id)
        elif letter in steps:
            self.do_step(steps[letter], feedback_id)

    def _on_menu(self, feedback_id: int, place: QPoint) -> None:
        item = self._items.get(feedback_id)
        if item is not None and self.desk.may_type:
            self.menu_of(item).popup(place)
