"""What a quick line says, shown back as short words while it is typed."""

from datetime import date

from app.domain.checking import InvalidInputError
from app.domain.quick_entry import Entry
from app.domain.vocabulary import PromiseBy
from app.services.quick_log import QuickLog, Understood, read_line
from app.words import formats, names
from app.words.catalogue import tr
from ui.widgets.quick_entry import Reading
from ui.widgets.text import one_line

LONGEST = 48


def read(quick_log: QuickLog, line: str, today: date, client_id: int) -> Reading:
    """Say what a line would log; what is missing is a sentence."""
    entry = read_line(line, today, with_client=False)
    try:
        understood = quick_log.understand(line, today, client_id)
    except InvalidInputError as error:
        people = tuple(f"@{name}" for name in entry.people)
        return Reading(_parts(entry, people, today), " ".join(problem.mend for problem in error.problems))
    return Reading(_parts(entry, tuple(person.name for person in understood.people), today), "", _unknown(understood))


def _parts(entry: Entry, people: tuple[str, ...], today: date) -> tuple[str, ...]:
    parts = []
    if entry.direction is not None:
        parts.append(names.name(entry.direction).lower())
    if entry.channel is not None:
        parts.append(names.name(entry.channel).lower())
    parts += people
    if entry.minutes is not None:
        parts.append(tr("{n} min").format(n=entry.minutes))
    if entry.purpose is not None:
        parts.append(names.name(entry.purpose).lower())
    if entry.words:
        parts.append(_cut(entry.words))
    for promise in entry.promises:
        who = tr("we owe") if promise.by is PromiseBy.US else tr("they owe")
        due = f", {formats.weekday_short(promise.due)} {formats.short_day(promise.due, today)}" if promise.due else ""
        parts.append(f"{who}: {_cut(promise.what)}{due}")
    return tuple(parts)


def _cut(words: str) -> str:
    line = one_line(words)
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


def _unknown(understood: Understood) -> str:
    said = []
    if understood.unknown:
        who = formats.listed(f"@{name}" for name in understood.unknown)
        said.append(tr("{who}: nobody here of that name; it stays in the words.").format(who=who))
    if not understood.contact.counts:
        said.append(tr("This does not count as contact."))
    return " ".join(said)
