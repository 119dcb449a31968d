"""The columns of the clients table: what stands in each, how it sorts, and why it may be a dash."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.domain.metrics.cadence import ContactState
from app.domain.money import SYMBOLS
from app.domain.vocabulary import Tier
from app.words import formats, sentences
from app.words.catalogue import tr
from ui.models.rows import Align, Column
from ui.pages.clients.rows import ClientRow, Shown
from ui.tokens import Mark, Tone

PIN = "*"
# Left out one by one, in this order, where the window is too narrow for the columns the page brings.
DISPENSABLE = ("owner", "profit", "lifetime", "stage", "tfi", "last")
MARKS = {
    ContactState.OK: Mark.WELL,
    ContactState.DUE_SOON: Mark.DUE,
    ContactState.OVERDUE: Mark.OVERDUE,
    ContactState.BADLY: Mark.OVERDUE,
}
_ORDER = {tier: place for place, tier in enumerate(Tier)}


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
            Column("client", tr("Client"), text=_name, strong=True, stretch=True, width=170),
            Column("tier", tr("Tier"), text=_tier, value=_tier_order, tone=_quiet, tooltip=_about_tier, width=84),
            Column("stage", tr("Stage"), text=_stage, tooltip=_about_stage, width=98),
            Column("owner", tr("Owner"), text=_owner, tone=_quiet, tooltip=_owner_name, width=64),
            money("tfi", f"TFI {sign}", _tfi, 88, tone=_tfi_tone, hint=_TFI_HINT),
            money("lifetime", tr("Lifetime {sign}").format(sign=sign), _lifetime, 94, hint=_LIFETIME_HINT),
            money("fees", tr("12 months {sign}").format(sign=sign), _fees, 122, hint=_FEES_HINT),
            money("profit", tr("Profit {sign}").format(sign=sign), _profit, 82, tone=_below_zero, hint=_PROFIT_HINT),
            Column(
                "last", tr("Last contact"), text=self._last, value=_last_day, tooltip=_about_last, tone=_quiet,
                align=Align.RIGHT, width=98, hint=tr("The last personal, completed contact."),
            ),
            Column(
                "gap", tr("Gap"), text=_gap, value=_gap_days, mark=_gap_mark, tone=_gap_tone, tooltip=_about_gap,
                align=Align.RIGHT, width=90, hint=tr("Days since the last contact, against the client's cadence."),
            ),
            Column("code", tr("Code"), text=_code, tone=_quiet, shown=False, width=80),
            money("observed", tr("Fees so far {sign}").format(sign=sign), _observed, 108, shown=False),
            money("so_far", tr("Worth so far {sign}").format(sign=sign), _so_far, 118, shown=False, tone=_below_zero),
            money("expected", tr("Expected {sign}").format(sign=sign), _expected, 104, shown=False),
            _figure("n", "n", _n, 56, tr("Purchases: days with a net fee over 0.")),
            _figure("spend", f"S {sign}", self._spend, 80, tr("Average spend per purchase."), _spend),
            _figure("interval", "T", _interval, 96, tr("Average time between purchases."), _interval_days),
            _figure("length", "L", _length, 96, tr("Length of the relationship."), _length_days),
            _figure("rank", tr("Rank"), _rank, 64, tr("By all fees so far."), _rank_number),
            Column("abc", "ABC", text=_abc, tooltip=_about_abc, tone=_quiet, shown=False, width=60),
            Column(
                "rfm", "RFM", text=_rfm, value=_rfm_value, tooltip=_about_rfm, align=Align.RIGHT, shown=False, width=64,
                hint=tr("Recency, frequency, money: 1 worst to 5 best."),
            ),
            Column(
                "dialogue", tr("They speak"), text=_dialogue, value=_dialogue_value, tooltip=_about_dialogue,
                align=Align.RIGHT, shown=False, width=90, hint=tr("Their share of the dialogue of 365 days."),
            ),
            Column(
                "planned", tr("Next planned"), text=self._planned, value=_planned_day, tone=_quiet, align=Align.RIGHT,
                shown=False, width=104,
            ),
            Column("tags", tr("Tags"), text=_tags, tone=_quiet, shown=False, width=140),
            Column(
                "cadence", tr("Cadence"), text=_cadence, value=_cadence_days, tooltip=_about_cadence,
                align=Align.RIGHT, tone=_quiet, shown=False, width=84, hint=tr("How often contact is due, and why."),
            ),
        )  # fmt: skip

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
            return _sentence(figure(row).why)

        return Column(
            key, title, text=text, value=value, align=Align.RIGHT, width=width, tone=tone, tooltip=why, shown=shown,
            hint=hint,
        )  # fmt: skip

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
        return _sentence(sentences.no_figure(row.figures.fees.why_not)) if text(row) == formats.DASH else ""

    return Column(
        key, title, text=text, value=value or _n_number, align=Align.RIGHT, width=width, tooltip=why, shown=False,
        hint=hint,
    )  # fmt: skip


_TFI_HINT = tr("Total fee income by formula: S × (L ÷ T).")
_LIFETIME_HINT = tr("Expected fees less costs of five years, discounted. So far and expected: further columns.")
_FEES_HINT = tr("Fees less credits of the last 12 months.")
_PROFIT_HINT = tr("Fees less delivery, service, retention and time of the last 12 months.")


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + "." if words else ""


def _quiet(_row: ClientRow) -> Tone:
    return Tone.QUIET


def _name(row: ClientRow) -> str:
    return row.name


def _tier(row: ClientRow) -> str:
    return row.tier + PIN if row.figures.tier_pinned else row.tier


def _tier_order(row: ClientRow) -> int:
    return _ORDER[row.figures.tier]


def _about_tier(row: ClientRow) -> str:
    if not row.figures.tier_pinned:
        return tr("By rank of fees; nobody pinned it.")
    client = row.figures.client
    since = tr("Pinned by hand since {day}").format(day=formats.day(client.tier_since))
    return f"{since}: {client.tier_reason}" if client.tier_reason else f"{since}."


def _stage(row: ClientRow) -> str:
    return row.stage


def _about_stage(row: ClientRow) -> str:
    stage = row.figures.stage
    return tr("Set by hand, since {day}.").format(day=formats.day(stage.since)) if stage.by_hand else ""


def _owner(row: ClientRow) -> str:
    return row.owner or formats.DASH


def _owner_name(row: ClientRow) -> str:
    return row.owner_name or tr("Nobody owns this client.")


def _tfi(row: ClientRow) -> Shown:
    return row.tfi


def _tfi_tone(row: ClientRow) -> Tone:
    return Tone.QUIET if row.figures.fees.bunched else Tone.PLAIN


def _lifetime(row: ClientRow) -> Shown:
    return row.lifetime


def _expected(row: ClientRow) -> Shown:
    return row.expected


def _fees(row: ClientRow) -> Shown:
    return row.fees


def _observed(row: ClientRow) -> Shown:
    return row.observed


def _so_far(row: ClientRow) -> Shown:
    return row.so_far


def _profit(row: ClientRow) -> Shown:
    return row.profit


def _below_zero(row: ClientRow) -> Tone:
    return Tone.OVERDUE if (row.profit.value or 0) < 0 else Tone.PLAIN


def _last_day(row: ClientRow) -> date | None:
    return row.figures.contact.last


def _about_last(row: ClientRow) -> str:
    return "" if row.figures.contact.last else tr("No contact is recorded.")


def _gap(row: ClientRow) -> str:
    if row.state is ContactState.NONE:
        return tr("none set")
    days = row.figures.contact.days
    return formats.DASH if days is None else tr("{n} d").format(n=f"{days:,}")


def _gap_days(row: ClientRow) -> int | None:
    return None if row.state is ContactState.NONE else row.figures.contact.days


def _gap_mark(row: ClientRow) -> Mark:
    return MARKS.get(row.state, Mark.NONE)


def _gap_tone(row: ClientRow) -> Tone:
    mark = _gap_mark(row)
    return Tone.QUIET if mark is Mark.NONE else mark.tone


def _about_gap(row: ClientRow) -> str:
    gap, cadence = row.figures.contact, row.figures.cadence
    if gap.state is ContactState.NONE:
        return tr("No cadence is set: no warnings for this client.")
    if gap.days is None:
        return tr("No contact is recorded: when did you last speak?")
    said = tr("{state}: {days} since the last contact, due every {cadence} ({source}).")
    return _sentence(
        said.format(
            state=tr(str(gap.state)),
            days=formats.days(gap.days),
            cadence=formats.days(gap.cadence or 0),
            source=sentences.decided_by(cadence.source),
        ).removesuffix(".")
    )


def _code(row: ClientRow) -> str:
    return row.figures.client.code


def _tags(row: ClientRow) -> str:
    return row.tags


def _n(row: ClientRow) -> str:
    return f"{row.figures.fees.n:,}"


def _n_number(row: ClientRow) -> int:
    return row.figures.fees.n


def _spend(row: ClientRow) -> Fraction | None:
    return row.figures.fees.spend


def _interval(row: ClientRow) -> str:
    return formats.duration(row.figures.fees.interval)


def _interval_days(row: ClientRow) -> Fraction | None:
    return row.figures.fees.interval


def _length(row: ClientRow) -> str:
    return formats.duration(row.figures.fees.length)


def _length_days(row: ClientRow) -> int | None:
    return row.figures.fees.length


def _rank(row: ClientRow) -> str:
    rank = row.figures.standing.rank
    return formats.DASH if rank is None else f"{rank:,}"


def _rank_number(row: ClientRow) -> int | None:
    return row.figures.standing.rank


def _abc(row: ClientRow) -> str:
    abc = row.figures.standing.abc
    return formats.DASH if abc is None else str(abc)


def _about_abc(row: ClientRow) -> str:
    return tr("No income: outside the ranking.") if row.figures.standing.abc is None else ""


def _rfm(row: ClientRow) -> str:
    return formats.DASH if row.rfm.value is None else str(row.rfm.value)


def _rfm_value(row: ClientRow) -> int | None:
    return row.rfm.value


def _about_rfm(row: ClientRow) -> str:
    return _sentence(row.rfm.why)


def _dialogue(row: ClientRow) -> str:
    share = row.dialogue.value
    return formats.DASH if share is None else formats.share(Fraction(share, 100))


def _dialogue_value(row: ClientRow) -> int | None:
    return row.dialogue.value


def _about_dialogue(row: ClientRow) -> str:
    return _sentence(row.dialogue.why)


def _planned_day(row: ClientRow) -> date | None:
    return row.figures.next_planned


def _cadence(row: ClientRow) -> str:
    days = row.figures.cadence.days
    return tr("none") if days is None else tr("{n} d").format(n=days)


def _cadence_days(row: ClientRow) -> int | None:
    return row.figures.cadence.days


def _about_cadence(row: ClientRow) -> str:
    return _sentence(sentences.decided_by(row.figures.cadence.source))
