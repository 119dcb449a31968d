"""How a chart looks; apart from what draws, so that nothing of matplotlib is needed to say it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """Colours and text sizes of a chart, so that it stands in the window, on paper or in a picture alike."""

    ground: str
    text: str
    quiet: str
    line: str
    series: tuple[str, ...]
    muted: str
    font: str = ""
    size: float = 11.0
