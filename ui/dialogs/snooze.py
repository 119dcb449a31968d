"""Leave a client in peace until a day, visibly, with the reason.

Usage: `dialog = SnoozeDialog(theme, icons, name, today=day)`; `accepted_draft` gives (last quiet day, reason).
"""

from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.parsing.typed_dates import Lean
from app.words.catalogue import tr
from ui.dialogs.days import day_field
from ui.dialogs.record import RecordDialog
from ui.icons import Icons
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.fields import TextField
from ui.widgets.layout import row

OFFERED = (("3 days", 3), ("1 week", 7), ("2 weeks", 14))
USUAL = 7


class SnoozeDialog(RecordDialog):
    """Until when, and why."""

    def __init__(self, theme: Theme, icons: Icons, name: str, *, today: date, parent: QWidget | None = None) -> None:
        words = tr("Snooze {name}").format(name=name)
        super().__init__(theme, words, tr("Snooze"), parent, width=460, key=f"snooze {name}")
        self._today = today
        self.until = day_field(theme, icons, today=self._on_today, lean=Lean.FUTURE)
        self.offers = [Button(theme, tr(words)) for words, _ in OFFERED]
        for button, (_, days) in zip(self.offers, OFFERED, strict=True):
            button.clicked.connect(partial(self._take, days))
        offered = QWidget()
        offered.setLayout(row(*self.offers, None))
        self.reason = TextField(tr("why it can wait; shown beside the client"))
        self.form.add_part(offered)
        self.form.add("snoozed_until", tr("Quiet until"), self.until, required=tr("Until which day?"))
        self.form.add("snooze_reason", tr("Reason"), self.reason)
        self._take(USUAL)
        self.until.setFocus()
        self.until.line.selectAll()

    def made(self) -> tuple[date, str]:
        """Give the last quiet day and the reason."""
        return self.until.value() or self._today, self.reason.value()

    def _take(self, days: int, _checked: bool = False) -> None:
        self.until.set_value(self._today + timedelta(days=days))

    def _on_today(self) -> date:
        return self._today
