"""The review workbook of one client with about 3,000 fees."""

from collections.abc import Iterator
from io import BytesIO

import xlsxwriter
from measuring import Bench, Figure, seconds_of
from openpyxl import load_workbook

from app.domain.reviews import Edition
from app.exchange.review.workbook import build
from app.services.book import open_book

FEES = 3_000


def measure(bench: Bench) -> Iterator[Figure]:
    """Gather and write both editions; and write the very same cells through XlsxWriter alone."""
    book = open_book(bench.load("L"), write=False)
    try:
        clients = book.figures.on(bench.today).clients
        client = min(clients, key=lambda key: abs(clients[key].fees.documents - FEES))
        count = clients[client].fees.documents
        for edition in Edition:

            def make(edition: Edition = edition) -> bytes:
                return build(book.reviews.gather(client, bench.today, edition))[0]

            sheets = cells_of(make())
            taken, plain = bench.race(
                lambda make=make: seconds_of(make), lambda sheets=sheets: seconds_of(lambda: write(sheets))
            )
            title = f"review workbook, {edition} edition, {count:,} fees"
            yield Figure(title, taken, 2, 1.3, plain, "the same cells through XlsxWriter alone")
    finally:
        book.close()


def cells_of(content: bytes) -> list[list[tuple[int, int, object]]]:
    """Read every filled cell of a workbook, formulas as they stand."""
    book = load_workbook(BytesIO(content))
    return [
        [
            (cell.row - 1, cell.column - 1, cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        for sheet in book.worksheets
    ]


def write(sheets: list[list[tuple[int, int, object]]]) -> None:
    """Write cells, and nothing else."""
    book = xlsxwriter.Workbook(BytesIO(), {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    for cells in sheets:
        sheet = book.add_worksheet()
        for row, column, value in cells:
            sheet.write(row, column, value)
    book.close()
