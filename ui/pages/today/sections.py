"""What stands at the right of Today's list and beneath it, made from the service's answer: no widgets."""

from collections.abc import Sequence

from app.domain.metrics.retainers import NOTICES, end_notice
from app.domain.vocabulary import PromiseBy
from app.services.today import TodayList
from app.words import dialogues, formats, sentences
from app.words.catalogue import tr
from ui.pages.today.never import NeverLine
from ui.pages.today.side import SideEntry
from ui.pages.today.waiting_row import quoted
from ui.tokens import Mark

LATE_AFTER, SOON_AFTER = 30, 10


def sections(found: TodayList) -> list[tuple[str, Sequence[SideEntry]]]:
    """Give the sections of the right column, each with its title."""
    return [
        (tr("Promises"), _promised(found)),
        (tr("Waiting for an answer"), _unanswered(found)),
        (tr("Contracts that end"), _ending(found)),
        (tr("Dialogue out of balance"), _out_of_balance(found)),
        (tr("Overdue in plans"), _overdue(found)),
        (tr("First hundred days"), _first_days(found)),
    ]


def never_lines(found: TodayList) -> list[NeverLine]:
    """Give the clients never spoken to."""
    currency = found.figures.firm.currency
    lines = []
    for client in found.never:
        fees = client.fees.last_12_months
        amount = tr("{fees} in 12 months").format(fees=formats.money(fees, currency)) if fees > 0 else ""
        detail = " · ".join(filter(None, (found.figures.tier_name(client.tier), amount)))
        lines.append(NeverLine(client.client.id, client.client.name, detail))
    return lines


def _promised(found: TodayList) -> list[SideEntry]:
    as_of = found.figures.as_of
    entries = []
    for promise in found.promises:
        whose = tr("for {client}") if promise.by is PromiseBy.US else tr("from {client}")
        late = promise.due is not None and promise.due < as_of
        entries.append(
            SideEntry(
                promise.client_id,
                promise.what,
                whose.format(client=client_name(found, promise.client_id)),
                sentences.due(promise.due, as_of),
                Mark.OVERDUE if late else Mark.NONE,
                promise.id,
            )
        )
    return entries


def _unanswered(found: TodayList) -> list[SideEntry]:
    entries = []
    for feedback in found.feedback:
        days = (found.figures.as_of - feedback.on).days
        mark = Mark.OVERDUE if days > LATE_AFTER else Mark.DUE if days > SOON_AFTER else Mark.NONE
        name = client_name(found, feedback.client_id)
        said = quoted(feedback.verbatim, "", "") or tr("scores only")
        entries.append(SideEntry(feedback.client_id, said, name, formats.days(days), mark))
    return entries


def _out_of_balance(found: TodayList) -> list[SideEntry]:
    return [
        SideEntry(
            client.client.id,
            dialogues.warning(client.dialogue),
            client.client.name,
            dialogues.state(client.dialogue),
            Mark.DUE,
        )
        for client in found.out_of_balance
        if client.dialogue is not None
    ]


def _ending(found: TodayList) -> list[SideEntry]:
    as_of = found.figures.as_of
    return [
        SideEntry(
            contract.client_id,
            contract.name,
            client_name(found, contract.client_id),
            sentences.ends(contract.ends, as_of),
            Mark.DUE if end_notice(contract.ends, as_of) == NOTICES[-1] else Mark.NONE,
        )
        for contract in found.ending
    ]


def _first_days(found: TodayList) -> list[SideEntry]:
    entries = []
    for client in found.first_days:
        day = client.fees.days_since_first
        when = tr("day {n}").format(n=day) if day is not None else tr("new")
        entries.append(SideEntry(client.client.id, client.client.name, "", when))
    return entries


def _overdue(found: TodayList) -> list[SideEntry]:
    return [
        SideEntry(
            action.client_id,
            action.title,
            client_name(found, action.client_id),
            sentences.due(action.due, found.figures.as_of),
            Mark.OVERDUE,
        )
        for action in found.overdue
    ]


def client_name(found: TodayList, client_id: int) -> str:
    """Name a client of the list."""
    return found.figures.clients[client_id].client.name
