"""The Today page: whom do I speak to now, and why? See SCREENS "Today" and METRICS C3.

Keys on a row: L logs, P plans, S snoozes, Enter opens the client, Up and Down move.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.domain.checking import InvalidInputError, Problem
from app.domain.contacts import ContactDraft
from app.domain.metrics.retainers import NOTICES, end_notice
from app.domain.vocabulary import PromiseBy
from app.errors import AppError
from app.services.clients import Clients
from app.services.contacts import Contacts
from app.services.history import History
from app.services.plans import Actions, Plans
from app.services.promises import Promises
from app.services.today import Today, TodayList
from app.words import dialogues, formats, sentences, steps
from app.words.catalogue import tr
from ui.changes import Refresher
from ui.desk import Desk
from ui.dialogs.plan_contact import PlanContactDialog
from ui.dialogs.record import RecordDialog
from ui.dialogs.snooze import SnoozeDialog
from ui.icons import Icon
from ui.pages.today.keyboard import focused_under
from ui.pages.today.lines import line_of, next_due, order, title
from ui.pages.today.never import NeverLine, NeverSpoken
from ui.pages.today.side import Side, SideEntry
from ui.pages.today.waiting_list import WaitingList
from ui.pages.today.waiting_row import quoted
from ui.tokens import Mark
from ui.undo_toast import UndoToast
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
LATE_AFTER, SOON_AFTER = 30, 10


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
        plans: Plans,
        actions: Actions,
        history: History,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk.theme, parent)
        self._desk = desk
        self._today = today_list
        self._clients = clients
        self._contacts = contacts
        self._promises = promises
        self._plans = plans
        self._actions = actions
        self._done = UndoToast(desk, history)
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
        self.side.set_sections(self._sections(found), why_not)
        self.never.set_lines(self._never(found), why_not)
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

    def _sections(self, found: TodayList) -> list[tuple[str, Sequence[SideEntry]]]:
        return [
            (tr("Promises"), self._promised(found)),
            (tr("Waiting for an answer"), self._unanswered(found)),
            (tr("Contracts that end"), self._ending(found)),
            (tr("Dialogue out of balance"), self._out_of_balance(found)),
            (tr("Overdue in plans"), self._overdue(found)),
            (tr("First hundred days"), self._first_days(found)),
        ]

    def _promised(self, found: TodayList) -> list[SideEntry]:
        as_of = found.figures.as_of
        entries = []
        for promise in found.promises:
            whose = tr("for {client}") if promise.by is PromiseBy.US else tr("from {client}")
            late = promise.due is not None and promise.due < as_of
            entries.append(
                SideEntry(
                    promise.client_id,
                    promise.what,
                    whose.format(client=self._name(found, promise.client_id)),
                    sentences.due(promise.due, as_of),
                    Mark.OVERDUE if late else Mark.NONE,
                    promise.id,
                )
            )
        return entries

    def _unanswered(self, found: TodayList) -> list[SideEntry]:
        entries = []
        for feedback in found.feedback:
            days = (found.figures.as_of - feedback.on).days
            mark = Mark.OVERDUE if days > LATE_AFTER else Mark.DUE if days > SOON_AFTER else Mark.NONE
            name = self._name(found, feedback.client_id)
            said = quoted(feedback.verbatim, "", "") or tr("scores only")
            entries.append(SideEntry(feedback.client_id, said, name, formats.days(days), mark))
        return entries

    def _out_of_balance(self, found: TodayList) -> list[SideEntry]:
        return [
            SideEntry(
                client.client.id,
                dialogues.warning(client.dialogue),
                client.client.name,
                dialogues.state(client.dialogue),
                Mark.DUE,
            )
            for client in found.out_of_balance
            if client.dialogue is not None
        ]

    def _ending(self, found: TodayList) -> list[SideEntry]:
        as_of = found.figures.as_of
        return [
            SideEntry(
                contract.client_id,
                contract.name,
                self._name(found, contract.client_id),
                sentences.ends(contract.ends, as_of),
                Mark.DUE if end_notice(contract.ends, as_of) == NOTICES[-1] else Mark.NONE,
            )
            for contract in found.ending
        ]

    def _overdue(self, found: TodayList) -> list[SideEntry]:
        as_of = found.figures.as_of
        open_ones = [
            action for action in self._actions.every()
            if action.due is not None and action.due < as_of and (action.done_on is None or action.done_on > as_of)
        ]  # fmt: skip
        if not open_ones:
            return []
        clients = {plan.id: plan.client_id for plan in self._plans.every()}
        return [
            SideEntry(
                clients[action.plan_id],
                action.title,
                self._name(found, clients[action.plan_id]),
                sentences.due(action.due, as_of),
                Mark.OVERDUE,
            )
            for action in open_ones
            if clients.get(action.plan_id) in found.figures.clients
        ]

    def _first_days(self, found: TodayList) -> list[SideEntry]:
        entries = []
        for client in found.first_days:
            day = client.fees.days_since_first
            when = tr("day {n}").format(n=day) if day is not None else tr("new")
            entries.append(SideEntry(client.client.id, client.client.name, "", when))
        return entries

    def _never(self, found: TodayList) -> list[NeverLine]:
        currency = found.figures.firm.currency
        lines = []
        for client in found.never:
            fees = client.fees.last_12_months
            amount = tr("{fees} in 12 months").format(fees=formats.money(fees, currency)) if fees > 0 else ""
            detail = " · ".join(filter(None, (found.figures.tier_name(client.tier), amount)))
            lines.append(NeverLine(client.client.id, client.client.name, detail))
        return lines

    def _name(self, found: TodayList, client_id: int) -> str:
        return found.figures.clients[client_id].client.name

    def _day(self) -> date:
        return self._desk.day

    def _on_plan(self, client_id: int) -> None:
        name = self._name(self._found, client_id)
        desk = self._desk
        dialog = PlanContactDialog(desk.theme, desk.icons, client_id, name, today=desk.day, parent=self)
        self._dialog: RecordDialog = dialog
        dialog.accepted_draft.connect(self._plan)
        dialog.keep_draft(desk.drafts)
        dialog.open()

    def _plan(self, draft: ContactDraft) -> None:
        if draft.on < self._desk.day:
            self._refuse("on", tr("A planned contact lies ahead: give a day from today on."))
            return
        try:
            self._contacts.log(draft)
        except InvalidInputError as error:
            self._dialog.form.show_problems(error.problems)
            return
        except AppError as error:
            self._desk.messages.show(error)
            return
        self._dialog.close()
        when = sentences.due(draft.on, self._desk.day)
        self._done.say(tr("Planned {name}, {day}").format(name=self._short(draft.client_id), day=when))

    def _on_snooze(self, client_id: int) -> None:
        desk = self._desk
        self._snoozing = client_id
        name = self._name(self._found, client_id)
        dialog = SnoozeDialog(desk.theme, desk.icons, name, today=desk.day, parent=self)
        self._dialog = dialog
        dialog.accepted_draft.connect(self._snooze)
        dialog.keep_draft(desk.drafts)
        dialog.open()

    def _snooze(self, given: tuple[date, str]) -> None:
        until, reason = given
        if until < self._desk.day:
            self._refuse("snoozed_until", tr("That day has passed: give a day from today on."))
            return
        name = self._short(self._snoozing)
        try:
            self._clients.snooze(self._snoozing, until, reason)
        except AppError as error:
            self._desk.messages.show(error)
            return
        self._dialog.close()
        self._done.say(
            tr("{name} is quiet until {day}").format(name=name, day=formats.short_day(until, self._desk.day))
        )

    def _on_wake(self, client_id: int) -> None:
        name = self._short(client_id)
        self._clients.snooze(client_id, None)
        self._done.say(tr("{name} may be heard again").format(name=name))

    def _refuse(self, field: str, sentence: str) -> None:
        self._dialog.form.show_problems((Problem(field, sentence),))

    def _on_kept(self, promise_id: int) -> None:
        promise = self._promises.get(promise_id)
        self._promises.keep(promise_id, self._desk.day)
        self._done.say(tr("Kept: {what}").format(what=steps.short(promise.what)))

    def _on_answered(self, client_id: int, day: date) -> None:
        name = self._short(client_id)
        self._clients.spoke_last(client_id, day)
        self._done.say(
            tr("Last spoke to {name} on {day}").format(name=name, day=formats.short_day(day, self._desk.day))
        )

    def _on_order(self) -> None:
        show_explanation(self._desk.theme, self.why, order(self._found, self.list.shown))

    def _short(self, client_id: int) -> str:
        return steps.short(self._name(self._found, client_id), 30)

    def _on_day_changed(self, _day: object) -> None:
        self._refresher.mark()
