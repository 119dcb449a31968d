"""`rapport new`, `check`, `backup`, `restore`: the book as a file."""

from datetime import datetime
from pathlib import Path
from typing import Any

from app.cli import output
from app.domain.firm import Firm
from app.errors import AskedWrongError
from app.paths import BOOK_SUFFIX, Paths
from app.services import book as books
from app.services.book import Book


def new(path: Path, firm: str, currency: str) -> None:
    """Make a new book."""
    books.new_book(path, Firm(name=firm.strip(), currency=currency.upper()))
    output.say(f"Made {path}.")


def check_answer(book: Book) -> dict[str, Any]:
    """Check structure and keys of a book."""
    problems = book.problems()
    return {"ok": not problems, "seal": "none", "problems": problems}


def print_check(answer: dict[str, Any]) -> None:
    """Write what a check found."""
    output.say("The book is whole." if answer["ok"] else "\n".join(answer["problems"]))


def backup(book: Book, folder: Path | None, paths: Paths) -> Path:
    """Write a whole, checked copy into a folder; gives its path."""
    place = folder or paths.backups(book.book_id())
    if not place.is_dir():
        raise AskedWrongError(f"There is no folder {place}.", "Make it first, or leave --to out.")
    moment = datetime.now().astimezone()
    target = place / f"{book.path.stem}-{moment:%Y-%m-%d-%H%M%S}{BOOK_SUFFIX}"
    number = 2
    while target.exists():
        target = place / f"{book.path.stem}-{moment:%Y-%m-%d-%H%M%S}-{number}{BOOK_SUFFIX}"
        number += 1
    book.save_copy(target)
    return target


def restore(backup_file: Path, target: Path) -> None:
    """Bring a backup back under a name that is free."""
    if target.exists():
        raise AskedWrongError(f"There is already a book at {target}.", "Choose another name; it was not touched.")
    source = books.open_book(backup_file, write=False)
    try:
        source.save_copy(target)
    finally:
        source.close()
    output.say(f"Restored {backup_file.name} as {target}.")
