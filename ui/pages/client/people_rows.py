"""The people of a client as the table shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.metrics.people import SILENT_DAYS, by_influence, is_there
from app.domain.people import Person
from app.domain.vocabulary import Channel, Influence, Sentiment
from app.words import formats, names, people
from app.words.catalogue import tr
from ui.models.rows import Align, Column
from ui.tokens import Mark, Tone

_CHANNELS = {str(channel) for channel in Channel}
_RANK = {Influence.DECIDES: 0, Influence.INFLUENCES: 1, Influence.USES: 2, Influence.UNKNOWN: None}
_MOOD = {Sentiment.WARM: 0, Sentiment.NEUTRAL: 1, Sentiment.COOL: 2, Sentiment.UNKNOWN: None}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person on a day, with the day they were last spoken to."""

    person: Person
    spoken: date | None
    as_of: date

    @property
    def id(self) -> int:
        """The person's id."""
        return self.person.id

    @property
    def here(self) -> bool:
        """Whether they had not left by the day."""
        return is_there(self.person, self.as_of)

    @property
    def silent_days(self) -> int | None:
        """Days since they were last spoken to; None if never."""
        return None if self.spoken is None else (self.as_of - self.spoken).days


def person_rows(found: Iterable[Person], spoken: Mapping[int, date], as_of: date) -> list[PersonRow]:
    """Show people, who decides first, who has left last."""
    return [PersonRow(person, spoken.get(person.id), as_of) for person in by_influence(found, as_of)]


def channel_name(channel: str) -> str:
    """Say the channel a person prefers; what an imported list says otherwise stays as it is."""
    return names.name(Channel(channel)) if channel in _CHANNELS else channel


def _name(row: PersonRow) -> str:
    return row.person.name if row.here else tr("{name} (left)").format(name=row.person.name)


def _when_left(row: PersonRow) -> str:
    return "" if row.here else tr("Left on {day}").format(day=formats.day(row.person.left_on))


def _when_spoken(row: PersonRow) -> str:
    return "" if row.spoken is None else tr("Last spoken to on {day}").format(day=formats.day(row.spoken))


def _influence(row: PersonRow) -> str:
    return formats.DASH if row.person.influence is Influence.UNKNOWN else names.name(row.person.influence).lower()


def _sentiment(row: PersonRow) -> str:
    return formats.DASH if row.person.sentiment is Sentiment.UNKNOWN else names.name(row.person.sentiment).lower()


def _tone(row: PersonRow) -> Tone:
    return Tone.PLAIN if row.here else Tone.QUIET


def _mark(row: PersonRow) -> Mark:
    days = row.silent_days
    silent = row.here and (days is None or days > SILENT_DAYS)
    return Mark.DUE if silent and row.person.influence is Influence.DECIDES else Mark.NONE


COLUMNS: tuple[Column[PersonRow], ...] = (
    Column("name", tr("Name"), text=_name, strong=True, width=168, stretch=True, tone=_tone,
           tooltip=_when_left),
    Column("role", tr("Role"), text=lambda r: r.person.role, width=176, tone=_tone,
           tooltip=lambda r: r.person.role),
    Column("influence", tr("Influence"), text=_influence, value=lambda r: _RANK[r.person.influence], width=96,
           tone=_tone, hint=tr("Who decides, who influences, who uses")),
    Column("sentiment", tr("Mood"), text=_sentiment, value=lambda r: _MOOD[r.person.sentiment], width=76,
           tone=_tone, hint=tr("How they stand towards us; internal, never in a client's workbook")),
    Column("channel", tr("Prefers"), text=lambda r: channel_name(r.person.channel).lower(), width=80, tone=_tone),
    Column("spoken", tr("Last spoken"), text=lambda r: people.last_spoken(r.spoken, r.as_of),
           value=lambda r: r.silent_days, width=132, align=Align.RIGHT, tooltip=_when_spoken, mark=_mark,
           tone=lambda r: Tone.DUE if _mark(r) is Mark.DUE else _tone(r),
           hint=tr("The last contact that counts in which they took part")),
    Column("email", tr("Mail"), text=lambda r: r.person.email, width=170, tone=_tone,
           tooltip=lambda r: r.person.email),
    Column("phone", tr("Phone"), text=lambda r: r.person.phone, width=116, tone=_tone),
    Column("level", tr("Level"), text=lambda r: r.person.level, width=100, tone=_tone, shown=False),
    Column("drivers", tr("Drivers"), text=lambda r: r.person.drivers, width=240, tone=_tone, shown=False),
)  # fmt: skip
