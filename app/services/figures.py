"""Figures on demand: the series of each client are kept, and so is what was worked out for the last few days."""

import threading
from collections.abc import Mapping
from datetime import date
from time import monotonic
from typing import TypeVar

from app.collector import collector_paused
from app.data import figures as data
from app.data import firm as firm_data
from app.data.database import Database
from app.domain.changes import ChangeSet
from app.domain.vocabulary import StartRule
from app.services import series as reading
from app.services.book_figures import BookFigures, cadence_table
from app.services.own_figures import OwnFigures
from app.services.series import ClientSeries

KEPT_DAYS = 4
FEW_CLIENTS = 500
"""Up to so many touched clients are read again one by one; beyond, the whole book."""
Key = TypeVar("Key")
Kept = TypeVar("Kept")


class Figures:
    """Figures on demand. Hears of every change and forgets only the clients it touched; safe in any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.RLock()
        self._series: dict[int, ClientSeries] | None = None
        self._stale: set[int] = set()
        self._known: dict[tuple[date, StartRule | None], BookFigures] = {}
        self._before: dict[tuple[date, StartRule], BookFigures] = {}
        database.listeners.append(self._on_changed)

    def on(self, as_of: date, rule: StartRule | None = None) -> BookFigures:
        """Give every figure of the book on a day; `rule` overrides the firm's start of relationships."""
        with self._lock:
            known = self._known.get((as_of, rule))
            if known is None:
                known = self._compute(as_of, rule)
                _keep(self._known, (as_of, rule), known)
            return known

    def series(self, client_id: int) -> ClientSeries:
        """Give one client's dated rows, for explanations and strips."""
        with self._lock:
            return self._fresh()[client_id]

    def add_up_costs(self, seconds: float) -> bool:
        """Add up clients' costs ahead of being asked, for so long; tells whether some may be left."""
        if not self._lock.acquire(blocking=False):
            return True  # another thread is reading series anew
        try:
            kept = tuple((self._series or {}).values())
        finally:
            self._lock.release()
        until = monotonic() + seconds
        for rows in kept:
            if monotonic() > until:
                return True
            rows.add_up()
        return False

    def newest_fee_day(self) -> date | None:
        """Give the day of the newest fee: a book of old data is best viewed as of then."""
        with self._database.read() as connection:
            return data.newest_fee_day(connection)

    def _on_changed(self, change_set: ChangeSet) -> None:
        with self._lock:
            self._known.clear()
            if change_set.clients is None:
                self._series = None
            else:
                self._stale |= change_set.clients

    def _fresh(self) -> dict[int, ClientSeries]:
        if self._series is None or len(self._stale) > FEW_CLIENTS:
            with self._database.read() as connection:
                self._series = _by_name(reading.read(connection))
            self._before.clear()
        elif self._stale:
            with self._database.read() as connection:
                again = reading.read(connection, tuple(sorted(self._stale)))
            left = {key: rows for key, rows in self._series.items() if key not in self._stale}
            self._series = _by_name(left | again)
        self._stale.clear()
        return self._series

    def _compute(self, as_of: date, rule: StartRule | None) -> BookFigures:
        with self._database.read() as connection:
            firm = firm_data.read(connection)
            levels = tuple(firm_data.tiers(connection))
            table = cadence_table(firm_data.cadence(connection))
        series = self._fresh()
        rule = rule or firm.start_rule
        with collector_paused():
            # A change gives only the clients it touched new series; only their own figures are worked out anew.
            before = self._before.get((as_of, rule))
            kept = {} if before is None else before.clients
            own = {
                key: known.own
                if (known := kept.get(key)) and known.own.series is rows
                else OwnFigures(rows, as_of, rule)
                for key, rows in series.items()
            }
            book = BookFigures(own, firm, levels, table, as_of, before)
            _keep(self._before, (as_of, rule), book)
            return book


def _keep(kept: dict[Key, Kept], key: Key, value: Kept) -> None:
    """Keep a value as the newest of a few."""
    kept.pop(key, None)
    while len(kept) >= KEPT_DAYS:
        kept.pop(next(iter(kept)))
    kept[key] = value


def _by_name(series: Mapping[int, ClientSeries]) -> dict[int, ClientSeries]:
    """Order clients by name, whichever were read last: ties of rank and of warnings must not depend on it."""
    return dict(sorted(series.items(), key=lambda item: (item[1].client.name.casefold(), item[0])))
