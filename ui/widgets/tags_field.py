"""Several words, each a chip: tags, topics, channels.

Usage: `TagsField(theme, completions=known_tags)`; `value()` is a tuple of words. Comma or Enter takes a word,
Backspace on the empty line takes the last one back.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.chips import Chip
from ui.widgets.fields import Field
from ui.widgets.flow_box import FlowBox
from ui.widgets.text import one_line


class TagsField(Field):
    """A line and the chips it has made."""

    def __init__(
        self, theme: Theme, hint: str = "", *, completions: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        self.line = QLineEdit()
        super().__init__(self.line, parent)
        self._theme = theme
        self._tags: list[str] = []
        self.line.setPlaceholderText(hint)
        if completions:
            completer = QCompleter(list(completions), self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.line.setCompleter(completer)
        self.row.removeWidget(self.line)
        stacked = QVBoxLayout()
        stacked.setSpacing(4)
        self._chips = FlowBox(gap=4)
        stacked.addWidget(self.line)
        stacked.addWidget(self._chips)
        self.row.addLayout(stacked, 1)
        self.line.textEdited.connect(self._on_edited)

    def value(self) -> tuple[str, ...]:
        """The words, each once, in the order typed."""
        return tuple(self._tags)

    def set_value(self, tags: Sequence[str]) -> None:
        """Show other words."""
        self._tags = list(dict.fromkeys(one_line(tag) for tag in tags if tag.strip()))
        self._chips.remove_all()
        for tag in self._tags:
            chip = Chip(self._theme, tag)
            chip.removed.connect(partial(self._remove, tag))
            self._chips.add(chip)
        self._chips.setVisible(bool(self._tags))

    def raw(self) -> str:
        """The words and what is being typed, with commas."""
        return ", ".join([*self._tags, self.line.text().strip()]).strip(", ")

    def set_raw(self, raw: str) -> None:
        """Take words with commas."""
        self.line.clear()
        self.set_value([part.strip() for part in raw.split(",")])

    def settle(self) -> None:
        """Take what stands in the line."""
        text = self.line.text()
        if text.strip():
            self.line.clear()
            self.set_value([*self._tags, *(part.strip() for part in text.split(","))])
            self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes the word, Backspace on an empty line takes the last one back."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.line.text().strip():
                self.settle()
                return True
            if event.key() == Qt.Key.Key_Backspace and not self.line.text() and self._tags:
                self._remove(self._tags[-1])
                return True
        return super().eventFilter(watched, event)

    def _remove(self, tag: str) -> None:
        self.set_value([other for other in self._tags if other != tag])
        self.line.setFocus()
        self.edited.emit()

    def _on_edited(self, text: str) -> None:
        if text.rstrip().endswith(","):
            self.settle()
        else:
            self.edited.emit()
