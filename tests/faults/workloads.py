"""What the faults are injected into: work as the program does it, in a process that may die or be refused at any write.

Each workload gets a folder with a book (`desk/firm.rapport`) and a profile, and says what it has done. It says so by
`writev`, which no fault is injected into. What is refused is tried once more, as a person would.
"""

import hashlib
import os
import shutil
import sqlite3
import traceback
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

from app.data import opening, schema
from app.data.migrations import runner
from app.domain.backups import Reason
from app.domain.clients import ClientDraft
from app.domain.contacts import ContactDraft
from app.domain.fees import FeeDraft
from app.domain.firm import Firm
from app.domain.parsing import DateOrder
from app.domain.vocabulary import Direction
from app.errors import AppError, DamagedBookError
from app.exchange.importing import Choices, apply, plan
from app.exchange.lists.fields import Kind
from app.exchange.lists.reading import Wishes, prepare
from app.exchange.reading.files import open_list
from app.paths import Paths
from app.services import backups
from app.services.book import Book, new_book, open_book

Say = Callable[[str], None]
DAY = date(2026, 11, 20)
CLIENTS = 60
BROKEN_BYTES = 50_000

NEXT = schema.VERSION + 1
NEXT_REVISION = f"""
from alembic import op
import sqlalchemy as sa

revision = "{runner.revision_of(NEXT)}"
down_revision = "{runner.revision_of(schema.VERSION)}"

def upgrade():
    with op.batch_alter_table("client", recreate="always", table_kwargs={{"sqlite_autoincrement": True}}) as batch:
        batch.add_column(sa.Column("region", sa.Text, nullable=False, server_default="home"))
    op.create_table("region", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text))
    op.execute("INSERT INTO region (name) SELECT DISTINCT sector FROM client")
"""


def book_in(folder: Path) -> Path:
    """Give the place of the book."""
    return folder / "desk" / "firm.rapport"


def paths_in(folder: Path) -> Paths:
    """Give the profile."""
    return Paths(folder / "profile")


def fingerprint(path: Path) -> str:
    """Give a digest of every row a person made, through a connection of its own that changes nothing."""
    digest = hashlib.sha256()
    with closing(sqlite3.connect(path, isolation_level=None)) as plain:
        plain.execute("BEGIN")
        for table in schema.DATA:
            columns = [f'"{row[1]}"' for row in plain.execute(f'PRAGMA table_info("{table.name}")')]
            ours = ", ".join(name for name in columns if name.strip('"') in table.columns)
            for row in plain.execute(f'SELECT {ours} FROM "{table.name}" ORDER BY id'):
                digest.update(repr(row).encode())
    return digest.hexdigest()[:16]


def prepared(folder: Path) -> None:
    """Make the folder that each run gets a copy of: a book with work in it, its backups, a list to bring in."""
    book_in(folder).parent.mkdir(parents=True)
    new_book(book_in(folder), Firm(name="Hollis & Marsh"))
    book = open_book(book_in(folder), write=True, paths=paths_in(folder))
    with book.database.write("fill") as recorder:
        ids = recorder.insert_many(
            schema.client,
            [{"name": f"Client {n}", "do_not_contact": False, "sector": f"S{n % 5}"} for n in range(CLIENTS)],
        )
        recorder.insert_many(
            schema.fee,
            [
                {"client_id": ids[n % CLIENTS], "on": DAY, "original": n, "amount": n, "currency": "GBP",
                 "kind": "invoice", "disbursement": False, "document": f"D{n}"}
                for n in range(300)
            ],
        )  # fmt: skip
        recorder.insert_many(
            schema.contact,
            [
                {"client_id": number, "on": DAY, "direction": "in", "channel": "mail", "summary": f"Word {number}",
                 "counts": True, "planned": False}
                for number in ids
            ],
        )  # fmt: skip
    for _ in range(10):
        book.backups.make(Reason.REGULAR)
    book.clients.add(ClientDraft(name="Later"))
    book.close()
    lines = [f"Client {n % 70},2026-0{1 + n % 9}-11,{n}.50,X{n}" for n in range(400)]
    (folder / "fees.csv").write_text("client,date,amount,document\n" + "\n".join(lines), "utf-8")
    migrations = folder / "migrations"
    shutil.copytree(runner.FOLDER, migrations, ignore=shutil.ignore_patterns("__pycache__"))
    (migrations / "versions" / f"{runner.revision_of(NEXT)}_next.py").write_text(NEXT_REVISION, "utf-8")


def as_tomorrow(folder: Path) -> None:
    """Be a program that knows one revision more; for the rest of this process."""
    migrate = runner.migrate

    def to_next(path: Path, before: int) -> None:
        migrate(path, before, folder=folder / "migrations", to=NEXT)

    runner.migrate = to_next  # type: ignore[assignment]
    opening.VERSION = NEXT


def _twice(say: Say, book: Path, act: Callable[[], object]) -> None:
    before = fingerprint(book)
    for _ in range(2):
        try:
            act()
        except AppError as error:
            say(f"refused {error.sentence}")
            if fingerprint(book) != before:
                say("HALF: refused, and yet changed")
        else:
            say(f"saved {fingerprint(book)}")
            return
    say("GAVE UP: refused again")


def _opened(say: Say, folder: Path) -> Book:
    try:
        return open_book(book_in(folder), write=True, paths=paths_in(folder))
    except AppError as error:
        say(f"refused {error.sentence}")
        return open_book(book_in(folder), write=True, paths=paths_in(folder))


