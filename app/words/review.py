"""What a client review says: findings, the sentence that explains TFI, definitions, labels.

The client's edition speaks to the client (“you”), ours of the client (“they”).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from app.domain.metrics.contacts import MIN_CONTACTS
from app.domain.metrics.explanation import RowUse
from app.domain.metrics.reasons import Flag
from app.domain.money import round_half_away
from app.domain.reviews import Bucket, ClientSafeReview, Edition, Period, SafePlan, Score, Workings
from app.domain.vocabulary import Direction
from app.words import formats, sentences
from app.words.catalogue import tr, trn
from app.words.steps import short

_USES = {
    RowUse.PURCHASE: "counts",
    RowUse.NETTED: "counts in the sum; its day is no purchase",
    RowUse.MOVED: "credit, counts on the day of its invoice",
    RowUse.ZERO: "nothing invoiced: no purchase",
    RowUse.BOOKED_AHEAD: "dated later, not counted",
    RowUse.DISBURSEMENT: "expenses recharged, not counted",
    RowUse.WITHOUT_RATE: "no exchange rate, not counted",
}


def title(edition: Edition) -> str:
    """Name the review."""
    return tr("Client review") if edition is Edition.CLIENT else tr("Internal review, not for the client")


def file_title(client: str, as_of: date, edition: Edition) -> str:
    """Suggest the name of the file, without its suffix; the date keeps earlier ones apart."""
    words = tr("review") if edition is Edition.CLIENT else tr("internal review")
    return f"{client} {words} {as_of.isoformat()}"


def days_of(period: Period) -> str:
    """Write a period: 25 Nov 2025 – 24 Nov 2026."""
    return f"{formats.day(period.start)} – {formats.day(period.end)}"


def bucket(item: Bucket) -> str:
    """Write a month, quarter or year."""
    months = (item.end.year - item.start.year) * 12 + item.end.month - item.start.month
    if months == 0:
        return formats.month_year(item.start)
    if months <= 2 and (item.start.month - 1) // 3 == (item.end.month - 1) // 3:
        return f"Q{(item.start.month + 2) // 3} {item.start.year}"
    return str(item.start.year)


def bucket_kind(buckets: Sequence[Bucket]) -> str:
    """Name what the period is cut into."""
    labels = [bucket(item) for item in buckets]
    if any(label.startswith("Q") for label in labels):
        return tr("Quarter")
    return tr("Year") if all(label.isdigit() for label in labels) else tr("Month")


def is_cut(period: Period, buckets: Sequence[Bucket]) -> bool:
    """Tell whether the first or the last month, quarter or year is shorter than the calendar's."""
    months = {tr("Month"): 1, tr("Quarter"): 3, tr("Year"): 12}[bucket_kind(buckets)]
    return any(day.day != 1 or (day.month - 1) % months for day in (period.start, period.end + timedelta(days=1)))


def chart_title(review: ClientSafeReview) -> str:
    """Say what the chart of fees, or where there is none the table, shows."""
    unit = bucket_kind(review.buckets).lower()
    if not any(item.fees for item in review.buckets):
        return tr("The period, by {unit}").format(unit=unit)
    sum_ = formats.money(review.fees_in_period, review.currency)
    return tr("Fees by {unit}: {sum} in the period").format(unit=unit, sum=sum_)


def use(row_use: RowUse) -> str:
    """Say what became of a document."""
    return tr(_USES[row_use])


def spoke(direction: Direction, *, to_client: bool) -> str:
    """Say who spoke."""
    match direction:
        case Direction.IN:
            return tr("You spoke") if to_client else tr("They spoke")
        case Direction.OUT:
            return tr("We spoke")
        case Direction.BOTH:
            return tr("Conversation")


def score(found: Score) -> str:
    """Write a score with its n: 8.3 of 10 (n = 4); a dash without answers."""
    if found.mean is None:
        return formats.DASH
    return tr("{mean} of 10 (n = {n})").format(mean=formats.number(found.mean, 1), n=found.n)


def findings(review: ClientSafeReview, *, to_client: bool) -> list[str]:
    """Say in three to six sentences what the period holds."""
    said = [_fees(review), _value(review), dialogue(review, to_client=to_client), _feedback(review, to_client)]
    said += [_promises(review), _plan(review.plan, review.as_of)]
    return [sentence for sentence in said if sentence]


def left_out(sheets: Sequence[str]) -> str:
    """Say which sheets a review has not, because there is nothing to show on them."""
    named = [tr(name) for name in sheets]
    if len(named) == 1:
        return tr("The sheet {name} is left out: there is nothing to show on it.").format(name=named[0])
    names = tr("{names} and {last}").format(names=tr(", ").join(named[:-1]), last=named[-1])
    return tr("The sheets {names} are left out: there is nothing to show on them.").format(names=names)


