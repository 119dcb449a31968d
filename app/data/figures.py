"""The reads behind every figure: plain dated rows per client, straight from covering indexes, days as stored."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from app.data.plain import fetched

Ids = tuple[int, ...] | None
"""The clients to read; None for all."""


def fees(connection: Connection, ids: Ids) -> list[Any]:
    """Read counted fees, a client each, in order of day: (client, days, amounts, engagements, delivery costs)."""
    return _columns(
        connection,
        ("amount", "engagement_id", "delivery_cost"),
        "FROM fee WHERE amount IS NOT NULL AND disbursement = 0{of}",
        ids,
    )


def linked_credits(connection: Connection, ids: Ids) -> list[Any]:
    """Read counted credits that belong to a counted invoice: (client, day, invoice's day, amount)."""
    # “> 0” and not “IS NOT NULL”: SQLite then goes through the index of links, not through all fees.
    return _rows(
        connection,
        'SELECT client_id, fee."on", invoice."on", fee.amount FROM fee JOIN'
        ' (SELECT id, client_id AS owner, "on" FROM fee WHERE amount IS NOT NULL AND disbursement = 0) AS invoice'
        " ON invoice.id = linked_fee_id AND owner = client_id"
        " WHERE linked_fee_id > 0 AND amount IS NOT NULL AND disbursement = 0{of}",
        ids,
    )


def fees_without_rate(connection: Connection, ids: Ids) -> list[Any]:
    """Read fees that are not counted for want of a rate: (client, id, day, currency, original)."""
    return _rows(
        connection,
        'SELECT client_id, id, "on", currency, original FROM fee WHERE amount IS NULL AND disbursement = 0{of}',
        ids,
    )


def counted_contacts(connection: Connection, ids: Ids) -> list[Any]:
    """Read contacts that were held and count, a client each, in order of day: (client, days, directions, purposes)."""
    return _columns(
        connection,
        ("direction", "purpose"),
        "FROM contact WHERE planned = 0 AND counts = 1{of}",
        ids,
    )


def timed_contacts(connection: Connection, ids: Ids) -> list[Any]:
    """Read contacts that were held and took time, a client each, in order of day: (client, days, ids, minutes)."""
    return _columns(
        connection,
        ("id", "minutes"),
        "FROM contact WHERE planned = 0 AND minutes != 0{of}",
        ids,
    )


def planned_contacts(connection: Connection, ids: Ids) -> list[Any]:
    """Read contacts that are planned, a client each, in order of day: (client, days)."""
    return _columns(connection, (), "FROM contact WHERE planned = 1{of}", ids)


def first_contacts(connection: Connection, ids: Ids) -> dict[int, date]:
    """Read the day of each client's first contact that was held."""
    sql = 'SELECT client_id, MIN("on") FROM contact WHERE planned = 0{of} GROUP BY client_id'
    return {client_id: date.fromisoformat(day) for client_id, day in _rows(connection, sql, ids)}


def present(connection: Connection, ids: Ids) -> dict[int, tuple[int, ...]]:
    """Read who of us was present: contact -> colleagues."""
    sql = "SELECT contact_id, colleague_id FROM contact_colleague"
    if ids is not None:
        sql += " WHERE contact_id IN (SELECT id FROM contact WHERE 1{of})"
    rows = _rows(connection, sql, ids)
    found: dict[int, tuple[int, ...]] = {contact_id: (colleague_id,) for contact_id, colleague_id in rows}
    if len(found) < len(rows):
        several: defaultdict[int, list[int]] = defaultdict(list)
        for contact_id, colleague_id in rows:
            several[contact_id].append(colleague_id)
        found = {contact_id: tuple(colleagues) for contact_id, colleagues in several.items()}
    return found


def costs(connection: Connection, ids: Ids) -> list[Any]:
    """Read costs booked on clients: (client, day, amount, kind, engagement)."""
    return _rows(
        connection,
        'SELECT client_id, "on", amount, kind, engagement_id FROM cost WHERE client_id IS NOT NULL{of}',
        ids,
    )


def general_costs(connection: Connection) -> list[tuple[date, int, str]]:
    """Read the firm's general spend: (day, amount, kind)."""
    rows = connection.exec_driver_sql('SELECT "on", amount, kind FROM cost WHERE client_id IS NULL')
    return [(date.fromisoformat(day), amount, kind) for day, amount, kind in rows]


def feedback(connection: Connection, ids: Ids) -> list[Any]:
    """Read feedback loops: (client, received, owned, acted, told, kind)."""
    return _rows(connection, 'SELECT client_id, "on", owned_on, acted_on, told_on, kind FROM feedback WHERE 1{of}', ids)


def retainer_only(connection: Connection, ids: Ids) -> set[int]:
    """Name the clients all of whose fees belong to retainers (METRICS C6)."""
    # A client with any other fee is settled by the first one found, so that hardly a row is read.
    rows = _rows(
        connection,
        "SELECT client_id FROM (SELECT id AS client_id FROM client) AS one"
        " WHERE EXISTS (SELECT 1 FROM fee WHERE fee.client_id = one.client_id)"
        " AND NOT EXISTS (SELECT 1 FROM fee WHERE fee.client_id = one.client_id AND (engagement_id IS NULL"
        " OR engagement_id NOT IN (SELECT id FROM engagement WHERE kind = 'retainer'))){of}",
        ids,
    )
    return {client_id for (client_id,) in rows}


def retainers(connection: Connection, ids: Ids) -> list[Any]:
    """Read retainers billed in a rhythm: (client, id, name, starts, ends, billed every so many months)."""
    return _rows(
        connection,
        "SELECT client_id, id, name, starts, ends, billed_every_months FROM engagement"
        " WHERE kind = 'retainer' AND billed_every_months > 0{of}",
        ids,
    )


def newest_fee_day(connection: Connection) -> date | None:
    """Give the day of the newest fee of the book."""
    # Each client's newest is one step into an index by client and day; there is none by day alone.
    day = connection.exec_driver_sql(
        'SELECT MAX(newest) FROM (SELECT (SELECT MAX("on") FROM fee WHERE client_id = client.id) AS newest FROM client)'
    ).scalar()
    return None if day is None else date.fromisoformat(day)


class DayOrdinals(dict[str, int]):
    """Day ordinals by ISO date; the same few thousand days recur in every book, so each is turned but once."""

    def __missing__(self, day: str) -> int:
        self[day] = ordinal = date.fromisoformat(day).toordinal()
        return ordinal

    def all(self, column: str) -> tuple[int, ...]:
        """Take a column of days apart."""
        return tuple(map(self.__getitem__, column.split(",")))


def numbers(column: str) -> list[int]:
    """Take a column of numbers apart."""
    return list(map(int, column.split(",")))


def words(column: str) -> list[str]:
    """Take a column of words or days apart; "" is where there is none."""
    return column.split(",")


def numbers_or_none(column: str) -> Sequence[int | None]:
    """Take a column of numbers apart in which some may be missing."""
    found = column.split(",")
    return [int(number) if number else None for number in found] if any(found) else (None,) * len(found)


def _columns(connection: Connection, names: Iterable[str], source: str, ids: Ids) -> list[Any]:
    """Read rows as one row for each client: its days, in order, and the columns named, each one text with commas.

    Made by SQLite in its own code, which takes half the time of a tuple for each row and lets other threads work.
    """
    columns = "".join(f", group_concat(coalesce({name}, ''))" for name in names)
    rows = _rows(connection, f'SELECT client_id, group_concat("on"){columns} {source} GROUP BY client_id', ids)
    return [(client_id, *_in_order(*texts)) for client_id, *texts in rows]


def _in_order(days: str, *columns: str) -> Iterable[str]:
    """Put columns in order of day. SQLite takes them from an index in that order, but does not promise to."""
    taken_apart = days.split(",")
    ordered = sorted(taken_apart)
    if ordered == taken_apart:
        return days, *columns
    places = sorted(range(len(taken_apart)), key=taken_apart.__getitem__)
    return ",".join(ordered), *(",".join(map(column.split(",").__getitem__, places)) for column in columns)


def _rows(connection: Connection, sql: str, ids: Ids) -> list[Any]:
    """Read rows of all clients or of some; `{of}` is where the condition on the client goes."""
    if ids is None:
        return fetched(connection, sql.format(of=""))
    found: list[Any] = []
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        found += fetched(connection, sql.format(of=f" AND client_id IN ({', '.join('?' * len(part))})"), part)
    return found
