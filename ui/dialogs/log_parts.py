"""Fields of the log form: who spoke, who was there, what was promised."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from app.domain.parsing.typed_dates import Lean
from app.domain.people import Person
from app.domain.quick_entry import PromiseEntry
from app.domain.vocabulary import Direction, PromiseBy
from app.words import names
from app.words.catalogue import tr
from ui.dialogs.days import day_field
from ui.icons import Icon, Icons
from ui.theme import Theme
from ui.widgets.buttons import Button, ButtonKind, IconButton
from ui.widgets.choice_field import ChoiceField
from ui.widgets.fields import Field, TextField
from ui.widgets.flow_box import FlowBox
from ui.widgets.labels import small
from ui.widgets.layout import clear, row
from ui.widgets.parsed_field import ParsedField
from ui.widgets.quick_entry import EntryLine

ARROWS = {Direction.IN: "<", Direction.OUT: ">", Direction.BOTH: "<>"}


class _Toggle(Button):
    # A word that is on or off: chosen ones stand out as the primary button does, without being the dialog's default.
    def __init__(self, theme: Theme, words: str, key: str = "") -> None:
        super().__init__(theme, words, key=key)
        self.setCheckable(True)
        self.toggled.connect(self._on_toggled)

    def _on_toggled(self, chosen: bool) -> None:
        self.set_kind(ButtonKind.PRIMARY if chosen else ButtonKind.PLAIN)


class LogLine(EntryLine):
    """The line of the form; while names are offered, Enter takes the one chosen and Esc takes the offer away."""

    _offered: QCompleter | None = None

    def offer(self, completer: QCompleter) -> None:
        """Offer names while they are typed."""
        self._offered = completer
        self.setCompleter(completer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave to the offered names what is theirs."""
        popup = self._offered.popup() if self._offered is not None else None
        if popup is not None and popup.isVisible():
            enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if event.key() == Qt.Key.Key_Escape or (enter and popup.currentIndex().isValid()):
                event.ignore()
                return
            if enter:
                popup.hide()
        super().keyPressEvent(event)


class DirectionField(Field):
    """Who spoke: one of three buttons, or none yet."""

    def __init__(self, theme: Theme) -> None:
        self._buttons = {way: _Toggle(theme, names.name(way), ARROWS[way]) for way in Direction}
        first, *others = self._buttons.values()
        super().__init__(first)
        for button in others:
            self.row.addWidget(button)
        self.row.setStretch(0, 0)
        self.row.addStretch(1)
        for way, button in self._buttons.items():
            button.setAccessibleName(names.name(way))
            button.clicked.connect(partial(self._on_clicked, way))

    def value(self) -> Direction | None:
        """Who spoke, if chosen."""
        return next((way for way, button in self._buttons.items() if button.isChecked()), None)

    def set_value(self, direction: Direction | None) -> None:
        """Choose one, or none."""
        for way, button in self._buttons.items():
            button.setChecked(way is direction)

    def raw(self) -> str:
        """The key of the direction."""
        return str(self.value() or "")

    def set_raw(self, raw: str) -> None:
        """Choose by key."""
        self.set_value(Direction(raw) if raw in set(Direction) else None)

    def _on_clicked(self, way: Direction, _checked: bool = False) -> None:
        self.set_value(way)
        self.edited.emit()


class PeopleField(Field):
    """The client's people, each a word to press; names nobody knows are offered to be added."""

    add_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._box = FlowBox(gap=4)
        super().__init__(self._box)
        self._toggles: dict[int, _Toggle] = {}

    def set_people(self, people: Sequence[Person], chosen: Sequence[int], unknown: Sequence[str], client: str) -> None:
        """Offer other people; `unknown` are names with @ that fit nobody."""
        self._box.remove_all()
        self._toggles = {}
        for person in people:
            toggle = _Toggle(self._theme, person.name)
            toggle.setChecked(person.id in chosen)
            toggle.clicked.connect(self._on_pressed)
            self._toggles[person.id] = toggle
            self._box.add(toggle)
        for name in unknown:
            add = Button(
                self._theme, tr("+ add {name} to {client}").format(name=name, client=client), kind=ButtonKind.LINK
            )
            add.clicked.connect(partial(self._on_add, name))
            self._box.add(add)
        if not people and not unknown:
            self._box.add(small(tr("nobody known there yet; @name in the line adds one") if client else "–"))

    def value(self) -> tuple[int, ...]:
        """Who was there."""
        return tuple(person for person, toggle in self._toggles.items() if toggle.isChecked())

    def set_value(self, chosen: Sequence[int]) -> None:
        """Say who was there."""
        for person, toggle in self._toggles.items():
            toggle.setChecked(person in chosen)

    def raw(self) -> str:
        """Their numbers."""
        return " ".join(map(str, self.value()))

    def set_raw(self, raw: str) -> None:
        """Choose by number."""
        self.set_value([int(part) for part in raw.split() if part.isdigit()])

    def _on_pressed(self) -> None:
        self.edited.emit()

    def _on_add(self, name: str, _checked: bool = False) -> None:
        self.add_wanted.emit(name)


