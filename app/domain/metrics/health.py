"""The health score: a sort key with its parts open, optional, never fed back into tier or cadence (METRICS C14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from app.domain.metrics.reasons import Reason, Withheld

MIN_COVERAGE = 0.5
RED_FLAG_CAP = 49.0


class HealthPart(StrEnum):
    """The parts of the score."""

    CONTACT = "contact"
    RHYTHM = "rhythm"
    DIALOGUE = "dialogue"
    SATISFACTION = "satisfaction"
    PROMISES = "promises"


class HealthState(StrEnum):
    """What a score says: good from 75, watch from 50."""

    GOOD = "good"
    WATCH = "watch"
    AT_RISK = "at risk"


WEIGHTS = {
    HealthPart.CONTACT: 25,
    HealthPart.RHYTHM: 25,
    HealthPart.DIALOGUE: 15,
    HealthPart.SATISFACTION: 20,
    HealthPart.PROMISES: 15,
}
CONTACT_POINTS = ((1.0, 100.0), (1.5, 60.0), (2.0, 30.0), (3.0, 0.0))
RHYTHM_POINTS = ((0.0, 0.0), (0.01, 10.0), (0.05, 40.0), (0.2, 80.0), (0.5, 100.0))
DIALOGUE_POINTS = ((0.0, 0.0), (0.2, 60.0), (0.35, 100.0), (0.65, 100.0), (1.0, 50.0))


@dataclass(frozen=True, slots=True)
class HealthInput:
    """What is known of a client, None for unknown: q, purchase p, D, satisfaction 0-100, promise items."""

    contact_ratio: float | None = None
    purchase_p: float | None = None
    dialogue_share: float | None = None
    satisfaction: float | None = None
    items: int = 0
    overdue: int = 0
    red_flag: bool = False


@dataclass(frozen=True, slots=True)
class Health:
    """The score 0-100 with its parts and points, worst first; the raw score stands beside `withheld`."""

    parts: tuple[tuple[HealthPart, float], ...]
    raw: float | None
    coverage: float
    capped: bool

    @property
    def score(self) -> float | None:
        """Give the score; None while less than half of the parts are known."""
        return self.raw if self.coverage >= MIN_COVERAGE else None

    @property
    def state(self) -> HealthState | None:
        """Name the score."""
        score = self.score
        if score is None:
            return None
        if score >= 75:
            return HealthState.GOOD
        return HealthState.WATCH if score >= 50 else HealthState.AT_RISK

    @property
    def withheld(self) -> Withheld:
        """Say that too little is known."""
        return (("health", Reason.LOW_COVERAGE),) if self.coverage < MIN_COVERAGE else ()


def between(points: Sequence[tuple[float, float]], x: float) -> float:
    """Read a value off a line through points, flat beyond its ends."""
    if x <= points[0][0]:
        return points[0][1]
    for (x1, y1), (x2, y2) in pairwise(points):
        if x <= x2:
            return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
    return points[-1][1]


def health(given: HealthInput) -> Health:
    """Compute the score from the parts that exist; a red flag caps it at 49 (C14)."""
    parts: dict[HealthPart, float] = {}
    if given.contact_ratio is not None:
        parts[HealthPart.CONTACT] = between(CONTACT_POINTS, given.contact_ratio)
    if given.purchase_p is not None:
        parts[HealthPart.RHYTHM] = between(RHYTHM_POINTS, given.purchase_p)
    if given.dialogue_share is not None:
        parts[HealthPart.DIALOGUE] = between(DIALOGUE_POINTS, given.dialogue_share)
    if given.satisfaction is not None:
        parts[HealthPart.SATISFACTION] = given.satisfaction
    if given.items:
        parts[HealthPart.PROMISES] = max(0.0, 100.0 - 25.0 * given.overdue)
    known = sum(WEIGHTS[part] for part in parts)
    raw = sum(WEIGHTS[part] * points for part, points in parts.items()) / known if known else None
    capped = given.red_flag and raw is not None and raw > RED_FLAG_CAP
    worst_first = tuple(sorted(parts.items(), key=lambda item: item[1]))
    return Health(worst_first, RED_FLAG_CAP if capped else raw, known / sum(WEIGHTS.values()), capped)
