"""Which of a client's plans is shown, and what can be done with it: a button with a menu, at the right of the tabs."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.metrics.plans import plan_state
from app.domain.plans import Plan
from app.words import plans as words
from app.words.catalogue import tr
from ui.desk import Desk
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.layout import row
from ui.widgets.text import amp, tip

NEEDS = 700


class PlanChooser(QWidget):
    """Shows a plan's title, state and last review; the menu chooses, makes, changes and deletes."""

    chosen = Signal(int)
    new_wanted = Signal()
    change_wanted = Signal()
    reviewed = Signal()
    deleted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._plans: tuple[Plan, ...] = ()
        self._shown: Plan | None = None
        self._whole = ""
        self._short = False
        self.button = Button(desk.theme, "", kind=ButtonKind.QUIET, menu_mark=True)
        self.button.clicked.connect(self._on_clicked)
        self.setLayout(row(self.button))

    def show_plans(self, plans: Sequence[Plan], shown: Plan | None, as_of: date) -> None:
        """Show which plan is open of which."""
        self._plans = tuple(plans)
        self._shown = shown
        self.button.setVisible(shown is not None)
        if shown is not None:
            self._whole = words.title_line(shown, plan_state(shown, as_of), as_of)
            self.button.setToolTip(tip("\n".join((self._whole, words.period(shown)))))
            self._say()

    def set_room(self, width: int) -> None:
        """Say only the title where the tabs need the room."""
        self._short = width < self._desk.theme.px(NEEDS)
        self._say()

    def _say(self) -> None:
        if self._shown is not None:
            self.button.set_words(self._shown.title if self._short else self._whole)

    def menu(self) -> QMenu:
        """Make the menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for plan in self._plans:
            said = f"{plan.title}, {words.period(plan)} ({words.state(plan_state(plan, self._desk.day))})"
            action = menu.addAction(amp(said), partial(self._on_plan, plan.id))
            action.setCheckable(True)
            action.setChecked(self._shown is not None and plan.id == self._shown.id)
        menu.addSeparator()
        for said, signal in (
            (tr("New plan…"), self.new_wanted),
            (tr("Change title, period and fee…"), self.change_wanted),
            (tr("Reviewed today"), self.reviewed),
            (tr("Delete this plan"), self.deleted),
        ):
            menu.addAction(said, signal.emit).setEnabled(self._desk.may_type)
        return menu

    def _on_plan(self, plan_id: int) -> None:
        self.chosen.emit(plan_id)

    def _on_clicked(self) -> None:
        self.menu().popup(self.button.mapToGlobal(QPoint(0, self.button.height() + 4)))