@dataclass(frozen=True, slots=True)
class _PromiseLine:
    by: ChoiceField[PromiseBy]
    what: TextField
    due: ParsedField[date]
    whole: QWidget


class PromisesField(Field):
    """Promises, a line each: whose, what, until when."""

    def __init__(self, theme: Theme, icons: Icons, today: Callable[[], date]) -> None:
        self._theme = theme
        self._icons = icons
        self._today = today
        self._lines: list[_PromiseLine] = []
        inside = QWidget()
        super().__init__(inside)
        self._box = QVBoxLayout()
        self._box.setSpacing(4)
        ours = Button(theme, tr("+ we promise"), kind=ButtonKind.LINK)
        theirs = Button(theme, tr("+ they promise"), kind=ButtonKind.LINK)
        ours.clicked.connect(partial(self._on_add, PromiseBy.US))
        theirs.clicked.connect(partial(self._on_add, PromiseBy.THEM))
        self._add_ours = ours
        self.setFocusProxy(ours)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._box)
        layout.addLayout(row(ours, theirs, None, gap=16))

    def value(self) -> tuple[PromiseEntry, ...]:
        """The promises; lines without words are none."""
        return tuple(
            PromiseEntry(line.by.value() or PromiseBy.US, line.what.value(), line.due.value())
            for line in self._lines
            if line.what.value()
        )

    def set_value(self, promises: Sequence[PromiseEntry]) -> None:
        """Show other promises."""
        clear(self._box)
        self._lines = []
        for promise in promises:
            self._add(promise)

    def problem(self) -> str:
        """What is wrong with a day."""
        return next((line.due.problem() for line in self._lines if line.due.problem()), "")

    def raw(self) -> str:
        """One line each, parts by tabs."""
        return "\n".join(f"{line.by.value()}\t{line.what.raw()}\t{line.due.raw()}" for line in self._lines)

    def set_raw(self, raw: str) -> None:
        """Show promises of a draft."""
        self.set_value(())
        for text in raw.splitlines():
            by, what, due, *_ = [*text.split("\t"), "", "", ""]
            self._add(PromiseEntry(PromiseBy(by) if by in set(PromiseBy) else PromiseBy.US, what, None))
            self._lines[-1].due.set_raw(due)

    def _add(self, promise: PromiseEntry) -> None:
        by = ChoiceField(self._theme, [(who, names.name(who)) for who in PromiseBy])
        by.set_value(promise.by)
        by.editor.setAccessibleName(tr("Whose promise"))
        what = TextField(tr("what"))
        what.set_raw(promise.what)
        what.editor.setAccessibleName(tr("What is promised"))
        due = day_field(self._theme, self._icons, today=self._today, lean=Lean.FUTURE, hint=tr("until when"))
        due.set_value(promise.due)
        due.editor.setAccessibleName(tr("Until when"))
        due.setFixedWidth(self._theme.px(172))
        remove = IconButton(self._theme, self._icons, Icon.CLOSE, tr("Take this promise away"))
        whole = QWidget()
        parts = row(by, what, due, remove, gap=6)
        parts.setStretch(1, 1)
        whole.setLayout(parts)
        line = _PromiseLine(by, what, due, whole)
        remove.clicked.connect(partial(self._on_remove, line))
        for field in (by, what, due):
            field.edited.connect(self.edited)
        for text_field in (what, due):
            text_field.submitted.connect(self.submitted)
        self._lines.append(line)
        self._box.addWidget(whole)

    def _on_add(self, by: PromiseBy, _checked: bool = False) -> None:
        self._add(PromiseEntry(by, "", None))
        self._lines[-1].what.setFocus()
        self.edited.emit()

    def _on_remove(self, line: _PromiseLine, _checked: bool = False) -> None:
        self._lines.remove(line)
        line.whole.hide()
        line.whole.deleteLater()
        self._add_ours.setFocus()
        self.edited.emit()
