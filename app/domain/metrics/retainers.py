"""Retainers: no rhythm to judge, but an invoice expected and missing, and an end that comes near (METRICS C6)."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.domain.periods import MONTH_DAYS, months_after

LATE_DAYS = 10
# So many days before its end a contract is spoken of, the nearest last.
NOTICES = (90, 60, 30)


@dataclass(frozen=True, slots=True)
class Retainer:
    """One retainer: billed every `months`, from its start to its end if those are known; `invoices` as day ordinals."""

    name: str
    months: int
    starts: date | None
    ends: date | None
    invoices: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MissingInvoice:
    """An invoice of a retainer that was due and has not come: since the last one, or since the retainer began."""

    retainer: str
    months: int
    since: date
    due: date
    as_of: date

    @property
    def days(self) -> int:
        """How long the last invoice is ago."""
        return (self.as_of - self.since).days

    @property
    def missing(self) -> int:
        """For how many days the invoice has been missing."""
        return (self.as_of - self.due).days

    @property
    def another(self) -> bool:
        """Tell whether the one after it is missing as well."""
        return (self.as_of - months_after(self.due, self.months)).days > LATE_DAYS

    @property
    def periods(self) -> Fraction:
        """How many billing periods the last invoice is ago."""
        return self.days / (self.months * MONTH_DAYS)


def missing_invoice(retainers: Iterable[Retainer], as_of: date) -> MissingInvoice | None:
    """Give the invoice that has been missing longest, over ten days; None where all came.

    Due is one period after the retainer's last invoice, since few are billed on the day the contract began; without
    any, one period after its start. None is due after its end.
    """
    found = [missing for one in retainers if (missing := _missing(one, as_of)) is not None]
    return max(found, key=lambda missing: missing.missing, default=None)


def _missing(retainer: Retainer, as_of: date) -> MissingInvoice | None:
    came = bisect_right(retainer.invoices, as_of.toordinal())
    since = date.fromordinal(retainer.invoices[came - 1]) if came else retainer.starts
    if since is None:
        return None
    due = months_after(since, retainer.months)
    if (retainer.ends is not None and due > retainer.ends) or (as_of - due).days <= LATE_DAYS:
        return None
    return MissingInvoice(retainer.name, retainer.months, since, due, as_of)


def end_notice(ends: date | None, as_of: date) -> int | None:
    """Give which notice of a contract's end has been reached: 90, 60 or 30 days; None before, after, or without one."""
    left = None if ends is None else (ends - as_of).days
    if left is None or left < 0:
        return None
    return next((days for days in reversed(NOTICES) if left <= days), None)
