"""The sheet behind the gap: days since the last real conversation against what was promised and what is usual."""

from datetime import date

from app.domain.metrics.cadence import Cadence, ContactState, Overdue
from app.domain.metrics.rhythm import Rhythm
from app.words import formats, sentences
from app.words.catalogue import tr, trn
from app.words.explanations import Explanation, Line, in_days, rule_line

SHOW_HABIT_FROM = 3


def gap_short(gap: Overdue, due: Cadence, habit: Rhythm | None) -> str:
    """Say shortly what a gap is held against: “usually 21, promised 30”."""
    if gap.days is None:
        return tr("no contact recorded")
    told = []
    if habit is not None and habit.median_gap is not None and habit.gaps_used >= SHOW_HABIT_FROM:
        told.append(tr("usually {n}").format(n=formats.in_tenths(habit.median_gap)))
    if due.days is not None:
        told.append(tr("promised {n}").format(n=due.days))
    else:
        told.append(tr("no promise: {who}").format(who=sentences.decided_by(due.source)))
    return ", ".join(told)


def gap(gap: Overdue, due: Cadence, habit: Rhythm | None, as_of: date, planned: date | None = None) -> Explanation:
    """Explain the gap of a client: cadence C2, overdue C3, own rhythm C4."""
    formula = (
        tr("No gap: no contact is recorded")
        if gap.days is None or gap.last is None
        else tr("{days} since {last}").format(days=formats.days(gap.days), last=formats.day(gap.last))
    )
    return Explanation(
        title=tr("Gap since the last conversation"),
        rule=rule_line("C1 to C4", as_of),
        formula=formula,
        lines=tuple(_lines(gap, due, habit)),
        paragraphs=tuple(filter(None, (_state(gap), _odds(gap, habit), _planned(planned)))),
        note=tr(
            "Counts: meetings, calls that connected, mails and messages with a person. "
            "Does not count: newsletters, voicemail, unanswered attempts, what is only planned."
        ),
        link=tr("Show contacts"),
    )


def _lines(gap: Overdue, due: Cadence, habit: Rhythm | None) -> tuple[Line, ...]:
    lines = []
    promised = tr("none")
    if due.days is not None:
        promised = tr("every day") if due.days == 1 else tr("every {days}").format(days=formats.days(due.days))
    lines.append(Line("", tr("promised"), sentences.decided_by(due.source), promised))
    if habit is not None and habit.median_gap is not None:
        working = trn("{n} gap", "last {n} gaps: {{low}}–{{high}}", habit.gaps_used)
        working = working.format(low=min(habit.gaps), high=max(habit.gaps))
        lines.append(Line("", tr("usual, the median gap"), working, in_days(habit.median_gap)))
    if gap.ratio is not None and gap.days is not None:
        working = f"{gap.days} ÷ {gap.cadence}"
        lines.append(Line("q", tr("gap against the promise"), working, formats.number(gap.ratio, 2)))
    return tuple(lines)


def _state(gap: Overdue) -> str:
    over = gap.overdue_days
    match gap.state:
        case ContactState.NEVER:
            return tr("Nobody has logged a contact yet: when did you last speak?")
        case ContactState.NONE:
            return tr("No contact is promised to this client, so nothing is overdue.")
        case ContactState.OK:
            return tr("All is well: the next contact is due in {days}.").format(days=formats.days(-(over or 0)))
        case ContactState.DUE_SOON:
            return tr("Due soon: {days} are left.").format(days=formats.days(-(over or 0)))
        case ContactState.OVERDUE:
            return tr("Overdue by {days}.").format(days=formats.days(over or 0))
        case ContactState.BADLY:
            return tr("Badly overdue, by {days}: twice the promise or more.").format(days=formats.days(over or 0))


def _odds(gap: Overdue, habit: Rhythm | None) -> str:
    if gap.days is None or habit is None or habit.p_longer is None:
        return ""
    return tr("By this client’s own habit a gap this long happens {odds}.").format(odds=formats.odds(habit.p_longer))


def _planned(day: date | None) -> str:
    return "" if day is None else tr("The next contact is planned for {day}.").format(day=formats.day(day))
