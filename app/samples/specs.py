"""The sample agency as it stands in resources/samples: read, checked by its types, nothing worked out yet."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "samples"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSpec:
    """Somebody at a client; `since` and `left` are days ago."""

    name: str
    role: str = ""
    level: str = ""
    influence: str = "unknown"
    sentiment: str = "unknown"
    channel: str = ""
    drivers: str = ""
    notes: str = ""
    since: int | None = None
    left: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkSpec:
    """The rhythm of the dialogue: days between two contacts, days ago of the last, their share (METRICS C7)."""

    every: int
    last: int
    they: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoSpec:
    """Projects billed one after another: days ago of first and last, days between, pounds, growth over the years."""

    first: int
    last: int
    every: int
    low: int
    high: int
    rise: float = 1.0
    jitter: float = 0.42


@dataclass(frozen=True, slots=True, kw_only=True)
class RetainerSpec:
    """A retainer: `steps` of (first month, last month, amount), months ago; `ends` is days ago."""

    name: str
    steps: tuple[tuple[int, int, int], ...]
    every: int = 1
    ends: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSpec:
    """A project with its bills: (days ago, amount)."""

    name: str
    bills: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditSpec:
    """A credit note: of the bill of a day, or of nothing in particular; without an amount the whole bill."""

    ago: int
    service: str
    of: int | None = None
    amount: int | None = None
    link: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseSpec:
    """Something owed; days ago, negative for days to come."""

    by: str
    made: int
    due: int
    what: str
    who: str
    from_: str = ""
    kept: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackSpec:
    """Words of a client and what became of them; days ago."""

    ago: int
    who: str
    kind: str
    via: str
    says: str
    work: int | None = None
    service: int | None = None
    nps: int | None = None
    owner: str = ""
    owned: int | None = None
    action: str = ""
    acted: int | None = None
    told: int | None = None
    did: str = ""


@dataclass(frozen=True, slots=True)
class AnswerSpec:
    """An answer of an earlier year to "how are we doing?"; scores, and what was done about it."""

    kind: str
    work: int
    service: int
    nps: int | None
    says: str
    did: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSpec:
    """A plan; objectives and actions are one line each (see `app.samples.plans`)."""

    starts: int
    ends: int
    title: str = ""
    reviewed: int | None = None
    expected: int | None = None
    goals: str = ""
    risks: str = ""
    opportunities: str = ""
    objectives: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSpec:
    """One client of the sample agency. `recent`, `own` and `planned` are contacts in one line each."""

    name: str
    code: str
    owner: str
    domain: str
    sector: str = ""
    source: str = ""
    team: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    currency: str = ""
    notes: str = ""
    known: int | None = None
    mood: str = "neutral"
    delivery: float = 0.5
    people: tuple[PersonSpec, ...] = ()
    topics: tuple[str, ...] = ()
    press: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    talk: TalkSpec | None = None
    auto: AutoSpec | None = None
    retainers: tuple[RetainerSpec, ...] = ()
    jobs: tuple[JobSpec, ...] = ()
    credits: tuple[CreditSpec, ...] = ()
    rebill: tuple[tuple[int, int, str], ...] = ()
    future: tuple[tuple[int, int, str], ...] = ()
    disbursements: tuple[tuple[int, int, str], ...] = ()
    costs: tuple[tuple[int, int, str, str], ...] = ()
    no_rate: tuple[int, ...] = ()
    stages: tuple[Mapping[str, Any], ...] = ()
    tier: Mapping[str, Any] | None = None
    snooze: Mapping[str, Any] | None = None
    preference: Mapping[str, Any] = field(default_factory=dict)
    cadence: int | None = None
    do_not_contact: bool = False
    promises: tuple[PromiseSpec, ...] = ()
    feedback: tuple[FeedbackSpec, ...] = ()
    plans: tuple[PlanSpec, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColleagueSpec:
    """One of us; `costs` are (days ago, pounds an hour)."""

    name: str
    initials: str
    costs: tuple[tuple[int, int], ...]
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencySpec:
    """Everything that stands in resources/samples; `general_costs` are (note, days between, pounds from, to)."""

    name: str
    currency: str
    year_starts: int
    hourly_cost: int
    colleagues: tuple[ColleagueSpec, ...]
    general_costs: tuple[tuple[str, int, int, int], ...]
    clients: tuple[ClientSpec, ...]
    phrases: Mapping[str, tuple[str, ...]]
    answers: tuple[AnswerSpec, ...]
    costs: Mapping[str, tuple[tuple[str, int, int], ...]]


def read(folder: Path = FOLDER) -> AgencySpec:
    """Read the sample agency; a field nobody knows is a mistake and raises TypeError."""
    agency = _toml(folder / "agency.toml")
    phrases = _toml(folder / "phrases.toml")
    files = sorted((folder / "clients").glob("*.toml"))
    answers = phrases.pop("answers")["lines"]
    lines = {key: tuple(table["lines"]) for key, table in phrases.items() if "lines" in table}
    lines |= {f"promises.{by}": tuple(words) for by, words in phrases["promises"].items()}
    return AgencySpec(
        name=agency["name"],
        currency=agency["currency"],
        year_starts=agency["year_starts"],
        hourly_cost=agency["hourly_cost"],
        colleagues=tuple(ColleagueSpec(**frozen(entry)) for entry in agency["colleagues"]),
        general_costs=tuple((c["note"], c["every"], c["from"], c["to"]) for c in agency["general_costs"]),
        clients=tuple(_client(entry) for file in files for entry in _toml(file)["clients"]),
        phrases=lines,
        answers=tuple(
            AnswerSpec(kind, w, s, None if nps < 0 else nps, says, did) for kind, w, s, nps, says, did in answers
        ),
        costs={kind: frozen(rows) for kind, rows in phrases["costs"].items()},
    )


_PARTS: Mapping[str, type[Any]] = {
    "people": PersonSpec,
    "retainers": RetainerSpec,
    "jobs": JobSpec,
    "credits": CreditSpec,
    "feedback": FeedbackSpec,
    "plans": PlanSpec,
    "promises": PromiseSpec,
}


def _client(entry: Mapping[str, Any]) -> ClientSpec:
    known = dict(frozen(entry))
    for name, kind in _PARTS.items():
        known[name] = tuple(_part(kind, part) for part in known.get(name, ()))
    for name, kind in (("talk", TalkSpec), ("auto", AutoSpec)):
        if name in known:
            known[name] = kind(**known[name])
    return ClientSpec(**known)


def _part(kind: type[Any], entry: Mapping[str, Any]) -> Any:  # noqa: ANN401
    return kind(**{"from_" if key == "from" else key: value for key, value in entry.items()})


def frozen(value: Any) -> Any:  # noqa: ANN401
    """Turn lists into tuples, all the way down."""
    if isinstance(value, Mapping):
        return {key: frozen(item) for key, item in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return tuple(frozen(item) for item in value)
    return value


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
