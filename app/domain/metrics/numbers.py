"""Small exact and numerical helpers of the metrics; standard library only (METRICS 0, 4)."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import exp, lcm, lgamma, log, log1p, sqrt

Z95 = 1.959963984540054  # two-sided 95 % point of the normal distribution
TINY = 1e-300


def ratio(above: int | Fraction, below: int | Fraction) -> Fraction | None:
    """Give above / below exactly, or None where the divisor is 0: missing is not zero."""
    return Fraction(above) / below if below else None


def median(values: Sequence[int]) -> Fraction | None:
    """Give the middle value, or the mean of the two middle values; None of nothing (METRICS 0)."""
    if not values:
        return None
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return Fraction(ordered[middle])
    return Fraction(ordered[middle - 1] + ordered[middle], 2)


def float_of(pair: tuple[int, int]) -> float:
    """Give numerator / denominator as the float nearest to it; orders far quicker than fractions."""
    return pair[0] / pair[1]


def spread(ratios: Iterable[tuple[int, int]]) -> tuple[Fraction, Fraction, Fraction] | None:
    """Give p10, median and p90 of ratios by the project's rule: sorted[floor(q n)]; None of nothing (METRICS 0)."""
    # Who stands beside whom in the last bit of a float changes nothing shown.
    ordered = sorted(ratios, key=float_of)
    n = len(ordered)
    if not n:
        return None
    half = n // 2
    middle = Fraction(*ordered[half])
    if n % 2 == 0:
        middle = (Fraction(*ordered[half - 1]) + middle) / 2
    return Fraction(*ordered[n // 10]), middle, Fraction(*ordered[9 * n // 10])


def exact_sum(parts: Sequence[tuple[int, int]]) -> Fraction:
    """Add up numerator/denominator pairs exactly, over one common denominator (far quicker than Fractions)."""
    common = lcm(*(below for _, below in parts)) if parts else 1
    return Fraction(sum(above * (common // below) for above, below in parts), common)


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Give the regularised incomplete beta function I_x(a, b), by continued fraction, to about 1e-12."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(a, b, x) / a
    return 1.0 - front * _beta_fraction(b, a, 1 - x) / b


def beta_tail(a: float, b: float, x: float) -> float:
    """Give 1 - I_x(a, b) without losing small tails to rounding."""
    if x <= 0:
        return 1.0
    if x >= 1:
        return 0.0
    if a == 1:
        return float((1 - x) ** b)
    return incomplete_beta(b, a, 1 - x)


def _beta_fraction(a: float, b: float, x: float) -> float:
    """Evaluate the continued fraction of the incomplete beta function (Lentz's method)."""
    total = a + b
    d = 1.0 - total * x / (a + 1)
    d = 1.0 / (d if abs(d) > TINY else TINY)
    c, value = 1.0, d
    for m in range(1, 500):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1.0 + even * d
        c = 1.0 + even / c
        d = 1.0 / (d if abs(d) > TINY else TINY)
        c = c if abs(c) > TINY else TINY
        value *= d * c
        odd = -(a + m) * (total + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1.0 + odd * d
        c = 1.0 + odd / c
        d = 1.0 / (d if abs(d) > TINY else TINY)
        c = c if abs(c) > TINY else TINY
        step = d * c
        value *= step
        if abs(step - 1.0) < 1e-13:
            break
    return value


def wilson(successes: int, n: int) -> tuple[float, float] | None:
    """Give the Wilson 95 % interval of a share, 0..1; None of no cases (METRICS V14, C12)."""
    if n <= 0:
        return None
    share, zz = successes / n, Z95 * Z95
    centre = share + zz / (2 * n)
    half = Z95 * sqrt(share * (1 - share) / n + zz / (4 * n * n))
    below = 1 + zz / n
    low = 0.0 if successes == 0 else (centre - half) / below
    high = 1.0 if successes == n else (centre + half) / below
    return low, high


def poisson_limits(count: int) -> tuple[float, float]:
    """Give the exact 95 % limits of a Poisson mean from one count: 5 -> 1.62..11.67 (METRICS V4)."""
    low = 0.0 if count == 0 else _gamma_quantile(count, 0.025)
    return low, _gamma_quantile(count + 1, 0.975)


def _gamma_quantile(shape: int, probability: float) -> float:
    """Find x with P(shape, x) = probability by halving the interval; P rises with x."""
    low, high = 0.0, shape + 10 * sqrt(shape) + 10
    for _ in range(80):
        middle = (low + high) / 2
        if _gamma_p(shape, middle) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _gamma_p(shape: float, x: float) -> float:
    """Give the regularised lower incomplete gamma function, by its series (all terms positive)."""
    if x <= 0:
        return 0.0
    term = total = 1.0 / shape
    k = shape
    while term > total * 1e-16:
        k += 1
        term *= x / k
        total += term
    return min(1.0, exp(-x + shape * log(x) - lgamma(shape)) * total)
