"""The sheets behind lifetime value and profit: line by line, what is withheld and why (METRICS V1 to V6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.domain.metrics.contribution import Acquisition, Contribution
from app.domain.metrics.lifetime import Expected, RetentionUsed, SimpleLtv, YearlyMargin, finite_factor
from app.domain.metrics.reasons import Reason
from app.domain.metrics.retention import Retention
from app.words import formats, sentences
from app.words.catalogue import tr, trn
from app.words.explanations import Amounts, Explanation, Line, rule_line


@dataclass(frozen=True, slots=True, kw_only=True)
class LifetimeInput:
    """What the lifetime value of a client rests on, money in minor units of `currency`."""

    currency: str
    as_of: date
    historic: Fraction
    contribution: Contribution
    acquisition: Acquisition
    margin: YearlyMargin
    expected: Expected
    finite: Fraction | None
    finite_withheld: Reason | None
    years: int
    discount: Fraction
    used: RetentionUsed
    retained: Retention
    segment: SimpleLtv


def discounted_short(given: LifetimeInput) -> str:
    """Say shortly what the discounted value rests on, or why it is a dash."""
    if given.finite_withheld is not None:
        return tr(str(given.finite_withheld))
    return tr("at {discount}, keeps {kept}").format(
        discount=formats.share(given.discount), kept=formats.share(given.used.rate)
    )


def lifetime(given: LifetimeInput) -> Explanation:
    """Explain the three lifetime values: so far, expected, discounted; never one alone (METRICS V2 to V6)."""
    amounts = Amounts.fitting(given.currency, given.historic, given.contribution.fees, given.finite)
    told = so_far(given.contribution, given.acquisition, given.historic, amounts)
    return Explanation(
        title=tr("Lifetime value over the next {n} years").format(n=given.years),
        rule=rule_line("V2 to V6", given.as_of),
        formula=_discounted(given, amounts),
        lines=tuple(_lines(given, amounts)),
        paragraphs=tuple(filter(None, (told, _expected(given, amounts)))),
        note=_rests_on(given),
        link=tr("Show rows"),
    )


def _factor(given: LifetimeInput) -> Fraction | None:
    return None if given.used.rate is None else finite_factor(given.used.rate, given.discount, given.years)


def _discounted(given: LifetimeInput, amounts: Amounts) -> str:
    if given.finite_withheld is not None:
        return tr("No value: {reason}").format(reason=tr(str(given.finite_withheld)))
    factor = _factor(given)
    return tr("{value} = {margin} × {factor}").format(
        value=amounts.show(given.finite),
        margin=amounts.show(given.margin.amount),
        factor=formats.DASH if factor is None else formats.number(factor, 3),
    )


def _lines(given: LifetimeInput, amounts: Amounts) -> Iterable[Line]:
    why = given.margin.estimated
    working = tr("last 12 months") if why is None else tr(str(why))
    yield Line("m", tr("contribution for a year"), working, amounts.show(given.margin.amount))
    if given.finite_withheld is not None:
        return
    yield Line("r", tr("clients who stay a year"), _stayed(given), formats.share(given.used.rate, 1))
    yield Line("d", tr("discount for a year"), tr("a setting"), formats.share(given.discount, 1))
    factor = _factor(given)
    if factor is not None:
        yield Line(
            "×", tr("{n} years, the first margin after one").format(n=given.years),
            "q + q² + …, q = r ÷ (1 + d)", formats.number(factor, 3),
        )  # fmt: skip


def _stayed(given: LifetimeInput) -> str:
    if given.used.source == "V14":
        one_year = given.retained.years == 1
        told = tr("{kept} of {n} bought again") if one_year else tr("√({kept} of {n} who bought again in two years)")
        return told.format(kept=given.retained.also_later, n=given.retained.buyers)
    return tr("{left} left in {years} client-years").format(
        left=given.segment.lapsed, years=formats.number(given.segment.years, 1)
    )


def so_far(contribution: Contribution, acquisition: Acquisition, historic: Fraction, amounts: Amounts) -> str:
    """Say what a client has brought so far and what of; what is shown adds up. Empty where there is nothing."""
    parts = (contribution.fees, -contribution.cost, -acquisition.amount)
    if not any(parts):
        return ""
    fees, cost, won = amounts.adding_up(historic, parts)
    words = tr("So far {value}: fees {fees} less costs {cost} less the cost of winning them {won}.").format(
        value=amounts.show(historic),
        fees=amounts.show(fees),
        cost=amounts.show(-cost),
        won=amounts.show(-won),
    )
    return f"{words} {coverage(contribution)}".strip()


def _expected(given: LifetimeInput, amounts: Amounts) -> str:
    expected, segment = given.expected, given.segment
    if expected.shown is None:
        return tr("Expected over the years a client stays: not shown, {reason}.").format(
            reason=sentences.no_figure(expected.withheld)
        )
    years = tr("{n} years").format(n=formats.number(segment.years_retained_shown or 0, 1))
    if segment.capped:
        years = tr("{years}, capped by the setting").format(years=years)
    return tr("Expected over the years a client stays ({years}): {value}.").format(
        years=years, value=amounts.show(expected.shown)
    )


def _rests_on(given: LifetimeInput) -> str:
    if given.finite_withheld is not None:
        return tr("Figures that rest on too few clients stay hidden; they appear by themselves as the book grows.")
    limits = given.retained.yearly_interval if given.used.source == "V14" else None
    if limits is None:
        return ""
    return tr("How many stay is known only roughly: between {low} and {high}.").format(
        low=formats.share(limits[0]), high=formats.share(limits[1])
    )


def coverage(parts: Contribution) -> str:
    """Say for how much of the fees delivery costs are recorded; empty where there are no fees."""
    if parts.fees <= 0 and not parts.coverage:
        return ""
    if not parts.coverage:
        return tr("No delivery costs are recorded, so this is fees, not profit.")
    words = tr("Costs are recorded for {share} of fees").format(share=formats.share(parts.coverage))
    if Reason.COSTS_INCOMPLETE in dict(parts.withheld).values():
        return tr("{words}: profit is overstated.").format(words=words)
    return f"{words}."


def profit_short(parts: Contribution) -> str:
    """Say shortly what share of fees the profit is and how far costs are known, or why there is none."""
    if parts.fees == 0 and not parts.coverage:
        return tr("no fees in 12 months")
    if not parts.coverage:
        return tr("no costs recorded")
    told = [] if parts.margin is None else [tr("{share} of fees").format(share=formats.share(parts.margin))]
    told.append(tr("costs known for {share}").format(share=formats.share(parts.coverage)))
    return " · ".join(told)


def profit(parts: Contribution, acquisition: Acquisition, currency: str, as_of: date) -> Explanation:
    """Explain the contribution of the last 12 months line by line (METRICS V1)."""
    amounts = Amounts.fitting(currency, parts.fees, parts.cost)
    known = bool(parts.coverage)
    formula = tr("{profit} = {fees} − {cost}").format(
        profit=amounts.show(parts.amount),
        fees=amounts.show(parts.fees),
        cost=amounts.show(amounts.rounded(parts.fees) - amounts.rounded(parts.amount)),
    )
    won = tr("Winning them cost {amount} ({minutes} of contacts); that is counted apart, under acquisition.").format(
        amount=amounts.show(acquisition.amount),
        minutes=trn("{n} minute", "{n} minutes", acquisition.minutes),
    )
    return Explanation(
        title=tr("Profit of the last 12 months"),
        rule=rule_line("V1", as_of),
        formula=formula if known else tr("No profit: {reason}").format(reason=profit_short(parts)),
        lines=tuple(_costs(parts, amounts)),
        paragraphs=tuple(filter(None, (coverage(parts), won if acquisition.amount else ""))),
        note=tr("Overheads are not shared out among clients."),
        link=tr("Show rows"),
    )


def _costs(parts: Contribution, amounts: Amounts) -> Iterable[Line]:
    yield Line("+", tr("fees, net of credits"), "", amounts.show(parts.fees))
    for (meaning, working), amount in zip(
        (
            (tr("delivery"), tr("booked on the work")),
            (tr("service"), tr("booked on the client")),
            (tr("retention"), tr("booked on the client")),
            (tr("time in contacts"), tr("minutes × hourly cost")),
        ),
        costs_shown(parts, amounts),
        strict=True,
    ):
        yield Line(formats.MINUS, meaning, working, amounts.show(amount))


def costs_shown(parts: Contribution, amounts: Amounts) -> list[int]:
    """Give delivery, service, retention and time as shown, so that fees less these are the profit as shown."""
    costs = (parts.delivery, parts.service, parts.retention, parts.time)
    return amounts.adding_up(amounts.rounded(parts.fees) - amounts.rounded(parts.amount), costs)
