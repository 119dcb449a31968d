"""Import of 100,000 fees from a workbook into an empty book."""

import importlib.util
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from lists import bring, empty_book, xlsx_list
from measuring import Bench, Figure, seconds_of


def measure(bench: Bench) -> Iterator[Figure]:
    """Import it; and do what most would do, with pandas, or without it by what pandas itself reads with."""
    source = xlsx_list(bench.folder, bench.today)

    def ours() -> float:
        book = empty_book(bench.folder)
        try:
            return seconds_of(lambda: bring(book, source, bench.today))
        finally:
            book.close()

    pandas = importlib.util.find_spec("pandas") is not None
    pour, against = (
        (pour_by_pandas, "pandas.read_excel + to_sql")
        if pandas
        else (pour_by_openpyxl, "openpyxl + executemany: what pandas, not installed, reads with")
    )
    target = bench.folder / "plain.sqlite"
    taken, plain = bench.race(ours, lambda: seconds_of(lambda: pour(source, target)))
    yield Figure("import of 100,000 fees, xlsx", taken, 0.5, 0.2, plain, against)


def pour_by_pandas(source: Path, target: Path) -> None:
    """Do as most would."""
    pandas = importlib.import_module("pandas")
    target.unlink(missing_ok=True)
    connection = sqlite3.connect(target)
    pandas.read_excel(source).to_sql("fee", connection)
    connection.close()


def pour_by_openpyxl(source: Path, target: Path) -> None:
    """Do the same by hand, as pandas opens a workbook."""
    from openpyxl import load_workbook

    target.unlink(missing_ok=True)
    connection = sqlite3.connect(target)
    connection.execute("CREATE TABLE fee (document, client, day, amount, service)")
    book = load_workbook(source, read_only=True, data_only=True, keep_links=False)
    rows = book.active.iter_rows(min_row=2, values_only=True)
    connection.executemany("INSERT INTO fee VALUES (?, ?, date(?), ?, ?)", ((*r[:2], str(r[2]), *r[3:]) for r in rows))
    connection.commit()
    connection.close()
    book.close()