def edit(folder: Path, say: Say) -> None:
    """Single changes, an undo and a redo, as by hand."""
    place, book = book_in(folder), _opened(say, folder)
    fee = FeeDraft(client_id=1, on=DAY, original=5_000, currency="GBP", amount=None)
    contact = ContactDraft(client_id=1, on=DAY, direction=Direction.IN, summary="Wants the harbour visit in spring")
    _twice(say, place, lambda: book.clients.add(ClientDraft(name="Acme")))
    _twice(say, place, lambda: book.fees.add(fee))
    _twice(say, place, lambda: book.contacts.log(contact))
    _twice(say, place, lambda: book.clients.delete([3]))
    _twice(say, place, book.history.undo)
    _twice(say, place, book.history.redo)
    book.close()


def bulk(folder: Path, say: Say) -> None:
    """Many rows changed at once, many deleted at once, which is backed up before."""
    place, book = book_in(folder), _opened(say, folder)
    book.database.before_many = book.backups.before_many
    _twice(say, place, lambda: book.clients.add_tag(range(1, CLIENTS), "key account"))
    _twice(say, place, lambda: book.clients.delete(range(10, 50)))
    book.close()


def bring(folder: Path, say: Say) -> None:
    """A whole list, with its backup before."""
    place, book = book_in(folder), _opened(say, folder)
    book.database.before_many = book.backups.before_many

    def whole() -> None:
        wishes = Wishes(kind=Kind.FEES, date_order=DateOrder.YMD)
        ready = prepare(open_list(folder / "fees.csv"), wishes, "GBP", DAY)
        apply(book.imports, plan(book.imports, ready, Choices(), DAY))

    _twice(say, place, whole)
    book.close()


def backup(folder: Path, say: Say) -> None:
    """Two backups, the second of which lets older ones go."""
    place, book = book_in(folder), _opened(say, folder)
    _twice(say, place, lambda: book.backups.make(Reason.REGULAR))
    _twice(say, place, lambda: book.backups.make(Reason.ASKED))
    book.close()


def restore(folder: Path, say: Say) -> None:
    """A backup in the place of the book, and another as a copy."""
    place, paths = book_in(folder), paths_in(folder)
    oldest = backups.backups_for(place, paths)[-1]
    for _ in range(2):
        try:
            backups.replace_book(place, oldest.path, paths)
        except AppError as error:
            say(f"refused {error.sentence}")
        else:
            say(f"saved {fingerprint(place)}")
            break
    _twice(say, place, lambda: backups.restore(oldest.path, folder / "desk" / "copy.rapport", paths))


def damaged(folder: Path, say: Say) -> None:
    """A backup in the place of a book that is damaged, which is set aside."""
    place, paths = book_in(folder), paths_in(folder)
    newest = backups.backups_for(place, paths)[0]
    for _ in range(2):
        try:
            backups.replace_book(place, newest.path, paths)
        except AppError as error:
            say(f"refused {error.sentence}")
        else:
            say(f"saved {fingerprint(place)}")
            break


def doubt(folder: Path, say: Say) -> None:
    """Changes until one is refused; the book is then damaged by another hand, and the next change must find that."""
    place, book = book_in(folder), _opened(say, folder)
    for number in range(3):
        try:
            book.clients.add(ClientDraft(name=f"Acme {number}"))
        except AppError as error:
            say(f"refused {error.sentence}")
            break
    if book.database.disk_doubted:
        whole = place.read_bytes()
        middle = len(whole) // 2 // 4096 * 4096
        place.write_bytes(whole[:middle] + b"\xa5" * 4096 + whole[middle + 4096 :])
        say("spoiled")
        try:
            book.clients.add(ClientDraft(name="Lost"))
        except DamagedBookError:
            say("found")
        place.write_bytes(whole)
        book.clients.add(ClientDraft(name="Saved"))
        say(f"saved {fingerprint(place)}")
    book.close()


def migrate(folder: Path, say: Say) -> None:
    """A book of an older schema opened by a newer program."""
    as_tomorrow(folder)
    book = _opened(say, folder)
    say(f"saved {fingerprint(book_in(folder))}")
    book.close()


def blind(folder: Path, say: Say) -> None:
    """What would happen without SQLite's journal: the control, in which harm must be seen."""
    with closing(sqlite3.connect(book_in(folder), isolation_level=None)) as plain:
        plain.execute("PRAGMA journal_mode = OFF")
        plain.execute("BEGIN IMMEDIATE")
        plain.execute("UPDATE client SET notes = hex(randomblob(400))")
        plain.execute("UPDATE fee SET service = hex(randomblob(300))")
        plain.execute("COMMIT")
    say(f"saved {fingerprint(book_in(folder))}")


WORKLOADS: dict[str, Callable[[Path, Say], None]] = {
    "edit": edit,
    "bulk": bulk,
    "import": bring,
    "backup": backup,
    "restore": restore,
    "damaged": damaged,
    "migrate": migrate,
    "blind": blind,
    "doubt": doubt,
}


def broken(folder: Path) -> None:
    """Damage the book, as `damaged` finds it; what is left is kept to compare."""
    os.truncate(book_in(folder), BROKEN_BYTES)
    shutil.copy(book_in(folder), folder / "broken")


def work(name: str, folder: Path) -> None:
    """Do one workload and leave; everything it says stands in `said`."""
    os.umask(0o077)
    said = os.open(folder / "said", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def say(line: str) -> None:
        os.writev(said, [line.encode(), b"\n"])

    try:
        WORKLOADS[name](folder, say)
        say("end")
    except AppError as error:
        say(f"refused {error.sentence}")
    except Exception:  # noqa: BLE001 - whatever a person would see as a mistake is one
        say("MISTAKE: " + traceback.format_exc().replace("\n", " | "))
