"""What is said of backups: the status line, the reasons, what would change."""

from datetime import datetime

from app.domain.backups import Backup, BackupStatus, Difference, Reason, SealState, SecondState
from app.words import formats
from app.words.catalogue import tr, trn

_REASONS = {
    Reason.ASKED: "asked for",
    Reason.REGULAR: "every half hour",
    Reason.CLOSE: "at closing",
    Reason.COMMAND: "by a command",
    Reason.IMPORT: "before an import",
    Reason.BULK: "before a big change",
    Reason.ERASE: "before erasing",
    Reason.RESTORE: "before a restore",
    Reason.MIGRATION: "before an update",
}
_SEALS = {
    SealState.KNOWN: "closed by this program on this computer, and unchanged since",
    SealState.UNKNOWN: "changed since it was last closed on this computer, by another program or elsewhere",
    SealState.NONE: "new on this computer; how it is left is noted when it is closed",
}
# The nouns a person knows, in the order of their importance; other tables only say who was present and the like.
_NOUNS = (
    ("client", "{n} client", "{n} clients"),
    ("fee", "{n} fee", "{n} fees"),
    ("contact", "{n} contact", "{n} contacts"),
    ("person", "{n} person", "{n} people"),
    ("cost", "{n} cost", "{n} costs"),
    ("feedback", "{n} feedback", "{n} feedbacks"),
    ("plan", "{n} plan", "{n} plans"),
    ("promise", "{n} promise", "{n} promises"),
)


def moment(at: datetime, now: datetime) -> str:
    """Write a moment: 10:30 today, else the day too."""
    local = at.astimezone()
    if local.date() == now.astimezone().date():
        return f"{local:%H:%M}"
    return f"{formats.day(local.date())}, {local:%H:%M}"


def status(found: BackupStatus, now: datetime) -> str:
    """Say the status line's words."""
    if found.failure:
        return tr("Backup failed")
    if found.newest is None:
        return tr("No backup yet")
    clients = found.newest.counts.get("client", 0)
    said = tr("Backup {when}, checked, {clients}").format(
        when=moment(found.newest.made, now), clients=trn("{n} client", "{n} clients", clients)
    )
    return tr("{backup}; none in the second place").format(backup=said) if found.second_failure else said


def replaces(*, damaged: bool) -> str:
    """Say what becomes of what stands where a backup is to be put."""
    if damaged:
        return tr("The damaged file is kept beside it under another name, with its journal.")
    return tr("What stands there now is backed up first, so this can be taken back.")


def replaced(set_aside: str, *, backed_up: bool) -> str:
    """Say that a backup stands in the book's place, and where what stood there is now."""
    said = tr("The backup stands in the book's place.")
    if set_aside:
        return f"{said} {tr('The damaged file is kept as {name}.').format(name=set_aside)}"
    return f"{said} {tr('What stood there is its newest backup.')}" if backed_up else said


def alarm(found: BackupStatus, now: datetime) -> str:
    """Say what a person must hear of backups now; nothing where they are made as they should be."""
    if not found.alarming:
        return ""
    last = (
        tr("The last good one is of {when}.").format(when=moment(found.newest.made, now))
        if found.newest
        else tr("There is no good one yet.")
    )
    head = tr("No backup could be made for three days.") if found.overdue else tr("No backup can be made.")
    return " ".join(filter(None, (head, found.failure, last)))


def shrunk(found: BackupStatus) -> str:
    """Say that the newest backup holds much less than one before; nothing where it does not."""
    if not found.shrunk or found.newest is None:
        return ""
    return tr(
        "The newest backup holds less than half of what an earlier one held: {holds}. Until you say that this is"
        " right, no old backup is removed."
    ).format(holds=holds(found.newest))


def second(found: SecondState | None, now: datetime) -> str:
    """Say how the second place for backups stands."""
    if found is None:
        return tr("none: a copy of each backup on a stick, a share or in a cloud folder outlives this computer")
    if not found.there:
        return tr("{folder}, which is not there now").format(folder=found.folder)
    state = tr("nothing yet")
    if found.newest:
        kept = trn("{n} backup", "{n} backups", found.count)
        state = tr("{kept}, the latest of {when}").format(kept=kept, when=moment(found.newest.made, now))
    said = tr("{folder}: {state}").format(folder=found.folder, state=state)
    return tr("{said}. It is on the book's own disk.").format(said=said) if found.same_disk else said


def reason(backup: Backup) -> str:
    """Say why a backup was made."""
    try:
        return tr(_REASONS[Reason(backup.reason)])
    except ValueError:
        return backup.reason


def holds(backup: Backup, most: int = 3) -> str:
    """Say what a backup holds, in the nouns a person knows."""
    parts = [trn(one, many, backup.counts[name]) for name, one, many in _NOUNS if backup.counts.get(name)]
    return ", ".join(parts[:most]) or tr("nothing yet")


def against(found: tuple[Difference, ...], most: int) -> str:
    """Say in few words how a backup differs from the book now: “+3 clients, −1 fee”."""
    return ", ".join(_changes(found)[:most]) or tr("as many rows")


def differences(found: tuple[Difference, ...]) -> str:
    """Say how a backup differs from the book now."""
    parts = _changes(found)
    if parts:
        return tr("Against the book now: {parts}.").format(parts=", ".join(parts))
    return tr("It holds as many rows as the book now.")


def _changes(found: tuple[Difference, ...]) -> list[str]:
    by_name = {difference.table: difference for difference in found}
    parts = []
    for name, one, many in _NOUNS:
        if name in by_name:
            change = by_name[name].then - by_name[name].now
            sign = "+" if change > 0 else formats.MINUS
            parts.append(f"{sign}{trn(one, many, abs(change))}")
    return parts


def seal(state: SealState) -> str:
    """Say what the seal of a book tells."""
    return tr(_SEALS[state])
