"""What Today says: how many wait, how badly, what is owed, why somebody is left in peace."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from app.domain.metrics.warnings import GapWarning, Severity, Silence, SilenceKind, WarningKind
from app.domain.promises import Promise
from app.domain.vocabulary import PromiseBy
from app.words import formats, sentences, steps
from app.words.catalogue import tr, trn

LONGEST_PROMISE = 44
_BADNESS = tuple(Severity)
_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_STATES = {
    (WarningKind.CONTACT_GAP, Severity.DUE): "Due",
    (WarningKind.CONTACT_GAP, Severity.OVERDUE): "Late",
    (WarningKind.CONTACT_GAP, Severity.BADLY): "Silent",
    (WarningKind.PURCHASE_GAP, Severity.DUE): "At risk",
    (WarningKind.PURCHASE_GAP, Severity.OVERDUE): "Silent",
}


def counted(number: int) -> str:
    """Write a small number as a word: three; from thirteen on as figures."""
    return tr(_COUNTED[number - 1]) if 1 <= number <= len(_COUNTED) else f"{number:,}"


def waiting(number: int) -> str:
    """Say how many wait: “Eight clients wait for a word from you”."""
    if number == 0:
        return tr("Nobody is waiting")
    words = trn("{n} client waits for a word from you", "{n} clients wait for a word from you", number)
    counting = counted(number)
    return words.replace(f"{number:,}", counting[:1].upper() + counting[1:], 1)


def they_bring(number: int, of: int, share: Fraction) -> str:
    """Say how much of all fees the waiting clients with the highest fees bring: “three of them bring 41 % of fees”."""
    shown = formats.share(share)
    if of == 1:
        return tr("it brings {share} of fees").format(share=shown)
    if number == of:
        return tr("they bring {share} of fees").format(share=shown)
    words = tr("{count} of them brings {share} of fees") if number == 1 else tr("{count} of them bring {share} of fees")
    return words.format(count=counted(number), share=shown)


def worst(warnings: Iterable[GapWarning]) -> GapWarning:
    """Give the most severe of one client's warnings; the first of equals."""
    return max(warnings, key=lambda warning: _BADNESS.index(warning.severity))


def state(warning: GapWarning) -> str:
    """Name in a word how badly a client waits: Due, Late, At risk, Silent."""
    return tr(_STATES.get((warning.kind, warning.severity), "Due"))


def owed(promise: Promise | None, as_of: date) -> str:
    """Say the next promise: “We owe, 9 days late: revised launch plan”; where it is cut off, the day still stands."""
    if promise is None:
        return tr("Nothing promised")
    words = tr("We owe, {when}: {what}") if promise.by is PromiseBy.US else tr("They owe, {when}: {what}")
    return words.format(what=steps.short(promise.what, LONGEST_PROMISE), when=sentences.due(promise.due, as_of))


def peace(silence: Silence, as_of: date, reason: str = "") -> str:
    """Say why a client's warnings are quiet."""
    match silence.kind:
        case SilenceKind.PLANNED:
            return tr("planned {day}").format(day=sentences.due(silence.day, as_of))
        case SilenceKind.SNOOZED:
            until = tr("snoozed until {day}").format(day=formats.short_day(silence.day, as_of))
            return f"{until}: {reason}" if reason else until
        case SilenceKind.ASKED_NOT:
            return tr("asked not to be contacted")


def next_due(name: str, day: date, as_of: date) -> str:
    """Say who is due next: “Next due: Acme on Thursday.”."""
    left = (day - as_of).days
    if left <= 1:
        when = tr("tomorrow") if left == 1 else tr("today")
        return tr("Next due: {client} {when}.").format(client=name, when=when)
    on = formats.weekday_name(day) if left <= sentences.SOON_DAYS else formats.short_day(day, as_of)
    return tr("Next due: {client} on {day}.").format(client=name, day=on)


def when_last_spoken(number: int) -> str:
    """Head the group of clients without any recorded contact."""
    return trn("{n} client: when did you last speak?", "{n} clients: when did you last speak?", number)
