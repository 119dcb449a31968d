"""Which contacts the timeline shows: with whom, by which channel, for what; three words that open a list each."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.contacts import Contact
from app.domain.people import Person
from app.domain.vocabulary import Channel, Purpose
from app.words import names
from app.words.catalogue import tr, trn
from ui.theme import Theme
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.flow_box import FlowBox
from ui.widgets.labels import small
from ui.widgets.layout import row
from ui.widgets.text import amp


class Choose(Button):
    """A word that opens a list to choose from; the first line stands for no choice."""

    chosen = Signal()

    def __init__(self, theme: Theme, anything: str, what: str) -> None:
        super().__init__(theme, anything, kind=ButtonKind.QUIET, menu_mark=True)
        self._anything = anything
        self._what = what
        self._options: list[tuple[object, str]] = []
        self.value: object = None
        self.clicked.connect(self._on_clicked)
        self._say()

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        """Offer other values; what was chosen stays if it is still there."""
        self._options = list(options)
        if self.value not in [value for value, _ in options]:
            self.value = None
        self.setEnabled(bool(options))
        self._say()

    def choose(self, value: object) -> None:
        """Choose a value, None for any."""
        if value != self.value:
            self.value = value
            self._say()
            self.chosen.emit()

    def menu_of(self) -> QMenu:
        """Make the list."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for value, words in [(None, self._anything), *self._options]:
            action = menu.addAction(amp(words))
            action.setCheckable(True)
            action.setChecked(value == self.value)
            action.setData(value)
        menu.triggered.connect(self._on_triggered)
        return menu

    def _say(self) -> None:
        words = next((words for value, words in self._options if value == self.value), self._anything)
        self.set_words(words if self.value is not None else self._anything)
        self.setAccessibleName(f"{self._what}: {self.words}")

    def _on_clicked(self) -> None:
        self.menu_of().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _on_triggered(self, action: QAction) -> None:
        self.choose(action.data())


class DialogueFilter(QWidget):
    """The three choices and how many contacts they leave."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person = Choose(theme, tr("anyone"), tr("Filter by person"))
        self.channel = Choose(theme, tr("any channel"), tr("Filter by channel"))
        self.purpose = Choose(theme, tr("any purpose"), tr("Filter by purpose"))
        self.count = small(elide=True)
        for choose in (self.person, self.channel, self.purpose):
            choose.chosen.connect(self.changed)
        line = row(FlowBox(self.person, self.channel, self.purpose, gap=2), self.count)
        line.setStretch(0, 1)
        self.setLayout(line)

    def clear(self) -> None:
        """Show everything again."""
        for choose in (self.person, self.channel, self.purpose):
            choose.choose(None)

    def offer(self, contacts: Iterable[Contact], people: Iterable[Person]) -> None:
        """Offer what occurs in a dialogue."""
        channels: set[Channel] = set()
        purposes: set[Purpose] = set()
        met: set[int] = set()
        for contact in contacts:
            channels.add(contact.channel)
            met.update(contact.people)
            if contact.purpose is not None:
                purposes.add(contact.purpose)
        self.person.set_options([(person.id, person.name) for person in people if person.id in met])
        self.channel.set_options([(channel, names.name(channel).lower()) for channel in Channel if channel in channels])
        self.purpose.set_options([(purpose, names.name(purpose).lower()) for purpose in Purpose if purpose in purposes])

    def left_of(self, contacts: Sequence[Contact]) -> list[Contact]:
        """Give the contacts that pass, and say how many."""
        person, channel, purpose = self.person.value, self.channel.value, self.purpose.value
        left = [
            contact
            for contact in contacts
            if (person is None or person in contact.people)
            and (channel is None or contact.channel is channel)
            and (purpose is None or contact.purpose is purpose)
        ]
        whole = trn("{n} contact", "{n} contacts", len(contacts))
        self.count.set_text(
            whole if len(left) == len(contacts) else tr("{n} of {whole}").format(n=f"{len(left):,}", whole=whole)
        )
        return left
