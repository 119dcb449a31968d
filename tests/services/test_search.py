"""One box: clients, people, and words in what was logged."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.domain.clients import ClientDraft
from app.domain.contacts import ContactDraft
from app.domain.feedback import FeedbackDraft
from app.domain.firm import Firm
from app.domain.people import PersonDraft
from app.domain.vocabulary import Direction
from app.services.book import Book, new_book, open_book
from app.services.search import FoundKind

DAY = date(2026, 3, 4)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    new_book(tmp_path / "b.rapport", Firm(name="X"))
    found = open_book(tmp_path / "b.rapport", write=True)
    acme = found.clients.add(ClientDraft(name="Łódź Teatr", code="LT", tags=("stage",)))
    found.clients.add(ClientDraft(name="R&D 100% (GmbH)"))
    found.people.add(PersonDraft(client_id=acme, name="Zoë O'Brien"))
    found.contacts.log(
        ContactDraft(client_id=acme, on=DAY, direction=Direction.IN, summary="They like 50%_off posters; C++ too")
    )
    found.feedback.add(FeedbackDraft(client_id=acme, on=DAY, verbatim="Never late, always calm"))
    yield found
    found.close()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("lodz", FoundKind.CLIENT),
        ("lt", FoundKind.CLIENT),
        ("STAGE", FoundKind.CLIENT),
        ("r&d", FoundKind.CLIENT),
        ("100%", FoundKind.CLIENT),
        ("zoe", FoundKind.PERSON),
        ("o'brien", FoundKind.PERSON),
        ("posters", FoundKind.CONTACT),
        ("50%_o", FoundKind.CONTACT),
        ("c++", FoundKind.CONTACT),
        ("ALWAYS", FoundKind.FEEDBACK),
    ],
)
def test_finds(book: Book, text: str, kind: FoundKind) -> None:
    assert book.search.find(text)[0].kind is kind


@pytest.mark.parametrize(
    "text", ["", "  ", '"', "'; DROP TABLE client", "*", "%%%", "___", "NEAR(", "\0", "x" * 50_000]
)
def test_what_is_typed_never_fails_nor_matches_everything(book: Book, text: str) -> None:
    assert book.search.find(text) == []


def test_words_are_cut_around_what_was_sought(book: Book) -> None:
    client = book.clients.find("LT")
    long = "word " * 60 + "needle " + "word " * 60
    book.contacts.log(ContactDraft(client_id=client.id, on=DAY, direction=Direction.OUT, summary=long))
    title = book.search.find("needle")[0].title
    assert "needle" in title
    assert title.startswith("…")
    assert title.endswith("…")
    assert len(title) < 80
