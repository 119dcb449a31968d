"""What is said when a book is opened: what was noticed, what kind of place it lies in, the ways out of trouble."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from app.domain.backups import Backup
from app.domain.opening import ConflictedCopy, Notice, Noticed
from app.domain.places import Place, PlaceKind
from app.errors import WayOut
from app.words import backups, formats
from app.words.catalogue import tr

_NOTICED = {
    Noticed.BROKEN_OFF: "This book was not closed properly. The change under way then was taken back as a whole; the"
    " book was checked from end to end and is in order.",
    Noticed.NOT_CLOSED: "Rapport was ended before it could close this book, perhaps by a power cut. What was said to be"
    " saved is there: the book was checked from end to end and is in order.",
    Noticed.SET_ASIDE: "Beside this book lay a journal of another state of it, which would have damaged it. It was set"
    " aside as {detail}; the book was checked and is in order.",
    Noticed.CHANGED_OUTSIDE: "This book is not as Rapport last left it on this computer: another computer or program,"
    " or the disk, has changed it. Its structure was checked and is in order.",
    Noticed.LITTLE_ROOM: "Only {detail} are free on the disk that holds this book. Make room before it is full; nothing"
    " is lost when it is.",
    Noticed.CLOCK_BACK: "The last change in this book was made on {detail}, and this computer's clock shows an earlier"
    " day. Is its date right? Steps and backups keep their order in any case.",
    Noticed.CLOCK_AHEAD: "By this computer's clock nothing was changed in this book since {detail}. Is its date right?"
    " If not, much looks overdue that is not.",
}
_PLACES = {
    PlaceKind.CLOUD: "This book lies in a folder that {name} copies. Such programs copy a file while it is written, and"
    " may put an old state over a new one. Better keep the book on this computer alone, and its backups there:"
    " Settings names a second place for them.",
    PlaceKind.NETWORK: "This book lies on a network share{by}. Open it on one computer at a time, and close it before"
    " the connection ends.",
    PlaceKind.REMOVABLE: "This book lies on a stick or a disk that can be taken out. Close it before you take that out;"
    " its backups are kept on this computer.",
}
_WAYS = {
    WayOut.LOCATE: "Find the book…",
    WayOut.BACKUP: "Open a backup…",
    WayOut.NEW: "Start a new book…",
    WayOut.IMPORT: "Bring it in as a list…",
    WayOut.RESCUE: "Rescue what is readable…",
    WayOut.COPY: "Save a copy…",
    WayOut.RESTORE: "Restore as a copy…",
    WayOut.REBUILD: "Rebuild into a new book…",
    WayOut.AGAIN: "Try again",
    WayOut.INSIST: "Write it here all the same",
}


def noticed(notice: Notice) -> str:
    """Say what was noticed."""
    detail = notice.detail
    if notice.what is Noticed.LITTLE_ROOM:
        detail = formats.size(int(detail))
    elif notice.what in {Noticed.CLOCK_BACK, Noticed.CLOCK_AHEAD}:
        detail = formats.day(date.fromisoformat(detail))
    return tr(_NOTICED[notice.what]).format(detail=detail)


def place(found: Place) -> str:
    """Explain a place that is not this computer's own disk, '' for that."""
    words = _PLACES.get(found.kind, "")
    by = f" ({found.name})" if found.name else ""
    return tr(words).format(name=found.name or tr("a cloud program"), by=by) if words else ""


def conflicted(names: list[str]) -> str:
    """Name the copies that a sync program made beside a book."""
    return tr(
        "Beside this book lie copies that a sync program made where two computers had changed it: {names}."
        " Compare them with this one before you remove any."
    ).format(names=formats.listed(names))


def compared(copies: Sequence[ConflictedCopy]) -> str:
    """Set the copies beside the book, a paragraph each."""
    return "\n\n".join(_compared(copy) for copy in copies)


def _compared(copy: ConflictedCopy) -> str:
    if copy.why:
        return f"{copy.path.name}\n{copy.why}"
    lines = [copy.path.name, backups.differences(copy.differences)]
    if copy.last:
        when = backups.moment(copy.last.when, datetime.now(UTC))
        lines.append(
            tr("Its last step: {what} ({who}, {when}).").format(what=copy.last.what, who=copy.last.who, when=when)
        )
    return "\n".join(lines)


def way(out: WayOut) -> str:
    """Name a way out, as its button does."""
    return tr(_WAYS[out])


def newest_backup(newest: Backup | None) -> str:
    """Say what there is to go back to."""
    if newest is None:
        return tr("No backup of it is known on this computer.")
    when = backups.moment(newest.made, datetime.now(UTC))
    return tr("The newest backup is of {when} and holds {what}.").format(when=when, what=backups.holds(newest))
