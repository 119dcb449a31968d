"""One line that becomes a record: what was understood of it stands beneath while it is typed.

Usage: `entry = QuickEntry(theme, hint, read)` where `read(line)` gives a `Reading`: the parts understood, and what is
missing if it cannot be taken yet. `entered(line, stays)` comes on Enter (stays is False) and Ctrl+Enter; the caller
takes the line and calls `clear()`, or leaves it standing. Esc gives the keyboard back (`left`); the line stays as a
draft.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.tokens import SIZES, Tone
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.flow_box import FlowBox
from ui.widgets.labels import pill, small
from ui.widgets.layout import row
from ui.widgets.painting import cap_width, key_cap


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of a line: short words each, and what is missing; a line can be taken if nothing is."""

    parts: tuple[str, ...] = ()
    missing: str = ""
    warning: str = ""


class EntryLine(QLineEdit):
    """The line itself."""

    entered = Signal(bool)
    left = Signal()

    def __init__(self, theme: Theme, hint: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = key
        self.setPlaceholderText(hint)
        self._on_theme_changed()
        theme.changed.connect(self._on_theme_changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the line, with Ctrl the keyboard stays; Esc leaves it standing."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """A little taller than a field."""
        return QSize(super().sizeHint().width(), self._theme.px(SIZES.row))

    def minimumSizeHint(self) -> QSize:
        """As tall as it is."""
        return QSize(self._theme.px(120), self._theme.px(SIZES.row))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the key that logs."""
        super().paintEvent(event)
        key_cap(QPainter(self), self._theme, QPointF(self.width() - self._theme.px(10), self.height() / 2), self._key)

    def _on_theme_changed(self) -> None:
        self.setTextMargins(0, 0, cap_width(self._theme, self._key) + self._theme.px(8), 0)
        self.setFixedHeight(self._theme.px(SIZES.row))


class QuickEntry(QWidget):
    """The line and what was understood."""

    entered = Signal(str, bool)
    form_wanted = Signal(str)
    left = Signal()

    def __init__(
        self, theme: Theme, hint: str, read: Callable[[str], Reading], form: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._read = read
        self._shown = Reading()
        self.line = EntryLine(theme, hint, "Ctrl Enter")
        self.line.setAccessibleName(hint)
        self.parts = FlowBox(gap=4)
        self.said = small(elide=True)
        self.form = Button(theme, form, kind=ButtonKind.LINK)
        self.form.clicked.connect(self._on_form)
        self._beneath = QWidget()
        beneath = row(self.parts, self.said, self.form)
        beneath.setContentsMargins(2, 0, 2, 0)
        beneath.setStretch(0, 2)
        beneath.setStretch(1, 1)
        self._beneath.setLayout(beneath)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.line)
        layout.addWidget(self._beneath)
        self._beneath.hide()
        self.form.setVisible(bool(form))
        self.line.textChanged.connect(self._on_changed)
        self.line.entered.connect(self._on_entered)
        self.line.left.connect(self.left)
        self.setFocusProxy(self.line)

    @property
    def reading(self) -> Reading:
        """What was understood of the line as it stands."""
        return self._shown

    def clear(self) -> None:
        """Take the line away."""
        self.line.clear()

    def say(self, words: str) -> None:
        """Say why the line was not taken."""
        self.said.set_tone(Tone.OVERDUE)
        self.said.set_text(words)
        self.said.show()
        self._beneath.show()

    def set_may(self, *, may: bool, why: str) -> None:
        """Let type or not, and say why not."""
        self.line.setEnabled(may)
        self.line.setToolTip("" if may else why)
        self.form.setEnabled(may)

    def _on_changed(self, line: str) -> None:
        self._shown = self._read(line) if line.strip() else Reading()
        self.parts.remove_all()
        for words in self._shown.parts:
            self.parts.add(pill(words))
        self.said.set_tone(Tone.DUE if self._shown.warning and not self._shown.missing else Tone.QUIET)
        self.said.set_text(self._shown.missing or self._shown.warning)
        self.said.setVisible(bool(self.said.text()))
        self._beneath.setVisible(bool(line.strip()))
        self.line.setAccessibleDescription(", ".join((*self._shown.parts, self.said.text())))

    def _on_entered(self, stays: bool) -> None:
        if not self.line.text().strip():
            return
        if self._shown.missing:
            self.say(self._shown.missing)
        else:
            self.entered.emit(self.line.text(), stays)

    def _on_form(self) -> None:
        self.form_wanted.emit(self.line.text())
