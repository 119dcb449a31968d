"""Costs of a list against those of the book: a cost is its client, day, kind, amount and note."""

from app.exchange.comparing.matching import KnownRow, ListRow
from app.exchange.comparing.outcome import Comparing
from app.exchange.lists.costs import CostRow
from app.exchange.lists.typed import TypedRows


def compare_costs(work: Comparing, typed: TypedRows[CostRow]) -> None:
    """Compare, and put new costs into the batch; without a client a cost is the firm's general spend."""
    rows = typed.rows
    spent_on = [row for row in rows if row.client]
    named = iter(work.naming.resolve_all([row.client for row in spent_on], [row.code for row in spent_on]))
    clients = [next(named) if row.client else None for row in rows]
    facts = work.imports.costs(sorted({client for client in clients if client is not None and client > 0}))
    listed = [
        ListRow((client, row.date, row.kind, row.amount, row.note), ())
        for client, row in zip(clients, rows, strict=True)
    ]
    known = (
        ((client, day, kind, amount, note), KnownRow(cost_id, ())) for cost_id, client, day, amount, kind, note in facts
    )
    for index, found in enumerate(work.pairs(listed, known)):
        row = rows[index]
        if found is not None:
            work.settle(row.row, row.client, listed[index], found, ())
            continue
        work.new += 1
        work.batch.insert(
            "cost", client_id=clients[index], on=row.date, amount=row.amount, kind=row.kind, note=row.note
        )
