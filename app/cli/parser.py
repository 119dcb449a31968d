"""The words of the command line (COMMANDS)."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from app.cli.words import Parser
from app.domain.parsing.dates import EARLIEST, LATEST
from app.domain.vocabulary import StartRule
from app.exchange.reading import letters
from app.exchange.reading.csv_lists import SEPARATORS

KINDS = ("clients", "people", "fees", "costs", "contacts", "feedback", "plans")
EXPORTS = ("portfolio", "clients", "people", "fees", "costs", "contacts", "feedback")


def build() -> Parser:
    """Build the parser of every command."""
    parser = Parser(prog="rapport", description="Cultivate client relationships: one book, one file, no network.")
    parser.add_argument("--data-dir", type=Path, help="another folder for settings, logs and backups")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    _books(commands.add_parser)
    _lists(commands.add_parser)
    _figures(commands.add_parser)
    _changes(commands.add_parser)
    return parser


_Add = Callable[..., Parser]


def _command(add: _Add, name: str, help_text: str, *, as_json: bool = False) -> Parser:
    command = add(name, help=help_text, description=help_text, allow_abbrev=False)
    if as_json:
        command.add_argument("--json", action="store_true", help="one JSON object on standard output")
    return command


def _books(add: _Add) -> None:
    window = _command(add, "open", "show the window, with a book or the one open last; so does no command at all")
    window.add_argument("book", type=Path, nargs="?")
    demo = _command(add, "demo", "write the sample book: a fictional PR agency, about 40 clients, 4 years")
    demo.add_argument("book", type=Path)
    new = _command(add, "new", "make a new, empty book")
    new.add_argument("book", type=Path)
    new.add_argument("--firm", required=True, type=_text, help="the firm's name")
    new.add_argument("--currency", default="GBP", help="three letters, such as GBP or EUR")
    check = _command(add, "check", "check structure and keys; changes nothing", as_json=True)
    check.add_argument("book", type=Path)
    backup = _command(add, "backup", "write a whole, checked copy and print its path")
    backup.add_argument("book", type=Path)
    backup.add_argument("--to", type=Path, metavar="FOLDER")
    restore = _command(add, "restore", "bring a backup back as a book")
    restore.add_argument("backup", type=Path)
    restore.add_argument("--to", type=Path, metavar="BOOK", required=True)
    rescue = _command(add, "rescue", "bring what is readable of a damaged book into a new one")
    rescue.add_argument("book", type=Path)
    rescue.add_argument("--to", type=Path, metavar="BOOK", required=True)
    pictures = _command(add, "screenshots", "picture every page into a folder")
    pictures.add_argument("book", type=Path)
    pictures.add_argument("--to", type=Path, metavar="FOLDER", required=True)


def _lists(add: _Add) -> None:
    bring = _command(add, "import", "bring in a list of clients, fees, contacts ...", as_json=True)
    bring.add_argument("book", type=Path)
    bring.add_argument("file", type=Path)
    bring.add_argument("--as", dest="kind", choices=KINDS, required=True)
    bring.add_argument("--sheet", metavar="NAME")
    bring.add_argument("--map", action="append", default=[], metavar="FIELD=COLUMN")
    bring.add_argument("--date-order", choices=("ymd", "dmy", "mdy"))
    bring.add_argument("--decimal", choices=(".", ","))
    bring.add_argument("--separator", choices=tuple(SEPARATORS), help="of a text file's columns; found if not given")
    bring.add_argument(
        "--encoding", choices=(*letters.CHOICES, letters.REPAIRED), help="of a text file; found if not given"
    )
    bring.add_argument("--match", choices=("code", "name"))
    bring.add_argument("--existing", choices=("add", "update", "skip"), default="add")
    bring.add_argument("--dry-run", action="store_true")
    bring.add_argument("--skip-problems", action="store_true")
    export = _command(add, "export", "write a table as xlsx or csv, by the file's suffix")
    export.add_argument("book", type=Path)
    export.add_argument("what", choices=EXPORTS)
    export.add_argument("--out", type=Path, required=True, metavar="FILE")
    export.add_argument("--as-of", type=_day, metavar="DATE")
    review = _command(add, "review", "write the review workbook of one client")
    review.add_argument("book", type=Path)
    review.add_argument("--client", required=True, type=_text, metavar="REF")
    review.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")
    review.add_argument("--edition", choices=("client", "internal"), default="client")
    for name in ("--as-of", "--from", "--to"):
        review.add_argument(name, type=_day, metavar="DATE", dest={"--from": "start", "--to": "until"}.get(name))


def _figures(add: _Add) -> None:
    metrics = _command(add, "metrics", "every figure of every client", as_json=True)
    metrics.add_argument("book", type=Path)
    metrics.add_argument("--client", type=_text, metavar="REF")
    metrics.add_argument("--as-of", type=_day, metavar="DATE")
    metrics.add_argument("--start", type=_rule, metavar="RULE", help=" | ".join(StartRule))
    for name, words in (("warnings", "who waits for a word, and why"), ("today", "warnings, promises, feedback")):
        command = _command(add, name, words, as_json=True)
        command.add_argument("book", type=Path)
        command.add_argument("--as-of", type=_day, metavar="DATE")


def _changes(add: _Add) -> None:
    log = _command(add, "log", "log a contact from one line: acme <call @jane 20m liked the draft", as_json=True)
    log.add_argument("book", type=Path)
    log.add_argument("text", type=_text)
    log.add_argument("--on", type=_day, metavar="DATE")
    for name, words in (
        ("history", "what was done, newest first"),
        ("undo", "take the last step back"),
        ("redo", "do the step undone last again"),
    ):
        command = _command(add, name, words, as_json=True)
        command.add_argument("book", type=Path)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no date, write it as 2026-03-31") from None
    if not EARLIEST <= day.year <= LATEST:
        raise argparse.ArgumentTypeError(f"“{text}” lies outside the years {EARLIEST} to {LATEST}")
    return day


def _rule(text: str) -> StartRule:
    try:
        return StartRule(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is none of {', '.join(StartRule)}") from None


def _text(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError("what was typed holds bytes that are no letters") from None
    return text
