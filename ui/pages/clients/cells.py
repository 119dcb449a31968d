"""What stands in each cell of the clients table: text, value to sort by, mark, tone, and what the mouse is told."""

from datetime import date
from fractions import Fraction

from app.domain.metrics.cadence import ContactState
from app.domain.metrics.warnings import Severity
from app.domain.vocabulary import Tier
from app.words import dialogues, formats, sentences, stages
from app.words.catalogue import tr
from ui.pages.clients.rows import ClientRow, Shown
from ui.tokens import Mark, Tone

PIN = "*"
MARKS = {
    ContactState.OK: Mark.WELL,
    ContactState.DUE_SOON: Mark.DUE,
    ContactState.OVERDUE: Mark.OVERDUE,
    ContactState.BADLY: Mark.OVERDUE,
}
_ORDER = {tier: place for place, tier in enumerate(Tier)}


def sentence(words: str) -> str:
    """Write a phrase as a sentence."""
    return words[:1].upper() + words[1:] + "." if words else ""


def quiet(_row: ClientRow) -> Tone:
    """Stand back."""
    return Tone.QUIET


def name(row: ClientRow) -> str:
    """Give the name."""
    return row.name


def tier(row: ClientRow) -> str:
    """Give the tier, with a mark if it is pinned."""
    return row.tier + PIN if row.figures.tier_pinned else row.tier


def tier_order(row: ClientRow) -> int:
    """Sort by the order of the tiers."""
    return _ORDER[row.figures.tier]


def about_tier(row: ClientRow) -> str:
    """Say who decided the tier."""
    if not row.figures.tier_pinned:
        return tr("By rank of fees; nobody pinned it.")
    client = row.figures.client
    since = tr("Pinned by hand since {day}").format(day=formats.day(client.tier_since))
    return f"{since}: {client.tier_reason}" if client.tier_reason else f"{since}."


def stage(row: ClientRow) -> str:
    """Give the stage."""
    return row.stage


def stage_tone(row: ClientRow) -> Tone:
    """A relationship at risk stands out, also where the last contact is fresh: its invoices may have stopped."""
    risk = row.figures.risk
    return Tone.PLAIN if risk is None else Tone.DUE if risk is Severity.DUE else Tone.OVERDUE


def about_stage(row: ClientRow) -> str:
    """Say since when, and what is wrong, as the head of the client's page does; and whether a hand set it."""
    figures = row.figures
    day = figures.fees.as_of
    told = stages.stage_line(figures.stage, figures.fees, day, stages.reasons(figures.warnings, (), day))
    return f"{told}. {tr('Set by hand.')}" if figures.stage.by_hand else f"{told}."


def owner(row: ClientRow) -> str:
    """Give the initials of the owner."""
    return row.owner or formats.DASH


def owner_name(row: ClientRow) -> str:
    """Give the name of the owner."""
    return row.owner_name or tr("Nobody owns this client.")


def tfi(row: ClientRow) -> Shown:
    """Give TFI."""
    return row.tfi


def tfi_tone(row: ClientRow) -> Tone:
    """Grey what is no rhythm."""
    return Tone.QUIET if row.figures.fees.bunched else Tone.PLAIN


def lifetime(row: ClientRow) -> Shown:
    """Give the discounted value."""
    return row.lifetime


def expected(row: ClientRow) -> Shown:
    """Give the expected value."""
    return row.expected


def fees(row: ClientRow) -> Shown:
    """Give the fees of 12 months."""
    return row.fees


def observed(row: ClientRow) -> Shown:
    """Give all fees so far."""
    return row.observed


def so_far(row: ClientRow) -> Shown:
    """Give the value so far."""
    return row.so_far


def profit(row: ClientRow) -> Shown:
    """Give the contribution of 12 months."""
    return row.profit


def profit_tone(row: ClientRow) -> Tone:
    """Colour what was lost."""
    return _below_zero(row.profit)


def so_far_tone(row: ClientRow) -> Tone:
    """Colour who has cost more than they brought."""
    return _below_zero(row.so_far)


def _below_zero(figure: Shown) -> Tone:
    return Tone.OVERDUE if (figure.value or 0) < 0 else Tone.PLAIN


def last_day(row: ClientRow) -> date | None:
    """Give the day of the last contact."""
    return row.figures.contact.last


def about_last(row: ClientRow) -> str:
    """Say why there is none."""
    return "" if row.figures.contact.last else tr("No contact is recorded.")


def gap(row: ClientRow) -> str:
    """Give the gap in days."""
    if row.state is ContactState.NONE:
        return tr("none set")
    days = row.figures.contact.days
    return formats.DASH if days is None else tr("{n} d").format(n=f"{days:,}")


