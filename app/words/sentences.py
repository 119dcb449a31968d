"""Whole sentences about a client: why somebody waits, why a figure is a dash."""

from datetime import date
from typing import Protocol

from app.domain.metrics.cadence import CadenceSource
from app.domain.metrics.reasons import Reason
from app.domain.metrics.retainers import MissingInvoice
from app.domain.metrics.rhythm import Rhythm
from app.domain.metrics.warnings import GapWarning, Rule, Severity, WarningKind
from app.words import formats
from app.words.catalogue import tr, trn
from app.words.steps import short

SOON_DAYS = 6
LONGEST_RETAINER = 44


class _Client(Protocol):
    @property
    def purchases(self) -> Rhythm | None: ...
    @property
    def contact_rhythm(self) -> Rhythm | None: ...


def usual(rhythm: Rhythm) -> str:
    """Say a client's rhythm: “usually every 30 days (last 8 gaps: 25–41)”."""
    middle = rhythm.median_gap
    if middle is None:
        return ""
    every = tr("usually every {days}").format(days=formats.every(middle))
    if rhythm.gaps_used < 3:
        return every
    low, high = min(rhythm.gaps), max(rhythm.gaps)
    return tr("{every} (last {n} gaps: {low}–{high})").format(every=every, n=rhythm.gaps_used, low=low, high=high)


def why(warning: GapWarning, client: _Client, currency: str = "", fees_a_year: int = 0) -> str:
    """Say why a client waits, in one sentence that holds its numbers."""
    if warning.kind is WarningKind.NEVER_CONTACTED:
        return tr("No contact is recorded: when did you last speak?")
    if warning.kind is WarningKind.PURCHASE_GAP:
        return _purchase_gap(warning, client, currency, fees_a_year)
    return _contact_gap(warning, client)


def _purchase_gap(warning: GapWarning, client: _Client, currency: str, fees_a_year: int) -> str:
    if warning.missing is not None:
        sentence = _missing(warning.missing)
    else:
        parts = [tr("Last invoice {days} ago").format(days=formats.days(warning.days or 0))]
        if client.purchases is not None:
            parts.append(usual(client.purchases))
        sentence = "; ".join(filter(None, parts)) + "."
    if warning.p is not None:
        sentence += " " + tr("A gap this long happens {odds}.").format(odds=formats.odds(warning.p))
    if fees_a_year > 0:
        amount = formats.money(fees_a_year, currency)
        sentence += " " + tr("Fees at stake: {amount} a year.").format(amount=amount)
    return sentence


def _missing(invoice: MissingInvoice) -> str:
    billed = trn("billed every month", "billed every {n} months", invoice.months)
    return tr("The invoice of “{retainer}” due {day} has been missing for {days}; {billed}.").format(
        retainer=short(invoice.retainer, LONGEST_RETAINER),
        day=formats.day(invoice.due),
        days=formats.days(invoice.missing),
        billed=billed,
    )


def _contact_gap(warning: GapWarning, client: _Client) -> str:
    days = formats.days(warning.days or 0)
    promised = tr("promised every {n}").format(n=formats.every(warning.cadence or 0))
    rhythm = client.contact_rhythm
    if warning.rule is Rule.RHYTHM and rhythm is not None and warning.p is not None:
        return tr("{days} since a real conversation; {usual}. A gap this long happens {odds}.").format(
            days=days,
            usual=usual(rhythm) or promised,
            odds=formats.odds(warning.p),
        )
    if warning.severity is Severity.DUE:
        return tr("{days} since a real conversation; {promised}, so it is due now.").format(
            days=days, promised=promised
        )
    own = usual(rhythm) if rhythm is not None and rhythm.gaps_used >= 3 else ""
    return "; ".join(filter(None, (tr("{days} silent").format(days=days), promised, own))) + "."


def decided_by(source: CadenceSource) -> str:
    """Say who decided a cadence."""
    return tr(str(source))


def no_figure(reason: Reason | None) -> str:
    """Say why a figure is a dash."""
    return "" if reason is None else tr(str(reason))


def ends(day: date | None, as_of: date) -> str:
    """Say when a contract ends: today, tomorrow, in 15 days."""
    left = 0 if day is None else (day - as_of).days
    if left <= 1:
        return tr("tomorrow") if left else tr("today")
    return trn("in {n} day", "in {n} days", left)


def due(day: date | None, as_of: date) -> str:
    """Say when something is due, as people do: 9 days late, today, tomorrow, Thu, 12 Dec."""
    if day is None:
        return tr("no date")
    left = (day - as_of).days
    if left < 0:
        return trn("{n} day late", "{n} days late", -left)
    if left <= 1:
        return tr("tomorrow") if left else tr("today")
    return formats.weekday_short(day) if left <= SOON_DAYS else formats.short_day(day, as_of)