def _fees(review: ClientSafeReview) -> str:
    workings = review.workings
    if not workings.n and not workings.observed:
        since = review.known_since
        known = tr(" Known since {day}.").format(day=formats.day(since)) if since else ""
        return tr("There is no purchase yet.") + known
    if not review.fees_in_period and not review.purchases_in_period:
        if not review.fees_before:
            return tr("No fees fall in the period.")
        before = formats.money(review.fees_before, review.currency)
        return tr("No fees fall in the period, after {before} in the time of equal length before.").format(
            before=before
        )
    sum_ = formats.money(review.fees_in_period, review.currency)
    on = trn("{n} purchase day", "{n} purchase days", review.purchases_in_period)
    said = tr("Fees in the period come to {sum} on {days}").format(sum=sum_, days=on)
    if review.fees_before is None:
        return f"{said}."
    if not review.fees_before:
        return tr("{said}, after none in the time of equal length before.").format(said=said)
    change = review.fees_in_period - review.fees_before
    before = formats.money(review.fees_before, review.currency)
    if not change:
        return tr("{said}, as much as in the time of equal length before.").format(said=said)
    words = (
        tr("{said}, {change} more than the {before} of the time before.")
        if change > 0
        else tr("{said}, {change} less than the {before} of the time before.")
    )
    return words.format(said=said, change=formats.money(abs(change), review.currency), before=before)


def _value(review: ClientSafeReview) -> str:
    workings = review.workings
    if not workings.n:
        return ""
    observed = formats.money(workings.observed, review.currency)
    purchases = trn("{n} purchase", "{n} purchases", workings.n)
    so_far = tr("All fees so far come to {sum} in {purchases}").format(sum=observed, purchases=purchases)
    if workings.tfi is None:
        return tr("{so_far}; there is no TFI: {why}.").format(so_far=so_far, why=sentences.no_figure(workings.why_not))
    spend = formats.money(workings.spend, review.currency)
    said = tr("{so_far}; TFI is {tfi}: {rhythm}.").format(
        so_far=so_far,
        tfi=formats.money(workings.tfi, review.currency),
        rhythm=rhythm(spend, workings.interval, workings.length),
    )
    if Flag.BUNCHED in workings.flags:
        return f"{said} {_sentence(str(Flag.BUNCHED))}"
    return f"{said} {_not_happened(workings)}" if Flag.LONG_TAIL in workings.flags else said


def rhythm(spend: str, interval: Fraction | None, length: int | None) -> str:
    """Say S, T and L: £4,120 a purchase, one every 54 days, over 5.3 years."""
    often = tr("day") if interval == 1 else formats.duration(interval)
    return tr("{spend} a purchase, one every {interval}, over {length}").format(
        spend=spend, interval=often, length=formats.duration(length)
    )


def dialogue(review: ClientSafeReview, *, to_client: bool) -> str:
    """Say how the dialogue of the period was shared."""
    spoken = review.spoken
    if not spoken.total:
        return tr("No personal contact was recorded in the period.")
    from_them = tr("you") if to_client else tr("them")
    counts = tr("{inbound} from {them}, {outbound} from us, {both}").format(
        inbound=spoken.inbound,
        them=from_them,
        outbound=spoken.outbound,
        both=trn("{n} conversation", "{n} conversations", spoken.both),
    )
    share = spoken.dialogue_share
    if share is None or spoken.total < MIN_CONTACTS:
        few = trn("{n} contact was recorded", "{n} contacts were recorded", spoken.total)
        return tr("{few} ({counts}): too few for a share.").format(few=few, counts=counts)
    whose = tr("Your") if to_client else tr("Their")
    return tr("{whose} share of the dialogue is {share} of {n} contacts: {counts}.").format(
        whose=whose, share=formats.share(share), n=spoken.total, counts=counts
    )


def _feedback(review: ClientSafeReview, to_client: bool) -> str:
    n = len(review.feedback)
    if not n:
        return tr("No feedback was recorded in the period.")
    told = sum(1 for item in review.feedback if item.told_on is not None)
    said, closed = _closed_to_them(n, told) if to_client else _closed_by_us(n, told)
    scores = [
        tr("{scale} {score}").format(scale=scale, score=score(found))
        for scale, found in ((tr("the work"), review.work), (tr("the service"), review.service))
        if found.n
    ]
    scored = tr("; scores: {scores}").format(scores=tr(", ").join(scores)) if scores else ""
    return f"{said}; {closed}{scored}."


def _closed_to_them(n: int, told: int) -> tuple[str, str]:
    if n == 1:
        closed = tr("we came back to you on it") if told else tr("we have not come back to you on it yet")
        return tr("You gave us feedback once"), closed
    said = trn("You gave us feedback {n} time", "You gave us feedback {n} times", n)
    if not told:
        return said, tr("we have not come back to you on it yet")
    return said, trn("we came back to you on {n} of them", "we came back to you on {n} of them", told)


