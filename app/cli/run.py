"""Runs one command: finds the book, asks the services, answers; every refusal is one sentence and an exit code."""

import argparse
import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from app import logs
from app.cli import books, changes, figures, output, parser
from app.domain.backups import Reason
from app.domain.checking import InvalidInputError
from app.errors import AppError
from app.paths import Paths
from app.services.book import Book, open_book

STOPPED = 130


def main(arguments: Sequence[str]) -> int:
    """Run one command; gives the exit code."""
    as_json = "--json" in arguments
    log_file: Path | None = None
    output.never_fail_on_letters()
    try:
        asked = parser.build().parse_args(arguments)
        paths = Paths.of_person(asked.data_dir)
        log_file = logs.start_where_possible(paths)
        code = _run(asked, paths)
        sys.stdout.flush()
    except (AppError, InvalidInputError) as error:
        return output.refuse(error, as_json=as_json)
    except BrokenPipeError:
        # Whoever read the answer has enough (“| head”).
        output.leave_quietly()
        return 0
    except KeyboardInterrupt:
        output.complain("Stopped; nothing was half done.", STOPPED, as_json=as_json)
        return STOPPED
    except OSError as error:
        logging.getLogger(__name__).exception("the computer refused")
        output.complain(f"The computer refused: {error.strerror or 'no reason given'}.", 3, as_json=as_json)
        return 3
    except Exception:
        logging.getLogger(__name__).exception("the command failed")
        where = f"The log at {log_file} says where." if log_file else "No log could be written."
        output.complain(f"Rapport made a mistake; nothing was half done. {where}", 1, as_json=as_json)
        return 1
    return code


def _run(asked: argparse.Namespace, paths: Paths) -> int:
    as_json = getattr(asked, "json", False)
    match asked.command:
        case "new":
            books.new(asked.book, asked.firm, asked.currency)
        case "demo":
            from app.cli import demo

            output.say(demo.demo(asked.book, date.today()))
        case "restore":
            books.restore(asked.backup, asked.to, paths)
        case "rescue":
            books.rescue(asked.book, asked.to, paths)
        case "check":
            return books.check(asked.book, paths, as_json=as_json)
        case "log" | "undo" | "redo":
            with _opened(asked.book, paths, write=True) as book:
                _change(book, asked, as_json=as_json)
                books.back_up_if_due(book, Reason.COMMAND)
        case "import":
            from app.cli import lists

            with _opened(asked.book, paths, write=not asked.dry_run) as book:
                if not asked.dry_run and not book.backups.empty():
                    books.back_up_if_due(book, Reason.IMPORT)
                code = lists.bring(book, asked)
                if not asked.dry_run:
                    books.back_up_if_due(book, Reason.COMMAND)
                return code
        case _:
            with _opened(asked.book, paths, write=False) as book:
                return _read(book, asked, as_json=as_json)
    return 0


def _change(book: Book, asked: argparse.Namespace, *, as_json: bool) -> None:
    if asked.command == "log":
        changes.log(book, asked.text, asked.on or date.today(), as_json=as_json)
        return
    done = book.history.undo() if asked.command == "undo" else book.history.redo()
    if as_json:
        output.say_json({"step": done.what})
    else:
        output.say(f"{'Took back' if asked.command == 'undo' else 'Did again'}: {done.what}.")


def _read(book: Book, asked: argparse.Namespace, *, as_json: bool) -> int:
    as_of: date = getattr(asked, "as_of", None) or date.today()
    match asked.command:
        case "metrics":
            answer = figures.metrics_answer(book, as_of, asked.start, asked.client)
            output.say_json(answer) if as_json else figures.print_metrics(answer)
        case "warnings":
            answer = figures.warnings_answer(book, as_of)
            output.say_json(answer) if as_json else figures.print_warnings(answer)
        case "today":
            if as_json:
                output.say_json(figures.today_answer(book, as_of))
            else:
                figures.print_today(book, as_of)
        case "history":
            answer = changes.history_answer(book)
            output.say_json(answer) if as_json else changes.print_history(answer)
        case "backup":
            output.say(str(books.backup(book, asked.to)))
        case "review":
            from app.cli import review

            review.review(book, asked, as_of)
        case "export":
            from app.cli import export

            export.export(book, asked, as_of)
    return 0


@contextmanager
def _opened(path: Path, paths: Paths, *, write: bool) -> Iterator[Book]:
    book = open_book(path, write=write, paths=paths)
    try:
        yield book
    finally:
        book.close()
