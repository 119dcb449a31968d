"""The bar above the page: the command box, and at the right the day everything is shown for.

While that day is not today the bar is tinted, says so in words, and offers the way back.
"""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.words.catalogue import tr
from ui.frame.as_of import AsOfControl
from ui.icons import Icons
from ui.theme import Theme
from ui.tokens import SIZES
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.command_box import CommandBox
from ui.widgets.labels import small


class TopBar(QWidget):
    """Command box and as-of control."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        box: CommandBox,
        today: Callable[[], date],
        show: Callable[[date], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.box = box
        self.as_of = AsOfControl(theme, icons, today, show)
        self.off = small(tr("typing in records is off"), elide=True)
        self.back = Button(theme, tr("Back to today"), kind=ButtonKind.LINK)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box.setMaximumWidth(theme.px(440))
        box.setMinimumWidth(theme.px(240))
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SIZES.page_sides, 0, SIZES.page_sides - 4, 0)
        layout.setSpacing(SIZES.wide_gap)
        layout.addWidget(box, 2)
        layout.addStretch(1)
        layout.addWidget(self.off)
        layout.addWidget(self.back)
        layout.addWidget(self.as_of)
        self.back.clicked.connect(self.as_of.back_to_today)
        self.as_of.changed.connect(self._on_day_changed)
        theme.changed.connect(self._on_theme_changed)
        self._on_day_changed()

    def sizeHint(self) -> QSize:
        """As high as the design says."""
        return QSize(600, self._theme.px(SIZES.top_bar))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, tinted while the day is not today, and the hairline."""
        colours = self._theme.colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.ground if self.as_of.is_today else colours.tint_due))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(colours.line))

    def _on_day_changed(self) -> None:
        self.off.setVisible(not self.as_of.is_today)
        self.back.setVisible(not self.as_of.is_today)
        self.update()

    def _on_theme_changed(self) -> None:
        self.box.setMaximumWidth(self._theme.px(440))
        self.box.setMinimumWidth(self._theme.px(240))
        self.updateGeometry()
        self.update()
