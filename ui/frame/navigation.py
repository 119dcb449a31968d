"""The column at the left: the program's name (its menu), the pages with their counts, "Log contact", Settings.

Folded, in a window with little room for its print, it is a strip of icons whose words are in their tooltips.
"""

from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.words.catalogue import tr
from ui.icons import Icon, Icons
from ui.theme import Theme
from ui.tokens import SIZES, TextRole
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.painting import focus_ring, frame
from ui.widgets.text import tip

LOG_WORDS, LOG_KEY = tr("Log contact"), "Ctrl L"


class NavigationItem(QAbstractButton):
    """One page: icon, word, count."""

    def __init__(self, theme: Theme, icons: Icons, icon: Icon, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._picture = icon
        self._words = words
        self._count: int | None = None
        self._folded = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setText(words)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def set_count(self, count: int | None) -> None:
        """Show how many wait there; None shows nothing."""
        self._count = count
        self.setAccessibleName(self._words if count is None else f"{self._words}, {count}")
        self._tell()

    def set_folded(self, *, folded: bool) -> None:
        """Show the icon alone, with the rest in the tooltip."""
        self._folded = folded
        self._tell()

    def sizeHint(self) -> QSize:
        """As wide as the column."""
        return QSize(self._theme.px(160), self._theme.px(34))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the item in its present state."""
        painter = QPainter(self)
        colours = self._theme.colours
        if self.isChecked():
            frame(painter, self.rect(), SIZES.radius_control, colours.surface, colours.line)
        elif self.underMouse():
            frame(painter, self.rect(), SIZES.radius_control, colours.pressed, None)
        if self.hasFocus():
            focus_ring(painter, self.rect(), SIZES.radius_control, self._theme)
        side = self._theme.px(SIZES.icon)
        left = self._theme.px(9)
        pixmap = self._icons.pixmap(self._picture, side, QColor(colours.text), self.devicePixelRatioF())
        if self._folded:
            painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, pixmap)
            return
        painter.drawPixmap(left, (self.height() - side) // 2, pixmap)
        font = self._theme.font(TextRole.BODY, strong=self.isChecked())
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        room = QRect(left + side + self._theme.px(10), 0, self.width(), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._words)
        if self._count is not None:
            font = self._theme.font(TextRole.SMALL)
            font.setWeight(QFont.Weight.Medium if self.isChecked() else QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(QColor(colours.text if self.isChecked() else colours.quiet))
            painter.drawText(self.rect().adjusted(0, 0, -left, 0), _RIGHT, f"{self._count:,}")

    def _tell(self) -> None:
        self.setToolTip(tip(self.accessibleName()) if self._folded else "")
        self.update()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ProgramName(QAbstractButton):
    """The name of the program; a click opens its menu."""

    def __init__(self, theme: Theme, icons: Icons, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._folded = False
        self.setText(words)
        self.setAccessibleName(tr("Menu"))
        self.setToolTip("Menu (F10)")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def set_folded(self, *, folded: bool) -> None:
        """Show the menu's mark alone."""
        self._folded = folded
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self._theme.px(160), self._theme.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the name and the menu's mark."""
        painter = QPainter(self)
        colours = self._theme.colours
        if self.underMouse() or self.isDown():
            frame(painter, self.rect(), SIZES.radius_control, colours.pressed, None)
        if self.hasFocus():
            focus_ring(painter, self.rect(), SIZES.radius_control, self._theme)
        side = self._theme.px(SIZES.icon)
        pixmap = self._icons.pixmap(Icon.MENU, side, QColor(colours.quiet), self.devicePixelRatioF())
        if self._folded:
            painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, pixmap)
            return
        painter.drawPixmap(self.width() - side - self._theme.px(9), (self.height() - side) // 2, pixmap)
        painter.setFont(self._theme.font(TextRole.NAME))
        painter.setPen(QColor(colours.text))
        painter.drawText(self.rect().adjusted(self._theme.px(9), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


class Navigation(QWidget):
    """The whole column; Up and Down move between its items."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._items: dict[str, NavigationItem] = {}
        self._above: list[NavigationItem] = []
        self._below: list[NavigationItem] = []
        self._folded = False
        self.setProperty("ground", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Pages"))
        self.name = ProgramName(theme, icons, "Rapport")
        self.log = Button(theme, LOG_WORDS, key=LOG_KEY, kind=ButtonKind.PRIMARY, icon=(icons, Icon.PLUS), large=True)
        self.log.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._upper, self._lower = QVBoxLayout(), QVBoxLayout()
        self._upper.setSpacing(0)
        self._lower.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(11, 14, 12, 14)
        layout.setSpacing(0)
        layout.addWidget(self.name)
        layout.addSpacing(11)
        layout.addLayout(self._upper)
        layout.addStretch(1)
        layout.addWidget(self.log)
        layout.addSpacing(10)
        layout.addLayout(self._lower)
        theme.changed.connect(self._fit)
        self._fit()

    def add(self, key: str, icon: Icon, words: str, *, below: bool = False) -> NavigationItem:
        """Add a page at the end of the upper or lower group."""
        item = NavigationItem(self._theme, self._icons, icon, words)
        item.set_folded(folded=self._folded)
        item.clicked.connect(partial(self._on_clicked, key))
        self._items[key] = item
        (self._lower if below else self._upper).addWidget(item)
        group = self._below if below else self._above
        before = group[-1] if group else self.log if below else self.name
        group.append(item)
        QWidget.setTabOrder(before, item)
        return item

    def set_folded(self, *, folded: bool) -> None:
        """Be a strip of icons, or the whole column again."""
        if folded != self._folded:
            self._folded = folded
            parts: list[NavigationItem | ProgramName] = [self.name, *self._above, *self._below]
            for part in parts:
                part.set_folded(folded=folded)
            self._fit()

    def mark(self, key: str) -> None:
        """Show which page is open; an unknown key marks none."""
        for other, item in self._items.items():
            item.setChecked(other == key)

    def set_count(self, key: str, count: int | None) -> None:
        """Show a count beside a page."""
        self._items[key].set_count(count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move the keyboard between the items."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        items: list[QWidget] = [self.name, *self._above, self.log, *self._below]
        here = self.focusWidget()
        if step is None or here not in items:
            super().keyPressEvent(event)
            return
        items[(items.index(here) + step) % len(items)].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the hairline at the right."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.colours.sunken))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(self._theme.colours.line))

    def _on_clicked(self, key: str) -> None:
        self._items[key].setChecked(True)
        self.chosen.emit(key)

    def _fit(self) -> None:
        width = self._theme.px(SIZES.folded_navigation if self._folded else SIZES.navigation)
        self.setFixedWidth(width)
        self.log.set_key("" if self._folded else LOG_KEY)
        self.log.set_words("" if self._folded else LOG_WORDS)
        # In a wide typeface the key is worth more than the second word.
        if self.log.sizeHint().width() > width - self._theme.px(12):
            self.log.set_words(LOG_WORDS.split(maxsplit=1)[0])
        self.log.setAccessibleName(LOG_WORDS)
        self.log.setToolTip(tip(f"{LOG_WORDS} ({LOG_KEY})") if self._folded else "")
