"""A client's own rhythm of purchases or contacts: how odd is the silence? (METRICS 3.2, C4, C5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from app.domain.metrics.numbers import beta_tail, median
from app.domain.metrics.reasons import Reason, Withheld

MOST_GAPS = 12
MIN_POOL = 20
OWN_KAPPA_FROM = 6
RATIO_FROM = 3
MANY_CLIENTS = 20_000


class RhythmState(StrEnum):
    """What the silence means, by p (METRICS C4)."""

    ON_RHYTHM = "on rhythm"
    LATE = "late"
    AT_RISK = "at risk"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class PooledKappa:
    """The firm's regularity after Wheat & Morrison: `raw` estimate from `clients`, and the limited one `used` (C5)."""

    raw: float | None
    clients: int
    used: float


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The last gaps of a client, days, the silence so far, and p = P(a gap this long or longer)."""

    gaps: tuple[int, ...]
    current_gap: int | None
    kappa: float
    p_longer: float | None
    prior_gap: int | None = None

    @property
    def gaps_used(self) -> int:
        """Give k."""
        return len(self.gaps)

    @property
    def median_gap(self) -> Fraction | None:
        """Give the median gap, days."""
        return median(self.gaps)

    @property
    def mean_gap(self) -> Fraction | None:
        """Give the mean gap, days."""
        return Fraction(sum(self.gaps), len(self.gaps)) if self.gaps else None

    @property
    def ratio(self) -> Fraction | None:
        """Give silence / median gap, from three gaps on; for words, never the trigger."""
        middle = self.median_gap
        if len(self.gaps) < RATIO_FROM or self.current_gap is None or not middle:
            return None
        return self.current_gap / middle

    @property
    def state(self) -> RhythmState | None:
        """Name the state of p, None without a p."""
        return None if self.p_longer is None else state_of(self.p_longer)

    @property
    def withheld(self) -> Withheld:
        """Say why p is missing."""
        return (("p_longer", Reason.NO_GAPS),) if self.p_longer is None else ()


def state_of(p: float) -> RhythmState:
    """Name the state of a probability: on rhythm from 0.20, late from 0.05, at risk from 0.01, else silent."""
    if p >= 0.20:
        return RhythmState.ON_RHYTHM
    if p >= 0.05:
        return RhythmState.LATE
    return RhythmState.AT_RISK if p >= 0.01 else RhythmState.SILENT


def pooled_kappa(gaps_of_clients: Iterable[Sequence[int]]) -> PooledKappa:
    """Estimate the firm-wide kappa from the last two gaps of each client with at least two (METRICS C5)."""
    count, total = 0, 0.0
    for gaps in gaps_of_clients:
        if len(gaps) >= 2:
            earlier, later = gaps[-2], gaps[-1]
            # (M - 1/2)^2 with M = g'/(g' + g'')
            total += ((earlier - later) / (2 * (earlier + later))) ** 2
            count += 1
    if not count:
        return PooledKappa(None, 0, 1.0)
    v = total / count
    raw = (1 - 4 * v) / (8 * v) if v > 0 else None
    if count < MIN_POOL:
        return PooledKappa(raw, count, 1.0)
    return PooledKappa(raw, count, 4.0 if raw is None else min(4.0, max(1.0, raw)))


def own_kappa(gaps: Sequence[int], pooled: float) -> float:
    """Give a client's own kappa from six gaps on, else the pooled one (METRICS C5)."""
    k = len(gaps)
    if k < OWN_KAPPA_FROM:
        return pooled
    total = sum(gaps)
    # sum (g_j / mean - 1)^2 without leaving the integers until the end
    unevenness = (k * k * sum(gap * gap for gap in gaps) - k * total * total) / (total * total)
    return min(20.0, max(0.5, (k + 5) / (6 / pooled + unevenness)))


def rhythm(gaps: Sequence[int], current_gap: int | None, pooled: float, prior_gap: int | None = None) -> Rhythm:
    """Judge a silence of `current_gap` days by the last gaps; contacts pass their cadence as `prior_gap` (C4)."""
    return _rhythm(tuple(gaps[-MOST_GAPS:]), current_gap, pooled, prior_gap)


@lru_cache(maxsize=MANY_CLIENTS)
def _rhythm(used: tuple[int, ...], current_gap: int | None, pooled: float, prior_gap: int | None) -> Rhythm:
    """Judge; a change of one client leaves most others with the gaps and the kappa they had."""
    kappa = own_kappa(used, pooled)
    k = len(used) + (prior_gap is not None)
    if current_gap is None or k == 0:
        return Rhythm(used, current_gap, kappa, None, prior_gap)
    total = sum(used) + (prior_gap or 0)
    p = beta_tail(kappa, kappa * k, current_gap / (current_gap + total))
    return Rhythm(used, current_gap, kappa, p, prior_gap)
