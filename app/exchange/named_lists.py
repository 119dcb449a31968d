"""The lists that the command line and the window export by name, whole; titles are field names that import reads."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.clients import Client, StageRow
from app.domain.fees import Fee
from app.domain.metrics.reasons import Reason
from app.domain.vocabulary import Stage
from app.exchange.tables import Cell, Kind, TableColumn
from app.services.book import Book
from app.services.book_figures import BookFigures
from app.services.client_figures import ClientFigures
from app.words import names
from app.words.catalogue import tr
from app.words.sentences import no_figure

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class NamedList:
    """A list ready for `export_table`."""

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[Row, ...]


def named_list(book: Book, what: str, as_of: date) -> NamedList:
    """Gather a list of the book by its name; KeyError for a name that is not in `NAMES`.

    The portfolio holds for a day; the other lists hold every row of the book but contacts that are only planned.
    """
    return portfolio(book, as_of) if what == "portfolio" else _LISTS[what](book)


def portfolio(book: Book, as_of: date) -> NamedList:
    """Gather every client with its figures on a day, by rank."""
    figures = book.figures.on(as_of)
    owners = {colleague.id: colleague.name for colleague in book.colleagues.every()}
    found = sorted(figures.clients.values(), key=_by_rank)
    return NamedList(
        tr("Portfolio"),
        portfolio_columns(figures.firm.currency),
        tuple(portfolio_row(figures, own, owners) for own in found),
    )


def portfolio_columns(currency: str) -> tuple[TableColumn, ...]:
    """Give the columns of the portfolio; money in the firm's currency."""

    def money(title: str) -> TableColumn:
        return TableColumn(title, Kind.MONEY, currency)

    def whole(title: str) -> TableColumn:
        return TableColumn(title, Kind.WHOLE)

    return (
        *(TableColumn(title) for title in (tr("Client"), tr("Code"), tr("Tier"), tr("Stage"), tr("Owner"))),
        whole(tr("Rank")),
        whole(tr("Purchases")),
        money(tr("Observed fees")),
        money(tr("S")),
        TableColumn(tr("T days"), Kind.NUMBER),
        whole(tr("L days")),
        money(tr("TFI")),
        money(tr("Last 12 months")),
        TableColumn(tr("Share of fees"), Kind.SHARE),
        TableColumn(tr("First purchase"), Kind.DATE),
        TableColumn(tr("Last purchase"), Kind.DATE),
        TableColumn(tr("Last contact"), Kind.DATE),
        whole(tr("Days silent")),
        whole(tr("Cadence")),
        TableColumn(tr("Dialogue share"), Kind.SHARE),
        money(tr("Contribution 12 months")),
        TableColumn(tr("Cost coverage"), Kind.SHARE),
        money(tr("Value so far")),
        TableColumn(tr("Why not")),
    )


def portfolio_row(figures: BookFigures, own: ClientFigures, owners: Mapping[int, str]) -> Row:
    """Give one client's cells; what the window would withhold is empty, with its reason in the last one."""
    fees, client = own.fees, own.client
    spoken = own.dialogue
    few = spoken is None or "dialogue_share_365" in dict(spoken.withheld)
    share = None if few or spoken is None else spoken.share
    return (
        *(client.name, client.code, figures.tier_name(own.tier), names.name(own.stage.stage)),
        *(owners.get(client.owner_id or 0, ""), own.standing.rank, fees.n, fees.observed),
        *(fees.spend, fees.interval, fees.length, fees.tfi, fees.last_12_months, own.standing.share),
        *(fees.first, fees.last, own.contact.last, own.contact.days, own.cadence.days, share),
        own.contribution_12.amount if own.contribution_12.coverage else None,
        own.contribution_12.coverage,
        own.historic if own.contribution.coverage else None,
        _why_not(own),
    )


