"""The second place for backups: a stick, a share or a cloud folder that a person chose gets a copy of each backup."""

import os
from pathlib import Path

from app.data.backup import BackupFolder
from app.domain.backups import Backup, SecondState
from app.errors import AppError, AskedWrongError
from app.words.catalogue import tr


class SecondPlace:
    """One folder; the backups of each book lie in a folder of its own there."""

    def __init__(self, folder: Path, book_id: str) -> None:
        self.folder = folder
        self._backups = BackupFolder(folder / (book_id or "nameless"))

    def take(self, backup: Backup) -> None:
        """Take a copy of a finished backup; raises AppError where the place is away or refuses."""
        # Made anew it might be an empty folder where a stick is put in on better days.
        if not self.folder.is_dir():
            raise AppError(
                tr("The second place for backups, {folder}, is not there.").format(folder=self.folder),
                tr("Put the stick in or connect the share; or choose another place in the settings."),
            )
        self._backups.take(backup)

    def state(self, book: Path) -> SecondState:
        """Look what stands there of a book."""
        there = self.folder.is_dir()
        mine = [found for found in self._backups.every() if found.source == str(book)] if there else []
        newest = next((found for found in mine if found.verified), None)
        return SecondState(self.folder, there, newest, len(mine), there and _same_disk(self.folder, book))


def must_be_a_second_place(folder: Path, own: Path) -> None:
    """Refuse a folder that is no second place: none at all, the one where the backups lie, or one not to be written."""
    if not folder.is_dir():
        raise AskedWrongError(tr("There is no folder {folder}.").format(folder=folder), tr("Choose one that is there."))
    place = folder.resolve()
    if place == own.resolve() or own.resolve() in place.parents:
        raise AskedWrongError(tr("There the backups lie already."), tr("Choose a folder on another disk."))
    if not os.access(folder, os.W_OK | os.X_OK):
        raise AskedWrongError(tr("{folder} cannot be written.").format(folder=folder), tr("Choose a folder of yours."))


def _same_disk(one: Path, other: Path) -> bool:
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:
        return False
