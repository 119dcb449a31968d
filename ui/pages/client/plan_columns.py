"""Three columns side by side, or two where the window is narrow: the third then stands under the first."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme import Theme

LEFT, RIGHT, NARROW = 256, 236, 920


class PlanColumns(QWidget):
    """Lays out the parts of a plan."""

    def __init__(self, theme: Theme, left: QWidget, middle: QWidget, right: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._left, self._middle, self._right = left, middle, right
        self._narrow: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 12, 8)
        self._grid.setHorizontalSpacing(32)
        self._grid.setVerticalSpacing(24)
        self._arrange()
        theme.changed.connect(self._on_theme_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose between two and three columns."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < self._theme.px(NARROW)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        grid, top = self._grid, Qt.AlignmentFlag.AlignTop
        for part in (self._left, self._middle, self._right):
            grid.removeWidget(part)
        self._left.setFixedWidth(self._theme.px(LEFT if not narrow else RIGHT))
        self._right.setFixedWidth(self._theme.px(RIGHT))
        grid.addWidget(self._left, 0, 0, top)
        if narrow:
            grid.addWidget(self._middle, 0, 1, 3, 1, top)
            grid.addWidget(self._right, 1, 0, top)
        else:
            grid.addWidget(self._middle, 0, 1, top)
            grid.addWidget(self._right, 0, 2, top)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(2, 1)

    def _on_theme_changed(self) -> None:
        self._narrow = None
        self._arrange()
