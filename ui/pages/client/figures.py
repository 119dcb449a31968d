"""The four figures in the head of a client's page, each opening the sheet that explains it."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from app.domain.metrics.cadence import ContactState
from app.services.book_figures import BookFigures
from app.services.client_figures import ClientFigures
from app.services.explanations import Explanations
from app.words import explanations as words
from app.words import formats, value_explanations
from app.words.catalogue import tr
from app.words.gap_explanations import gap_short
from ui.desk import Desk
from ui.tokens import Tone
from ui.widgets.explanation import Explanation, ExplanationRow, ExplanationView, show_explanation
from ui.widgets.figure import Figure
from ui.widgets.layout import hairline

GAP = 20
# Lifetime value and profit have the longest lines beneath them.
SHARES = (4, 5, 5, 3)
GAP_TONES = {
    ContactState.BADLY: Tone.OVERDUE,
    ContactState.OVERDUE: Tone.OVERDUE,
    ContactState.DUE_SOON: Tone.DUE,
}


class ClientFigureRow(QWidget):
    """TFI, lifetime value, profit and gap; `rows_wanted` gives the tab that shows what a figure was made of."""

    rows_wanted = Signal(str)

    def __init__(self, desk: Desk, explanations: Explanations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._explanations = explanations
        self._client_id = 0
        self.tfi = Figure(desk.theme, tr("TFI"))
        self.lifetime = Figure(desk.theme, tr("Lifetime value, 5 years"))
        self.profit = Figure(desk.theme, tr("Profit, 12 months"))
        self.gap = Figure(desk.theme, tr("Gap"))
        self._explained: tuple[tuple[Figure, Callable[[int, date], words.Explanation], str], ...] = (
            (self.tfi, explanations.tfi, "money"),
            (self.lifetime, explanations.lifetime, "money"),
            (self.profit, explanations.profit, "money"),
            (self.gap, explanations.gap, "dialogue"),
        )
        for place, (figure, _, _) in enumerate(self._explained):
            figure.clicked.connect(partial(self._on_clicked, place))
        self._lay_out()
        desk.theme.changed.connect(self._arrange)

    def show_figures(self, client: ClientFigures, book: BookFigures) -> None:
        """Show the figures of a client; what is withheld is a dash with its reason."""
        self._client_id = client.client.id
        currency = book.firm.currency
        fees = client.fees
        tone = Tone.QUIET if fees.bunched else Tone.PLAIN
        shown = formats.money(fees.tfi, currency) if fees.tfi is not None else ""
        self.tfi.set_figure(shown, words.tfi_short(fees, currency), tone)
        self._show_lifetime(client, book)
        parts = client.contribution_12
        profit = formats.money(parts.amount, currency) if parts.coverage else ""
        loss = Tone.OVERDUE if parts.coverage and parts.amount < 0 else Tone.PLAIN
        self.profit.set_figure(profit, value_explanations.profit_short(parts), loss)
        gap = client.contact
        days = "" if gap.days is None else formats.days(gap.days)
        sub = gap_short(gap, client.cadence, client.contact_rhythm)
        if client.next_planned is not None:
            sub = tr("next planned {day}").format(day=formats.short_day(client.next_planned, book.as_of))
        self.gap.set_figure(days, sub, GAP_TONES.get(gap.state, Tone.PLAIN))
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Two beside each other; four where there is room."""
        return QSize(max(half.minimumSize().width() for half in self._halves), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put two figures beneath the others where four have no room."""
        super().resizeEvent(event)
        self._arrange()

    def explain(self, place: int) -> Explanation:
        """Open the sheet of a figure by its place."""
        figure, explain, tab = self._explained[place]
        sheet = show_explanation(self._desk.theme, figure, view_of(explain(self._client_id, self._desk.day)))
        sheet.linked.connect(partial(self.rows_wanted.emit, tab))
        return sheet

    def _lay_out(self) -> None:
        figures = [figure for figure, _, _ in self._explained]
        self._between = hairline(upright=True)
        self._halves = [QHBoxLayout(), QHBoxLayout()]
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(GAP)
        for place, half in enumerate(self._halves):
            one, other = 2 * place, 2 * place + 1
            half.setSpacing(GAP)
            half.addWidget(figures[one], SHARES[one])
            half.addWidget(hairline(upright=True))
            half.addWidget(figures[other], SHARES[other])
            if place:
                self._whole.addWidget(self._between)
            self._whole.addLayout(half, SHARES[one] + SHARES[other])

    def _arrange(self) -> None:
        needed = sum(half.minimumSize().width() for half in self._halves) + 2 * GAP + self._between.width()
        under = self.width() < needed
        way = QBoxLayout.Direction.TopToBottom if under else QBoxLayout.Direction.LeftToRight
        self._between.setVisible(not under)
        self._whole.setDirection(way)

    def _show_lifetime(self, client: ClientFigures, book: BookFigures) -> None:
        currency = book.firm.currency
        given = self._explanations.lifetime_input(client.client.id, book.as_of)
        held = given.finite_withheld is not None
        shown = "" if held else formats.money(given.finite, currency)
        why = value_explanations.discounted_short(given)
        known = client.contribution.fees or client.contribution.cost or client.acquisition.amount
        so_far = tr("so far {value}").format(value=formats.money(client.historic, currency)) if known else ""
        self.lifetime.set_figure(shown, " · ".join(filter(None, (why, so_far))))

    def _on_clicked(self, place: int, _checked: bool = False) -> None:
        self.explain(place)


def view_of(explanation: words.Explanation) -> ExplanationView:
    """Dress an explanation for the sheet."""
    return ExplanationView(
        title=explanation.title,
        rule=explanation.rule,
        formula=explanation.formula,
        rows=tuple(ExplanationRow(line.symbol, line.meaning, line.working, line.value) for line in explanation.lines),
        paragraphs=explanation.paragraphs,
        note=explanation.note,
        link=explanation.link,
        lever=explanation.lever,
    )
