"""How the book is: its size and room, when it was last found whole, its backups, and what it is made with."""

import platform
import shutil
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.data.database import Database
from app.data.rescue import rescue
from app.data.seal import Seals
from app.domain.backups import BackupStatus, SealState
from app.domain.rescue import Rescued
from app.errors import AppError
from app.services.backups import Backups
from app.version import VERSION


@dataclass(frozen=True, slots=True)
class Health:
    """What the Health page shows. Sizes are bytes; `last_check` is None where the book was never checked end to end."""

    path: Path
    size: int
    free: int
    seal: SealState
    last_check: datetime | None
    backups: BackupStatus
    backups_folder: Path
    schema: int
    app: str
    sqlite: str
    python: str


class HealthCheck:
    """Looks after one open book."""

    def __init__(self, database: Database, backups: Backups, seals: Seals) -> None:
        self._database = database
        self._backups = backups
        self._seals = seals

    def look(self, now: datetime) -> Health:
        """Give the book's health without checking anything anew."""
        path = self._database.path
        size = free = 0
        with suppress(OSError):
            size = path.stat().st_size
            free = shutil.disk_usage(path.parent).free
        return Health(
            path=path,
            size=size,
            free=free,
            seal=self._database.seal,
            last_check=self._last_check(),
            backups=self._backups.status(now),
            backups_folder=self._backups.folder,
            schema=self._database.header.version,
            app=VERSION,
            sqlite=sqlite3.sqlite_version,
            python=platform.python_version(),
        )

    def check_now(self) -> list[str]:
        """Check the whole book and the newest backup; an empty list when all is well. Not in the window's thread."""
        problems = self._database.problems()
        if not problems:
            self._seals.checked(self._database.book_id, datetime.now(UTC).isoformat(timespec="seconds"))
        newest = self._backups.newest()
        if newest:
            try:
                self._backups.verify(newest)
            except AppError as error:
                problems.append(error.sentence)
        return problems

    def _last_check(self) -> datetime | None:
        with suppress(ValueError):
            return datetime.fromisoformat(self._seals.last_check(self._database.book_id))
        return None


def rescue_book(damaged: Path, target: Path) -> Rescued:
    """Bring everything readable of a damaged book that nobody has open into a new one at a place that is free.

    The damaged file stays as it is. Takes seconds: not in the window's thread. Raises as `app.data.rescue.rescue`.
    """
    return rescue(damaged, target)
