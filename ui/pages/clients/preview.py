"""A client at a glance, at the right of the table: Space opens it, the arrow keys walk through, Esc or Space closes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.contacts import Contact
from app.domain.promises import Promise
from app.domain.vocabulary import Direction
from app.words import dialogues, formats, names, today
from app.words.catalogue import tr
from ui.icons import Icon, Icons
from ui.pages.clients.cells import MARKS, dialogue, dialogue_mark
from ui.pages.clients.rows import ClientRow
from ui.theme import Theme
from ui.tokens import SIZES, Mark, Tone
from ui.widgets.buttons import Button, ButtonKind, IconButton
from ui.widgets.clamped import ClampedLabel
from ui.widgets.labels import name, pill, section, small
from ui.widgets.layout import clear, hairline, row
from ui.widgets.scrolled import Scrolled
from ui.widgets.status import StatusLabel

WIDTH = 304
CONTACTS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Glance:
    """What the preview shows of a client besides its row."""

    contacts: Sequence[Contact]
    promises: Sequence[Promise]
    currency: str
    day: date


class Preview(QWidget):
    """The panel; it deletes and lays out its content anew for each client."""

    closed = Signal()
    open_wanted = Signal(int)
    log_wanted = Signal(int)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._client: int | None = None
        self.setAccessibleName(tr("Preview"))
        self.setFixedWidth(theme.px(WIDTH))
        self._name = name(elide=True)
        close = IconButton(theme, icons, Icon.CLOSE, tr("Close the preview"), key="Space")
        close.clicked.connect(self.closed)
        self._content = QVBoxLayout()
        self._content.setSpacing(0)
        self._content.setContentsMargins(0, 0, 10, 0)
        self.open = Button(theme, tr("Open"), key="Enter", kind=ButtonKind.PLAIN)
        self.log = Button(theme, tr("Log contact"))
        self.open.clicked.connect(self._on_open)
        self.log.clicked.connect(self._on_log)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SIZES.wide_gap, 0, 0, 0)
        layout.setSpacing(SIZES.gap)
        head = row(self._name, close)
        head.setStretch(0, 1)
        layout.addLayout(head)
        inside = QWidget()
        inside.setLayout(self._content)
        layout.addWidget(Scrolled(inside), 1)
        layout.addLayout(row(self.open, self.log, None))

    def show_client(self, client: ClientRow, glance: Glance) -> None:
        """Show another client."""
        self._client = client.id
        self._name.set_text(client.name)
        clear(self._content)
        add = self._content.addLayout
        mark = MARKS.get(client.state, Mark.NONE)
        add(row(pill(client.tier), small(client.stage), None, gap=6))
        self._content.addSpacing(SIZES.gap)
        for label, figure in (
            ("TFI", client.tfi),
            (tr("Lifetime"), client.lifetime),
            (tr("12 months"), client.fees),
            (tr("Profit, 12 months"), client.profit),
        ):
            self._line(label, formats.money(figure.value, glance.currency), figure.why if figure.value is None else "")
        days = client.figures.contact.days
        gap = StatusLabel(self._theme, mark, formats.days(days) if days is not None else formats.DASH)
        self._content.addWidget(hairline())
        last = row(small(tr("Gap")), None, gap)
        last.setContentsMargins(0, 6, 0, 6)
        add(last)
        self._balance(client)
        self._line(tr("Owner"), client.owner_name or tr("nobody"))
        if client.tags:
            self._line(tr("Tags"), client.tags)
        if glance.promises:
            self._section(tr("Promised"))
            for promise in glance.promises[:CONTACTS_SHOWN]:
                self._text(today.owed(promise, glance.day))
        spoken = [contact for contact in glance.contacts if contact.on <= glance.day and not contact.planned]
        self._section(tr("Dialogue"))
        for contact in spoken[:CONTACTS_SHOWN]:
            arrow = {Direction.IN: "←", Direction.OUT: "→", Direction.BOTH: "↔"}[contact.direction]
            when = formats.short_day(contact.on, glance.day)
            self._text(f"{arrow} {when} · {names.name(contact.channel)}", contact.summary)
        if not spoken:
            self._text(tr("No contact is recorded."))
        self._content.addStretch(1)

    def _balance(self, client: ClientRow) -> None:
        spoken = client.figures.dialogue
        if spoken is None or client.dialogue.value is None:
            return
        told = " · ".join(filter(None, (dialogue(client), dialogues.state(spoken))))
        status = StatusLabel(self._theme, dialogue_mark(client), told)
        self._content.addWidget(hairline())
        line = row(small(tr("They speak")), None, status)
        line.setContentsMargins(0, 6, 0, 6)
        self._content.addLayout(line)

    def _line(self, label: str, value: str, why: str = "") -> None:
        self._content.addWidget(hairline())
        words = small(f"{value} {why}".strip() if why else value, tone=Tone.QUIET if why else Tone.PLAIN, elide=True)
        line = row(small(label), None, words, gap=12)
        line.setContentsMargins(0, 6, 0, 6)
        self._content.addLayout(line)

    def _section(self, words: str) -> None:
        self._content.addSpacing(SIZES.wide_gap)
        self._content.addWidget(section(words))
        self._content.addSpacing(4)

    def _text(self, words: str, more: str = "") -> None:
        self._content.addWidget(ClampedLabel(words))
        if more:
            self._content.addWidget(ClampedLabel(more, tone=Tone.PLAIN))
            self._content.addSpacing(4)

    def _on_open(self) -> None:
        if self._client is not None:
            self.open_wanted.emit(self._client)

    def _on_log(self) -> None:
        if self._client is not None:
            self.log_wanted.emit(self._client)
