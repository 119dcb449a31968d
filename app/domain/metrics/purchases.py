"""Fee documents and purchases of one client: P1 to P6, built once, asked for any day by bisection."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise

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
class FeeSeries:
    """All counted documents of one client, day by day; days are ordinals, `sums` and counts are running.

    Running tuples begin with a 0, so that `sums[i]` is the sum of the first i days. With linked credits the series
    depends on the day it is asked for; `on` then gives the one of that day (a credit exists from its own date, no
    look-ahead) and `settled` is the series once every linked credit and its invoice exist.
    """

    days: tuple[int, ...]
    sums: tuple[int, ...]
    documents: tuple[int, ...]
    credits: tuple[int, ...]
    purchase_days: tuple[int, ...]
    unrated: tuple[FeeRow, ...] = ()
    rows: tuple[FeeRow, ...] = ()
    settled_on: int = 0
    settled: "FeeSeries | None" = None

    @classmethod
    def from_days(cls, days: Iterable[DaySum], unrated: Iterable[FeeRow] = ()) -> "FeeSeries":
        """Build from sums per day (P1) in any order; equal days are added up. No linked credits here."""
        ordered = sorted((d.day.toordinal(), d.amount, d.documents, d.credits) for d in days)
        return cls.from_ordinals(ordered, tuple(unrated))

    @classmethod
    def from_rows(cls, rows: Iterable[FeeRow]) -> "FeeSeries":
        """Build from single documents, linked credits included (P3)."""
        kept = tuple(rows)
        counted = [row for row in kept if row.counts]
        unrated = tuple(row for row in kept if row.amount is None and not row.disbursement)
        plain = cls.from_ordinals(sorted(_row(row, row.day) for row in counted), unrated)
        targets = {row.id: row.day for row in counted if row.id is not None}
        links = [(row.day, targets[row.linked_to]) for row in counted if row.linked_to in targets]
        if not links:
            return plain
        settled_on = max(max(pair) for pair in links)
        return cls(
            days=plain.days,
            sums=plain.sums,
            documents=plain.documents,
            credits=plain.credits,
            purchase_days=plain.purchase_days,
            unrated=unrated,
            rows=tuple(counted),
            settled_on=settled_on.toordinal(),
            settled=_moved(counted, settled_on, unrated),
        )

    @classmethod
    def from_ordinals(cls, rows: Iterable[tuple[int, int, int, int]], unrated: tuple[FeeRow, ...] = ()) -> "FeeSeries":
        """Build from (day ordinal, amount, documents, credits) sorted by day: the quickest way in."""
        days: list[int] = []
        amounts: list[int] = []
        documents: list[int] = []
        credited: list[int] = []
        latest = -1
        for day, amount, count, credit_count in rows:
            if day == latest:
                amounts[-1] += amount
                documents[-1] += count
                credited[-1] += credit_count
            else:
                days.append(day)
                amounts.append(amount)
                documents.append(count)
                credited.append(credit_count)
                latest = day
        return cls(
            days=tuple(days),
            sums=tuple(accumulate(amounts, initial=0)),
            documents=tuple(accumulate(documents, initial=0)),
            credits=tuple(accumulate(credited, initial=0)),
            purchase_days=tuple(day for day, amount in zip(days, amounts, strict=True) if amount > 0),
            unrated=unrated,
        )

    def on(self, as_of: date) -> "FeeSeries":
        """Give the series as it was known on the day: links made of documents dated later do not exist yet."""
        if self.settled is None:
            return self
        if as_of.toordinal() >= self.settled_on:
            return self.settled
        return _moved(self.rows, as_of, self.unrated)

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


def _moved(rows: Iterable[FeeRow], as_of: date, unrated: tuple[FeeRow, ...]) -> FeeSeries:
    """Build the series of one day: linked credits that exist on it stand on their invoices' dates."""
    return FeeSeries.from_ordinals(sorted(_row(row, day) for row, day in effective_days(rows, as_of)), unrated)


def _row(row: FeeRow, day: date) -> tuple[int, int, int, int]:
    amount = row.amount or 0
    return day.toordinal(), amount, 1, 1 if amount < 0 else 0
