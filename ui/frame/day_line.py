"""The line above the calendar in which another day is typed: Enter takes it, what cannot be read is said beneath."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.parsing.typed_dates import Lean
from app.words.catalogue import tr
from ui.dialogs.days import DayParser
from ui.tokens import Tone
from ui.widgets.labels import small
from ui.widgets.parsed_field import ParsedField


class DayLine(QWidget):
    """One field; `picked` gives the day."""

    picked = Signal(object)

    def __init__(self, today: Callable[[], date], show: Callable[[date], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field: ParsedField[date] = ParsedField(
            DayParser(today, Lean.PAST), show, hint=tr("type a day: 31.12.2025, last fri, -6m")
        )
        self.field.line.setAccessibleName(tr("Day"))
        self.message = small("", tone=Tone.OVERDUE, wrap=True)
        self.message.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 0)
        layout.setSpacing(4)
        layout.addWidget(self.field)
        layout.addWidget(self.message)
        self.field.submitted.connect(self._on_submitted)

    def _on_submitted(self) -> None:
        day, wrong = self.field.value(), self.field.problem()
        self.field.set_wrong(wrong)
        self.message.set_text(wrong)
        self.message.setVisible(bool(wrong))
        if day is not None:
            self.picked.emit(day)
