"""What every dialog that edits one record is: a form, one verb button, Esc leaves.

Usage: a subclass fills `self.form` and writes `made() -> draft`; the page connects `accepted_draft` to a bound method,
calls the service there, and then `dialog.close()`; on `InvalidInputError` it calls
`dialog.form.show_problems(error.problems)` and the dialog stays open with all that was typed. Enter in a line or
Ctrl+Enter anywhere does what the button does.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.tokens import SIZES
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.form import Form
from ui.widgets.labels import name
from ui.widgets.layout import row
from ui.widgets.text import one_line


class RecordDialog(QDialog):
    """A form over the page; `accepted_draft` gives what was made of it."""

    accepted_draft = Signal(object)

    def __init__(self, theme: Theme, words: str, verb: str, parent: QWidget | None = None, *, width: int = 520) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(one_line(words))
        self.form = Form(theme)
        self.go = Button(theme, verb, key="Ctrl Enter", kind=ButtonKind.PRIMARY, large=True)
        self.cancel = Button(theme, "Cancel", large=True)
        self.go.clicked.connect(self._on_go)
        self.cancel.clicked.connect(self.reject)
        self.form.submitted.connect(self._on_go)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._on_go)
        inside = QWidget()
        inside.setProperty("ground", "clear")
        room = QVBoxLayout(inside)
        # The focus rings of the fields at the edge need a little room.
        room.setContentsMargins(2, 2, SIZES.gap + 4, 2)
        room.addWidget(self.form)
        room.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        self._inside = inside
        self.head = name(words, elide=True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(24, 20, 24, 16)
        self._layout.setSpacing(SIZES.wide_gap)
        self._layout.addWidget(self.head)
        self._layout.addWidget(self._scroll, 1)
        self._layout.addLayout(row(None, self.cancel, self.go))
        self._width = width

    def open(self) -> None:
        """Show it, as tall as the form needs and the screen allows."""
        # The fields came after the form was laid out, and nothing has told the layouts yet.
        self.form.updateGeometry()
        wanted = self._inside.sizeHint().height() + self.theme.px(140)
        self.resize(self.theme.px(self._width), min(wanted, self.screen().availableGeometry().height() - 80))
        self._order_stops()
        super().open()

    def made(self) -> object:
        """Give the draft the form stands for."""
        raise NotImplementedError

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Move the keyboard, and the form so that it is seen."""
        moved = super().focusNextPrevChild(forward)
        focused = self.focusWidget()
        if moved and self._inside.isAncestorOf(focused):
            self._scroll.ensureWidgetVisible(focused)
        return moved

    def _order_stops(self) -> None:
        # The fields came after the buttons; the keyboard goes through them first, from the top.
        keys = self.form.keys
        if keys:
            self.setTabOrder(self.form.field(keys[-1]).editor, self.cancel)
            self.form.field(keys[0]).setFocus()
        self.setTabOrder(self.cancel, self.go)

    def _on_go(self) -> None:
        if self.form.check():
            self.accepted_draft.emit(self.made())
