"""The review of one client over a period: its values, and the allow-list of what may leave the house.

`ClientSafeReview` is that list: what is not a field of it, or of its parts, cannot be in a client's workbook.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from app.domain.metrics.contacts import Spoken
from app.domain.metrics.explanation import RowUse
from app.domain.metrics.purchases import WithoutRate
from app.domain.metrics.reasons import Flag, Reason
from app.domain.metrics.tfi import Evidence, Parts
from app.domain.periods import Window
from app.domain.promises import Promise
from app.domain.vocabulary import Channel, Direction, EngagementKind, FeeKind, PromiseBy, StartRule


class Edition(StrEnum):
    """For whom a review is made."""

    CLIENT = "client"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` to `end`, both included."""

    start: date
    end: date

    @property
    def window(self) -> Window:
        """Give the same days as a window, open at the left."""
        return Window(self.start - timedelta(days=1), self.end)

    @property
    def before(self) -> Window:
        """Give the window of the same length before it."""
        length = self.end - self.start + timedelta(days=1)
        return Window(self.start - timedelta(days=1) - length, self.start - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Bucket:
    """A month, quarter or year of the period, cut at its ends: fees in minor units, and who spoke."""

    start: date
    end: date
    fees: int
    spoken: Spoken


@dataclass(frozen=True, slots=True)
class Score:
    """The mean of the people's latest answers on one scale of 0 to 10, with its n (METRICS C10)."""

    mean: Fraction | None
    n: int


@dataclass(frozen=True, slots=True)
class Document:
    """One fee document: as invoiced in minor units of `currency`, and in the firm's currency where it counts.

    `counted` is None where the figures leave the document out; `counts_on` is the day it counts on (P3).
    """

    on: date
    number: str
    kind: FeeKind
    service: str
    currency: str
    original: int
    rate: Decimal | None
    amount: int | None
    counted: int | None
    counts_on: date | None
    use: RowUse


@dataclass(frozen=True, slots=True)
class Purchase:
    """One purchase day (P1): the net sum in minor units, how many documents, and which episode it belongs to (P9)."""

    day: date
    amount: int
    documents: int
    episode: int


@dataclass(frozen=True, slots=True)
class EpisodeDates:
    """One unbroken period of the relationship: counted from, first and last purchase, counted to (P9)."""

    start: date
    first: date
    last: date
    end: date


@dataclass(frozen=True, slots=True)
class StreamFigures:
    """The figures of one stream of fees of its own; streams do not add up to the pooled ones (P5, E15)."""

    stream: EngagementKind
    n: int
    observed: int
    spend: Fraction | None
    interval: Fraction | None
    length: int | None
    tfi: Fraction | None
    why_not: Reason | None


@dataclass(frozen=True, slots=True)
class ForeignFigures:
    """The same figures in the one foreign currency a client is billed in, minor units of it (P6)."""

    currency: str
    observed: int
    spend: Fraction | None
    tfi: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Workings:
    """S, T, L, TFI and observed fees with all they stand on; money in minor units, lengths in days (METRICS 1)."""

    n: int
    observed: int
    spend: Fraction | None
    interval: Fraction | None
    length: int | None
    tfi: Fraction | None
    parts: Parts | None
    why_not: Reason | None
    evidence: Evidence | None
    flags: tuple[Flag, ...]
    purchases_not_happened: int
    last_12_months: int
    start_rule: StartRule
    episodes: tuple[EpisodeDates, ...]
    purchases: tuple[Purchase, ...]
    documents: tuple[Document, ...]
    without_rate: tuple[WithoutRate, ...]
    streams: tuple[StreamFigures, ...]
    foreign: ForeignFigures | None = None


@dataclass(frozen=True, slots=True)
class PromisesKept:
    """Promises due in the period: how many were kept, and how many were due."""

    kept: int
    due: int


@dataclass(frozen=True, slots=True)
class SafeContact:
    """A contact as the client may read it."""

    on: date
    direction: Direction
    channel: Channel
    counts: bool
    people: tuple[str, ...]
    colleagues: tuple[str, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class SafeFeedback:
    """What the client said, and what we did about it once it was done."""

    on: date
    person: str
    verbatim: str
    work_score: int | None
    service_score: int | None
    action: str
    acted_on: date | None
    told_on: date | None


@dataclass(frozen=True, slots=True)
class SafeObjective:
    """What is to be reached."""

    title: str
    measure: str
    baseline: str
    target: str


@dataclass(frozen=True, slots=True)
class SafeAction:
    """What is to be done, by whom of us and when; `objective` is the title of the objective it serves."""

    title: str
    objective: str
    owner: str
    due: date | None
    done_on: date | None


@dataclass(frozen=True, slots=True)
class SafePlan:
    """The client's plan without what it costs and is to bring."""

    title: str
    starts: date
    ends: date
    goals: tuple[str, ...]
    objectives: tuple[SafeObjective, ...]
    actions: tuple[SafeAction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSafeReview:
    """The allow-list: all that may leave for the client, and nothing else."""

    firm: str
    currency: str
    client: str
    owner: str
    as_of: date
    period: Period
    known_since: date | None
    client_since: date | None
    workings: Workings
    fees_in_period: int
    purchases_in_period: int
    fees_before: int | None
    buckets: tuple[Bucket, ...]
    contacts: tuple[SafeContact, ...]
    spoken: Spoken
    feedback: tuple[SafeFeedback, ...]
    work: Score
    service: Score
    loops_closed: int
    loops_open: int
    loop_days: Fraction | None
    plan: SafePlan | None
    our_promises: PromisesKept


def our_promises_due(promises: Iterable[Promise], period: Period) -> PromisesKept:
    """Count our promises due in the period, and those of them kept by its end."""
    due = [p for p in promises if p.by is PromiseBy.US and p.due is not None and p.due in period.window]
    return PromisesKept(sum(1 for p in due if p.kept_on is not None and p.kept_on <= period.end), len(due))


def score(answers: Iterable[tuple[int | None, date, int]]) -> Score:
    """Give the mean of the latest answer of each person: (person, day, 0 to 10); unnamed ones count each (C10)."""
    latest: dict[object, tuple[date, int]] = {}
    for at, (person, day, answer) in enumerate(answers):
        key = person if person is not None else (at,)
        if key not in latest or day >= latest[key][0]:
            latest[key] = (day, answer)
    values = [answer for _, answer in latest.values()]
    return Score(Fraction(sum(values), len(values)) if values else None, len(values))
