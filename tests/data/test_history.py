"""One step back and forth: bulk, refusals, and whose figures a step touches."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from app.data import schema
from app.data.database import Database
from app.domain.changes import ChangeSet, Operation
from app.domain.vocabulary import Channel, CostKind, Direction, FeeKind
from app.errors import AppError, AskedWrongError, ChangedMeanwhileError

Rows = dict[str, list[tuple[object, ...]]]
Read = Callable[[Database], Rows]
DAY = date(2026, 3, 31)


def fee(client_id: int, amount: int = 10_000, **more: object) -> dict[str, object]:
    values = {"client_id": client_id, "on": DAY, "original": amount, "currency": "GBP", "amount": amount}
    return values | {"kind": FeeKind.INVOICE, "disbursement": False} | more


def client(name: str) -> dict[str, object]:
    return {"name": name, "do_not_contact": False}


@pytest.fixture
def heard(database: Database) -> list[ChangeSet]:
    """Collect what listeners hear."""
    said: list[ChangeSet] = []
    database.listeners.append(said.append)
    return said


@pytest.fixture
def two(database: Database) -> tuple[int, int]:
    """Add two clients."""
    with database.write("add clients") as recorder:
        first, second = recorder.insert_many(schema.client, [client("Acme"), client("Bexley")])
    return first, second


def _elsewhere(database: Database, sql: str, *values: object) -> None:
    """Change a row as another program would."""
    with closing(sqlite3.connect(database.path)) as other, other:
        other.execute(sql, values)


def test_five_thousand_deleted_rows_come_back(database: Database, rows: Read, two: tuple[int, int]) -> None:
    with database.write("import") as recorder:
        ids = recorder.insert_many(schema.fee, [fee(two[number % 2], number) for number in range(1, 5_001)])
    with database.write("link") as recorder:
        credits_ = recorder.insert_many(
            schema.fee, [fee(two[0], -5, kind=FeeKind.CREDIT, linked_fee_id=linked) for linked in ids[:200]]
        )
    before = rows(database)
    with database.write("delete 5,000 fees") as recorder:
        assert recorder.delete(schema.fee, ids) == 5_000
    assert [row[0] for row in rows(database)["fee"]] == list(credits_)
    database.undo()
    assert rows(database) == before


def test_a_client_with_everything_is_deleted_and_comes_back(
    database: Database, rows: Read, two: tuple[int, int]
) -> None:
    with database.write("fill") as recorder:
        who = recorder.insert(schema.colleague, {"name": "Ana", "active": True})
        person = recorder.insert(
            schema.person, {"client_id": two[0], "name": "Jo", "influence": "uses", "sentiment": "warm"}
        )
        told = recorder.insert(
            schema.contact,
            {
                "client_id": two[0],
                "on": DAY,
                "direction": Direction.BOTH,
                "channel": Channel.CALL,
                "counts": True,
                "planned": False,
            },
        )
        recorder.insert(schema.contact_person, {"contact_id": told, "person_id": person})
        recorder.insert(schema.contact_colleague, {"contact_id": told, "colleague_id": who})
        plan = recorder.insert(schema.plan, {"client_id": two[0], "title": "P", "starts": DAY, "ends": DAY})
        goal = recorder.insert(schema.objective, {"plan_id": plan, "title": "O"})
        recorder.insert(schema.action, {"plan_id": plan, "title": "A", "objective_id": goal, "owner_id": who})
        invoice = recorder.insert(schema.fee, fee(two[0]))
        recorder.insert(schema.fee, fee(two[0], -10_000, kind=FeeKind.CREDIT, linked_fee_id=invoice))
        recorder.insert(
            schema.promise,
            {
                "client_id": two[0],
                "what": "w",
                "by": "us",
                "contact_id": told,
                "person_id": person,
                "colleague_id": who,
            },
        )
        recorder.insert(
            schema.cost, {"on": DAY, "amount": 5, "kind": CostKind.SERVICE, "client_id": two[0], "note": "lunch"}
        )
        recorder.insert(schema.cost, {"on": DAY, "amount": 7, "kind": CostKind.ACQUISITION, "note": "general"})
    before = rows(database)
    with database.write("delete Acme") as recorder:
        recorder.delete(schema.client, [two[0]])
    after = rows(database)
    assert [row[0] for row in after["client"]] == [two[1]]
    assert [row[-1] for row in after["cost"]] == ["general"]
    assert after["colleague"] == before["colleague"]
    gone = ("person", "contact", "contact_person", "contact_colleague", "plan", "objective", "action", "fee", "promise")
    assert all(after[name] == [] for name in gone)
    assert database.problems() == []
    database.undo()
    assert rows(database) == before
    database.redo()
    assert rows(database) == after


def test_what_changes_nothing_is_no_step(database: Database, heard: list[ChangeSet], two: tuple[int, int]) -> None:
    steps = database.steps(10)
    heard.clear()
    with database.write("nothing"):
        pass
    with database.write("the same name") as recorder:
        assert recorder.update(schema.client, two[0], {"name": "Acme", "won": None}) is False
    with database.write("nobody") as recorder:
        assert recorder.delete(schema.client, [999]) == 0
        assert recorder.update(schema.client, 999, {"name": "X"}) is False
        assert list(recorder.insert_many(schema.client, [])) == []
    assert database.steps(10) == steps
    assert heard == []


def test_nothing_to_undo_or_redo_is_none(database: Database, heard: list[ChangeSet]) -> None:
    assert database.undo() is None
    assert database.redo() is None
    assert database.next_steps() == (None, None)
    assert heard == []


@pytest.mark.usefixtures("two")
def test_a_new_step_ends_the_redo_of_what_was_undone(database: Database) -> None:
    database.undo()
    with database.write("add Cole") as recorder:
        recorder.insert(schema.client, client("Cole"))
    assert database.redo() is None
    assert [(step.what, step.undone) for step in database.steps(10)] == [("add Cole", False), ("add clients", True)]


@pytest.mark.parametrize("act", ["insert", "update", "delete"])
def test_a_change_set_names_tables_rows_and_clients(
    database: Database, heard: list[ChangeSet], two: tuple[int, int], act: str
) -> None:
    with database.write("add") as recorder:
        fee_id = recorder.insert(schema.fee, fee(two[0]))
    if act == "update":
        with database.write("move") as recorder:
            recorder.update(schema.fee, fee_id, {"client_id": two[1]})
    if act == "delete":
        with database.write("delete") as recorder:
            recorder.delete(schema.fee, [fee_id])
    said = heard[-1]
    (change,) = said.changes
    assert (change.table, change.operation, change.first_id, change.last_id, change.count) == (
        *("fee", Operation(act)),
        *(fee_id, fee_id, 1),
    )
    assert said.clients == (frozenset(two) if act == "update" else {two[0]})
    undone = database.undo()
    assert undone is not None
    assert (undone.clients, undone.tables) == (said.clients, {"fee"})


def test_a_general_cost_touches_no_client_and_a_rate_touches_all(database: Database, heard: list[ChangeSet]) -> None:
    with database.write("general") as recorder:
        recorder.insert(schema.cost, {"on": DAY, "amount": 5, "kind": CostKind.ACQUISITION})
    with database.write("rate") as recorder:
        who = recorder.insert(schema.colleague, {"name": "Ana", "active": True})
        recorder.insert(schema.hourly_cost, {"colleague_id": who, "since": DAY, "amount": 1})
    assert [said.clients for said in heard] == [frozenset(), None]


REFUSALS: dict[str, tuple[str, str]] = {
    "its row was changed": ("insert", "UPDATE fee SET amount = 1"),
    "its row was deleted": ("insert", "DELETE FROM fee"),
    "its column was changed": ("update", "UPDATE fee SET document = 'other'"),
    "the row it changed was deleted": ("update", "DELETE FROM fee"),
    "the id was taken": (
        "delete",
        'INSERT INTO fee (id, client_id, "on", original, currency, kind, disbursement) VALUES (1, 1, 0, 1, 0, 0, 0)',
    ),
    "the client it belongs to was deleted": ("delete", "DELETE FROM client"),
}


@pytest.mark.parametrize("why", REFUSALS)
def test_undo_refuses_and_changes_nothing_where_another_program_changed_the_rows(
    database: Database, rows: Read, heard: list[ChangeSet], two: tuple[int, int], why: str
) -> None:
    act, meanwhile = REFUSALS[why]
    with database.write("add a fee") as recorder:
        fee_id = recorder.insert(schema.fee, fee(two[0]))
    if act == "update":
        with database.write("change a fee") as recorder:
            recorder.update(schema.fee, fee_id, {"document": "77"})
    if act == "delete":
        with database.write("delete a fee") as recorder:
            recorder.delete(schema.fee, [fee_id])
    _elsewhere(database, meanwhile)
    before, steps = rows(database), database.steps(10)
    heard.clear()
    with pytest.raises(AppError, match="something else has changed") as refused:
        database.undo()
    assert "Nothing was changed" in str(refused.value)
    assert (rows(database), database.steps(10), heard) == (before, steps, [])


def test_undoing_a_new_client_refuses_where_another_program_gave_it_a_fee(
    database: Database, rows: Read, two: tuple[int, int]
) -> None:
    _elsewhere(
        database,
        'INSERT INTO fee (client_id, "on", original, currency, kind, disbursement)'
        " VALUES (?, '2026-01-01', 1, 'GBP', 'invoice', 0)",
        two[0],
    )
    before = rows(database)
    with pytest.raises(AppError, match="something else has changed"):
        database.undo()
    assert rows(database) == before


def test_a_step_that_is_refused_can_be_passed_over_and_stays_so(database: Database, path: Path) -> None:
    for name in ("Acme", "Bexley", "Castellan"):
        with database.write(f"add {name}") as recorder:
            recorder.insert(schema.client, {"name": name, "do_not_contact": False})
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE client SET notes = 'theirs' WHERE name = 'Castellan'")
    with pytest.raises(ChangedMeanwhileError) as refused:
        database.undo()
    database.pass_over(refused.value.step_id)
    database.close()
    database = Database.open(path, "anna", write=True)
    undone = [change.what for change in iter(database.undo, None)]
    assert undone == ["add Bexley", "add Acme"]
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT name, notes FROM client").fetchall() == [("Castellan", "theirs")]
    # What cannot be done again is given up, too, and redo goes on with the next.
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("INSERT INTO client (id, name, do_not_contact) VALUES (1, 'Taken', 0)")
    with pytest.raises(ChangedMeanwhileError) as again:
        database.redo()
    database.pass_over(again.value.step_id)
    assert [change.what for change in iter(database.redo, None)] == ["add Bexley"]
    assert [step.what for step in database.steps(9)] == ["add Castellan", "add Bexley", "add Acme"]
    assert database.problems() == []
    database.close()


def test_redo_refuses_where_another_program_changed_the_rows(
    database: Database, rows: Read, two: tuple[int, int]
) -> None:
    with database.write("rename") as recorder:
        recorder.update(schema.client, two[0], {"name": "Acme Ltd"})
    database.undo()
    _elsewhere(database, "UPDATE client SET name = 'Acme Inc' WHERE id = ?", two[0])
    before = rows(database)
    with pytest.raises(AppError, match="something else has changed"):
        database.redo()
    assert rows(database) == before
    # Another column of the same row is nobody's business.
    _elsewhere(database, "UPDATE client SET name = 'Acme', sector = 'Steel' WHERE id = ?", two[0])
    assert database.redo() is not None


def test_what_belongs_to_nothing_is_refused_in_a_sentence(database: Database, rows: Read) -> None:
    before = rows(database)
    with pytest.raises(AskedWrongError, match="no longer exists"), database.write("orphan") as recorder:
        recorder.insert(schema.fee, fee(999))
    assert rows(database) == before
    assert database.steps(10) == []


def test_rows_come_back_exactly_as_stored(database: Database, rows: Read, two: tuple[int, int]) -> None:
    odd: dict[str, Any] = {"note": "Zoë’s „Fest“ \x00 \U0001f389\nline", "amount": -(2**62)}
    with database.write("odd") as recorder:
        number = recorder.insert(schema.cost, {"on": DAY, "kind": CostKind.SERVICE, "client_id": two[0]} | odd)
    before = rows(database)
    with database.write("delete") as recorder:
        recorder.delete(schema.cost, [number])
    database.undo()
    assert rows(database) == before
    assert before["cost"][0][-1] == odd["note"]


def test_listeners_hear_after_the_commit(database: Database) -> None:
    seen: list[int] = []

    def count(_: ChangeSet) -> None:
        with closing(sqlite3.connect(database.path)) as other:
            seen.append(other.execute("SELECT COUNT(*) FROM client").fetchone()[0])

    database.listeners.append(count)
    with database.write("add") as recorder:
        recorder.insert(schema.client, client("Acme"))
    database.undo()
    assert seen == [1, 0]


def test_a_step_of_many_rows_is_taken_back_by_one_statement(database: Database) -> None:
    said: list[tuple[str, bool]] = []

    def listen(*told: object) -> None:
        said.append((str(told[2]), bool(told[5])))

    with database.write("add a client") as recorder:
        owner = recorder.insert(schema.client, client("A"))
    with database.write("import of 300 fees") as recorder:
        recorder.insert_many(schema.fee, [fee(owner, number) for number in range(300)])
    event.listen(Engine, "before_cursor_execute", listen)
    try:
        database.undo()
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    deleted = [one for one in said if one[0].startswith("DELETE")]
    assert deleted == [('DELETE FROM "fee" WHERE id BETWEEN ? AND ?', False)]
