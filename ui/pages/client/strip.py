"""The cradle-to-grave strip of a client: contacts, fees, scores and figures put together for its widget."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

from app.domain.contacts import Contact
from app.domain.feedback import Feedback
from app.domain.metrics.contacts import ContactSeries
from app.domain.metrics.payback import Payback
from app.domain.metrics.purchases import FeeSeries
from app.domain.metrics.warnings import WarningKind
from app.domain.money import round_half_away
from app.domain.periods import MONTH_DAYS, YEAR_DAYS
from app.domain.vocabulary import Direction, Stage
from app.services.book_figures import BookFigures
from app.services.client_figures import ClientFigures
from app.services.clients import Clients
from app.services.contacts import Contacts
from app.services.explanations import Explanations
from app.services.feedback import FeedbackLoop
from app.services.figures import Figures
from app.words import formats, names
from app.words.catalogue import tr, trn
from ui.desk import Desk
from ui.widgets.strip_view import SpanKind, StripMark, StripRow, StripSpan, StripView
from ui.widgets.timeline_strip import TimelineStrip

SHORTEST = timedelta(days=60)
LONGEST_WORDS = 60


class ClientStrip(TimelineStrip):
    """The strip of one client."""

    def __init__(
        self,
        desk: Desk,
        figures: Figures,
        clients: Clients,
        contacts: Contacts,
        feedback: FeedbackLoop,
        explanations: Explanations,
    ) -> None:
        super().__init__(desk.theme)
        self._figures = figures
        self._clients = clients
        self._contacts = contacts
        self._feedback = feedback
        self._explanations = explanations

    def show_strip(self, client: ClientFigures, book: BookFigures) -> None:
        """Show a client's course up to the day."""
        key, day = client.client.id, book.as_of
        currency = book.firm.currency
        series = self._figures.series(key)
        marks = [
            *fee_marks(series.fees, day, currency),
            *contact_marks(series.contacts, day, _Log(self._contacts, key)),
            *score_marks(self._feedback.of_client(key), day),
        ]
        known = [mark.day for mark in marks]
        known += [first for first in (client.fees.known_since, client.fees.first) if first is not None]
        start = min([*known, day - SHORTEST])
        payback = self._explanations.payback(key, day)
        spans = tuple(self._spans(client, book))
        self.show_view(
            StripView(
                start=start,
                end=day,
                marks=tuple(marks),
                spans=spans,
                payback=_paid_back(payback),
                summary=_summary(marks, spans, start, day),
                names={
                    StripRow.FEES: tr("fees"),
                    StripRow.THEY: tr("they"),
                    StripRow.WE: tr("we"),
                    StripRow.SCORES: tr("scores"),
                },
                summed=partial(_summed, currency),
            )
        )

    def _spans(self, client: ClientFigures, book: BookFigures) -> Iterator[StripSpan]:
        incubation, day = client.incubation, book.as_of
        if incubation.days and incubation.first_contact is not None:
            words = [tr("incubation {length}").format(length=_about(incubation.days))]
            if client.acquisition.amount:
                words.append(formats.money(client.acquisition.amount, book.firm.currency))
            end = incubation.won_on or incubation.lost_on or day
            yield StripSpan(incubation.first_contact, end, SpanKind.INCUBATION, ", ".join(words))
        rows = [row for row in self._clients.stages(client.client.id) if row.since <= day]
        for row, until in pairwise([*((row, row.since) for row in rows), (None, day)]):
            if row[0] is not None and row[0].stage is Stage.AT_RISK:
                yield StripSpan(row[1], until[1], SpanKind.RISK, names.name(Stage.AT_RISK))
        last, silent = client.contact.last, client.contact.days
        loud = any(warning.kind is WarningKind.CONTACT_GAP for warning in client.warnings)
        if loud and last is not None and silent:
            words_silent = tr("{days} silent").format(days=formats.days(silent))
            yield StripSpan(last, day, SpanKind.SILENCE, words_silent)