def _closed_by_us(n: int, told: int) -> tuple[str, str]:
    if n == 1:
        closed = tr("they were told what came of it") if told else tr("they have not been told yet what came of it")
        return tr("They gave feedback once"), closed
    said = trn("They gave feedback {n} time", "They gave feedback {n} times", n)
    if not told:
        return said, tr("they have not been told yet what came of it")
    return said, trn("they were told what came of {n}", "they were told what came of {n}", told)


def _promises(review: ClientSafeReview) -> str:
    kept, due = review.our_promises.kept, review.our_promises.due
    if not due:
        return ""
    if due == 1:
        return (
            tr("One promise of ours fell due in the period; it was kept.")
            if kept
            else tr("One promise of ours fell due in the period; it was not kept in it.")
        )
    said = trn(
        "Of {{due}} promises of ours due in the period, {n} was kept.",
        "Of {{due}} promises of ours due in the period, {n} were kept.",
        kept,
    )
    return said.format(due=due)


def _plan(plan: SafePlan | None, as_of: date) -> str:
    if plan is None or not plan.actions:
        return ""
    done = sum(1 for action in plan.actions if action.done_on is not None)
    said = _done(done, len(plan.actions))
    waiting = [action for action in plan.actions if action.done_on is None and action.due is not None]
    if not waiting:
        return f"{said}."
    following = min(waiting, key=lambda action: action.due or date.max)
    late = following.due is not None and following.due < as_of
    words = tr("{said}; “{what}” was due {day}.") if late else tr("{said}; next is “{what}”, due {day}.")
    return words.format(said=said, what=short(following.title, 80), day=formats.day(following.due))


def _done(done: int, of: int) -> str:
    if of == 1:
        return tr("The one action in the plan is done") if done else tr("The one action in the plan is not done yet")
    words = trn("Of {{all}} actions in the plan, {n} is done", "Of {{all}} actions in the plan, {n} are done", done)
    return words.format(all=of)


def explanation(workings: Workings, currency: str) -> str:
    """Say why TFI is not the plain sum of fees, with this client's numbers (METRICS 1.3)."""
    if workings.tfi is None or workings.parts is None:
        return tr("There is no TFI: {why}.").format(why=sentences.no_figure(workings.why_not))
    difference = round_half_away(workings.tfi - workings.observed)
    observed = formats.money(workings.observed, currency, pence=True)
    if not difference:
        return tr("Observed fees are {observed}; the formula gives the same.").format(observed=observed)
    more = tr("more") if difference > 0 else tr("less")
    fence, before, since = workings.parts.rounded()
    lead = sum((part.first - part.start).days for part in workings.episodes)
    tail = sum((part.end - part.last).days for part in workings.episodes)
    parts = [tr("the first purchase is not a gap ({sum})").format(sum=_signed(fence, currency))]
    if before:
        days = formats.days(lead)
        parts.append(tr("{days} before the first purchase ({sum})").format(days=days, sum=_signed(before, currency)))
    if since:
        days = formats.days(tail)
        parts.append(tr("{days} since the last purchase ({sum})").format(days=days, sum=_signed(since, currency)))
    return tr("Observed fees are {observed}. The formula gives {sum} {more}: {parts}.").format(
        observed=observed, sum=formats.money(abs(difference), currency, pence=True), more=more, parts=", ".join(parts)
    )


def remarks(workings: Workings) -> list[str]:
    """Say what stands beside the figures: how much they rest on, what they leave out (METRICS 1.5)."""
    said = []
    if workings.evidence is not None:
        said.append(tr("Evidence: {label}.").format(label=tr(str(workings.evidence))))
    for flag in workings.flags:
        if flag is Flag.LONG_TAIL:
            said.append(_not_happened(workings))
        elif flag is not Flag.WITHOUT_RATE:
            said.append(_sentence(str(flag)))
    for left in workings.without_rate:
        documents = trn("{n} document", "{n} documents", left.documents)
        amount = formats.money(left.amount, left.currency, pence=True)
        said.append(
            tr("Not counted for want of an exchange rate: {documents}, {sum}.").format(documents=documents, sum=amount)
        )
    if workings.foreign is not None:
        own = workings.foreign
        named = ((tr("observed"), own.observed), (tr("S"), own.spend), (tr("TFI"), own.tfi))
        sums = [f"{name} {formats.money(sum_, own.currency, pence=True)}" for name, sum_ in named if sum_ is not None]
        said.append(tr("In {currency}, as invoiced: {sums}.").format(currency=own.currency, sums=", ".join(sums)))
    return said


def _not_happened(workings: Workings) -> str:
    return trn(
        "TFI counts {n} purchase that has not happened.",
        "TFI counts {n} purchases that have not happened.",
        workings.purchases_not_happened,
    )


def _signed(minor: int, currency: str) -> str:
    text = formats.money(minor, currency, pence=True)
    return f"+{text}" if minor > 0 else text


def _sentence(words: str) -> str:
    text = tr(words)
    return f"{text[:1].upper()}{text[1:]}."


def mean(value: Fraction | None) -> str:
    """Write a mean with one decimal."""
    return formats.DASH if value is None else formats.number(value, 1)
