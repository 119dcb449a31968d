"""What is said about a plan: its state, its cost beside its fee, and the one thing to fill next."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from app.domain.metrics.plans import Lack, Missing, PlanCost, PlanState, Progress
from app.domain.metrics.warnings import GapWarning, WarningKind
from app.domain.plans import Objective, Plan
from app.words import formats
from app.words.catalogue import tr, trn

_STATES = {PlanState.DRAFT: "draft", PlanState.CURRENT: "current", PlanState.PAST: "past"}


def state(value: PlanState) -> str:
    """Say where a plan stands: draft, current, past."""
    return tr(_STATES[value])


def title_line(plan: Plan, value: PlanState, as_of: date) -> str:
    """Write “Plan 2027 · draft · reviewed never”."""
    reviewed = (
        tr("reviewed never")
        if plan.reviewed_on is None or plan.reviewed_on > as_of
        else tr("reviewed {day}").format(day=formats.short_day(plan.reviewed_on, as_of))
    )
    return " · ".join((plan.title, state(value), reviewed))


def period(plan: Plan) -> str:
    """Write a plan's period: 1 Jan 2027 – 31 Dec 2027."""
    return f"{formats.day(plan.starts)} – {formats.day(plan.ends)}"


def hours(minutes: int) -> str:
    """Write planned time: 45 min, 2 h, 1.5 h."""
    if minutes < 60:
        return tr("{n}\N{NO-BREAK SPACE}min").format(n=minutes)
    value = Fraction(minutes, 60)
    return tr("{n}\N{NO-BREAK SPACE}h").format(n=formats.number(value, 0 if value.denominator == 1 else 1))


def done(value: Progress) -> str:
    """Write “1 of 5 done”."""
    if not value.actions:
        return ""
    return tr("{done} of {all} done").format(done=value.done, all=value.actions)


def objective_line(objective: Objective, value: Progress) -> str:
    """Say how far an objective is: “1 of 3 actions done · visitors: 420 → 1,200”."""
    count = trn("{{done}} of {n} action done", "{{done}} of {n} actions done", value.actions).format(done=value.done)
    told = [count if value.actions else tr("no action yet")]
    reach = " → ".join(filter(None, (objective.baseline.strip(), objective.target.strip())))
    told.append(": ".join(filter(None, (objective.measure.strip(), reach))))
    return " · ".join(filter(None, told))


def cost_head(cost: PlanCost, currency: str) -> str:
    """Write “Costs £6,900, to bring £31,000”."""
    if cost.amount is None:
        spent = tr("Cost not estimated yet")
    elif cost.whole:
        spent = tr("Costs {amount}").format(amount=formats.money(cost.amount, currency))
    else:
        spent = tr("Costs at least {amount}").format(amount=formats.money(cost.amount, currency))
    if cost.expected is None:
        return tr("{spent}, fee not set").format(spent=spent)
    return tr("{spent}, to bring {fee}").format(spent=spent, fee=formats.money(cost.expected, currency))


def cost_workings(cost: PlanCost, currency: str) -> str:
    """Say what a cost is made of: “58 h × £95 + £1,390”; empty while nothing is estimated."""
    parts = []
    if cost.minutes - cost.minutes_without_rate > 0:
        length = hours(cost.minutes - cost.minutes_without_rate)
        if len(cost.rates) == 1:
            parts.append(f"{length} × {formats.money(cost.rates[0], currency)}")
        else:
            low, high = (formats.money(rate, currency) for rate in (cost.rates[0], cost.rates[-1]))
            time = formats.money(cost.time, currency)
            parts.append(tr("{hours} at {low}–{high} = {time}").format(hours=length, low=low, high=high, time=time))
    if cost.money:
        parts.append(formats.money(cost.money, currency))
    return " + ".join(parts)


def cost_gaps(cost: PlanCost) -> list[str]:
    """Name what is not in a cost, each with its reason."""
    told = []
    if cost.minutes_without_rate:
        told.append(tr("{hours} without an hourly cost left out").format(hours=hours(cost.minutes_without_rate)))
    if cost.unestimated and cost.actions:
        told.append(trn("{n} action without hours or cost", "{n} actions without hours or cost", cost.unestimated))
    return told


def came(plan: Plan, fees: int | None, currency: str, *, so_far: bool) -> str:
    """Say what came in a plan's period: “£12,000 came so far”; of an earlier plan also what it was to bring."""
    if fees is None:
        return ""
    amount = formats.money(fees, currency)
    if so_far:
        return tr("{fees} came so far").format(fees=amount)
    if plan.expected_fee is None:
        return tr("{plan}: came {fees}").format(plan=plan.title, fees=amount)
    expected = formats.money(plan.expected_fee, currency)
    return tr("{plan}: expected {expected}, came {fees}").format(plan=plan.title, expected=expected, fees=amount)


def flagged(warnings: Sequence[GapWarning]) -> str:
    """Say what the warnings flag, as a risk would be written; empty where nothing is flagged."""
    for warning in warnings:
        if warning.silence is not None or warning.days is None:
            continue
        if warning.kind is WarningKind.CONTACT_GAP:
            return tr("Silent for {days}").format(days=formats.days(warning.days))
        if warning.kind is WarningKind.PURCHASE_GAP:
            return tr("No invoice for {days}").format(days=formats.days(warning.days))
    return ""


_LACKS = {
    Lack.NEXT_PLAN: ("The period of this plan is over, and no other follows.", "New plan"),
    Lack.GOALS: ("What the client wants is not written yet. Ask them, and write their words.", "Add a goal"),
    Lack.OBJECTIVES: ("No objective yet: what are we here to do?", "Add an objective"),
    Lack.ACTIONS: ("Nothing is planned yet to reach the objectives.", "Add an action"),
    Lack.FLAGGED_RISK: ("No risk is named yet, and one is flagged: {what}.", "Add it as a risk"),
    Lack.MEASURE: ("“{what}” has no measure or no target: when is it reached?", "Set it"),
    Lack.ACTION_FOR: ("“{what}” has no action that serves it.", "Add an action"),
    Lack.OWNER: ("Nobody is named for “{what}”.", "Name somebody"),
    Lack.DUE: ("“{what}” has no day on which it is due.", "Set the day"),
    Lack.ESTIMATE: ("“{what}” has neither hours nor a cost.", "Estimate it"),
    Lack.FEE: ("The fee the plan is to bring is not set.", "Set it"),
    Lack.RISKS: ("No risk is named yet: what could end this relationship?", "Add a risk"),
    Lack.OPPORTUNITIES: ("No opportunity is named yet: what else do they need?", "Add an opportunity"),
    Lack.REVIEW: ("The plan was not gone through for over 90 days.", "Reviewed today"),
}


def missing(value: Missing, flag: str = "") -> tuple[str, str]:
    """Say what is missing next, and the words of the link that mends it."""
    sentence, link = _LACKS[value.lack]
    what = flag[:1].lower() + flag[1:] if value.lack is Lack.FLAGGED_RISK else ""
    if value.objective is not None:
        what = value.objective.title
    if value.action is not None:
        what = value.action.title
    return tr(sentence).format(what=what), tr(link)
