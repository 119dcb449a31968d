"""One line under a list that adds to it: `+ Add an action`, typed, Enter.

Usage: `line = AddLine(theme, "+ Add an action", read)` where `read(text)` gives a `Reading` of what was understood (or
leave it out); `line.entered` gives the text, the caller adds it and calls `line.clear()`; the keyboard stays in it for
the next one. Esc takes back what was typed, then gives the keyboard back (`left`).
"""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Theme
from ui.tokens import Tone
from ui.widgets.flow_box import FlowBox
from ui.widgets.labels import pill, small
from ui.widgets.layout import row
from ui.widgets.quick_entry import EntryLine, Reading


class AddLine(QWidget):
    """The line and, beneath it, what was understood."""

    entered = Signal(str)
    left = Signal()

    def __init__(
        self, theme: Theme, hint: str, read: Callable[[str], Reading] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._read = read
        self.line = EntryLine(theme, hint, "Enter")
        self.line.setAccessibleName(hint.removeprefix("+ "))
        self.line.setProperty("quiet", "true")
        self.parts = FlowBox(gap=4)
        self.said = small(wrap=True)
        self._beneath = QWidget()
        beneath = row(self.parts, self.said)
        beneath.setContentsMargins(2, 0, 2, 4)
        beneath.setStretch(0, 1)
        self._beneath.setLayout(beneath)
        self._beneath.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.line)
        layout.addWidget(self._beneath)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._on_changed)
        self.line.entered.connect(self._on_entered)
        self.line.left.connect(self._on_left)

    def clear(self) -> None:
        """Take the line away."""
        self.line.clear()

    def say(self, words: str) -> None:
        """Say why the line was not taken."""
        self.said.set_tone(Tone.OVERDUE)
        self.said.set_text(words)
        self.said.show()
        self._beneath.show()

    def set_may(self, *, may: bool, why: str = "") -> None:
        """Let type or not, and say why not."""
        self.line.setEnabled(may)
        self.line.setToolTip("" if may else why)

    def _on_changed(self, text: str) -> None:
        reading = self._read(text) if self._read is not None and text.strip() else Reading()
        self.parts.remove_all()
        for words in reading.parts:
            self.parts.add(pill(words))
        self.said.set_tone(Tone.QUIET)
        self.said.set_text(reading.missing or reading.warning)
        self.said.setVisible(bool(self.said.text()))
        self._beneath.setVisible(bool(reading.parts or self.said.text()))
        self.line.setAccessibleDescription(", ".join((*reading.parts, self.said.text())))

    def _on_entered(self, _stays: bool) -> None:
        text = self.line.text().strip()
        if text:
            self.entered.emit(text)

    def _on_left(self) -> None:
        if self.line.text():
            self.line.clear()
        else:
            self.left.emit()
