"""Undo, redo and history against a kept model: random steps over a real book (issue: undo proven by a state machine).

The model is a plain dict of rows; how children follow their parents is written down here once more, by hand.
"""

import shutil
import tempfile
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.data import schema, trash
from app.data.database import Database
from app.data.recorder import Recorder
from app.domain.changes import ChangeSet
from app.domain.firm import Firm
from app.domain.vocabulary import Channel, CostKind, Direction, FeedbackKind, FeeKind, Influence, PromiseBy, Sentiment
from tests.data.index_of import index_made_anew, index_of

Values = dict[str, Any]
Model = dict[str, dict[int, Values]]

# table -> what belongs to it and goes with it; what only points to it and is unlinked.
BELONGS = {
    "client": [
        (name, "client_id")
        for name in (
            *("client_tag", "client_alias", "stage", "person", "plan", "engagement", "fee", "cost"),
            *("contact", "promise", "feedback"),
        )
    ],
    "contact": [("contact_person", "contact_id"), ("contact_colleague", "contact_id")],
    "person": [("contact_person", "person_id")],
    "colleague": [("contact_colleague", "colleague_id"), ("hourly_cost", "colleague_id")],
    "plan": [("objective", "plan_id"), ("action", "plan_id")],
}
UNLINKS = {
    "fee": [("fee", "linked_fee_id")],
    "engagement": [("fee", "engagement_id"), ("cost", "engagement_id")],
    "contact": [("promise", "contact_id"), ("feedback", "told_contact_id")],
    "person": [("promise", "person_id"), ("feedback", "person_id")],
    "colleague": [
        ("client", "owner_id"),
        ("action", "owner_id"),
        ("promise", "colleague_id"),
        ("feedback", "owner_id"),
    ],
    "objective": [("action", "objective_id")],
}
# columns filled: a table to link to ("?" may be none), or a kind of value
COLUMNS: dict[str, dict[str, str]] = {
    "colleague": {"name": "text", "active": "yes"},
    "hourly_cost": {"colleague_id": "colleague", "since": "day", "amount": "number"},
    "client": {"name": "text", "owner_id": "colleague?", "won": "day?", "do_not_contact": "yes", "notes": "text"},
    "client_tag": {"client_id": "client", "tag": "text"},
    "client_alias": {"client_id": "client", "name": "text"},
    "person": {"client_id": "client", "name": "text", "influence": "influence", "sentiment": "sentiment"},
    "engagement": {"client_id": "client", "name": "text", "kind": "engagement kind"},
    "fee": {
        "client_id": "client",
        "on": "day",
        "original": "number",
        "currency": "text",
        "amount": "number?",
        "kind": "fee kind",
        "linked_fee_id": "fee?",
        "engagement_id": "engagement?",
        "disbursement": "yes",
    },
    "cost": {
        "on": "day",
        "amount": "number",
        "kind": "cost kind",
        "client_id": "client?",
        "engagement_id": "engagement?",
    },
    "contact": {
        "client_id": "client",
        "on": "day",
        "direction": "direction",
        "channel": "channel",
        "counts": "yes",
        "planned": "yes",
        "summary": "text",
    },
    "contact_person": {"contact_id": "contact", "person_id": "person"},
    "contact_colleague": {"contact_id": "contact", "colleague_id": "colleague"},
    "plan": {"client_id": "client", "title": "text", "starts": "day", "ends": "day"},
    "objective": {"plan_id": "plan", "title": "text"},
    "action": {"plan_id": "plan", "title": "text", "objective_id": "objective?", "owner_id": "colleague?"},
    "promise": {
        "client_id": "client",
        "what": "text",
        "by": "by",
        "contact_id": "contact?",
        "person_id": "person?",
        "colleague_id": "colleague?",
    },
    "feedback": {
        "client_id": "client",
        "on": "day",
        "verbatim": "text",
        "person_id": "person?",
        "kind": "feedback kind",
        "channel": "channel",
        "owner_id": "colleague?",
        "told_contact_id": "contact?",
    },
}
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
KINDS: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXT,
    "day": st.integers(0, 20000).map(lambda days: date(1990, 1, 1) + timedelta(days)),
    "number": st.integers(-(10**12), 10**12),
    "yes": st.booleans(),
    "influence": st.sampled_from(Influence),
    "sentiment": st.sampled_from(Sentiment),
    "engagement kind": st.sampled_from(["project", "retainer"]).map(str),
    "fee kind": st.sampled_from(FeeKind),
    "cost kind": st.sampled_from(CostKind),
    "direction": st.sampled_from(Direction),
    "channel": st.sampled_from(Channel),
    "by": st.sampled_from(PromiseBy),
    "feedback kind": st.sampled_from(FeedbackKind),
}
EVERYBODY = {"firm", "tier_level", "cadence_rule", "hourly_cost", "colleague"}


