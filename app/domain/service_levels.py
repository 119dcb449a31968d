"""Service levels and tiers: what each class of client is promised; the cadence table (METRICS C2, V21)."""

from dataclasses import dataclass

from app.domain.checking import Problem
from app.domain.names import is_blank
from app.domain.vocabulary import Stage, Tier

LONGEST_TIER_NAME = 24
"""Letters: the name stands beside the client's on every page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TierLevel:
    """A tier with the firm's name for it, and what its clients are promised.

    `share_until` is the cumulated share of fees, in per cent, below which a client still falls into the tier (ABC
    of METRICS V21: 80 and 95); None for tiers given by other rules. `contact_days` outranks the cadence table.
    """

    tier: Tier
    name: str
    share_until: int | None = None
    contact_days: int | None = None
    reply_days: int | None = None
    reviews_a_year: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CadenceRule:
    """One cell of the cadence table: how often clients of a column (A, B, C) in a stage are due, in days."""

    stage: Stage
    column: str
    days: int | None
    id: int = 0


def check(level: TierLevel) -> tuple[Problem, ...]:
    """Name everything wrong with a tier."""
    problems = []
    if is_blank(level.name):
        problems.append(Problem("name", "A tier needs a name.", "“Gold” will do."))
    if len(level.name) > LONGEST_TIER_NAME:
        problems.append(Problem("name", f"The name of a tier has {LONGEST_TIER_NAME} letters at most.", "Shorten it."))
    if level.contact_days is not None and level.contact_days < 1:
        problems.append(Problem("contact_days", "A cadence is at least one day.", "Leave it empty for the table."))
    return tuple(problems)


DEFAULT_TIERS = (
    TierLevel(tier=Tier.PLATINUM, name="Platinum", share_until=80, reply_days=1, reviews_a_year=4),
    TierLevel(tier=Tier.GOLD, name="Gold", share_until=95, reply_days=2, reviews_a_year=2),
    TierLevel(tier=Tier.IRON, name="Iron", share_until=100, reply_days=3, reviews_a_year=1),
    TierLevel(tier=Tier.LEAD, name="Lead", reply_days=1),
    TierLevel(tier=Tier.LIGHT, name="Light"),
)

# METRICS C2: starting values from judgement; the firm's own table replaces them.
_TABLE: dict[Stage, tuple[int | None, int | None, int | None]] = {
    Stage.PROSPECT: (14, 21, 45),
    Stage.NEW: (14, 21, 30),
    Stage.ESTABLISHED: (30, 60, 120),
    Stage.AT_RISK: (7, 14, 30),
    Stage.DORMANT: (60, 90, 180),
    Stage.ENDED: (None, None, None),
}
DEFAULT_CADENCE = tuple(
    CadenceRule(stage=stage, column=column, days=days)
    for stage, row in _TABLE.items()
    for column, days in zip("ABC", row, strict=True)
)
