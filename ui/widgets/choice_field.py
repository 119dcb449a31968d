"""One of several values, chosen from a list.

Usage: `ChoiceField(theme, [(Stage.NEW, "New"), (Stage.ENDED, "Ended")], none="any stage")`; `value()` gives the value
of the line shown, None for the `none` line.
"""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QListView, QWidget

from ui.theme import Theme
from ui.tokens import SIZES
from ui.widgets.fields import Field
from ui.widgets.painting import focus_ring, frame
from ui.widgets.text import one_line

V = TypeVar("V")


class Choice(QComboBox):
    """A list that opens, painted from the tokens."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setView(QListView())
        self.setMaxVisibleItems(14)
        # Qt's own policy gives a list under the wheel the focus first, and then the wheel changes it.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._on_theme_changed)

    def sizeHint(self) -> QSize:
        """The widest line and the mark."""
        widest = max(
            (self.fontMetrics().horizontalAdvance(self.itemText(place)) for place in range(self.count())), default=60
        )
        return QSize(widest + self._theme.px(44), self._theme.px(SIZES.control))

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(self._theme.px(72), self._theme.px(SIZES.control))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame, the chosen line and the mark."""
        painter = QPainter(self)
        colours = self._theme.colours
        border = colours.strong_line if self.underMouse() else colours.line
        if self.property("wrong"):
            border = colours.overdue
        frame(painter, self.rect(), SIZES.radius_control, colours.surface, border)
        if self.hasFocus():
            focus_ring(painter, self.rect(), SIZES.radius_control, self._theme)
        side = self._theme.px(10)
        words = QRect(side, 0, self.width() - 2 * side - self._theme.px(14), self.height())
        painter.setPen(QColor(colours.text if self.isEnabled() and self.currentIndex() >= 0 else colours.quiet))
        text = self.currentText() or self.placeholderText()
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setPen(QColor(colours.quiet))
        painter.drawText(self.rect().adjusted(0, 0, -side, 0), _RIGHT, "▾")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling a page never changes a value under the mouse."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


class ChoiceField(Field, Generic[V]):
    """A `Choice` in a form."""

    def __init__(
        self,
        theme: Theme,
        options: Sequence[tuple[V, str]],
        *,
        none: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self.choice = Choice(theme)
        super().__init__(self.choice, parent)
        self._values: list[V | None] = []
        self.set_options(options, none=none)
        self.choice.activated.connect(self._on_activated)

    def set_options(self, options: Sequence[tuple[V, str]], *, none: str | None = None) -> None:
        """Offer other lines; `none` is the line for no value, without which one of the others must be chosen."""
        self.choice.clear()
        self._values = [None, *(value for value, _ in options)] if none is not None else [value for value, _ in options]
        lines = [none, *(words for _, words in options)] if none is not None else [words for _, words in options]
        self.choice.addItems([one_line(line) for line in lines])
        self.choice.setCurrentIndex(0 if none is not None else -1)

    def value(self) -> V | None:
        """The value chosen, if any."""
        place = self.choice.currentIndex()
        return self._values[place] if 0 <= place < len(self._values) else None

    def set_value(self, value: V | None) -> None:
        """Choose a value; one that is not offered shows nothing."""
        self.choice.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def raw(self) -> str:
        """The words of the line chosen."""
        return self.choice.currentText()

    def set_raw(self, raw: str) -> None:
        """Choose the line with these words."""
        self.choice.setCurrentIndex(self.choice.findText(raw))

    def _on_activated(self) -> None:
        self.edited.emit()


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
