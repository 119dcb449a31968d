"""Every colour, size and spacing of the window, light and dark (SCREENS, "Pictures" and "Look").

Nothing else in `ui` names a colour or a pixel: widgets ask their `Theme` (`ui/theme.py`), which hands these values out,
sizes already scaled by the person's text size. A test measures 4.5:1 for every pair in `text_pairs`.
"""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a text or mark says by its colour; never by colour alone, a word or mark stands with it."""

    PLAIN = "plain"
    QUIET = "quiet"
    ACCENT = "accent"
    OK = "ok"
    DUE = "due"
    OVERDUE = "overdue"


class Mark(StrEnum):
    """The shape beside a status word: a diamond is overdue, a ring is due, a disc is well."""

    NONE = "none"
    OVERDUE = "overdue"
    DUE = "due"
    WELL = "well"

    @property
    def tone(self) -> Tone:
        """The tone in which the mark and its word are drawn."""
        return {Mark.OVERDUE: Tone.OVERDUE, Mark.DUE: Tone.DUE, Mark.WELL: Tone.OK}.get(self, Tone.PLAIN)


class TextRole(StrEnum):
    """The few sizes text comes in."""

    TITLE = "title"
    FIGURE = "figure"
    FORMULA = "formula"
    NAME = "name"
    SECTION = "section"
    BODY = "body"
    SMALL = "small"
    CAP = "cap"


@dataclass(frozen=True, slots=True)
class Colours:
    """One scheme. `sunken` is the navigation and the status line; `deep` tones are for tinted grounds."""

    ground: str
    surface: str
    sunken: str
    hover: str
    pressed: str
    selection: str
    line: str
    strong_line: str
    text: str
    quiet: str
    accent: str
    accent_hover: str
    on_accent: str
    ok: str
    due: str
    overdue: str
    ok_deep: str
    due_deep: str
    overdue_deep: str
    tint_due: str
    tint_overdue: str
    shadow: str
    series: tuple[str, ...]

    def tone(self, tone: Tone, *, tinted: bool = False) -> str:
        """Give the colour of a tone; `tinted` when it stands on a selection, a banner or the sunken ground."""
        match tone:
            case Tone.PLAIN:
                return self.text
            case Tone.QUIET:
                return self.quiet
            case Tone.ACCENT:
                return self.accent
            case Tone.OK:
                return self.ok_deep if tinted else self.ok
            case Tone.DUE:
                return self.due_deep if tinted else self.due
            case Tone.OVERDUE:
                return self.overdue_deep if tinted else self.overdue

    def text_pairs(self) -> list[tuple[str, str]]:
        """Every (text, ground) pair the widgets draw; each must reach 4.5:1."""
        calm = [self.ground, self.surface]
        tinted = [self.sunken, self.hover, self.pressed, self.selection, self.tint_due, self.tint_overdue]
        pairs = [(self.on_accent, self.accent), (self.on_accent, self.accent_hover)]
        for tone in Tone:
            pairs += [(self.tone(tone), ground) for ground in calm]
            pairs += [(self.tone(tone, tinted=True), ground) for ground in tinted]
        return pairs


LIGHT = Colours(
    ground="#FAFAF8",
    surface="#FFFFFF",
    sunken="#F2F1ED",
    hover="#F4F4F1",
    pressed="#EBEAE5",
    selection="#E6EEF7",
    line="#E4E2DC",
    strong_line="#C9C6BE",
    text="#1F2328",
    quiet="#5C6370",
    accent="#1F5FA8",
    accent_hover="#1A5190",
    on_accent="#FFFFFF",
    ok="#1B7F4B",
    due="#9A6700",
    overdue="#B3261E",
    ok_deep="#17693F",
    due_deep="#835700",
    overdue_deep="#A3211A",
    tint_due="#FFF3D6",
    tint_overdue="#FCE9E7",
    shadow="#1F2328",
    series=("#0072B2", "#009E73", "#E69F00", "#D55E00", "#56B4E9", "#CC79A7", "#8A8F98"),
)

DARK = Colours(
    ground="#16181C",
    surface="#1E2126",
    sunken="#24282E",
    hover="#282C33",
    pressed="#2F343C",
    selection="#223347",
    line="#31353C",
    strong_line="#4A505A",
    text="#E8E6E1",
    quiet="#9AA0AA",
    accent="#7DB1EA",
    accent_hover="#93BFEF",
    on_accent="#16181C",
    ok="#5CC48E",
    due="#E0B050",
    overdue="#F2857D",
    ok_deep="#5CC48E",
    due_deep="#E0B050",
    overdue_deep="#F2857D",
    tint_due="#39301A",
    tint_overdue="#42231F",
    shadow="#000000",
    series=("#56A9E0", "#33B78F", "#E9AC34", "#E58A4A", "#8CCBF2", "#DB9BBE", "#747A84"),
)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lengths in logical pixels at 100 % text size, on an 8-point grid."""

    window: tuple[int, int] = (1280, 800)
    smallest_window: tuple[int, int] = (1024, 700)
    navigation: int = 184
    folded_navigation: int = 52
    top_bar: int = 56
    status_line: int = 28
    page_sides: int = 32
    page_top: int = 24
    row: int = 36
    control: int = 32
    small_control: int = 26
    radius_control: int = 6
    radius_card: int = 10
    icon: int = 16
    mark: int = 12
    gap: int = 8
    wide_gap: int = 16
    popover: int = 560
    toast: int = 420


SIZES = Sizes()

LARGE_TEXT = frozenset({TextRole.TITLE, TextRole.FIGURE, TextRole.FORMULA})

# (pixels, weight, letter spacing in ems; only for the typeface the drawings use)
TEXT: dict[TextRole, tuple[float, int, float]] = {
    TextRole.TITLE: (22, 600, -0.01),
    TextRole.FIGURE: (24, 600, -0.015),
    TextRole.FORMULA: (20, 600, -0.005),
    TextRole.NAME: (14, 600, 0),
    TextRole.SECTION: (13, 600, 0),
    TextRole.BODY: (13, 400, 0),
    TextRole.SMALL: (12, 400, 0),
    TextRole.CAP: (11, 400, 0),
}
