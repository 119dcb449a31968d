"""The course of one relationship: known since, won, ended, won back; its episodes on a day (METRICS P9)."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from app.domain.vocabulary import Stage, StartRule


@dataclass(frozen=True, slots=True)
class StageRow:
    """One hand-set, dated row of the stage history; an entered end date is such a row (METRICS C2a)."""

    day: date
    stage: Stage


@dataclass(frozen=True, slots=True)
class Relationship:
    """The dates of one client: first met as entered, first contact as logged, won, and the hand-set stages in order."""

    first_met: date | None = None
    first_logged: date | None = None
    won: date | None = None
    stages: tuple[StageRow, ...] = ()

    def first_contact(self, as_of: date) -> date | None:
        """Give the earlier of the entered date and the earliest logged contact, if known by then (METRICS P9)."""
        known = [day for day in (self.first_met, self.first_logged) if day is not None and day <= as_of]
        return min(known, default=None)

    def won_on(self, as_of: date) -> date | None:
        """Give the won date if it has come."""
        return self.won if self.won is not None and self.won <= as_of else None

    def stage_row(self, as_of: date) -> StageRow | None:
        """Give the latest hand-set row up to the day, None if there is none (METRICS C2a)."""
        latest = None
        for row in self.stages:
            if row.day <= as_of and (latest is None or row.day >= latest.day):
                latest = row
        return latest

    def ended_on(self, as_of: date) -> date | None:
        """Give the end date if the relationship stands ended on the day, else None."""
        row = self.stage_row(as_of)
        return row.day if row is not None and row.stage is Stage.ENDED else None

    def start(self, rule: StartRule, as_of: date) -> date | None:
        """Give the day the rule counts from, None where it falls back on the first purchase (METRICS P9)."""
        if rule is StartRule.FIRST_PURCHASE:
            return None
        if rule is StartRule.WON:
            return self.won_on(as_of)
        return self.first_contact(as_of) or self.won_on(as_of)


NO_DATES = Relationship()


@dataclass(frozen=True, slots=True)
class Episode:
    """One unbroken period of buying, in day ordinals: `first` and `last` purchase, `n` purchases, and its `end`."""

    first: int
    last: int
    n: int
    end: int


def episodes(purchase_days: Sequence[int], relationship: Relationship, as_of: date) -> list[Episode]:
    """Split the purchase days (ordinals up to as_of) where the client was won back by hand (METRICS P9).

    An episode ends on its end date, never before its last purchase; the running one ends on as_of. One that was
    closed by a *won back* without an end date ends with its last purchase.
    """
    today = as_of.toordinal()
    if not purchase_days:
        return []
    if not relationship.stages:
        return [Episode(purchase_days[0], purchase_days[-1], len(purchase_days), today)]
    rows = sorted((row.day.toordinal(), row.stage) for row in relationship.stages if row.day <= as_of)
    starts = [day for day, stage in rows if stage is Stage.WON_BACK]
    bounds = [0, *starts, today + 1]
    found = []
    for begins, stops in pairwise(bounds):
        low, high = bisect_left(purchase_days, begins), bisect_left(purchase_days, stops)
        if low == high:
            continue
        first, last = purchase_days[low], purchase_days[high - 1]
        inside = [(day, stage) for day, stage in rows if begins <= day < stops]
        if inside and inside[-1][1] is Stage.ENDED:
            end = max(inside[-1][0], last)
        elif stops > today:
            end = today
        else:
            end = last
        found.append(Episode(first, last, high - low, end))
    return found
