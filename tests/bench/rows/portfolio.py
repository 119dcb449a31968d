"""The portfolio workbook of a large book, all rows."""

from collections.abc import Iterator

from measuring import Bench, Figure, seconds_of
from rows.review import cells_of, write

from app.exchange.named_lists import named_list
from app.exchange.tables import export_table
from app.services.book import open_book


def measure(bench: Bench) -> Iterator[Figure]:
    """Gather and write all clients, their figures standing as they do in the window; and write the same cells alone."""
    book = open_book(bench.load("L"), write=False)
    target = bench.folder / "portfolio.xlsx"

    def ours() -> None:
        found = named_list(book, "portfolio", bench.today)
        export_table(found.columns, found.rows, target, title=found.title)

    try:
        ours()
        sheets = cells_of(target.read_bytes())
        taken, plain = bench.race(lambda: seconds_of(ours), lambda: seconds_of(lambda: write(sheets)))
        rows = len(book.clients.every())
    finally:
        book.close()
    yield Figure(
        f"portfolio workbook, L, {rows} rows", taken, 1.5, 1.2, plain, "the same cells through XlsxWriter alone"
    )
