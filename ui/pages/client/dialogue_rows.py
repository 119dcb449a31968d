"""The rows of the dialogue's timeline as plain values, and their model: planned ones on top, then month by month."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.contacts import Contact
from app.domain.people import Person
from app.domain.promises import Promise
from app.domain.vocabulary import Direction, PromiseBy
from app.words import formats, names, sentences
from app.words.catalogue import tr
from ui.tokens import Tone
from ui.widgets.text import one_line, plain, tip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_MOST_WORDS = 1_200
_LONG = 300


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise as a row shows it."""

    promise: Promise
    words: str
    tone: Tone
    ticked: bool


@dataclass(frozen=True, slots=True)
class Head:
    """The head over a group of contacts."""

    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A contact as the timeline shows it; every text is ready to draw."""

    contact: Contact
    day: str
    channel: str
    who: str
    words: str
    note: str
    purpose: str
    aside: str
    promises: tuple[PromiseLine, ...] = ()
    missed: bool = False

    @property
    def spoken(self) -> str:
        """The whole row as a sentence, for a screen reader and for copying."""
        told = [
            formats.day(self.contact.on),
            names.name(self.contact.direction),
            self.channel,
            self.who,
            self.words,
            *(line.words for line in self.promises),
            self.aside,
            tr("internal note: {note}").format(note=self.note) if self.note else "",
        ]
        return ", ".join(filter(None, told))


TimelineRow = Head | Entry


def timeline(
    contacts: Iterable[Contact],
    promises: Iterable[Promise],
    people: Mapping[int, Person],
    as_of: date,
) -> list[TimelineRow]:
    """Arrange contacts, newest first: planned ones on top, then month by month; later ones do not exist yet."""
    made: defaultdict[int, list[Promise]] = defaultdict(list)
    for promise in promises:
        if promise.contact_id is not None:
            made[promise.contact_id].append(promise)
    planned: list[Contact] = []
    rows: list[TimelineRow] = []
    month = (0, 0)
    for contact in contacts:
        if contact.planned:
            planned.append(contact)
        elif contact.on <= as_of:
            if (contact.on.year, contact.on.month) != month:
                month = (contact.on.year, contact.on.month)
                rows.append(Head(f"{formats.full_month(contact.on)} {contact.on.year}"))
            rows.append(_entry(contact, made.get(contact.id, ()), people, as_of))
    if planned:
        planned.reverse()
        coming = [_entry(contact, made.get(contact.id, ()), people, as_of) for contact in planned]
        rows = [Head(tr("Planned")), *coming, *rows]
    return rows


def promise_line(promise: Promise, as_of: date) -> PromiseLine:
    """Say a promise: who owes what until when, kept, or broken."""
    what = one_line(promise.what)
    if promise.is_open(as_of):
        late = promise.due is not None and promise.due < as_of
        words = f"{names.name(promise.by)}: {what}"
        if promise.due is not None:
            words += f", {sentences.due(promise.due, as_of)}"
        theirs = promise.by is PromiseBy.THEM
        return PromiseLine(promise, words, Tone.OVERDUE if late and not theirs else Tone.DUE, ticked=False)
    if promise.kept_on is not None:
        return PromiseLine(promise, tr("kept: {what}").format(what=what), Tone.QUIET, ticked=True)
    return PromiseLine(promise, tr("broken: {what}").format(what=what), Tone.OVERDUE, ticked=False)


def _entry(contact: Contact, made: Sequence[Promise], people: Mapping[int, Person], as_of: date) -> Entry:
    words = plain(contact.summary[:_MOST_WORDS]).strip()
    if words and contact.direction is Direction.IN and not words.startswith(("“", '"', "„", "«")):
        words = f"“{words}”"
    aside = []
    if contact.minutes:
        aside.append(tr("{n} min").format(n=contact.minutes))
    if not contact.counts and not contact.planned:
        aside.append(tr("does not count as contact"))
    missed = contact.planned and contact.on < as_of
    if missed:
        aside.append(tr("was planned: did it happen?"))
    return Entry(
        contact=contact,
        day=formats.short_day(contact.on, as_of) if contact.planned else formats.day_month(contact.on),
        channel=names.name(contact.channel).lower(),
        who=one_line(", ".join(people[key].name for key in contact.people if key in people)),
        words=words,
        note=one_line(contact.note),
        purpose=names.name(contact.purpose).lower(),
        aside=" · ".join(aside),
        promises=tuple(promise_line(promise, as_of) for promise in made),
        missed=missed,
    )


class TimelineModel(QAbstractListModel):
    """The rows as a Qt model; painting asks for the rows themselves."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[TimelineRow] = []

    @property
    def rows(self) -> Sequence[TimelineRow]:
        """All rows in the order shown."""
        return self._rows

    def set_rows(self, rows: list[TimelineRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def entry(self, index: Index) -> Entry | None:
        """The contact of a place, None for a head."""
        row = self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None
        return row if isinstance(row, Entry) else None

    def place_of(self, contact_id: int) -> int:
        """Where a contact is shown, or -1."""
        places = (
            place for place, row in enumerate(self._rows) if isinstance(row, Entry) and row.contact.id == contact_id
        )
        return next(places, -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Contacts can be chosen, heads cannot."""
        if self.entry(index) is None:
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Say a row in words."""
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Entry):
            long = row.note or len(row.words) > _LONG or "\n" in row.words
            return tip("\n\n".join(filter(None, (row.words, row.note)))) if long else None
        if role not in _SPOKEN:
            return None
        return row.spoken if isinstance(row, Entry) else row.words


_SPOKEN = {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)}
