"""The fields of a form: each holds one editor, knows what is wrong with itself, and gives its raw text for a draft.

Usage: `TextField(hint="as on invoices", completions=names)`, `AreaField(lines=4)`, `TickField(theme, "They began it")`.
Also: `ui/widgets/parsed_field.py` (dates, money, numbers), `choice_field.py` (one of several), `tags_field.py`.
They are laid out by `ui/widgets/form.py`; alone they work too: `field.edited`, `field.left`, `field.raw()`,
`field.value()`.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from ui.theme import Theme
from ui.widgets.tick import Tick

_STAYS = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason}


class Field(QWidget):
    """One editor with its raw text; `left` comes when the keyboard goes elsewhere in the window."""

    edited = Signal()
    left = Signal()
    submitted = Signal()

    def __init__(self, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(4)
        self.row.addWidget(editor, 1)
        self.setFocusProxy(editor)
        editor.installEventFilter(self)

    def raw(self) -> str:
        """The text as it stands, for a draft."""
        raise NotImplementedError

    def set_raw(self, raw: str) -> None:
        """Put a text in as it stood in a draft."""
        raise NotImplementedError

    def problem(self) -> str:
        """What is wrong with the field by itself, or nothing."""
        return ""

    def settle(self) -> None:
        """Bring the text into its usual form; called on leaving."""

    def set_wrong(self, sentence: str) -> None:
        """Show that something is wrong, to the eye and to a screen reader."""
        wrong = bool(sentence)
        self.editor.setAccessibleDescription(sentence)
        if bool(self.editor.property("wrong")) != wrong:
            self.editor.setProperty("wrong", wrong)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice when the keyboard leaves."""
        lost = isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _STAYS
        if lost and watched is self.editor:
            self.settle()
            self.left.emit()
        return False


class LineField(Field):
    """A field of one line."""

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        self.line = QLineEdit()
        super().__init__(self.line, parent)
        self.line.setPlaceholderText(hint)
        self.line.textEdited.connect(self._on_edited)
        self.line.returnPressed.connect(self._on_return)

    def raw(self) -> str:
        """The line as typed."""
        return self.line.text()

    def set_raw(self, raw: str) -> None:
        """Replace the line."""
        self.line.setText(raw)

    def _on_edited(self) -> None:
        self.edited.emit()

    def _on_return(self) -> None:
        self.settle()
        self.submitted.emit()


class TextField(LineField):
    """One line of words, completed from what is already known."""

    def __init__(
        self,
        hint: str = "",
        *,
        completions: Sequence[str] = (),
        longest: int = 500,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(hint, parent)
        self.line.setMaxLength(longest)
        if completions:
            completer = QCompleter(list(completions), self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self.line.setCompleter(completer)

    def value(self) -> str:
        """The words without blanks around them."""
        return self.line.text().strip()


class AreaField(Field):
    """Several lines of words; Tab leaves, Ctrl+Enter submits by the dialog's own shortcut."""

    def __init__(self, hint: str = "", *, lines: int = 4, parent: QWidget | None = None) -> None:
        self.area = QPlainTextEdit()
        self._lines = lines
        super().__init__(self.area, parent)
        self.area.setPlaceholderText(hint)
        self.area.setTabChangesFocus(True)
        self._fit()
        self.area.textChanged.connect(self.edited)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as many lines tall when the text size changes."""
        if watched is self.area and event.type() is QEvent.Type.FontChange:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        self.area.setFixedHeight(self.area.fontMetrics().lineSpacing() * self._lines + 24)

    def raw(self) -> str:
        """The text as typed."""
        return self.area.toPlainText()

    def set_raw(self, raw: str) -> None:
        """Replace the text."""
        self.area.setPlainText(raw)

    def value(self) -> str:
        """The text without blanks around it."""
        return self.raw().strip()


class TickField(Field):
    """A yes or no with its words beside it."""

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        self.box = Tick(theme, words)
        super().__init__(self.box, parent)
        self.box.toggled.connect(self.edited)

    def raw(self) -> str:
        """`yes` or nothing."""
        return "yes" if self.box.isChecked() else ""

    def set_raw(self, raw: str) -> None:
        """Tick for `yes`."""
        self.box.setChecked(raw == "yes")

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.box.isChecked()
