"""What the charts are drawn from, as plain values; only the thread that draws them imports matplotlib."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from app.services.book_figures import BookFigures
from app.words import formats
from app.words.catalogue import tr
from ui.pages.portfolio.lines import Line

if TYPE_CHECKING:
    from app.charts.drawing import Chart
    from app.charts.look import Look


@dataclass(frozen=True, slots=True)
class ParetoDrawing:
    """Fees by client; `strong` of them are what the title speaks of."""

    lines: Sequence[Line]
    strong: int
    axis: str
    description: str

    def __call__(self, width: int, height: int, ratio: float, look: "Look") -> "Chart":
        """Draw it."""
        from app.charts import pareto

        bars = [
            pareto.Bar(
                str(line.client_id),
                line.found.client.name,
                line.fees,
                f"{line.found.client.name}: {formats.money(line.fees, line.currency)}, {formats.share(line.share, 1)}",
            )
            for line in self.lines
        ]
        return pareto.draw(pareto.Pareto(bars, self.strong, self.axis, self.description), width, height, ratio, look)


@dataclass(frozen=True, slots=True)
class TierStep:
    """One tier: its key, its name, how many clients, and two lines about their fees."""

    key: str
    name: str
    clients: int
    amount: str
    share: str
    rank: int


@dataclass(frozen=True, slots=True)
class PyramidDrawing:
    """Tiers from the top down."""

    steps: Sequence[TierStep]

    def __call__(self, width: int, height: int, ratio: float, look: "Look") -> "Chart":
        """Draw it."""
        from app.charts import pyramid

        description = "; ".join(f"{step.name}: {step.clients}, {step.amount}, {step.share}" for step in self.steps)
        steps = [
            pyramid.Step(step.key, step.name, step.clients, step.amount, step.share, step.rank) for step in self.steps
        ]
        return pyramid.draw(pyramid.Pyramid(steps, description), width, height, ratio, look)


def tier_steps(found: BookFigures, lines: Sequence[Line]) -> list[TierStep]:
    """Give the tiers that have clients, with what each brings."""
    steps = []
    for rank, level in enumerate(found.tiers):
        of_tier = [line for line in lines if line.found.tier is level.tier]
        if not of_tier:
            continue
        share = sum((line.share for line in of_tier if line.share is not None), Fraction())
        fees = sum(line.fees for line in of_tier)
        amount = formats.money(fees, found.firm.currency) if fees else formats.DASH
        words = tr("{share} of fees").format(share=formats.share(share)) if fees else tr("no fees")
        steps.append(TierStep(str(level.tier), level.name, len(of_tier), amount, words, rank))
    return steps
