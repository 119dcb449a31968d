"""What stands beside the timeline: who speaks how much, what is promised, and who was not spoken to."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.metrics.contacts import MIN_CONTACTS
from app.domain.people import Person
from app.domain.promises import Promise
from app.services.client_figures import ClientFigures
from app.words import dialogues, formats
from app.words.catalogue import tr, trn
from ui.desk import Desk
from ui.pages.client.dialogue_rows import promise_line
from ui.tokens import Tone
from ui.widgets.balance_meter import Balance, BalanceMeter
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.labels import section, small
from ui.widgets.layout import clear, hairline, row
from ui.widgets.tick import Tick

QUIET_DAYS = 90
MOST_PEOPLE = 6
MOST_PROMISES = 8


class DialogueSide(QWidget):
    """The column at the right; `kept` gives a promise that was ticked, `promise_wanted` one to change, None for new."""

    kept = Signal(object)
    promise_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.meter = BalanceMeter(desk.theme)
        self._promises = QVBoxLayout()
        self._people = QVBoxLayout()
        self.ticks: list[Tick] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(18)
        layout.addWidget(self.meter)
        for part in (self._promises, self._people):
            part.setSpacing(0)
            layout.addLayout(part)
        layout.addStretch(1)

    def show_side(
        self,
        client: ClientFigures,
        promises: Sequence[Promise],
        people: Iterable[Person],
        spoken: Mapping[int, date],
        as_of: date,
    ) -> None:
        """Show the column for a client."""
        self.meter.show_balance(balance(client))
        self._show_promises([promise for promise in promises if promise.is_open(as_of)], as_of)
        self._show_people(client, people, spoken, as_of)

    def _show_promises(self, promises: Sequence[Promise], as_of: date) -> None:
        clear(self._promises)
        self.ticks = []
        add = Button(self._desk.theme, tr("Add"), kind=ButtonKind.LINK)
        add.setAccessibleName(tr("Add a promise"))
        add.setEnabled(self._desk.may_type)
        add.clicked.connect(self._on_add)
        head = row(section(tr("Open promises")), None, add)
        head.setContentsMargins(0, 0, 0, 4)
        self._promises.addLayout(head)
        self._promises.addWidget(hairline())
        for promise in promises[:MOST_PROMISES]:
            line = promise_line(promise, as_of)
            tick = Tick(self._desk.theme)
            tick.setAccessibleName(tr("Kept: {what}").format(what=line.words))
            tick.setEnabled(self._desk.may_type)
            tick.toggled.connect(partial(self._on_ticked, promise))
            words = small(line.words, tone=line.tone, wrap=True)
            entry = row(tick, words, gap=2)
            entry.setStretch(1, 1)
            entry.setContentsMargins(0, 4, 0, 4)
            self._promises.addLayout(entry)
            self._promises.addWidget(hairline())
            self.ticks.append(tick)
        if not promises:
            self._promises.addSpacing(6)
            self._promises.addWidget(small(tr("Nothing is owed, by us or by them.")))
        elif len(promises) > MOST_PROMISES:
            self._promises.addWidget(small(tr("and {n} more").format(n=len(promises) - MOST_PROMISES)))

    def _show_people(
        self, client: ClientFigures, people: Iterable[Person], spoken: Mapping[int, date], as_of: date
    ) -> None:
        clear(self._people)
        limit = client.cadence.days or QUIET_DAYS
        here = [person for person in people if person.left_on is None or person.left_on > as_of]
        waits = [(spoken.get(person.id), person) for person in here]
        long = [(day, person) for day, person in waits if day is None or (as_of - day).days > limit]
        long.sort(key=_longest_first)
        self._people.addWidget(section(tr("Not spoken to")))
        self._people.addSpacing(4)
        for day, person in long[:MOST_PEOPLE]:
            role = f", {person.role}" if person.role else ""
            bad = day is None or (as_of - day).days > 2 * limit
            entry = row(
                small(f"{person.name}{role}", tone=Tone.PLAIN, elide=True),
                small(dialogues.since(day, as_of), tone=Tone.OVERDUE if bad else Tone.QUIET),
            )
            entry.setStretch(0, 1)
            entry.setContentsMargins(0, 6, 0, 6)
            self._people.addWidget(hairline())
            self._people.addLayout(entry)
        if not long:
            said = tr("Everybody was spoken to within {days}.") if here else tr("No people are recorded here yet.")
            self._people.addWidget(small(said.format(days=formats.days(limit)), wrap=True))
        elif len(long) > MOST_PEOPLE:
            more = len(long) - MOST_PEOPLE
            self._people.addWidget(small(trn("and {n} more person", "and {n} more people", more)))

    def _on_ticked(self, promise: Promise, _ticked: bool) -> None:
        self.kept.emit(promise)

    def _on_add(self) -> None:
        self.promise_wanted.emit(None)


def balance(client: ClientFigures) -> Balance:
    """Say who speaks how much; under four contacts no share is shown (METRICS C7)."""
    spoken = client.dialogue
    share = spoken.share if spoken is not None and spoken.year.total >= MIN_CONTACTS else None
    if spoken is None:
        heading, sentence = tr("No dialogue yet"), tr("No contact that counts is recorded.")
    else:
        heading, sentence = dialogues.heading(spoken, client.contact), dialogues.sentence(spoken)
    theirs = "" if share is None else tr("they spoke {share}").format(share=formats.share(share))
    ours = "" if share is None else tr("we spoke {share}").format(share=formats.share(1 - share))
    low = share is not None and share < dialogues.BALANCED_FROM
    return Balance(
        heading=heading,
        sentence=sentence,
        share=share,
        theirs=theirs,
        ours=ours,
        tone=Tone.DUE if low else Tone.OK,
        balanced_from=dialogues.BALANCED_FROM,
        balanced=tr("balanced from {share}").format(share=formats.share(dialogues.BALANCED_FROM)),
    )


def _longest_first(entry: tuple[date | None, Person]) -> tuple[date, str]:
    day, person = entry
    return day or date.min, person.name
