"""Rows as the driver gives them: plain tuples, without a wrapper for each (half the time of a large read)."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection


def fetched(connection: Connection, sql: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
    """Read all rows of a statement through the driver's own cursor."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, tuple(values))
        return list(cursor.fetchall())
    finally:
        cursor.close()
