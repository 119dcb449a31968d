"""Fees by client, largest first, with the cumulated share (METRICS V18)."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.charts.drawing import Area, Chart, bare_axes, bare_figure, points, write
from app.charts.look import Look
from app.words.catalogue import tr

MOST_BARS = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """One client: its key, its name, its fees in minor units and what a pointer is told."""

    key: str
    name: str
    amount: int
    words: str


@dataclass(frozen=True, slots=True)
class Pareto:
    """Clients with fees, largest first; the first `strong` are the ones the title speaks of."""

    bars: Sequence[Bar]
    strong: int
    axis: str
    description: str


def draw(data: Pareto, width: int, height: int, ratio: float, look: Look) -> Chart:
    """Draw the bars and the curve of the cumulated share."""
    figure = bare_figure(width, height, ratio, look)
    # Room for “100%” at the right and for a line of words above and below.
    line = 2.2 * look.size
    box = (0.02, line / height, 0.98 - 3.6 * look.size / width, 1 - 2 * line / height)
    axes = bare_axes(figure, look, box)
    shown = data.bars[:MOST_BARS]
    total = sum(bar.amount for bar in data.bars)
    if not shown or not total:
        return Chart(figure, (), data.description)
    places = range(len(shown))
    colours = [look.series[0] if place < data.strong else look.muted for place in places]
    top = shown[0].amount
    axes.bar(places, [bar.amount for bar in shown], width=0.72, color=colours)
    shares, running = [], 0
    for bar in shown:
        running += bar.amount
        shares.append(running / total)
    # The curve shares the axis of the bars: its 100 % lies a little above the largest bar.
    full = top * 1.12
    axes.plot(places, [share * full for share in shares], color=look.series[2], linewidth=points(2))
    axes.set_xlim(-0.7, max(len(shown) - 0.3, 6))
    axes.set_ylim(0, full * 1.06)
    axes.axhline(0, color=look.line, linewidth=points(1))
    for share in (0.5, 1.0):
        axes.axhline(full * share, color=look.line, linewidth=points(0.7), linestyle=(0, (3, 3)), zorder=0)
        write(axes, axes.get_xlim()[1], full * share, f" {share:.0%}", look, color=look.quiet, va="center")
    end = len(shown) - 1
    write(
        axes,
        end,
        shares[end] * full + full * 0.03,
        tr("cumulated share"),
        look,
        color=look.series[2],
        ha="right",
        va="bottom",
    )
    below = (
        data.axis if len(shown) == len(data.bars) else tr("{axis}, the first {n}").format(axis=data.axis, n=len(shown))
    )
    write(axes, -0.5, -full * 0.04, below, look, color=look.quiet, va="top")
    return Chart(figure, _areas(shown, axes.get_xlim(), box), data.description)


def _areas(
    shown: Sequence[Bar], limits: tuple[float, float], box: tuple[float, float, float, float]
) -> tuple[Area, ...]:
    left, bottom, width, height = box
    start, stop = limits
    one = width / (stop - start)
    return tuple(
        Area(bar.key, bar.words, left + (place - 0.5 - start) * one, 1 - bottom - height, one, height)
        for place, bar in enumerate(shown)
    )