def _why_not(own: ClientFigures) -> str:
    """Say why cells of a row are empty."""
    spoken = own.dialogue
    reasons = (
        (tr("TFI"), own.fees.why_not),
        (
            tr("Dialogue share"),
            Reason.NO_CONTACT if spoken is None else dict(spoken.withheld).get("dialogue_share_365"),
        ),
        (tr("Contribution"), None if own.contribution_12.coverage else Reason.NO_COSTS),
    )
    return "; ".join(f"{what}: {no_figure(reason)}" for what, reason in reasons if reason is not None)


def _by_rank(own: ClientFigures) -> tuple[bool, int, str]:
    rank = own.standing.rank
    return rank is None, rank or 0, own.client.name.casefold()


def _clients(book: Book) -> NamedList:
    owners = {colleague.id: colleague.name for colleague in book.colleagues.every()}
    titles = (
        *(tr("Client"), tr("Code"), tr("Owner"), tr("Tier"), tr("Sector"), tr("Source"), tr("Currency")),
        *(tr("Cadence days"), tr("First contact"), tr("Won"), tr("Last contact"), tr("Ended"), tr("Stage")),
        *(tr("Tags"), tr("Notes")),
    )
    kinds = {7: Kind.WHOLE} | dict.fromkeys((8, 9, 10, 11), Kind.DATE)
    set_by_hand = {stage.client_id: stage for stage in book.clients.stages()}
    rows = (
        (
            *(client.name, client.code, owners.get(client.owner_id or 0, ""), client.tier and str(client.tier)),
            *(client.sector, client.source, client.currency, client.cadence_days, client.first_contact, client.won),
            *(client.last_contact, *_ended_and_stage(set_by_hand.get(client.id)), ", ".join(client.tags), client.notes),
        )
        for client in book.clients.every()
    )
    return _list(tr("Clients"), titles, kinds, rows)


def _ended_and_stage(latest: StageRow | None) -> tuple[date | None, str]:
    """Give the day a client ended and the stage set by hand; a derived stage is none of its fields."""
    if latest is None:
        return None, ""
    return (latest.since if latest.stage is Stage.ENDED else None), names.name(latest.stage)


def _people(book: Book) -> NamedList:
    titles = (
        *(tr("Client"), tr("Code"), tr("Name"), tr("Role"), tr("Level"), tr("Influence"), tr("Email"), tr("Phone")),
        tr("Channel"),
    )
    of = _refs(book)
    rows = (
        (
            *(of[person.client_id].name, of[person.client_id].code, person.name, person.role, person.level),
            *(str(person.influence), person.email, person.phone, person.channel),
        )
        for person in book.people.every()
    )
    return _list(tr("People"), titles, {}, rows)


def _fees(book: Book) -> NamedList:
    firm = book.firm.get()
    engagements = {engagement.id: engagement.name for engagement in book.engagements.every()}
    of, fees = _refs(book), sorted(book.fees.every(), key=lambda fee: (fee.on, fee.id))
    by_id = {fee.id: fee for fee in fees}
    columns = (
        *(TableColumn(tr("Client")), TableColumn(tr("Code")), TableColumn(tr("Date"), Kind.DATE)),
        TableColumn(tr("Amount"), Kind.MONEY, currency_from=7),
        *(TableColumn(title) for title in (tr("Document"), tr("Kind"), tr("Linked to"), tr("Currency"))),
        TableColumn(tr("Rate"), Kind.NUMBER, digits=6),
        TableColumn(tr("In {currency}").format(currency=firm.currency), Kind.MONEY, firm.currency),
        TableColumn(tr("Delivery cost"), Kind.MONEY, firm.currency),
        *(TableColumn(title) for title in (tr("Service"), tr("Engagement"), tr("Disbursement"))),
    )

    def row(fee: Fee) -> Row:
        linked = by_id.get(fee.linked_fee_id or 0)
        return (
            *(of[fee.client_id].name, of[fee.client_id].code, fee.on, fee.original, fee.document, str(fee.kind)),
            *("" if linked is None else linked.document, fee.currency, fee.rate, fee.amount, fee.delivery_cost),
            *(fee.service, engagements.get(fee.engagement_id or 0, ""), fee.disbursement),
        )

    return NamedList(tr("Fees"), columns, tuple(row(fee) for fee in fees))


