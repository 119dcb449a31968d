"""What scrolls up and down where there is too little room for it, without a frame, and without a stop for Tab.

Usage: `area = Scrolled(inside)`; a window that moves the keyboard calls `area.keep_in_sight(self.focusWidget())`.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Scrolled(QScrollArea):
    """Holds one widget, as wide as there is room, on whatever ground it stands."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.inside = inside
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.setProperty("ground", "clear")
        self.setWidget(inside)

    def keep_in_sight(self, widget: QWidget | None) -> None:
        """Scroll to a widget, if it is one of those held."""
        if widget is not None and self.inside.isAncestorOf(widget):
            self.ensureWidgetVisible(widget)
