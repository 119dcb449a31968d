"""How far undo reaches, and what is forgotten; days pass by moving the steps' own times back, as a clock would."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.data import reach, schema
from app.data.database import Database
from app.domain.vocabulary import FeeKind
from app.errors import AppError

Rows = dict[str, list[tuple[object, ...]]]
Read = Callable[[Database], Rows]


def _add(database: Database, name: str) -> int:
    with database.write(f"add {name}") as recorder:
        return recorder.insert(schema.client, {"name": name, "do_not_contact": False})


def _fees(client_id: int, count: int) -> list[dict[str, object]]:
    same = {"client_id": client_id, "on": date(2026, 3, 31), "original": 5, "currency": "GBP", "amount": 5}
    return [same | {"kind": FeeKind.INVOICE, "disbursement": False} for _ in range(count)]


def _sql(path: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as other, other:
        return other.execute(sql, values).fetchall()


def _worked(path: Path, days: int = reach.DAYS_OF_WORK) -> None:
    """Let a step be taken on each of so many days, the last of them today."""
    now = datetime.now(UTC).replace(microsecond=0)
    taken = [((now - timedelta(days=ago)).isoformat(),) for ago in reversed(range(days))]
    with closing(sqlite3.connect(path)) as other, other:
        other.executemany("INSERT INTO change_set (at, who, what, state) VALUES (?, 'anna', 'work', 'done')", taken)


def _ages(path: Path, days: float, upto: int = 10**9) -> None:
    at = (datetime.now(UTC) - timedelta(days=days)).replace(microsecond=0).isoformat()
    _sql(path, "UPDATE change_set SET at = ? WHERE id <= ?", at, upto)


def test_undo_reaches_two_hundred_steps(database: Database, rows: Read) -> None:
    for number in range(203):
        _add(database, f"C{number}")
    done = 0
    while database.undo():
        done += 1
    assert done == 200
    assert [row[1] for row in rows(database)["client"]] == ["C0", "C1", "C2"]
    for _ in range(200):
        assert database.redo()
    assert len(rows(database)["client"]) == 203


def test_steps_taken_back_and_replaced_do_not_shorten_the_reach(database: Database) -> None:
    for number in range(200):
        _add(database, f"C{number}")
    for _ in range(10):
        database.undo()
        _add(database, "again")
    assert sum(1 for _ in iter(database.undo, None)) == 200


@pytest.mark.parametrize(("days", "reached"), [(29.9, True), (30.1, False), (-400, True)])
def test_undo_reaches_thirty_days(database: Database, days: float, reached: bool) -> None:
    _add(database, "Acme")
    _ages(database.path, days)
    assert (database.next_steps()[0] is not None) == reached
    assert (database.undo() is not None) == reached


def test_undo_never_crosses_a_migration(database: Database, rows: Read) -> None:
    _add(database, "before")
    _add(database, "taken back")
    database.undo()
    _sql(database.path, f"PRAGMA user_version = {schema.VERSION + 1}")
    assert database.next_steps() == (None, None)
    assert database.undo() is None
    assert database.redo() is None
    _add(database, "after")
    undo, _ = database.next_steps()
    assert undo is not None
    assert undo.what == "add after"
    assert database.undo()
    assert database.undo() is None
    assert database.redo()
    assert [row[1] for row in rows(database)["client"]] == ["before", "after"]
    assert [step.what for step in database.steps(9)] == ["add after", "add taken back", "add before"]


def _opened_again(database: Database) -> Database:
    database.close()
    return Database.open(database.path, "anna", write=True)


def _kept(path: Path) -> list[object]:
    return [row[0] for row in _sql(path, "SELECT what FROM change_set ORDER BY id")]


def test_steps_are_kept_two_years_and_the_latest_always(database: Database, path: Path) -> None:
    for number in range(203):
        _add(database, f"C{number}")
    _ages(path, 729)
    _worked(path)
    database = _opened_again(database)
    assert len(_kept(path)) == 203 + reach.DAYS_OF_WORK
    _ages(path, 731, upto=203)
    database = _opened_again(database)
    assert _kept(path)[0] == f"add C{3 + reach.DAYS_OF_WORK}"
    assert len(_kept(path)) == 200
    assert _sql(path, "SELECT COUNT(*) FROM change") == [(200 - reach.DAYS_OF_WORK,)]
    assert database.problems() == []
    database.close()


def test_before_forty_five_days_of_work_nothing_is_old(database: Database, path: Path) -> None:
    for number in range(203):
        _add(database, f"C{number}")
    _ages(path, 3650)
    _worked(path, reach.DAYS_OF_WORK - 1)
    _opened_again(database).close()
    assert len(_kept(path)) == 203 + reach.DAYS_OF_WORK - 1


def test_a_clock_set_forward_makes_nothing_old(database: Database, path: Path) -> None:
    for number in range(203):
        _add(database, f"C{number}")
    with database.read() as connection:
        in_ten_years = datetime.now(UTC) + timedelta(days=3650)
        assert not reach.is_due(connection, in_ten_years)
    assert len(_kept(path)) == 203


def test_rows_of_an_import_taken_back_are_kept_ninety_days(database: Database, path: Path, rows: Read) -> None:
    client = _add(database, "Acme")
    with database.write("import of 101 fees") as recorder:
        recorder.insert_many(schema.fee, _fees(client, 101))
        recorder.update(schema.client, client, {"notes": "from a list"})
    with database.write("small list") as recorder:
        recorder.insert_many(schema.fee, _fees(client, 3))
    database.undo()
    database.undo()
    _ages(path, 89)
    _worked(path)
    database = _opened_again(database)
    assert database.next_steps()[1] is not None
    _ages(path, 91, upto=3)
    database = _opened_again(database)
    assert _sql(path, "SELECT what, state FROM change_set ORDER BY id LIMIT 3") == [
        ("add Acme", "done"),
        ("import of 101 fees", "dropped"),
        ("small list", "undone"),
    ]
    kept = "SELECT s.what, c.rows IS NOT NULL FROM change c JOIN change_set s ON s.id = c.change_set_id ORDER BY c.id"
    assert _sql(path, kept) == [
        ("add Acme", 0),
        ("import of 101 fees", 0),
        ("import of 101 fees", 0),
        ("small list", 1),
    ]
    assert database.redo()
    assert len(rows(database)["fee"]) == 3
    database.close()


def test_a_step_whose_rows_are_forgotten_is_refused_not_half_done(database: Database, path: Path, rows: Read) -> None:
    client = _add(database, "Acme")
    with database.write("change") as recorder:
        recorder.update(schema.client, client, {"notes": "x"})
        recorder.insert_many(schema.fee, _fees(client, 2))
    _sql(path, "UPDATE change SET rows = NULL")
    before = rows(database)
    with pytest.raises(AppError, match="too long ago"):
        database.undo()
    assert rows(database) == before


def test_opening_a_long_history_costs_little(database: Database, path: Path) -> None:
    client = _add(database, "Acme")
    with closing(sqlite3.connect(path)) as other, other:
        at = datetime.now(UTC).isoformat()
        other.executemany(
            "INSERT INTO change_set (at, who, what, state) VALUES (?, 'a', 'w', 'done')", [(at,)] * 20_000
        )
        other.execute(
            'INSERT INTO change (change_set_id, "table", operation, first_id, last_id, row_count, checksum, rows)'
            " SELECT id, 'client', 'update', ?, ?, 1, 0, randomblob(80) FROM change_set",
            (client, client),
        )
    with database.read() as connection:
        begun = datetime.now(UTC)
        assert not reach.is_due(connection)
        assert (datetime.now(UTC) - begun).total_seconds() < 0.1
