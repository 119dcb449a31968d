"""The Plan tab: what the client wants, what we are here to do, the actions, and what it all costs against its fee."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout

from app.domain.changes import RecordRef
from app.domain.metrics import plans as metrics
from app.domain.metrics.plans import Lack, Missing
from app.domain.plans import PlanDraft
from app.services.book import Book
from app.services.client_figures import ClientFigures
from app.services.plans import WholePlan
from app.words import plans as words
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs.plan import PlanDialog
from ui.drafts import LineKeeper
from ui.editing import Editing
from ui.icons import Icon
from ui.pages.client.plan_actions import PlanActions
from ui.pages.client.plan_chooser import PlanChooser
from ui.pages.client.plan_columns import PlanColumns
from ui.pages.client.plan_goals import PlanGoals
from ui.pages.client.plan_rows import ActionContext
from ui.pages.client.plan_side import PlanSide
from ui.pages.client.tab import ClientTab
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import ScrollPage
from ui.widgets.list_section import ListSection
from ui.widgets.text import one_line, tip

TABLES = (
    "plan", "objective", "action", "promise", "person", "client", "colleague", "hourly_cost", "firm", "fee", "contact",
)  # fmt: skip


class PlanTab(ClientTab):
    """One plan of a client at a time; `corner` chooses which."""

    def __init__(self, desk: Desk, book: Book) -> None:
        super().__init__(desk, TABLES)
        self._book = book
        self._plans: list[WholePlan] = []
        self._shown: WholePlan | None = None
        self._wanted: int | None = None
        self._missing: Missing | None = None
        self._flag = ""
        editing = Editing(desk, book.history, self)
        self.editing = editing
        self.corner = PlanChooser(desk)
        self.goals = PlanGoals(desk, book.plans, book.objectives, editing)
        self.action_list = PlanActions(desk, book.actions, editing)
        self.side = PlanSide(desk, book.plans, book.promises, editing)
        self.empty = EmptyState(
            desk.theme,
            desk.icons,
            Icon.PLANS,
            tr("No plan yet."),
            tr("What do they want, and what are we here to do?"),
            action=tr("New plan…"),
        )
        self._kept = {key: LineKeeper(desk.drafts, part.add_line.line) for key, part in self._sections().items()}
        self._lay_out()
        self.empty.button.clicked.connect(self.new_plan)
        self.corner.chosen.connect(self._on_chosen)
        self.corner.new_wanted.connect(self.new_plan)
        self.corner.change_wanted.connect(self.change_plan)
        self.corner.reviewed.connect(self._on_reviewed)
        self.corner.deleted.connect(self._on_deleted)
        self.side.fill_wanted.connect(self._on_fill)

    def client_changed(self) -> None:
        """Begin with the plan of the day."""
        self._wanted = None

    def take_focus(self) -> None:
        """Begin in the actions; where there are none, in the line that adds one; without a plan, at its button."""
        if self._shown is None:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._shown.actions or not self.desk.may_type:
            self.action_list.lines.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.action_list.section.begin_adding()

    def reload(self) -> None:
        """Read the client's plans again."""
        day = self.desk.day
        book = self._book.figures.on(day)
        client = book.clients.get(self.client_id)
        if client is None:
            return
        self._plans = self._book.plans.whole(self.client_id)
        records = [whole.plan for whole in self._plans]
        shown = next((plan for plan in records if plan.id == self._wanted), None) or metrics.plan_of_day(records, day)
        self._shown = next((whole for whole in self._plans if shown is not None and whole.plan.id == shown.id), None)
        self.corner.show_plans(records, shown, day)
        self._let_type()
        self._pages.setCurrentIndex(0 if self._shown is not None else 1)
        if self._shown is not None:
            self._show(self._shown, client, book.firm.currency)

    def hasHeightForWidth(self) -> bool:
        """Never ask the page for more room than it gives: the plan scrolls by itself."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the chooser know how much room there is beside the tabs."""
        super().resizeEvent(event)
        self.corner.set_room(self.width())

    def new_plan(self) -> None:
        """Make a plan in its dialog: the year that follows the last plan, else the coming twelve months."""
        if not self.desk.may_type:
            return
        last = max((whole.plan for whole in self._plans), key=lambda plan: plan.ends, default=None)
        starts = last.ends + timedelta(days=1) if last is not None and last.ends >= self.desk.day else self.desk.day
        ends = _year_after(starts)
        years = f"{starts.year}" if starts.year == ends.year else f"{starts.year}/{ends.year % 100:02d}"
        draft = PlanDraft(
            client_id=self.client_id, title=tr("Plan {years}").format(years=years), starts=starts, ends=ends
        )
        currency = self._book.firm.get().currency
        dialog = PlanDialog(self.desk, currency, draft, new=True, before=last, parent=self.editing.over)
        self.editing.open(dialog, self._on_plan_made)

    def record_at_hand(self) -> RecordRef | None:
        """Give the plan shown."""
        return None if self._shown is None else RecordRef("plan", self._shown.plan.id)

    def change_plan(self) -> None:
        """Change title, period and fee in the dialog."""
        if self._shown is not None and self.desk.may_type:
            plan = self._shown.plan
            currency = self._book.firm.get().currency
            dialog = PlanDialog(self.desk, currency, plan, new=False, parent=self.editing.over)
            self.editing.open(dialog, partial(self._book.plans.change, plan.id))

    def _show(self, whole: WholePlan, client: ClientFigures, currency: str) -> None:
        day = self.desk.day
        colleagues = {who.id: who for who in self._book.colleagues.every()}
        objectives = {objective.id: objective for objective in whole.objectives}
        people = {person.id: person for person in self._book.people.of_client(self.client_id)}
        for key, kept in self._kept.items():
            kept.turn_to(f"{key} of {whole.plan.id}")
        self.goals.show_plan(whole, client.client.name)
        self.action_list.show_plan(whole, ActionContext(objectives, colleagues, currency, day))
        self.side.show_plan(whole.plan)
        self.side.show_promises(self._book.promises.of_client(self.client_id), people, day)
        self.side.show_cost(*self._cost(whole, currency))
        self._show_next(whole, client)

    def _cost(self, whole: WholePlan, currency: str) -> tuple[str, list[str]]:
        day, plan = self.desk.day, whole.plan
        firm = self._book.firm.get()
        cost = metrics.plan_cost(whole.actions, plan.expected_fee, self._book.colleagues.costs(), firm.hourly_cost, day)
        fees = self._book.figures.series(self.client_id).fees
        before = metrics.plan_before((other.plan for other in self._plans), plan)
        told = [words.cost_workings(cost, currency), *words.cost_gaps(cost)]
        for earlier in (plan, before):
            if earlier is not None:
                came = metrics.fees_of_period(earlier, fees, day)
                told.append(words.came(earlier, came, currency, so_far=earlier is plan))
        return words.cost_head(cost, currency), told

    def _show_next(self, whole: WholePlan, client: ClientFigures) -> None:
        self._flag = words.flagged(client.warnings)
        self._missing = metrics.next_to_fill(
            whole.plan,
            whole.objectives,
            whole.actions,
            self.desk.day,
            flagged=bool(self._flag),
            succeeded=any(other.plan.starts > whole.plan.starts for other in self._plans),
        )
        said = ("", "") if self._missing is None else words.missing(self._missing, self._flag)
        self.side.show_next(*said)

    def _let_type(self) -> None:
        may = self.desk.may_type
        why = self.desk.why_not
        self.empty.button.setEnabled(may)
        self.empty.button.setToolTip(tip(why))
        for part in self._sections().values():
            part.set_may(may=may, why=why, nothing=tr("none"))

    def _sections(self) -> dict[str, ListSection]:
        side = self.side
        return {
            "goal": self.goals.goals,
            "objective": self.goals.objectives,
            "action": self.action_list.section,
            "risk": side.risks,
            "opportunity": side.chances,
            "our promise": side.ours,
            "their promise": side.theirs,
        }

    def _lay_out(self) -> None:
        page = ScrollPage(self.desk.theme)
        page.body.setContentsMargins(0, 0, 0, 0)
        page.body.addWidget(PlanColumns(self.desk.theme, self.goals, self.action_list, self.side))
        page.body.addStretch(1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(page)
        self._pages.addWidget(self.empty)

    def _on_chosen(self, plan_id: int) -> None:
        self._wanted = plan_id
        self.reload()

    def _on_plan_made(self, draft: PlanDraft) -> None:
        self._wanted = self._book.plans.add(draft)
        self.reload()

    def _on_reviewed(self) -> None:
        if self._shown is not None and self.desk.may_type:
            plan = self._shown.plan
            self._book.plans.change(plan.id, replace(plan, reviewed_on=self.desk.day))

    def _on_deleted(self) -> None:
        if self._shown is not None and self.desk.may_type:
            plan = self._shown.plan
            self._book.plans.delete([plan.id])
            self.editing.say(tr("Deleted “{plan}” with its actions").format(plan=one_line(plan.title)))

    def _on_fill(self) -> None:
        missing = self._missing
        if missing is None or not self.desk.may_type:
            return
        mends: Mapping[Lack, Callable[[], object]] = {
            Lack.NEXT_PLAN: self.new_plan,
            Lack.GOALS: self.goals.goals.begin_adding,
            Lack.OBJECTIVES: self.goals.objectives.begin_adding,
            Lack.ACTIONS: self.action_list.section.begin_adding,
            Lack.FLAGGED_RISK: partial(self.side.add_risk, self._flag),
            Lack.FEE: self.change_plan,
            Lack.RISKS: self.side.risks.begin_adding,
            Lack.OPPORTUNITIES: self.side.chances.begin_adding,
            Lack.REVIEW: self._on_reviewed,
        }
        if missing.lack in mends:
            mends[missing.lack]()
        elif missing.action is not None:
            self.action_list.open_action(missing.action.id)
        elif missing.lack is Lack.ACTION_FOR and missing.objective is not None:
            self.action_list.open_new(missing.objective.id)
        elif missing.objective is not None:
            self.goals.open_objective(missing.objective.id)


def _year_after(starts: date) -> date:
    """Give the last day of the year that begins on a day; 29 February's ends on the 28th."""
    try:
        return starts.replace(year=starts.year + 1) - timedelta(days=1)
    except ValueError:
        return starts.replace(year=starts.year + 1, day=28)
