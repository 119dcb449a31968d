"""A month to pick a day from, with quick choices above it.

Usage: `sheet = CalendarSheet(theme, icons, day, [("Today", today), ("End of last month", end)])`; `sheet.picked`
gives a `date`.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QVBoxLayout, QWidget

from app.words.catalogue import tr
from ui.icons import Icon, Icons
from ui.theme import Theme
from ui.tokens import SIZES, Tone
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.layout import hairline


class CalendarSheet(QWidget):
    """Quick choices, then the month."""

    picked = Signal(object)

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        day: date,
        choices: Sequence[tuple[str, date]] = (),
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(2)
        for words, choice in choices:
            button = Button(theme, words, kind=ButtonKind.QUIET)
            button.clicked.connect(partial(self._pick, choice))
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if choices:
            layout.addSpacing(6)
            layout.addWidget(hairline())
            layout.addSpacing(6)
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(tr("Calendar"))
        self.calendar.setGridVisible(False)
        self.calendar.setFirstDayOfWeek(QLocale().firstDayOfWeek())
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        plain, head = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(theme.colour(Tone.PLAIN))
        head.setForeground(theme.colour(Tone.QUIET))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekday, plain)
        self.calendar.setHeaderTextFormat(head)
        for key, icon in (("prevmonth", Icon.CHEVRON_LEFT), ("nextmonth", Icon.CHEVRON_RIGHT)):
            turn = self.calendar.findChild(QToolButton, f"qt_calendar_{key}")
            if isinstance(turn, QToolButton):
                turn.setIcon(icons.icon(icon, theme.px(SIZES.icon), theme.colour(Tone.QUIET)))
        self.calendar.setMinimumSize(theme.px(268), theme.px(216))
        self.calendar.activated.connect(self._on_activated)
        self.calendar.clicked.connect(self._on_activated)
        layout.addWidget(self.calendar)
        layout.setSpacing(SIZES.gap // 2)

    def _on_activated(self, day: QDate) -> None:
        self._pick(date(day.year(), day.month(), day.day()))

    def _pick(self, day: date) -> None:
        self.picked.emit(day)
