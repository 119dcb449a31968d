"""Clients by tier, the few at the top, with what each tier brings (METRICS V21)."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.patches import FancyBboxPatch

from app.charts.drawing import Area, Chart, bare_axes, bare_figure, write
from app.charts.look import Look

NARROWEST, WIDEST = 0.24, 1.0
COLOURS = (0, 4, 1, 6, 5)
# How many times the size of its text a step must be high for two lines.
LINES = 2.7
# How wide a letter is, at most of the time.
LETTER = 0.66


@dataclass(frozen=True, slots=True)
class Step:
    """One tier: its key, name, number of clients, and two lines about its fees.

    `rank` is its place among all of the firm's tiers, which its colour follows: Iron is Iron also where it is the top.
    """

    key: str
    name: str
    clients: int
    amount: str
    share: str
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Pyramid:
    """Tiers from the top down."""

    steps: Sequence[Step]
    description: str


def draw(data: Pyramid, width: int, height: int, ratio: float, look: Look) -> Chart:
    """Draw the steps as centred bars with their words at the right."""
    figure = bare_figure(width, height, ratio, look)
    axes = bare_axes(figure, look, (0, 0, 1, 1))
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    count = len(data.steps)
    areas = []
    letters = max((len(step.name) + len(step.amount) for step in data.steps), default=0)
    wide = 0.34 * width > LETTER * look.size * (letters + 2)
    room = 0.94 / max(count, 1)
    for place, step in enumerate(data.steps):
        reach = NARROWEST + (WIDEST - NARROWEST) * place / max(count - 1, 1)
        bar = 0.56 * reach
        left, top = 0.31 - bar / 2, 0.97 - place * room
        colour = look.series[COLOURS[step.rank % len(COLOURS)]]
        tall = room * 0.8
        axes.add_patch(_rounded((left, top - tall, bar, tall), colour, (width, height)))
        middle = top - tall / 2
        ink = look.ink_on(colour)
        write(axes, 0.31, middle, f"{step.clients:,}", look, ha="center", va="center", weight="bold", color=ink)
        # Two lines where there is room for two; where it is narrow the amount is the second.
        two = room * height > LINES * look.size
        at, down = (middle + 0.012, "bottom") if two else (middle, "center")
        write(axes, 0.64, at, step.name, look, va=down, weight="bold")
        if wide or not two:
            write(axes, 0.98, at, step.amount, look, va=down, ha="right")
        if two:
            write(axes, 0.64, middle - 0.012, step.share if wide else step.amount, look, va="top", color=look.quiet)
        areas.append(
            Area(step.key, f"{step.name}: {step.clients}, {step.amount}, {step.share}", 0.03, 1 - top, 0.94, tall)
        )
    return Chart(figure, tuple(areas), data.description)


def _rounded(box: tuple[float, float, float, float], colour: str, size: tuple[int, int]) -> FancyBboxPatch:
    left, bottom, wide, tall = box
    corner = 4 / size[0]
    return FancyBboxPatch(
        (left + corner, bottom + corner),
        wide - 2 * corner,
        tall - 2 * corner,
        boxstyle=f"round,pad={corner},rounding_size={corner}",
        mutation_aspect=size[0] / size[1],
        facecolor=colour,
        edgecolor="none",
    )
