"""The dated contributions of one client, as payback and the cradle-to-grave strip need them (METRICS V1, V12)."""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from itertools import pairwise

from app.domain.metrics.contribution import MINUTES, CostSeries, Running
from app.domain.metrics.payback import Payback, payback
from app.domain.metrics.purchases import FeeSeries
from app.domain.metrics.tfi import FeeFigures


def contribution_flows(figures: FeeFigures, fees: FeeSeries, costs: CostSeries) -> dict[date, Fraction]:
    """Give what each day up to the figures' day contributed: fees less delivery, service, retention and time.

    Time up to and including the day of the first purchase is acquisition and stays out (METRICS V10).
    """
    flows: defaultdict[date, Fraction] = defaultdict(Fraction)
    seen = fees.on(figures.as_of)
    _add(flows, Running(seen.days, seen.sums), Fraction(1))
    for costed in (costs.delivery, costs.service, costs.retention):
        _add(flows, costed, Fraction(-1))
    if figures.first is not None:
        after = figures.first.toordinal()
        _add(flows, costs.time, Fraction(-1, MINUTES), after=after)
    return {day: amount for day, amount in flows.items() if day <= figures.as_of}


def payback_of(cost: Fraction, figures: FeeFigures, fees: FeeSeries, costs: CostSeries) -> Payback | None:
    """Find when a client repaid its cost of capture; None before the first purchase (METRICS V12)."""
    if figures.first is None:
        return None
    flows = contribution_flows(figures, fees, costs)
    return payback(cost, flows.items(), figures.as_of, figures.first, figures.known_since)


def _add(flows: defaultdict[date, Fraction], amounts: Running, sign: Fraction, after: int = 0) -> None:
    for day, (before, until) in zip(amounts.days, pairwise(amounts.sums), strict=True):
        if day > after:
            flows[date.fromordinal(day)] += sign * (until - before)
