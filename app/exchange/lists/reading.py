"""One list from file to typed rows: sheet and kind chosen, columns mapped, forms found, rows read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.collector import collector_paused
from app.domain.checking import Problem
from app.domain.parsing import DateOrder, DecimalMark
from app.errors import AskedWrongError
from app.exchange.lists import questions, recognition
from app.exchange.lists.clients import ClientRow, read_clients
from app.exchange.lists.columns import Terms
from app.exchange.lists.contacts import ContactRow, read_contacts
from app.exchange.lists.costs import CostRow, read_costs
from app.exchange.lists.feedback import FeedbackRow, read_feedback
from app.exchange.lists.fees import FeeRow, read_fees
from app.exchange.lists.fields import Kind
from app.exchange.lists.guessing import guess_kind, guess_sheet
from app.exchange.lists.headers import header_currency
from app.exchange.lists.people import PersonRow, read_people
from app.exchange.lists.sheets import Sheet, make_sheet
from app.exchange.lists.typed import TypedRows
from app.exchange.reading.files import ListFile
from app.exchange.reading.progress import UNWATCHED, Watch
from app.words.catalogue import tr, trn

Row = ClientRow | PersonRow | FeeRow | CostRow | ContactRow | FeedbackRow
_READERS: dict[Kind, Callable[[Sheet, recognition.Mapping, Terms], TypedRows[Any]]] = {
    Kind.CLIENTS: read_clients,
    Kind.PEOPLE: read_people,
    Kind.FEES: read_fees,
    Kind.COSTS: read_costs,
    Kind.CONTACTS: read_contacts,
    Kind.FEEDBACK: read_feedback,
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person asked for; what is None is found. `columns` maps fields to headers ("" leaves a field out)."""

    kind: Kind | None = None
    sheet: str | None = None
    header_row: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None
    decimal: DecimalMark | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A list understood as far as it goes: what it is, where its fields stand, and what is still to be asked.

    `typed` holds the rows as read with the forms found, also while questions are open (for the preview).
    """

    sheet: Sheet
    kind: Kind
    mapping: recognition.Mapping
    forms: questions.Forms
    typed: TypedRows[Any]

    def insist(self) -> None:
        """Refuse while anything is uncertain, naming the choices (InvalidInputError); for the command line."""
        recognition.insist(self.mapping)
        questions.insist(self.forms.questions)


def prepare(file: ListFile, wishes: Wishes, currency: str, today: date, watch: Watch = UNWATCHED) -> Prepared:
    """Read a list of a file. Raises AskedWrongError where no sheet or kind fits, InvalidInputError for a wrong mapping.

    `currency` is the firm's; a list with doubts about needed columns gives no rows.
    """
    if wishes.kind is Kind.PLANS:
        raise AskedWrongError("Lists of plans cannot be read yet.", "Type the plan in the client's Plan tab.")
    name = wishes.sheet if wishes.sheet is not None else guess_sheet(file, wishes.kind)
    grid = file.read(name, watch)
    with collector_paused():
        sheet = make_sheet(grid, [column for column in wishes.columns.values() if column], wishes.header_row)
        sheet = replace(sheet, notes=(*file.notes, *sheet.notes))
        kind = wishes.kind or guess_kind(sheet).kind
        if kind is None:
            raise AskedWrongError(
                f"What {file.path.name} lists is not certain.",
                f"Say what its rows are: {', '.join(choice for choice in Kind if choice is not Kind.PLANS)}.",
            )
        watch.step(0, sheet.row_count)
        mapping = recognition.recognise(kind, sheet, wishes.columns)
        mapping = replace(mapping, notices=(*mapping.notices, *_of_formats(file, sheet, mapping, currency)))
        forms = questions.find_forms(sheet, mapping, today, wishes.date_order, wishes.decimal)
        terms = Terms(forms.date_order, forms.decimal, currency, today)
        typed = _READERS[kind](sheet, mapping, terms) if mapping.without_doubts() else _unread(sheet)
        watch.step(sheet.row_count, sheet.row_count)
    return Prepared(sheet, kind, mapping, forms, typed)


def _of_formats(file: ListFile, sheet: Sheet, mapping: recognition.Mapping, currency: str) -> Iterator[str]:
    """Warn of currencies that an ods shows by format alone: where they stand is not known, so they cannot be taken."""
    amount = mapping.columns.get("amount")
    if amount is None or "currency" in mapping.columns or header_currency(sheet.header[amount]):
        return
    for shown, times in file.currencies.items():
        if shown != currency:
            cells = trn("{n} cell", "{n} cells", times)
            words = tr(
                "By format alone {cells} of the workbook are in {shown}, which is not taken from an ods: their amounts"
                " count as {currency}. Save it as xlsx, or give the list a column Currency."
            )
            yield words.format(cells=cells, shown=shown, currency=currency)


def _unread(sheet: Sheet) -> TypedRows[Any]:
    problems: list[Problem] = list(sheet.ragged)
    return TypedRows(tuple, [], problems, [], list(sheet.notes), sheet.row_count)
