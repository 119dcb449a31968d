"""Set where a relationship stands from a day on: ended, won back, or any other stage, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.clients import Client, StageRow
from app.domain.vocabulary import Stage
from app.words import formats, names
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs.days import day_field
from ui.dialogs.record import RecordDialog
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.choice_field import ChoiceField
from ui.widgets.fields import TextField
from ui.widgets.labels import body, section, small
from ui.widgets.layout import clear, row


@dataclass(frozen=True, slots=True)
class StageMade:
    """A stage from a day on."""

    client_id: int
    stage: Stage
    since: date
    reason: str


class StageDialog(RecordDialog):
    """Sets a stage, and lists those set before; derived stages follow again when they are taken away."""

    remove_wanted = Signal(int)

    def __init__(self, desk: Desk, client: Client, now: Stage, rows: Sequence[StageRow], parent: QWidget) -> None:
        words = tr("Where {client} stands").format(client=client.name)
        super().__init__(desk.theme, words, tr("Set the stage"), parent, key=f"stage of {client.id}")
        self._desk = desk
        self._client_id = client.id
        self._stage = ChoiceField(desk.theme, [(stage, names.name(stage)) for stage in Stage])
        self._since = day_field(desk.theme, desk.icons, today=date.today)
        self._reason = TextField(tr("why, in a few words"))
        self.form.add(
            "stage",
            tr("Stage"),
            self._stage,
            hint=tr(
                "A stage set by hand holds until the next one set. Leave it alone, and it follows from the figures."
            ),
        )
        self.form.add("since", tr("From this day on"), self._since, required=tr("From which day on?"))
        self.form.add("reason", tr("Reason"), self._reason)
        self._stage.set_value(now)
        self._since.set_value(date.today())
        self._history = QVBoxLayout()
        holder = QWidget()
        self._history.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(self._history)
        self.form.add_part(holder)
        self.show_rows(rows)

    def show_rows(self, rows: Sequence[StageRow]) -> None:
        """List the stages set by hand, newest first."""
        clear(self._history)
        if rows:
            self._history.addWidget(section(tr("Set by hand so far")))
        for found in sorted(rows, key=lambda one: one.since, reverse=True):
            remove = Button(self._desk.theme, tr("Take away"), kind=ButtonKind.LINK)
            remove.clicked.connect(partial(self.remove_wanted.emit, found.id))
            day = small(formats.day(found.since))
            day.setFixedWidth(self._desk.theme.px(96))
            self._history.addLayout(
                row(day, body(names.name(found.stage)), small(found.reason, elide=True), None, remove, gap=12)
            )

    def made(self) -> StageMade:
        """Give the stage chosen."""
        return StageMade(
            self._client_id,
            self._stage.value() or Stage.ESTABLISHED,
            self._since.value() or date.today(),
            self._reason.value(),
        )
