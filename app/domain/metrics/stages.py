"""The stage of a client on a day: the latest hand-set row, else derived (METRICS C2a)."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.metrics.lifetime import has_lapsed, lapsed
from app.domain.metrics.purchases import FeeSeries
from app.domain.metrics.relationship import Relationship
from app.domain.metrics.rhythm import Rhythm
from app.domain.metrics.tfi import FeeFigures
from app.domain.vocabulary import Stage

CRUCIAL_DAYS = 100
AT_RISK_BELOW = 0.05


@dataclass(frozen=True, slots=True)
class StageOn:
    """A client's stage on a day, and since when if a hand set it (None: derived)."""

    stage: Stage
    since: date | None
    by_hand: bool


def stage_on(
    figures: FeeFigures, fees: FeeSeries, relationship: Relationship, purchases: Rhythm | None, contacted: bool
) -> StageOn:
    """Find the stage on the figures' day; `contacted` tells whether any counting contact exists by then (C2a)."""
    row = relationship.stage_row(figures.as_of)
    if row is not None:
        return StageOn(row.stage, row.day, by_hand=True)
    return StageOn(_derived(figures, fees, purchases, contacted), None, by_hand=False)


def _derived(figures: FeeFigures, fees: FeeSeries, purchases: Rhythm | None, contacted: bool) -> Stage:
    """Go through C2a's list, first match."""
    as_of = figures.as_of
    if figures.n == 0:
        return Stage.INCUBATING if contacted else Stage.PROSPECT
    if _won_back(fees.on(as_of).purchase_days, as_of.toordinal()):
        return Stage.WON_BACK
    since = figures.days_since_first
    if since is not None and since < CRUCIAL_DAYS:
        return Stage.NEW
    if purchases is not None and purchases.p_longer is not None and purchases.p_longer < AT_RISK_BELOW:
        return Stage.AT_RISK
    return Stage.DORMANT if has_lapsed(figures) else Stage.ESTABLISHED


def _won_back(days: Sequence[int], today: int) -> bool:
    """Tell whether a purchase of the last 100 days was the first after a lapse (METRICS V3)."""
    at = bisect_right(days, today)
    while at >= 2 and today - days[at - 1] < CRUCIAL_DAYS:
        before = at - 1
        if lapsed(days[at - 1] - days[before - 1], days[before - 1] - days[0], before - 1):
            return True
        at -= 1
    return False
