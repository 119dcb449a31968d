"""Labelled fields in reading order, with what is wrong beside the field.

Usage:
    form = Form(theme)
    form.add("name", "Name", TextField(), required="What is the client called?")
    form.add_side_by_side([("won", "Won on", DateField(...)), ("owner", "Owner", ChoiceField(...))])
    form.edited.connect(self._keep_draft)         # form.draft() -> {"name": "...", ...}; form.restore(draft)
    if form.check(): draft = ClientDraft(form.field("name").value(), ...)
    form.show_problems(error.problems)            # an InvalidInputError of a service; unknown fields stand at the top

A field is checked when the keyboard leaves it and all are checked by `check()`; a message stays until it is mended.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.checking import Problem
from ui.theme import Theme
from ui.tokens import SIZES, Tone
from ui.widgets.fields import Field
from ui.widgets.labels import PlainLabel, small
from ui.widgets.text import amp


class _Fields:
    """Fields by their keys, which have a draft together."""

    _fields: dict[str, Field]

    def field(self, key: str) -> Field:
        """A field by its key."""
        return self._fields[key]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in reading order."""
        return tuple(self._fields)

    def draft(self) -> dict[str, str]:
        """The raw text of every field."""
        return {key: field.raw() for key, field in self._fields.items()}

    def restore(self, draft: Mapping[str, str]) -> None:
        """Put a draft back; unknown keys are ignored."""
        for key, raw in draft.items():
            if key in self._fields:
                self._fields[key].set_raw(raw)


class FieldGroup(QObject, _Fields):
    """Fields that are laid out elsewhere, a table's for example."""

    edited = Signal()

    def __init__(self, fields: Mapping[str, Field], parent: QObject) -> None:
        super().__init__(parent)
        self._fields = dict(fields)
        for field in self._fields.values():
            field.edited.connect(self.edited)


class Form(QWidget, _Fields):
    """The one way fields are laid out."""

    edited = Signal()
    submitted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fields: dict[str, Field] = {}
        self._messages: dict[str, PlainLabel] = {}
        self._required: dict[str, str] = {}
        self._top = small(tone=Tone.OVERDUE, wrap=True)
        self._top.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SIZES.gap + 4)
        self._layout.addWidget(self._top)

    def add(self, key: str, label: str, field: Field, *, required: str = "", hint: str = "") -> None:
        """Add a field under the others; `required` is the sentence shown when it is empty."""
        self._layout.addLayout(self._labelled(key, label, field, required, hint))

    def add_side_by_side(self, parts: Sequence[tuple[str, str, Field]]) -> None:
        """Add several fields on one line."""
        line = QHBoxLayout()
        line.setSpacing(SIZES.wide_gap)
        for key, label, field in parts:
            line.addLayout(self._labelled(key, label, field, "", ""), 1)
        self._layout.addLayout(line)

    def add_part(self, part: QWidget) -> None:
        """Add something that is no field, such as a section head."""
        self._layout.addWidget(part)

    def require(self, key: str, sentence: str) -> None:
        """Say that a field must be filled."""
        self._required[key] = sentence

    def problems(self) -> tuple[Problem, ...]:
        """What the fields themselves find wrong."""
        found = ((key, self._sentence(key)) for key in self._fields)
        return tuple(Problem(key, sentence) for key, sentence in found if sentence)

    def check(self) -> bool:
        """Settle and check every field, show what is wrong, go to the first; whether all is well."""
        for field in self._fields.values():
            field.settle()
        problems = self.problems()
        self.show_problems(problems)
        return not problems

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show problems beside their fields and go to the first one; those of no field stand at the top."""
        by_field: dict[str, list[str]] = {}
        for problem in problems:
            key = problem.field if problem.field in self._fields else ""
            by_field.setdefault(key, []).append(problem.sentence())
        for key in self._fields:
            self._say(key, " ".join(by_field.get(key, ())))
        self._top.set_text(" ".join(by_field.get("", ())))
        self._top.setVisible("" in by_field)
        first = next((key for key in self._fields if key in by_field), None)
        if first is not None:
            self._fields[first].setFocus()

    def message(self, key: str) -> str:
        """The message shown beside a field."""
        return self._messages[key].text()

    def _labelled(self, key: str, label: str, field: Field, required: str, hint: str) -> QVBoxLayout:
        words = small(amp(label))
        words.setBuddy(field.editor)
        if not label:
            words.hide()
        if label:
            field.editor.setAccessibleName(label)
        message = small(tone=Tone.OVERDUE, wrap=True)
        message.hide()
        box = QVBoxLayout()
        box.setSpacing(4)
        box.addWidget(words)
        box.addWidget(field)
        if hint:
            box.addWidget(small(hint, wrap=True))
        box.addWidget(message)
        box.addStretch(1)
        self._fields[key] = field
        self._messages[key] = message
        if required:
            self._required[key] = required
        field.left.connect(partial(self._on_left, key))
        field.edited.connect(partial(self._on_edited, key))
        field.submitted.connect(self.submitted)
        return box

    def _sentence(self, key: str) -> str:
        field = self._fields[key]
        empty = key in self._required and not field.raw().strip()
        return self._required[key] if empty else field.problem()

    def _say(self, key: str, sentence: str) -> None:
        self._messages[key].set_text(sentence)
        self._messages[key].setVisible(bool(sentence))
        self._fields[key].set_wrong(sentence)

    def _on_left(self, key: str) -> None:
        # An empty field that was only passed through is not yet wrong; `check` says it. What a service has said stays
        # until the field is edited.
        sentence = self._fields[key].problem()
        if sentence:
            self._say(key, sentence)

    def _on_edited(self, key: str) -> None:
        if self._messages[key].text() and not self._sentence(key):
            self._say(key, "")
        self.edited.emit()
