"""A sheet that floats over the page under what opened it; Esc or a click elsewhere closes it and gives the focus back.

Usage: `popover = Popover(theme, anchor)`; fill `popover.body`; `popover.open()`. It lives inside the window, so it
needs no compositor for its shadow, and deletes itself when closed (`closed` is emitted first).
"""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.tokens import SIZES
from ui.widgets.painting import frame

SHADOW = 18


class Floating(QWidget):
    """A rounded surface with a soft shadow, above everything in its window."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(SHADOW, SHADOW, SHADOW, SHADOW)
        self.body.setSpacing(SIZES.gap)
        theme.changed.connect(self.update)

    def set_padding(self, sides: int, ends: int) -> None:
        """Set the room between the edge and the content."""
        self.body.setContentsMargins(SHADOW + sides, SHADOW + ends, SHADOW + sides, SHADOW + ends)

    def sheet(self) -> QRect:
        """The visible surface, without the shadow."""
        return self.rect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shadow and the surface."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        shade = QColor(self._theme.colours.shadow)
        strength = 10 if self._theme.dark else 4
        for reach in range(SHADOW - 4, 0, -2):
            shade.setAlpha(strength - strength * reach // SHADOW)
            painter.setBrush(shade)
            around = self.sheet().adjusted(-reach, -reach + 4, reach, reach + 4)
            painter.drawRoundedRect(around, SIZES.radius_card + reach, SIZES.radius_card + reach)
        frame(painter, self.sheet(), SIZES.radius_card, self._theme.colours.surface, self._theme.colours.line)


class Popover(Floating):
    """A floating sheet tied to the widget that opened it."""

    closed = Signal()

    def __init__(self, theme: Theme, anchor: QWidget, *, align_right: bool = False) -> None:
        super().__init__(theme, anchor.window())
        self._anchor = anchor
        self._align_right = align_right
        self._focus_before: QWidget | None = None
        self._is_open = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def open(self) -> None:
        """Show the sheet under its anchor and take the focus."""
        self._focus_before = QApplication.focusWidget()
        self._is_open = True
        self.place()
        self.show()
        self.raise_()
        first = next(iter(self._stops()), None)
        (first or self).setFocus(Qt.FocusReason.PopupFocusReason)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def close(self) -> bool:
        """Close the sheet, give the focus back and delete the sheet."""
        if not self._is_open:
            return True
        self._is_open = False
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        inside = self.isAncestorOf(QApplication.focusWidget() or self) or self.hasFocus()
        self.hide()
        if inside and self._focus_before is not None and shiboken6.isValid(self._focus_before):
            self._focus_before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
        self.deleteLater()
        return True

    def place(self) -> None:
        """Put the sheet under its anchor, kept inside the window."""
        window = self.window()
        if not shiboken6.isValid(self._anchor):
            # What opened the sheet is gone, for example a chip whose rule was taken away: stay where it was.
            return
        self.adjustSize()
        width = min(self.width(), window.width())
        height = min(self.height(), window.height())
        corner = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + 6))
        x = corner.x() - SHADOW
        if self._align_right:
            x = corner.x() + self._anchor.width() - width + SHADOW
        x = max(-SHADOW + 8, min(x, window.width() - width + SHADOW - 8))
        y = max(-SHADOW + 8, min(corner.y() - SHADOW, window.height() - height + SHADOW - 8))
        self.setGeometry(x, y, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close on a click elsewhere in the window, follow the window's size."""
        if self._is_open and isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonPress:
            inside = self.sheet().contains(self.mapFromGlobal(event.globalPosition().toPoint()))
            target = watched if isinstance(watched, QWidget) else None
            if not inside and target is not None and target.window() is self.window():
                self.close()
        elif self._is_open and watched is self.window() and event.type() is QEvent.Type.Resize:
            self.place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab inside the sheet while it is open."""
        stops = self._stops()
        if not stops:
            return True
        here = QApplication.focusWidget()
        index = stops.index(here) if here in stops else -1 if forward else 0
        stops[(index + (1 if forward else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _stops(self) -> list[QWidget]:
        return [
            widget
            for widget in self.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled() and not widget.isHidden()
        ]
