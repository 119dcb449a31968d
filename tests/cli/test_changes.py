"""`log`, `history`, `undo`, `redo` (COMMANDS)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.data.lock import user
from app.domain.clients import ClientDraft
from app.domain.people import PersonDraft
from app.services.book import open_book

Run = Callable[..., Any]


@pytest.fixture
def acme(book: Path) -> Path:
    """Give the book a client with a person."""
    opened = open_book(book, write=True)
    client = opened.clients.add(ClientDraft(name="Acme Steel", code="A-17"))
    opened.people.add(PersonDraft(client_id=client, name="Jane Doe"))
    opened.clients.add(ClientDraft(name="Bexley"))
    opened.close()
    return book


def contacts(path: Path) -> list[Any]:
    opened = open_book(path, write=False)
    found = opened.contacts.every()
    opened.close()
    return list(found)


def test_a_line_is_logged_and_said(acme: Path, run: Run) -> None:
    said = run("log", acme, "acme steel <call @jane 20m liked the draft; !send costs +1w")
    assert said.code == 0
    first, second = said.out.splitlines()
    assert first == "Logged with Acme Steel: They spoke, call, Jane Doe, liked the draft."
    assert second.startswith("  We owe: send costs (")
    (contact,) = contacts(acme)
    assert (contact.on, contact.minutes, contact.summary) == (date.today(), 20, "liked the draft")


def test_a_line_logged_as_json(acme: Path, run: Run) -> None:
    said = run("log", acme, "a-17 <>met #sell @nobody hello ?pay 2026-12-01", "--json", "--on", "2026-11-02")
    assert said.answer == {
        "client": "A-17",
        "date": "2026-11-02",
        "direction": "both",
        "channel": "meeting",
        "purpose": "sell",
        "minutes": None,
        "people": [],
        "summary": "hello @nobody",
        "promises": [{"by": "them", "what": "pay", "due": "2026-12-01"}],
    }
    assert "kept in the words: nobody" in run("log", acme, "a-17 < @nobody hi").out


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Acme Stel < hi", "Did you mean “Acme Steel”?"),
        ("qqqq < hi", "No client is called “qqqq”."),
        ("< hi", "No client is named."),
        ("acme steel", "who spoke"),
        ("", "who spoke"),
        ("acme steel < 99h", "between 0 minutes and a day"),
    ],
)
def test_a_line_not_understood_changes_nothing(acme: Path, run: Run, line: str, words: str) -> None:
    before = acme.read_bytes()
    said = run("log", acme, line)
    assert (said.code, said.out) == (2, "")
    assert words in said.err
    assert acme.read_bytes() == before


def test_history_undo_and_redo(acme: Path, run: Run) -> None:
    begun = datetime.now(UTC) - timedelta(seconds=2)
    run("log", acme, "bexley > hello")
    steps = run("history", acme, "--json").answer["steps"]
    assert [set(step) for step in steps] == [{"id", "when", "who", "what", "undone"}] * 4
    assert [step["id"] for step in steps] == sorted((step["id"] for step in steps), reverse=True)
    assert steps[0]["what"] == "log contact with Bexley"
    assert steps[0]["who"] == user()
    assert steps[0]["undone"] is False
    assert begun <= datetime.fromisoformat(steps[0]["when"]) <= datetime.now(UTC)
    assert run("undo", acme, "--json").answer == {"step": "log contact with Bexley"}
    assert contacts(acme) == []
    assert run("history", acme, "--json").answer["steps"][0]["undone"] is True
    assert "(undone)" in run("history", acme).out.splitlines()[0]
    assert run("redo", acme, "--json").answer == {"step": "log contact with Bexley"}
    assert len(contacts(acme)) == 1
    assert run("undo", acme).out == "Took back: log contact with Bexley.\n"
    assert run("redo", acme).out == "Did again: log contact with Bexley.\n"


@pytest.mark.parametrize("as_json", [False, True])
def test_nothing_to_undo_or_redo_is_asked_wrong(book: Path, run: Run, as_json: bool) -> None:
    for command in ("undo", "redo"):
        said = run(command, book, *(["--json"] if as_json else []))
        assert said.code == 2
        assert f"There is nothing to {command}" in said.err
        assert ("error" in said.answer) if as_json else (said.out == "")
    assert run("history", book, "--json").answer == {"steps": []}
    assert run("history", book).out == "Nothing has been changed in this book yet.\n"


def test_everything_is_undone_to_the_empty_book(acme: Path, run: Run) -> None:
    run("log", acme, "bexley > hello !send fri")
    count = 0
    while run("undo", acme).code == 0:
        count += 1
    assert count == 4
    assert run("metrics", acme, "--json").answer["portfolio"]["clients"] == 0
    while run("redo", acme).code == 0:
        count -= 1
    assert count == 0
    assert len(contacts(acme)) == 1


def test_a_change_ends_the_redo(acme: Path, run: Run) -> None:
    run("undo", acme)
    run("log", acme, "acme steel > hello")
    assert run("redo", acme).code == 2
