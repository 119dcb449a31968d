"""The list's columns and the field each holds, correctable one by one."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.exchange.lists.fields import field_names
from app.exchange.lists.reading import Prepared
from app.words import importing
from app.words.catalogue import tr
from ui.theme import Theme
from ui.tokens import SIZES, Tone
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import body, section, small
from ui.widgets.layout import clear, hairline


class ColumnsPart(QWidget):
    """One line a column: its head, the field chosen, and the first cells."""

    remapped = Signal(str, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._choices: dict[str, ChoiceField[str]] = {}
        self._focus = ""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SIZES.gap)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(2, 1)

    @property
    def has_focus(self) -> bool:
        """Whether the keyboard is in one of the columns."""
        return any(choice.editor.hasFocus() for choice in self._choices.values())

    def show_columns(self, prepared: Prepared) -> None:
        """Show every column of the list; the keyboard stays on the column it was on."""
        focused = next((header for header, choice in self._choices.items() if choice.editor.hasFocus()), self._focus)
        clear(self._grid)
        self._choices = {}
        for line in range(self._grid.rowCount()):
            # A longer list before this one would leave its room behind.
            self._grid.setRowMinimumHeight(line, 0)
        self._grid.addWidget(section(tr("Columns")), 0, 0, 1, 3, Qt.AlignmentFlag.AlignTop)
        self._grid.setRowMinimumHeight(0, self._theme.px(16) + SIZES.gap)
        held = {index: name for name, index in prepared.mapping.columns.items()}
        doubtful = {choice for doubt in prepared.mapping.doubts for choice in doubt.choices}
        # First and last name are no fields of ours, yet a list may keep the name in two columns.
        names = (
            *field_names(prepared.kind),
            *(name for name in held.values() if name not in field_names(prepared.kind)),
        )
        options = [(name, importing.field(name)) for name in names]
        line = 1
        for index, header in enumerate(prepared.sheet.header):
            self._grid.addWidget(hairline(), line, 0, 1, 3)
            name = body(header, elide=True)
            name.setMaximumWidth(self._theme.px(150))
            if header in doubtful and index not in held:
                name.set_tone(Tone.DUE)
            choice = ChoiceField(self._theme, options, none=tr("leave out"))
            choice.setFixedWidth(self._theme.px(178))
            choice.editor.setAccessibleName(tr("Field of column {name}").format(name=header))
            choice.set_value(held.get(index))
            choice.edited.connect(partial(self._on_chosen, choice, header))
            self._choices[header] = choice
            self._grid.addWidget(name, line + 1, 0)
            self._grid.addWidget(choice, line + 1, 1)
            self._grid.addWidget(small(", ".join(prepared.sheet.sample(index)), elide=True), line + 1, 2)
            self._grid.setRowMinimumHeight(line + 1, self._theme.px(SIZES.row))
            line += 2
        self._grid.addWidget(hairline(), line, 0, 1, 3)
        self._focus = ""
        if focused in self._choices:
            self._choices[focused].editor.setFocus()

    def _on_chosen(self, choice: ChoiceField[str], header: str) -> None:
        self._focus = header
        self.remapped.emit(header, choice.value())
