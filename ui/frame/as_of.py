"""The as-of control: the day for which everything is shown, today unless chosen.

`changed` gives the new day, None meaning today; midnight changes it too. The caller may offer the day of the book's
newest fee.
"""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.words.catalogue import tr
from ui.icons import Icons
from ui.theme import Theme
from ui.tokens import SIZES, TextRole
from ui.widgets.painting import focus_ring
from ui.widgets.popover import Popover

LOOK_EVERY_MS = 60_000


def quick_days(today: date, newest_fee: date | None, show: Callable[[date], str]) -> list[tuple[str, date]]:
    """The choices above the calendar: today and the ends of the last month, quarter and year."""
    month_end = today.replace(day=1) - timedelta(days=1)
    quarter_end = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1) - timedelta(days=1)
    year_end = date(today.year - 1, 12, 31)
    choices = [
        (tr("Today"), today),
        (tr("End of last month, {day}").format(day=show(month_end)), month_end),
        (tr("End of last quarter, {day}").format(day=show(quarter_end)), quarter_end),
        (tr("End of last year, {day}").format(day=show(year_end)), year_end),
    ]
    if newest_fee is not None and newest_fee != today:
        choices.append((tr("Newest fee, {day}").format(day=show(newest_fee)), newest_fee))
    return choices


class AsOfControl(QAbstractButton):
    """Says the day; a click, Enter or Space opens the choice."""

    changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        today: Callable[[], date],
        show: Callable[[date], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._today = today
        self._show = show
        self._day: date | None = None
        self._last_today = today()
        self._newest_fee: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_choice)
        theme.changed.connect(self._on_theme_changed)
        self._say()
        # A timer set for midnight itself would be late by as long as the computer slept.
        timer = QTimer(self)
        timer.timeout.connect(self.look)
        timer.start(LOOK_EVERY_MS)

    @property
    def day(self) -> date:
        """The day in force."""
        return self._day or self._today()

    @property
    def is_today(self) -> bool:
        """Whether nothing else was chosen."""
        return self._day is None

    def set_day(self, day: date | None) -> None:
        """Move the whole program to a day; None or today's date is today."""
        chosen = None if day == self._today() else day
        if chosen != self._day:
            self._day = chosen
            self._say()
            self.changed.emit(chosen)

    def back_to_today(self) -> None:
        """Come back to today."""
        self.set_day(None)

    def offer_newest_fee(self, day: date | None) -> None:
        """Offer the day of the newest fee."""
        self._newest_fee = day

    def look(self) -> None:
        """See whether midnight has passed: today is another day then, and a day chosen before may have become it."""
        today = self._today()
        if today != self._last_today:
            self._last_today = today
            if self._day in {None, today}:
                self._day = None
                self._say()
                self.changed.emit(None)

    def open_choice(self) -> Popover:
        """Open a line to type a day in, the quick choices and the calendar."""
        # The calendar brings Qt's tables of languages and formats (20 ms); no window waits for them.
        from ui.frame.day_line import DayLine
        from ui.widgets.calendar import CalendarSheet

        popover = Popover(self._theme, self, align_right=True)
        line = DayLine(self._today, self._show)
        popover.body.addWidget(line)
        line.picked.connect(self.set_day)
        line.picked.connect(popover.close)
        choices = quick_days(self._today(), self._newest_fee, self._show)
        sheet = CalendarSheet(self._theme, self._icons, self.day, choices)
        popover.body.addWidget(sheet)
        sheet.picked.connect(self.set_day)
        sheet.picked.connect(popover.close)
        popover.open()
        return popover

    def sizeHint(self) -> QSize:
        """All of its words."""
        return QSize(sum(self._advance(*part) for part in self._parts()) + self._theme.px(8), self._theme.px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words, quiet and plain."""
        painter = QPainter(self)
        left = self._theme.px(4)
        for words, strong, quiet in self._parts():
            font = self._theme.font(TextRole.BODY)
            font.setWeight(font.Weight.Medium if strong else font.Weight.Normal)
            painter.setFont(font)
            colours = self._theme.colours
            painter.setPen(QColor(colours.quiet if quiet and not self.underMouse() else colours.text))
            painter.drawText(QRect(left, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, words)
            left += self._advance(words, strong, quiet)
        if self.hasFocus():
            focus_ring(painter, self.rect(), SIZES.radius_control, self._theme)

    def _parts(self) -> tuple[tuple[str, bool, bool], ...]:
        day = self._show(self.day)
        said = tr("today, {day}").format(day=day) if self.is_today else day
        return (tr("As of "), False, True), (said, True, False), (" ▾", False, True)

    def _advance(self, words: str, strong: bool, _quiet: bool) -> int:
        font = self._theme.font(TextRole.BODY)
        font.setWeight(font.Weight.Medium if strong else font.Weight.Normal)
        return QFontMetrics(font).horizontalAdvance(words)

    def _say(self) -> None:
        self.setText("")
        self.setAccessibleName("".join(words for words, _, _ in self._parts()).removesuffix(" ▾"))
        self.updateGeometry()
        self.update()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
