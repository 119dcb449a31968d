"""Whether what is in a book is whole, and is ours: structure, keys, and the names of all in it (cases 10 to 14, 22).

Nothing here writes.
"""

import re

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from app.data import schema
from app.data.copying import structure_problems
from app.data.opening import UNTOUCHED
from app.data.plain import driver_of
from app.errors import DamagedBookError, WayOut

MOST_MESSAGES = 100
_OF_AN_INDEX = re.compile(r"row \d+ missing from index .+|wrong # of entries in index .+|non-unique entry in index .+")

_RESCUE_FIRST = (WayOut.RESCUE, WayOut.BACKUP)
_NOTHING_LOST = "It was not touched. Rescue it into a new book, in which nothing will be missing, or open a backup."


def must_be_whole(connection: Connection, name: str, version: int, *, full: bool) -> None:
    """Refuse a book that is damaged; `full` looks into the indexes too.

    Raises:
        DamagedBookError: says what is damaged, and whether a backup or a rescue is the better way out.
    """
    check = "integrity_check" if full else "quick_check"
    said = structure_problems(driver_of(connection.connection), f"{check}({MOST_MESSAGES})")
    if said:
        if all(_OF_AN_INDEX.fullmatch(line) for line in said) or _tables_are_whole(connection):
            raise DamagedBookError(
                f"{name} has a damaged index; its records themselves are whole.", _NOTHING_LOST, ways=_RESCUE_FIRST
            )
        raise DamagedBookError(f"{name} is damaged.", UNTOUCHED)
    missing = _tables() - _names(connection, "table") if version == schema.VERSION else set()
    if missing:
        raise DamagedBookError(f"{name} is damaged: it has lost its table “{min(missing)}”.", UNTOUCHED)


def must_belong(connection: Connection, name: str) -> None:
    """Refuse a book with records that belong to something that is no longer there, by raising DamagedBookError."""
    orphans = len(connection.exec_driver_sql("PRAGMA foreign_key_check").all())
    if orphans:
        records = "1 record belongs" if orphans == 1 else f"{orphans:,} records belong"
        raise DamagedBookError(
            f"{name} is damaged: {records} to something that is no longer there.", UNTOUCHED, ways=_RESCUE_FIRST
        )


def not_ours(connection: Connection, version: int) -> str:
    """Name something in a book that no Rapport put there, '' where there is none; a trigger could change what is typed.

    What tables an older or a newer book has is its own affair.
    """
    for kind in ("trigger", "view"):
        if found := _names(connection, kind):
            return f"the {kind} “{_one_line(min(found))}”"
    if version == schema.VERSION:
        for kind, ours in (("table", _tables()), ("index", _indexes())):
            if found := _names(connection, kind) - ours:
                return f"the {kind} “{_one_line(min(found))}”"
    return ""


def _tables_are_whole(connection: Connection) -> bool:
    """Tell whether every table is, so that the damage is in what can be made anew: the index of words."""
    try:
        return all(
            connection.exec_driver_sql(f'PRAGMA integrity_check("{name}")').scalars().all() == ["ok"]
            for name in _tables()
        )
    except DatabaseError:
        return False


def _one_line(name: str) -> str:
    return " ".join(name.split())[:60]


def _names(connection: Connection, kind: str) -> set[str]:
    sql = "SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    found = {str(name) for name in connection.exec_driver_sql(sql, (kind,)).scalars()}
    if kind == "table":
        # The index of words, which is no data, and the tables in which SQLite keeps it.
        index = "SELECT name FROM pragma_table_list WHERE type = 'shadow' OR name = 'full_text' AND type = 'virtual'"
        found -= {str(name) for name in connection.exec_driver_sql(index).scalars()}
    return found


def _tables() -> set[str]:
    return set(schema.metadata.tables)


def _indexes() -> set[str]:
    return {str(index.name) for table in schema.metadata.tables.values() for index in table.indexes}
