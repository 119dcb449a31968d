"""Who brings how much: order, Pareto, Gini, HHI, Curry pyramid and ABC classes (METRICS V18-V21)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from app.domain.metrics.numbers import ratio
from app.domain.metrics.reasons import Reason, Withheld

MIN_GINI = 10
MIN_CURRY = 20


class Curry(StrEnum):
    """The layers of the Curry pyramid (METRICS V20)."""

    TOP = "top"
    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    INACTIVE = "inactive"


class Abc(StrEnum):
    """The classes by cumulated share (METRICS V21)."""

    A = "A"
    B = "B"
    C = "C"


class ConcentrationWarning(StrEnum):
    """What a book leans on too much (METRICS V19)."""

    LARGEST_RED = "largest client over 30 %"
    LARGEST_AMBER = "largest client over 20 %"
    THREE_LARGEST = "three largest clients over 60 %"
    FEW_EFFECTIVE = "effective number of clients under 4"


@dataclass(frozen=True, slots=True)
class Income:
    """One client's income in the ranking window, minor units; `client` is the code, else the name."""

    client: str
    amount: int
    last_purchase: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one client stands; rank, share and class are None for inactive ones (income of 0 or less).

    `income` is its part of `total`, the income of all that are ranked; minor units.
    """

    client: str
    rank: int | None
    income: int
    total: int
    curry: Curry
    abc: Abc | None

    @property
    def share(self) -> Fraction | None:
        """Give the exact share of all income."""
        return None if self.rank is None else Fraction(self.income, self.total)


@dataclass(frozen=True, slots=True)
class Concentration:
    """The portfolio of the clients with income: counts, shares and warnings; shares are exact, None of nothing."""

    n: int
    inactive: int
    total: int
    standings: tuple[Standing, ...]
    pareto_clients: int
    pareto_share: Fraction | None
    clients_for_80: int
    gini: Fraction | None
    gini_small_sample: Fraction | None
    hhi: Fraction | None
    largest_share: Fraction | None
    three_largest_share: Fraction | None

    @property
    def share_of_clients_for_80(self) -> Fraction | None:
        """Give the smallest share of clients that brings 80 %."""
        return ratio(self.clients_for_80, self.n)

    @property
    def effective_clients(self) -> Fraction | None:
        """Give the effective number of clients, 1 / HHI."""
        return 1 / self.hhi if self.hhi else None

    @property
    def curry_counts(self) -> dict[Curry, int]:
        """Count the clients of each layer, empty layers included."""
        return {layer: sum(1 for s in self.standings if s.curry is layer) for layer in Curry}

    @property
    def abc_counts(self) -> dict[Abc, int]:
        """Count the clients of each class."""
        return {letter: sum(1 for s in self.standings if s.abc is letter) for letter in Abc}

    @property
    def warnings(self) -> tuple[ConcentrationWarning, ...]:
        """Name what the book leans on too much."""
        found = []
        if self.largest_share is not None and self.largest_share > Fraction(3, 10):
            found.append(ConcentrationWarning.LARGEST_RED)
        elif self.largest_share is not None and self.largest_share > Fraction(1, 5):
            found.append(ConcentrationWarning.LARGEST_AMBER)
        if self.three_largest_share is not None and self.three_largest_share > Fraction(3, 5):
            found.append(ConcentrationWarning.THREE_LARGEST)
        if self.effective_clients is not None and self.effective_clients < 4:
            found.append(ConcentrationWarning.FEW_EFFECTIVE)
        return tuple(found)

    @property
    def withheld(self) -> Withheld:
        """Name the raw figures the window does not show for want of clients."""
        few = []
        if 0 < self.n < MIN_GINI:
            few.append(("gini", Reason.FEW_CLIENTS))
        if 0 < self.n < MIN_CURRY:
            few.append(("tier_counts", Reason.FEW_CLIENTS))
        return tuple(few)


def ordered(incomes: Sequence[Income]) -> list[Income]:
    """Put in order: income descending, later last purchase, then the code or name as text (METRICS 2.8)."""
    return sorted(incomes, key=lambda i: (-i.amount, -(i.last_purchase or date.min).toordinal(), i.client))


def concentration(incomes: Sequence[Income]) -> Concentration:
    """Rank the clients and measure how much hangs on how few (METRICS V18-V21)."""
    ranked = ordered([income for income in incomes if income.amount > 0])
    rest = sorted((income for income in incomes if income.amount <= 0), key=lambda i: i.client)
    amounts = [income.amount for income in ranked]
    n, total = len(ranked), sum(amounts)
    standings = _standings(ranked, total)
    standings.extend(Standing(income.client, None, income.amount, total, Curry.INACTIVE, None) for income in rest)
    top = -(-n // 5)
    gini = None
    if n:
        weighted = sum(i * amount for i, amount in enumerate(reversed(amounts), start=1))
        gini = Fraction(2 * weighted, n * total) - Fraction(n + 1, n)
    return Concentration(
        n=n,
        inactive=len(rest),
        total=total,
        standings=tuple(standings),
        pareto_clients=top,
        pareto_share=ratio(sum(amounts[:top]), total),
        clients_for_80=_clients_for_80(amounts, total),
        gini=gini,
        gini_small_sample=gini * Fraction(n, n - 1) if gini is not None and n > 1 else None,
        hhi=ratio(sum(amount * amount for amount in amounts), total * total),
        largest_share=ratio(amounts[0], total) if n else None,
        three_largest_share=ratio(sum(amounts[:3]), total),
    )


def _standings(ranked: Sequence[Income], total: int) -> list[Standing]:
    """Give the clients with income their rank, layer and class; `before` is the sum of those above."""
    n = len(ranked)
    top, large, medium = -(-n // 100), -(-n // 20), -(-n // 5)
    before, standings = 0, []
    for rank, income in enumerate(ranked, start=1):
        if rank <= top:
            layer = Curry.TOP
        elif rank <= large:
            layer = Curry.LARGE
        else:
            layer = Curry.MEDIUM if rank <= medium else Curry.SMALL
        standings.append(Standing(income.client, rank, income.amount, total, layer, _letter(before, total)))
        before += income.amount
    return standings


def _letter(before: int, total: int) -> Abc:
    """Give the class of a client by the income of those above it: A under 80 %, B under 95 %, else C."""
    if 100 * before < 80 * total:
        return Abc.A
    return Abc.B if 100 * before < 95 * total else Abc.C


def _clients_for_80(amounts: Sequence[int], total: int) -> int:
    """Give the smallest number of clients, largest first, that reach 80 % of the income."""
    reached = 0
    for count, amount in enumerate(amounts, start=1):
        reached += amount
        if 100 * reached >= 80 * total:
            return count
    return 0
