"""A tinted bar over a page: the program is back in time, the book is read-only, no good backup for three days.

Usage: `Banner(theme, BannerKind.NOTICE, "As of 31 Dec 1997: typing in records is off.", action="Back to today")`;
connect `.button.clicked`; `set_words`, `setVisible`.
"""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from ui.theme import Theme
from ui.tokens import SIZES
from ui.widgets.buttons import Button
from ui.widgets.labels import body
from ui.widgets.layout import row

# Letters a line of the sentence must hold beside the buttons.
SHORTEST_LINE = 40


class BannerKind(StrEnum):
    """How grave it is."""

    NOTICE = "notice"
    ALARM = "alarm"


class Banner(QWidget):
    """One sentence and a button or two on a tinted ground; the first stands at the edge."""

    def __init__(
        self, theme: Theme, kind: BannerKind, words: str = "", *, action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind = kind
        self.setProperty("ground", "tinted")
        # Not fixed, which would cut off what a narrow window breaks into more lines.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.label = body(words, wrap=True)
        self.button = Button(theme, action)
        if not action:
            self.button.hide()
        self._buttons = row(self.button)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(SIZES.page_sides, 6, SIZES.page_sides, 6)
        self._layout.addWidget(self.label, 1)
        self._layout.addLayout(self._buttons)
        self._layout.setAlignment(self._buttons, Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self.update)

    def set_words(self, words: str, action: str = "") -> None:
        """Say something else."""
        self.label.set_text(words)
        self.button.set_words(action)
        self.button.setVisible(bool(action))

    def add_button(self, words: str) -> Button:
        """Add another button beside the first."""
        button = Button(self._theme, words)
        self._buttons.insertWidget(0, button)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons under the sentence where they would leave it too little room."""
        super().resizeEvent(event)
        line = self.fontMetrics().averageCharWidth() * SHORTEST_LINE
        narrow = event.size().width() < line + self._buttons.sizeHint().width() + 2 * SIZES.page_sides
        under = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._layout.direction() != under:
            self._layout.setDirection(under)
            self._layout.setAlignment(
                self._buttons, Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag.AlignVCenter
            )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tint and a hairline under it."""
        colours = self._theme.colours
        painter = QPainter(self)
        alarm = self._kind is BannerKind.ALARM
        painter.fillRect(self.rect(), QColor(colours.tint_overdue if alarm else colours.tint_due))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(colours.line))
