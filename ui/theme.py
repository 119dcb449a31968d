"""The one source of colours, sizes and fonts for every widget.

Usage: a widget takes a `Theme` in its constructor, asks `theme.colours`, `theme.px(36)`,
`theme.font(TextRole.SMALL)`, and if it paints itself connects `theme.changed` to a bound method. Widgets that only show
text use `ui/widgets/labels.py` and need nothing: the stylesheet (`ui/stylesheet.py`) dresses them by their `role` and
`tone` properties.
"""

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from ui.fonts import PREFERRED, display_family, interface_font
from ui.interpreter import keep_none_alive
from ui.palette import palette
from ui.stylesheet import stylesheet
from ui.tokens import DARK, LARGE_TEXT, LIGHT, SIZES, TEXT, Colours, TextRole, Tone

# What the stylesheet is made for. It is an argument of the application (“-style”): to set it later makes PySide6 build
# all enums of QStyle before the first paint (5 ms).
STYLE = "Fusion"
TEXT_SIZES = (80, 90, 100, 110, 125, 150, 175, 200)


class ThemeChoice(StrEnum):
    """What the person chose: as the system says, or always one of the two."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Dresses the application and tells widgets when colours or sizes have changed."""

    changed = Signal()

    def __init__(
        self,
        application: QApplication,
        choice: ThemeChoice = ThemeChoice.SYSTEM,
        text_size: int = 100,
        parent: QObject | None = None,
    ) -> None:
        keep_none_alive()
        super().__init__(parent)
        self._application = application
        self._choice = choice
        self._text_size = _nearest(text_size)
        self._base_font = interface_font()
        self._display = display_family(self._base_font)
        self._tightens = self._base_font.family() == PREFERRED
        self._tell_system()
        self._dress()
        application.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def choice(self) -> ThemeChoice:
        """What the person chose."""
        return self._choice

    @property
    def dark(self) -> bool:
        """Whether the dark scheme is shown; a system that says nothing counts as light."""
        if self._choice is ThemeChoice.SYSTEM:
            return self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._choice is ThemeChoice.DARK

    @property
    def colours(self) -> Colours:
        """The scheme in use."""
        return DARK if self.dark else LIGHT

    @property
    def text_size(self) -> int:
        """The text size in percent, 80 to 200."""
        return self._text_size

    def set_choice(self, choice: ThemeChoice) -> None:
        """Show the system's scheme, or always light or dark."""
        if choice is not self._choice:
            self._choice = choice
            self._tell_system()
            self._dress()
            self.changed.emit()

    def set_text_size(self, percent: int) -> None:
        """Set the text size to the nearest step between 80 and 200 percent."""
        size = _nearest(percent)
        if size != self._text_size:
            self._text_size = size
            self._dress()
            self.changed.emit()

    def enlarge(self) -> None:
        """Go one text size up."""
        self.set_text_size(min((size for size in TEXT_SIZES if size > self._text_size), default=TEXT_SIZES[-1]))

    def reduce(self) -> None:
        """Go one text size down."""
        self.set_text_size(max((size for size in TEXT_SIZES if size < self._text_size), default=TEXT_SIZES[0]))

    def reset_text_size(self) -> None:
        """Go back to 100 percent."""
        self.set_text_size(100)

    def px(self, length: float) -> int:
        """Scale a length of `ui/tokens.py` by the text size."""
        return round(length * self._text_size / 100)

    def font(self, role: TextRole, *, strong: bool | None = None) -> QFont:
        """Give the font of a text role; `strong` overrides its weight."""
        pixels, weight, spacing = TEXT[role]
        font = QFont(self._base_font)
        font.setPixelSize(max(1, self.px(pixels)))
        font.setWeight(QFont.Weight(weight if strong is None else (600 if strong else 400)))
        if role in LARGE_TEXT:
            font.setFamilies([self._display, self._base_font.family()])
            font.unsetFeature(QFont.Tag("tnum"))
        if self._tightens and spacing:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing * font.pixelSize())
        return font

    def colour(self, tone: Tone, *, tinted: bool = False) -> QColor:
        """Give the colour of a tone as Qt wants it."""
        return QColor(self.colours.tone(tone, tinted=tinted))

    def _dress(self) -> None:
        self._application.setPalette(palette(self.colours))
        self._application.setFont(self.font(TextRole.BODY))
        self._application.setStyleSheet(
            stylesheet(self.colours, SIZES, self.px, family=self._display, tighten=self._tightens)
        )

    def _tell_system(self) -> None:
        # Title bars and native dialogs follow this where the platform can; bare X11 ignores it.
        hints = self._application.styleHints()
        match self._choice:
            case ThemeChoice.SYSTEM:
                hints.unsetColorScheme()
            case ThemeChoice.LIGHT:
                hints.setColorScheme(Qt.ColorScheme.Light)
            case ThemeChoice.DARK:
                hints.setColorScheme(Qt.ColorScheme.Dark)

    def _on_system_changed(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._dress()
            self.changed.emit()


def _nearest(percent: int) -> int:
    return min(TEXT_SIZES, key=lambda size: abs(size - percent))
