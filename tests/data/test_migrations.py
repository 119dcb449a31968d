"""Older books: brought up to date in one transaction or left as they were; what has been released opens for ever."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.data import schema
from app.data.copying import table_counts
from app.data.database import Database
from app.data.migrations import runner
from app.data.migrations.runner import FOLDER, migrate, revision_of
from app.data.seal import Seals
from app.domain.backups import SealState
from app.errors import AppError

ROOT = Path(__file__).resolve().parents[2]
OLD_BOOKS = ROOT / "tests" / "old_books"
NEXT = schema.VERSION + 1
NEXT_REVISION = f"""
from alembic import op
import sqlalchemy as sa

revision = "{revision_of(NEXT)}"
down_revision = "{revision_of(schema.VERSION)}"
changes_rows = frozenset({{"meta"}})

def upgrade():
    with op.batch_alter_table("client", recreate="always", table_kwargs={{"sqlite_autoincrement": True}}) as batch:
        batch.add_column(sa.Column("region", sa.Text, nullable=False, server_default="home"))
    op.create_table("region", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text))
    op.execute("INSERT INTO region (name) SELECT DISTINCT sector FROM client")
    op.execute("INSERT INTO meta VALUES ('second', 'yes')")
"""


def following(tmp_path: Path, text: str = NEXT_REVISION) -> Path:
    """Give a folder of migrations that knows one revision more."""
    folder = tmp_path / "migrations"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / f"{revision_of(NEXT)}_next.py").write_text(text, "utf-8")
    return folder


@pytest.fixture
def old(path: Path) -> Path:
    """Make a book with clients, their tags, and an id that must never return."""
    database = Database.open(path, "anna", write=True)
    with database.write("fill") as recorder:
        clients = recorder.insert_many(
            schema.client, [{"name": f"C{n}", "do_not_contact": False, "sector": f"S{n % 3}"} for n in range(50)]
        )
        recorder.insert_many(schema.client_tag, [{"client_id": number, "tag": "x"} for number in clients])
        recorder.delete(schema.client, [clients[-1]])
    database.close()
    return path


def state(path: Path) -> tuple[bytes, set[str]]:
    """Give a file's bytes and what lies beside it."""
    return path.read_bytes(), {found.name for found in path.parent.iterdir()}


def schema_of(path: Path) -> list[tuple[str, str, str]]:
    """Read the tables and indexes of a file as SQLite keeps them."""
    with closing(sqlite3.connect(path)) as plain:
        return sorted(plain.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall())


def test_the_schema_made_by_migrations_is_the_schema_of_a_new_book(path: Path, tmp_path: Path) -> None:
    migrated = tmp_path / "migrated.rapport"
    migrated.touch()
    migrate(migrated, 0)
    assert schema_of(migrated) == schema_of(path)
    with closing(sqlite3.connect(migrated)) as plain:
        assert plain.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
        assert plain.execute("SELECT version_num FROM alembic_version").fetchall() == [(revision_of(schema.VERSION),)]


def test_a_new_book_is_stamped_with_the_newest_revision(path: Path) -> None:
    names = sorted(found.name[:4] for found in (FOLDER / "versions").glob("0*.py"))
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("SELECT version_num FROM alembic_version").fetchall() == [(names[-1],)]
    assert names == [revision_of(number) for number in range(1, schema.VERSION + 1)]


def test_a_rebuilt_table_keeps_its_rows_its_children_and_its_ids(old: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(old)) as plain:
        before = table_counts(plain)
    migrate(old, schema.VERSION, folder=following(tmp_path), to=NEXT)
    with closing(sqlite3.connect(old)) as plain:
        after = table_counts(plain)
        assert {name: after[name] for name in before} == {**before, "meta": before["meta"] + 1}
        assert after["region"] == 3
        assert plain.execute("SELECT DISTINCT region FROM client").fetchall() == [("home",)]
        assert plain.execute("PRAGMA user_version").fetchone() == (NEXT,)
        assert plain.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
        plain.execute("INSERT INTO client (name, do_not_contact) VALUES ('new', 0)")
        assert plain.execute("SELECT MAX(id) FROM client").fetchone() == (51,)


def test_a_book_made_before_alembic_counted_is_brought_up_too(old: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(old)) as plain:
        plain.execute("DROP TABLE alembic_version")
        plain.commit()
    migrate(old, schema.VERSION, folder=following(tmp_path), to=NEXT)
    with closing(sqlite3.connect(old)) as plain:
        assert plain.execute("SELECT version_num FROM alembic_version").fetchall() == [(revision_of(NEXT),)]


