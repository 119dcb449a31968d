"""The reads behind every figure: plain dated rows per client, straight from covering indexes.

Days come as ordinals; the same few thousand days recur in every book, so each is turned but once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection

Ids = tuple[int, ...] | None
"""The clients to read; None for all."""


def fee_days(connection: Connection, ids: Ids) -> dict[int, list[tuple[int, int, int, int]]]:
    """Read counted fees per client and day, in order: (day ordinal, amount, documents, credits)."""
    day_of = _Days()
    found: defaultdict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
    for client_id, day, amount, documents, credit_documents in _rows(
        connection,
        'SELECT client_id, "on", SUM(amount), COUNT(*), SUM(amount < 0) FROM fee'
        ' WHERE amount IS NOT NULL AND disbursement = 0{of} GROUP BY client_id, "on"',
        ids,
    ):
        found[client_id].append((day_of[day], amount, documents, credit_documents))
    return found


def documents(connection: Connection, ids: Ids) -> Iterator[tuple[Any, ...]]:
    """Read single fees, columns as in the query."""
    return _rows(
        connection,
        'SELECT client_id, id, "on", amount, linked_fee_id, disbursement, engagement_id, delivery_cost,'
        " currency, original FROM fee WHERE 1{of}",
        ids,
    )


def clients_needing_documents(connection: Connection) -> tuple[set[int], set[int]]:
    """Name the clients whose fees need single documents (linked credits, no rate), and those with delivery cost."""
    single = connection.exec_driver_sql(
        "SELECT DISTINCT client_id FROM fee WHERE linked_fee_id IS NOT NULL OR amount IS NULL"
    ).scalars()
    costed = connection.exec_driver_sql(
        "SELECT DISTINCT client_id FROM fee WHERE delivery_cost IS NOT NULL"
        " UNION SELECT DISTINCT client_id FROM cost WHERE kind = 'delivery' AND client_id IS NOT NULL"
    ).scalars()
    return set(single), set(costed)


def contacts(connection: Connection, ids: Ids) -> Iterator[tuple[Any, ...]]:
    """Read contacts: (client, id, day, direction, purpose, minutes, counts, planned)."""
    return _rows(
        connection,
        'SELECT client_id, id, "on", direction, purpose, minutes, counts, planned FROM contact WHERE 1{of}',
        ids,
    )


def present(connection: Connection) -> dict[int, list[int]]:
    """Read who of us was present: contact -> colleagues."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for contact_id, colleague_id in connection.exec_driver_sql(
        "SELECT contact_id, colleague_id FROM contact_colleague"
    ):
        found[contact_id].append(colleague_id)
    return found


def costs(connection: Connection, ids: Ids) -> Iterator[tuple[Any, ...]]:
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


def feedback(connection: Connection, ids: Ids) -> Iterator[tuple[Any, ...]]:
    """Read feedback loops: (client, received, owned, acted, told, kind)."""
    return _rows(connection, 'SELECT client_id, "on", owned_on, acted_on, told_on, kind FROM feedback WHERE 1{of}', ids)


def engagement_kinds(connection: Connection) -> dict[int, str]:
    """Read what kind each engagement is."""
    return dict(_fetched(connection, "SELECT id, kind FROM engagement", ()))


def retainer_only(connection: Connection, ids: Ids) -> set[int]:
    """Name the clients all of whose fees belong to retainers (METRICS C6)."""
    retainers = [row_id for row_id, kind in engagement_kinds(connection).items() if kind == "retainer"]
    if not retainers:
        return set()
    inside = f"COALESCE(engagement_id IN ({', '.join(map(str, retainers))}), 0)"
    rows = _rows(
        connection, f"SELECT client_id FROM fee WHERE 1{{of}} GROUP BY client_id HAVING MIN({inside}) = 1", ids
    )
    return {client_id for (client_id,) in rows}


def newest_fee_day(connection: Connection) -> date | None:
    """Give the day of the newest fee of the book."""
    day = connection.exec_driver_sql('SELECT MAX("on") FROM fee').scalar()
    return None if day is None else date.fromisoformat(day)


class _Days(dict[str, int]):
    """Day ordinals by ISO date, each turned but once."""

    def __missing__(self, day: str) -> int:
        self[day] = ordinal = date.fromisoformat(day).toordinal()
        return ordinal


def _rows(connection: Connection, sql: str, ids: Ids) -> Iterator[tuple[Any, ...]]:
    if ids is None:
        yield from _fetched(connection, sql.format(of=""), ())
        return
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        yield from _fetched(connection, sql.format(of=f" AND client_id IN ({', '.join('?' * len(part))})"), part)


def _fetched(connection: Connection, sql: str, values: Iterable[int]) -> list[Any]:
    # The driver's own cursor: rows as plain tuples, without a wrapper each (half the time of a large read).
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, tuple(values))
        return list(cursor.fetchall())
    finally:
        cursor.close()
