"""The right column of a plan: what it costs against its fee, the next thing to fill, risks, chances, promises."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.people import Person
from app.domain.plans import Plan
from app.domain.promises import Promise, PromiseDraft
from app.domain.vocabulary import PromiseBy
from app.errors import AppError
from app.services.plans import Plans
from app.services.promises import Promises
from app.services.quick_log import read_line
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs.promise import PromiseDialog
from ui.editing import Editing
from ui.pages.client.plan_rows import lines_of, promise_lines, with_line
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.labels import body, section, small
from ui.widgets.layout import hairline
from ui.widgets.line_list import LineList
from ui.widgets.list_section import ListSection
from ui.widgets.text import one_line


class PlanSide(QWidget):
    """The column; `fill_wanted` asks to mend what is missing next."""

    fill_wanted = Signal()

    def __init__(self, desk: Desk, plans: Plans, promises: Promises, editing: Editing) -> None:
        super().__init__()
        self._desk = desk
        self._plans = plans
        self._service = promises
        self._editing = editing
        self._plan: Plan | None = None
        self._promises: dict[int, Promise] = {}
        self._people: dict[int, Person] = {}
        self.cost = section()
        self.cost.setWordWrap(True)
        self.workings = small(wrap=True)
        self.next_words = body(wrap=True)
        self.next_link = Button(desk.theme, "", kind=ButtonKind.LINK)
        self.next_link.clicked.connect(self.fill_wanted)
        self.risks = self._section(tr("Risks"), tr("+ Add a risk"), editable=True)
        self.chances = self._section(tr("Opportunities"), tr("+ Add an opportunity"), editable=True)
        self.ours = self._section(tr("We owe"), tr("+ Add what we owe, until when"))
        self.theirs = self._section(tr("They owe"), tr("+ Add what they owe, until when"))
        self._lay_out()
        for part, name in ((self.risks, "risks"), (self.chances, "opportunities")):
            part.added.connect(partial(self._on_text_added, name, part))
            part.lines.renamed.connect(partial(self._on_text_renamed, name, part))
            part.lines.deleted.connect(partial(self._on_text_deleted, name))
        for part, who in ((self.ours, PromiseBy.US), (self.theirs, PromiseBy.THEM)):
            part.added.connect(partial(self._on_promise_added, who, part))
            part.lines.ticked.connect(self._on_promise_kept)
            part.lines.opened.connect(self._on_promise_opened)
            part.lines.deleted.connect(self._on_promise_deleted)

    @property
    def sections(self) -> tuple[ListSection, ...]:
        """The lists of the column."""
        return self.risks, self.chances, self.ours, self.theirs

    def show_plan(self, plan: Plan) -> None:
        """Show what could go wrong and what else could be done."""
        self._plan = plan
        self.risks.show_lines(lines_of(plan.risks))
        self.chances.show_lines(lines_of(plan.opportunities))

    def show_promises(self, promises: Sequence[Promise], people: Mapping[int, Person], as_of: date) -> None:
        """Show what is owed, by whom."""
        self._promises = {promise.id: promise for promise in promises}
        self._people = dict(people)
        for part, who in ((self.ours, PromiseBy.US), (self.theirs, PromiseBy.THEM)):
            part.show_lines(promise_lines((one for one in promises if one.by is who), people, as_of))

    def show_cost(self, head: str, told: Sequence[str]) -> None:
        """Say what the plan costs and what that is made of."""
        self.cost.set_text(head)
        self.workings.set_text("\n".join(filter(None, told)))
        self.workings.setVisible(bool(self.workings.text()))

    def show_next(self, sentence: str, link: str) -> None:
        """Say what to fill next, with the words of the link that mends it."""
        self.next_words.set_text(sentence or tr("Nothing is missing."))
        self.next_link.set_words(link)
        self.next_link.setVisible(bool(link) and self._desk.may_type)

    def add_risk(self, words: str) -> None:
        """Write a risk into the plan."""
        self._write("risks", None, words)

    def _section(self, words: str, add: str, *, editable: bool = False) -> ListSection:
        theme = self._desk.theme
        return ListSection(theme, self._desk.icons, words, LineList(theme, words, editable=editable), add=add)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(24)
        head = _stacked(self.cost, self.workings, gap=4)
        head.setContentsMargins(0, 4, 0, 0)
        layout.addLayout(head)
        layout.addLayout(_stacked(section(tr("Next thing to fill")), hairline(), self.next_words, self.next_link))
        for part in self.sections:
            layout.addWidget(part)
        layout.addStretch(1)

    def _write(self, name: str, place: int | None, words: str) -> None:
        plan = self._plan
        if plan is None:
            return
        if name == "risks":
            self._plans.change(plan.id, replace(plan, risks=with_line(plan.risks, place, words)))
        else:
            self._plans.change(plan.id, replace(plan, opportunities=with_line(plan.opportunities, place, words)))

    def _on_text_added(self, name: str, part: ListSection, words: str) -> None:
        self._write(name, None, words)
        part.clear()

    def _on_text_renamed(self, name: str, part: ListSection, place: int, words: str) -> None:
        try:
            self._write(name, place, words)
        except AppError:
            part.hold(words)
            raise

    def _on_text_deleted(self, name: str, place: int) -> None:
        self._write(name, place, "")
        self._editing.say(tr("Deleted a risk") if name == "risks" else tr("Deleted an opportunity"))

    def _on_promise_added(self, who: PromiseBy, part: ListSection, words: str) -> None:
        plan = self._plan
        entry = read_line(f"!{words}", self._desk.day, with_client=False)
        if plan is not None and entry.promises:
            said = entry.promises[0]
            self._service.add(PromiseDraft(client_id=plan.client_id, what=said.what, by=who, due=said.due))
            part.clear()

    def _on_promise_kept(self, promise_id: int) -> None:
        promise = self._promises.get(promise_id)
        if promise is not None:
            self._service.keep(promise_id, self._desk.day)
            self._editing.say(tr("Kept: {what}").format(what=one_line(promise.what)))

    def _on_promise_opened(self, promise_id: int) -> None:
        promise = self._promises.get(promise_id)
        if promise is not None and self._desk.may_type:
            people = list(self._people.values())
            dialog = PromiseDialog(self._desk, promise, people, new=False, parent=self._editing.over)
            self._editing.open(dialog, partial(self._service.change, promise_id))

    def _on_promise_deleted(self, promise_id: int) -> None:
        promise = self._promises.get(promise_id)
        if promise is not None:
            self._service.delete([promise_id])
            self._editing.say(tr("Deleted promise “{what}”").format(what=one_line(promise.what)))


def _stacked(*parts: QWidget, gap: int = 6) -> QVBoxLayout:
    layout = QVBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    for part in parts:
        layout.addWidget(part)
    return layout
