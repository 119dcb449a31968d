"""What every dialog that edits one record is: a form, one verb button, Esc leaves.

Usage: a subclass fills `self.form` and writes `made() -> draft`; the page connects `accepted_draft` to a bound method,
calls the service there, and then `dialog.close()`; on `InvalidInputError` it calls
`dialog.form.show_problems(error.problems)` and the dialog stays open with all that was typed. Enter in a line or
Ctrl+Enter anywhere does what the button does.

With a `key` (what the form is for: "person of 3") and `keep_draft`, what is typed survives a crash and Esc until it is
saved: a form of something new is found as it was left, changes of a record are offered again while it is unchanged.
"""

import hashlib
from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from app.drafts import Drafts
from app.words.catalogue import tr
from ui.drafts import DraftKeeper, LeftOver
from ui.theme import Theme
from ui.tokens import SIZES
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.choice_field import ChoiceField
from ui.widgets.form import Form
from ui.widgets.labels import name
from ui.widgets.layout import row
from ui.widgets.scrolled import Scrolled
from ui.widgets.text import one_line


class RecordDialog(QDialog):
    """A form over the page; `accepted_draft` gives what was made of it."""

    accepted_draft = Signal(object)

    def __init__(
        self,
        theme: Theme,
        words: str,
        verb: str,
        parent: QWidget | None = None,
        *,
        width: int = 520,
        key: str = "",
        new: bool = True,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._draft_key = key
        self._of_new = new
        self._draft_store: Drafts | None = None
        self._draft_keeper: DraftKeeper | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(one_line(words))
        self.form = Form(theme)
        self.go = Button(theme, verb, key="Ctrl Enter", kind=ButtonKind.PRIMARY, large=True)
        self.cancel = Button(theme, tr("Cancel"), large=True)
        self.go.clicked.connect(self._on_go)
        self.cancel.clicked.connect(self.reject)
        self.form.submitted.connect(self._on_go)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._on_go)
        inside = QWidget()
        room = QVBoxLayout(inside)
        # The focus rings of the fields at the edge need a little room.
        room.setContentsMargins(2, 2, SIZES.gap + 4, 2)
        room.addWidget(self.form)
        room.addStretch(1)
        self._area = Scrolled(inside)
        self._held = 0
        self._area.verticalScrollBar().rangeChanged.connect(self._on_range)
        self.head = name(words, elide=True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(24, 20, 24, 16)
        self._layout.setSpacing(SIZES.wide_gap)
        self._layout.addWidget(self.head)
        self.left_over = LeftOver(theme)
        self.left_over.take_up_wanted.connect(self._on_take_up)
        self.left_over.anew_wanted.connect(self._on_anew)
        self._layout.addWidget(self.left_over)
        self._layout.addWidget(self._area, 1)
        self._layout.addLayout(row(None, self.cancel, self.go))
        self._width = width

    def open(self) -> None:
        """Show it, as tall as the form needs and the screen allows."""
        # The fields came after the form was laid out, and nothing has told the layouts yet.
        self.form.updateGeometry()
        self._keep_from_now()
        above = 0 if self.left_over.isHidden() else self.left_over.sizeHint().height() + SIZES.wide_gap
        self._held = self._area.inside.sizeHint().height()
        self.resize(self.theme.px(self._width), min(self._held + above + self.theme.px(140), self._tallest()))
        self._order_stops()
        super().open()
        self._go_on_typing()

    def keep_draft(self, drafts: Drafts) -> None:
        """Keep what is typed there; called before `open`, nothing without a key."""
        self._draft_store = drafts

    def made(self) -> object:
        """Give the draft the form stands for."""
        raise NotImplementedError

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Move the keyboard, and the form so that it is seen."""
        moved = super().focusNextPrevChild(forward)
        if moved:
            self._area.keep_in_sight(self.focusWidget())
        return moved

    def _tallest(self) -> int:
        return self.screen().availableGeometry().height() - 80

    def _on_range(self, _least: int, beyond: int) -> None:
        # A problem said beneath a field makes the form longer; one who made the window smaller meant it.
        held = self._area.inside.sizeHint().height()
        longer, self._held = held - self._held, held
        if self.isVisible() and longer > 0:
            self.resize(self.width(), max(self.height(), min(self.height() + min(longer, beyond), self._tallest())))

    def _order_stops(self) -> None:
        # The fields came after the buttons; the keyboard goes through them first, from the top.
        keys = self.form.keys
        if keys:
            self.setTabOrder(self.form.field(keys[-1]).editor, self.cancel)
            self.form.field(keys[0]).setFocus()
        self.setTabOrder(self.cancel, self.go)

    def _keep_from_now(self) -> None:
        if self._draft_store is None or not self._draft_key:
            return
        self._as_begun = self.form.draft()
        # A record is known again by what it holds: one changed meanwhile is never overwritten by an old draft.
        whole = self._draft_key if self._of_new else f"{self._draft_key} {_mark(self._as_begun)}"
        self._draft_keeper = DraftKeeper(self._draft_store, whole, self.form, self.form.draft, self)
        found = self._draft_keeper.left_over
        if found is not None and self._of_new:
            self._on_take_up()
        elif found is not None:
            self.left_over.offer(found)

    def _go_on_typing(self) -> None:
        # Qt chooses what stands in the first line; the next key would then replace what was left unfinished.
        line = self.focusWidget()
        if isinstance(line, QLineEdit) and self.left_over.isVisible():
            line.deselect()

    def _on_take_up(self) -> None:
        keeper = self._draft_keeper
        if keeper is not None and keeper.left_over is not None:
            self.left_over.say_taken_up(keeper.left_over)
            self._put_in(keeper.take_up())

    def _on_anew(self) -> None:
        if self._draft_keeper is not None:
            self._draft_keeper.forget()
            self._put_in(self._as_begun)
            self.form.show_problems(())
            self.left_over.hide()
            self.form.field(self.form.keys[0]).setFocus()

    def _put_in(self, fields: Mapping[str, str]) -> None:
        self.form.restore(fields)
        for key in self.form.keys:
            field = self.form.field(key)
            if isinstance(field, ChoiceField):
                # What depends on a choice follows it, and may touch other fields: those come after.
                field.edited.emit()
        self.form.restore(fields)

    def _on_go(self) -> None:
        if self.form.check():
            self.accepted_draft.emit(self.made())
            if self._draft_keeper is not None and not self.isVisible():
                self._draft_keeper.saved()


def _mark(fields: Mapping[str, str]) -> str:
    return hashlib.sha256(repr(sorted(fields.items())).encode("utf-8", "surrogatepass")).hexdigest()[:16]
