"""The sheet Standing, for us alone: where the relationship stands and what it is worth."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from app.domain.metrics.contribution import FULL_COVERAGE
from app.domain.metrics.reasons import Reason
from app.domain.metrics.rhythm import Rhythm
from app.domain.money import minor_units
from app.exchange.review.frame import Figure, Frame, Heads, Names, heading, lines, money_figure
from app.exchange.workbooks.styles import (
    CELL,
    CELL_DATE,
    CELL_QUIET,
    CELL_RIGHT,
    FIGURE,
    SHARE_FORMAT,
    WHOLE_FORMAT,
    number_format,
)
from app.exchange.workbooks.xlsx import Sheet
from app.services.book_figures import LTV_YEARS
from app.services.client_figures import ClientFigures
from app.services.review_values import Inside
from app.words import formats, names, sentences
from app.words.catalogue import tr, trn


@dataclass(frozen=True, slots=True)
class _Fact:
    """One line: a label, a value of some kind (money in minor units), and a remark, or why there is no value."""

    label: str
    value: int | Fraction | date | str | None
    remark: str = ""
    kind: str = "text"


def figures(inside: Inside, currency: str) -> list[Figure]:
    """Give the four figures that only we see at the head of the summary."""
    own = inside.figures
    unit = minor_units(currency)
    money = money_figure(currency, own.fees.observed)
    coverage = inside.contribution.coverage
    profit = inside.contribution.amount if coverage else None
    gap = own.contact.days
    discounted, why = _discounted(own)
    return [
        Figure(
            tr("Contribution in the period"),
            None if profit is None else profit / unit,
            money,
            covered(coverage),
            covered(coverage),
        ),
        Figure(tr("Value so far"), own.historic / unit if own.contribution.coverage else None, money,
               tr("contribution less cost of winning"), sentences.no_figure(Reason.NO_COSTS)),
        Figure(tr("Discounted, {n} years").format(n=LTV_YEARS), None if discounted is None else discounted / unit,
               money, tr("keeps {rate}").format(rate=formats.share(inside.book.retention.rate)), why),
        Figure(tr("Days since the last contact"), gap, replace(FIGURE, number=WHOLE_FORMAT),
               tr("promised every {n}").format(n=formats.every(own.cadence.days)) if own.cadence.days else "",
               sentences.no_figure(Reason.NO_CONTACT)),
    ]  # fmt: skip


def covered(coverage: Fraction | None) -> str:
    """Say how far costs are recorded (METRICS V1)."""
    if not coverage:
        return sentences.no_figure(Reason.NO_FEES if coverage is None else Reason.NO_COSTS)
    said = tr("costs recorded for {share} of fees").format(share=formats.share(coverage))
    return said if coverage >= FULL_COVERAGE else tr("{said}: profit is overstated").format(said=said)


def write(frame: Frame, inside: Inside) -> None:
    """Write the sheet."""
    sheet = frame.sheet(Names.STANDING, 34, 20, 66)
    own = inside.figures
    said = tr("{stage}, {tier}. For us alone.").format(
        stage=names.name(own.stage.stage), tier=inside.book.tier_name(own.tier)
    )
    row = frame.opening(sheet, 3, tr("Standing"), said)
    loud = [warning for warning in own.warnings if warning.silence is None]
    if loud:
        row = heading(sheet, row, 1, 3, tr("Warnings"))
        row = lines(
            sheet, row, 1, 3, [sentences.why(one, own, frame.currency, own.fees.last_12_months) for one in loud]
        )
    for title, facts in (
        (tr("The relationship"), _relationship(inside)),
        (tr("What it is worth"), _worth(inside)),
        (tr("What winning it took"), _winning(inside)),
    ):
        row = heading(sheet, row, 1, 3, title)
        Heads((tr("Figure"), tr("Value"), tr("Remark")), frozenset({1}), frozenset({2})).write(sheet, row, 1)
        row = _facts(frame, sheet, row + 1, facts)
    frame.finish(sheet)


def _relationship(inside: Inside) -> list[_Fact]:
    own, standing = inside.figures, inside.figures.standing
    by_hand = tr("set by hand on {day}").format(day=formats.day(own.stage.since)) if own.stage.by_hand else ""
    pinned = own.client.tier_reason or tr("pinned by hand") if own.tier_pinned else tr("by its place in the pyramid")
    ranked = sum(1 for found in inside.book.clients.values() if found.standing.rank is not None)
    spoken = own.dialogue
    share = spoken.share if spoken and "dialogue_share_365" not in dict(spoken.withheld) else None
    selling = spoken.selling_share if spoken and "selling_share" not in dict(spoken.withheld) else None
    few = sentences.no_figure(Reason.FEW_CONTACTS if spoken and spoken.year.total else Reason.NO_CONTACT)
    return [
        _Fact(tr("Stage"), names.name(own.stage.stage), by_hand or tr("by the figures")),
        _Fact(tr("Tier"), inside.book.tier_name(own.tier), pinned),
        _Fact(tr("Rank by all fees"), standing.rank, trn("of {n} client with fees", "of {n} clients with fees", ranked)
              if standing.rank else sentences.no_figure(Reason.NO_FEES), "whole"),
        _Fact(tr("Share of all fees"), standing.share, "" if standing.share else
              sentences.no_figure(Reason.NO_FEES), "share"),
        _Fact(tr("Contact due every"), own.cadence.days, tr("days: {who}").format(
              who=sentences.decided_by(own.cadence.source)), "whole"),
        _Fact(tr("Days since the last contact"), own.contact.days,
              formats.day(own.contact.last) if own.contact.last else sentences.no_figure(Reason.NO_CONTACT), "whole"),
        _Fact(tr("Days since the last purchase"), own.fees.recency, _rhythm(own.purchases), "whole"),
        _Fact(tr("Their share of the dialogue, 365 days"), share, few if share is None or spoken is None else
              tr("n = {n}").format(n=spoken.year.total), "share"),
        _Fact(tr("Selling share, 365 days"), selling, few if selling is None or spoken is None else
              tr("n = {n}").format(n=spoken.purposeful), "share"),
        _Fact(tr("Ours since their last word"), spoken.outbound_since_last_inbound if spoken else None,
              "" if spoken else sentences.no_figure(Reason.NO_CONTACT), "whole"),
        _Fact(tr("Open feedback"), own.loop.open, "" if own.loop.oldest_open is None else
              tr("the oldest for {days}").format(days=formats.days(own.loop.oldest_open)), "whole"),
    ]  # fmt: skip


def _rhythm(purchases: Rhythm | None) -> str:
    if purchases is None or purchases.p_longer is None:
        return sentences.no_figure(Reason.NO_GAPS)
    said = "; ".join(filter(None, (tr(str(purchases.state)), sentences.usual(purchases))))
    return tr("{said}. A gap this long happens {odds}.").format(said=said, odds=formats.odds(purchases.p_longer))


def _worth(inside: Inside) -> list[_Fact]:
    own = inside.figures
    known = bool(own.contribution.coverage)
    expected = own.value.expected
    discounted, why = _discounted(own)
    return [
        _Fact(tr("Fees booked ahead"), own.fees.booked_ahead, tr("dated after the as-of day"), "money"),
        _Fact(tr("Contribution, last 12 months"), own.contribution_12.amount if own.contribution_12.coverage else None,
              covered(own.contribution_12.coverage), "money"),
        _Fact(tr("Value so far"), own.historic if known else None, covered(own.contribution.coverage), "money"),
        _Fact(tr("Expected value"), expected.shown, sentences.no_figure(expected.withheld), "money"),
        _Fact(tr("Discounted value, {n} years").format(n=LTV_YEARS), discounted, why or tr(
              "retention {rate}, discount {discount}").format(rate=formats.share(inside.book.retention.rate, 1),
              discount=formats.share(inside.book.discount)), "money"),
    ]  # fmt: skip


def _discounted(own: ClientFigures) -> tuple[Fraction | None, str]:
    withheld = own.value.discounted_withheld
    return (own.value.finite, "") if withheld is None else (None, sentences.no_figure(withheld))


def _winning(inside: Inside) -> list[_Fact]:
    own = inside.figures
    incubated, won, repaid = own.incubation, own.acquisition, inside.payback
    time = trn("{n} minute", "{n} minutes", won.minutes)
    began = tr("still running") if incubated.running else ""
    if incubated.flag is not None:
        began = sentences.no_figure(Reason.NO_CONTACT_BEFORE)
    facts = [
        _Fact(tr("Incubation, days"), incubated.days, began, "whole"),
        _Fact(tr("Cost per capture"), won.amount, tr("expenses, and {time} of contact").format(time=time), "money"),
    ]
    if repaid is None:
        return [*facts, _Fact(tr("Payback"), None, sentences.no_figure(Reason.NO_PURCHASE))]
    if not own.contribution.coverage:
        return [*facts, _Fact(tr("Payback"), None, sentences.no_figure(Reason.NO_COSTS))]
    if repaid.day is None:
        missing = tr("{n} still missing").format(n=formats.money(repaid.remaining, inside.book.firm.currency))
        return [*facts, _Fact(tr("Payback"), None, missing)]
    remark = trn("{n} day after the first purchase", "{n} days after the first purchase",
                 repaid.days_from_first_purchase or 0)  # fmt: skip
    flag = "" if repaid.flag is None else f"; {tr(str(repaid.flag))}"
    return [*facts, _Fact(tr("Payback"), repaid.day, remark + flag, "day")]


def _facts(frame: Frame, sheet: Sheet, row: int, facts: Sequence[_Fact]) -> int:
    for fact in facts:
        sheet.row(row, ((1, fact.label), (3, fact.remark)), least=21)
        sheet.text(row, 1, fact.label, CELL)
        _value(frame, sheet, row, fact)
        sheet.text(row, 3, fact.remark, replace(CELL_QUIET, indent=1))
        row += 1
    return row


def _value(frame: Frame, sheet: Sheet, row: int, fact: _Fact) -> None:
    numbers = {"whole": WHOLE_FORMAT, "share": SHARE_FORMAT, "number": number_format(1)}
    match fact.value:
        case None:
            sheet.text(row, 2, formats.DASH, CELL_RIGHT)
        case str():
            sheet.text(row, 2, fact.value, CELL_RIGHT)
        case date():
            sheet.day(row, 2, fact.value, replace(CELL_DATE, align="right"))
        case _ if fact.kind == "money":
            sheet.money(row, 2, fact.value, frame.currency, CELL_RIGHT)
        case _:
            sheet.number(row, 2, fact.value, replace(CELL_RIGHT, number=numbers[fact.kind]))
