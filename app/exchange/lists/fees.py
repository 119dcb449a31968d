"""Fee rows: dated documents with a client, credits negative, drafts and quotes left out (COMMANDS "Reading a list")."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from app.domain.parsing.shown import shown
from app.domain.vocabulary import FeeKind
from app.exchange.lists.clients_named import client_columns
from app.exchange.lists.columns import ColumnReader, Terms
from app.exchange.lists.money_columns import money
from app.exchange.lists.recognition import Mapping
from app.exchange.lists.sheets import Sheet
from app.exchange.lists.typed import Column, TypedRows
from app.exchange.lists.words import COUNTED_KEYS, FEE_KINDS, LEFT_OUT_KEYS, by_key, word_key
from app.words.catalogue import trn

_KINDS = by_key(FEE_KINDS)
_KNOWN_STATUSES = {"", *LEFT_OUT_KEYS, *COUNTED_KEYS, *_KINDS}
_MOST_WORDS = 5


class FeeRow(NamedTuple):
    """A fee as the list has it: `amount` in minor units of `currency`, `delivery_cost` in those of the firm's.

    None and empty text are fields the row does not fill.
    """

    row: int
    client: str
    code: str
    date: date
    amount: int
    document: str
    kind: FeeKind
    linked_to: str
    currency: str
    rate: Decimal | None
    delivery_cost: int | None
    service: str
    engagement: str
    disbursement: bool | None


def read_fees(sheet: Sheet, mapping: Mapping, terms: Terms) -> TypedRows[FeeRow]:
    """Read a list of fees; rows of drafts, quotes, void and cancelled documents are skipped and counted."""
    reader = ColumnReader(sheet, mapping, terms)
    skipped = _left_out(reader)
    names, codes = client_columns(reader)
    days, _ = reader.dates("date")
    if None in days:
        reader.required("date", days, "date")
    amounts = money(reader, "amount")
    reader.amounts, reader.amount_currencies = amounts.minors, amounts.currencies
    if None in amounts.minors:
        reader.required("amount", amounts.minors, "amount")
    minors, kinds = _signed(reader, amounts.minors, skipped)
    columns: list[Column] = [
        names,
        codes,
        days,
        minors,
        reader.names("document"),
        kinds,
        reader.names("linked_to"),
        amounts.currencies,
        _rates(reader, amounts.currencies),
        _delivery_costs(reader),
        reader.texts("service"),
        reader.names("engagement"),
        reader.truths("disbursement"),
    ]
    return reader.finish(FeeRow._make, columns, skipped)


def _left_out(reader: ColumnReader) -> list[int]:
    """Find the rows that are no invoices yet, or no longer: by their status, or a kind such as quote."""
    counted: Counter[str] = Counter()
    skipped: list[int] = []
    for name in ("status", "kind"):
        if not reader.has(name):
            continue
        cells = reader.sheet.columns[reader.mapping.columns[name]]
        left_out = {cell for cell in set(cells) if word_key(cell) in LEFT_OUT_KEYS}
        if left_out:
            found = [index for index, cell in enumerate(cells) if cell in left_out]
            counted.update(cells[index].lower() for index in found)
            skipped += found
    if counted:
        words = ", ".join(f"{count} {word}" for word, count in counted.most_common())
        reader.notices.append(f"Left out by their status: {words}.")
    if reader.has("status"):
        _tell_unknown(reader, reader.sheet.columns[reader.mapping.columns["status"]])
    return skipped


def _tell_unknown(reader: ColumnReader, cells: Sequence[str]) -> None:
    """Tell which words of a status nobody knows; their fees are invoices like others."""
    known = {cell for cell in set(cells) if word_key(cell) in _KNOWN_STATUSES}
    unknown = Counter(shown(cell) for cell in cells if cell not in known)
    if unknown:
        words = ", ".join(f"{count} {word}" for word, count in unknown.most_common(_MOST_WORDS))
        more = " …" if len(unknown) > _MOST_WORDS else ""
        reader.notices.append(f"Taken as invoices, their status not being known: {words}{more}.")


def _signed(
    reader: ColumnReader, minors: list[int | None], skipped: list[int]
) -> tuple[list[int | None], list[FeeKind]]:
    """Make credits negative and negative amounts credits."""
    if not reader.has("kind"):
        return minors, [FeeKind.CREDIT if minor is not None and minor < 0 else FeeKind.INVOICE for minor in minors]
    out = set(skipped)
    known = {**_KINDS, **dict.fromkeys(LEFT_OUT_KEYS - _KINDS.keys(), FeeKind.INVOICE)} if out else _KINDS
    words = reader.words("kind", known, "kind of fee")
    if FeeKind.CREDIT not in words and all(minor is not None and minor >= 0 for minor in minors):
        return minors, [FeeKind.INVOICE] * reader.count
    amounts = list(minors)
    kinds: list[FeeKind] = []
    made_negative = made_credit = 0
    for index, (minor, word) in enumerate(zip(minors, words, strict=True)):
        kind = word or FeeKind.INVOICE
        if minor is not None and minor < 0:
            made_credit += word is FeeKind.INVOICE and index not in out
            kind = FeeKind.CREDIT
        elif kind is FeeKind.CREDIT and minor:
            amounts[index] = -minor
            made_negative += index not in out
        kinds.append(kind)
    if made_negative:
        # Whether a total below them took them off is not known.
        reader.amounts = []
        reader.notices.append(
            trn(
                "{n} credit note with a positive amount is stored negative.",
                "{n} credit notes with a positive amount are stored negative.",
                made_negative,
            )
        )
    if made_credit:
        reader.notices.append(
            trn(
                "{n} negative amount is stored as a credit, whatever its kind says.",
                "{n} negative amounts are stored as credits, whatever their kind says.",
                made_credit,
            )
        )
    return amounts, kinds


def _rates(reader: ColumnReader, currencies: list[str]) -> list[Decimal | None]:
    """Read the rates of foreign rows; those of the firm's own currency have none."""
    firm = reader.terms.currency
    rates = reader.decimals("rate")
    if all(currency == firm for currency in set(currencies)):
        return [None] * reader.count
    missing = 0
    for index, (rate, currency) in enumerate(zip(rates, currencies, strict=True)):
        if currency == firm:
            rates[index] = None
        elif rate is None:
            missing += index not in reader.problems
        elif rate <= 0:
            reader.refuse(index, "rate", "A rate is more than 0.", f"Give the value of one {currency} in {firm}.")
    if missing:
        reader.notices.append(
            trn(
                "{n} fee in another currency has no rate; it counts once it has one.",
                "{n} fees in another currency have no rate; they count once they have one.",
                missing,
            )
        )
    return rates


def _delivery_costs(reader: ColumnReader) -> list[int | None]:
    if not reader.has("delivery_cost"):
        return [None] * reader.count
    costs = money(reader, "delivery_cost", currency_name="")
    for index, (cost, currency) in enumerate(zip(costs.minors, costs.currencies, strict=True)):
        if cost is None:
            continue
        if currency != reader.terms.currency:
            reader.refuse(index, "delivery_cost", f"Delivery costs are kept in {reader.terms.currency}.", "Convert it.")
        elif cost < 0:
            reader.refuse(index, "delivery_cost", "A delivery cost cannot be negative.", "Leave it empty if unknown.")
    return costs.minors
