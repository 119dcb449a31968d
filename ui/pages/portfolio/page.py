"""All clients together: how the fees are spread, which tiers carry them, and the rows behind both pictures."""

from datetime import date
from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.metrics.tiers import border_clients
from app.domain.vocabulary import RankingWindow, Tier
from app.services.book import Book
from app.services.book_figures import BookFigures
from app.words import formats, portfolio
from app.words.catalogue import tr, trn
from ui.changes import Refresher
from ui.desk import Desk
from ui.icons import Icon
from ui.pages.portfolio.charts import ParetoDrawing, PyramidDrawing, tier_steps
from ui.pages.portfolio.equity import equity_of, explained, overstated
from ui.pages.portfolio.lines import Line, columns, ranked_lines
from ui.tasks.runner import Tasks
from ui.tokens import SIZES, Mark
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.chart_view import ChartView
from ui.widgets.empty_state import EmptyState
from ui.widgets.explanation import show_explanation
from ui.widgets.flow_box import FlowBox
from ui.widgets.labels import name, small
from ui.widgets.layout import Card, PageHead, ScrollPage, row
from ui.widgets.status import StatusLabel
from ui.widgets.table import Table

TABLES = frozenset({"client", "fee", "firm", "tier_level", "stage"})
CARD = 278
ROWS = 6


class PortfolioPage(ScrollPage):
    """Two charts, each with its sentence, and their table."""

    client_wanted = Signal(int)
    bring_wanted = Signal()

    def __init__(self, desk: Desk, book: Book) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._figures = book.figures
        self._found: BookFigures | None = None
        self._tier: Tier | None = None
        theme = desk.theme
        self._explain = Button(theme, tr("What is this?"), kind=ButtonKind.LINK)
        self._explain.clicked.connect(self._on_explain)
        self._head = PageHead(theme, tr("Portfolio"), "", self._explain)
        self._first = EmptyState(
            theme,
            desk.icons,
            Icon.PORTFOLIO,
            tr("No fees yet."),
            tr("With invoices you see here which clients carry the firm, and what they are worth together."),
            action=tr("Bring in a list"),
        )
        self._first.button.clicked.connect(self.bring_wanted)
        self._drawing = Tasks(desk.messages.show_failure, self, threads=1)
        self._pareto = ChartView(theme, self._drawing, name=tr("Fees by client"))
        self._pyramid = ChartView(theme, self._drawing, name=tr("Pyramid of tiers"))
        self._pareto.chosen.connect(self._on_client_chosen)
        self._pyramid.chosen.connect(self._on_tier_chosen)
        self._table: Table[Line] | None = None
        self._table_words = name("")
        self._all = Button(theme, tr("Show all tiers"), kind=ButtonKind.LINK)
        self._all.clicked.connect(self._on_all)
        self._lay_out()
        self._refresher = Refresher(self, desk.bus, TABLES, self.reload)
        desk.as_of.changed.connect(self._on_day)
        self.reload()

    def reload(self) -> None:
        """Ask the figures again and show them."""
        found = self._figures.on(self._desk.day)
        self._found = found
        ranking = found.ranking
        window = _window(found)
        begun = any(client.fees.documents for client in found.clients.values())
        self._content.setVisible(begun)
        self._first.setVisible(not begun)
        self._say_head(found, window, begun=begun)
        words, strong = portfolio.pareto_title(ranking)
        detail = portfolio.pareto_detail(ranking, _largest(found))
        if not ranking.n:
            detail = tr("Look at another day, or rank by all fees so far (Settings).")
        self._pareto_card.set_words(words, detail, _warning(found))
        top, share = _upper(found)
        tiers = {found.clients[key].standing.client: f.tier for key, f in found.clients.items()}
        border = len(border_clients(ranking, {s.client: tiers[s.client] for s in ranking.standings}))
        self._pyramid_card.set_words(
            portfolio.pyramid_title(ranking, top, share), portfolio.pyramid_detail(border, window), ""
        )
        lines = ranked_lines(found)
        ranked = [line for line in lines if line.rank is not None]
        axis = tr("clients by {window}, largest first").format(window=window)
        self._pareto.set_chart(ParetoDrawing(ranked, strong, axis, words))
        self._pyramid.set_chart(PyramidDrawing(tier_steps(found, lines)))
        self._fill_table()

    def _say_head(self, found: BookFigures, window: str, *, begun: bool) -> None:
        ranking = found.ranking
        self._equity = equity_of(found)
        known = begun and bool(self._equity.counted)
        self._explain.setVisible(known)
        fees = tr("{total} of fees").format(total=formats.money(ranking.total, found.firm.currency))
        clients = trn("{n} client, ", "{n} clients, ", ranking.n) + window
        if known:
            equity = formats.money(self._equity.found.total, found.firm.currency)
            known_for = overstated(self._equity)
            said = " · ".join(filter(None, (known_for, fees, clients)))
            self._head.set_words(tr("Customer equity {total}").format(total=equity), said)
        elif begun:
            self._head.set_words(fees, clients)
        else:
            self._head.set_words(tr("Portfolio"))

    def _lay_out(self) -> None:
        self._pareto_card = _ChartCard(self._desk, self._pareto)
        self._pyramid_card = _ChartCard(self._desk, self._pyramid)
        cards = QHBoxLayout()
        cards.setSpacing(SIZES.wide_gap)
        cards.addWidget(self._pareto_card, 1)
        cards.addWidget(self._pyramid_card, 1)
        self._below = QVBoxLayout()
        self._content = QWidget()
        layout = QVBoxLayout(self._content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SIZES.gap)
        self.body.addWidget(self._head)
        self.body.addWidget(self._content, 1)
        self.body.addWidget(self._first, 1)
        layout.addSpacing(SIZES.gap)
        layout.addLayout(cards)
        layout.addSpacing(SIZES.wide_gap)
        layout.addLayout(row(self._table_words, self._all, None, gap=12))
        layout.addLayout(self._below, 1)
        self._size()
        self._desk.theme.changed.connect(self._size)

    def _size(self) -> None:
        theme = self._desk.theme
        for card in (self._pareto_card, self._pyramid_card):
            card.setFixedHeight(theme.px(CARD))
        if self._table is not None:
            self._table.setMinimumHeight(theme.px(SIZES.row * ROWS))

    def _fill_table(self) -> None:
        found = self._found
        if found is None:
            return
        if self._table is None:
            self._table = Table(
                self._desk.theme,
                columns(found.firm.currency, _most(found)),
                identity=_identity,
                name=tr("Clients by rank"),
                several=False,
            )
            self._table.opened.connect(self._on_opened)
            self._below.addWidget(self._table)
            self.setFocusProxy(self._table)
            self._size()
        lines = [line for line in ranked_lines(found) if self._tier is None or line.found.tier is self._tier]
        self._table.set_rows(lines)
        self._all.setVisible(self._tier is not None)
        if self._tier is None:
            self._table_words.set_text(tr("All clients by rank"))
        else:
            amount = formats.money(sum(line.fees for line in lines), found.firm.currency)
            clients = trn("{n} client", "{n} clients", len(lines))
            self._table_words.set_text(f"{found.tier_name(self._tier)}: {clients}, {amount}")

    def _on_day(self, _day: date) -> None:
        self._refresher.mark()

    def _on_client_chosen(self, key: str) -> None:
        self.client_wanted.emit(int(key))

    def _on_opened(self, line: Line) -> None:
        self.client_wanted.emit(line.client_id)

    def _on_tier_chosen(self, key: str) -> None:
        self._tier = Tier(key)
        self._fill_table()

    def _on_explain(self) -> None:
        if self._found is not None:
            show_explanation(self._desk.theme, self._explain, explained(self._equity, self._found))

    def _on_all(self) -> None:
        self._tier = None
        self._fill_table()