def fee_marks(fees: FeeSeries, as_of: date, currency: str) -> Iterator[StripMark]:
    """Give a mark for each day with fees up to the day, linked credits on their invoices' days."""
    seen = fees.on(as_of)
    today = as_of.toordinal()
    documents = pairwise(seen.documents)
    for day, (before, after), (earlier, later) in zip(seen.days, pairwise(seen.sums), documents, strict=True):
        if day <= today:
            when, amount = date.fromordinal(day), after - before
            say = partial(_fee_words, when, amount, currency, later - earlier)
            yield StripMark(when, StripRow.FEES, say, amount=amount)


def _fee_words(day: date, amount: int, currency: str, documents: int) -> str:
    words = f"{formats.day(day)}: {formats.money(amount, currency, pence=True)}"
    return words if documents == 1 else f"{words} ({trn('{n} document', '{n} documents', documents)})"


def contact_marks(contacts: ContactSeries, as_of: date, say: Callable[[int, StripRow], str]) -> Iterator[StripMark]:
    """Give marks for the counting contacts of each day: in their row, ours, or both for a conversation."""
    rows = ((StripRow.THEY, contacts.inbound + contacts.both), (StripRow.WE, contacts.outbound + contacts.both))
    for row, days in rows:
        for day in sorted(days):
            if day <= as_of.toordinal():
                yield StripMark(date.fromordinal(day), row, partial(say, day, row))


class _Log:
    """Says what was spoken on a day; the log is read when it is first asked."""

    def __init__(self, contacts: Contacts, client_id: int) -> None:
        self._contacts = contacts
        self._client_id = client_id
        self._by_day: dict[int, list[Contact]] | None = None

    def __call__(self, day: int, row: StripRow) -> str:
        """Say the contacts of a day that stand in a row."""
        if self._by_day is None:
            self._by_day = {}
            for contact in self._contacts.of_client(self._client_id):
                if contact.counts and not contact.planned:
                    self._by_day.setdefault(contact.on.toordinal(), []).append(contact)
        other = Direction.OUT if row is StripRow.THEY else Direction.IN
        return "\n".join(_spoken(contact) for contact in self._by_day.get(day, ()) if contact.direction is not other)


def _spoken(contact: Contact) -> str:
    words = f"{formats.day(contact.on)}: {names.name(contact.direction).lower()}, {names.name(contact.channel).lower()}"
    if not contact.summary:
        return words
    return f"{words} – {contact.summary[:LONGEST_WORDS]}{'…' if len(contact.summary) > LONGEST_WORDS else ''}"


def score_marks(feedback: Iterable[Feedback], as_of: date) -> Iterator[StripMark]:
    """Give a mark for each score on the work or the service; the lower one where both were given."""
    for item in feedback:
        scores = [
            (score, words)
            for score, words in ((item.work_score, tr("on the work")), (item.service_score, tr("on the service")))
            if score is not None
        ]
        if scores and item.on <= as_of:
            told = ", ".join(f"{score} {words}" for score, words in scores)
            say = partial(str, f"{formats.day(item.on)}: {told}")
            yield StripMark(item.on, StripRow.SCORES, say, score=min(scores)[0])


def _about(days: int) -> str:
    """Say a length in whole days, months or years; the strip is no place for decimals."""
    if days < 60:
        return formats.days(days)
    if days < 2 * YEAR_DAYS:
        return trn("{n} month", "{n} months", round_half_away(days / MONTH_DAYS))
    return formats.duration(days)


def _paid_back(payback: Payback | None) -> tuple[date, str] | None:
    if payback is None or payback.day is None:
        return None
    return payback.day, tr("paid back") if payback.covered else tr("paid back, no longer covered")


def _summed(currency: str, amount: int) -> str:
    return tr("together {amount}").format(amount=formats.money(amount, currency))


def _summary(marks: Iterable[StripMark], spans: Iterable[StripSpan], start: date, end: date) -> str:
    """Say the whole strip in a sentence, for those who cannot see it."""
    counts = dict.fromkeys(StripRow, 0)
    for mark in marks:
        counts[mark.row] += 1
    told = [
        tr("Relationship from {start} to {end}").format(start=formats.day(start), end=formats.day(end)),
        trn("{n} day with fees", "{n} days with fees", counts[StripRow.FEES]),
        trn("they spoke {n} time", "they spoke {n} times", counts[StripRow.THEY]),
        trn("we spoke {n} time", "we spoke {n} times", counts[StripRow.WE]),
        *(span.words for span in spans),
    ]
    return ", ".join(told)
