"""The rows and columns of the Money tab's tables: fees with what each counts as, costs, engagements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.costs import Cost
from app.domain.engagements import Engagement
from app.domain.fees import Fee
from app.domain.metrics.explanation import ExplainedRow, RowUse
from app.words import formats, names
from app.words.catalogue import tr
from ui.models.rows import Align, Column
from ui.tokens import Tone


@dataclass(frozen=True, slots=True)
class FeeRow:
    """A fee with its engagement's name and what became of it in the figures."""

    fee: Fee
    engagement: str
    use: RowUse | None
    counts_on: date | None
    base: str

    @property
    def id(self) -> int:
        """The fee's id."""
        return self.fee.id


@dataclass(frozen=True, slots=True)
class CostRow:
    """A cost with its engagement's name."""

    cost: Cost
    engagement: str
    base: str

    @property
    def id(self) -> int:
        """The cost's id."""
        return self.cost.id


@dataclass(frozen=True, slots=True)
class EngagementRow:
    """An engagement with what it brought and cost, minor units."""

    engagement: Engagement
    fees: int
    costs: int
    base: str

    @property
    def id(self) -> int:
        """The engagement's id."""
        return self.engagement.id


def fee_rows(
    fees: Iterable[Fee], explained: Iterable[ExplainedRow], named: Mapping[int, str], base: str
) -> list[FeeRow]:
    """Put fees and their explanation together."""
    uses = {row.row.id: row for row in explained}
    rows = []
    for fee in fees:
        found = uses.get(fee.id)
        rows.append(
            FeeRow(
                fee=fee,
                engagement=named.get(fee.engagement_id or 0, ""),
                use=None if found is None else found.use,
                counts_on=None if found is None else found.day,
                base=base,
            )
        )
    return rows


def engagement_rows(
    engagements: Iterable[Engagement], fees: Iterable[Fee], costs: Iterable[Cost], as_of: date, base: str
) -> list[EngagementRow]:
    """Add up what each engagement brought and cost up to the day."""
    brought: defaultdict[int, int] = defaultdict(int)
    spent: defaultdict[int, int] = defaultdict(int)
    for fee in fees:
        if fee.engagement_id is not None and fee.on <= as_of and not fee.disbursement:
            brought[fee.engagement_id] += fee.amount or 0
            spent[fee.engagement_id] += fee.delivery_cost or 0
    for cost in costs:
        if cost.engagement_id is not None and cost.on <= as_of:
            spent[cost.engagement_id] += cost.amount
    return [EngagementRow(each, brought[each.id], spent[each.id], base) for each in engagements]


def counts_as(row: FeeRow) -> str:
    """Say in a few words what a document counts as."""
    match row.use:
        case RowUse.PURCHASE:
            return tr("purchase")
        case RowUse.NETTED:
            return tr("netted, no purchase")
        case RowUse.MOVED:
            return tr("moved to {day}").format(day=formats.day(row.counts_on))
        case RowUse.ZERO:
            return tr("zero, no purchase")
        case RowUse.BOOKED_AHEAD:
            return tr("booked ahead")
        case RowUse.DISBURSEMENT:
            return tr("disbursement, no fee")
        case RowUse.WITHOUT_RATE:
            return tr("no rate, not counted")
        case None:
            return ""


def _use_tone(row: FeeRow) -> Tone:
    return Tone.DUE if row.use is RowUse.WITHOUT_RATE else Tone.QUIET


def _row_tone(row: FeeRow) -> Tone:
    out = row.use in {RowUse.BOOKED_AHEAD, RowUse.DISBURSEMENT, RowUse.WITHOUT_RATE}
    return Tone.QUIET if out else Tone.PLAIN


def _original(row: FeeRow) -> str:
    fee = row.fee
    if fee.currency == row.base:
        return ""
    at = "" if fee.rate is None else tr(" at {rate}").format(rate=fee.rate)
    return f"{formats.money(fee.original, fee.currency, pence=True)}{at}"


