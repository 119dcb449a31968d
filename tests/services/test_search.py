"""One box: clients, people, and words in what was logged."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app.data import search
from app.domain.clients import ClientDraft
from app.domain.contacts import ContactDraft
from app.domain.feedback import FeedbackDraft
from app.domain.firm import Firm
from app.domain.people import PersonDraft
from app.domain.sought import pieces, places
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
        ("teatr łódź", FoundKind.CLIENT),
        ("rd", FoundKind.CLIENT),
        ("obrien", FoundKind.PERSON),
        ("O’Brien zoe", FoundKind.PERSON),
        ("osters like", FoundKind.CONTACT),
        ("calm alw", FoundKind.FEEDBACK),
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


def test_context_shows_the_note_when_the_word_stands_there(book: Book) -> None:
    client = book.clients.find("LT")
    said = "Überlänge " * 20 + "Straßenfest " + "weiter " * 30
    book.contacts.log(ContactDraft(client_id=client.id, on=DAY, direction=Direction.OUT, summary="A call", note=said))
    (hit,) = book.search.find("STRASSENFEST")
    assert "Straßenfest" in hit.title
    assert hit.on == DAY


@pytest.mark.parametrize(
    "said", ["Needle " + "w " * 90, "w " * 90 + "needle", "w" * 90 + "needle" + "w" * 90, "needle"]
)
def test_what_was_found_stands_in_front_and_is_marked(book: Book, said: str) -> None:
    client = book.clients.find("LT")
    book.contacts.log(ContactDraft(client_id=client.id, on=DAY, direction=Direction.OUT, summary=said))
    (hit,) = book.search.find("nee edle needle")
    first, behind = hit.marks[0][0], max(end for _, end in hit.marks)
    assert hit.title[first:behind].lower() == "needle"
    assert first <= 35


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("Die Straße, die STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("Łódź und Æther", "odz aet", ["ódź", "Æt"]),
        ("an apron, Ann", "an", ["an", "An"]),
        ("ﬁsh", "f", ["ﬁ"]),
        ("", "x", []),
    ],
)
def test_marks_stand_where_the_letters_are(text: str, typed: str, marked: list[str]) -> None:
    assert [text[first:behind] for first, behind in places(text, pieces(typed))] == marked


def test_names_are_those_of_now(book: Book) -> None:
    assert book.search.find("hafen") == []
    added = book.clients.add(ClientDraft(name="Hafen Oost"))
    assert [hit.client_id for hit in book.search.find("hafen")] == [added]
    book.people.add(PersonDraft(client_id=added, name="Ivo Hafenmeister"))
    assert [hit.kind for hit in book.search.find("hafen")] == [FoundKind.CLIENT, FoundKind.PERSON]
    book.history.undo()
    book.history.undo()
    assert book.search.find("hafen") == []


def test_a_name_that_begins_so_comes_first_and_there_is_room_for_words(book: Book) -> None:
    client = book.clients.find("LT")
    for number in range(40):
        book.clients.add(ClientDraft(name=f"Old Pier {number}"))
    book.clients.add(ClientDraft(name="Pier Media"))
    book.contacts.log(ContactDraft(client_id=client.id, on=DAY, direction=Direction.OUT, summary="Met on the pier"))
    hits = book.search.find("pier")
    assert hits[0].title == "Pier Media"
    assert hits[-1].kind is FoundKind.CONTACT
    assert len(hits) < 20


def test_a_damaged_index_hinders_no_search_and_is_mended_by_the_next_change(book: Book) -> None:
    with closing(sqlite3.connect(book.path)) as plain, plain:
        plain.execute("UPDATE full_text_data SET block = x'00000001ffffffff' WHERE id = 10")
    assert book.search.find("posters")[0].kind is FoundKind.CONTACT
    book.clients.add(ClientDraft(name="Any"))
    with book.database.read() as connection:
        assert search.holding(connection, "posters", 3)
