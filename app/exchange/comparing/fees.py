"""Fees of a list against those of the book: a fee is its document, else its day, kind, amount and currency."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from datetime import date
from decimal import Decimal
from itertools import compress
from typing import Any

from app.domain.fees import base_amount
from app.domain.vocabulary import FeeKind
from app.exchange.comparing.matching import KnownRow, ListRow
from app.exchange.comparing.outcome import Comparing
from app.exchange.comparing.references import EngagementNames
from app.exchange.lists.fees import FeeRow
from app.exchange.lists.typed import Column, TypedRows
from app.services.imports import Inserts
from app.words.catalogue import trn

NAMES = (
    "date", "amount", "kind", "currency", "rate", "linked_to", "delivery_cost", "service", "engagement", "disbursement",
)  # fmt: skip

KIND, LINKED_TO = FeeRow._fields.index("kind"), FeeRow._fields.index("linked_to")


def compare_fees(work: Comparing, typed: TypedRows[FeeRow]) -> None:
    """Compare, and put new fees and taken changes into the batch."""
    if not typed.count:
        return
    clients = work.naming.resolve_all(typed.columns[1], typed.columns[2])
    known_clients = sorted({client for client in set(clients) if client > 0})
    facts = work.imports.fees(known_clients) if known_clients else []
    engagements = EngagementNames.of(work.imports.engagements(), work.batch)
    documents = {(fact[1], fact[6]): fact[0] for fact in reversed(facts) if fact[6] and fact[7] is FeeKind.INVOICE}
    columns = typed.columns
    if facts:
        pairs = _settle(work, clients, typed.rows, facts, engagements, documents)
        is_new = [found is None for found in pairs]
        clients = list(compress(clients, is_new))
        columns = [list(compress(column, is_new)) for column in columns]
        paired = {found.id for found in pairs if found is not None}
        _tell_alike(work, clients, columns, [fact for fact in facts if fact[0] not in paired])
    work.new += len(clients)
    if clients:
        _insert(work, clients, columns, engagements, documents)
    work.notices += engagements.notices()


def _settle(
    work: Comparing,
    clients: list[int],
    rows: list[FeeRow],
    facts: list[tuple[Any, ...]],
    engagements: EngagementNames,
    documents: dict[tuple[int, str], int],
) -> list[KnownRow | None]:
    """Pair the list with the book and count what is in it already."""
    listed = [
        _listed(client, row if _links_to_known(client, row, documents) else row._replace(linked_to=""))
        for client, row in zip(clients, rows, strict=True)
    ]
    pairs = work.pairs(listed, ((_known_key(fact), KnownRow(fact[0], _said(fact))) for fact in facts))
    by_id = {fact[0]: fact for fact in facts}
    for row, one, found in zip(rows, listed, pairs, strict=True):
        if found is not None:
            values = work.settle(row.row, row.document or row.client, one, found, NAMES)
            if values:
                _update(work, by_id[found.id], values, engagements, documents)
    return pairs


def _tell_alike(
    work: Comparing, clients: list[int], columns: Sequence[Column], facts: Sequence[tuple[Any, ...]]
) -> None:
    """Tell how many new fees may be ones of the book after all, of which only one side says the document number."""
    _, _, _, days, amounts, papers, kinds, _, currencies, *_ = columns
    if all(papers) and all(fact[6] for fact in facts):
        return
    free = {False: Counter[Hashable](), True: Counter[Hashable]()}
    for _, client, day, original, currency, _, document, kind, *_ in facts:
        free[bool(document)][client, day, original, currency, kind] += 1
    alike = 0
    for client, day, amount, paper, kind, currency in zip(
        clients, days, amounts, papers, kinds, currencies, strict=True
    ):
        others = free[not paper]
        if others[client, day, amount, currency, kind] > 0:
            others[client, day, amount, currency, kind] -= 1
            alike += 1
    if alike:
        work.notices.append(
            trn(
                "{n} fee may be in the book already: client, day and amount are the same there, and only one of the two"
                " has a document number.",
                "{n} fees may be in the book already: client, day and amount are the same there, and only one of the"
                " two has a document number.",
                alike,
            )
        )


def _links_to_known(client: int, row: FeeRow, documents: dict[tuple[int, str], int]) -> bool:
    """Tell whether a row links nothing, or a credit to an invoice of the book: other links cannot be taken over."""
    return not row.linked_to or (row.kind is FeeKind.CREDIT and (client, row.linked_to) in documents)


def _listed(client: int, row: FeeRow) -> ListRow:
    key: Hashable = (client, row.document)
    if not row.document:
        key = (client, row.date, row.kind, row.amount, row.currency)
    return ListRow(
        key,
        (
            row.date, row.amount, row.kind, row.currency, row.rate, row.linked_to, row.delivery_cost, row.service,
            row.engagement, row.disbursement,
        ),
    )  # fmt: skip


def _known_key(fact: tuple[Any, ...]) -> Hashable:
    client, day, original, currency, document, kind = fact[1], fact[2], fact[3], fact[4], fact[6], fact[7]
    return (client, document) if document else (client, day, kind, original, currency)


def _said(fact: tuple[Any, ...]) -> tuple[Any, ...]:
    _, _, day, original, currency, rate, _, kind, linked, engagement, service, disbursement, cost = fact
    return (day, original, kind, currency, rate, linked or "", cost, service, engagement or "", disbursement)


def _insert(
    work: Comparing,
    clients: list[int],
    columns: Sequence[Column],
    engagements: EngagementNames,
    documents: dict[tuple[int, str], int],
) -> None:
    """Put new fees into the batch; credits that belong to an invoice come behind those that stand alone."""
    links: list[int | None] = [None] * len(clients)
    linked = 0
    if any(columns[LINKED_TO]):
        belongs = [
            bool(target) and kind is FeeKind.CREDIT
            for target, kind in zip(columns[LINKED_TO], columns[KIND], strict=True)
        ]
        order = sorted(range(len(clients)), key=belongs.__getitem__)
        clients = [clients[index] for index in order]
        columns = [[column[index] for index in order] for column in columns]
        linked = sum(belongs)
        links = _links(work, clients, [FeeRow._make(row) for row in zip(*columns, strict=True)], documents)
    _, _, _, days, amounts, papers, kinds, _, currencies, rates, costs, services, jobs, disbursed = columns
    if len(set(papers)) < len(papers):
        said = zip(clients, days, amounts, papers, kinds, currencies, services, jobs, strict=True)
        work.tell_repeats(said)
    work.batch.inserts["fee"] = Inserts(
        {
            "client_id": clients,
            "on": list(days),
            "original": list(amounts),
            "currency": list(currencies),
            "amount": _base_amounts(amounts, currencies, rates, work.known.currency),
            "rate": list(rates),
            "document": list(papers),
            "kind": list(kinds),
            "linked_fee_id": links,
            "engagement_id": _engagement_ids(engagements, clients, jobs),
            "service": list(services),
            "disbursement": [word is True for word in disbursed],
            "delivery_cost": list(costs),
        },
        linked_last=linked,
    )


def _base_amounts(
    amounts: Sequence[int], currencies: Sequence[str], rates: Sequence[Decimal | None], base: str
) -> list[int | None]:
    if set(currencies) == {base}:
        return list(amounts)
    return [
        base_amount(amount, currency, rate, base)
        for amount, currency, rate in zip(amounts, currencies, rates, strict=True)
    ]


def _engagement_ids(engagements: EngagementNames, clients: Sequence[int], jobs: Sequence[str]) -> list[int | None]:
    if not any(jobs):
        return [None] * len(jobs)
    return [engagements.resolve(client, job) for client, job in zip(clients, jobs, strict=True)]


def _links(
    work: Comparing, clients: list[int], rows: list[FeeRow], documents: dict[tuple[int, str], int]
) -> list[int | None]:
    """Find the invoice of each linked credit, in the list or in the book; the latest before it where several fit."""
    invoices: dict[tuple[int, str], list[tuple[date, int]]] = defaultdict(list)
    for place, (client, row) in enumerate(zip(clients, rows, strict=True)):
        if row.kind is FeeKind.INVOICE and row.document:
            invoices[client, row.document].append((row.date, -1 - place))
    links: list[int | None] = []
    missing = 0
    for client, row in zip(clients, rows, strict=True):
        link = None
        if row.linked_to and row.kind is FeeKind.CREDIT:
            fitting = invoices.get((client, row.linked_to), [])
            earlier = [invoice for invoice in fitting if invoice[0] <= row.date]
            chosen = max(earlier or fitting, default=None)
            link = chosen[1] if chosen else documents.get((client, row.linked_to))
            missing += link is None
        links.append(link)
    if missing:
        work.notices.append(
            trn(
                "{n} credit names an invoice that is neither in the list nor in the book.",
                "{n} credits name an invoice that is neither in the list nor in the book.",
                missing,
            )
        )
    return links


def _update(
    work: Comparing,
    fact: tuple[Any, ...],
    values: dict[str, Any],
    engagements: EngagementNames,
    documents: dict[tuple[int, str], int],
) -> None:
    """Put a taken change into the batch, its amount in the firm's currency worked out anew."""
    client = fact[1]
    columns = {"date": "on", "amount": "original"}
    written = {columns.get(name, name): value for name, value in values.items()}
    if "engagement" in written:
        written["engagement_id"] = engagements.resolve(client, written.pop("engagement"))
    if "linked_to" in written:
        invoice = documents.get((client, written.pop("linked_to")))
        if invoice is not None:
            written["linked_fee_id"] = invoice
    original = written.get("original", fact[3])
    currency = written.get("currency", fact[4])
    rate = written.get("rate", fact[5])
    written["amount"] = base_amount(original, currency, rate, work.known.currency)
    work.batch.update("fee", fact[0], written)
