"""The left column of a plan: what the client wants, in their words, and what we are here to do."""

from dataclasses import replace
from functools import partial

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.changes import RecordRef
from app.domain.plans import Objective, ObjectiveDraft, Plan
from app.errors import AppError
from app.services.plans import Objectives, Plans, WholePlan
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs.objective import ObjectiveDialog
from ui.editing import Editing
from ui.pages.client.plan_rows import lines_of, objective_lines, with_line
from ui.tokens import TextRole
from ui.widgets.line_list import LineList
from ui.widgets.list_section import ListSection
from ui.widgets.text import one_line

# What stands beside a head: the plus and the gaps.
HEAD_TAKES = 44


class PlanGoals(QWidget):
    """Goals, editable in place, and objectives with how far their actions have brought them."""

    def __init__(self, desk: Desk, plans: Plans, objectives: Objectives, editing: Editing) -> None:
        super().__init__()
        self._desk = desk
        self._plans = plans
        self._service = objectives
        self._editing = editing
        self._plan: Plan | None = None
        self._objectives: dict[int, Objective] = {}
        theme, icons = desk.theme, desk.icons
        goals = LineList(theme, tr("What the client wants"), editable=True)
        self.goals = ListSection(theme, icons, tr("What they want"), goals, add=tr("+ Add a goal, in their words"))
        self.objectives = ListSection(
            theme,
            icons,
            tr("What we are here to do"),
            LineList(theme, tr("What we are here to do")),
            add=tr("+ Add an objective"),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(24)
        layout.addWidget(self.goals)
        layout.addWidget(self.objectives)
        layout.addStretch(1)
        self.goals.added.connect(self._on_goal_added)
        goals.renamed.connect(self._on_goal_renamed)
        goals.deleted.connect(self._on_goal_deleted)
        self.objectives.added.connect(self._on_objective_added)
        self.objectives.lines.opened.connect(self.open_objective)
        self.objectives.lines.deleted.connect(self._on_objective_deleted)

    def record_at_hand(self) -> RecordRef | None:
        """Give the objective of the current line; goals are the plan's own."""
        lines = self.objectives.lines
        key = lines.current_key() if lines.hasFocus() else None
        return RecordRef("objective", key) if isinstance(key, int) else None

    def show_plan(self, whole: WholePlan, client: str) -> None:
        """Show the goals and objectives of a plan."""
        self._plan = whole.plan
        self._objectives = {objective.id: objective for objective in whole.objectives}
        whose = tr("What {client} wants").format(client=one_line(client))
        room = self.goals.width() - self._desk.theme.px(HEAD_TAKES)
        fits = QFontMetrics(self._desk.theme.font(TextRole.SECTION)).horizontalAdvance(whose) <= room
        self.goals.set_words(whose if fits else tr("What they want"))
        self.goals.show_lines(lines_of(whole.plan.goals))
        self.objectives.show_lines(objective_lines(whole.objectives, whole.actions, self._desk.day))

    def open_objective(self, objective_id: int) -> None:
        """Change an objective in its dialog."""
        objective = self._objectives.get(objective_id)
        if objective is not None and self._desk.may_type:
            dialog = ObjectiveDialog(self._desk.theme, objective, new=False, parent=self._editing.over)
            self._editing.open(dialog, partial(self._service.change, objective_id))

    def _write_goals(self, place: int | None, words: str) -> None:
        plan = self._plan
        if plan is not None:
            self._plans.change(plan.id, replace(plan, goals=with_line(plan.goals, place, words)))

    def _on_goal_added(self, words: str) -> None:
        self._write_goals(None, words)
        self.goals.clear()

    def _on_goal_renamed(self, place: int, words: str) -> None:
        try:
            self._write_goals(place, words)
        except AppError:
            self.goals.hold(words)
            raise

    def _on_goal_deleted(self, place: int) -> None:
        self._write_goals(place, "")
        self._editing.say(tr("Deleted a goal"))

    def _on_objective_added(self, words: str) -> None:
        if self._plan is not None:
            self._service.add(ObjectiveDraft(plan_id=self._plan.id, title=words))
            self.objectives.clear()

    def _on_objective_deleted(self, objective_id: int) -> None:
        objective = self._objectives.get(objective_id)
        if objective is not None:
            self._service.delete([objective_id])
            self._editing.say(tr("Deleted objective “{what}”").format(what=one_line(objective.title)))