@pytest.mark.parametrize(
    "breaking",
    [
        "op.execute('DELETE FROM client WHERE id = 3')",
        "op.execute('DELETE FROM client_tag')",
        "op.drop_table('client_tag')",
        "op.execute('UPDATE client_tag SET client_id = 99')",
        "op.execute('UPDATE nothing SET x = 1')",
        "1 / 0",
    ],
)
def test_a_migration_that_loses_anything_is_taken_back(old: Path, tmp_path: Path, breaking: str) -> None:
    folder = following(tmp_path, f"{NEXT_REVISION}    {breaking}\n")
    before = state(old)
    with pytest.raises(Exception) as refused:  # noqa: PT011 - whatever went wrong, the book is what it was
        migrate(old, schema.VERSION, folder=folder, to=NEXT)
    assert state(old) == before
    if "DELETE" in breaking or "drop" in breaking or "99" in breaking:
        assert isinstance(refused.value, AppError)
        assert "Nothing was changed" in str(refused.value)


@pytest.fixture
def tomorrow(old: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Be the program of tomorrow, which knows one revision more, at a book of today."""
    folder = following(tmp_path)

    def as_tomorrow(path: Path, before: int) -> None:
        migrate(path, before, folder=folder, to=NEXT)

    monkeypatch.setattr(runner, "migrate", as_tomorrow)
    monkeypatch.setattr("app.data.opening.VERSION", NEXT)
    return old


def clients(database: Database) -> int:
    """Count the clients through the program."""
    with database.read() as connection:
        return int(connection.exec_driver_sql("SELECT COUNT(*) FROM client WHERE region = 'home'").scalar_one())


def test_an_older_book_is_updated_once_its_backup_is_made(tomorrow: Path, tmp_path: Path) -> None:
    made = tmp_path / "before.rapport"

    def backup(book: Database) -> None:
        assert book.header.version == schema.VERSION
        book.copy_to(made)

    database = Database.open(tomorrow, "anna", write=True, before_update=backup)
    assert clients(database) == 49
    assert database.header.version == NEXT
    database.close()
    with closing(sqlite3.connect(made)) as plain:
        assert plain.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)


def test_our_own_update_is_no_change_from_outside(tomorrow: Path, tmp_path: Path) -> None:
    seals = Seals(tmp_path / "seals")

    def backup(book: Database) -> None:
        book.copy_to(tmp_path / "before.rapport")

    database = Database.open(tomorrow, "anna", write=True, seals=seals, before_update=backup)
    assert database.header.version == NEXT
    assert database.seal is SealState.NONE
    assert database.noticed == ()
    database.close()


def test_without_a_backup_nothing_is_updated(tomorrow: Path) -> None:
    def fails(book: Database) -> None:
        raise AppError(f"The disk of {book.path} is full.")

    before = tomorrow.read_bytes()
    for hook in (None, fails):
        with pytest.raises(AppError):
            Database.open(tomorrow, "anna", write=True, before_update=hook)
        assert tomorrow.read_bytes() == before
    opened = Database.open(tomorrow, "anna", write=True, before_update=bool)
    assert clients(opened) == 49
    opened.close()


def test_reading_an_older_book_changes_nothing(tomorrow: Path) -> None:
    before = state(tomorrow)
    database = Database.open(tomorrow, "anna", write=False)
    assert database.path == tomorrow
    assert clients(database) == 49
    assert database.problems() == []
    assert state(tomorrow) == before
    database.close()


@pytest.mark.parametrize("book", sorted(OLD_BOOKS.glob("*.rapport")), ids=lambda path: path.stem)
def test_every_released_book_opens_for_ever(book: Path, tmp_path: Path, rows: Callable[[Database], object]) -> None:
    path = tmp_path / book.name
    shutil.copy(book, path)
    with closing(sqlite3.connect(book)) as plain:
        counts = table_counts(plain)
    database = Database.open(path, "anna", write=True, before_update=lambda old: old.copy_to(tmp_path / "before"))
    with database.read() as connection:
        for name in ("client", "fee", "contact", "feedback", "plan"):
            found = connection.exec_driver_sql(f'SELECT COUNT(*) FROM "{name}"').scalar_one()
            assert found == counts[name] > 0
    assert rows(database)
    assert database.problems() == []
    database.close()
    assert schema_of(path) == schema_of(_fresh(tmp_path))


def _fresh(tmp_path: Path) -> Path:
    path = tmp_path / "fresh.rapport"
    path.touch()
    migrate(path, 0)
    return path


def test_there_is_a_book_of_every_released_schema() -> None:
    kept = {found.stem for found in OLD_BOOKS.glob("*.rapport")}
    assert kept == {f"schema-{number}" for number in range(1, schema.VERSION + 1)}
