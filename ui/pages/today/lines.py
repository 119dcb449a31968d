"""What Today's rows say, made from the service's answer: plain words, no widgets."""

from datetime import date
from fractions import Fraction

from app.domain.metrics.warnings import Severity, SilenceKind, TodayClient, WarningKind, fees_for_order
from app.domain.names import fold
from app.services.today import TodayList, Waiting
from app.words import formats, sentences, today
from app.words.catalogue import tr
from ui.pages.today.waiting_row import WaitingLine, quoted
from ui.tokens import Mark
from ui.widgets.explanation import ExplanationRow, ExplanationView

MARKS = {Severity.DUE: Mark.DUE, Severity.OVERDUE: Mark.OVERDUE, Severity.BADLY: Mark.OVERDUE}
TOP = 3


def line_of(waiting: Waiting, found: TodayList) -> WaitingLine:
    """Write one client's row; all its warnings are one row, each with its sentence."""
    figures, as_of = found.figures, found.figures.as_of
    client = waiting.client.client
    silence = waiting.warnings[0].silence
    worst = today.worst(waiting.warnings)
    why = " ".join(
        sentences.why(warning, waiting.client, figures.firm.currency, waiting.client.fees.last_12_months)
        for warning in waiting.warnings
        if warning.kind is not WarningKind.NEVER_CONTACTED or len(waiting.warnings) == 1
    )
    peace = today.peace(silence, as_of, client.snooze_reason) if silence else ""
    return WaitingLine(
        client_id=client.id,
        mark=Mark.NONE if silence else MARKS[worst.severity],
        state=tr("Quiet") if silence else today.state(worst),
        name=client.name,
        tier=figures.tier_name(waiting.client.tier),
        why=f"{peace[:1].upper()}{peace[1:]}. {why}" if peace else why,
        words=_last_words(waiting, found),
        owed=today.owed(waiting.promise, as_of),
        quiet=silence is not None,
        wakes=silence is not None and silence.kind is SilenceKind.SNOOZED,
    )


def _last_words(waiting: Waiting, found: TodayList) -> str:
    contact = waiting.last_words
    if contact is None:
        return ""
    who = next((found.people[person].name for person in contact.people if person in found.people), "")
    return quoted(contact.summary, who, formats.short_day(contact.on, found.figures.as_of))


def title(found: TodayList) -> tuple[str, str]:
    """Write the page's title and the quiet sentence beside it."""
    figures = found.figures
    sentence = formats.weekday(figures.as_of)
    total = sum(client.fees.last_12_months for client in figures.clients.values())
    fees = sorted((max(0, waiting.client.fees.last_12_months) for waiting in found.waiting), reverse=True)[:TOP]
    brought = sum(fees)
    if total > 0 and brought > 0:
        paying = sum(1 for amount in fees if amount)
        sentence += " · " + today.they_bring(paying, len(found.waiting), Fraction(brought, total))
    return today.waiting(len(found.waiting)), sentence


def next_due(found: TodayList) -> str:
    """Say who is due next, for the day on which nobody waits; empty if nobody ever is."""
    as_of = found.figures.as_of
    days = []
    for client in found.figures.clients.values():
        last, every = client.contact.last, client.contact.cadence
        if last is not None and every is not None:
            day = date.fromordinal(last.toordinal() + every)
            if day >= as_of:
                days.append((day, fold(client.client.name), client.client.name))
    if not days:
        return ""
    day, _, name = min(days)
    return today.next_due(name, day, as_of)


def order(found: TodayList, shown: int) -> ExplanationView:
    """Explain the order with the numbers of the clients listed (METRICS C3)."""
    figures = found.figures
    currency = figures.firm.currency
    refs = {key: ref for ref, key in figures.ids.items()}
    worth = fees_for_order(
        TodayClient(refs[key], client.tier, client.fees.last_12_months) for key, client in figures.clients.items()
    )
    rows = []
    for place, waiting in enumerate(found.waiting[:shown], 1):
        warning = waiting.warnings[0]
        fees = worth[warning.client]
        urgency = warning.urgency or Fraction()
        gap = formats.number(urgency, 1)
        median = waiting.client.fees.last_12_months <= 0
        amount = formats.money(fees, currency) + ("†" if median else "")
        rows.append(
            ExplanationRow(
                f"{place}", waiting.client.client.name, f"{gap} × {amount}", formats.money(urgency * fees, currency)
            )
        )
    return ExplanationView(
        tr("Why this order?"),
        tr("rule C3, as of {day}").format(day=formats.day(figures.as_of)),
        tr("q × fees of 12 months"),
        tuple(rows),
        (
            tr(
                "q is the gap over the client's cadence, or for invoices over the client's own mean gap. "
                "Weighted by what the client brings in a year, the most pressing stands first."
            ),
        ),
        tr("† no fees yet: counts with the median of the tier"),
    )
