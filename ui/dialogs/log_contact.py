"""Log a contact: one line, and beneath it what was understood as fields that can be corrected (SCREENS).

Usage: `dialog = LogContactDialog(theme, icons, book, parent)` with a `LogBook` of plain values; `accepted_log` gives a
`Logged`; the caller writes it, then calls `taken(words)`: the dialog closes, or stays with the line emptied.
`person_wanted` asks to add a person; answer with `add_person`. A service's problems go to `dialog.form.show_problems`.
Enter saves and closes, Ctrl+Enter saves and stays. `draft()` and `restore()` keep what was left unfinished.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.domain.checking import Problem
from app.domain.client_names import ClientNames
from app.domain.clients import Client
from app.domain.contacts import ContactDraft, counts_by_rule
from app.domain.parsing.typed_dates import Lean
from app.domain.people import Person
from app.domain.promises import PromiseDraft
from app.domain.quick_entry import Entry
from app.domain.vocabulary import Channel, Purpose
from app.services.quick_log import people_meant, read_line
from app.words import formats, names
from app.words.catalogue import tr
from ui.dialogs import readers
from ui.dialogs.client_completer import ClientCompleter
from ui.dialogs.days import day_field
from ui.dialogs.log_parts import DirectionField, LogLine, PeopleField, PromisesField
from ui.icons import Icons
from ui.theme import Theme
from ui.tokens import SIZES, Tone
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.choice_field import ChoiceField
from ui.widgets.fields import AreaField, TextField, TickField
from ui.widgets.form import Form
from ui.widgets.labels import name, small
from ui.widgets.layout import row
from ui.widgets.scrolled import Scrolled

WIDTH = 640
HINT = "< they  > we  <> both · call, mail, lunch … · @person · 20m · #serve · !we promise fri · ?they promise"
NOTHING = Entry()


@dataclass(frozen=True, slots=True)
class LogBook:
    """What the form is filled from: everybody, the day, and the client it was opened for."""

    clients: tuple[Client, ...]
    people: tuple[Person, ...]
    today: date
    client: Client | None = None


@dataclass(frozen=True, slots=True)
class Logged:
    """What is to be written, and whether the form stays for the next one."""

    client: Client
    contact: ContactDraft
    promises: tuple[PromiseDraft, ...]
    stays: bool


class LogContactDialog(QDialog):
    """The line and its fields."""

    accepted_log = Signal(object)
    person_wanted = Signal(int, str)

    def __init__(self, theme: Theme, icons: Icons, book: LogBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Log a contact"))
        self._theme = theme
        self._icons = icons
        self._today = book.today
        self._names = ClientNames(book.clients)
        self._people = list(book.people)
        self._preset = book.client
        self._client: Client | None = book.client
        self._entry = NOTHING
        self._unknown: tuple[str, ...] = ()
        self._stays = False
        self._make_fields(icons)
        self._lay_out()
        self._connect()
        self._start_anew()
        self.line.setFocus()

    def taken(self, words: str) -> None:
        """Go on after the contact was written: close, or empty the line for the next one."""
        if not self._stays:
            self.accept()
            return
        self._start_anew()
        self.said.set_text(words)
        self.line.setFocus()

    def add_person(self, person: Person) -> None:
        """Take in a person who was just added to the client: present, and no longer unknown."""
        self._people.append(person)
        chosen = (*self.people.value(), person.id)
        # The @word that asked for this person now means them.
        before = self._unknown
        self._meet(self._entry)
        self.people.set_value(chosen)
        for word in before:
            if word not in self._unknown:
                self.summary.set_raw(" ".join(self.summary.raw().replace(f"@{word}", "").split()))

    def draft(self) -> dict[str, str]:
        """What was typed, to be taken up again; empty if nothing was."""
        kept = {"line": self.line.text(), **self.form.draft()}
        typed = any(kept[key].strip() for key in ("line", "summary", "note", "promises"))
        return kept if typed else {}

    def restore(self, draft: Mapping[str, str]) -> None:
        """Take up what was left unfinished."""
        if draft:
            self.line.setText(draft.get("line", ""))
            self.form.restore(draft)
            self._on_client_typed()
            self.people.set_raw(draft.get("people", ""))
            self.said.set_text(tr("Left unfinished."))
            self.anew.show()

    def _make_fields(self, icons: Icons) -> None:
        theme = self._theme
        self.line = LogLine(theme, tr("acme <call @jane 20m liked the draft; !send costs fri"), tr("Enter"))
        self.line.setAccessibleName(tr("What happened, in one line"))
        if self._preset is None:
            self.line.offer(ClientCompleter(self._names.clients, self.line))
        else:
            self.line.setPlaceholderText(tr("<call @jane 20m liked the draft; !send costs fri"))
        self.client = TextField(tr("name, code or the first letters"))
        self.client.line.setCompleter(ClientCompleter(self._names.clients, self.client))
        self.direction = DirectionField(theme)
        self.channel = ChoiceField(theme, [(way, names.name(way)) for way in Channel], none=tr("not said"))
        self.minutes = readers.minutes_field()
        self.purpose = ChoiceField(theme, [(what, names.name(what)) for what in Purpose], none=tr("not said"))
        self.people = PeopleField(theme)
        self.day = day_field(theme, icons, today=self._on_today, lean=Lean.PAST)
        self.time = readers.time_field()
        self.counts = TickField(theme, tr("Counts as contact"))
        self.summary = AreaField(tr("may be shared with the client"), lines=2)
        self.note = AreaField(tr("internal, never leaves the house"), lines=1)
        self.promises = PromisesField(theme, icons, self._on_today)

    def _lay_out(self) -> None:
        theme = self._theme
        self.form = form = Form(theme)
        form.layout().setSpacing(SIZES.gap)  # type: ignore[union-attr]
        form.add_side_by_side([("client", tr("Client"), self.client), ("direction", tr("Who spoke"), self.direction)])
        form.add_side_by_side([
            ("channel", tr("How"), self.channel), ("purpose", tr("What for"), self.purpose),
            ("minutes", tr("Minutes"), self.minutes),
        ])  # fmt: skip
        form.add("people", tr("Who was there"), self.people)
        form.add("summary", tr("Words"), self.summary)
        form.add("promises", tr("Promises"), self.promises)
        form.add_side_by_side([
            ("on", tr("Day"), self.day), ("at", tr("Time"), self.time), ("counts", "", self.counts),
        ])  # fmt: skip
        form.add("note", tr("Note"), self.note)
        inside = QWidget()
        room = QVBoxLayout(inside)
        room.setContentsMargins(2, 2, SIZES.gap + 4, 2)
        room.addWidget(form)
        room.addStretch(1)
        self._area = Scrolled(inside)
        self.said = small(tone=Tone.QUIET, elide=True)
        self.anew = Button(theme, tr("Start anew"), kind=ButtonKind.LINK)
        self.save = Button(theme, tr("Log contact"), key=tr("Enter"), kind=ButtonKind.PRIMARY, large=True)
        self.save.setDefault(False)
        self.next = Button(theme, tr("Log and next"), key=tr("Ctrl Enter"), large=True)
        self.cancel = Button(theme, tr("Cancel"), large=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(SIZES.gap)
        heading = (
            tr("Log a contact with {name}").format(name=self._preset.name) if self._preset else tr("Log a contact")
        )
        layout.addWidget(name(heading, elide=True))
        layout.addWidget(self.line)
        layout.addWidget(small(tr(HINT), wrap=True))
        layout.addSpacing(4)
        layout.addWidget(self._area, 1)
        foot = row(self.said, self.anew, self.cancel, self.next, self.save)
        foot.setStretch(0, 1)
        layout.addLayout(foot)
        self.anew.hide()

    def _connect(self) -> None:
        self.line.textChanged.connect(self._on_line)
        self.line.entered.connect(self._on_entered)
        self.line.left.connect(self.reject)
        self.client.line.textChanged.connect(self._on_client_typed)
        self.client.left.connect(self._on_client_left)
        self.channel.edited.connect(self._on_channel)
        self.people.add_wanted.connect(self._on_add_person)
        self.form.submitted.connect(self._on_save)
        self.save.clicked.connect(self._on_save)
        self.next.clicked.connect(self._on_next)
        self.cancel.clicked.connect(self.reject)
        self.anew.clicked.connect(self._on_anew)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._on_next)

    def open(self) -> None:
        """Show it, as tall as the form needs and the screen allows."""
        self.form.updateGeometry()
        wanted = self._area.inside.sizeHint().height() + self._theme.px(310)
        self.resize(self._theme.px(WIDTH), min(wanted, self.screen().availableGeometry().height() - 40))
        super().open()
        # Qt chooses what stands in the line; the next key would then replace what was left unfinished.
        self.line.deselect()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Move the keyboard, and the form so that it is seen."""
        moved = super().focusNextPrevChild(forward)
        if moved:
            self._area.keep_in_sight(self.focusWidget())
        return moved

    def _start_anew(self) -> None:
        self._client = self._preset
        self._entry = NOTHING
        self._unknown = ()
        self.line.clear()
        for key in ("minutes", "at", "summary", "note", "promises"):
            self.form.field(key).set_raw("")
        self.client.set_raw(self._preset.name if self._preset else "")
        self.direction.set_value(None)
        self.channel.set_value(None)
        self.purpose.set_value(None)
        self.day.set_value(self._today)
        self.counts.box.setChecked(True)
        self.form.show_problems(())
        self.said.set_text("")
        self.anew.hide()
        self._meet(NOTHING)

    def _on_line(self, text: str) -> None:
        """Take over what has changed in the line; what was corrected by hand stays as long as its part does."""
        before, now = self._entry, read_line(text, self._today, with_client=self._preset is None)
        self._entry = now
        self.said.set_text("")
        if now.client != before.client and self._preset is None:
            meant = self._names.meant(now.client).client
            self.client.set_raw(meant.name if meant else now.client)
        self._take_facts(before, now)
        self._take_words(before, now)
        mended = any(self.form.message(key) and not self.form.field(key).problem() for key in self.form.keys)
        if mended:
            self.form.show_problems(())
            self.line.setFocus()

    def _take_facts(self, before: Entry, now: Entry) -> None:
        if now.direction is not before.direction:
            self.direction.set_value(now.direction)
        if now.channel is not before.channel:
            self.channel.set_value(now.channel)
            self._on_channel()
        if now.minutes != before.minutes:
            self.minutes.set_value(now.minutes)
        if now.purpose is not before.purpose:
            self.purpose.set_value(now.purpose)

    def _take_words(self, before: Entry, now: Entry) -> None:
        if now.people != before.people:
            self._meet(now)
        if (now.words, now.people) != (before.words, before.people):
            unknown = (f"@{name}" for name in self._unknown)
            self.summary.set_raw(" ".join(filter(None, (now.words, *unknown))))
        if now.promises != before.promises:
            self.promises.set_value(now.promises)

    def _meet(self, entry: Entry) -> None:
        """Show the client's people, those named with @ chosen."""
        client = self._client
        there = [p for p in self._people if client is not None and p.client_id == client.id and p.left_on is None]
        found, self._unknown = people_meant(entry.people, there)
        by_hand = set(self.people.value()) - set(self._named)
        self._named = tuple(person.id for person in found)
        chosen = (*self._named, *by_hand)
        unknown = self._unknown if client is not None else ()
        self.people.set_people(there, chosen, unknown, client.name if client else "")

    _named: Sequence[int] = ()

    def _on_client_typed(self, _text: str = "") -> None:
        meant = self._names.meant(self.client.raw()).client
        if meant is not self._client:
            self._client = meant
            self._meet(self._entry)

    def _on_client_left(self) -> None:
        if self._client is not None:
            self.client.set_raw(self._client.name)
        elif self.client.raw().strip():
            self.form.show_problems(self._client_problems())

    def _client_problems(self) -> list[Problem]:
        typed = self.client.raw().strip()
        if self._client is not None:
            return []
        if not typed:
            return [Problem("client", tr("Which client was it?"), tr("The first letters of the name will do."))]
        others = self._names.meant(typed).others
        if others:
            offered = formats.listed((client.name for client in others), 3)
            return [Problem("client", tr("“{typed}” could be {names}.").format(typed=typed, names=offered))]
        return [Problem("client", tr("No client is called “{typed}”.").format(typed=typed))]

    def _on_channel(self) -> None:
        channel = self.channel.value()
        self.counts.box.setChecked(channel is None or counts_by_rule(channel))

    def _on_add_person(self, name: str) -> None:
        if self._client is not None:
            self.person_wanted.emit(self._client.id, name)

    def _on_entered(self, stays: bool) -> None:
        self._finish(stays=stays)

    def _on_save(self) -> None:
        self._finish(stays=False)

    def _on_next(self) -> None:
        self._finish(stays=True)

    def _finish(self, *, stays: bool) -> None:
        self._stays = stays
        in_line = self.focusWidget() is self.line
        for key in self.form.keys:
            self.form.field(key).settle()
        problems = [*self._client_problems(), *self.form.problems()]
        direction, client = self.direction.value(), self._client
        if direction is None:
            problems.append(Problem("direction", tr("Who spoke?"), tr("< they, > we, <> both.")))
        day = self.day.value()
        if day is not None and day > self._today:
            problems.append(Problem("on", tr("That day is still to come."), tr("Plan it from Today, with P.")))
        if problems or direction is None or client is None:
            self.form.show_problems(problems)
            if in_line:
                # What is missing is typed where the hand is.
                self.line.setFocus()
            return
        channel = self.channel.value() or Channel.OTHER
        contact = ContactDraft(
            client_id=client.id,
            on=day or self._today,
            direction=direction,
            channel=channel,
            at=self.time.value() or "",
            purpose=self.purpose.value(),
            minutes=self.minutes.value(),
            summary=self.summary.value(),
            note=self.note.value(),
            counts=self.counts.value(),
            people=self.people.value(),
        )
        promises = tuple(
            PromiseDraft(client_id=client.id, what=p.what, by=p.by, due=p.due) for p in self.promises.value()
        )
        self.accepted_log.emit(Logged(client, contact, promises, stays))

    def _on_anew(self) -> None:
        self._start_anew()
        self.line.setFocus()

    def _on_today(self) -> date:
        return self._today
