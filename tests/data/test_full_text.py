"""The index of words: kept right by every way of changing rows, never an error, and made anew where it is damaged."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app.data import full_text, schema, search
from app.data.copying import counts_of
from app.data.database import Database
from app.data.full_text import fts_query
from app.data.rescue import rescue
from app.data.seal import Seals
from app.errors import AppError, DamagedBookError, WayOut
from tests.data.index_of import index_made_anew, index_of

OLD_BOOKS = Path(__file__).resolve().parents[1] / "old_books"
CONTACT = {"on": date(2026, 3, 4), "direction": "in", "channel": "mail", "counts": True, "planned": False}


@pytest.fixture
def filled(database: Database) -> Database:
    """Give a book with a few words in it."""
    with database.write("fill") as recorder:
        client = recorder.insert(schema.client, {"name": "Acme", "do_not_contact": False})
        for number, words in enumerate(("Straße nach Łódź", "C++ and O'Brien", "50%_off, a-b", "東京タワー", "")):
            recorder.insert(
                schema.contact, {**CONTACT, "client_id": client, "summary": words, "note": f"note {number}"}
            )
        recorder.insert(
            schema.feedback,
            {
                "client_id": client,
                "on": date(2026, 5, 1),
                "verbatim": "Nie zu spät",
                "kind": "praise",
                "channel": "mail",
            },
        )
    return database


def found(database: Database, typed: str) -> list[str]:
    """Give the texts that hold what was typed, asked with the index and without."""
    with database.read() as connection:
        aided = search.holding(connection, typed, 12)
        assert search.holding_unaided(connection, typed, 12) == aided
    return [hit.words for hit in aided]


# What tells FTS5 how the index is built, and the words themselves; not the tables that hold them.
HEAD, WORDS = (
    "UPDATE full_text_data SET block = x'00000001ffffffff' WHERE id = 10",
    ("UPDATE full_text_data SET block = zeroblob(length(block)) WHERE id > 10"),
)


def spoil(path: Path, statement: str = HEAD) -> None:
    """Damage what the index holds."""
    with closing(sqlite3.connect(path)) as plain, plain:
        assert plain.execute(statement).rowcount > 0


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", '"', '""', "O'Brien", "C++", "a-b", "foo@bar.com", "100%", "*", "**", "a*", "NEAR(", "NEAR(a b)"),
        *(
            "AND",
            "a AND",
            "NOT x",
            "OR",
            "(",
            ")",
            "summary:",
            "words : x",
            "^x",
            "{a b}: c",
            "+",
            "-x",
            "\\",
            "'",
            ";",
        ),
        *("\0", "a\0b", "\0\0\0abc", "\ud7ff", "\u200b", "\U0001f600", "東", "東京", "가", "ß", "x" * 100_000),
        *("a " * 50_000, '"' * 100_000, "\0" * 100_000, "é" * 100_000, "\n\t", "DROP TABLE client", "%_%", "𝒜𝒷𝒸", "ﬁ"),
    ],
    ids=lambda typed: repr(typed[:12]),
)
def test_whatever_is_typed_is_no_error(filled: Database, typed: str) -> None:
    assert len(fts_query(typed)) < 10_000
    assert len(found(filled, typed)) <= 6


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        *[("strasse", 1), ("STRASSE", 1), ("straße", 1), ("lodz", 1), ("Łódź", 1), ("rass", 1), ("lodz stra", 1)],
        *[("c++", 1), ("o'brien", 1), ("o’brien", 1), ("brien", 1), ("50%", 1), ("50%_o", 1), ("a-b", 1), ("a-c", 0)],
        *[
            ("東京", 1),
            ("京タ", 1),
            ("東", 1),
            ("東タ", 0),
            ("spat", 1),
            ("SPÄT", 1),
            ("zu", 1),
            ("nie zu", 1),
            ("zx", 0),
        ],
        *[("note", 5), ("note 3", 1), ("stra note", 1), ("lodz spat", 0), ("c+++", 0), ("%", 0)],
    ],
)
def test_what_is_typed_is_found(filled: Database, typed: str, count: int) -> None:
    assert len(found(filled, typed)) == count


def test_the_index_is_that_of_the_rows_after_whatever_is_done(filled: Database) -> None:
    with filled.write("edit") as recorder:
        recorder.update(schema.contact, 1, {"summary": "Brücke"})
        recorder.update(schema.contact, 1, {"summary": "Brücke und Weg"})
        recorder.update(schema.contact, 2, {"minutes": 5})
        recorder.delete(schema.contact, [3])
    assert found(filled, "bruck")
    assert not found(filled, "stras")
    assert index_of(filled.path) == index_made_anew(filled.path)
    with filled.write("delete") as recorder:
        recorder.delete(schema.client, [1])
    assert index_of(filled.path) == []
    filled.undo()
    filled.undo()
    assert found(filled, "stras")
    assert not found(filled, "bruck")
    assert index_of(filled.path) == index_made_anew(filled.path) != []
    with pytest.raises(AppError):
        _change_and_fail(filled)
    assert not found(filled, "never")


def _change_and_fail(database: Database) -> None:
    with database.write("fails") as recorder:
        recorder.update(schema.contact, 1, {"summary": "never"})
        raise AppError("Refused.")


def test_a_whole_import_goes_from_the_index_and_comes_back(filled: Database) -> None:
    few = index_of(filled.path)
    with filled.write("import") as recorder:
        rows = [{**CONTACT, "client_id": 1, "summary": f"Zeile {number}"} for number in range(2_000)]
        recorder.insert_many(schema.contact, rows)
    many = index_of(filled.path)
    filled.undo()
    assert index_of(filled.path) == few
    filled.redo()
    assert index_of(filled.path) == many == index_made_anew(filled.path)


def test_the_newest_come_first_and_no_more_than_asked(filled: Database) -> None:
    with filled.write("more") as recorder:
        for day in (5, 20, 11):
            recorder.insert(schema.contact, {**CONTACT, "on": date(2026, 6, day), "client_id": 1, "summary": "Messe"})
    with filled.read() as connection:
        assert [hit.on.day for hit in search.holding(connection, "messe", 2)] == [20, 11]


def test_no_step_and_no_count_knows_the_index(filled: Database) -> None:
    assert not [name for name in counts_of(filled.path) if name.startswith("full_text")]
    with filled.read() as connection:
        tables = set(connection.exec_driver_sql('SELECT DISTINCT "table" FROM change').scalars())
    assert tables == {"client", "contact", "feedback"}


def test_damage_is_said_to_who_asks_the_index_and_to_nobody_else(filled: Database) -> None:
    spoil(filled.path)
    with filled.read() as connection:
        with pytest.raises(sqlite3.DatabaseError) as said:
            search.holding(connection, "strasse", 3)
        assert search.holding_unaided(connection, "strasse", 3)
    assert full_text.is_damage(said.value)
    assert filled.problems() == []


@pytest.mark.parametrize("statement", [HEAD, WORDS])
def test_a_damaged_index_is_made_anew_at_the_opening_and_nobody_is_told(
    filled: Database, tmp_path: Path, statement: str
) -> None:
    filled.close()
    spoil(filled.path, statement)
    seals = Seals(tmp_path / "seals")
    seals.closed(filled.book_id, "another digest")
    opened = Database.open(filled.path, "anna", write=True, seals=seals)
    assert found(opened, "strasse")
    assert opened.problems() == []
    opened.close()
    assert index_of(filled.path) == index_made_anew(filled.path)


def test_a_change_mends_a_damaged_index_and_is_not_refused(filled: Database) -> None:
    spoil(filled.path)
    with filled.write("edit") as recorder:
        recorder.update(schema.contact, 1, {"summary": "Brücke"})
    assert found(filled, "brucke")
    assert found(filled, "spat")
    assert index_of(filled.path) == index_made_anew(filled.path)


def test_a_search_that_meets_damage_has_it_mended_with_the_next_change(filled: Database) -> None:
    spoil(filled.path)
    filled.distrust_full_text()
    with filled.write("rename") as recorder:
        recorder.update(schema.client, 1, {"name": "Acme Ltd"})
    assert found(filled, "strasse")


@pytest.mark.parametrize("statement", ["DROP TABLE full_text", "DELETE FROM meta WHERE key = 'full_text'"])
def test_a_missing_or_foreign_index_is_made_at_the_opening(filled: Database, statement: str) -> None:
    filled.close()
    with closing(sqlite3.connect(filled.path)) as plain, plain:
        plain.execute(statement)
        plain.execute("UPDATE meta SET value = '0 5.2.0' WHERE key = 'full_text'")
    opened = Database.open(filled.path, "anna", write=True)
    assert found(opened, "strasse")
    opened.close()


def test_a_copy_of_a_book_is_searchable_and_so_is_what_was_rescued(filled: Database, tmp_path: Path) -> None:
    filled.copy_to(tmp_path / "copy.rapport")
    filled.close()
    spoil(filled.path)
    rescue(filled.path, tmp_path / "rescued.rapport")
    for name in ("copy", "rescued"):
        opened = Database.open(tmp_path / f"{name}.rapport", "anna", write=True)
        assert found(opened, "strasse")
        opened.close()


@pytest.mark.parametrize("write", [True, False])
def test_a_book_of_the_first_schema_is_searchable_once_opened(tmp_path: Path, write: bool) -> None:
    path = Path(shutil.copy(OLD_BOOKS / "schema-1.rapport", tmp_path / "old.rapport"))
    opened = Database.open(path, "anna", write=write, before_update=lambda old: old.copy_to(tmp_path / "before"))
    assert len(found(opened, "press")) == 12
    opened.close()
    if write:
        assert index_of(path) == index_made_anew(path) != []


def test_on_a_full_disk_an_index_that_cannot_be_made_hinders_no_reading(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.close()
    with closing(sqlite3.connect(filled.path)) as plain, plain:
        plain.execute("DELETE FROM meta WHERE key = 'full_text'")
    monkeypatch.setattr(full_text, "make_good", _full)
    opened = Database.open(filled.path, "anna", write=True)
    with opened.write("edit") as recorder:
        recorder.update(schema.contact, 1, {"summary": "Brücke"})
    with opened.read() as connection:
        assert not full_text.is_current(connection)
        assert search.holding_unaided(connection, "brucke", 3)
    opened.close()


def _full(plain: sqlite3.Connection) -> None:
    raise AppError(f"The disk of {plain} is full.")


def test_damaged_pages_of_the_index_are_said_to_cost_no_record(filled: Database, tmp_path: Path) -> None:
    filled.close()
    with closing(sqlite3.connect(filled.path)) as plain:
        (page,) = plain.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'full_text_data'").fetchone()
    with filled.path.open("r+b") as file:
        file.seek((page - 1) * 4096 + 3)
        file.write(b"\xff" * 64)
    with pytest.raises(DamagedBookError) as refused:
        Database.open(filled.path, "anna", write=True)
    assert "records themselves are whole" in refused.value.sentence
    assert refused.value.ways[0] is WayOut.RESCUE
    assert rescue(filled.path, tmp_path / "rescued.rapport").lost == ()
    opened = Database.open(tmp_path / "rescued.rapport", "anna", write=True)
    assert found(opened, "strasse")
    opened.close()
