"""Recency, frequency, monetary scores 1..5 (METRICS V22)."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.metrics.reasons import Reason, Withheld

MIN_CLIENTS = 25


@dataclass(frozen=True, slots=True)
class RfmInput:
    """What one client with at least one purchase is scored on: days since the last, n, and N in minor units."""

    client: str
    recency_days: int
    frequency: int
    monetary: int


@dataclass(frozen=True, slots=True)
class Rfm:
    """The three scores of one client, each 1 (worst) to 5 (best)."""

    client: str
    recency: int
    frequency: int
    monetary: int

    @property
    def text(self) -> str:
        """Give the scores as the three figures of the trade, such as 545."""
        return f"{self.recency}{self.frequency}{self.monetary}"


def scores(values: Sequence[int], *, high_is_better: bool) -> list[int]:
    """Score 5 - floor(5 c / n), c = number strictly better; ties share the better score (METRICS V22)."""
    n, ranked = len(values), sorted(values)
    if high_is_better:
        return [5 - 5 * (n - bisect_right(ranked, value)) // n for value in values]
    return [5 - 5 * bisect_left(ranked, value) // n for value in values]


def rfm(clients: Sequence[RfmInput]) -> dict[str, Rfm]:
    """Score all clients with a purchase against each other."""
    recency = scores([c.recency_days for c in clients], high_is_better=False)
    frequency = scores([c.frequency for c in clients], high_is_better=True)
    monetary = scores([c.monetary for c in clients], high_is_better=True)
    return {c.client: Rfm(c.client, r, f, m) for c, r, f, m in zip(clients, recency, frequency, monetary, strict=True)}


def withheld(n_clients: int) -> Withheld:
    """Say that scores need 25 clients; below, the window shows ranks."""
    return (("RFM", Reason.FEW_CLIENTS),) if n_clients < MIN_CLIENTS else ()
