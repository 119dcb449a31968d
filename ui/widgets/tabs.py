"""Text tabs with an underline, and the pages behind them.

Usage: `tabs = Tabs(theme)`; `tabs.add("plan", "Plan", build)` where `build` makes the page when it is first shown;
`tabs.show_tab("plan")`; `tabs.shown` tells the key; `tabs.set_corner(widget)` puts something at the right of the strip,
and a page with a `corner` of its own has it there while it is shown. Left and Right move between tabs, Ctrl+Tab and
Ctrl+PageDown too.
"""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.tokens import SIZES, TextRole
from ui.widgets.layout import hairline, row
from ui.widgets.painting import focus_ring
from ui.widgets.text import one_line


@runtime_checkable
class HasCorner(Protocol):
    """A page that brings a widget for the right of the strip."""

    corner: QWidget


class TabStrip(QTabBar):
    """Words on a line, the chosen one strong and underlined."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words: list[str] = []
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.changed.connect(self._on_theme_changed)

    def add_tab(self, words: str) -> int:
        """Add a tab at the end; ampersands are literal."""
        self._words.append(one_line(words))
        return self.addTab(self._words[-1].replace("&", "&&"))

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the strong word, so that choosing moves nothing."""
        width = QFontMetrics(self._theme.font(TextRole.BODY, strong=True)).horizontalAdvance(self._words[index])
        return QSize(width + self._theme.px(self._gap()), self._theme.px(SIZES.row))

    def minimumTabSizeHint(self, index: int) -> QSize:  # noqa: N802 - Qt's name
        """Never cut."""
        return self.tabSizeHint(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words and the underline."""
        painter = QPainter(self)
        colours = self._theme.colours
        for index, words in enumerate(self._words):
            place = self.tabRect(index)
            chosen = index == self.currentIndex()
            room = QRect(place.x(), place.y(), place.width() - self._theme.px(self._gap()), place.height())
            painter.setFont(self._theme.font(TextRole.BODY, strong=chosen))
            painter.setPen(QColor(colours.text if chosen else colours.quiet))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
            if chosen:
                painter.fillRect(QRect(room.x(), place.bottom() - 1, room.width(), 2), QColor(colours.accent))
                if self.hasFocus():
                    focus_ring(painter, room.adjusted(-6, 4, 6, -4), SIZES.radius_control, self._theme)

    def _gap(self) -> int:
        return 24

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


class Tabs(QWidget):
    """The strip with the pages behind it; a page is built when first shown."""

    shown = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: list[str] = []
        self._builders: dict[str, Callable[[], QWidget]] = {}
        self._pages: dict[str, QWidget] = {}
        self.strip = TabStrip(theme)
        self._stack = QStackedWidget()
        self._head = row(self.strip, None)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head)
        layout.addWidget(hairline())
        layout.addSpacing(SIZES.gap + 4)
        layout.addWidget(self._stack, 1)
        self.strip.currentChanged.connect(self._on_chosen)
        for keys, slot in (("Ctrl+Tab", self._next), ("Ctrl+Shift+Tab", self._previous)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def add(self, key: str, words: str, build: Callable[[], QWidget]) -> None:
        """Add a tab; the first one is shown at once."""
        self._keys.append(key)
        self._builders[key] = build
        self.strip.add_tab(words)

    def set_corner(self, widget: QWidget) -> None:
        """Put a widget at the right of the strip."""
        self._head.addWidget(widget)

    @property
    def current(self) -> str:
        """The key of the tab shown, or nothing."""
        index = self.strip.currentIndex()
        return self._keys[index] if 0 <= index < len(self._keys) else ""

    def page(self, key: str) -> QWidget | None:
        """The page of a tab if it was built."""
        return self._pages.get(key)

    def show_tab(self, key: str) -> None:
        """Show a tab by its key."""
        self.strip.setCurrentIndex(self._keys.index(key))

    def _on_chosen(self, index: int) -> None:
        if not 0 <= index < len(self._keys):
            return
        key = self._keys[index]
        if key not in self._pages:
            page = self._builders[key]()
            self._pages[key] = page
            # The keyboard goes from the strip to the corner, then to what stands beneath.
            if isinstance(page, HasCorner):
                self.set_corner(page.corner)
            self._stack.addWidget(page)
        for other in self._pages.values():
            if isinstance(other, HasCorner):
                other.corner.setVisible(other is self._pages[key])
        self._stack.setCurrentWidget(self._pages[key])
        self.shown.emit(key)

    def _next(self) -> None:
        self._step(1)

    def _previous(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        if self._keys:
            self.strip.setCurrentIndex((self.strip.currentIndex() + by) % len(self._keys))
