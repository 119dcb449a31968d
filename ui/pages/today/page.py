"""The Today page: whom do I speak to now, and why? See SCREENS "Today" and METRICS C3.

Keys on a row: L logs, P plans, S snoozes, Enter opens the client, Up and Down move.
"""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.domain.checking import InvalidInputError
from app.domain.contacts import ContactDraft
from app.services.clients import Clients
from app.services.contacts import Contacts
from app.services.history import History
from app.services.promises import Promises
from app.services.today import Today
from app.words import formats, sentences, steps
from app.words.catalogue import tr
from ui.changes import Refresher
from ui.desk import Desk
from ui.dialogs.plan_contact import PlanContactDialog
from ui.dialogs.snooze import SnoozeDialog
from ui.editing import Editing
from ui.icons import Icon
from ui.pages.today.keyboard import focused_under
from ui.pages.today.lines import line_of, next_due, order, title
from ui.pages.today.never import NeverSpoken
from ui.pages.today.sections import client_name, never_lines, sections
from ui.pages.today.side import Side
from ui.pages.today.waiting_list import WaitingList
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.empty_state import EmptyState
from ui.widgets.explanation import show_explanation
from ui.widgets.layout import UNLIMITED, PageHead, ScrollPage

TABLES = (
    "client", "client_tag", "stage", "fee", "contact", "contact_person", "promise", "feedback", "person", "plan",
    "action", "firm", "tier_level", "cadence_rule", "engagement",
)  # fmt: skip
SIDE, SIDE_NARROW, NARROW = 264, 224, 900
# Narrower than this, with large print above all, the side stands under the list.
SINGLE = 640


