"""Clients without any recorded contact: “when did you last speak?”, a day and Enter for each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.parsing.typed_dates import Lean
from app.words import today
from app.words.catalogue import tr
from ui.dialogs.days import day_field
from ui.icons import Icons
from ui.pages.today.keyboard import focused_under
from ui.theme import Theme
from ui.tokens import SIZES, Tone
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.labels import PlainLabel, body, section, small
from ui.widgets.layout import clear, hairline, row
from ui.widgets.parsed_field import ParsedField

SHOWN = 8


@dataclass(frozen=True, slots=True)
class NeverLine:
    """A client, and what is known of it."""

    client_id: int
    name: str
    detail: str


class NeverSpoken(QWidget):
    """One line a client; Enter takes the day and goes on to the next client."""

    answered = Signal(int, object)
    opened = Signal(int)

    def __init__(self, theme: Theme, icons: Icons, day: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._day = day
        self._lines: Sequence[NeverLine] = ()
        self._why_not = ""
        self._most = SHOWN
        self.fields: dict[int, ParsedField[date]] = {}
        self._messages: dict[int, PlainLabel] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def set_lines(self, lines: Sequence[NeverLine], why_not: str) -> None:
        """Show other clients; what is being typed and the place of the keyboard are kept."""
        typed = {key: field.raw() for key, field in self.fields.items() if field.raw().strip()}
        place, client = self._spot()
        self._lines, self._why_not = lines, why_not
        self._build()
        for key, raw in typed.items():
            if key in self.fields:
                self.fields[key].set_raw(raw)
        if place >= 0 and self.fields:
            keys = list(self.fields)
            key = client if client in self.fields else keys[min(place, len(keys) - 1)]
            self._focus(self.fields[key])

    def _focus(self, field: ParsedField[date]) -> None:
        # A line just made is shown with the next layout only, and what is hidden takes no keyboard.
        line = field.parentWidget()
        if line is not None:
            line.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        clear(self._layout)
        self.fields, self._messages = {}, {}
        self.setVisible(bool(self._lines))
        if not self._lines:
            return
        self._layout.addWidget(section(today.when_last_spoken(len(self._lines))))
        self._layout.addWidget(small(tr("Type a day and press Enter: yesterday, last fri, 3 Sep, -2w.")))
        self._layout.addSpacing(SIZES.gap)
        for line in self._lines[: self._most]:
            self._layout.addWidget(hairline())
            self._layout.addWidget(self._line(line))
        self._layout.addWidget(hairline())
        if len(self._lines) > self._most:
            more = Button(self._theme, tr("Show more"), kind=ButtonKind.LINK)
            more.clicked.connect(self._on_more)
            self._layout.addSpacing(SIZES.gap)
            self._layout.addLayout(row(more, None))

    def _line(self, line: NeverLine) -> QWidget:
        field = day_field(self._theme, self._icons, today=self._day, lean=Lean.PAST, hint=tr("when?"))
        field.setFixedWidth(self._theme.px(200))
        field.editor.setAccessibleName(tr("When did you last speak to {name}?").format(name=line.name))
        field.setEnabled(not self._why_not)
        field.setToolTip(self._why_not)
        field.submitted.connect(partial(self._on_submitted, line.client_id))
        field.edited.connect(partial(self._on_edited, line.client_id))
        message = small(tone=Tone.OVERDUE, wrap=True)
        message.hide()
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(8, 4, 0, 4)
        grid.setHorizontalSpacing(SIZES.wide_gap)
        grid.addWidget(body(line.name, elide=True), 0, 0)
        grid.addWidget(small(line.detail), 0, 1)
        grid.addWidget(field, 0, 2)
        grid.addWidget(message, 1, 1, 1, 2)
        grid.setColumnStretch(0, 1)
        self.fields[line.client_id] = field
        self._messages[line.client_id] = message
        return inside

    def _spot(self) -> tuple[int, int]:
        for place, (key, field) in enumerate(self.fields.items()):
            if focused_under(field) is not None:
                return place, key
        return -1, 0

    def _on_submitted(self, client_id: int) -> None:
        field = self.fields[client_id]
        value, problem = field.value(), field.problem()
        if not problem and value is not None and value > self._day():
            problem = tr("That day is still to come: give the last day you spoke.")
        self._say(client_id, problem)
        if value is not None and not problem:
            self.answered.emit(client_id, value)

    def _on_edited(self, client_id: int) -> None:
        self._say(client_id, "")

    def _say(self, client_id: int, sentence: str) -> None:
        message = self._messages[client_id]
        message.set_text(sentence)
        message.setVisible(bool(sentence))
        self.fields[client_id].set_wrong(sentence)

    def _on_more(self) -> None:
        at = self._most
        self._most += 3 * SHOWN
        self._build()
        self._focus(list(self.fields.values())[at])
