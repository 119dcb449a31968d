"""`rapport new`, `check`, `backup`, `restore`, `rescue`: the book as a file."""

from datetime import datetime
from pathlib import Path
from typing import Any

from app.cli import output
from app.domain.backups import Reason, SealState
from app.domain.firm import Firm
from app.errors import AppError, AskedWrongError, DamagedBookError
from app.paths import BOOK_SUFFIX, Paths
from app.services import backups
from app.services import book as books
from app.services.book import Book
from app.services.health import rescue_book
from app.words import rescue as words


def new(path: Path, firm: str, currency: str) -> None:
    """Make a new book."""
    books.new_book(path, Firm(name=firm.strip(), currency=currency.upper()))
    output.say(f"Made {path}.")


def check(path: Path, paths: Paths, *, as_json: bool) -> int:
    """Check structure and keys of a book, changing nothing; gives the exit code."""
    try:
        book = books.open_book(path, write=False, paths=paths)
    except DamagedBookError as error:
        # A book too damaged to be opened is an answer, not a failure to give one.
        if as_json:
            output.say_json(_answer([str(error)], SealState.NONE))
        output.complain(str(error), error.exit_code, as_json=False)
        return error.exit_code
    try:
        problems, seal, why = book.problems(), book.seal, book.database.header.why_not_writable
    finally:
        book.close()
    if as_json:
        output.say_json(_answer(problems, seal))
    else:
        output.say("\n".join(problems) or "The book is whole.")
        if seal is SealState.UNKNOWN:
            output.say("It is not as this program last closed it on this computer.")
        if why:
            output.say(f"It can be read, but not changed: {why}.")
    if problems:
        output.complain(f"{path.name} is damaged. Open a backup instead.", 3, as_json=False)
    return 3 if problems else 0


def _answer(problems: list[str], seal: SealState) -> dict[str, Any]:
    return {"ok": not problems, "seal": str(seal), "problems": problems}


def backup(book: Book, folder: Path | None) -> Path:
    """Back a book up, or write a whole, checked copy into a folder; gives its path."""
    if folder is None:
        return book.backups.make(Reason.ASKED).path
    if not folder.is_dir():
        raise AskedWrongError(f"There is no folder {folder}.", "Make it first, or leave --to out.")
    moment = datetime.now().astimezone()
    target = folder / f"{book.path.stem}-{moment:%Y-%m-%d-%H%M%S}{BOOK_SUFFIX}"
    number = 2
    while target.exists():
        target = folder / f"{book.path.stem}-{moment:%Y-%m-%d-%H%M%S}-{number}{BOOK_SUFFIX}"
        number += 1
    book.save_copy(target)
    return target


def back_up_if_due(book: Book, reason: Reason) -> None:
    """Make a backup where the newest is over half an hour old; one that fails is told and hinders nothing."""
    try:
        if book.backups.due(datetime.now().astimezone()):
            book.backups.make(reason)
    except AppError as error:
        output.note(str(error))


def rescue(damaged: Path, target: Path, paths: Paths) -> None:
    """Bring everything readable of a damaged book into a new one, and list what is not as it was."""
    rescued = rescue_book(damaged, target, paths)
    output.say(f"{words.sentence(rescued)} {words.verdict(rescued)}")
    output.say(words.report(rescued, None))


def restore(backup_file: Path, target: Path, paths: Paths) -> None:
    """Bring a backup back under a name that is free."""
    backups.restore(backup_file, target, paths)
    output.say(f"Restored {backup_file.name} as {target}.")
