"""The loop of a feedback: received, owned, acted on, client told (METRICS C9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.domain.metrics.numbers import median, ratio
from app.domain.periods import last_years

TOLD_WITHIN = 10


@dataclass(frozen=True, slots=True)
class LoopRow:
    """The dates of one feedback. Praise needs only `answered`; everything else is closed by telling the client."""

    received: date
    owned: date | None = None
    acted: date | None = None
    told: date | None = None
    praise: bool = False
    answered: date | None = None

    def closed_on(self, as_of: date) -> date | None:
        """Give the day the loop was closed, if it was by then."""
        days = [self.told, self.answered] if self.praise else [self.told]
        return min((day for day in days if day is not None and day <= as_of), default=None)


@dataclass(frozen=True, slots=True)
class FeedbackLoop:
    """The state of the loops on one day; days. `due` are items received long enough ago to be judged."""

    received: int
    open: int
    oldest_open: int | None
    closed: int
    median_days: Fraction | None
    due: int
    told_in_time: int

    @property
    def share_in_time(self) -> Fraction | None:
        """Give the share told within the limit; open older ones count as misses."""
        return ratio(self.told_in_time, self.due)


def feedback_loop(rows: Iterable[LoopRow], as_of: date, within: int = TOLD_WITHIN) -> FeedbackLoop:
    """Report the open ones, the oldest, the median of those closed in 12 months, and the share told in time (C9)."""
    known = [row for row in rows if row.received <= as_of]
    ends = [(row.received, row.closed_on(as_of)) for row in known]
    still_open = [(as_of - received).days for received, closed in ends if closed is None]
    year = last_years(as_of)
    took = [(closed - received).days for received, closed in ends if closed is not None and closed in year]
    due = [(received, closed) for received, closed in ends if (as_of - received).days >= within]
    return FeedbackLoop(
        received=len(known),
        open=len(still_open),
        oldest_open=max(still_open, default=None),
        closed=len(took),
        median_days=median(took),
        due=len(due),
        told_in_time=sum(1 for received, closed in due if closed and (closed - received).days <= within),
    )
