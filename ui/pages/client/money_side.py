"""The workings beside the money tables: TFI, streams, profit lines, what winning the client cost, payback."""

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.metrics.contribution import Contribution
from app.domain.metrics.incubation import Incubation
from app.domain.metrics.payback import Payback
from app.domain.metrics.tfi import FeeFigures
from app.domain.vocabulary import EngagementKind
from app.services.explanations import MoneyWorkings
from app.words import explanations as words
from app.words import formats, names, value_explanations
from app.words.catalogue import tr, trn
from app.words.explanations import Amounts
from ui.desk import Desk
from ui.tokens import Tone
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.labels import section, small
from ui.widgets.layout import clear, hairline, row

Cells = Sequence[str]


class MoneySide(QWidget):
    """The column at the right; every number is that of the figures, in words."""

    explanation_wanted = Signal(QWidget)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 4, 0, 0)
        self._layout.setSpacing(6)

    def show_workings(self, workings: MoneyWorkings, currency: str) -> None:
        """Show the workings of a client."""
        clear(self._layout)
        figures = workings.figures
        fees = figures.fees
        amounts = Amounts.fitting(currency, fees.observed, fees.product)
        self._tfi(workings, amounts)
        if workings.foreign is not None:
            self._foreign(*workings.foreign)
        self._streams(workings.streams, amounts)
        self._yearly(fees, amounts)
        self._profit(figures.contribution_12, figures.contribution, amounts)
        self._won(workings, amounts)
        self._layout.addStretch(1)

    def _tfi(self, workings: MoneyWorkings, amounts: Amounts) -> None:
        fees = workings.figures.fees
        explain = Button(self._desk.theme, tr("Explain"), kind=ButtonKind.LINK)
        explain.setAccessibleName(tr("Explain TFI"))
        explain.clicked.connect(self._on_explain)
        head = row(section(tr("TFI = S × (L ÷ T)")), None, explain)
        self._layout.addLayout(head)
        cells: list[Cells] = [
            (tr("S, average spend"), amounts.show(fees.spend)),
            (tr("T, average interval"), words.in_days(fees.interval)),
            (tr("L, length"), words.in_days(fees.length)),
            (tr("TFI"), amounts.show(fees.tfi) if fees.why_not is None else formats.DASH),
            (tr("Invoiced so far"), amounts.show(fees.observed)),
        ]
        if fees.booked_ahead:
            cells.append((tr("Booked ahead"), amounts.show(fees.booked_ahead)))
        self._table(cells, strong=(3,))
        if fees.why_not is not None:
            self._say(tr("No TFI: {reason}.").format(reason=tr(str(fees.why_not))))

    def _foreign(self, currency: str, fees: FeeFigures) -> None:
        self._head(tr("As invoiced, in {currency}").format(currency=currency))
        amounts = Amounts.fitting(currency, fees.observed, fees.product)
        self._table(
            [
                (tr("S"), amounts.show(fees.spend)),
                (tr("TFI"), amounts.show(fees.tfi)),
                (tr("Invoiced so far"), amounts.show(fees.observed)),
            ]
        )

    def _streams(self, streams: Sequence[tuple[EngagementKind, FeeFigures]], amounts: Amounts) -> None:
        if not streams:
            return
        self._head(tr("By stream"))
        heads = [names.name(kind) for kind, _ in streams]
        cells: list[Cells] = [("", *heads)]
        cells.append((tr("S"), *(amounts.show(own.spend) for _, own in streams)))
        cells.append((tr("T"), *(words.length(own.interval) for _, own in streams)))
        cells.append((tr("L"), *(words.length(own.length) for _, own in streams)))
        cells.append((tr("TFI"), *(amounts.show(own.tfi) for _, own in streams)))
        self._table(cells, strong=(4,))
        self._say(tr("The streams do not add up to the whole: each has a rhythm of its own."))
        for kind, own in streams:
            if own.why_not is not None:
                self._say(
                    tr("{stream}: no TFI, {reason}.").format(stream=names.name(kind), reason=tr(str(own.why_not)))
                )

    def _yearly(self, fees: FeeFigures, amounts: Amounts) -> None:
        if not fees.n:
            return
        self._head(tr("A year of fees"))
        self._table(
            [
                (tr("Last 12 months"), amounts.show(fees.last_12_months)),
                (tr("If this rhythm goes on"), amounts.show(fees.tfi_for())),
                (tr("Counting the silence"), amounts.show(fees.repeat_run_rate_year)),
            ]
        )
        for _, reason in fees.withheld:
            self._say(tr("Counting the silence: {reason}.").format(reason=tr(str(reason))))

    def _profit(self, year: Contribution, ever: Contribution, amounts: Amounts) -> None:
        self._head(tr("Profit"))
        lines = [
            ("", tr("12 months"), tr("so far")),
            (tr("Fees"), amounts.show(year.fees), amounts.show(ever.fees)),
            *(
                (name, amounts.show(-a), amounts.show(-b))
                for name, a, b in zip(
                    (tr("Delivery"), tr("Service"), tr("Retention"), tr("Time")),
                    value_explanations.costs_shown(year, amounts),
                    value_explanations.costs_shown(ever, amounts),
                    strict=True,
                )
                if a or b
            ),
            (tr("Profit"), _profit(year, amounts), _profit(ever, amounts)),
        ]
        self._table(lines, strong=(len(lines) - 1,))
        self._say(value_explanations.coverage(year) or value_explanations.coverage(ever))

    def _won(self, workings: MoneyWorkings, amounts: Amounts) -> None:
        figures = workings.figures
        won = figures.acquisition
        money, time = amounts.adding_up(won.amount, (won.money, won.time))
        self._head(tr("Winning them"))
        self._table(
            [
                (tr("Incubation"), _incubation(figures.incubation)),
                (tr("Money"), amounts.show(money)),
                (trn("Time, {n} minute", "Time, {n} minutes", won.minutes), amounts.show(time)),
                (tr("Cost per capture"), amounts.show(won.amount)),
            ],
            strong=(3,),
        )
        if workings.payback is not None:
            self._say(_paid_back(workings.payback, amounts, figures.contribution_12.amount))
        elif figures.incubation.flag is not None:
            self._say(tr(str(figures.incubation.flag)))

    def _head(self, text: str) -> None:
        self._layout.addSpacing(14)
        self._layout.addWidget(section(text))

    def _say(self, text: str) -> None:
        if text:
            self._layout.addWidget(small(text, wrap=True))

    def _table(self, lines: Sequence[Cells], strong: Sequence[int] = ()) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 1)
        for place, cells in enumerate(lines):
            grid.addWidget(hairline(), 2 * place, 0, 1, len(cells))
            for column, text in enumerate(cells):
                tone = Tone.QUIET if column == 0 or (place == 0 and not cells[0]) else Tone.PLAIN
                label = small(text, tone=tone, strong=place in strong and column > 0, elide=column == 0)
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag(0)
                grid.addWidget(label, 2 * place + 1, column, side)
        self._layout.addLayout(grid)

    def _on_explain(self) -> None:
        sender = self.sender()
        if isinstance(sender, QWidget):
            self.explanation_wanted.emit(sender)


def _profit(parts: Contribution, amounts: Amounts) -> str:
    return amounts.show(parts.amount) if parts.coverage else formats.DASH


def _incubation(incubation: Incubation) -> str:
    if incubation.days is None:
        return formats.DASH
    words_of = formats.days(incubation.days)
    return tr("{days}, still running").format(days=words_of) if incubation.running else words_of


def _paid_back(payback: Payback, amounts: Amounts, a_year: Fraction) -> str:
    if payback.day is not None:
        days = payback.days_from_first_purchase or 0
        told = tr("Paid back on {day}, {days} after the first purchase.").format(
            day=formats.day(payback.day), days=formats.days(days)
        )
        return told if payback.flag is None else f"{told} {tr('Credits since then: no longer covered.')}"
    told = tr("Not paid back yet: {amount} missing.").format(amount=amounts.show(payback.remaining))
    years = payback.years_missing(a_year)
    if years is None:
        return told
    return f"{told} {tr('At the pace of 12 months, {years} more.').format(years=_years(years))}"


def _years(years: Fraction) -> str:
    return tr("{n} years").format(n=formats.number(years, 1))
