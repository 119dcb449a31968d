"""Rows as the driver gives them: plain tuples, without a wrapper for each (half the time of a large read)."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, PoolProxiedConnection

from app.errors import AppError


def fetched(connection: Connection, sql: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
    """Read all rows of a statement through the driver's own cursor."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, tuple(values))
        return list(cursor.fetchall())
    finally:
        cursor.close()


def driver_of(raw: PoolProxiedConnection) -> sqlite3.Connection:
    """Give SQLite's own connection; raises AppError where the book is closed."""
    driver = raw.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise AppError("The book is closed.", "Open it again.")
    return driver