class _ChartCard(Card):
    def __init__(self, desk: Desk, view: ChartView) -> None:
        super().__init__()
        self._title = name("")
        self._detail = small("", wrap=True)
        self._warning = StatusLabel(desk.theme, Mark.DUE, "")
        head = FlowBox(gap=SIZES.wide_gap)
        head.add(self._title)
        head.add(self._warning)
        self.body.setSpacing(2)
        self.body.addWidget(head)
        self.body.addWidget(self._detail)
        self.body.addSpacing(SIZES.gap)
        self.body.addWidget(view, 1)

    def set_words(self, title: str, detail: str, warning: str) -> None:
        """Say what the chart shows."""
        self._title.set_text(title)
        self._detail.set_text(detail)
        self._warning.set_status(Mark.DUE, warning)
        self._warning.setVisible(bool(warning))


def _identity(line: Line) -> int:
    return line.client_id


def _window(found: BookFigures) -> str:
    if found.firm.ranking_window is RankingWindow.ALL_TIME:
        return tr("all fees so far")
    return tr("12-month fees")


def _largest(found: BookFigures) -> str:
    standings = found.ranking.standings
    return found.of(standings[0].client).client.name if standings else ""


def _most(found: BookFigures) -> int | Fraction:
    return max((max(f.fees.observed, f.fees.tfi or 0) for f in found.clients.values()), default=0)


def _warning(found: BookFigures) -> str:
    warnings = found.ranking.warnings
    return portfolio.warning(warnings[0]) if warnings else ""


def _upper(found: BookFigures) -> tuple[int, Fraction | None]:
    upper = [line for line in ranked_lines(found) if line.found.tier is Tier.PLATINUM and line.share is not None]
    if not upper:
        return 0, None
    return len(upper), sum((line.share for line in upper if line.share is not None), Fraction())
