"""How a client's stage is said in the head of its page: the word, since when, and the reasons beside it."""

from collections.abc import Sequence
from datetime import date

from app.domain.metrics.contacts import Dialogue
from app.domain.metrics.stages import StageOn
from app.domain.metrics.tfi import FeeFigures
from app.domain.metrics.warnings import GapWarning, WarningKind
from app.domain.promises import Promise
from app.domain.vocabulary import PromiseBy, Stage
from app.words import dialogues, formats, names
from app.words.catalogue import tr


def stage_line(stage: StageOn, fees: FeeFigures, as_of: date, reasons: Sequence[str]) -> str:
    """Write “At risk since 3 Nov: silent, promise late”; without reasons, since when they are a client."""
    words = names.name(stage.stage)
    if stage.since is not None:
        words = tr("{stage} since {day}").format(stage=words, day=formats.short_day(stage.since, as_of))
    if reasons:
        return f"{words}: {', '.join(reasons)}"
    if stage.stage in (Stage.PROSPECT, Stage.INCUBATING):
        since = fees.known_since
        return (
            words
            if since is None
            else tr("{stage}, known since {day}").format(stage=words, day=formats.short_day(since, as_of))
        )
    begun = fees.client_since or fees.first
    if stage.stage is Stage.ENDED or begun is None:
        return words
    return tr("{stage}, client since {month}").format(stage=words, month=formats.month_year(begun))


def reasons(
    warnings: Sequence[GapWarning],
    promises: Sequence[Promise],
    as_of: date,
    by_hand: str = "",
    spoken: Dialogue | None = None,
) -> list[str]:
    """Name in a word or two what is wrong: the reason by hand, gaps, a dialogue out of balance, late promises of ours.

    `spoken` is the dialogue; without one nothing is said of it.
    """
    told = [by_hand] if by_hand else []
    for warning in warnings:
        if warning.silence is not None or warning.days is None:
            continue
        days = formats.days(warning.days)
        if warning.kind is WarningKind.CONTACT_GAP:
            told.append(tr("{days} silent").format(days=days))
        elif warning.kind is WarningKind.PURCHASE_GAP:
            told.append(tr("no invoice for {days}").format(days=days))
    if spoken is not None and spoken.out_of_balance:
        told.append(dialogues.state(spoken))
    late = sum(
        1
        for promise in promises
        if promise.by is PromiseBy.US and promise.is_open(as_of) and promise.due is not None and promise.due < as_of
    )
    if late:
        told.append(tr("promise late") if late == 1 else tr("{n} promises late").format(n=late))
    return told
