"""The tier of each client: pinned by hand, else by its place in the pyramid (METRICS V21, GLOSSARY)."""

from collections.abc import Mapping, Sequence

from app.domain.metrics.concentration import Concentration
from app.domain.vocabulary import Tier

DEFAULT_LIMITS: Mapping[Tier, int] = {Tier.PLATINUM: 80, Tier.GOLD: 95, Tier.IRON: 100}
"""Per cent of fees: a client falls into the first tier whose limit lies above the share of those ranked before it."""


def ranked_tiers(found: Concentration, limits: Mapping[Tier, int] = DEFAULT_LIMITS) -> dict[str, Tier]:
    """Give each client with income its tier by the cumulated share before it; inactive ones the lowest."""
    steps = sorted(limits.items(), key=lambda item: item[1])
    lowest = steps[-1][0]
    tiers: dict[str, Tier] = {}
    before = 0
    for standing in found.standings:
        if standing.rank is None:
            tiers[standing.client] = lowest
            continue
        tiers[standing.client] = next((tier for tier, limit in steps if 100 * before < limit * found.total), lowest)
        before += standing.income
    return tiers


def border_clients(found: Concentration, tiers: Mapping[str, Tier], within: int = 1) -> Sequence[str]:
    """Name the clients ranked directly on either side of a tier's border."""
    ranked = [standing.client for standing in found.standings if standing.rank is not None]
    borders = [at for at in range(1, len(ranked)) if tiers[ranked[at]] is not tiers[ranked[at - 1]]]
    return [client for at in borders for client in ranked[max(0, at - within) : at + within]]
