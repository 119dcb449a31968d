"""What changed, in words: tables, fields and values as a person reads them in the history and in the trash."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.domain.money import minor_digits
from app.domain.vocabulary import Channel
from app.words import formats, names, steps
from app.words.catalogue import tr, trn

Values = Mapping[str, object]

# One and many of what stands in a table.
_THINGS = {
    "client": ("client", "clients"),
    "person": ("person", "people"),
    "plan": ("plan", "plans"),
    "objective": ("objective", "objectives"),
    "action": ("action", "actions"),
    "engagement": ("engagement", "engagements"),
    "fee": ("fee", "fees"),
    "cost": ("cost", "costs"),
    "contact": ("contact", "contacts"),
    "promise": ("promise", "promises"),
    "feedback": ("feedback", "feedback"),
    "stage": ("stage set by hand", "stages set by hand"),
    "colleague": ("colleague", "colleagues"),
    "hourly_cost": ("hourly cost", "hourly costs"),
    "client_tag": ("tag", "tags"),
    "client_alias": ("other name", "other names"),
    "contact_person": ("person present", "people present"),
    "contact_colleague": ("colleague present", "colleagues present"),
    "firm": ("firm’s settings", "firm’s settings"),
    "tier_level": ("tier", "tiers"),
    "cadence_rule": ("cadence", "cadences"),
}
_FIELDS = {
    "acted_on": "Acted on", "active": "Works with us", "at": "Time", "began": "Who began", "billed_every_months":
    "Billed every", "broken_on": "Broken on", "by": "Who owes", "cadence_days": "Cadence", "client_id": "Client",
    "code": "Code", "colleague_id": "Colleague", "contact_id": "Contact", "contact_days": "Contact every",
    "counts": "Counts as contact", "delivery_cost": "Delivery cost", "discount_basis_points": "Discount rate",
    "do_not_contact": "Do not contact", "done_on": "Done on", "drivers": "What drives them", "email": "Mail",
    "ends": "Until",
    "engagement_id": "Engagement", "expected_fee": "Expected fee", "first_contact": "First contact",
    "hourly_cost": "Hourly cost", "horizon_months": "Horizon", "influence": "Influence", "initials": "Initials",
    "kept_on": "Kept on", "kind": "Kind", "last_contact": "Last contact", "left_on": "Left on", "linked_fee_id":
    "Credits the invoice", "nps": "Would recommend", "objective_id": "Objective", "on": "Day", "original": "Amount",
    "owned_on": "Owned since", "owner_id": "Owner", "person_id": "Person", "planned": "Planned", "plan_id": "Plan",
    "preferred_cadence_days": "Client’s own cadence", "preferred_channel": "Preferred channel", "ranking_window":
    "Ranked by", "reply_days": "Reply within", "reviewed_on": "Reviewed on", "reviews_a_year": "Reviews a year",
    "service_score": "Service score", "share_until": "Share up to", "since": "Since", "snooze_reason":
    "Reason to snooze", "snoozed_until": "Snoozed until", "start_rule": "Counted from", "starts": "From",
    "tier_reason": "Reason for the tier", "tier_since": "Tier since", "told_contact_id": "Told in", "told_on":
    "Told on", "verbatim": "Their words", "what": "What", "won": "Won on", "work_score": "Work score",
    "year_starts": "Year starts in month", "years_cap": "Years at most",
}  # fmt: skip
_FIELDS_OF = {
    ("fee", "amount"): "Amount in the firm’s currency",
    ("person", "sentiment"): "Stands towards us",
    ("person", "channel"): "Prefers",
    ("person", "notes"): "Internal note",
    ("engagement", "fee"): "Agreed fee",
    ("action", "minutes"): "Time",
    ("feedback", "action"): "What was done",
    ("stage", "since"): "Stage from",
}
_PARTS = {
    "client_tag": "Tag",
    "client_alias": "Other name",
    "stage": "Stage",
    "contact_person": "Who was there",
    "contact_colleague": "Who of us",
    "hourly_cost": "An hour costs",
}
# Minor units of the firm's currency; a fee's `original` is in its own.
MONEY = frozenset({"amount", "delivery_cost", "fee", "expected_fee", "cost", "hourly_cost", "original"})
_DAYS = frozenset({"cadence_days", "preferred_cadence_days", "contact_days", "reply_days"})
NOTHING = "–"


def thing(table: str) -> str:
    """Name what stands in a table: “client”."""
    return tr(_THINGS[table][0])


def counted(table: str, number: int) -> str:
    """Count things of a table: “12 contacts”."""
    one, many = _THINGS[table]
    return trn("{n} " + one, "{n} " + many, number)


def listed_counts(counts: Mapping[str, int]) -> str:
    """Count things of several tables, most first: “12 contacts, 5 fees and 1 person”."""
    most_first = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return formats.listed((counted(table, number) for table, number in most_first), len(_THINGS))


def field(table: str, column: str) -> str:
    """Name a field as forms do."""
    words = _FIELDS_OF.get((table, column)) or _FIELDS.get(column)
    return tr(words or column.replace("_", " ").capitalize())


def part(table: str) -> str:
    """Name what is edited with a record though it stands in a table of its own: “Tag”."""
    return tr(_PARTS[table])


def value(column: str, given: object, currency: str) -> str:
    """Write one value of a field; a dash where there is none. Links are named by the caller."""
    if given is None or given == "":
        return NOTHING
    if isinstance(given, bool):
        return tr("yes") if given else tr("no")
    if isinstance(given, date):
        return formats.day(given)
    if isinstance(given, StrEnum):
        return names.name(given)
    if isinstance(given, int):
        return _number(column, given, currency)
    if isinstance(given, Decimal):
        return f"{given.normalize():f}"
    text = " ".join(str(given).split())
    if column in {"channel", "preferred_channel"} and text in set(Channel):
        return names.name(Channel(text))
    return text


def title(table: str, row: Values, currency: str) -> str:
    """Name one record by what a person knows it by: “Acme”, “INV-12, 3 Nov 2026, £1,200”."""
    match table:
        case "fee":
            money = _money(_int(row["original"]), str(row["currency"]))
            return ", ".join(filter(None, (str(row["document"]), _day(row["on"]), money)))
        case "cost":
            money = _money(_int(row["amount"]), currency)
            return ", ".join(filter(None, (_short(row["note"]), _day(row["on"]), money)))
        case "contact":
            head = tr("{channel} of {day}").format(channel=_name(row["channel"]), day=_day(row["on"]))
            return f"{head}: {_short(row['summary'])}" if row["summary"] else head
        case "feedback":
            return f"“{_short(row['verbatim'])}”"
        case "stage":
            return tr("{stage} from {day}").format(stage=_name(row["stage"]), day=_day(row["since"]))
        case "hourly_cost":
            money = _money(_int(row["amount"]), currency)
            return tr("{money} from {day}").format(money=money, day=_day(row["since"]))
        case _:
            named_by = next(key for key in ("name", "title", "what", "tag", "tier", "stage") if key in row)
            return _short(row[named_by])


def things(titles: Mapping[str, list[str]], counts: Mapping[str, int]) -> str:
    """Name what was deleted: “client Acme”, “3 fees: INV-1, INV-2 and 1 more”, “2 clients and 40 fees”."""
    if len(counts) != 1:
        return listed_counts(counts)
    ((table, number),) = counts.items()
    if number == 1:
        return f"{thing(table)} {titles[table][0]}".strip()
    # Those that are not named are counted all the same.
    named = [*titles[table][:2], *[""] * (number - 2)] if number > 3 else titles[table]
    return f"{counted(table, number)}: {formats.listed(named, 2 if number > 3 else 3)}"


def of_client(words: str, client: str) -> str:
    """Say whose it was: “fee INV-12, 3 Nov 2026, £1,200 of Acme”."""
    return tr("{things} of {client}").format(things=words, client=steps.short(client))


def added(table: str) -> str:
    """Say that a record was added."""
    return tr("The {thing} was added").format(thing=thing(table))


def deleted(table: str) -> str:
    """Say that a record was deleted."""
    return tr("The {thing} was deleted").format(thing=thing(table))


def brought_back(table: str) -> str:
    """Say that a record came back from the trash."""
    return tr("The {thing} was brought back").format(thing=thing(table))


def bring_back(what: str) -> str:
    """Write the phrase of the step that brings something back."""
    return tr("bring back {what}").format(what=steps.short(what, 60))


def nobody_knows(table: str) -> str:
    """Name a link to what neither stands in the book nor in its history."""
    return tr("a {thing} no longer known").format(thing=thing(table))


def _number(column: str, given: int, currency: str) -> str:
    if column in MONEY:
        return _money(given, currency)
    if column in _DAYS:
        return formats.days(given)
    if column == "minutes":
        return tr("{n} min").format(n=formats.number(given))
    if column == "billed_every_months":
        return trn("{n} month", "{n} months", given)
    return formats.number(given)


def _money(minor: int, currency: str) -> str:
    whole = minor % 10 ** minor_digits(currency) == 0
    return formats.money(minor, currency, pence=not whole)


def _day(given: object) -> str:
    return formats.day(given) if isinstance(given, date) else NOTHING


def _name(given: object) -> str:
    return names.name(given) if isinstance(given, StrEnum) else str(given)


def _int(given: object) -> int:
    return given if isinstance(given, int) else 0


def _short(given: object) -> str:
    return steps.short(_name(given))
