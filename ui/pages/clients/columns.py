"""The columns of the clients table: what stands in each, how it sorts, and why it may be a dash."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.domain.money import SYMBOLS
from app.words import formats, sentences
from app.words.catalogue import tr
from ui.models.rows import Align, Column
from ui.pages.clients import cells
from ui.pages.clients.rows import ClientRow, Shown
from ui.tokens import Tone

# Left out one by one, in this order, where the window is too narrow for the columns the page brings.
DISPENSABLE = ("owner", "profit", "lifetime", "stage", "tfi", "last")


@dataclass(frozen=True, slots=True)
class ClientColumns:
    """Makes the columns for one currency; `day` gives the as-of date of the rows shown."""

    currency: str
    day: Callable[[], date]

    def every(self) -> tuple[Column[ClientRow], ...]:
        """All columns, those shown at first before the others."""
        sign = SYMBOLS.get(self.currency, self.currency)
        money = self._money
        return (
            Column("client", tr("Client"), text=cells.name, strong=True, stretch=True, width=170),
            Column(
                "tier",
                tr("Tier"),
                text=cells.tier,
                value=cells.tier_order,
                tone=cells.quiet,
                tooltip=cells.about_tier,
                width=84,
            ),
            Column("stage", tr("Stage"), text=cells.stage, tone=cells.stage_tone, tooltip=cells.about_stage, width=98),
            Column("owner", tr("Owner"), text=cells.owner, tone=cells.quiet, tooltip=cells.owner_name, width=64),
            money("tfi", f"TFI {sign}", cells.tfi, 88, tone=cells.tfi_tone, hint=_TFI_HINT),
            money("lifetime", tr("Lifetime {sign}").format(sign=sign), cells.lifetime, 94, hint=_LIFETIME_HINT),
            money("fees", tr("12 months {sign}").format(sign=sign), cells.fees, 122, hint=_FEES_HINT),
            money(
                "profit",
                tr("Profit {sign}").format(sign=sign),
                cells.profit,
                82,
                tone=cells.profit_tone,
                hint=_PROFIT_HINT,
            ),
            Column(
                "last",
                tr("Last contact"),
                text=self._last,
                value=cells.last_day,
                tooltip=cells.about_last,
                tone=cells.quiet,
                align=Align.RIGHT,
                width=98,
                hint=tr("The last personal, completed contact."),
            ),
            Column(
                "gap",
                tr("Gap"),
                text=cells.gap,
                value=cells.gap_days,
                mark=cells.gap_mark,
                tone=cells.gap_tone,
                tooltip=cells.about_gap,
                align=Align.RIGHT,
                width=90,
                hint=tr("Days since the last contact, against the client's cadence."),
            ),
            Column("code", tr("Code"), text=cells.code, tone=cells.quiet, shown=False, width=80),
            money("observed", tr("Fees so far {sign}").format(sign=sign), cells.observed, 108, shown=False),
            money(
                "so_far",
                tr("Worth so far {sign}").format(sign=sign),
                cells.so_far,
                118,
                shown=False,
                tone=cells.so_far_tone,
            ),
            money("expected", tr("Expected {sign}").format(sign=sign), cells.expected, 104, shown=False),
            _figure("n", "n", cells.n, 56, tr("Purchases: days with a net fee over 0.")),
            _figure("spend", f"S {sign}", self._spend, 80, tr("Average spend per purchase."), cells.spend),
            _figure("interval", "T", cells.interval, 96, tr("Average time between purchases."), cells.interval_days),
            _figure("length", "L", cells.length, 96, tr("Length of the relationship."), cells.length_days),
            _figure("rank", tr("Rank"), cells.rank, 64, tr("By all fees so far."), cells.rank_number),
            Column(
                "abc",
                "ABC",
                text=cells.abc,
                tooltip=cells.about_abc,
                tone=cells.quiet,
                shown=False,
                width=60,
                hint=tr("Class by share of all fees."),
            ),
            Column(
                "rfm",
                "RFM",
                text=cells.rfm,
                value=cells.rfm_value,
                tooltip=cells.about_rfm,
                align=Align.RIGHT,
                shown=False,
                width=64,
                hint=tr("Recency, frequency, money: 1 worst to 5 best."),
            ),
            Column(
                "dialogue",
                tr("They speak"),
                text=cells.dialogue,
                value=cells.dialogue_value,
                mark=cells.dialogue_mark,
                tone=cells.dialogue_tone,
                tooltip=cells.about_dialogue,
                align=Align.RIGHT,
                shown=False,
                width=90,
                hint=tr("Their share of the dialogue of 365 days."),
            ),
            Column(
                "planned",
                tr("Next planned"),
                text=self._planned,
                value=cells.planned_day,
                tone=cells.quiet,
                align=Align.RIGHT,
                shown=False,
                width=104,
            ),
            Column("tags", tr("Tags"), text=cells.tags, tone=cells.quiet, shown=False, width=140),
            Column(
                "cadence",
                tr("Cadence"),
                text=cells.cadence,
                value=cells.cadence_days,
                tooltip=cells.about_cadence,
                align=Align.RIGHT,
                tone=cells.quiet,
                shown=False,
                width=84,
                hint=tr("How often contact is due, and why."),
            ),
        )

    def _money(
        self,
        key: str,
        title: str,
        figure: Callable[[ClientRow], Shown],
        width: int,
        *,
        tone: Callable[[ClientRow], Tone] | None = None,
        shown: bool = True,
        hint: str = "",
    ) -> Column[ClientRow]:
        def text(row: ClientRow) -> str:
            return formats.money(figure(row).value, self.currency, symbol=False)

        def value(row: ClientRow) -> int | None:
            return figure(row).value

        def why(row: ClientRow) -> str:
            return cells.sentence(figure(row).why)

        return Column(
            key,
            title,
            text=text,
            value=value,
            align=Align.RIGHT,
            width=width,
            tone=tone,
            tooltip=why,
            shown=shown,
            hint=hint,
        )

    def _last(self, row: ClientRow) -> str:
        return formats.short_day(row.figures.contact.last, self.day())

    def _planned(self, row: ClientRow) -> str:
        return formats.short_day(row.figures.next_planned, self.day())

    def _spend(self, row: ClientRow) -> str:
        return formats.money(row.figures.fees.spend, self.currency, symbol=False)


def _figure(
    key: str,
    title: str,
    text: Callable[[ClientRow], str],
    width: int,
    hint: str,
    value: Callable[[ClientRow], object] | None = None,
) -> Column[ClientRow]:
    def why(row: ClientRow) -> str:
        return cells.sentence(sentences.no_figure(row.figures.fees.why_not)) if text(row) == formats.DASH else ""

    return Column(
        key,
        title,
        text=text,
        value=value or cells.n_number,
        align=Align.RIGHT,
        width=width,
        tooltip=why,
        shown=False,
        hint=hint,
    )


_TFI_HINT = tr("Total fee income by formula: S × (L ÷ T).")
_LIFETIME_HINT = tr("Expected fees less costs of five years, discounted. So far and expected: further columns.")
_FEES_HINT = tr("Fees less credits of the last 12 months.")
_PROFIT_HINT = tr("Fees less delivery, service, retention and time of the last 12 months.")
