"""A list of 100,000 fees as a firm would have it, and the book it goes into."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import xlsxwriter

from app.domain.firm import Firm
from app.exchange.importing import Choices, apply, plan
from app.exchange.lists.reading import Wishes, prepare
from app.exchange.reading.files import open_list
from app.services.book import Book, new_book, open_book

ROWS = 100_000
CLIENTS = 500
HEADER = ("Invoice", "Client", "Date", "Net", "Service")
_SERVICES = ("Press office", "Campaign", "Events", "Retainer", "Design")


def rows(today: date) -> Iterator[tuple[str, str, date, float, str]]:
    """Give the fees."""
    random = Random(7)
    for number in range(ROWS):
        client = f"Client {random.randrange(CLIENTS):03d} Ltd"
        day = today - timedelta(days=random.randrange(6 * 365))
        yield f"N{number:06d}", client, day, random.randrange(5_000, 900_000) / 100, random.choice(_SERVICES)


def csv_list(folder: Path, today: date) -> Path:
    """Write the list as csv."""
    path = folder / "fees.csv"
    if not path.exists():
        with path.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines)
            writer.writerow(HEADER)
            writer.writerows((*row[:2], row[2].isoformat(), f"{row[3]:.2f}", row[4]) for row in rows(today))
    return path


def xlsx_list(folder: Path, today: date) -> Path:
    """Write the list as a workbook."""
    path = folder / "fees.xlsx"
    if not path.exists():
        book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        sheet = book.add_worksheet("Fees")
        day_format = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADER)
        for at, (document, client, day, amount, service) in enumerate(rows(today), start=1):
            sheet.write_row(at, 0, (document, client))
            sheet.write_datetime(at, 2, day, day_format)
            sheet.write_row(at, 3, (amount, service))
        book.close()
    return path


def empty_book(folder: Path) -> Book:
    """Open a new, empty book."""
    path = folder / "import.rapport"
    path.unlink(missing_ok=True)
    new_book(path, Firm(name="Bench", currency="GBP"))
    return open_book(path, write=True)


def bring(book: Book, path: Path, today: date) -> None:
    """Import the list: read, compare with the book, write."""
    prepared = prepare(open_list(path), Wishes(), "GBP", today)
    prepared.insist()
    planned = plan(book.imports, prepared, Choices(), today)
    assert planned.new == ROWS, planned.problems[:3]
    apply(book.imports, planned)
