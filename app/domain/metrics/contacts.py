"""Contacts of one client: what counts, the dialogue and the selling share (METRICS C1, C7, C8)."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import compress, pairwise, repeat
from operator import is_

from app.domain.metrics.numbers import ratio
from app.domain.metrics.reasons import Reason, Withheld
from app.domain.periods import Window, last_days
from app.domain.vocabulary import NEVER_COUNTS, Channel, Direction, Purpose

DIALOGUE_DAYS = 365
MIN_CONTACTS = 4
MIN_MONOLOGUE = 5
MONOLOGUE = Fraction(1, 5)
THEY_DO_THE_CALLING = Fraction(4, 5)
MAX_WITHOUT_REPLY = 3
SELLING_LIMIT = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One logged contact as the metrics need it."""

    day: date
    direction: Direction
    purpose: Purpose | None = None
    counts: bool = True


def counting(channel: Channel | None, *, completed: bool = True, automatic: bool = False) -> bool:
    """Tell whether an exchange is a counting contact: personal and completed (C1).

    Newsletters, voicemails and posts never count; nor does what is planned, unanswered, or sent by a machine
    (invoice, reminder).
    """
    return completed and not automatic and channel not in NEVER_COUNTS


@dataclass(frozen=True, slots=True)
class ContactSeries:
    """The days of the counting contacts of one client, ordinals in order of time: all, by direction, by purpose.

    `selling` and `purposeful` are those of ours that sold, and that have any purpose set.
    """

    days: tuple[int, ...]
    inbound: tuple[int, ...]
    outbound: tuple[int, ...]
    both: tuple[int, ...]
    selling: tuple[int, ...]
    purposeful: tuple[int, ...]
    distinct_days: tuple[int, ...]

    @classmethod
    def from_rows(cls, rows: Iterable[ContactRow]) -> "ContactSeries":
        """Build from logged contacts in any order; those that do not count are left out (C1)."""
        kept = sorted((row for row in rows if row.counts), key=lambda row: row.day)
        return cls.from_columns(
            [row.day.toordinal() for row in kept], [row.direction for row in kept], [row.purpose for row in kept]
        )

    @classmethod
    def from_columns(
        cls, days: Sequence[int], directions: Sequence[Direction], purposes: Sequence[Purpose | None]
    ) -> "ContactSeries":
        """Build from counting contacts in order of day: day ordinals, directions, purposes."""
        ours = [
            (day, purpose)
            for day, direction, purpose in zip(days, directions, purposes, strict=True)
            if purpose is not None and direction is not Direction.IN
        ]
        return cls(
            days=tuple(days),
            inbound=_those(days, directions, Direction.IN),
            outbound=_those(days, directions, Direction.OUT),
            both=_those(days, directions, Direction.BOTH),
            selling=tuple([day for day, purpose in ours if purpose is Purpose.SELL]),
            purposeful=tuple([day for day, _ in ours]),
            distinct_days=tuple(dict.fromkeys(days)),
        )

    def last_day(self, as_of: date) -> date | None:
        """Give the day of the last counting contact up to the day."""
        at = bisect_right(self.days, as_of.toordinal())
        return date.fromordinal(self.days[at - 1]) if at else None

    def last_gaps(self, as_of: date, most: int = 12) -> tuple[int, ...]:
        """Give the last gaps between distinct contact days, oldest first (METRICS 3.2)."""
        high = bisect_right(self.distinct_days, as_of.toordinal())
        used = self.distinct_days[max(0, high - most - 1) : high]
        return tuple(later - earlier for earlier, later in pairwise(used))

    def spoken_in(self, window: Window) -> "Spoken":
        """Count the directions of a window."""
        after, until = window.after.toordinal(), window.until.toordinal()
        return Spoken(*(_within(days, after, until) for days in (self.inbound, self.outbound, self.both)))


def _those(days: Sequence[int], directions: Sequence[Direction], wanted: Direction) -> tuple[int, ...]:
    """Give the days of one direction."""
    return tuple(compress(days, map(is_, directions, repeat(wanted))))


def _within(days: Sequence[int], after: int, until: int) -> int:
    """Count the days of a window, open at the left."""
    return bisect_right(days, until) - bisect_right(days, after)