def stored(value: object) -> object:
    """Give what a value must be in the file."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


class BookMachine(RuleBasedStateMachine):
    """One book, one model of it, and every state it has been in."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="rapport-states-"))
        self.path = self.folder / "b.rapport"
        Database.create(self.path, Firm(name="F"))
        self.heard: list[ChangeSet] = []
        self._open()

    def _open(self) -> None:
        self.database = Database.open(self.path, "anna", write=True)
        self.database.listeners.append(self.heard.append)

    def _rows(self) -> Model:
        found: Model = {}
        with self.database.read() as connection:
            for table in schema.DATA:
                rows = connection.exec_driver_sql(f'SELECT * FROM "{table.name}"').mappings()
                found[table.name] = {row["id"]: dict(row) for row in rows}
        return found

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        """Start with a row or two of everything, so that links meet from the first step on."""
        before = self._rows()
        expected = deepcopy(before)
        with self.database.write("a world") as recorder:
            for name in [*COLUMNS, *COLUMNS]:
                draft = self._draft(data, name, expected)
                assert draft is not None
                number = recorder.insert(schema.metadata.tables[name], draft)
                expected[name][number] = {"id": number}
        self.model = self._rows()
        self.past: list[tuple[int, Model]] = [(1, before)]
        self.future: list[tuple[int, Model]] = []
        self.history = {1: False}
        self.highest = {name: max(rows, default=0) for name, rows in self.model.items()}

    # -- one step of several changes ---------------------------------------------------------------------------------

    @rule(data=st.data(), count=st.integers(1, 4), fail=st.sampled_from([False, False, False, True]))
    def step(self, data: st.DataObject, count: int, fail: bool) -> None:
        """Change several rows in one transaction, or fail in the middle of it."""
        before, expected, heard = deepcopy(self.model), deepcopy(self.model), len(self.heard)
        highest = dict(self.highest)
        changed = False
        try:
            with self.database.write("a step") as recorder:
                for _ in range(count):
                    changed |= self._one_change(data, recorder, expected)
                if fail:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            assert len(self.heard) == heard
            self.highest = highest
            return
        if not changed:
            assert len(self.heard) == heard
            return
        self.model = expected
        (said,) = self.heard[heard:]
        assert (said.who, said.what) == ("anna", "a step")
        self._must_name_all(said, before, expected)
        self.past.append((said.id, before))
        self.future.clear()
        self.history[said.id] = False

    def _one_change(self, data: st.DataObject, recorder: Recorder, expected: Model) -> bool:
        name = data.draw(st.sampled_from(sorted(COLUMNS)), "table")
        table = schema.metadata.tables[name]
        ids = sorted(expected[name])
        verb = data.draw(st.sampled_from(["insert", "insert", "update", "delete"] if ids else ["insert"]), "verb")
        if verb == "insert":
            drafts = [
                draft for _ in range(data.draw(st.integers(1, 3))) if (draft := self._draft(data, name, expected))
            ]
            numbers = recorder.insert_many(table, drafts)
            for number, draft in zip(numbers, drafts, strict=True):
                assert number > self.highest[name]
                self.highest[name] = number
                blank = {c.name: "" if c.server_default is not None else None for c in table.columns}
                expected[name][number] = blank | {key: stored(v) for key, v in draft.items()} | {"id": number}
            return bool(drafts)
        chosen = data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=4, unique=True), "rows")
        if verb == "delete":
            assert recorder.delete(table, chosen) == len(chosen)
            for number in chosen:
                _remove(expected, name, number)
            return True
        columns = data.draw(st.lists(st.sampled_from(sorted(COLUMNS[name])), min_size=1, unique=True), "columns")
        changes = {}
        for number in chosen:
            draft = self._draft(data, name, expected)
            if draft is not None:
                changes[number] = {column: draft[column] for column in columns}
        differing = 0
        for number, values in changes.items():
            after = expected[name][number] | {key: stored(value) for key, value in values.items()}
            differing += after != expected[name][number]
            expected[name][number] = after
        assert recorder.update_many(table, changes) == differing
        return differing > 0

    def _draft(self, data: st.DataObject, name: str, expected: Model) -> Values | None:
        draft: Values = {}
        for column, kind in COLUMNS[name].items():
            may = kind.endswith("?")
            word = kind.rstrip("?")
            if may and data.draw(st.booleans(), f"no {column}"):
                draft[column] = None
            elif word in KINDS:
                draft[column] = data.draw(KINDS[word], column)
            elif expected[word]:
                draft[column] = data.draw(st.sampled_from(sorted(expected[word])), column)
            elif may:
                draft[column] = None
            else:
                return None
        return draft

    def _must_name_all(self, said: ChangeSet, before: Model, after: Model) -> None:
        """Whoever listens to change sets alone must miss neither a table nor a client."""
        differing = [
            (name, number, rows)
            for name in before
            for number in before[name].keys() | after[name].keys()
            if (rows := (before[name].get(number), after[name].get(number)))[0] != rows[1]
        ]
        tables = {name for name, _, _ in differing}
        assert tables <= said.tables
        if tables & EVERYBODY:
            assert said.clients is None
        if said.clients is not None:
            for name, number, (was, now) in differing:
                assert _owners(name, number, was, before) | _owners(name, number, now, after) <= said.clients

    @rule(data=st.data())
    def bring_back(self, data: st.DataObject) -> None:
        """Bring something back from the trash: one more step, which never changes what stands there."""
        with self.database.read() as connection:
            gone = list(trash.every(connection))
            if not gone:
                return
            wanted = data.draw(st.sampled_from(gone), "gone")
            settled = trash.settle(connection, wanted)
        for name, ids in wanted.roots.items():
            assert not self.model[name].keys() & set(ids)
        if settled.missing:
            assert all(number not in self.model[name] for name, number in settled.missing)
            return
        before = self.model
        with self.database.write("bring back") as recorder:
            back = trash.put_back(recorder, wanted, settled)
        self.model = self._rows()
        assert sum(map(len, self.model.values())) - sum(map(len, before.values())) == back > 0
        self._must_name_all(self.heard[-1], before, self.model)
        self.past.append((self.heard[-1].id, before))
        self.future.clear()
        self.history[self.heard[-1].id] = False

    # -- the way back ------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        """Take the last step back."""
        number, before = self.past.pop()
        said = self.database.undo()
        assert said is not None
        assert said.id == number
        self._must_name_all(said, self.model, before)
        self.future.append((number, self.model))
        self.model, self.history[number] = before, True

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        """Do the step undone last again."""
        number, after = self.future.pop()
        said = self.database.redo()
        assert said is not None
        assert said.id == number
        self._must_name_all(said, self.model, after)
        self.past.append((number, self.model))
        self.model, self.history[number] = after, False

    @rule()
    def undo_all_and_redo_all(self) -> None:
        """Go to the very beginning and back."""
        done = len(self.past)
        for _ in range(done):
            self.undo()
        assert self.database.undo() is None
        for _ in range(done):
            self.redo()

    @rule()
    def close_and_open_again(self) -> None:
        """Undo and redo survive a restart."""
        self.database.close()
        self._open()

    # -- what always holds -------------------------------------------------------------------------------------------

    @invariant()
    def the_book_is_the_model(self) -> None:
        """Every data table equals the model."""
        rows = self._rows()
        for name, expected in self.model.items():
            assert rows[name] == expected, name

    @invariant()
    def the_index_of_words_is_that_of_the_rows(self) -> None:
        """Words are found where they stand, and nowhere else."""
        assert index_of(self.path) == index_made_anew(self.path)

    @invariant()
    def the_history_says_what_was_done(self) -> None:
        """Every step stands there with its state."""
        assert {step.id: step.undone for step in self.database.steps(10_000)} == self.history
        undo, redo = self.database.next_steps()
        assert (undo and undo.id) == (self.past[-1][0] if self.past else None)
        assert (redo and redo.id) == (self.future[-1][0] if self.future else None)

    def teardown(self) -> None:
        """Close the book, whole."""
        assert self.database.problems() == []
        self.database.close()
        shutil.rmtree(self.folder)


def _owners(name: str, number: int, row: Values | None, model: Model) -> set[int]:
    if row is None:
        return set()
    if name == "client":
        return {number}
    if name in {"contact_person", "contact_colleague"}:
        return {model["contact"][row["contact_id"]]["client_id"]}
    return {row["client_id"]} - {None} if "client_id" in row else set()


def _remove(model: Model, name: str, number: int) -> None:
    for child, column in BELONGS.get(name, ()):
        for other in [key for key, row in model[child].items() if row[column] == number]:
            _remove(model, child, other)
    for child, column in UNLINKS.get(name, ()):
        for row in model[child].values():
            if row[column] == number:
                row[column] = None
    model[name].pop(number, None)


def _settings(examples: int, steps: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),  # each try opens a real book: shrinking takes minutes
        suppress_health_check=list(HealthCheck),
    )


def test_undo_and_redo_equal_a_kept_model() -> None:
    run_state_machine_as_test(BookMachine, settings=_settings(12, 15))


@pytest.mark.full
def test_undo_and_redo_equal_a_kept_model_at_length() -> None:
    run_state_machine_as_test(BookMachine, settings=_settings(150, 40))