def fee_columns() -> tuple[Column[FeeRow], ...]:
    """Give the columns of fees."""
    return (
        Column("on", tr("Date"), text=lambda row: formats.day(row.fee.on), value=lambda row: row.fee.on,
               tone=_row_tone, width=112),
        Column("document", tr("Document"), text=lambda row: row.fee.document, tone=_row_tone, width=84),
        Column("kind", tr("Kind"), text=lambda row: names.name(row.fee.kind).lower(), tone=lambda _: Tone.QUIET,
               width=68),
        Column("amount", tr("Amount"), text=lambda row: formats.money(row.fee.amount, row.base, pence=True),
               value=lambda row: row.fee.amount, align=Align.RIGHT, tone=_row_tone, width=100),
        Column("original", tr("As invoiced"), text=_original, align=Align.RIGHT, tone=lambda _: Tone.QUIET, width=96),
        Column("engagement", tr("Engagement"), text=lambda row: row.engagement, tone=lambda _: Tone.QUIET,
               width=90, stretch=True),
        Column("use", tr("Counts as"), text=counts_as, tone=_use_tone, width=164,
               tooltip=lambda row: "" if row.use is None else tr(str(row.use))),
        Column("service", tr("Service"), text=lambda row: row.fee.service, shown=False),
        Column("delivery", tr("Delivery cost"),
               text=lambda row: formats.money(row.fee.delivery_cost, row.base, pence=True),
               value=lambda row: row.fee.delivery_cost, align=Align.RIGHT, shown=False),
    )  # fmt: skip


def cost_columns() -> tuple[Column[CostRow], ...]:
    """Give the columns of costs."""
    return (
        Column("on", tr("Date"), text=lambda row: formats.day(row.cost.on), value=lambda row: row.cost.on, width=112),
        Column("kind", tr("Kind"), text=lambda row: names.name(row.cost.kind).lower(), width=100),
        Column("amount", tr("Amount"), text=lambda row: formats.money(row.cost.amount, row.base, pence=True),
               value=lambda row: row.cost.amount, align=Align.RIGHT, width=104),
        Column("engagement", tr("Engagement"), text=lambda row: row.engagement, tone=lambda _: Tone.QUIET, width=130),
        Column("note", tr("For"), text=lambda row: row.cost.note, tone=lambda _: Tone.QUIET, stretch=True, width=140),
    )  # fmt: skip


def engagement_columns() -> tuple[Column[EngagementRow], ...]:
    """Give the columns of engagements."""
    return (
        Column("name", tr("Name"), text=lambda row: row.engagement.name, strong=True, stretch=True, width=132,
               wraps=True),
        Column("kind", tr("Kind"), text=lambda row: names.name(row.engagement.kind).lower(), width=74),
        Column("starts", tr("Starts"), text=lambda row: formats.day(row.engagement.starts),
               value=lambda row: row.engagement.starts, width=112),
        Column("ends", tr("Ends"), text=lambda row: formats.day(row.engagement.ends),
               value=lambda row: row.engagement.ends, tone=lambda _: Tone.QUIET, width=112),
        Column("billed", tr("Billed"), text=_billed, tone=lambda _: Tone.QUIET, width=124),
        Column("fees", tr("Fees so far"), text=lambda row: formats.money(row.fees, row.base),
               value=lambda row: row.fees, align=Align.RIGHT, width=88),
        Column("costs", tr("Delivery"), text=lambda row: formats.money(row.costs or None, row.base),
               value=lambda row: row.costs or None, align=Align.RIGHT, width=78),
    )  # fmt: skip


def _billed(row: EngagementRow) -> str:
    every, fee = row.engagement.billed_every_months, row.engagement.fee
    if every is None:
        return "" if fee is None else formats.money(fee, row.base)
    often = tr("monthly") if every == 1 else tr("every {n} months").format(n=every)
    return often if fee is None else f"{formats.money(fee, row.base)} {often}"
