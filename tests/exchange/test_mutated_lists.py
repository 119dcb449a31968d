"""Lists damaged at random: read or refused with a sentence, soon and in little memory, the book unchanged (P15)."""

import random
import resource
import sqlite3
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from app.domain.checking import InvalidInputError
from app.domain.clients import ClientDraft
from app.domain.firm import Firm
from app.errors import AppError
from app.exchange.importing import Choices, apply, plan
from app.exchange.lists.fields import Kind
from app.exchange.lists.reading import Wishes, prepare
from app.exchange.reading.files import open_list
from app.services.book import Book, new_book, open_book

TODAY = date(2026, 11, 22)
LONGEST_SECONDS, MOST_KIB = 10.0, 512 * 1024
HEADER = ("Client", "Code", "Date", "Net amount", "Currency", "Invoice no", "Service", "Notes")
SERVICES = ("Press office", 'Event, "gala"', "Crisis; line", "Médias à Zürich", "=1+1", "")
ODD = (
    b"\0",
    b'"',
    b"\n",
    b"\r",
    b";",
    b",",
    b"\t",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"9" * 400,
    b"<",
    b"&",
    b"-",
    b"\x80",
)


def rows() -> list[tuple[object, ...]]:
    """Give a small list of fees as a firm keeps it."""
    chance = random.Random(1)
    return [
        (
            f"Client {number % 9}", f"C{number % 9}", f"{1 + number % 28:02}.03.2026", number * 101.5, "GBP",
            f"INV-{number}", chance.choice(SERVICES), "note " * (number % 4),
        )
        for number in range(40)
    ]  # fmt: skip


def csv_list() -> bytes:
    """Write it as csv."""
    quoted = lambda cell: '"' + str(cell).replace('"', '""') + '"'  # noqa: E731
    return "\r\n".join(";".join(map(quoted, row)) for row in (HEADER, *rows())).encode()


def workbook() -> bytes:
    """Write it as xlsx."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": True}) as book:
        sheet = book.add_worksheet("Fees")
        for place, row in enumerate((HEADER, *rows())):
            sheet.write_row(place, 0, row)
    return file.getvalue()


def mutated(data: bytes, chance: random.Random, times: int) -> bytes:
    """Turn bits, and put in, take out, double, exchange and cut off bytes."""
    out = bytearray(data)
    for _ in range(times):
        at, length = chance.randrange(len(out) or 1), chance.choice((1, 1, 2, 8, 64, 500))
        match chance.randrange(6):
            case 0 if out:
                out[min(at, len(out) - 1)] ^= 1 << chance.randrange(8)
            case 1:
                out[at:at] = chance.choice(ODD)
            case 2:
                del out[at : at + length]
            case 3:
                out[at:at] = out[at : at + length]
            case 4:
                out[at : at + length] = chance.randbytes(length)
            case 5 if chance.random() < 0.1:
                del out[at:]
    return bytes(out)


def mutated_part(data: bytes, chance: random.Random) -> bytes:
    """Damage one part inside the archive, or the archive itself one time in four."""
    if chance.random() < 0.25:
        return mutated(data, chance, chance.choice((1, 1, 3, 20)))
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = chance.choice(
            [name for name in old.namelist() if "sheet" in name or "hared" in name or "book" in name]
        )
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, mutated(part, chance, chance.choice((1, 1, 2, 5, 30))) if name == chosen else part)
    return file.getvalue()


@dataclass
class Bench:
    """An open book that a damaged list is brought to, and what came of all of them."""

    book: Book
    folder: Path
    refused: int = 0
    planned: int = 0
    brought: int = 0

    def take(self, data: bytes, ending: str, *, confirm: bool) -> None:
        """Read, understand and compare one list as the window does; where a person confirms, bring and undo it."""
        path = self.folder / f"list.{ending}"
        path.write_bytes(data)
        before, begun = self._rows(), time.monotonic()
        try:
            prepared = prepare(open_list(path), Wishes(Kind.FEES), "GBP", TODAY)
            prepared.insist()
            found = plan(self.book.imports, prepared, Choices(), TODAY)
        except (AppError, InvalidInputError):
            self.refused += 1
        else:
            self.planned += 1
            assert found.rows == found.new + found.changed + found.same + found.skipped + len(found.problems)
            if confirm and not found.batch.empty:
                apply(self.book.imports, found)
                assert self.book.problems() == []
                self.book.history.undo()
                self.brought += 1
        assert time.monotonic() - begun < LONGEST_SECONDS, "a hang, not a speed: P15 allows ten seconds"
        assert self._rows() == before

    def _rows(self) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(f"file:{self.book.path}?mode=ro", uri=True)) as reading:
            return [tuple(reading.execute(f"SELECT * FROM {table} ORDER BY id")) for table in ("client", "fee")]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """Give a book that knows some of the clients."""
    path = tmp_path / "book.rapport"
    new_book(path, Firm(name="Pemberton & Vale", currency="GBP"))
    book = open_book(path, write=True)
    for number in range(4):
        book.clients.add(ClientDraft(name=f"Client {number}", code=f"C{number}"))
    yield Bench(book, tmp_path)
    book.close()


def largest(whose: int) -> int:
    return resource.getrusage(whose).ru_maxrss


def damage_often(bench: Bench, ending: str, damage: Callable[[random.Random], bytes], seeds: range) -> None:
    before = largest(resource.RUSAGE_CHILDREN)
    for seed in seeds:
        data = damage(random.Random(seed))
        try:
            bench.take(data, ending, confirm=seed % 10 == 0)
        except Exception as error:
            error.add_note(f"damaged with seed {seed}")
            raise
    # A bench that refuses all, or none, would prove nothing.
    assert bench.refused > len(seeds) // 100
    assert bench.planned > len(seeds) // 100
    assert bench.brought > 0
    # Children of earlier tests count as well, and each begins as large as the process that starts it.
    allowed = max(MOST_KIB, before, largest(resource.RUSAGE_SELF))
    assert largest(resource.RUSAGE_CHILDREN) <= allowed


def damaged_csv(chance: random.Random) -> bytes:
    return mutated(csv_list(), chance, chance.choice((1, 1, 2, 5, 30)))


def damaged_workbook(chance: random.Random) -> bytes:
    return mutated_part(workbook(), chance)


DAMAGES = pytest.mark.parametrize(("ending", "damage"), [("csv", damaged_csv), ("xlsx", damaged_workbook)])


@DAMAGES
def test_a_damaged_list_changes_nothing(bench: Bench, ending: str, damage: Callable[[random.Random], bytes]) -> None:
    damage_often(bench, ending, damage, range(100))


@pytest.mark.full
@DAMAGES
@pytest.mark.parametrize("thousand", range(5))
def test_five_thousand_damaged_lists_change_nothing(
    bench: Bench, ending: str, damage: Callable[[random.Random], bytes], thousand: int
) -> None:
    damage_often(bench, ending, damage, range(1_000 * thousand, 1_000 * (thousand + 1)))
