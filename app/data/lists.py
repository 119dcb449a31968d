"""What the book already holds, as a list is compared with it: plain tuples, names beside ids, read in one go."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table

from app.data import schema

Fact = tuple[Any, ...]
# Above this many clients the whole table is read; below, only theirs.
FEW_CLIENTS = 400


def fees(connection: Connection, clients: Sequence[int]) -> list[Fact]:
    """Read id, client, day, original, currency, rate, document, kind, linked document, engagement, service,
    disbursement, delivery cost.
    """
    sql = """SELECT f.id, f.client_id, f."on", f.original, f.currency, f.rate, f.document, f.kind, l.document, e.name,
        f.service, f.disbursement, f.delivery_cost
        FROM fee f LEFT JOIN fee l ON l.id = f.linked_fee_id LEFT JOIN engagement e ON e.id = f.engagement_id"""
    columns = (None, None, "on", None, None, "rate", None, "kind", None, None, None, "disbursement", None)
    return _read(connection, schema.fee, sql, "f", clients, columns)


def costs(connection: Connection, clients: Sequence[int]) -> list[Fact]:
    """Read id, client (None for general spend), day, amount, kind, note."""
    sql = 'SELECT c.id, c.client_id, c."on", c.amount, c.kind, c.note FROM cost c'
    return _read(connection, schema.cost, sql, "c", clients, (None, None, "on", None, "kind", None), general=True)


def contacts(connection: Connection, clients: Sequence[int]) -> list[Fact]:
    """Read id, client, day, time, direction, channel, summary, began, purpose, minutes, note, counts; none planned."""
    sql = """SELECT c.id, c.client_id, c."on", c.at, c.direction, c.channel, c.summary, c.began, c.purpose, c.minutes,
        c.note, c.counts FROM contact c WHERE NOT c.planned"""
    columns = (None, None, "on", None, "direction", "channel", None, "began", "purpose", None, None, "counts")
    return _read(connection, schema.contact, sql, "c", clients, columns)


def present(connection: Connection, clients: Sequence[int]) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Read who was present: contact -> names of people, names of colleagues, in the order written."""
    found: dict[int, tuple[list[str], list[str]]] = {}
    for place, (child, column, noun) in enumerate(
        (("contact_person", "person_id", "person"), ("contact_colleague", "colleague_id", "colleague"))
    ):
        sql = (
            f"SELECT p.contact_id, n.name FROM {child} p JOIN {noun} n ON n.id = p.{column} "
            "JOIN contact c ON c.id = p.contact_id"
        )
        for contact, name in _rows(connection, sql, "c", clients, order="p.id"):
            found.setdefault(contact, ([], []))[place].append(name)
    return {contact: (tuple(people), tuple(colleagues)) for contact, (people, colleagues) in found.items()}


def feedback(connection: Connection, clients: Sequence[int]) -> list[Fact]:
    """Read id, client, day, person, verbatim, kind, channel, work score, service score, nps."""
    sql = """SELECT f.id, f.client_id, f."on", COALESCE(p.name, ''), f.verbatim, f.kind, f.channel, f.work_score,
        f.service_score, f.nps FROM feedback f LEFT JOIN person p ON p.id = f.person_id"""
    columns = (None, None, "on", None, None, "kind", "channel", None, None, None)
    return _read(connection, schema.feedback, sql, "f", clients, columns)


def fee_spans(connection: Connection) -> dict[int, tuple[date, date]]:
    """Read the first and the last fee day of each client."""
    sql = 'SELECT client_id, MIN("on"), MAX("on") FROM fee GROUP BY client_id'
    return {
        client: (date.fromisoformat(first), date.fromisoformat(last))
        for client, first, last in connection.exec_driver_sql(sql)
    }


def stamp(connection: Connection) -> tuple[int, int]:
    """Read where the history stands; another stamp later means that the book has changed meanwhile."""
    sql = "SELECT COALESCE(MAX(id), 0), COALESCE(SUM(state = 'done'), 0) FROM change_set"
    row = connection.exec_driver_sql(sql).one()
    return int(row[0]), int(row[1])


def _read(
    connection: Connection,
    table: Table,
    sql: str,
    alias: str,
    clients: Sequence[int],
    columns: Sequence[str | None],
    *,
    general: bool = False,
) -> list[Fact]:
    """Read facts and turn the columns named into values of the domain, each different one once."""
    rows = _rows(connection, sql, alias, clients, general=general, order=f"{alias}.id")
    if not rows:
        return []
    parts: list[Iterable[Any]] = []
    for cells, column in zip(zip(*rows, strict=True), columns, strict=True):
        process = _result(connection, table, column) if column else None
        if process is None:
            parts.append(cells)
            continue
        known = {cell: None if cell is None else process(cell) for cell in set(cells)}
        parts.append([known[cell] for cell in cells])
    return list(zip(*parts, strict=True))


def _rows(
    connection: Connection, sql: str, alias: str, clients: Sequence[int], *, general: bool = False, order: str
) -> list[Fact]:
    word = "AND" if " WHERE " in sql else "WHERE"
    if len(clients) > FEW_CLIENTS:
        return [tuple(row) for row in connection.exec_driver_sql(f"{sql} ORDER BY {order}")]
    marks = ", ".join("?" * len(clients))
    without = f" OR {alias}.client_id IS NULL" if general else ""
    where = f"{word} ({alias}.client_id IN ({marks}){without})"
    return [tuple(row) for row in connection.exec_driver_sql(f"{sql} {where} ORDER BY {order}", tuple(clients))]


def _result(connection: Connection, table: Table, column: str) -> Callable[[Any], Any] | None:
    kind = table.columns[column].type
    process = kind.dialect_impl(connection.dialect).result_processor(connection.dialect, None)
    found: Callable[[Any], Any] | None = process
    return found
