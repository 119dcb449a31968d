"""`rapport new`, `check`, `backup`, `restore`: the book as a file."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from app.cli import output
from app.domain.firm import Firm
from app.errors import AskedWrongError, DamagedBookError
from app.paths import BOOK_SUFFIX, Paths
from app.services import book as books
from app.services.book import Book


def new(path: Path, firm: str, currency: str) -> None:
    """Make a new book."""
    books.new_book(path, Firm(name=firm.strip(), currency=currency.upper()))
    output.say(f"Made {path}.")


def check(path: Path, *, as_json: bool) -> int:
    """Check structure and keys of a book, changing nothing; gives the exit code."""
    try:
        book = books.open_book(path, write=False)
    except DamagedBookError as error:
        # A book too damaged to be opened is an answer, not a failure to give one.
        if as_json:
            output.say_json(_answer([str(error)]))
        output.complain(str(error), error.exit_code, as_json=False)
        return error.exit_code
    try:
        problems = book.problems()
    finally:
        book.close()
    if as_json:
        output.say_json(_answer(problems))
    else:
        output.say("\n".join(problems) or "The book is whole.")
    if problems:
        output.complain(f"{path.name} is damaged. Open a backup instead.", 3, as_json=False)
    return 3 if problems else 0


def _answer(problems: list[str]) -> dict[str, Any]:
    return {"ok": not problems, "seal": "none", "problems": problems}


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
    if os.path.lexists(target):
        raise AskedWrongError(f"There is already a book at {target}.", "Choose another name; it was not touched.")
    source = books.open_book(backup_file, write=False)
    try:
        source.save_copy(target)
    finally:
        source.close()
    output.say(f"Restored {backup_file.name} as {target}.")
