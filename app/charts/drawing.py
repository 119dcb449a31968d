"""What all charts share: the look, a bare figure of an exact size, and the areas that can be clicked.

matplotlib is imported by the modules that draw, which are imported when the first chart is shown.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from app.charts.look import Look

INCH = 100
# Comes with matplotlib, and has every letter of the languages we know.
OWN_FONT = "DejaVu Sans"


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a chart that stands for something: a rectangle in shares of the figure from its top left corner."""

    key: str
    words: str
    left: float
    top: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in it."""
        return self.left <= x <= self.left + self.width and self.top <= y <= self.top + self.height


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure with its areas and what it says in words, for those who do not see it."""

    figure: Figure
    areas: tuple[Area, ...]
    description: str


def bare_figure(width: int, height: int, ratio: float, look: Look) -> Figure:
    """Make a figure `width` by `height` logical pixels, `ratio` times as sharp."""
    figure = Figure(figsize=(width / INCH, height / INCH), dpi=INCH * ratio)
    figure.set_facecolor(look.ground)
    return figure


def bare_axes(figure: Figure, look: Look, box: tuple[float, float, float, float]) -> Axes:
    """Add axes without frame or ticks; `box` is left, bottom, width, height in shares of the figure."""
    axes = figure.add_axes(box)
    axes.set_facecolor(look.ground)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0, colors=look.quiet, labelsize=points(look.size))
    axes.set_xticks([])
    axes.set_yticks([])
    return axes


def write(axes: Axes, x: float, y: float, words: str, look: Look, **how: Any) -> Text:  # noqa: ANN401
    """Write text literally: client names may hold $ ^ _ and must not become formulas."""
    style: dict[str, Any] = {"color": look.text, "fontsize": points(look.size), "family": families(look.font)} | how
    return axes.text(x, y, words, None, parse_math=False, **style)


@cache
def families(wanted: str) -> list[str]:
    """Give the fonts to write with: the window's own where matplotlib knows it, then its own for letters it misses."""
    known = {font.name for font in font_manager.fontManager.ttflist}
    return [wanted, OWN_FONT] if wanted in known else [OWN_FONT]


def pixels(chart: Chart) -> tuple[bytes, int, int]:
    """Render a chart: red, green, blue, alpha bytes, with width and height in device pixels."""
    canvas: Any = FigureCanvasAgg(chart.figure)
    canvas.draw()
    width, height = canvas.get_width_height(physical=True)
    return bytes(canvas.buffer_rgba()), width, height


def points(pixels: float) -> float:
    """Turn logical pixels into the points matplotlib counts in."""
    return pixels * 72 / INCH
