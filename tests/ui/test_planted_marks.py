"""Marks planted where a client's data goes turn up in no log and no crash report, whatever fails (RELIABILITY P20)."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app import logs
from app.domain.changes import RecordRef
from app.domain.clients import ClientDraft
from app.domain.contacts import ContactDraft
from app.domain.people import PersonDraft
from app.domain.vocabulary import Direction
from app.services.book import Book
from tests.ui.conftest import Program
from ui.crash_report import crash_report
from ui.messages import Hook
from ui.session import Session
from ui.tasks.runner import Cancelled, Report

ROOT = Path(__file__).resolve().parents[2]
MARK = "Zzquarble"
# As hostile to a mask as names of people and firms are.
TODAY = date.today()
NAME = f"""{MARK}, O'Neil "and" {MARK} “Sons” {MARK}"""


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """Log as the program does, and more."""
    path = tmp_path / "rapport.log"
    root = logging.getLogger()
    level = root.level
    logs.start(path)
    root.setLevel(logging.DEBUG)
    yield path
    root.setLevel(level)
    for handler in [found for found in root.handlers if isinstance(found, logs.OwnersLog)]:
        root.removeHandler(handler)
        handler.close()


def plant(book: Book, number: int) -> None:
    """Write the mark wherever words are typed, change it, look for it, take it back."""
    word = f"{NAME} {number}"
    client = book.clients.add(ClientDraft(name=word, notes=word))
    person = book.people.add(PersonDraft(client_id=client, name=word, email=f"{MARK}@example.org", notes=word))
    book.contacts.log(
        ContactDraft(client_id=client, on=TODAY, direction=Direction.IN, summary=word, note=word, people=(person,)), []
    )
    book.search.find(MARK)
    book.record_history.changes(RecordRef("client", client))
    book.people.delete([person])
    book.trash.entries()
    book.history.undo()


def faults(book: Book) -> list[Callable[[], object]]:
    """Give acts that fail inside, each with the mark at hand."""
    draft = ClientDraft(name=NAME, notes=NAME)

    def of_the_database() -> None:
        with book.database.write(NAME) as recorder:
            recorder.connection.exec_driver_sql("INSERT INTO nowhere (name) VALUES (?)", (NAME,))

    def unique() -> None:
        with book.database.write(NAME) as recorder:
            recorder.connection.exec_driver_sql("INSERT INTO client (id, name) VALUES (1, ?)", (NAME,))

    return [
        partial(int, NAME),
        partial({}.__getitem__, NAME),
        partial(float, NAME.encode()),
        partial(Path(f"/{MARK}/{MARK} & {MARK}").read_text),
        partial(os.fsencode, f"{NAME}\ud800\udfff".join("ab") + "\ud800"),
        partial(NAME.encode, "ascii"),
        partial(getattr, draft, NAME),
        partial(book.people.get, NAME),
        of_the_database,
        unique,
    ]


def test_what_fails_in_the_window_is_logged_and_reported_without_a_mark(
    program: Program, with_book: Callable[..., Session], qtbot: QtBot, log: Path
) -> None:
    session = with_book(lambda book: [plant(book, number) for number in range(5)])
    hook = Hook(program.messages)
    reports = []
    failed: list[Exception] = []

    def work(fault: Callable[[], object], _report: Report, _cancelled: Cancelled) -> object:
        return fault()

    acts = faults(session.book)
    for fault in acts:
        with pytest.raises(Exception) as caught:  # noqa: PT011
            fault()
        error = caught.value
        reports.append(crash_report(error, "0.1"))
        hook(type(error), error, error.__traceback__)
        session.desk.tasks.run(partial(work, fault), failed.append, failed.append)
    qtbot.waitUntil(lambda: len(failed) == len(acts), timeout=20_000)
    program.errors.clear()
    written = log.read_text("utf-8")
    assert written.count("a task failed") + written.count("uncaught") >= len(acts)
    assert MARK not in written
    assert not [report for report in reports if MARK in report]


def test_what_fails_on_the_command_line_is_logged_without_a_mark(tmp_path: Path) -> None:
    def run(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "main.py", "--data-dir", str(tmp_path / "data"), *words],
            check=False, capture_output=True, text=True, cwd=ROOT,
        )  # fmt: skip
        return done.stderr

    book = str(tmp_path / "b.rapport")
    run("new", book, "--firm", "F")
    listed = tmp_path / "clients.csv"
    listed.write_text(f'name,notes\n"{MARK} Ltd",{MARK}\n{MARK} Two,"{MARK}\n', "utf-8")
    run("import", book, str(listed), "--as", "clients")
    run("log", book, f"{MARK} <call {MARK}; !{MARK} notaday")
    run("export", book, "clients", "--out", str(tmp_path / MARK / "x.xlsx"))
    run("metrics", str(listed), "--json")
    assert MARK not in "".join(path.read_text("utf-8") for path in (tmp_path / "data").rglob("*.log"))
