"""How far undo reaches, and what the store of change sets forgets (RELIABILITY P14).

Undo reaches 200 steps or 30 days, whichever is less, and never past a migration: the rows of an older schema cannot be
put back. Change sets are kept two years, the rows that imports brought or changed 90 days.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from app.data import schema

STEPS = 200
UNDO_FOR = timedelta(days=30)
SETS_FOR = timedelta(days=730)
IMPORT_ROWS_FOR = timedelta(days=90)
# A step that brought in more rows than this is an import.
IMPORT = 100

# The schema the steps are of, and the last step of the schema before; books begin with version 1.
KEPT = _VERSION, _BARRIER = "steps_version", "steps_barrier"
_IMPORT_ROWS = f"""
    SELECT DISTINCT c.change_set_id FROM change c JOIN change_set s ON s.id = c.change_set_id
    WHERE s.at < ? AND c.rows IS NOT NULL AND c.change_set_id IN (
        SELECT change_set_id FROM change WHERE operation = 'insert' GROUP BY change_set_id
        HAVING SUM(row_count) > {IMPORT}
    )"""
_OLD_SETS = f"""
    SELECT id FROM change_set WHERE at < ? AND id <= (SELECT id FROM change_set ORDER BY id DESC LIMIT 1 OFFSET {STEPS})
    """


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


def note_version(connection: Connection) -> None:
    """Keep which schema the next step is of; called before each one, writes only after a migration."""
    if not _same_version(connection):
        _set_meta(connection, _BARRIER, str(_last_step(connection)))
        _set_meta(connection, _VERSION, str(_version(connection)))


def is_due(connection: Connection, now: datetime | None = None) -> bool:
    """Tell whether there is anything to forget."""
    today = _today(connection, now)
    if today is None:
        return False
    sets = connection.exec_driver_sql(f"{_OLD_SETS} LIMIT 1", (_before(today, SETS_FOR),)).first()
    return bool(
        sets or connection.exec_driver_sql(f"{_IMPORT_ROWS} LIMIT 1", (_before(today, IMPORT_ROWS_FOR),)).first()
    )


def forget(connection: Connection, now: datetime | None = None) -> None:
    """Forget what has been kept long enough."""
    today = _today(connection, now)
    if today is None:
        return
    imports = connection.exec_driver_sql(_IMPORT_ROWS, (_before(today, IMPORT_ROWS_FOR),)).scalars().all()
    for set_id in imports:
        connection.exec_driver_sql("UPDATE change SET rows = NULL WHERE change_set_id = ?", (set_id,))
        connection.exec_driver_sql(
            "UPDATE change_set SET state = 'dropped' WHERE id = ? AND state = 'undone'", (set_id,)
        )
    sets = connection.exec_driver_sql(_OLD_SETS, (_before(today, SETS_FOR),)).scalars().all()
    gone = [(set_id,) for set_id in sets]
    if gone:
        connection.exec_driver_sql("DELETE FROM change WHERE change_set_id = ?", gone)
        connection.exec_driver_sql("DELETE FROM change_set WHERE id = ?", gone)


def _today(connection: Connection, now: datetime | None) -> datetime | None:
    """Give the day ages are counted from: a clock set forward must not make yesterday's steps old (RELIABILITY P13)."""
    newest = connection.exec_driver_sql("SELECT at FROM change_set ORDER BY id DESC LIMIT 1").scalar()
    return None if newest is None else min(now or datetime.now(UTC), datetime.fromisoformat(newest))


def _before(today: datetime, length: timedelta) -> str:
    return (today - length).replace(microsecond=0).isoformat()


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
