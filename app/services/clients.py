"""Clients: add, change, rank by hand, snooze, end, merge, delete."""

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import date

from app.data import clients as data
from app.data import schema
from app.data.database import Database
from app.data.recorder import Recorder
from app.domain import clients as rules
from app.domain.checking import InvalidInputError, Problem
from app.domain.clients import Client, ClientDraft, StageRow
from app.domain.records import draft_of
from app.domain.vocabulary import Stage, Tier
from app.errors import AskedWrongError
from app.words import names, steps
from app.words.catalogue import tr


class Clients:
    """The clients of the book."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def every(self) -> list[Client]:
        """Read all clients by name."""
        with self._database.read() as connection:
            return data.every(connection)

    def get(self, client_id: int) -> Client:
        """Read one client; AskedWrongError where it does not exist."""
        with self._database.read() as connection:
            found = data.one(connection, client_id)
        if found is None:
            raise _gone()
        return found

    def find(self, ref: str) -> Client:
        """Find a client by code, name or another name, or by the first words of its name where no other begins so.

        AskedWrongError offers the nearest names, or the codes.
        """
        wanted = ref.strip().lower()
        if not wanted:
            raise AskedWrongError("No client is named.", "Give a code or a name of the book.")
        with self._database.read() as connection:
            every = data.every(connection)
        for called in (
            [client for client in every if client.code.lower() == wanted],
            [client for client in every if client.name.lower() == wanted],
            [client for client in every if wanted in map(str.lower, client.aliases)],
        ):
            if len(called) > 1:
                codes = " or ".join(f"“{client.code}”" for client in called if client.code)
                raise AskedWrongError(f"{len(called)} clients are called “{ref}”.", f"Give the code: {codes}.")
            if called:
                return called[0]
        begun = [client for client in every if client.name.lower().startswith(f"{wanted} ")]
        if len(begun) == 1:
            return begun[0]
        from rapidfuzz import fuzz, process, utils

        near = process.extract(
            ref,
            [client.name for client in every],
            scorer=fuzz.WRatio,
            processor=utils.default_process,
            limit=3,
            score_cutoff=60,
        )
        offer = " or ".join(f"“{name}”" for name, _, _ in near)
        raise AskedWrongError(
            f"No client is called “{ref}”.", f"Did you mean {offer}?" if offer else "Give a code or a name of the book."
        )

    def stages(self, client_id: int | None = None) -> list[StageRow]:
        """Read the stages set by hand, oldest first."""
        with self._database.read() as connection:
            return data.stages(connection, client_id)

    def add(self, draft: ClientDraft) -> int:
        """Write a new client; a name or code already in use is refused."""
        with self._database.write(steps.CLIENT.added(draft)) as recorder:
            self._must_be_right(recorder, draft, None)
            return data.insert(recorder, draft)

    def change(self, client_id: int, draft: ClientDraft) -> None:
        """Write what differs of a client."""
        with self._database.write(steps.CLIENT.changed(draft)) as recorder:
            if data.one(recorder.connection, client_id) is None:
                raise _gone()
            self._must_be_right(recorder, draft, client_id)
            data.update(recorder, client_id, draft)

    def delete(self, ids: Iterable[int]) -> None:
        """Delete clients with everything that belongs to them, in one step."""
        wanted = tuple(ids)
        with self._database.write(steps.CLIENT.deleted(len(wanted))) as recorder:
            if len(wanted) == 1:
                recorder.what = steps.CLIENT.deleted(1, data.one(recorder.connection, wanted[0]))
            recorder.delete(schema.client, wanted)

    def set_owner(self, ids: Iterable[int], owner_id: int | None) -> None:
        """Give clients an owner, or none, in one step."""
        self._change_each(ids, tr("change owner"), lambda draft: replace(draft, owner_id=owner_id))

    def pin_tier(self, ids: Iterable[int], tier: Tier | None, since: date, reason: str = "") -> None:
        """Pin clients to a tier with reason and day, or let the figures decide again (None)."""

        def pin(draft: ClientDraft) -> ClientDraft:
            return replace(draft, tier=tier, tier_since=since if tier else None, tier_reason=reason if tier else "")

        self._change_each(ids, tr("change tier"), pin)

    def add_tag(self, ids: Iterable[int], tag: str) -> None:
        """Tag clients, in one step."""
        word = tag.strip()
        if not word:
            raise InvalidInputError.one("tags", "A tag needs a word.", "Type it.")
        self._change_each(ids, tr("tag"), lambda draft: replace(draft, tags=(*dict.fromkeys((*draft.tags, word)),)))

    def snooze(self, client_id: int, until: date | None, reason: str = "") -> None:
        """Silence a client's warnings until a day, visibly; None wakes them."""
        what = tr("snooze") if until else tr("end the snooze")
        self._change_each((client_id,), what, lambda draft: replace(draft, snoozed_until=until, snooze_reason=reason))

    def spoke_last(self, client_id: int, on: date) -> None:
        """Answer “when did you last speak?” with a day, without logging a contact."""
        self._change_each((client_id,), tr("set last contact"), lambda draft: replace(draft, last_contact=on))

    def set_stage(self, client_id: int, stage: Stage, since: date, reason: str = "") -> None:
        """Set a stage by hand from a day on; the same day is overwritten."""
        name = self.get(client_id).name
        what = tr("set {client} to {stage}").format(client=steps.short(name), stage=names.name(stage).lower())
        with self._database.write(what) as recorder:
            table = schema.stage
            same = [row for row in data.stages(recorder.connection, client_id) if row.since == since]
            values = {"client_id": client_id, "stage": stage, "since": since, "reason": reason}
            if same:
                recorder.update(table, same[0].id, values)
            else:
                recorder.insert(table, values)

    def remove_stage(self, stage_id: int) -> None:
        """Take a stage set by hand away again."""
        with self._database.write(tr("remove a stage")) as recorder:
            recorder.delete(schema.stage, (stage_id,))

    def add_alias(self, client_id: int, alias: str) -> None:
        """Keep another name under which lists know a client; a name it goes by already is no step."""
        word = alias.strip()
        if not word:
            raise InvalidInputError.one("aliases", "Another name needs letters.", "Type it as it stands in lists.")
        with self._database.write(tr("add a name of a client")) as recorder:
            if data.one(recorder.connection, client_id) is None:
                raise _gone()
            owner = data.names_taken(recorder.connection).get(word.lower())
            if owner is None:
                _keep_name(recorder, client_id, word)
            elif owner != client_id:
                raise InvalidInputError(_taken("aliases", word))

    def merge(self, keep: int, lose: int) -> None:
        """Make two clients one: all of `lose` moves to `keep` and fills its empty fields; its names stay."""
        kept, lost = self.get(keep), self.get(lose)
        if keep == lose:
            raise InvalidInputError.one("client", "A client cannot be merged with itself.", "Choose another.")
        what = tr("merge {lost} into {kept}").format(lost=steps.short(lost.name, 20), kept=steps.short(kept.name, 20))
        with self._database.write(what) as recorder:
            connection = recorder.connection
            tables = [t for t in schema.DATA if "client_id" in t.columns and t is not schema.client_tag]
            for table in tables:
                ids = connection.exec_driver_sql(
                    f'SELECT id FROM "{table.name}" WHERE client_id = ?', (lose,)
                ).scalars()
                recorder.update_many(table, {row_id: {"client_id": keep} for row_id in ids.all()})
            recorder.delete(schema.client, (lose,))
            # Lists know the lost one by its code as well.
            for name in dict.fromkeys(filter(None, (lost.name, lost.code if kept.code else ""))):
                _keep_name(recorder, keep, name)
            data.update(recorder, keep, _filled(kept, lost))

    def counts(self, client_id: int) -> dict[str, int]:
        """Count what belongs to a client, table by table, for the merge and delete previews."""
        found = {}
        with self._database.read() as connection:
            for table in schema.DATA:
                if "client_id" in table.columns:
                    found[table.name] = connection.exec_driver_sql(
                        f'SELECT COUNT(*) FROM "{table.name}" WHERE client_id = ?', (client_id,)
                    ).scalar_one()
        return found

    def _change_each(self, ids: Iterable[int], what: str, change: Callable[[ClientDraft], ClientDraft]) -> None:
        wanted = tuple(ids)
        with self._database.write(steps.for_clients(what, len(wanted))) as recorder:
            for client in data.every(recorder.connection, *wanted) if wanted else ():
                data.update(recorder, client.id, change(draft_of(ClientDraft, client)))

    def _must_be_right(self, recorder: Recorder, draft: ClientDraft, client_id: int | None) -> None:
        problems = list(rules.check(draft))
        taken = data.names_taken(recorder.connection)
        for field in ("name", "code"):
            value = getattr(draft, field).strip().lower()
            if value and taken.get(value, client_id) != client_id:
                problems.append(_taken(field, getattr(draft, field)))
        if problems:
            raise InvalidInputError(*problems)


def _filled(kept: Client, lost: Client) -> ClientDraft:
    draft = draft_of(ClientDraft, kept)
    empty = {
        field.name: getattr(lost, field.name)
        for field in fields(ClientDraft)
        if getattr(kept, field.name) in (None, "", False) and getattr(lost, field.name) not in (None, "", False)
    }
    tags = tuple(dict.fromkeys((*kept.tags, *lost.tags)))
    extremes = {
        "first_contact": min(filter(None, (kept.first_contact, lost.first_contact)), default=None),
        "won": min(filter(None, (kept.won, lost.won)), default=None),
        "last_contact": max(filter(None, (kept.last_contact, lost.last_contact)), default=None),
    }
    return replace(draft, **empty | extremes | {"tags": tags})


def _keep_name(recorder: Recorder, client_id: int, name: str) -> None:
    recorder.insert(schema.client_alias, {"client_id": client_id, "name": name})


def _taken(field: str, name: str) -> Problem:
    return Problem(field, f"“{name}” is taken by another client.", "Merge them, or change it.")


def _gone() -> AskedWrongError:
    return AskedWrongError(steps.CLIENT.gone(), "It was deleted meanwhile; undo brings it back.")
