"""Widgets in lines that wrap: chips, tags, rows of buttons.

Usage: `box = FlowBox(chip, other)`; `box.add(chip)`, `box.insert(0, chip)`, `box.remove_all()`.

It places its children itself: a `QLayout` written in Python loses a reference to None at every look past its end
(PySide6 6.12), which ends the program at last.
"""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.tokens import SIZES


class FlowBox(QWidget):
    """As tall as the lines its widgets need at its width."""

    def __init__(self, *widgets: QWidget, gap: int = SIZES.gap) -> None:
        super().__init__()
        self._gap = gap
        self._widgets: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for widget in widgets:
            self.add(widget)

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """What it holds, in order."""
        return tuple(self._widgets)

    def add(self, widget: QWidget) -> None:
        """Take a widget at the end."""
        self.insert(len(self._widgets), widget)

    def insert(self, place: int, widget: QWidget) -> None:
        """Take a widget before the one at a place."""
        self._widgets.insert(place, widget)
        widget.setParent(self)
        widget.show()
        self._arrange()

    def remove(self, widget: QWidget) -> None:
        """Let go of a widget and delete it."""
        self._widgets.remove(widget)
        widget.hide()
        widget.deleteLater()
        self._arrange()

    def remove_all(self) -> None:
        """Let go of every widget and delete them."""
        for widget in self.widgets:
            self.remove(widget)

    def hasHeightForWidth(self) -> bool:
        """Narrow means taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How tall the lines are at a width."""
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        """All on one line."""
        hints = [widget.sizeHint() for widget in self._shown()]
        width = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSizeHint(self) -> QSize:
        """The widest single widget, as tall as the lines at the present width."""
        width = max((widget.minimumSizeHint().width() for widget in self._shown()), default=0)
        return QSize(width, self._place(max(self.width(), width), move=False))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Break the lines anew when a widget in it has changed its size, comes or goes."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _shown(self) -> list[QWidget]:
        return [widget for widget in self._widgets if not widget.isHidden()]

    def _arrange(self) -> None:
        self._place(self.width(), move=True)
        self.updateGeometry()

    def _place(self, room: int, *, move: bool) -> int:
        x, y, tall = 0, 0, 0
        if move:
            y = max(0, (self.height() - self._place(room, move=False)) // 2)
        for widget in self._shown():
            hint = widget.sizeHint()
            if x > 0 and x + hint.width() > room:
                x, y, tall = 0, y + tall + self._gap, 0
            if move:
                width = min(hint.width(), max(room, widget.minimumSizeHint().width()))
                widget.setGeometry(QRect(QPoint(x, y), QSize(width, hint.height())))
            x += hint.width() + self._gap
            tall = max(tall, hint.height())
        return y + tall
