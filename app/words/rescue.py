"""What came of a rescue: how much is in the new book, beside the newest backup, and what is not as it was."""

from collections.abc import Mapping
from datetime import UTC, datetime

from app.domain.backups import Backup
from app.domain.rescue import Loss, LostRows, Rescued
from app.words import backups, changes, formats
from app.words.catalogue import tr, trn

MOST_LINES = 400
NOUNS = ("client", "person", "fee", "cost", "contact", "feedback", "plan", "promise")
_LOSSES = {
    Loss.UNREADABLE: "{what} cannot be read",
    Loss.SPOILT: "{what} held something that cannot be meant and is left out",
    Loss.EMPTIED: "{what}: “{field}” cannot be read and is empty now",
    Loss.UNLINKED: "{what}: “{field}” named something that is lost and is empty now",
    Loss.ORPHANED: "{what} belonged to something that is lost, and is left out",
    Loss.REPLACED: "{what} is lost but for what belongs to it, and is called “Rescued client {first}”",
    Loss.HISTORY: "the history is left out: with parts of it missing, undo could do harm",
}


def sentence(rescued: Rescued) -> str:
    """Say what is in the new book."""
    counts = {name: rescued.counts[name] for name in NOUNS if rescued.counts.get(name)}
    return tr("Brought out {what}.").format(what=changes.listed_counts(counts) or tr("the firm’s settings alone"))


def verdict(rescued: Rescued) -> str:
    """Say whether anything is missing."""
    if not rescued.lost:
        return tr("Nothing is missing. The damaged book is kept as it is.")
    return tr("Not everything came out as it was; the list says what did not. The damaged book is kept as it is.")


def report(rescued: Rescued, newest: Backup | None) -> str:
    """List what is not as it was, and set the new book beside the newest backup; a text to keep."""
    lines = [tr("New book: {path}").format(path=rescued.path), ""]
    if newest:
        when = backups.moment(newest.made, datetime.now(UTC))
        lines += [tr("Rescued, and in the backup of {when}:").format(when=when)]
        lines += _beside(rescued.counts, newest.counts)
        lines += [""]
    lines += [_line(lost) for lost in rescued.lost[:MOST_LINES]]
    more = len(rescued.lost) - MOST_LINES
    if more > 0:
        lines.append(trn("and {n} more", "and {n} more", more))
    return "\n".join(lines).rstrip()


def _beside(now: Mapping[str, int], then: Mapping[str, int]) -> list[str]:
    return [
        f"  {changes.counted(name, now.get(name, 0))} ({formats.number(then.get(name, 0))})"
        for name in NOUNS
        if now.get(name) or then.get(name)
    ]


def _line(lost: LostRows) -> str:
    what = lost.table.replace("_", " ") if lost.loss is Loss.HISTORY else _thing(lost)
    field = changes.field(lost.table, lost.column) if lost.column else ""
    return tr(_LOSSES[lost.loss]).format(what=what, field=field, first=lost.first)


def _thing(lost: LostRows) -> str:
    if lost.last > lost.first:
        return tr("{things} {first} to {last}").format(
            things=changes.counted(lost.table, 2).removeprefix("2 "), first=lost.first, last=lost.last
        )
    return f"{changes.thing(lost.table)} {lost.first}"