def _costs(book: Book) -> NamedList:
    firm, of = book.firm.get(), _refs(book)
    columns = (
        *(TableColumn(tr("Client")), TableColumn(tr("Code")), TableColumn(tr("Date"), Kind.DATE)),
        TableColumn(tr("Amount"), Kind.MONEY, firm.currency),
        *(TableColumn(tr("Kind")), TableColumn(tr("Note"))),
    )
    rows = []
    for cost in sorted(book.costs.every(), key=lambda cost: (cost.on, cost.id)):
        client = of.get(cost.client_id or 0)
        whose = ("", "") if client is None else (client.name, client.code)
        rows.append((*whose, cost.on, cost.amount, str(cost.kind), cost.note))
    return NamedList(tr("Costs"), columns, tuple(rows))


def _contacts(book: Book) -> NamedList:
    titles = (
        *(tr("Client"), tr("Code"), tr("Date"), tr("Time"), tr("Direction"), tr("Began"), tr("Channel"), tr("Purpose")),
        *(tr("Minutes"), tr("People"), tr("Owner"), tr("Summary"), tr("Note"), tr("Counts")),
    )
    of = _refs(book)
    people = {person.id: person.name for person in book.people.every()}
    colleagues = {colleague.id: colleague.name for colleague in book.colleagues.every()}
    rows = (
        (
            *(of[contact.client_id].name, of[contact.client_id].code, contact.on, contact.at, str(contact.direction)),
            *(contact.began and str(contact.began), str(contact.channel), contact.purpose and str(contact.purpose)),
            *(contact.minutes, "; ".join(people[who] for who in contact.people if who in people)),
            "; ".join(colleagues[who] for who in contact.colleagues if who in colleagues),
            *(contact.summary, contact.note, contact.counts),
        )
        for contact in sorted(book.contacts.every(), key=lambda contact: (contact.on, contact.at, contact.id))
        # What is only intended has not been said; brought in again it would stand as if it had.
        if not contact.planned
    )
    return _list(tr("Contacts"), titles, {2: Kind.DATE, 8: Kind.WHOLE}, rows)


def _feedback(book: Book) -> NamedList:
    titles = (
        *(tr("Client"), tr("Code"), tr("Date"), tr("Person"), tr("Kind"), tr("Verbatim"), tr("Work score")),
        *(tr("Service score"), tr("NPS"), tr("Channel"), tr("Owner"), tr("Owned"), tr("Action"), tr("Acted")),
        tr("Client told"),
    )
    kinds = dict.fromkeys((2, 11, 13, 14), Kind.DATE) | dict.fromkeys((6, 7, 8), Kind.WHOLE)
    of = _refs(book)
    people = {person.id: person.name for person in book.people.every()}
    owners = {colleague.id: colleague.name for colleague in book.colleagues.every()}
    rows = (
        (
            *(of[item.client_id].name, of[item.client_id].code, item.on, people.get(item.person_id or 0, "")),
            *(str(item.kind), item.verbatim, item.work_score, item.service_score, item.nps, str(item.channel)),
            *(owners.get(item.owner_id or 0, ""), item.owned_on, item.action, item.acted_on, item.told_on),
        )
        for item in sorted(book.feedback.every(), key=lambda item: (item.on, item.id))
    )
    return _list(tr("Feedback"), titles, kinds, rows)


def _list(title: str, titles: Sequence[str], kinds: Mapping[int, Kind], rows: Iterable[Row]) -> NamedList:
    columns = tuple(TableColumn(one, kinds.get(at, Kind.TEXT)) for at, one in enumerate(titles))
    return NamedList(title, columns, tuple(rows))


def _refs(book: Book) -> dict[int, Client]:
    return {client.id: client for client in book.clients.every()}


_LISTS: Mapping[str, Callable[[Book], NamedList]] = {
    "clients": _clients,
    "people": _people,
    "fees": _fees,
    "costs": _costs,
    "contacts": _contacts,
    "feedback": _feedback,
}
NAMES = ("portfolio", *_LISTS)
