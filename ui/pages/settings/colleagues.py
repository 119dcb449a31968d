"""Colleagues: who we are, and what an hour of each costs from which day on."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from app.domain.changes import RecordRef
from app.domain.checking import InvalidInputError
from app.domain.colleagues import Colleague, ColleagueDraft, HourlyCost, cost_on, initials_of
from app.errors import AppError
from app.services.firm import Colleagues
from app.words import formats
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs.colleague import ColleagueDialog, ColleagueMade
from ui.models.rows import Align, Column
from ui.pages.settings.section import SettingsSection
from ui.tokens import SIZES, Tone
from ui.widgets.buttons import Button
from ui.widgets.layout import row
from ui.widgets.table import Table


@dataclass(frozen=True, slots=True)
class Line:
    """A colleague as the table shows it."""

    colleague: Colleague
    cost: int | None
    since: date | None
    currency: str

    @property
    def colleague_id(self) -> int:
        """The colleague's id."""
        return self.colleague.id


def _tone(line: Line) -> Tone:
    return Tone.PLAIN if line.colleague.active else Tone.QUIET


COLUMNS: tuple[Column[Line], ...] = (
    Column("name", tr("Name"), text=lambda r: r.colleague.name, strong=True, stretch=True, width=180, tone=_tone),
    Column("initials", tr("Initials"), text=lambda r: r.colleague.initials, width=80, tone=_tone),
    Column(
        "cost",
        tr("An hour costs"),
        text=lambda r: formats.money(r.cost, r.currency, pence=True),
        value=lambda r: r.cost,
        align=Align.RIGHT,
        width=120,
        tone=_tone,
    ),
    Column("since", tr("Since"), text=lambda r: formats.day(r.since), value=lambda r: r.since, width=110, tone=_tone),
    Column("active", "", text=lambda r: "" if r.colleague.active else tr("left"), width=60, tone=_tone),
)  # fmt: skip

MOST_ROWS = 12


class ColleaguesSection(SettingsSection):
    """A small table with its dialog."""

    def __init__(self, desk: Desk, colleagues: Colleagues, currency: str) -> None:
        super().__init__(
            desk,
            tr("Colleagues and what an hour costs"),
            tr("Minutes of contacts are counted at the cost of the colleague on that day; older days keep their cost."),
            "owner staff team hourly cost initials",
        )
        self._service = colleagues
        self._currency = currency
        self._dialog: ColleagueDialog | None = None
        self._table: Table[Line] = Table(desk.theme, COLUMNS, identity=_identity, name=tr("Colleagues"), several=False)
        self._table.opened.connect(self._on_edit)
        change = QShortcut(QKeySequence("F2"), self._table)
        change.setContext(Qt.ShortcutContext.WidgetShortcut)
        change.activated.connect(self._on_change)
        add = Button(desk.theme, tr("Add a colleague"))
        add.clicked.connect(self._on_add)
        self.lock(add)
        self.body.addWidget(self._table)
        self.body.addLayout(row(add, None))
        self.reload()

    def reload(self) -> None:
        """Show the colleagues of the book."""
        costs = self._service.costs()
        lines = [self._line(colleague, costs) for colleague in self._service.every()]
        self._table.set_rows(lines)
        # All of a small firm at a glance: a table that scrolls within a page that scrolls is hard to read.
        rows = 1 + min(max(len(lines), 1), MOST_ROWS)
        self._table.setFixedHeight(self.desk.theme.px(SIZES.row * rows + 4))

    def record_at_hand(self) -> RecordRef | None:
        """Give the colleague of the current row."""
        line = self._table.current_row()
        return None if line is None else RecordRef("colleague", line.colleague.id)

    def _line(self, colleague: Colleague, costs: list[HourlyCost]) -> Line:
        own = [cost for cost in costs if cost.colleague_id == colleague.id]
        today = self.desk.day
        since = max((cost.since for cost in own if cost.since <= today), default=None)
        return Line(colleague, cost_on(today, own), since, self._currency)

    def _on_add(self) -> None:
        self._open(None)

    def _on_change(self) -> None:
        line = self._table.current_row()
        if line is not None:
            self._on_edit(line)

    def _on_edit(self, line: Line) -> None:
        if self.desk.writable:
            self._open(line)

    def _open(self, line: Line | None) -> None:
        dialog = ColleagueDialog(
            self.desk, self._currency, line.colleague if line else None, line.cost if line else None, self.window()
        )
        dialog.accepted_draft.connect(self._on_made)
        dialog.finished.connect(self._on_closed)
        self._dialog = dialog
        dialog.keep_draft(self.desk.drafts)
        dialog.open()

    def _on_made(self, made: ColleagueMade) -> None:
        if self._dialog is None:
            return
        draft = made.draft if made.draft.initials else _with_initials(made.draft)
        try:
            if made.colleague_id is None:
                self._service.add(draft, made.cost)
            else:
                self._service.change(made.colleague_id, draft, made.cost)
        except InvalidInputError as error:
            self._dialog.form.show_problems(error.problems)
        except AppError as error:
            self.desk.messages.show(error)
        else:
            self._dialog.close()

    def _on_closed(self) -> None:
        self._dialog = None


def _with_initials(draft: ColleagueDraft) -> ColleagueDraft:
    return ColleagueDraft(name=draft.name, initials=initials_of(draft.name), email=draft.email, active=draft.active)


def _identity(line: Line) -> int:
    return line.colleague_id
