"""A search over 200,000 contacts, 5,000 clients and 10,000 people."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from measuring import Bench, Figure, NotMeasuredError, seconds_of

from app.services.book import open_book

# One word, several, the beginning of one; what stands in many contacts and what in none.
TYPED = ("embargo", "harbour visit spring", "photog", "draft release", "unheard of")
LETTERS = "harbour visit"


def measure(bench: Bench) -> Iterator[Figure]:
    """Search in full; and ask an index as most would make it for the same words. Then letter by letter."""
    if bench.quick:
        raise NotMeasuredError("left out of a quick run: a book of 200,000 contacts takes a minute to make")
    path = bench.load("XL")
    plain = with_plain_index(path, bench.folder / "plain-search.sqlite")
    book = open_book(path, write=False)
    try:
        with closing(sqlite3.connect(plain)) as peer:
            taken, asked = bench.race(
                lambda: seconds_of(lambda: [book.search.find(typed) for typed in TYPED]),
                lambda: seconds_of(lambda: [ask(peer, typed) for typed in TYPED]),
            )
        yield Figure("five searches over 200,000 contacts", taken, 3, 1.5, asked, "FTS5 query through plain sqlite3")
        each = [
            bench.median(lambda at=at: seconds_of(lambda: book.search.find(LETTERS[: at + 1]), time.process_time))
            for at in range(len(LETTERS))
        ]
        yield Figure("the slowest letter typed into the search", max(each), 0.05, 0.016)
    finally:
        book.close()


def with_plain_index(book: Path, target: Path) -> Path:
    """Copy the contacts and index their words with SQLite's own tokenizer."""
    with closing(sqlite3.connect(target)) as peer, peer:
        peer.execute("ATTACH ? AS book", (str(book),))
        peer.execute('CREATE TABLE contact AS SELECT id, client_id, "on", summary, note FROM book.contact')
        peer.execute("CREATE UNIQUE INDEX contact_id ON contact (id)")
        peer.execute("CREATE VIRTUAL TABLE words USING fts5(summary, note, content='contact', content_rowid='id')")
        peer.execute("INSERT INTO words (words) VALUES ('rebuild')")
    return target


def ask(peer: sqlite3.Connection, typed: str) -> list[tuple[object, ...]]:
    """Ask for the newest twelve, with the words in their context."""
    sql = (
        "SELECT contact.client_id, contact.\"on\", snippet(words, 0, '', '', '…', 12) FROM words"
        ' JOIN contact ON contact.id = words.rowid WHERE words MATCH ? ORDER BY contact."on" DESC LIMIT 12'
    )
    return peer.execute(sql, (" ".join(f'"{word}"*' for word in typed.split()),)).fetchall()
