"""What is left after a fault: the book of before or of after, nothing said to be saved lost, every backup whole."""

import sqlite3
from contextlib import closing
from pathlib import Path

from app.data import schema
from app.data.backup import BackupFolder, verify
from app.data.unfinished import left_in_mid_change
from app.domain.backups import Backup, Reason
from app.errors import AppError
from app.services.book import open_book
from tests.data.index_of import index_made_anew, index_of
from tests.faults.kit import Fault, Tally, said_in
from tests.faults.workloads import BROKEN_BYTES, NEXT, book_in, fingerprint, paths_in


class Judge:
    """Knows through which states a workload leads when nothing happens, and compares."""

    def __init__(self, tally: Tally, workload: str, before: str, said: list[str]) -> None:
        self.tally = tally
        self.workload = workload
        self.states = [before, *_saved(said)]

    def look(self, folder: Path, fault: Fault | str) -> None:
        """Judge what one fault left behind; what is wrong goes into the tally."""
        self.tally.injected += 1
        said = said_in(folder)
        where = f"{self.workload}, {fault}"
        killed = isinstance(fault, str) or "KILL" in fault.kind
        wrong = [line for line in said if line.startswith(("HALF", "GAVE UP", "MISTAKE"))]
        if wrong or (not killed and said[-1:] != ["end"]):
            self.tally.half.append(f"{where}: {(wrong or said or ['nothing said'])[-1][:1500]}")
        try:
            self._book(folder, _saved(said), where)
            self._backups(folder, where)
        except (AppError, sqlite3.Error) as error:
            self.tally.lost.append(f"{where}: {error}")

    def _book(self, folder: Path, saved: list[str], where: str) -> None:
        path = book_in(folder)
        if self.workload == "damaged" and path.stat().st_size == BROKEN_BYTES:
            if saved or path.read_bytes() != (folder / "broken").read_bytes():
                self.tally.lost.append(f"{where}: the damaged book was changed")
            return
        if _version(path) == schema.VERSION:
            book = open_book(path, write=True, paths=paths_in(folder))
            try:
                problems = book.problems()
            finally:
                book.close()
        else:
            problems = _integrity(path)
        if problems:
            self.tally.lost.append(f"{where}: {problems[0]}")
        if index_of(path) != index_made_anew(path):
            self.tally.half.append(f"{where}: words would be found where they no longer stand, or not where they do")
        if left_in_mid_change(path):
            self.tally.half.append(f"{where}: a journal is left")
        state, done = fingerprint(path), len(saved)
        if saved != self.states[1 : done + 1]:
            self.tally.half.append(f"{where}: it went through other states")
        if state not in self.states[done : done + 2]:
            (self.tally.lost if state in self.states else self.tally.half).append(f"{where}: after {done} steps")
        if self.workload in {"restore", "damaged"} and state == self.states[1]:
            self._kept(folder, where)

    def _kept(self, folder: Path, where: str) -> None:
        """What was replaced must be there: in a backup of its own, or set aside."""
        if self.workload == "damaged":
            aside = sorted(book_in(folder).parent.glob("*.damaged-*"))
            if not aside or aside[0].read_bytes() != (folder / "broken").read_bytes():
                self.tally.lost.append(f"{where}: the damaged book was not set aside")
            return
        before = [backup for backup in _backups(folder) if backup.reason == Reason.RESTORE]
        if not any(fingerprint(backup.path) == self.states[0] for backup in before):
            self.tally.lost.append(f"{where}: what was replaced is in no backup")
        copy = book_in(folder).with_name("copy.rapport")
        if copy.exists() and _integrity(copy):
            self.tally.half.append(f"{where}: a copy came out half")

    def _backups(self, folder: Path, where: str) -> None:
        backups = _backups(folder)
        for backup in backups:
            if not backup.verified:
                self.tally.half.append(f"{where}: {backup.path.name} has its name and was not proven")
            verify(backup)
        if len(backups) < 10:
            self.tally.lost.append(f"{where}: only {len(backups)} backups are left")
        if self.workload == "migrate" and _version(book_in(folder)) == NEXT and not any(b.pinned for b in backups):
            self.tally.lost.append(f"{where}: brought up to date without a backup")


def _saved(said: list[str]) -> list[str]:
    return [line.split()[1] for line in said if line.startswith("saved")]


def _version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as plain:
        return int(plain.execute("PRAGMA user_version").fetchone()[0])


def _integrity(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as plain:
        return [word for (word,) in plain.execute("PRAGMA integrity_check") if word != "ok"]


def _backups(folder: Path) -> list[Backup]:
    return [backup for place in (folder / "profile" / "backups").iterdir() for backup in BackupFolder(place).every()]
