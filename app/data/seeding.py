"""Rows that are there from the beginning: the sample book and the loads of the benches, which nobody undoes."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter

from sqlalchemy import Table

from app.data.database import Database
from app.data.recorder import Recorder, Row


@contextmanager
def seeding(database: Database) -> Iterator[Recorder]:
    """Give a recorder for one transaction that leaves no step behind: no history, nothing to undo, nobody told.

    Only for a book just made; whatever a person does goes through `Database.write`.
    """
    with database.write("") as recorder:
        yield recorder
        recorder.recorded.clear()


def stored_row(table: Table, names: Sequence[str]) -> Callable[[Row], Row]:
    """Give what turns values of the columns named, in their stored form, into a whole row for `insert_stored`.

    Columns left out take '' or NULL.
    """
    columns = [column for column in table.columns if column.name != "id"]
    defaults = tuple("" if column.server_default is not None else None for column in columns)
    places = [
        names.index(column.name) if column.name in names else len(names) + number
        for number, column in enumerate(columns)
    ]
    pick: Callable[[Row], Row] = itemgetter(*places)
    return lambda row: pick(row + defaults)
