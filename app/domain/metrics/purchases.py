"""Fee documents and purchases of one client: P1 to P6, built once, asked for any day by bisection."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate, compress, pairwise
from operator import lt

from app.domain.periods import Window
from app.domain.vocabulary import EngagementKind


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One fee document as the metrics need it.

    `amount` is in base minor units, negative for a credit, None while there is no rate for its currency (P6).
    `linked_to` is the `id` of the invoice a credit belongs to (P3). Drafts, quotes and cancelled documents are not
    passed at all; a `disbursement` is no fee (section 0).
    """

    day: date
    amount: int | None
    id: int | None = None
    linked_to: int | None = None
    disbursement: bool = False
    stream: EngagementKind | None = None
    currency: str = ""
    original: int | None = None

    @property
    def counts(self) -> bool:
        """Tell whether the document is part of the base-currency numbers."""
        return self.amount is not None and not self.disbursement


@dataclass(frozen=True, slots=True)
class DaySum:
    """The fee documents of one client on one day, added up: minor units, how many, how many of them credits."""

    day: date
    amount: int
    documents: int = 1
    credits: int = 0


@dataclass(frozen=True, slots=True)
class WithoutRate:
    """Documents in one currency left out because they have no rate: how many, and their sum in that currency (P6)."""

    currency: str
    documents: int
    amount: int


@dataclass(frozen=True, slots=True)
class Documents:
    """The counted documents of one client as columns of equal length, in order of day: the quickest way in.

    Days are ordinals; `amounts`, and `delivery_costs` where a document states its own, are minor units.
    """

    days: Sequence[int]
    amounts: Sequence[int]
    engagements: Sequence[int | None]
    delivery_costs: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class LinkedCredit:
    """A credit that belongs to an invoice (P3): the days of both, ordinals, and its amount in minor units."""

    day: int
    invoice_day: int
    amount: int

    @property
    def known_on(self) -> int:
        """Give the day from which both documents exist."""
        return max(self.day, self.invoice_day)


@dataclass(frozen=True, slots=True)
class FeeSeries:
    """All counted documents of one client, day by day; days are ordinals, `sums` and counts are running.

    Running tuples begin with a 0, so that `sums[i]` is the sum of the first i days. With linked credits, in the order
    in which they become known, the series depends on the day it is asked for; `on` then gives the one of that day (a
    credit exists from its own date, no look-ahead) and `settled` is the series once all of them exist.
    """

    days: tuple[int, ...]
    sums: tuple[int, ...]
    documents: tuple[int, ...]
    credits: tuple[int, ...]
    purchase_days: tuple[int, ...]
    unrated: tuple[FeeRow, ...] = ()
    links: tuple[LinkedCredit, ...] = ()
    settled: "FeeSeries | None" = None

    @classmethod
    def from_days(cls, days: Iterable[DaySum], unrated: Iterable[FeeRow] = ()) -> "FeeSeries":
        """Build from sums per day (P1) in any order; equal days are added up. No linked credits here."""
        ordered = sorted(days, key=lambda one: one.day)
        return _series(
            [one.day.toordinal() for one in ordered],
            [one.amount for one in ordered],
            [one.documents for one in ordered],
            [one.credits for one in ordered],
            tuple(unrated),
        )

    @classmethod
    def from_rows(cls, rows: Iterable[FeeRow]) -> "FeeSeries":
        """Build from single documents in any order, linked credits included (P3)."""
        kept = sorted(rows, key=lambda row: row.day)
        counted = [row for row in kept if row.counts]
        invoices = {row.id: row.day for row in counted if row.id is not None}
        return cls.from_columns(
            [row.day.toordinal() for row in counted],
            [row.amount or 0 for row in counted],
            [row for row in kept if row.amount is None and not row.disbursement],
            [
                LinkedCredit(row.day.toordinal(), invoices[row.linked_to].toordinal(), row.amount or 0)
                for row in counted
                if row.linked_to in invoices
            ],
        )

    @classmethod
    def from_columns(
        cls,
        days: Sequence[int],
        amounts: Sequence[int],
        unrated: Iterable[FeeRow] = (),
        links: Iterable[LinkedCredit] = (),
    ) -> "FeeSeries":
        """Build from columns in order of day; `links` name those of the documents that are linked credits (P3)."""
        credited = [amount < 0 for amount in amounts] if min(amounts, default=0) < 0 else None
        plain = _series(days, amounts, None, credited, tuple(unrated))
        ordered = tuple(sorted(links, key=lambda link: link.known_on))
        return replace(plain, links=ordered, settled=plain._with(ordered)) if ordered else plain

    def on(self, as_of: date) -> "FeeSeries":
        """Give the series as it was known on the day: links made of documents dated later do not exist yet."""
        if self.settled is None:
            return self
        known = bisect_right(self.links, as_of.toordinal(), key=lambda link: link.known_on)
        return self.settled if known == len(self.links) else self._with(self.links[:known])

    def _with(self, links: Sequence[LinkedCredit]) -> "FeeSeries":
        """Build the series in which these linked credits stand on their invoices' dates."""
        amounts, documents, credited = (_steps(running) for running in (self.sums, self.documents, self.credits))
        for link in links:
            left, joined = bisect_left(self.days, link.day), bisect_left(self.days, link.invoice_day)
            for column, moved in ((amounts, link.amount), (documents, 1), (credited, int(link.amount < 0))):
                column[left] -= moved
                column[joined] += moved
        # A day whose only document moved away is no day of the series.
        kept = [at for at, count in enumerate(documents) if count]
        days, amounts, documents, credited = (
            [column[at] for at in kept] for column in (self.days, amounts, documents, credited)
        )
        return _series(days, amounts, documents, credited, self.unrated)

    def observed(self, as_of: date) -> int:
        """Give N, the sum of all fee documents up to the day, minor units (P2)."""
        return self.sums[bisect_right(self.days, as_of.toordinal())]

    def booked_ahead(self, as_of: date) -> int:
        """Give the sum of the documents dated after the day (section 0)."""
        return self.sums[-1] - self.observed(as_of)

    def documents_up_to(self, as_of: date) -> tuple[int, int]:
        """Give how many documents, and how many of them credits, are dated up to the day."""
        at = bisect_right(self.days, as_of.toordinal())
        return self.documents[at], self.credits[at]

    def fees_in(self, window: Window) -> int:
        """Give the net fees of a window, minor units. Ask the series of `on(as_of)`."""
        days = self.days
        return (
            self.sums[bisect_right(days, window.until.toordinal())]
            - self.sums[bisect_right(days, window.after.toordinal())]
        )

    def purchases_in(self, window: Window) -> int:
        """Count the purchase days of a window. Ask the series of `on(as_of)`."""
        days = self.purchase_days
        return bisect_right(days, window.until.toordinal()) - bisect_right(days, window.after.toordinal())

    def purchases_up_to(self, as_of: date) -> tuple[int, ...]:
        """Give the purchase days up to the day, as ordinals (P1)."""
        return self.purchase_days[: bisect_right(self.purchase_days, as_of.toordinal())]

    def last_gaps(self, as_of: date, most: int = 12) -> tuple[int, ...]:
        """Give the last gaps between purchase days, oldest first, at most twelve (METRICS 3.2)."""
        days = self.purchase_days
        high = bisect_right(days, as_of.toordinal())
        used = days[max(0, high - most - 1) : high]
        return tuple(later - earlier for earlier, later in pairwise(used))

    def without_rate(self, as_of: date) -> tuple[WithoutRate, ...]:
        """Give what is left out for want of a rate, per currency (P6)."""
        if not self.unrated:
            return ()
        counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        for row in self.unrated:
            if row.day <= as_of:
                counts[row.currency][0] += 1
                counts[row.currency][1] += row.original or 0
        return tuple(WithoutRate(currency, n, amount) for currency, (n, amount) in sorted(counts.items()))


