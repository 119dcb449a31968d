"""A line to type a search or a filter into, with a magnifier and a key cap.

Usage: `SearchBox(theme, icons, "Type to filter", key="Ctrl F")`; `textEdited` as in any line edit; Esc empties it
first, then gives the focus back (`left`).
"""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.icons import Icon, Icons
from ui.theme import Theme
from ui.tokens import SIZES
from ui.widgets.painting import cap_width, key_cap


class SearchBox(QLineEdit):
    """A search line."""

    left = Signal()

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        hint: str,
        *,
        key: str = "",
        large: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._key = key
        self._large = large
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self._on_theme_changed()
        theme.changed.connect(self._on_theme_changed)

    def sizeHint(self) -> QSize:
        """Wide enough for a few words."""
        return QSize(self._theme.px(440 if self._large else 220), self.minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, then the magnifier and the key."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = self._theme.px(SIZES.icon)
        colour = QColor(self._theme.colours.quiet)
        pixmap = self._icons.pixmap(Icon.SEARCH, side, colour, self.devicePixelRatioF())
        painter.drawPixmap(self._theme.px(11), (self.height() - side) // 2, pixmap)
        if self._key and not self.text():
            key_cap(painter, self._theme, QPointF(self.width() - self._theme.px(10), self.height() / 2), self._key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the line; on an empty line it leaves."""
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
                self.textEdited.emit("")
            else:
                self.left.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the text clear of both ends."""
        super().resizeEvent(event)
        self._set_margins()

    def _set_margins(self) -> None:
        right = cap_width(self._theme, self._key) + self._theme.px(6) if self._key else 0
        self.setTextMargins(self._theme.px(SIZES.icon + 6), 0, right, 0)

    def _on_theme_changed(self) -> None:
        self._set_margins()
        self.updateGeometry()