class TodayPage(ScrollPage):
    """The list, the right column, and the clients never spoken to."""

    client_wanted = Signal(int)
    log_wanted = Signal(int)
    count_changed = Signal(int)

    def __init__(
        self,
        desk: Desk,
        today_list: Today,
        clients: Clients,
        *,
        contacts: Contacts,
        promises: Promises,
        history: History,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk.theme, parent)
        self._desk = desk
        self._today = today_list
        self._clients = clients
        self._contacts = contacts
        self._promises = promises
        self._editing = Editing(desk, history, self)
        self._lay_out()
        self._connect()
        self._refresher = Refresher(self, desk.bus, TABLES, self.reload)
        desk.as_of.changed.connect(self._on_day_changed)
        self.reload()

    def reload(self) -> None:
        """Ask for the list of the day in force and show it."""
        found = self._today.on(self._desk.day)
        self._found = found
        why_not = self._desk.why_not
        self.head.set_words(*title(found))
        self.list.set_lines(
            [line_of(waiting, found) for waiting in found.waiting],
            [line_of(waiting, found) for waiting in found.silenced],
            why_not,
        )
        self.side.set_sections(sections(found), why_not)
        self.never.set_lines(never_lines(found), why_not)
        nobody = not found.waiting
        self.why.setVisible(not nobody)
        self.nobody.setVisible(nobody)
        if nobody:
            begin = tr("Clients appear here when a gap is longer than promised, or than usual for them.")
            self.nobody.set_words(tr("Nobody is waiting."), next_due(found) or begin)
        self.count_changed.emit(len(found.waiting))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin on the first client."""
        super().showEvent(event)
        if focused_under(self) is None:
            self.list.focus_place(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit rows and right column into the room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.viewport().width() < self._desk.theme.px(NARROW)
        self.list.set_narrow(narrow=narrow)
        under = self.viewport().width() < self._desk.theme.px(SINGLE)
        self._columns.setDirection(QBoxLayout.Direction.TopToBottom if under else QBoxLayout.Direction.LeftToRight)
        self.side.setMinimumWidth(0 if under else self._desk.theme.px(SIDE_NARROW if narrow else SIDE))
        self.side.setMaximumWidth(UNLIMITED if under else self.side.minimumWidth())
        self._columns.setSpacing(24 if narrow else 40)

    def _lay_out(self) -> None:
        desk, theme = self._desk, self._desk.theme
        self.why = Button(theme, tr("Why this order?"), kind=ButtonKind.LINK)
        self.head = PageHead(theme, "", "", self.why)
        self.list = WaitingList(theme)
        self.side = Side(theme)
        self.never = NeverSpoken(theme, desk.icons, self._day)
        self.nobody = EmptyState(theme, desk.icons, Icon.TODAY, tr("Nobody is waiting."))
        self.nobody.setMinimumHeight(theme.px(220))
        self.nobody.hide()
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.nobody)
        left.addWidget(self.list)
        left.addSpacing(32)
        left.addWidget(self.never)
        left.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setContentsMargins(0, 6, 0, 0)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self.side)
        self.body.addWidget(self.head)
        self.body.addLayout(self._columns, 1)

    def _connect(self) -> None:
        self.list.opened.connect(self.client_wanted)
        self.list.log_wanted.connect(self.log_wanted)
        self.list.plan_wanted.connect(self._on_plan)
        self.list.snooze_wanted.connect(self._on_snooze)
        self.list.wake_wanted.connect(self._on_wake)
        self.why.clicked.connect(self._on_order)
        self.side.opened.connect(self.client_wanted)
        self.side.kept.connect(self._on_kept)
        self.never.answered.connect(self._on_answered)
        self._desk.theme.changed.connect(self._fit)

    def _day(self) -> date:
        return self._desk.day

    def _on_plan(self, client_id: int) -> None:
        name, desk = client_name(self._found, client_id), self._desk
        dialog = PlanContactDialog(desk.theme, desk.icons, client_id, name, today=desk.day, parent=self)
        self._editing.open(dialog, self._plan)

    def _plan(self, draft: ContactDraft) -> None:
        if draft.on < self._desk.day:
            raise InvalidInputError.one("on", tr("A planned contact lies ahead: give a day from today on."))
        self._contacts.log(draft)
        when = sentences.due(draft.on, self._desk.day)
        self._editing.say(tr("Planned {name}, {day}").format(name=self._short(draft.client_id), day=when))

    def _on_snooze(self, client_id: int) -> None:
        name, desk = client_name(self._found, client_id), self._desk
        dialog = SnoozeDialog(desk.theme, desk.icons, name, today=desk.day, parent=self)
        self._editing.open(dialog, partial(self._snooze, client_id))

    def _snooze(self, client_id: int, given: tuple[date, str]) -> None:
        until, reason = given
        if until < self._desk.day:
            raise InvalidInputError.one("snoozed_until", tr("That day has passed: give a day from today on."))
        name = self._short(client_id)
        self._clients.snooze(client_id, until, reason)
        day = formats.short_day(until, self._desk.day)
        self._editing.say(tr("{name} is quiet until {day}").format(name=name, day=day))

    def _on_wake(self, client_id: int) -> None:
        name = self._short(client_id)
        self._clients.snooze(client_id, None)
        self._editing.say(tr("{name} may be heard again").format(name=name))

    def _on_kept(self, promise_id: int) -> None:
        promise = self._promises.get(promise_id)
        self._promises.keep(promise_id, self._desk.day)
        self._editing.say(tr("Kept: {what}").format(what=steps.short(promise.what)))

    def _on_answered(self, client_id: int, day: date) -> None:
        name = self._short(client_id)
        self._clients.spoke_last(client_id, day)
        self._editing.say(
            tr("Last spoke to {name} on {day}").format(name=name, day=formats.short_day(day, self._desk.day))
        )

    def _on_order(self) -> None:
        show_explanation(self._desk.theme, self.why, order(self._found, self.list.shown))

    def _short(self, client_id: int) -> str:
        return steps.short(client_name(self._found, client_id), 30)

    def _on_day_changed(self, _day: object) -> None:
        self._refresher.mark()