def _latest(as_of: int, *columns: Sequence[int]) -> int:
    """Give the latest day up to a day among several columns, 0 where there is none."""
    return max(days[at - 1] if (at := bisect_right(days, as_of)) else 0 for days in columns)


NO_CONTACTS = ContactSeries.from_rows(())


@dataclass(frozen=True, slots=True)
class Spoken:
    """How often they spoke, we spoke, and both did."""

    inbound: int
    outbound: int
    both: int

    @property
    def total(self) -> int:
        """Give the number of contacts."""
        return self.inbound + self.outbound + self.both

    @property
    def dialogue_share(self) -> Fraction | None:
        """Give D = (in + both/2) / all; None of none (C7)."""
        return ratio(2 * self.inbound + self.both, 2 * self.total)


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The dialogue of one client on one day: all so far, 365 and 90 days, and what has gone unanswered.

    Ours of the very day of their last word are taken as answered: days carry no order within.
    """

    as_of: date
    ever: Spoken
    year: Spoken
    quarter: Spoken
    last: date | None
    last_inbound: date | None
    last_outbound: date | None
    outbound_since_last_inbound: int
    selling: int
    purposeful: int

    @property
    def share(self) -> Fraction | None:
        """Give the dialogue share of 365 days, raw (C7)."""
        return self.year.dialogue_share

    @property
    def monologue(self) -> bool:
        """Tell whether only we speak: D under 0.20 with five or more outgoing contacts."""
        share = self.share
        ours = self.year.outbound + self.year.both
        return share is not None and share < MONOLOGUE and ours >= MIN_MONOLOGUE

    @property
    def they_do_the_calling(self) -> bool:
        """Tell whether D is over 0.80, of four contacts or more."""
        share = self.share
        return share is not None and share > THEY_DO_THE_CALLING and self.year.total >= MIN_CONTACTS

    @property
    def unanswered(self) -> bool:
        """Tell whether three or more of ours went out since their last reply."""
        return self.outbound_since_last_inbound >= MAX_WITHOUT_REPLY

    @property
    def without_purpose(self) -> int:
        """Count our contacts of 365 days that have no purpose set; they are left out of the selling share."""
        return self.year.outbound + self.year.both - self.purposeful

    @property
    def selling_share(self) -> Fraction | None:
        """Give the part of our contacts with a purpose that sold, 365 days, raw (C8)."""
        return ratio(self.selling, self.purposeful)

    @property
    def sells_too_much(self) -> bool:
        """Tell whether over half of four or more contacts sold."""
        share = self.selling_share
        return share is not None and share > SELLING_LIMIT and self.purposeful >= MIN_CONTACTS

    @property
    def out_of_balance(self) -> bool:
        """Tell whether it warns: a monologue, three or more of ours unanswered, or more than half sells (C7, C8)."""
        return self.monologue or self.unanswered or self.sells_too_much

    @property
    def withheld(self) -> Withheld:
        """Name the raw figures for which the window gives counts only."""
        few = []
        if self.year.total < MIN_CONTACTS:
            few.append(("dialogue_share_365", Reason.FEW_CONTACTS))
        if self.purposeful < MIN_CONTACTS:
            few.append(("selling_share", Reason.FEW_CONTACTS))
        return tuple(few)


def dialogue(contacts: ContactSeries, as_of: date) -> Dialogue:
    """Measure the dialogue of one client on a day (C7, C8); only counting contacts are in the series."""
    today, year = as_of.toordinal(), last_days(as_of, DIALOGUE_DAYS)
    after = year.after.toordinal()
    last_in = _latest(today, contacts.inbound, contacts.both)
    last_out = _latest(today, contacts.outbound, contacts.both)
    return Dialogue(
        as_of=as_of,
        ever=contacts.spoken_in(Window(date.min, as_of)),
        year=contacts.spoken_in(year),
        quarter=contacts.spoken_in(last_days(as_of, 90)),
        last=contacts.last_day(as_of),
        last_inbound=date.fromordinal(last_in) if last_in else None,
        last_outbound=date.fromordinal(last_out) if last_out else None,
        outbound_since_last_inbound=_within(contacts.outbound, last_in, today),
        selling=_within(contacts.selling, after, today),
        purposeful=_within(contacts.purposeful, after, today),
    )
