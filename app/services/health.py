"""How the book is: its size and room, when it was last found whole, its backups, and what it is made with."""

import platform
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.data.copying import Cancelled, never
from app.data.database import Database
from app.data.rescue import rescue
from app.data.seal import Seals
from app.domain.backups import BackupStatus, SealState, SecondState
from app.domain.rescue import Rescued
from app.errors import AppError
from app.paths import Paths
from app.services.backups import Backups
from app.version import VERSION
from app.words.catalogue import tr


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
    second: SecondState | None
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
        path, second = self._database.path, self._backups.second
        size = free = 0
        with suppress(OSError):
            size = path.stat().st_size
            free = shutil.disk_usage(path.parent).free
        return Health(
            path=path,
            size=size,
            free=free,
            seal=self._database.seal,
            last_check=self._seals.last_check(self._database.book_id),
            backups=self._backups.status(now),
            backups_folder=self._backups.folder,
            second=second.state(path) if second else None,
            schema=self._database.header.version,
            app=VERSION,
            sqlite=sqlite3.sqlite_version,
            python=platform.python_version(),
        )

    def check_now(self, report: Callable[[int, int, str], object], cancelled: Cancelled = never) -> list[str]:
        """Check the whole book and the newest backup; an empty list when all is well. Not in the window's thread.

        `report` hears how far it is, step by step. Raises CancelledError where `cancelled` said so.
        """
        report(0, 2, tr("Reading the book from end to end"))
        problems = self._database.problems(cancelled)
        if not problems:
            self._seals.checked(self._database.book_id, datetime.now(UTC))
        report(1, 2, tr("Reading the newest backup"))
        newest = self._backups.newest()
        if newest:
            try:
                self._backups.verify(newest, cancelled)
            except AppError as error:
                problems.append(error.sentence)
        return problems


def rescue_book(damaged: Path, target: Path, paths: Paths) -> Rescued:
    """Bring everything readable of a damaged book that nobody has open into a new one at a place that is free.

    The damaged file stays as it is. Takes seconds: not in the window's thread. Raises as `app.data.rescue.rescue`.
    """
    rescued = rescue(damaged, target)
    Seals(paths.seals).copied(rescued.book_id, rescued.digest)
    return rescued
