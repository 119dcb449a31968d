"""The trash: what was deleted, and the way to bring it back as one more step."""

from collections.abc import Mapping

from sqlalchemy import Connection

from app.data import clients as client_data
from app.data import firm as firm_data
from app.data import schema
from app.data import trash as data
from app.data.database import Database
from app.data.kept import Values, last_known, values_in
from app.data.trash import Gone
from app.domain.changes import BroughtBack, TrashEntry
from app.errors import AppError, AskedWrongError
from app.words import changes as words
from app.words.catalogue import tr

# So many things of a deletion are named; the others are counted.
NAMED = 3


class Trash:
    """What is gone from the book and still kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def entries(self) -> list[TrashEntry]:
        """Read what can be brought back, newest first; many thousand rows take a moment."""
        with self._database.read() as connection:
            currency = firm_data.read(connection).currency
            return [_entry(connection, gone, currency) for gone in data.every(connection)]

    def bring_back(self, step_id: int) -> BroughtBack:
        """Put back what one step took away, with all that belonged to it, as a new step.

        Raises:
            AskedWrongError: it is there again already.
            AppError: what it belongs to is gone, or its name is taken; nothing is changed.
        """
        with self._database.write("") as recorder:
            connection = recorder.connection
            gone = next((gone for gone in data.every(connection) if gone.step.id == step_id), None)
            if gone is None:
                raise AskedWrongError(tr("There is nothing left to bring back."), tr("It stands in the book again."))
            currency = firm_data.read(connection).currency
            settled = data.settle(connection, gone)
            if settled.missing:
                raise _missing(connection, settled.missing, currency)
            _names_must_be_free(connection, gone)
            what = _things(connection, gone, currency)
            recorder.what = words.bring_back(what)
            rows = data.put_back(recorder, gone, settled)
        return BroughtBack(what, rows, settled.without)


def _entry(connection: Connection, gone: Gone, currency: str) -> TrashEntry:
    roots = {name: set(ids) for name, ids in gone.roots.items()}
    others = {
        name: count
        for name, rows in gone.rows.items()
        if name in data.THINGS and (count := len(rows.keys() - roots.get(name, set())))
    }
    return TrashEntry(
        step_id=gone.step.id,
        when=gone.step.when,
        who=gone.step.who,
        what=gone.step.what,
        things=_things(connection, gone, currency),
        belongings=words.listed_counts(others),
        count=sum(map(len, gone.rows.values())),
        taken_back=gone.taken_back,
    )


def _things(connection: Connection, gone: Gone, currency: str) -> str:
    titles = {}
    for name, ids in gone.roots.items():
        table = schema.metadata.tables[name]
        rows = (values_in(connection, table, gone.rows[name][row_id]) for row_id in ids[:NAMED])
        titles[name] = [words.title(name, row, currency) for row in rows]
    said = words.things(titles, {name: len(ids) for name, ids in gone.roots.items()})
    client = _client_of(connection, gone)
    return words.of_client(said, str(client["name"])) if client else said


def _client_of(connection: Connection, gone: Gone) -> Values | None:
    """Give the one client all the things are of, if it is one."""
    clients = set()
    for name, ids in gone.roots.items():
        columns = schema.metadata.tables[name].columns.keys()
        if "client_id" not in columns:
            return None
        place = columns.index("client_id")
        clients |= {gone.rows[name][row_id][place] for row_id in ids}
    if len(clients) != 1 or None in clients:
        return None
    return last_known(connection, schema.client, clients.pop())


def _missing(connection: Connection, missing: tuple[tuple[str, int], ...], currency: str) -> AppError:
    name, row_id = missing[0]
    row = last_known(connection, schema.metadata.tables[name], row_id)
    what = f"{words.thing(name)} {words.title(name, row, currency)}" if row else words.nobody_knows(name)
    more = len(missing) - 1
    others = tr(" and {n} more").format(n=more) if more else ""
    return AppError(
        tr("It belongs to the {what}{others}, no longer in the book.").format(what=what, others=others),
        tr("Nothing was changed. Bring that back first, then this."),
    )


def _names_must_be_free(connection: Connection, gone: Gone) -> None:
    taken = client_data.names_taken(connection)
    rows: Mapping[int, tuple[object, ...]] = gone.rows.get("client", {})
    for stored in rows.values():
        client = values_in(connection, schema.client, stored)
        for name in filter(None, (str(client["name"]), str(client["code"]))):
            holder = taken.get(name.lower())
            if holder is not None:
                other = client_data.one(connection, holder)
                raise AppError(
                    tr("“{name}” is taken: the client {other} goes by it now.").format(
                        name=name, other=other.name if other else name
                    ),
                    tr("Nothing was changed. Rename that one first, then bring this back."),
                )
