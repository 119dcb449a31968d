"""How far undo reaches, and what the store of change sets forgets (RELIABILITY P14).

Undo reaches 200 steps or 30 days, whichever is less, and never past a migration: the rows of an older schema cannot be
put back. Change sets are kept two years, the rows that imports brought or changed 90 days, and both through 45 days of
work: a clock set wrong, even one that jumps about for weeks, makes nothing old (P13).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from app.data import schema

STEPS = 200
UNDO_FOR = timedelta(days=30)
# Whatever the clock says, nothing is old before there were steps on so many other days.
DAYS_OF_WORK = 45
# A step that brought in more rows than this is an import.
IMPORT = 100

# The schema the steps are of, and the last step of the schema before; books begin with version 1.
KEPT = _VERSION, _BARRIER, _PASSED = "steps_version", "steps_barrier", "steps_passed"


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept for how long: what finds the change sets that are older, and what then forgets each."""

    length: timedelta
    find: str
    forget: tuple[str, ...]


_FOR_A_WHILE = (
    _Kept(
        timedelta(days=90),
        f"""
        SELECT DISTINCT c.change_set_id FROM change c JOIN change_set s ON s.id = c.change_set_id
        WHERE s.at < ? AND s.id <= ? AND c.rows IS NOT NULL AND c.change_set_id IN (
            SELECT change_set_id FROM change WHERE operation = 'insert' GROUP BY change_set_id
            HAVING SUM(row_count) > {IMPORT}
        )""",
        (
            "UPDATE change SET rows = NULL WHERE change_set_id = ?",
            "UPDATE change_set SET state = 'dropped' WHERE id = ? AND state = 'undone'",
        ),
    ),
    _Kept(
        timedelta(days=730),
        f"""
        SELECT id FROM change_set
        WHERE at < ? AND id <= ? AND id <= (SELECT id FROM change_set ORDER BY id DESC LIMIT 1 OFFSET {STEPS})""",
        ("DELETE FROM change WHERE change_set_id = ?", "DELETE FROM change_set WHERE id = ?"),
    ),
)
_WORKED_SINCE = f"""
    SELECT MAX(id) FROM change_set GROUP BY substr(at, 1, 10) ORDER BY MAX(id) DESC LIMIT 1 OFFSET {DAYS_OF_WORK}"""


def within(connection: Connection, step_id: int, when: datetime, now: datetime | None = None) -> bool:
    """Tell whether undo reaches a step."""
    if (now or datetime.now(UTC)) - when > UNDO_FOR or step_id <= barrier(connection):
        return False
    sql = f"SELECT id FROM change_set WHERE state != 'dropped' ORDER BY id DESC LIMIT 1 OFFSET {STEPS}"
    too_far = connection.exec_driver_sql(sql).scalar()
    return too_far is None or step_id > int(too_far)


def barrier(connection: Connection) -> int:
    """Give the last step taken under another schema than the book has now; 0 where there is none."""
    return int(_meta(connection, _BARRIER, "0")) if _same_version(connection) else _last_step(connection)


def passed_over(connection: Connection) -> frozenset[int]:
    """Give the steps that undo goes on behind, for it could not take them back."""
    return frozenset(map(int, _meta(connection, _PASSED, "").split()))


def pass_over(connection: Connection, step_id: int) -> None:
    """Let undo go on behind a step, as long as that is kept."""
    kept = connection.exec_driver_sql("SELECT COALESCE(MIN(id), 0) FROM change_set").scalar_one()
    passed = sorted({step_id, *(known for known in passed_over(connection) if known >= kept)})
    _set_meta(connection, _PASSED, " ".join(map(str, passed)))


def note_version(connection: Connection) -> None:
    """Keep which schema the next step is of; called before each one, writes only after a migration."""
    if not _same_version(connection):
        _set_meta(connection, _BARRIER, str(_last_step(connection)))
        _set_meta(connection, _VERSION, str(_version(connection)))


def is_due(connection: Connection, now: datetime | None = None) -> bool:
    """Tell whether there is anything to forget."""
    return any(
        connection.exec_driver_sql(f"{kept.find} LIMIT 1", bounds).first() for kept, bounds in _bounds(connection, now)
    )


def forget(connection: Connection, now: datetime | None = None) -> None:
    """Forget what has been kept long enough."""
    for kept, bounds in _bounds(connection, now):
        old = [(set_id,) for set_id in connection.exec_driver_sql(kept.find, bounds).scalars()]
        for statement in kept.forget if old else ():
            connection.exec_driver_sql(statement, old)


def _bounds(connection: Connection, now: datetime | None) -> Iterator[tuple[_Kept, tuple[str, int]]]:
    """Give for each the time before which, and the step up to which, it is old; nothing in a book little used."""
    newest = connection.exec_driver_sql("SELECT at FROM change_set ORDER BY id DESC LIMIT 1").scalar()
    worked_since = connection.exec_driver_sql(_WORKED_SINCE).scalar()
    if newest is None or worked_since is None:
        return
    # A clock set forward must not make yesterday's steps old.
    today = min(now or datetime.now(UTC), datetime.fromisoformat(newest))
    for kept in _FOR_A_WHILE:
        yield kept, ((today - kept.length).replace(microsecond=0).isoformat(), int(worked_since))


def _same_version(connection: Connection) -> bool:
    return int(_meta(connection, _VERSION, "1")) == _version(connection)


def _version(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _last_step(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT COALESCE(MAX(id), 0) FROM change_set").scalar_one())


def _meta(connection: Connection, key: str, default: str) -> str:
    found = connection.exec_driver_sql("SELECT value FROM meta WHERE key = ?", (key,)).scalar()
    return default if found is None else str(found)


def _set_meta(connection: Connection, key: str, value: str) -> None:
    table = schema.meta
    connection.execute(table.delete().where(table.c.key == key))
    connection.execute(table.insert().values(key=key, value=value))
