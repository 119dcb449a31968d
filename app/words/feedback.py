"""What is said about feedback: scores, the steps of the loop and the days they took (METRICS C9, C10)."""

from datetime import date
from fractions import Fraction

from app.domain.feedback import Feedback
from app.domain.metrics.feedback_loop import TOLD_WITHIN, FeedbackLoop
from app.domain.reviews import Score
from app.domain.vocabulary import FeedbackKind
from app.words import formats
from app.words.catalogue import tr, trn


def scores(item: Feedback) -> str:
    """Write the scores as small words: “work 8 · service 9 · recommend 10”; empty without any."""
    told = (
        (tr("work {n}"), item.work_score),
        (tr("service {n}"), item.service_score),
        (tr("recommend {n}"), item.nps),
    )
    return " · ".join(words.format(n=score) for words, score in told if score is not None)


def mean(score: Score) -> str:
    """Write a mean of 0 to 10: 8.3; a dash without answers."""
    return formats.DASH if score.mean is None else formats.number(score.mean, 1)


def quoted(verbatim: str) -> str:
    """Put what was said into quotation marks, unless it stands in some."""
    words = verbatim.strip()
    return words if not words or words[0] in "“\"„«'‘" else f"“{words}”"


def step_days(item: Feedback, day: date | None, as_of: date) -> str:
    """Write the day of a step and how long it took: “14 Nov, 3 days”; empty where it is not done by then."""
    if day is None or day > as_of:
        return ""
    took = (day - item.on).days
    # The year stands beside the feedback; it is said again only where it is another.
    return ", ".join((formats.short_day(day, item.on), tr("same day") if took == 0 else formats.days(took)))


def waiting(item: Feedback, as_of: date) -> str:
    """Say how long a feedback has been open."""
    age = (as_of - item.on).days
    return tr("open since today") if age == 0 else tr("open for {days}").format(days=formats.days(age))


def open_line(loop: FeedbackLoop) -> str:
    """Say how many loops are open, and how old the oldest is."""
    if not loop.open:
        return tr("none")
    age = formats.days(loop.oldest_open or 0)
    return f"{loop.open:,}, " + (tr("{days} old") if loop.open == 1 else tr("oldest {days}")).format(days=age)


def loop_line(loop: FeedbackLoop) -> str:
    """Say the median loop time with its n, or why there is none."""
    if loop.median_days is None:
        return tr("none in 12 months")
    return tr("{days}, n = {n}").format(days=formats.duration(loop.median_days), n=loop.closed)


def told_line(loop: FeedbackLoop) -> str:
    """Say how many were told in time, of how many, or why none; a share from five on, counts below."""
    if not loop.due:
        return tr("none that long ago")
    counts = tr("{n} of {all}").format(n=loop.told_in_time, all=loop.due)
    return counts if loop.due < FEW else f"{formats.share(loop.share_in_time)}, {counts}"


def told_label() -> str:
    """Say what the share told in time is of."""
    return trn("Told within {n} day", "Told within {n} days", TOLD_WITHIN)


def answers(n: int) -> str:
    """Write how many answers a mean rests on."""
    return trn("n = {n} answer", "n = {n} answers", n)


def is_praise(item: Feedback) -> bool:
    """Tell whether only an answer is owed."""
    return item.kind is FeedbackKind.PRAISE


def lowest(mean_score: Fraction | None) -> bool:
    """Tell whether a mean lies in the band that alarms: 6 and less of 10."""
    return mean_score is not None and mean_score <= 6


FEW = 5