def gap_days(row: ClientRow) -> int | None:
    """Sort by days."""
    return None if row.state is ContactState.NONE else row.figures.contact.days


def gap_mark(row: ClientRow) -> Mark:
    """Give the mark of the gap."""
    return MARKS.get(row.state, Mark.NONE)


def gap_tone(row: ClientRow) -> Tone:
    """Colour the gap."""
    mark = gap_mark(row)
    return Tone.QUIET if mark is Mark.NONE else mark.tone


def about_gap(row: ClientRow) -> str:
    """Say what the gap is held against."""
    gap, cadence = row.figures.contact, row.figures.cadence
    if gap.state is ContactState.NONE:
        return tr("No cadence is set: no warnings for this client.")
    if gap.days is None:
        return tr("No contact is recorded: when did you last speak?")
    said = tr("{state}: {days} since the last contact, due every {cadence} ({source}).")
    return sentence(
        said.format(
            state=tr(str(gap.state)),
            days=formats.days(gap.days),
            cadence=tr("day") if gap.cadence == 1 else formats.days(gap.cadence or 0),
            source=sentences.decided_by(cadence.source),
        ).removesuffix(".")
    )


def code(row: ClientRow) -> str:
    """Give the code."""
    return row.figures.client.code


def tags(row: ClientRow) -> str:
    """Give the tags."""
    return row.tags


def n(row: ClientRow) -> str:
    """Give the number of purchases."""
    return f"{row.figures.fees.n:,}"


def n_number(row: ClientRow) -> int:
    """Sort by purchases."""
    return row.figures.fees.n


def spend(row: ClientRow) -> Fraction | None:
    """Give S."""
    return row.figures.fees.spend


def interval(row: ClientRow) -> str:
    """Give T."""
    return formats.duration(row.figures.fees.interval)


def interval_days(row: ClientRow) -> Fraction | None:
    """Sort by T."""
    return row.figures.fees.interval


def length(row: ClientRow) -> str:
    """Give L."""
    return formats.duration(row.figures.fees.length)


def length_days(row: ClientRow) -> int | None:
    """Sort by L."""
    return row.figures.fees.length


def rank(row: ClientRow) -> str:
    """Give the rank."""
    rank = row.figures.standing.rank
    return formats.DASH if rank is None else f"{rank:,}"


def rank_number(row: ClientRow) -> int | None:
    """Sort by rank."""
    return row.figures.standing.rank


def abc(row: ClientRow) -> str:
    """Give the class."""
    abc = row.figures.standing.abc
    return formats.DASH if abc is None else str(abc)


def about_abc(row: ClientRow) -> str:
    """Say why there is no class."""
    return tr("No income: outside the ranking.") if row.figures.standing.abc is None else ""


def rfm(row: ClientRow) -> str:
    """Give the three scores."""
    return formats.DASH if row.rfm.value is None else str(row.rfm.value)


def rfm_value(row: ClientRow) -> int | None:
    """Sort by the scores."""
    return row.rfm.value


def about_rfm(row: ClientRow) -> str:
    """Say why there are none."""
    return sentence(row.rfm.why)


def dialogue(row: ClientRow) -> str:
    """Give their share of the dialogue."""
    share = row.dialogue.value
    return formats.DASH if share is None else formats.share(Fraction(share, 100))


def dialogue_value(row: ClientRow) -> int | None:
    """Sort by the share."""
    return row.dialogue.value


def dialogue_mark(row: ClientRow) -> Mark:
    """Mark a dialogue that warns."""
    spoken = row.figures.dialogue
    return Mark.DUE if spoken is not None and spoken.out_of_balance else Mark.NONE


def dialogue_tone(row: ClientRow) -> Tone:
    """Colour a dialogue that warns."""
    return Tone.PLAIN if dialogue_mark(row) is Mark.NONE else Tone.DUE


def about_dialogue(row: ClientRow) -> str:
    """Say what lies behind the share, or why there is none."""
    spoken = row.figures.dialogue
    return sentence(row.dialogue.why) if spoken is None else dialogues.sentence(spoken)


def planned_day(row: ClientRow) -> date | None:
    """Give the next planned day."""
    return row.figures.next_planned


def cadence(row: ClientRow) -> str:
    """Give the cadence."""
    days = row.figures.cadence.days
    return tr("none") if days is None else tr("{n} d").format(n=days)


def cadence_days(row: ClientRow) -> int | None:
    """Sort by the cadence."""
    return row.figures.cadence.days


def about_cadence(row: ClientRow) -> str:
    """Say who decided the cadence."""
    return sentence(sentences.decided_by(row.figures.cadence.source))
