"""Runs Alembic's revisions over one book: everything in one explicit transaction, or nothing (ARCHITECTURE 17).

A revision `0002_what_it_does.py` turns version 1 of the book into version 2. It may rebuild tables by
`op.batch_alter_table(..., table_kwargs={"sqlite_autoincrement": True})`: keys are off, so that no child is deleted
with its parent, and all of them are checked before COMMIT. Where it means to add or remove rows, it names those tables:
`changes_rows = frozenset({"stage"})`.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from app.data import schema
from app.data.copying import table_counts
from app.data.engine import translated, writer_engine
from app.data.full_text import fill
from app.data.plain import driver_of
from app.errors import AppError

FOLDER = Path(__file__).parent


def revision_of(version: int) -> str:
    """Give the name of the revision that makes a version of the book."""
    return f"{version:04}"


def migrate(path: Path, before: int, *, folder: Path = FOLDER, to: int = schema.VERSION) -> None:
    """Bring the book at `path` from version `before` to `to`; killed or refused anywhere, it is the old book.

    Nobody else may have it open, and its verified backup must exist already.
    """
    engine = writer_engine(path)
    try:
        with translated(path.name), engine.connect() as connection:
            # Within a transaction SQLite would not hear this; it asks for no transaction by itself.
            driver_of(connection.connection).execute("PRAGMA foreign_keys = OFF").close()
            with connection.begin():
                _migrate(connection, before, folder, to)
    except (DatabaseError, sqlite3.DatabaseError) as error:
        raise AppError(
            f"{path.name} could not be brought up to date.", "Nothing was changed; check disk and space, and try again."
        ) from error
    finally:
        engine.dispose()


def _migrate(connection: Connection, before: int, folder: Path, to: int) -> None:
    counts, last_ids = table_counts(driver_of(connection.connection)), _last_ids(connection)
    _stamp(connection, before)
    scripts = ScriptDirectory(str(folder))
    target = revision_of(to)

    def steps(revision: Any, _: object) -> Iterable[Any]:  # noqa: ANN401 - Alembic's own
        return scripts._upgrade_revs(target, revision)

    with EnvironmentContext(Config(), scripts, fn=steps, destination_rev=target) as environment:
        environment.configure(connection=connection, target_metadata=None)
        environment.run_migrations()
    _keep_last_ids(connection, last_ids)
    _must_hold_the_same_rows(connection, counts, _tables_changed(scripts, before, to))
    orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if orphan:
        raise AppError(f"The book cannot be brought up to date: a row of {orphan[0]} lost what it belongs to.", _KEPT)
    if to >= schema.VERSION:
        fill(driver_of(connection.connection))
    connection.exec_driver_sql(f"PRAGMA user_version = {to}")
    if not driver_of(connection.connection).in_transaction:
        # SQLite ends a transaction by itself where the disk fails; what came after must not stand alone.
        raise AppError("The disk failed while the book was brought up to date.", _KEPT)


_KEPT = "Nothing was changed; use the older program, and report this."


def _stamp(connection: Connection, version: int) -> None:
    """Let Alembic go on from the version in the file's header, which no other program touches."""
    table = schema.revision
    table.create(connection, checkfirst=True)
    connection.execute(table.delete())
    if version:
        connection.execute(table.insert().values(version_num=revision_of(version)))


def _tables_changed(scripts: ScriptDirectory, before: int, to: int) -> frozenset[str]:
    changed: frozenset[str] = frozenset({schema.revision.name})
    for version in range(before + 1, to + 1):
        module = scripts.get_revision(revision_of(version)).module
        changed |= getattr(module, "changes_rows", frozenset())
    return changed


def _must_hold_the_same_rows(connection: Connection, before: dict[str, int], changed: frozenset[str]) -> None:
    after = table_counts(driver_of(connection.connection))
    for name, count in before.items():
        if name not in changed and after.get(name) != count:
            raise AppError(
                f"The book cannot be brought up to date: {name} had {count:,} rows and would have"
                f" {after.get(name, 0):,}.",
                _KEPT,
            )


def _last_ids(connection: Connection) -> dict[str, int]:
    if not connection.exec_driver_sql("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").first():
        return {}
    found = connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence")
    return {str(name): int(last) for name, last in found}


def _keep_last_ids(connection: Connection, before: dict[str, int]) -> None:
    """A rebuilt table has forgotten the ids of deleted rows; they must never return."""
    for name, last in before.items():
        connection.exec_driver_sql("UPDATE sqlite_sequence SET seq = MAX(seq, ?) WHERE name = ?", (last, name))
