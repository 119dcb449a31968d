"""Fields whose text means a value: dates, money, numbers; read on leaving, by the parser that the caller gives.

Usage: `DateField(theme, icons, parse=parse_date, show=show_date)`: `parse("3.4.")` gives a date, or None if it cannot
be read; Up and Down move by a day, Page Up and Down by a month. `MoneyField(parse=parse_money, show=show_money,
before="£")`; `ParsedField[int](parse, show, wrong="How many minutes is that? For example 20.")`. A parser may also
raise `InvalidInputError`; its sentence is shown.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.checking import InvalidInputError
from app.words.catalogue import tr
from ui.icons import Icon, Icons
from ui.theme import Theme
from ui.widgets.buttons import IconButton
from ui.widgets.fields import LineField
from ui.widgets.labels import quiet
from ui.widgets.popover import Popover

V = TypeVar("V")


class ParsedField(LineField, Generic[V]):
    """One line that means a value; empty means no value."""

    def __init__(
        self,
        parse: Callable[[str], V | None],
        show: Callable[[V], str],
        *,
        hint: str = "",
        wrong: str = "This cannot be read.",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(hint, parent)
        self._parse = parse
        self._show = show
        self._wrong = tr(wrong)
        self._shown: tuple[str, V] | None = None

    def value(self) -> V | None:
        """What the text means; None if it is empty or cannot be read (`problem` tells which)."""
        return self._read()[0]

    def set_value(self, value: V | None) -> None:
        """Show a value in its usual form."""
        text = "" if value is None else self._show(value)
        self.set_raw(text)
        # What was shown is known without reading it again; a parser need not understand every way of showing.
        self._shown = None if value is None else (text.strip(), value)

    def problem(self) -> str:
        """Why the text cannot be read, or nothing."""
        return self._read()[1]

    def settle(self) -> None:
        """Show what was understood."""
        value = self.value()
        if value is not None:
            self.set_value(value)

    def _read(self) -> tuple[V | None, str]:
        text = self.line.text().strip()
        if not text:
            return None, ""
        if self._shown is not None and self._shown[0] == text:
            return self._shown[1], ""
        try:
            value = self._parse(text)
        except InvalidInputError as error:
            return None, error.problems[0].sentence()
        return value, "" if value is not None else self._wrong


class MoneyField(ParsedField[int]):
    """An amount in minor units, right-aligned, its currency before it."""

    def __init__(
        self,
        parse: Callable[[str], int | None],
        show: Callable[[int], str],
        *,
        before: str = "",
        hint: str = "",
        wrong: str = "This is no amount; for example 1,250.00.",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parse, show, hint=hint, wrong=wrong, parent=parent)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.before = quiet(before)
        if not before:
            self.before.hide()
        self.row.insertWidget(0, self.before)


class DateField(ParsedField[date]):
    """A calendar day, typed forgivingly or picked."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        parse: Callable[[str], date | None],
        show: Callable[[date], str],
        *,
        today: Callable[[], date] = date.today,
        hint: str = "",
        wrong: str = "This is no date; for example 3 Apr 2026, 3.4. or tomorrow.",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parse, show, hint=hint, wrong=wrong, parent=parent)
        self._theme = theme
        self._icons = icons
        self._today = today
        self.pick = IconButton(theme, icons, Icon.CALENDAR, tr("Pick a day"))
        self.pick.clicked.connect(self._on_pick)
        self.row.addWidget(self.pick)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Step by keys."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 30, Qt.Key.Key_PageDown: -30}
            days = step.get(Qt.Key(event.key()))
            if days is not None and not event.modifiers():
                self._step(days)
                return True
        return super().eventFilter(watched, event)

    def _step(self, days: int) -> None:
        start = self.value() or self._today()
        moved = start + timedelta(days=days) if abs(days) == 1 else _month_away(start, 1 if days > 0 else -1)
        self.set_value(moved)
        self.edited.emit()

    def _on_pick(self) -> None:
        from ui.widgets.calendar import CalendarSheet

        popover = Popover(self._theme, self)
        sheet = CalendarSheet(self._theme, self._icons, self.value() or self._today())
        popover.body.addWidget(sheet)
        sheet.picked.connect(self._on_picked)
        sheet.picked.connect(popover.close)
        popover.open()

    def _on_picked(self, day: date) -> None:
        self.set_value(day)
        self.edited.emit()
        self.left.emit()


def _month_away(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))
