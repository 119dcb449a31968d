"""What every section of the settings is: a head, a sentence, and fields that apply as soon as one leaves them."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.checking import InvalidInputError
from app.errors import AppError
from app.words.catalogue import tr
from ui.desk import Desk
from ui.drafts import DraftKeeper, LeftOver
from ui.tokens import SIZES, Tone
from ui.widgets.fields import Field
from ui.widgets.form import FieldGroup, Form
from ui.widgets.labels import quiet, section, small
from ui.widgets.layout import hairline


class SettingsSection(QWidget):
    """A part of the page; `words` are what the page's search looks through."""

    def __init__(self, desk: Desk, head: str, sentence: str, words: str = "") -> None:
        super().__init__()
        self.desk = desk
        self.head = head
        self.words = f"{head} {sentence} {words}".lower()
        self.body = QVBoxLayout()
        self.body.setSpacing(SIZES.gap)
        self._problem = small(tone=Tone.OVERDUE, wrap=True)
        self._problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, SIZES.page_top)
        layout.setSpacing(SIZES.gap)
        layout.addWidget(section(head))
        layout.addWidget(hairline())
        layout.addWidget(quiet(sentence, wrap=True))
        layout.addSpacing(SIZES.gap)
        self.left_over = LeftOver(desk.theme)
        layout.addWidget(self.left_over)
        layout.addLayout(self.body)
        layout.addWidget(self._problem)
        self._keeper: DraftKeeper | None = None

    def reload(self) -> None:
        """Show what stands in the book."""

    def keep_draft(self, key: str, fields: Form | FieldGroup, apply: Callable[[], object]) -> None:
        """Let what is typed and not yet applied survive a crash; taken up again, it stands there and is applied.

        For fields that show what stands in the book; `shown()` whenever they do so anew.
        """
        self._keeper = DraftKeeper(self.desk.drafts, key, fields, fields.draft, self)
        self.left_over.take_up_wanted.connect(partial(self._take_up, fields, apply))
        self.left_over.anew_wanted.connect(self._forget)
        if self._keeper.left_over is not None and self.desk.writable:
            self.left_over.offer(self._keeper.left_over)

    def apply_when_left(self, field: Field, apply: Callable[[], object]) -> None:
        """Apply a field when the keyboard leaves it and by Enter; Esc shows again what stands in the book."""
        field.left.connect(apply)
        field.submitted.connect(apply)
        escape = QShortcut(QKeySequence("Esc"), field)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.reload)

    def shown(self) -> None:
        """The fields show what stands in the book: nothing is unfinished any more."""
        if self._keeper:
            self._keeper.begin_again()

    def _take_up(self, fields: Form | FieldGroup, apply: Callable[[], object]) -> None:
        if self._keeper:
            self.left_over.hide()
            fields.restore(self._keeper.take_up())
            apply()

    def _forget(self) -> None:
        if self._keeper:
            self.left_over.hide()
            self._keeper.forget()

    def lock(self, *parts: QWidget) -> None:
        """Switch parts off where the book can only be read, and say so."""
        if not self.desk.writable:
            for part in parts:
                part.setEnabled(False)
                part.setToolTip(tr("This book is open for reading only."))

    def refuse(self, fields: Sequence[Field], wrong: Field | None, sentence: str) -> bool:
        """Mark the field that is wrong and say why under the section; whether there is one."""
        for field in fields:
            field.set_wrong(sentence if field is wrong else "")
        self.say(sentence if wrong is not None else "")
        return wrong is not None

    def apply(self, change: Callable[[], object], form: Form | None = None) -> bool:
        """Make a change at once; what is wrong stands at its field or under the section, and nothing was changed."""
        try:
            change()
        except InvalidInputError as error:
            if form is not None:
                form.show_problems(error.problems)
            else:
                self.say(" ".join(problem.sentence() for problem in error.problems))
            return False
        except AppError as error:
            self.say(str(error))
            return False
        self.say("")
        return True

    def say(self, sentence: str) -> None:
        """Show a sentence under the section, or take it away."""
        self._problem.set_text(sentence)
        self._problem.setVisible(bool(sentence))
