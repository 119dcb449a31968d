"""New books: made under an unfinished name, and never over anything."""

import os
import uuid
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import Connection

from app.data import full_text, schema
from app.data.engine import translated, writer_engine
from app.data.opening import LONGEST_NAME
from app.domain.firm import Firm
from app.domain.service_levels import DEFAULT_CADENCE, DEFAULT_TIERS
from app.errors import AppError, AskedWrongError
from app.files import flush_folder


def make_book(path: Path, firm: Firm) -> None:
    """Make a new book; refuses a place where something is already."""
    if os.path.lexists(path):
        raise AskedWrongError(f"There is already something at {path}.", "Choose another name; it was not touched.")
    must_be_a_place(path)
    unfinished = path.with_name(f".{uuid.uuid4().hex}.new")
    try:
        with translated(path.name):
            _build(unfinished, firm)
        appear(unfinished, path)
    except OSError as error:
        raise AppError(
            f"The book cannot be made at {path}: {error.strerror}.", "Check the folder's permissions and its space."
        ) from None
    finally:
        unfinished.unlink(missing_ok=True)


def must_be_a_place(path: Path) -> None:
    """Refuse a name too long and a folder that is not there."""
    if len(os.fsencode(path.name)) > LONGEST_NAME:
        raise AskedWrongError("The name of the book is too long.", f"Choose one of at most {LONGEST_NAME} letters.")
    with suppress(OSError):
        if path.parent.is_dir():
            return
    raise AskedWrongError(f"There is no folder {path.parent}.", "Make it first, or choose another place.")


def appear(unfinished: Path, path: Path) -> None:
    """Give a finished file its name, unless something has it already."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise AskedWrongError(
            f"There is already something at {path}.", "Choose another name; it was not touched."
        ) from None
    except OSError:
        # Some file systems (exFAT, shares) have no links.
        unfinished.rename(path)
    try:
        flush_folder(path.parent)
    except OSError:
        # Refused is refused: the next try must find the place free.
        path.unlink(missing_ok=True)
        raise


def build_empty(path: Path) -> None:
    """Make the tables, stamped, with no row in them but the version's; raises what SQLite raises."""
    path.touch(mode=0o600, exist_ok=False)
    engine = writer_engine(path)
    try:
        with engine.begin() as connection:
            _build_tables(connection)
    finally:
        engine.dispose()


def _build(path: Path, firm: Firm) -> None:
    path.touch(mode=0o600, exist_ok=False)
    engine = writer_engine(path)
    try:
        with engine.begin() as connection:
            _build_tables(connection)
            connection.execute(schema.firm.insert().values(**asdict(firm)))
            for table, rows in ((schema.tier_level, DEFAULT_TIERS), (schema.cadence_rule, DEFAULT_CADENCE)):
                values = [{name: value for name, value in asdict(row).items() if name != "id"} for row in rows]
                connection.execute(table.insert(), values)
            connection.execute(schema.meta.insert().values(key="book_id", value=uuid.uuid4().hex))
    finally:
        engine.dispose()


def _build_tables(connection: Connection) -> None:
    schema.metadata.create_all(connection)
    full_text.create(connection)
    connection.execute(schema.revision.insert().values(version_num=f"{schema.VERSION:04}"))
    connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {schema.VERSION}")
