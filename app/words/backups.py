"""What is said of backups: the status line, the reasons, what would change."""

from datetime import datetime

from app.domain.backups import Backup, BackupStatus, Difference, Reason, SealState
from app.words import formats
from app.words.catalogue import tr, trn

_REASONS = {
    Reason.ASKED: "asked for",
    Reason.REGULAR: "every half hour",
    Reason.CLOSE: "at closing",
    Reason.COMMAND: "by a command",
    Reason.IMPORT: "before an import",
    Reason.BULK: "before a change of many",
    Reason.ERASE: "before erasing",
    Reason.RESTORE: "before a restore",
    Reason.MIGRATION: "before an update",
}
_SEALS = {
    SealState.KNOWN: "closed by this program on this computer, and unchanged since",
    SealState.UNKNOWN: "not closed by this program on this computer",
    SealState.NONE: "not closed here before",
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
    return tr("Backup {when}, checked, {clients}").format(
        when=moment(found.newest.made, now), clients=trn("{n} client", "{n} clients", clients)
    )


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


def differences(found: tuple[Difference, ...]) -> str:
    """Say how a backup differs from the book now."""
    by_name = {difference.table: difference for difference in found}
    parts = []
    for name, one, many in _NOUNS:
        if name in by_name:
            change = by_name[name].then - by_name[name].now
            sign = "+" if change > 0 else formats.MINUS
            parts.append(f"{sign}{trn(one, many, abs(change))}")
    if parts:
        return tr("Against the book now: {parts}.").format(parts=", ".join(parts))
    return tr("It holds as many rows as the book now.")


def seal(state: SealState) -> str:
    """Say what the seal of a book tells."""
    return tr(_SEALS[state])
