"""The middle column of a plan: its actions as a list to tick, and the line that adds one."""

from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.domain.changes import RecordRef
from app.domain.metrics.plans import is_done, progress
from app.domain.plans import Action, ActionDraft
from app.services.plans import Actions, WholePlan
from app.words import plans as words
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs.action import ActionDialog
from ui.editing import Editing
from ui.pages.client.plan_rows import ACTION_COLUMNS, ActionContext, action_lines, read_action, reading_of
from ui.widgets.line_list import LineList
from ui.widgets.list_section import ListSection
from ui.widgets.quick_entry import Reading
from ui.widgets.text import one_line


class PlanActions(QWidget):
    """Space ticks, Enter or F2 changes, Del deletes, typing beneath adds."""

    def __init__(self, desk: Desk, actions: Actions, editing: Editing) -> None:
        super().__init__()
        self._desk = desk
        self._service = actions
        self._editing = editing
        self._whole: WholePlan | None = None
        self._context = ActionContext({}, {}, "GBP", date.min)
        lines = LineList(desk.theme, tr("Actions"), columns=ACTION_COLUMNS)
        self.section = ListSection(
            desk.theme,
            desk.icons,
            tr("Actions"),
            lines,
            add=tr("+ Add an action: what, who, when, how long"),
            read=self._read,
            always=True,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.section)
        layout.addStretch(1)
        self.section.added.connect(self._on_added)
        lines.ticked.connect(self._on_ticked)
        lines.opened.connect(self.open_action)
        lines.deleted.connect(self._on_deleted)
        lines.menu_wanted.connect(self._on_menu)

    @property
    def lines(self) -> LineList:
        """The list."""
        return self.section.lines

    def record_at_hand(self) -> RecordRef | None:
        """Give the action of the current line."""
        key = self.lines.current_key()
        return RecordRef("action", key) if isinstance(key, int) else None

    def show_plan(self, whole: WholePlan, context: ActionContext) -> None:
        """Show the actions of a plan."""
        self._whole = whole
        self._context = context
        count = words.done(progress(whole.actions, context.as_of))
        self.section.show_lines(action_lines(whole.actions, context), count)

    def open_action(self, action_id: int) -> None:
        """Change an action in its dialog."""
        action = self._action(action_id)
        if action is not None and self._desk.may_type:
            self._editing.open(self._dialog(action, new=False), partial(self._service.change, action_id))

    def open_new(self, objective_id: int | None = None) -> None:
        """Make an action in its dialog, for an objective where one is named."""
        if self._whole is not None and self._desk.may_type:
            draft = ActionDraft(plan_id=self._whole.plan.id, title="", objective_id=objective_id)
            self._editing.open(self._dialog(draft, new=True), self._service.add)

    def menu_of(self, action: Action) -> QMenu:
        """Make the menu of an action."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        done = is_done(action, self._context.as_of)
        tick = tr("Open again\tSpace") if done else tr("Done\tSpace")
        menu.addAction(tick, partial(self._on_ticked, action.id))
        menu.addAction(tr("Change…\tEnter"), partial(self.open_action, action.id))
        menu.addAction(tr("New action…"), partial(self.open_new, action.objective_id))
        menu.addAction(tr("Delete\tDel"), partial(self._on_deleted, action.id))
        return menu

    def _dialog(self, draft: ActionDraft, *, new: bool) -> ActionDialog:
        context = self._context
        objectives, us = list(context.objectives.values()), list(context.colleagues.values())
        return ActionDialog(self._desk, context.currency, draft, objectives, us, new=new, parent=self._editing.over)

    def _action(self, action_id: int) -> Action | None:
        actions = () if self._whole is None else self._whole.actions
        return next((action for action in actions if action.id == action_id), None)

    def _draft(self, line: str) -> ActionDraft | None:
        if self._whole is None:
            return None
        context = self._context
        objectives = list(context.objectives.values())
        entry = read_action(line, context.colleagues.values(), objectives, context.currency, context.as_of)
        return ActionDraft(
            plan_id=self._whole.plan.id,
            title=entry.title,
            objective_id=entry.objective_id,
            owner_id=entry.owner_id,
            due=entry.due,
            minutes=entry.minutes,
            cost=entry.cost,
        )

    def _read(self, line: str) -> Reading:
        context = self._context
        objectives = list(context.objectives.values())
        entry = read_action(line, context.colleagues.values(), objectives, context.currency, context.as_of)
        return reading_of(entry, context)

    def _on_added(self, line: str) -> None:
        draft = self._draft(line)
        if draft is not None:
            self._service.add(draft)
            self.section.clear()

    def _on_ticked(self, action_id: int) -> None:
        action = self._action(action_id)
        if action is not None and self._desk.may_type:
            done = is_done(action, self._context.as_of)
            self._service.tick(action_id, None if done else self._desk.day)

    def _on_deleted(self, action_id: int) -> None:
        action = self._action(action_id)
        if action is not None and self._desk.may_type:
            self._service.delete([action_id])
            self._editing.say(tr("Deleted action “{what}”").format(what=one_line(action.title)))

    def _on_menu(self, action_id: int, place: QPoint) -> None:
        action = self._action(action_id)
        if action is not None and self._desk.may_type:
            self.menu_of(action).popup(place)
