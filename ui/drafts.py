"""Keeps what is typed in a form until it is saved: a crash loses at most a second, Esc nothing (RELIABILITY P3, P2).

Usage: `keeper = DraftKeeper(drafts, "person of 3", dialog.form, dialog.form.draft, dialog)` once the form stands as it
begins; `keeper.left_over` is what was left unfinished before; `keeper.touch()` after edits the form does not hear of;
`keeper.saved()` when the service has taken it. A `RecordDialog` does all this by itself: see `keep_draft` there. A line
that stands in a page has a `LineKeeper`.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.drafts import Draft, Drafts
from app.words import formats
from app.words.catalogue import tr
from ui.theme import Theme
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.form import FieldGroup, Form
from ui.widgets.labels import small

# With the second an edit may wait and what the disk takes, well within the two seconds promised.
WAIT_MS = 1000


class DraftKeeper(QObject):
    """Writes the draft of one form once a second at most, and at once when the keyboard leaves a field or window."""

    def __init__(
        self, drafts: Drafts, key: str, form: Form | FieldGroup, read: Callable[[], Mapping[str, str]], host: QWidget
    ) -> None:
        super().__init__(host)
        self._drafts = drafts
        self._key = key
        self._read = read
        self._host = host
        self._done = False
        self._begun_with = dict(read())
        self.left_over: Draft | None = drafts.get(key)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.keep_now)
        form.edited.connect(self.touch)
        for field in form.keys:
            form.field(field).left.connect(self._on_left)
        host.installEventFilter(self)

    def touch(self) -> None:
        """Something was typed: keep it within a second."""
        if not self._timer.isActive():
            self._timer.start()

    def keep_now(self) -> None:
        """Keep what stands there; a form as it began is no draft."""
        self._timer.stop()
        if self._done:
            return
        fields = dict(self._read())
        if not fields or fields == self._begun_with:
            if self.left_over is None:
                self._drafts.drop(self._key)
        elif not self._drafts.keep(self._key, fields) and self._host.isVisible():
            self._timer.start()

    def forget(self) -> None:
        """Let go of what was left over."""
        self.left_over = None
        self._drafts.drop(self._key)

    def take_up(self) -> Mapping[str, str]:
        """Give what was left over, from now on what the form holds."""
        found = self.left_over
        self.left_over = None
        if found is None:
            return {}
        self.touch()
        return found.fields

    def saved(self, *, stays: bool = False) -> None:
        """Forget the draft: it was written to the book. `stays`: the form is there for the next one."""
        self._timer.stop()
        self._done = not stays
        self.forget()

    def begin_again(self) -> None:
        """What stands in the form now is how it begins: it shows what was written."""
        self._begun_with = dict(self._read())
        self.keep_now()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep it when another window comes before this one, and when the form goes away."""
        if event.type() in {QEvent.Type.WindowDeactivate, QEvent.Type.Hide}:
            self._on_left()
        return False

    def _on_left(self) -> None:
        if self._timer.isActive():
            self.keep_now()


class LineKeeper(QObject):
    """Keeps what stands in one line of a page, for one record after the other; taken or emptied, it is forgotten."""

    def __init__(self, drafts: Drafts, line: QLineEdit) -> None:
        super().__init__(line)
        self._drafts = drafts
        self._line = line
        self._key = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.keep_now)
        line.textChanged.connect(self._on_changed)
        line.installEventFilter(self)

    def turn_to(self, key: str) -> None:
        """Show what was left in the line for something ("line of 3"); what stood there stays with what it was for."""
        if key == self._key:
            return
        self.keep_now()
        self._key = ""
        found = self._drafts.get(key)
        self._line.setText(found.fields.get("line", "") if found else "")
        self._key = key

    def keep_now(self) -> None:
        """Keep the line as it stands."""
        self._timer.stop()
        text = self._line.text()
        if self._key and text.strip():
            self._drafts.keep(self._key, {"line": text})
        elif self._key:
            self._drafts.drop(self._key)

    def eventFilter(self, _line: QObject, event: QEvent) -> bool:
        """Keep it at once when the keyboard leaves the line."""
        if event.type() is QEvent.Type.FocusOut and self._timer.isActive():
            self.keep_now()
        return False

    def _on_changed(self, text: str) -> None:
        if not text.strip():
            self.keep_now()
        elif self._key and not self._timer.isActive():
            self._timer.start()


class LeftOver(QWidget):
    """“This was left unfinished at 14:02.” with a way to take it up, or to begin anew."""

    take_up_wanted = Signal()
    anew_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = small("", wrap=True)
        self.take_up = Button(theme, tr("Take it up"), kind=ButtonKind.LINK)
        self.anew = Button(theme, tr("Start anew"), kind=ButtonKind.LINK)
        self.take_up.clicked.connect(self.take_up_wanted)
        self.anew.clicked.connect(self.anew_wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.words, 1)
        line.addWidget(self.take_up)
        line.addWidget(self.anew)
        self.hide()

    def offer(self, draft: Draft) -> None:
        """Offer what was left over; the form still shows the record as it is."""
        self._say(tr("Changes to this were left unfinished on {when}."), draft)
        self.take_up.show()
        self.anew.set_words(tr("Forget it"))

    def say_taken_up(self, draft: Draft) -> None:
        """Say that the form shows what was left over."""
        self._say(tr("This was left unfinished on {when}."), draft)
        self.take_up.hide()
        self.anew.set_words(tr("Start anew"))

    def _say(self, words: str, draft: Draft) -> None:
        local = draft.at.astimezone()
        self.words.set_text(words.format(when=f"{formats.day(local.date())}, {local:%H:%M}"))
        self.show()
