"""Buttons: the word, and where there is one the key that does the same.

Usage: `Button(theme, "Log", key="L")`, `Button(theme, "New client", key="Ctrl N", kind=ButtonKind.PRIMARY)`,
`Button(theme, "Show rows", kind=ButtonKind.LINK)`, `IconButton(theme, icons, Icon.CLOSE, "Close")` (the word is its
accessible name and tooltip). `key` is only shown; the shortcut itself belongs to a `QAction` (`ui/actions.py`).
A mouse click does not move the focus; Tab reaches every button.
"""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.icons import Icon, Icons
from ui.theme import Theme
from ui.tokens import SIZES, TextRole, Tone
from ui.widgets.painting import cap_width, focus_ring, frame, key_cap
from ui.widgets.text import one_line, tip


class ButtonKind(StrEnum):
    """How much a button asks for attention; a page has at most one primary button."""

    PLAIN = "plain"
    PRIMARY = "primary"
    QUIET = "quiet"
    LINK = "link"
    DANGER = "danger"
    STATUS = "status"

    @property
    def is_bare(self) -> bool:
        """Whether it has no frame, only words."""
        return self in {ButtonKind.LINK, ButtonKind.STATUS}


def press_by_enter(button: QPushButton, event: QKeyEvent) -> bool:
    """Press a button by Enter, which Qt does for the default button of a dialog only; whether it was Enter."""
    if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & _COMMANDS:
        button.click()
        return True
    return False


_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Button(QPushButton):
    """A push button painted from the tokens, with an optional icon before and key cap after its word."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        key: str = "",
        kind: ButtonKind = ButtonKind.PLAIN,
        icon: tuple[Icons, Icon] | None = None,
        large: bool = False,
        menu_mark: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = ""
        self._key = key
        self._kind = kind
        self._picture = icon
        self._large = large
        self._menu_mark = menu_mark
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        # In a dialog Enter does what one came to do.
        self.setDefault(kind is ButtonKind.PRIMARY)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if kind is ButtonKind.LINK:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_words(text)
        theme.changed.connect(self._on_theme_changed)

    @property
    def words(self) -> str:
        """What the button says."""
        return self._words

    def set_words(self, text: str) -> None:
        """Say something else; ampersands are literal."""
        self._words = one_line(text)
        self.setText(self._words.replace("&", "&&"))
        self.setAccessibleName(self._words)
        self.updateGeometry()
        self.update()

    def set_key(self, key: str) -> None:
        """Show another key after the words; empty shows none."""
        self._key = key
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: ButtonKind) -> None:
        """Ask for more or less attention."""
        self._kind = kind
        self.update()

    def sizeHint(self) -> QSize:
        """Room for icon, word and cap."""
        width = QFontMetrics(self._font()).horizontalAdvance(self._words)
        if self._picture:
            width += self._theme.px(SIZES.icon + (6 if self._words else 0))
        if self._key:
            width += cap_width(self._theme, self._key) + self._theme.px(6)
        if self._menu_mark:
            width += self._theme.px(14)
        if self._kind.is_bare:
            return QSize(
                width + 2, max(QFontMetrics(self._font()).height() + 2, self._theme.px(20) if self._key else 0)
            )
        tall = SIZES.control if self._large else SIZES.small_control
        return QSize(width + 2 * self._side(), self._theme.px(tall))

    def minimumSizeHint(self) -> QSize:
        """Never smaller than its words."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, as Space does."""
        if not press_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button in its present state."""
        painter = QPainter(self)
        colours = self._theme.colours
        ink = self._ink()
        rect = self.rect()
        if not self._kind.is_bare:
            fill, border = self._fill_and_border()
            frame(painter, rect, SIZES.radius_control, fill, border)
        if self.hasFocus():
            focus_ring(painter, rect, SIZES.radius_control, self._theme, on_accent=self._kind is ButtonKind.PRIMARY)
        left = 0 if self._kind.is_bare else self._side()
        if self.width() > self.sizeHint().width() and not self._key:
            left += (self.width() - self.sizeHint().width()) // 2
        if self._picture:
            icons, icon = self._picture
            side = self._theme.px(SIZES.icon)
            pixmap = icons.pixmap(icon, side, QColor(ink), self.devicePixelRatioF())
            painter.drawPixmap(left, (self.height() - side) // 2, pixmap)
            left += side + self._theme.px(6)
        font = self._font()
        font.setUnderline(self._kind is ButtonKind.LINK and (self.underMouse() or self.hasFocus()))
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.drawText(QRect(left, 0, self.width() - left, self.height()), Qt.AlignmentFlag.AlignVCenter, self._words)
        right = QPointF(self.width() - (0 if self._kind.is_bare else self._side()), self.height() / 2)
        if self._key and self.width() >= self.sizeHint().width() - self._theme.px(12):
            primary = self._kind is ButtonKind.PRIMARY
            right += QPointF(self._theme.px(5), 0) if primary else QPointF(0, 0)
            key_cap(painter, self._theme, right, self._key, boxed=not primary, colour=ink if primary else colours.quiet)
        if self._menu_mark:
            painter.setPen(QColor(ink))
            painter.drawText(QRect(0, 0, round(right.x()), self.height()), _RIGHT, "▾")

    def _ink(self) -> str:
        colours = self._theme.colours
        if not self.isEnabled():
            return colours.quiet
        match self._kind:
            case ButtonKind.PRIMARY:
                return colours.on_accent
            case ButtonKind.LINK:
                return colours.accent
            case ButtonKind.DANGER:
                return colours.tone(Tone.OVERDUE, tinted=True)
            case ButtonKind.QUIET | ButtonKind.STATUS:
                return colours.text if self.underMouse() else colours.quiet
            case ButtonKind.PLAIN:
                return colours.text

    def _fill_and_border(self) -> tuple[str | None, str | None]:
        colours = self._theme.colours
        if not self.isEnabled():
            return colours.ground, colours.line
        pressed, over = self.isDown() or self.isChecked(), self.underMouse()
        if self._kind is ButtonKind.PRIMARY:
            fill = colours.accent_hover if pressed or over else colours.accent
            return fill, fill
        if self._kind is ButtonKind.QUIET:
            return (colours.pressed if pressed else colours.hover if over else None), None
        fill = colours.pressed if pressed else colours.hover if over else colours.surface
        return fill, colours.strong_line if over else colours.line

    def _font(self) -> QFont:
        role = TextRole.BODY if self._large else TextRole.SMALL
        return self._theme.font(role, strong=self._kind is ButtonKind.PRIMARY)

    def _side(self) -> int:
        return self._theme.px(12 if self._large else 10)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class IconButton(QPushButton):
    """A button that is only a picture; its word is the accessible name and the tooltip."""

    def __init__(
        self, theme: Theme, icons: Icons, icon: Icon, words: str, *, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._picture = icon
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self.setAccessibleName(words)
        self.setToolTip(tip(f"{words} ({key})" if key else words))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """A square."""
        side = self._theme.px(SIZES.small_control)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """A square."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, as Space does."""
        if not press_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture, and a ground while the mouse is over it."""
        painter = QPainter(self)
        colours = self._theme.colours
        if self.isEnabled() and (self.isDown() or self.underMouse()):
            frame(painter, self.rect(), SIZES.radius_control, colours.pressed if self.isDown() else colours.hover, None)
        if self.hasFocus():
            focus_ring(painter, self.rect(), SIZES.radius_control, self._theme)
        side = self._theme.px(SIZES.icon)
        colour = QColor(colours.text if self.underMouse() else colours.quiet)
        pixmap = self._icons.pixmap(self._picture, side, colour, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, pixmap)
