"""Cost rows: money out of one of four kinds; without a client it is the firm's general spend."""

from datetime import date
from typing import NamedTuple

from app.domain.vocabulary import CostKind
from app.exchange.lists.clients_named import client_columns
from app.exchange.lists.columns import ColumnReader, Terms
from app.exchange.lists.money_columns import money
from app.exchange.lists.recognition import Mapping
from app.exchange.lists.sheets import Sheet
from app.exchange.lists.typed import TypedRows
from app.exchange.lists.words import COST_KINDS, by_key

_KINDS = by_key(COST_KINDS)


class CostRow(NamedTuple):
    """A cost as the list has it, in minor units of the firm's currency."""

    row: int
    client: str
    code: str
    date: date
    amount: int
    kind: CostKind
    note: str


def read_costs(sheet: Sheet, mapping: Mapping, terms: Terms) -> TypedRows[CostRow]:
    """Read a list of costs."""
    reader = ColumnReader(sheet, mapping, terms)
    clients, codes = client_columns(reader, needed=False)
    days, _ = reader.dates("date")
    reader.required("date", days, "date")
    amounts = money(reader, "amount")
    reader.amounts, reader.amount_currencies = amounts.minors, amounts.currencies
    reader.required("amount", amounts.minors, "amount")
    for index, (amount, currency) in enumerate(zip(amounts.minors, amounts.currencies, strict=True)):
        if amount is not None and currency != terms.currency:
            reader.refuse(
                index, "amount", f"Costs are kept in {terms.currency}, this one is in {currency}.", "Convert it."
            )
        elif amount == 0:
            reader.refuse(index, "amount", "A cost of nothing is no cost.", "Fill it in, or leave the row out.")
    kinds = reader.words("kind", _KINDS, "kind of cost")
    reader.required("kind", kinds, "kind of cost")
    return reader.finish(CostRow._make, [clients, codes, days, amounts.minors, kinds, reader.texts("note")])
