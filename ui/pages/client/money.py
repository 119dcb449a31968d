"""The Money tab: fees with what each counts as, costs and engagements, and the workings beside them."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.changes import RecordRef
from app.domain.costs import CostDraft
from app.domain.engagements import Engagement, EngagementDraft
from app.domain.fees import Fee, FeeDraft
from app.domain.records import draft_of
from app.domain.vocabulary import CostKind, FeeKind
from app.services.book import Book
from app.services.explanations import Explanations, MoneyWorkings
from app.services.records import Records
from app.words.catalogue import tr, trn
from ui.desk import Desk
from ui.dialogs.cost import CostDialog
from ui.dialogs.engagement import EngagementDialog
from ui.dialogs.fee import FeeChoices, FeeDialog, RateDialog
from ui.editing import Editing
from ui.icons import Icon
from ui.pages.client.figures import view_of
from ui.pages.client.money_notices import MoneyNotices
from ui.pages.client.money_rows import (
    CostRow,
    EngagementRow,
    FeeRow,
    cost_columns,
    engagement_columns,
    engagement_rows,
    fee_columns,
    fee_rows,
)
from ui.pages.client.money_side import MoneySide
from ui.pages.client.tab import LEFT_SHARE, RIGHT_SHARE, ClientTab, SideColumn
from ui.tokens import SIZES
from ui.view_state import remember_columns
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.explanation import show_explanation
from ui.widgets.flow_box import FlowBox
from ui.widgets.layout import row
from ui.widgets.table import Table
from ui.widgets.text import tip

TABLES = ("fee", "cost", "engagement", "contact", "contact_colleague", "client", "stage", "firm", "hourly_cost")
SIDE = 264
FEES, COSTS, ENGAGEMENTS = range(3)


class MoneyTab(ClientTab):
    """Money in and out of one client."""

    def __init__(self, desk: Desk, book: Book, explanations: Explanations) -> None:
        super().__init__(desk, TABLES)
        self._book = book
        self._explanations = explanations
        self._fees: list[Fee] = []
        self._engagements: list[Engagement] = []
        self._workings: MoneyWorkings | None = None
        self.editing = Editing(desk, book.history, self)
        theme = desk.theme
        self.fees: Table[FeeRow] = Table(theme, fee_columns(), attrgetter("id"), name=tr("Fees"))
        self.costs: Table[CostRow] = Table(theme, cost_columns(), attrgetter("id"), name=tr("Costs"))
        self.engagements: Table[EngagementRow] = Table(
            theme, engagement_columns(), attrgetter("id"), name=tr("Engagements")
        )
        self.switches = tuple(Button(theme, "") for _ in range(3))
        self.add = Button(theme, "", key="Insert")
        self.credit = Button(theme, tr("Credit note…"))
        self.notices = MoneyNotices(theme)
        self.empty = EmptyState(theme, desk.icons, Icon.TABLE, "", " ", action=" ")
        self.side = MoneySide(desk)
        self._tables = QStackedWidget()
        self._place = FEES
        self._lay_out()
        self._connect()
        self._show_table(FEES)

    def take_focus(self) -> None:
        """Begin in the table, or at what fills it."""
        (self._shown_table if self._shown_table.rows.rows else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def record_at_hand(self) -> RecordRef | None:
        """Give the fee, cost or engagement of the current row."""
        current = self._shown_table.current_row()
        return None if current is None else RecordRef(("fee", "cost", "engagement")[self._place], current.id)

    def reload(self) -> None:
        """Read the money again."""
        day, key = self.desk.day, self.client_id
        book = self._book.figures.on(day)
        if key not in book.clients:
            return
        base = book.firm.currency
        self._fees = self._book.fees.of_client(key)
        self._engagements = self._book.engagements.of_client(key)
        costs = self._book.costs.of_client(key)
        self._workings = self._explanations.money(key, day)
        named = {each.id: each.name for each in self._engagements}
        self.fees.set_rows(fee_rows(self._fees, self._workings.tfi.rows, named, base))
        self.costs.set_rows([CostRow(cost, named.get(cost.engagement_id or 0, ""), base) for cost in costs])
        self.engagements.set_rows(engagement_rows(self._engagements, self._fees, costs, day, base))
        foreign = any(fee.currency != base for fee in self._fees)
        self.fees.setColumnHidden(_column(self.fees, "original"), not foreign)
        for switch, words in zip(
            self.switches,
            (
                trn("{n} fee", "{n} fees", len(self._fees)),
                trn("{n} cost", "{n} costs", len(costs)),
                trn("{n} engagement", "{n} engagements", len(self._engagements)),
            ),
            strict=True,
        ):
            switch.set_words(words)
        may = self.desk.may_type
        for button in (self.add, self.credit):
            button.setEnabled(may)
            button.setToolTip(tip(self.desk.why_not))
        offers = self._book.fees.link_offers(key) if may else {}
        self.notices.show_notices(self._fees, offers, may=may)
        self.side.show_workings(self._workings, base)
        self._show_table(self._place)

    def _lay_out(self) -> None:
        for table, view in (
            (self.fees, "client.fees"),
            (self.costs, "client.costs"),
            (self.engagements, "client.jobs"),
        ):
            self._tables.addWidget(table)
            table.setMinimumHeight(self.desk.theme.px(4 * SIZES.row))
            remember_columns(table, self.desk.store, view)
        self._tables.addWidget(self.empty)
        for switch in self.switches:
            switch.setCheckable(True)
        left = QVBoxLayout()
        left.setSpacing(SIZES.gap)
        top = row(FlowBox(*self.switches, gap=4), self.credit, self.add, gap=4)
        top.setStretch(0, 1)
        left.addLayout(top)
        left.addWidget(self.notices)
        left.addWidget(self._tables, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(32)
        whole.addLayout(left, LEFT_SHARE)
        whole.addWidget(SideColumn(self.desk.theme, self.side, SIDE), RIGHT_SHARE)

    def _connect(self) -> None:
        for place, switch in enumerate(self.switches):
            switch.clicked.connect(partial(self._on_switch, place))
        self.add.clicked.connect(self._on_add)
        self.credit.clicked.connect(self._on_add_credit)
        self.notices.link_wanted.connect(self._on_link)
        self.notices.rate_wanted.connect(self._on_rate)
        self.side.explanation_wanted.connect(self._on_explain)
        tables: tuple[tuple[Table[Any], Callable[[Any], None]], ...] = (
            (self.fees, self._on_fee), (self.costs, self._on_cost), (self.engagements, self._on_engagement)
        )  # fmt: skip
        for table, edit in tables:
            table.opened.connect(edit)
            for keys, slot in (("F2", self._on_edit), ("Del", self._on_delete)):
                shortcut = QShortcut(QKeySequence(keys), table)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(slot)
        insert = QShortcut(QKeySequence("Ins"), self)
        insert.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        insert.activated.connect(self._on_add)
        self.empty.button.clicked.connect(self._on_add)

    def _show_table(self, place: int) -> None:
        self._place = place
        filled = bool(self._shown_table.rows.rows)
        self._tables.setCurrentIndex(place if filled else len(self.switches))
        for at, switch in enumerate(self.switches):
            switch.setChecked(at == place)
        add = (tr("Add a fee"), tr("Add a cost"), tr("Add an engagement"))[place]
        self.add.set_words((tr("Fee…"), tr("Cost…"), tr("Engagement…"))[place])
        self.add.setAccessibleName(add)
        self.credit.setVisible(place == FEES)
        self.empty.set_words(*_NOTHING[place])
        self.empty.button.set_words(add)
        self.empty.button.setEnabled(self.desk.may_type)

    def _on_switch(self, place: int, _checked: bool = False) -> None:
        self._show_table(place)
        self.take_focus()

    @property
    def _shown_table(self) -> Table[Any]:
        tables: tuple[Table[Any], ...] = (self.fees, self.costs, self.engagements)
        return tables[self._place]

    def _base(self) -> str:
        return self._book.figures.on(self.desk.day).firm.currency

    def _on_add(self) -> None:
        if not self.desk.may_type:
            return
        today, key = date.today(), self.client_id
        match self._place:
            case 0:
                self._open_fee(self._new_fee(FeeKind.INVOICE), None)
            case 1:
                draft = CostDraft(client_id=key, on=today, amount=0, kind=CostKind.DELIVERY)
                self._open_cost(draft, None)
            case _:
                self._open_engagement(EngagementDraft(client_id=key, name="", starts=today), None)

    def _on_add_credit(self) -> None:
        self._open_fee(self._new_fee(FeeKind.CREDIT), None)

    def _new_fee(self, kind: FeeKind) -> FeeDraft:
        client = self._book.clients.get(self.client_id)
        currency = client.currency or self._base()
        return FeeDraft(
            client_id=self.client_id, on=date.today(), original=0, currency=currency, amount=None, kind=kind
        )

    def _on_edit(self) -> None:
        table = self._shown_table
        current = table.current_row()
        if current is not None:
            table.opened.emit(current)

    def _on_fee(self, chosen: FeeRow) -> None:
        if self.desk.may_type:
            self._open_fee(draft_of(FeeDraft, chosen.fee), chosen.id)

    def _on_cost(self, chosen: CostRow) -> None:
        if self.desk.may_type:
            self._open_cost(draft_of(CostDraft, chosen.cost), chosen.id)

    def _on_engagement(self, chosen: EngagementRow) -> None:
        if self.desk.may_type:
            self._open_engagement(draft_of(EngagementDraft, chosen.engagement), chosen.id)

    def _open_fee(self, draft: FeeDraft, fee_id: int | None) -> None:
        invoices = tuple(fee for fee in self._fees if fee.kind is FeeKind.INVOICE and fee.id != fee_id)
        choices = FeeChoices(self._base(), tuple(self._engagements), invoices)
        dialog = FeeDialog(self.desk, draft, choices, new=fee_id is None, parent=self.editing.over)
        fees = self._book.fees
        self.editing.open(dialog, partial(self._add, fees) if fee_id is None else partial(fees.change, fee_id))

    def _open_cost(self, draft: CostDraft, cost_id: int | None) -> None:
        new = cost_id is None
        dialog = CostDialog(self.desk, draft, self._engagements, self._base(), new=new, parent=self.editing.over)
        costs = self._book.costs
        self.editing.open(dialog, partial(self._add, costs) if cost_id is None else partial(costs.change, cost_id))

    def _open_engagement(self, draft: EngagementDraft, row_id: int | None) -> None:
        dialog = EngagementDialog(self.desk, draft, self._base(), new=row_id is None, parent=self.editing.over)
        engagements = self._book.engagements
        save = partial(self._add, engagements) if row_id is None else partial(engagements.change, row_id)
        self.editing.open(dialog, save)

    def _add(self, records: Records[Any, Any], draft: object) -> None:
        made = records.add(draft)
        self._shown_table.choose(made)

    def _on_delete(self) -> None:
        if not self.desk.may_type:
            return
        ids: Sequence[int] = [chosen.id for chosen in self._shown_table.chosen_rows()]
        if not ids:
            return
        service = (self._book.fees, self._book.costs, self._book.engagements)[self._place]
        service.delete(ids)
        words = (
            trn("Deleted {n} fee", "Deleted {n} fees", len(ids)),
            trn("Deleted {n} cost", "Deleted {n} costs", len(ids)),
            trn("Deleted {n} engagement", "Deleted {n} engagements", len(ids)),
        )[self._place]
        self.editing.say(words)

    def _on_link(self, credit_id: int, invoice_id: int) -> None:
        self._book.fees.link(credit_id, invoice_id)
        self.editing.say(tr("Credit note linked to its invoice"))

    def _on_rate(self, fees: tuple[Fee, ...]) -> None:
        dialog = RateDialog(self.desk, fees[0].currency, self._base(), fees, parent=self.editing.over)
        self.editing.open(dialog, partial(self._book.fees.set_rate, tuple(fee.id for fee in fees)))

    def _on_explain(self, anchor: QWidget) -> None:
        show_explanation(self.desk.theme, anchor, view_of(self._explanations.tfi(self.client_id, self.desk.day)))


_NOTHING = (
    (
        tr("No fees are recorded yet."),
        tr("Every invoice and credit note, net of tax; lists are brought in with Ctrl+I."),
    ),
    (tr("No costs are recorded yet."), tr("Without costs there is no profit; what winning and serving them took.")),
    (tr("No engagements are recorded yet."), tr("Projects and retainers group fees and costs.")),
)


def _column(table: Table[Any], key: str) -> int:
    return next(place for place, column in enumerate(table.rows.columns) if column.key == key)
