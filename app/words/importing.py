"""What the window says of a list: its title, its counts, the names of its kinds and fields."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.domain.money import minor_units
from app.domain.parsing import DateOrder, DecimalMark
from app.words import formats
from app.words.catalogue import tr, trn

_KINDS = {
    "clients": ("{n} client", "{n} clients"),
    "people": ("{n} person", "{n} people"),
    "fees": ("{n} fee", "{n} fees"),
    "costs": ("{n} cost", "{n} costs"),
    "contacts": ("{n} contact", "{n} contacts"),
    "feedback": ("{n} feedback", "{n} feedback"),
    "plans": ("{n} plan", "{n} plans"),
}
_FIELDS = {
    "code": "Client code",
    "date": "Date",
    "document": "Document number",
    "linked_to": "Credits invoice",
    "rate": "Exchange rate",
    "delivery_cost": "Delivery cost",
    "cadence_days": "Contact every … days",
    "began": "Who began it",
    "counts": "Counts as contact",
    "work_score": "Score, the work",
    "service_score": "Score, the service",
    "nps": "Would recommend, 0–10",
    "first_contact": "First contact",
    "last_contact": "Last contact",
    "won": "Won on",
    "ended": "Ended on",
    "note": "Internal note",
}
_ORDERS = {DateOrder.YMD: "year first", DateOrder.DMY: "day first", DateOrder.MDY: "month first"}
_MARKS = {DecimalMark.POINT: "a point", DecimalMark.COMMA: "a comma"}


def kind(name: str) -> str:
    """Name a kind of list: Fees."""
    return tr(name.capitalize())


def counted(name: str, number: int) -> str:
    """Count rows of a kind: 412 fees."""
    return trn(*_KINDS[name], number)


def field(name: str) -> str:
    """Name a field of a list."""
    return tr(_FIELDS.get(name) or name.replace("_", " ").capitalize())


def title(name: str, number: int, file: str) -> str:
    """Say what is being brought in."""
    return tr("Bring in {rows} from “{file}”").format(rows=counted(name, number), file=file)


def where(sheet: str, header_row: int) -> str:
    """Say where in the file the list stands."""
    parts = [tr("nothing is changed until you say so")]
    if sheet:
        parts.append(tr("sheet {name}").format(name=sheet))
    parts.append(tr("header in row {n}").format(n=header_row) if header_row else tr("no header row"))
    return " · ".join(parts)


def which_sheet() -> str:
    """Ask for the sheet."""
    return tr("More than one sheet may hold the list: choose it.")


def which_kind() -> str:
    """Ask for the kind."""
    return tr("What its rows are cannot be told from its columns: say it.")


def order_fits(fits: Mapping[DateOrder, int], total: int, order: DateOrder) -> str:
    """Say how many dates can be read in each order, the one taken first: day first fits 409 of 409, month first 188."""
    taken = tr("{order} fits {n} of {total}").format(order=tr(_ORDERS[order]), n=f"{fits[order]:,}", total=f"{total:,}")
    others = [f"{tr(_ORDERS[other])} {count:,}" for other, count in fits.items() if other is not order and count]
    return ", ".join([taken, *others])


def read_order(order: DateOrder) -> str:
    """Say how dates would be read otherwise."""
    return tr("read {order} instead").format(order=tr(_ORDERS[order]))


def read_decimal(mark: DecimalMark) -> str:
    """Say how amounts would be read otherwise."""
    return tr("read {mark} as the decimal mark instead").format(mark=tr(_MARKS[mark]))


def letters_of(encoding: str) -> str:
    """Say in which encoding an example was read."""
    return tr("as {encoding} reads it").format(encoding=encoding)


def read_letters(encoding: str, reading: str) -> str:
    """Say what an example would be in another encoding."""
    return tr("read {encoding} instead: “{reading}”").format(encoding=encoding, reading=reading)


def put_right(reading: str) -> str:
    """Offer to put garbled letters right."""
    return tr("put the letters right: “{reading}”").format(reading=reading)


def were_put_right() -> str:
    """Say that garbled letters were put right."""
    return tr("put right; the file holds its letters garbled")


def as_in_the_file() -> str:
    """Offer the letters as they stand in the file."""
    return tr("leave them as they stand in the file")


def delimiters(used: str) -> dict[str, str]:
    """Name what may part the columns of a text file, that which does included."""
    names = {",": tr("commas"), ";": tr("semicolons"), "\t": tr("tabs"), "|": tr("bars |")}
    return names if used in names else names | {used: tr("“{letter}”").format(letter=used)}


def long_day(found: date) -> str:
    """Write a day beyond doubt: 3 April 2026."""
    return f"{found.day} {tr(formats.MONTHS[found.month - 1])} {found.year}"


def plain_amount(found: Decimal) -> str:
    """Write an amount of a list in our own form: 1,250.00."""
    return f"{found:,.2f}" if found == round(found, 2) else f"{found:,f}"


def come_to(rows: int, amounts: Mapping[str, int]) -> str:
    """Say what the rows that can be read come to, by currency in minor units, to be compared with the accounts."""
    money = [formats.money(minor, currency, pence=True) for currency, minor in amounts.items()]
    words = trn("{n} row that can be read comes to", "{n} rows that can be read come to", rows)
    return f"{words} {formats.listed(money, 4)}"


def verb(taken: int, problems: int) -> str:
    """Say what the button does."""
    if problems:
        return tr("Bring in {n}, leave {left} for later").format(n=f"{taken:,}", left=f"{problems:,}")
    return tr("Bring in {n}").format(n=f"{taken:,}")


def leave_them(kind_of_list: str) -> str:
    """Offer to leave what the book holds: of clients and people, empty fields are filled all the same."""
    if kind_of_list in ("clients", "people"):
        return tr("Fill what is empty, leave the rest as it is in the book")
    return tr("Leave them as they are in the book")


def nothing_to_bring(same: int, problems: int) -> str:
    """Say why nothing can be brought in."""
    if same and problems:
        return tr("The book holds the others already; mend the rows that need a word and bring the list in again.")
    if same:
        return tr("The book holds all of it already.")
    if problems:
        return tr("Every row needs a word: mend them and bring the list in again.")
    return tr("There is nothing to bring in.")


def value(found: Any, currency: str, *, money: bool) -> str:  # noqa: ANN401
    """Write a stored value of a changed row for people."""
    if found is None or found in ("", ()):
        return formats.DASH
    if isinstance(found, tuple):
        return ", ".join(map(str, found))
    if money and isinstance(found, int):
        return formats.money(found, currency, pence=minor_units(currency) > 1)
    if isinstance(found, date):
        return formats.day(found)
    return str(found)


def becomes(*, taken: bool, left: Collection[str]) -> str:
    """Say what becomes of a row that differs."""
    if not taken:
        return tr("left as it is")
    return tr("taken in part") if left else tr("taken")


MONEY_FIELDS = frozenset({"amount", "original", "delivery_cost", "expected_fee"})


def changes(found: Mapping[str, tuple[Any, Any]], currency: str) -> list[tuple[str, str, str]]:
    """Write what differs in a row: (field, before, after)."""
    return [
        (
            field(name),
            value(before, currency, money=name in MONEY_FIELDS),
            value(after, currency, money=name in MONEY_FIELDS),
        )
        for name, (before, after) in found.items()
    ]
