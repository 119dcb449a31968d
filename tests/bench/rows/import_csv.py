"""Import of 100,000 fees from csv into an empty book."""

import csv
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from lists import bring, csv_list, empty_book
from measuring import Bench, Figure, seconds_of
from sqlalchemy import create_mock_engine

from app.data import schema

PLAIN = "CREATE TABLE fee (document TEXT, client TEXT, day TEXT, amount TEXT, service TEXT)"


def measure(bench: Bench) -> Iterator[Figure]:
    """Import it; and pour it, unread, into a plain table without an index."""
    source = csv_list(bench.folder, bench.today)

    def ours() -> float:
        book = empty_book(bench.folder)
        try:
            return seconds_of(lambda: bring(book, source, bench.today))
        finally:
            book.close()

    taken, plain = bench.race(ours, lambda: seconds_of(lambda: pour(source, bench.folder / "plain.sqlite", PLAIN)))
    yield Figure("import of 100,000 fees, csv", taken, 4, 2, plain, "csv.reader + executemany, no index")
    indexed = bench.median(lambda: seconds_of(lambda: pour(source, bench.folder / "indexed.sqlite", OURS)))
    yield Figure("import of 100,000 fees, csv", taken, None, None, indexed, "the same into our table with its indexes")


def pour(source: Path, target: Path, schema: str) -> None:
    """Read and write in one transaction."""
    target.unlink(missing_ok=True)
    connection = sqlite3.connect(target)
    connection.executescript(schema)
    with source.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        next(reader)
        marks = "(document, client, day, amount, service) VALUES (?, ?, ?, ?, ?)"
        if schema is OURS:
            marks = '(document, client_id, "on", amount, service) VALUES (?, ?, ?, CAST(100 * ? AS INTEGER), ?)'
            rows = ([row[0], int(row[1][7:10]), *row[2:]] for row in reader)
            connection.executemany(f"INSERT INTO fee {marks}", rows)
        else:
            connection.executemany(f"INSERT INTO fee {marks}", reader)
    connection.commit()
    connection.close()


def _ours() -> str:
    statements: list[str] = []
    engine = create_mock_engine(
        "sqlite://", lambda sql, *_, **__: statements.append(str(sql.compile(dialect=engine.dialect)))
    )
    schema.fee.create(engine)
    return ";".join(statements).replace("NOT NULL", "")


OURS = _ours()