NO_FEES = FeeSeries((), (0,), (0,), (0,), ())


def streams(rows: Iterable[FeeRow]) -> dict[EngagementKind, FeeSeries]:
    """Give each stream's own series if the client has retainer and project documents, else nothing (P5).

    A document of no engagement is project work; a linked credit goes with its invoice. The streams' figures do not
    add up to the pooled ones (E15).
    """
    kept = list(rows)
    by_id = {row.id: row for row in kept if row.id is not None}
    parts: dict[EngagementKind, list[FeeRow]] = {EngagementKind.RETAINER: [], EngagementKind.PROJECT: []}
    for row in kept:
        owner = by_id.get(row.linked_to, row) if row.linked_to is not None else row
        parts[owner.stream or EngagementKind.PROJECT].append(row)
    if not all(parts.values()):
        return {}
    return {stream: FeeSeries.from_rows(part) for stream, part in parts.items()}


def effective_days(rows: Iterable[FeeRow], as_of: date) -> list[tuple[FeeRow, date]]:
    """Give each counted document with the day it counts on: a linked credit on its invoice's, if both exist (P3)."""
    counted = [row for row in rows if row.counts]
    known = {row.id: row.day for row in counted if row.id is not None and row.day <= as_of}
    return [
        (row, known.get(row.linked_to, row.day) if row.linked_to is not None and row.day <= as_of else row.day)
        for row in counted
    ]


def _series(
    days: Sequence[int],
    amounts: Sequence[int],
    documents: Sequence[int] | None,
    credited: Sequence[int] | None,
    unrated: tuple[FeeRow, ...],
) -> FeeSeries:
    """Build from columns in order of day; equal days are added up. No linked credits here.

    Without `documents` each row is one, without `credited` none is a credit.
    """
    ends = dict(zip(days, range(1, len(days) + 1), strict=True))  # of equal days the last one's end stays
    sums = _running(amounts, ends.values())
    return FeeSeries(
        days=tuple(ends),
        sums=sums,
        documents=(0, *ends.values()) if documents is None else _running(documents, ends.values()),
        credits=(0,) * len(sums) if credited is None else _running(credited, ends.values()),
        purchase_days=tuple(compress(ends, map(lt, sums, sums[1:]))),
        unrated=unrated,
    )


def _running(values: Sequence[int], ends: Iterable[int]) -> tuple[int, ...]:
    """Add up values and give the sums reached at the ends, after a 0."""
    reached = list(accumulate(values, initial=0))
    return (0, *map(reached.__getitem__, ends))


def _steps(running: Sequence[int]) -> list[int]:
    """Take running sums apart again."""
    return [after - before for before, after in pairwise(running)]
