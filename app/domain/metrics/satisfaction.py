"""NPS with its interval, and shares of satisfied answers (METRICS C11, C12)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from app.domain.metrics.numbers import Z95, ratio, wilson
from app.domain.metrics.reasons import Reason, Withheld

MIN_ANSWERS = 10
MIN_COMPARED = 30


@dataclass(frozen=True, slots=True)
class Nps:
    """The recommend question, 0-10: counts of answers. Never of one client: one client has an answer."""

    n: int
    promoters: int
    detractors: int

    @property
    def score(self) -> Fraction | None:
        """Give % promoters - % detractors, -100..100; None without answers."""
        return ratio(100 * (self.promoters - self.detractors), self.n)

    @property
    def standard_error(self) -> float | None:
        """Give the standard error of the score, in points."""
        if not self.n:
            return None
        p, d = self.promoters / self.n, self.detractors / self.n
        return 100 * sqrt(max(0.0, p + d - (p - d) ** 2) / self.n)

    @property
    def interval(self) -> tuple[float, float] | None:
        """Give the adjusted Wald 95 % interval (three answers added, 3/4 promoter, 3/4 detractor), clipped."""
        if not self.n:
            return None
        m = self.n + 3
        p, d = (self.promoters + 0.75) / m, (self.detractors + 0.75) / m
        centre = p - d
        half = Z95 * sqrt((p + d - centre * centre) / m)
        return max(-100.0, 100 * (centre - half)), min(100.0, 100 * (centre + half))

    @property
    def withheld(self) -> Withheld:
        """Say that under 10 answers no NPS is shown, and that under 30 none is compared."""
        if self.n < MIN_ANSWERS:
            return (("nps", Reason.FEW_ANSWERS),)
        return (("nps_change", Reason.COMPARE_NOT),) if self.n < MIN_COMPARED else ()


def nps(answers: Iterable[int]) -> Nps:
    """Count promoters (9-10) and detractors (0-6) among answers 0-10 (C11)."""
    kept = list(answers)
    return Nps(len(kept), sum(1 for a in kept if a >= 9), sum(1 for a in kept if a <= 6))


def changed(earlier: Nps, later: Nps) -> bool:
    """Tell whether a change between two waves may be stated: over 1.96 standard errors of the difference (C11)."""
    if earlier.standard_error is None or later.standard_error is None:
        return False
    if earlier.score is None or later.score is None:
        return False
    error = sqrt(earlier.standard_error**2 + later.standard_error**2)
    return abs(later.score - earlier.score) > Z95 * error


@dataclass(frozen=True, slots=True)
class ShareOf:
    """A share of answers with its Wilson interval, both 0..1 (C12)."""

    successes: int
    n: int

    @property
    def share(self) -> Fraction | None:
        """Give the share."""
        return ratio(self.successes, self.n)

    @property
    def interval(self) -> tuple[float, float] | None:
        """Give the 95 % interval."""
        return wilson(self.successes, self.n)


def share_from(answers: Sequence[int], lowest: int) -> ShareOf:
    """Give the share of answers of `lowest` or more: 4 for CSAT 1-5, 5 for CES 1-7 (C12)."""
    return ShareOf(sum(1 for answer in answers if answer >= lowest), len(answers))
