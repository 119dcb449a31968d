"""What is said about a dialogue: who speaks, who sells, who has gone quiet (METRICS C7, C8)."""

from datetime import date
from fractions import Fraction

from app.domain.metrics.cadence import ContactState, Overdue
from app.domain.metrics.contacts import MIN_CONTACTS, Dialogue
from app.domain.vocabulary import Direction
from app.words import formats
from app.words.catalogue import tr, trn

BALANCED_FROM = Fraction(35, 100)
BALANCED_TO = Fraction(65, 100)

ARROWS = {Direction.IN: "←", Direction.OUT: "→", Direction.BOTH: "↔"}


def heading(spoken: Dialogue, gap: Overdue) -> str:
    """Say in a few words how the dialogue stands."""
    share = spoken.share
    if spoken.year.total < MIN_CONTACTS or share is None:
        return tr("Too few contacts to tell")
    if spoken.monologue:
        return tr("Only we speak")
    if spoken.unanswered or (gap.state in (ContactState.OVERDUE, ContactState.BADLY) and share < BALANCED_FROM):
        return tr("They have gone quiet")
    if spoken.they_do_the_calling:
        return tr("They do the calling")
    if share < BALANCED_FROM:
        return tr("We speak more than they do")
    return tr("They speak more than we do") if share > BALANCED_TO else tr("A balanced dialogue")


def sentence(spoken: Dialogue) -> str:
    """Say what lies behind the balance: what is unanswered, what sold, n and rules."""
    told = [_unanswered(spoken), _selling(spoken)]
    if spoken.year.total < MIN_CONTACTS:
        told = [_counts(spoken), _unanswered(spoken)]
    told.append(tr("n = {n} in 365 days, rules C7 and C8.").format(n=spoken.year.total))
    return " ".join(filter(None, told))


def state(spoken: Dialogue) -> str:
    """Name in a word or two what is out of balance, the worst first; nothing if nothing is."""
    if spoken.monologue:
        return tr("only we speak")
    if spoken.unanswered:
        return tr("no reply to {n}").format(n=spoken.outbound_since_last_inbound)
    return tr("mostly offers") if spoken.sells_too_much else ""


def warning(spoken: Dialogue) -> str:
    """Say in one sentence what is out of balance: how many went unanswered since when, how many were offers."""
    count, last = spoken.outbound_since_last_inbound, spoken.last_inbound
    if not spoken.unanswered:
        told = _counts(spoken).removesuffix(".") if spoken.monologue else ""
    elif last is None:
        told = tr("{n} messages from us, no reply yet").format(n=count)
    else:
        day = formats.short_day(last, spoken.as_of)
        told = tr("{n} messages from us, none back since {day}").format(n=count, day=day)
    offers = ""
    if spoken.selling and (spoken.sells_too_much or not told or spoken.monologue):
        offers = trn(
            "{n} of {{all}} of ours in a year was an offer",
            "{n} of {{all}} of ours in a year were offers",
            spoken.selling,
        ).format(all=spoken.purposeful)
    return "; ".join(filter(None, (told, offers))) + "."


def _counts(spoken: Dialogue) -> str:
    year = spoken.year
    return tr("In a year {inbound} from them, {outbound} from us, {both} both ways.").format(
        inbound=year.inbound or tr("none"), outbound=year.outbound or tr("none"), both=year.both or tr("none")
    )


def _unanswered(spoken: Dialogue) -> str:
    count = spoken.outbound_since_last_inbound
    if not count:
        return tr("They spoke last.") if spoken.last_inbound else ""
    if spoken.last_inbound is None:
        return trn("{n} message from us, no reply yet.", "{n} messages from us, no reply yet.", count)
    return trn("{n} message since their last reply.", "{n} messages since their last reply.", count)


def _selling(spoken: Dialogue) -> str:
    if not spoken.purposeful:
        return ""
    words = trn(
        "{n} of {{all}} outgoing in a year was an offer",
        "{n} of {{all}} outgoing in a year were offers",
        spoken.selling,
    ).format(all=spoken.purposeful)
    if spoken.sells_too_much:
        words += tr(": more than half sells")
    unset = spoken.without_purpose
    return f"{words}{tr(' ({n} without a purpose left out)').format(n=unset) if unset else ''}."


def since(day: date | None, as_of: date) -> str:
    """Say how long a person was not spoken to: 83 days, since May, never."""
    if day is None:
        return tr("never")
    days = (as_of - day).days
    if days < 100:
        return formats.days(days)
    return tr("since {month}").format(month=formats.full_month(day) if days < 300 else formats.month_year(day))
