"""A client, new or changed: a name is enough; everything else can wait.

Usage: `dialog = ClientDialog(theme, icons, choices, parent, client=found)`; `accepted_draft` gives a `ClientDraft`; the
caller writes it and calls `accept()`, or `show_problems(...)`. `duplicate_wanted` asks to see the client that is there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.checking import InvalidInputError
from app.domain.clients import Client, ClientDraft
from app.domain.names import fold, name_key
from app.domain.parsing.typed_dates import Lean
from app.domain.vocabulary import Channel, Tier
from app.words import names
from app.words.catalogue import tr
from ui.dialogs.days import day_field
from ui.dialogs.record import RecordDialog
from ui.icons import Icons
from ui.theme import Theme
from ui.tokens import Tone
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.choice_field import ChoiceField
from ui.widgets.fields import AreaField, TextField, TickField
from ui.widgets.labels import section, small
from ui.widgets.layout import row
from ui.widgets.parsed_field import ParsedField
from ui.widgets.tags_field import TagsField

LONGEST_CADENCE = 3650


@dataclass(frozen=True, slots=True)
class ClientChoices:
    """What the book offers the fields: everybody in it, our colleagues, the tiers, words used before."""

    known: tuple[Client, ...]
    owners: tuple[tuple[int, str], ...]
    tiers: tuple[tuple[Tier, str], ...]
    tags: tuple[str, ...]
    sectors: tuple[str, ...]
    sources: tuple[str, ...]
    today: date


def read_days(text: str) -> int:
    """Read a number of days: 30, 30 d, 2 weeks."""
    number, _, unit = text.strip().lower().partition(" ")
    digits = number.rstrip("dw")
    if not digits.isdigit() or unit not in {"", "d", "day", "days", "w", "week", "weeks"}:
        raise InvalidInputError.one("", tr("This is no number of days."), tr("For example 30, or 2 weeks."))
    weeks = number.endswith("w") or unit.startswith("w")
    return int(digits) * (7 if weeks else 1)


class ClientDialog(RecordDialog):
    """The fields of a client."""

    duplicate_wanted = Signal(int)

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        choices: ClientChoices,
        parent: QWidget | None = None,
        client: Client | None = None,
    ) -> None:
        heading = tr("Change {name}").format(name=client.name) if client else tr("New client")
        verb = tr("Save changes") if client else tr("Add client")
        super().__init__(theme, heading, verb, parent, width=600, key="client", new=client is None)
        self._icons = icons
        self._choices = choices
        self._client = client
        self._other: Client | None = None
        self._keys = {
            name_key(name): other
            for other in choices.known
            if client is None or other.id != client.id
            for name in (*other.aliases, other.name)
        }
        self._make_fields()
        if client is not None:
            self._fill(client)
        self.name.line.textChanged.connect(self._on_name)
        self.name.setFocus()

    def _make_fields(self) -> None:
        theme, choices = self.theme, self._choices
        self.name = TextField(tr("as it stands on invoices"))
        self.code = TextField(tr("optional, as in your accounts"), longest=40)
        self.owner = ChoiceField(theme, choices.owners, none=tr("nobody yet"))
        self.form.add("name", tr("Name"), self.name, required=tr("What is the client called?"))
        self.form.add_part(self._duplicate())
        self.form.add_side_by_side([("code", tr("Code"), self.code), ("owner_id", tr("Owner"), self.owner)])
        self.tags = TagsField(theme, tr("comma or Enter takes a word"), completions=choices.tags)
        self.form.add("tags", tr("Tags"), self.tags)
        self.tier = ChoiceField(theme, choices.tiers, none=tr("by rank of fees"))
        self.tier_reason = TextField(tr("why it is pinned"))
        self.form.add_side_by_side([
            ("tier", tr("Tier"), self.tier), ("tier_reason", tr("Reason of the pin"), self.tier_reason),
        ])  # fmt: skip
        self.form.add_part(section(tr("Dates")))
        self.first_contact, self.won, self.last_contact = (self._day() for _ in range(3))
        self.form.add_side_by_side([
            ("first_contact", tr("First contact"), self.first_contact),
            ("won", tr("Won on"), self.won),
            ("last_contact", tr("Last spoken to"), self.last_contact),
        ])  # fmt: skip
        self.form.add_part(section(tr("How they want to be spoken to")))
        self.preferred_days, self.own_days = self._days(), self._days()
        channels = [names.name(channel) for channel in Channel]
        self.channel = TextField(tr("phone, before ten"), completions=channels)
        self.form.add_side_by_side([
            ("preferred_cadence_days", tr("They asked for every … days"), self.preferred_days),
            ("cadence_days", tr("We speak every … days"), self.own_days),
        ])  # fmt: skip
        self.form.add("preferred_channel", tr("Preferred way"), self.channel)
        self.not_contact = TickField(theme, tr("Asked not to be contacted: no warnings"))
        self.form.add("do_not_contact", "", self.not_contact)
        self.form.add_part(section(tr("More")))
        self.sector = TextField(completions=choices.sectors)
        self.source = TextField(tr("how they came to us"), completions=choices.sources)
        self.currency = TextField(tr("if not the firm's"), longest=3)
        self.form.add_side_by_side([
            ("sector", tr("Sector"), self.sector), ("source", tr("Source"), self.source),
            ("currency", tr("Currency"), self.currency),
        ])  # fmt: skip
        self.notes = AreaField(tr("internal, never in what a client receives"), lines=3)
        self.form.add("notes", tr("Notes"), self.notes)

    def _day(self) -> ParsedField[date]:
        return day_field(self.theme, self._icons, today=self._today, lean=Lean.PAST)

    def _days(self) -> ParsedField[int]:
        return ParsedField[int](read_days, str, hint=tr("by the table"))

    def _today(self) -> date:
        return self._choices.today

    def _duplicate(self) -> QWidget:
        self._same = small(tone=Tone.DUE, wrap=True)
        self._open_same = Button(self.theme, tr("Open it"), kind=ButtonKind.LINK)
        self._open_same.clicked.connect(self._on_open_same)
        line = QWidget()
        parts = row(self._same, self._open_same, gap=6)
        parts.setStretch(0, 1)
        line.setLayout(parts)
        line.hide()
        self._duplicate_line = line
        return line

    def _fill(self, client: Client) -> None:
        self.name.set_raw(client.name)
        self.code.set_raw(client.code)
        self.owner.set_value(client.owner_id)
        self.tags.set_value(client.tags)
        self.tier.set_value(client.tier)
        self.tier_reason.set_raw(client.tier_reason)
        self.first_contact.set_value(client.first_contact)
        self.won.set_value(client.won)
        self.last_contact.set_value(client.last_contact)
        self.preferred_days.set_value(client.preferred_cadence_days)
        self.own_days.set_value(client.cadence_days)
        self.channel.set_raw(client.preferred_channel)
        self.not_contact.set_raw("yes" if client.do_not_contact else "")
        self.sector.set_raw(client.sector)
        self.source.set_raw(client.source)
        self.currency.set_raw(client.currency)
        self.notes.set_raw(client.notes)

    def made(self) -> ClientDraft:
        """Give the client as typed."""
        old, tier = self._client, self.tier.value()
        same_pin = old is not None and old.tier is tier
        since = old.tier_since if old and same_pin else self._choices.today
        return ClientDraft(
            name=self.name.value(),
            code=self.code.value(),
            owner_id=self.owner.value(),
            tier=tier,
            tier_reason=self.tier_reason.value() if tier else "",
            tier_since=since if tier else None,
            first_contact=self.first_contact.value(),
            won=self.won.value(),
            last_contact=self.last_contact.value(),
            sector=self.sector.value(),
            source=self.source.value(),
            currency=self.currency.value().upper(),
            cadence_days=self.own_days.value(),
            preferred_cadence_days=self.preferred_days.value(),
            preferred_channel=self.channel.value(),
            do_not_contact=self.not_contact.value(),
            snoozed_until=old.snoozed_until if old else None,
            snooze_reason=old.snooze_reason if old else "",
            notes=self.notes.value(),
            tags=self.tags.value(),
        )

    def _on_name(self, text: str) -> None:
        self._other = self._like(text)
        self._duplicate_line.setVisible(self._other is not None)
        if self._other is not None:
            words = tr("“{name}” is in the book already{code}.")
            code = f" ({self._other.code})" if self._other.code else ""
            self._same.set_text(words.format(name=self._other.name, code=code))

    def _like(self, text: str) -> Client | None:
        """Find whom a name may mean already: the same name in another form, or one that begins so or holds it whole."""
        wanted = name_key(text) if text.strip() else ""
        if not wanted:
            return None
        if wanted in self._keys:
            return self._keys[wanted]
        folded = fold(text).strip()
        if len(wanted) < 4:
            return None
        return next(
            (other for key, other in self._keys.items() if key.startswith(wanted) or folded in fold(other.name)), None
        )

    def _on_open_same(self) -> None:
        if self._other is not None:
            other = self._other.id
            self.reject()
            self.duplicate_wanted.emit(other)


def choices_of(
    known: Sequence[Client], owners: Sequence[tuple[int, str]], tiers: Sequence[tuple[Tier, str]], today: date
) -> ClientChoices:
    """Gather what the book offers the fields."""
    return ClientChoices(
        known=tuple(known),
        owners=tuple(owners),
        tiers=tuple(tiers),
        tags=tuple(sorted({tag for client in known for tag in client.tags}, key=fold)),
        sectors=tuple(sorted({client.sector for client in known if client.sector}, key=fold)),
        sources=tuple(sorted({client.source for client in known if client.source}, key=fold)),
        today=today,
    )
