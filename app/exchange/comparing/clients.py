"""Clients of a list against those of the book: what a row fills is taken, what it alters only on update."""

from datetime import date
from typing import Any

from app.domain.checking import Problem
from app.domain.clients import Client, StageRow
from app.domain.names import name_key
from app.domain.vocabulary import Stage, Tier
from app.exchange.comparing.outcome import Comparing
from app.exchange.comparing.references import ColleagueNames
from app.exchange.lists.clients import ClientRow
from app.exchange.lists.typed import TypedRows
from app.words.catalogue import trn

PLAIN = ("first_contact", "last_contact", "won", "sector", "source", "currency", "cadence_days", "notes")
REASON = "as the list says"


def compare_clients(work: Comparing, typed: TypedRows[ClientRow]) -> None:
    """Compare, and put new clients and what is filled or altered into the batch."""
    rows = typed.rows
    colleagues = ColleagueNames.of(work.known.colleagues, work.batch)
    clients = {client.id: client for client in work.known.clients}
    stages: dict[int, list[StageRow]] = {}
    for stage in work.imports.stages():
        stages.setdefault(stage.client_id, []).append(stage)
    first_rows: dict[int, ClientRow] = {}
    named = work.naming.resolve_all([row.client for row in rows], [row.code for row in rows])
    for client_id, row in zip(named, rows, strict=True):
        before = first_rows.setdefault(client_id, row)
        if before is not row:
            _repeated(work, before, row)
        elif client_id < 0:
            work.new += 1
        else:
            _compare(work, clients[client_id], stages.get(client_id, []), row, colleagues)
    for client_id, row in sorted(first_rows.items(), reverse=True):
        if client_id < 0:
            fill_new(work, client_id, row, colleagues)
    _tell_about_fees(work, first_rows)
    work.notices += colleagues.notices()


def _repeated(work: Comparing, before: ClientRow, row: ClientRow) -> None:
    if before[3:] == row[3:] and name_key(before.client) == name_key(row.client):
        work.same += 1
        return
    mend = "Leave one of the two rows out."
    work.problems.append(Problem("client", f"“{row.client}” stands in row {before.row} already.", mend, row.row))


def insert_new(work: Comparing, rows: dict[int, dict[str, Any]] | None = None) -> None:
    """Put the clients that are new with the list into the batch, with what their own rows say of them."""
    for place, client in enumerate(work.naming.new, 1):
        values: dict[str, Any] = {
            "name": client.name, "code": client.code, "owner_id": None, "tier": None, "tier_reason": "",
            "tier_since": None, "first_contact": None, "won": None, "last_contact": None, "sector": "", "source": "",
            "currency": "", "cadence_days": None, "do_not_contact": False, "notes": "",
        }  # fmt: skip
        values |= (rows or {}).get(-place, {})
        work.batch.insert("client", **values)


def fill_new(work: Comparing, client_id: int, row: ClientRow, colleagues: ColleagueNames) -> None:
    """Remember what the row of a new client says."""
    values: dict[str, Any] = {name: getattr(row, name) for name in PLAIN}
    values["owner_id"] = colleagues.resolve(row.owner)
    values |= _tier(row.tier, work.today)
    work.new_values[client_id] = values
    for tag in row.tags:
        work.batch.insert("client_tag", client_id=client_id, tag=tag)
    _insert_stage(work, client_id, row, [])


def _tier(tier: Tier | None, today: date) -> dict[str, Any]:
    if tier is None:
        return {}
    return {"tier": tier, "tier_since": today, "tier_reason": REASON}


def _compare(
    work: Comparing, client: Client, stages: list[StageRow], row: ClientRow, colleagues: ColleagueNames
) -> None:
    changes = _changes(client, stages, row, colleagues)
    values = work.settle_filling(row.row, client.name, changes)
    if not values:
        return
    written = {name: values[name] for name in (*PLAIN, "name", "code") if name in values}
    if "owner" in values:
        written["owner_id"] = colleagues.resolve(row.owner)
    if "tier" in values:
        written |= _tier(row.tier, work.today)
    if written:
        work.batch.update("client", client.id, written)
    for tag in values.get("tags", ()):
        if tag not in client.tags:
            work.batch.insert("client_tag", client_id=client.id, tag=tag)
    if "ended" in values or "stage" in values:
        _insert_stage(work, client.id, row, stages)


def _changes(
    client: Client, stages: list[StageRow], row: ClientRow, colleagues: ColleagueNames
) -> dict[str, tuple[Any, Any]]:
    """Give what a row says otherwise: field -> (in the book, in the list); what is filled has an empty first."""
    changes: dict[str, tuple[Any, Any]] = {}
    for name in PLAIN:
        old, new = getattr(client, name), getattr(row, name)
        if new not in (None, "") and new != old:
            changes[name] = (old, new)
    known_names = {name_key(name) for name in (client.name, *client.aliases)}
    if row.client != row.code and name_key(row.client) not in known_names:
        # A client that a list of fees made from a code alone has no name yet.
        changes["name"] = ("" if client.name == client.code else client.name, row.client)
    if row.code and row.code.lower() != client.code.lower():
        changes["code"] = (client.code, row.code)
    if row.owner and (colleagues.known(row.owner) is None or colleagues.known(row.owner) != client.owner_id):
        changes["owner"] = ("" if client.owner_id is None else colleagues.named(client.owner_id), row.owner)
    if row.tier and row.tier is not client.tier:
        changes["tier"] = (client.tier, row.tier)
    missing = tuple(tag for tag in row.tags if tag not in client.tags)
    if missing:
        changes["tags"] = ((), missing)
    return changes | _stage_changes(stages, row)


def _stage_changes(stages: list[StageRow], row: ClientRow) -> dict[str, tuple[Any, Any]]:
    latest = max(stages, key=lambda stage: stage.since, default=None)
    if row.ended:
        known = [stage.since for stage in stages if stage.stage is Stage.ENDED]
        return {} if row.ended in known else {"ended": (max(known, default=None), row.ended)}
    if row.stage and (latest is None or latest.stage is not row.stage):
        return {"stage": (latest.stage if latest else None, row.stage)}
    return {}


def _insert_stage(work: Comparing, client_id: int, row: ClientRow, stages: list[StageRow]) -> None:
    """Add a row to the dated history; a stage without a day holds from today on."""
    stage, since = (Stage.ENDED, row.ended) if row.ended else (row.stage, work.today)
    if stage is None or since is None:
        return
    same_day = next((known for known in stages if known.since == since), None)
    if same_day:
        work.batch.update("stage", same_day.id, {"stage": stage, "reason": REASON})
    else:
        work.batch.insert("stage", client_id=client_id, stage=stage, since=since, reason=REASON)


def _tell_about_fees(work: Comparing, rows: dict[int, ClientRow]) -> None:
    """Tell of dates that do not sit with the fees; they are accepted."""
    late = early = 0
    for client_id, (first, last) in work.imports.fee_spans().items():
        row = rows.get(client_id)
        if row is None:
            continue
        late += any(day is not None and day > first for day in (row.first_contact, row.won))
        early += row.ended is not None and row.ended < last
    if late:
        work.notices.append(
            trn(
                "{n} client has a first contact or a won date after its first fee.",
                "{n} clients have a first contact or a won date after their first fee.",
                late,
            )
        )
    if early:
        work.notices.append(
            trn("{n} client has an end before its last fee.", "{n} clients have an end before their last fee.", early)
        )
