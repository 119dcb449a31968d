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

    def ink_on(self, colour: str) -> str:
        """Give what is read best on a colour: the chart's own ground, or its text (WCAG's contrast)."""
        return max((self.ground, self.text), key=lambda ink: contrast(ink, colour))


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours (#RRGGBB), 1 to 21, as WCAG 2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
