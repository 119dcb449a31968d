"""Plan a contact: a day, a way, a few words; it keeps the client off Today's list while it is near.

Usage: `dialog = PlanContactDialog(theme, icons, client_id, name, today, parent)`; `accepted_draft` gives a planned
`ContactDraft`.
"""

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from app.domain.contacts import ContactDraft
from app.domain.parsing.typed_dates import Lean
from app.domain.vocabulary import Channel, Direction
from app.words import names
from app.words.catalogue import tr
from ui.dialogs.days import day_field
from ui.dialogs.record import RecordDialog
from ui.icons import Icons
from ui.theme import Theme
from ui.widgets.choice_field import ChoiceField
from ui.widgets.fields import TextField

WEEK = timedelta(days=7)
PLANNABLE = (
    Channel.CALL, Channel.MEETING, Channel.VIDEO, Channel.LUNCH, Channel.VISIT, Channel.MAIL, Channel.LETTER,
    Channel.EVENT, Channel.OTHER,
)  # fmt: skip


class PlanContactDialog(RecordDialog):
    """When, how, and what about."""

    def __init__(
        self, theme: Theme, icons: Icons, client_id: int, name: str, *, today: date, parent: QWidget | None = None
    ) -> None:
        words = tr("Plan a contact with {name}").format(name=name)
        super().__init__(theme, words, tr("Plan contact"), parent, width=460, key=f"planned contact with {client_id}")
        self._client = client_id
        self._today = today
        self.day = day_field(theme, icons, today=self._on_today, lean=Lean.FUTURE)
        self.day.set_value(today + WEEK)
        self.channel = ChoiceField(theme, [(channel, names.name(channel)) for channel in PLANNABLE])
        self.channel.set_value(Channel.CALL)
        self.words = TextField(tr("what about"))
        self.form.add("on", tr("Day"), self.day, required=tr("On which day?"), hint=tr("fri, +2w, 3.12. or a date"))
        self.form.add("channel", tr("Way"), self.channel)
        self.form.add("summary", tr("Words"), self.words)
        self.day.setFocus()
        self.day.line.selectAll()

    def made(self) -> ContactDraft:
        """Give the planned contact."""
        return ContactDraft(
            client_id=self._client,
            on=self.day.value() or self._today,
            direction=Direction.BOTH,
            channel=self.channel.value() or Channel.OTHER,
            summary=self.words.value(),
            planned=True,
        )

    def _on_today(self) -> date:
        return self._today
