"""Quick entry against a book: whom a line means, and that it is one step."""

from collections.abc import Callable
from datetime import date

import pytest

from app.domain.checking import InvalidInputError
from app.domain.clients import ClientDraft
from app.domain.people import PersonDraft
from app.domain.vocabulary import Channel, Direction, PromiseBy, Purpose
from app.errors import AskedWrongError
from app.services.book import Book

TODAY = date(2026, 11, 24)  # a Tuesday
Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def acme(book: Book) -> int:
    """Add a client with people, and another one."""
    client = book.clients.add(ClientDraft(name="Acme Steel Ltd", code="A-17"))
    for name in ("Jane Doe", "Jan Smit", "Ben Okri", "Zoë Müller", "Ann-Marie O'Brien"):
        book.people.add(PersonDraft(client_id=client, name=name))
    other = book.clients.add(ClientDraft(name="Bexley"))
    book.people.add(PersonDraft(client_id=other, name="Jane Elsewhere"))
    book.clients.add_alias(client, "Acme")
    return client


def test_the_line_of_the_design(book: Book, acme: int) -> None:
    found = book.quick_log.log("acme <call @jane 20m liked the draft; !send costs fri", TODAY)
    (contact,) = book.contacts.of_client(acme)
    assert (contact.on, contact.direction, contact.channel, contact.minutes, contact.summary, contact.counts) == (
        *(TODAY, Direction.IN, Channel.CALL),
        *(20, "liked the draft", True),
    )
    assert [person.name for person in found.people] == ["Jane Doe"]
    assert contact.people == (found.people[0].id,)
    (promise,) = book.promises.of_client(acme)
    assert (promise.what, promise.by, promise.due, promise.contact_id) == (
        *("send costs", PromiseBy.US),
        *(date(2026, 11, 27), contact.id),
    )
    assert [step.what for step in book.history.steps(1)] == ["log contact with Acme Steel Ltd"]


@pytest.mark.parametrize("ref", ["Acme Steel Ltd", "ACME STEEL LTD", "a-17", "acme", " Acme "])
def test_a_client_is_meant_by_name_code_or_other_name(book: Book, acme: int, ref: str) -> None:
    assert book.quick_log.understand(f"{ref} > hello", TODAY).client.id == acme


def test_an_unknown_client_is_refused_with_the_nearest_names(
    book: Book, acme: int, rows: Callable[[Book], Rows]
) -> None:
    before = rows(book)
    with pytest.raises(AskedWrongError, match="No client is called “acme stel”") as refused:
        book.quick_log.log("acme stel <call hello", TODAY)
    assert "“Acme Steel Ltd”" in refused.value.mend
    assert rows(book) == before
    assert acme


@pytest.mark.parametrize("line", ["acme", "acme hello", "acme call @jane"])
def test_a_line_without_an_arrow_asks_who_spoke(book: Book, acme: int, line: str) -> None:
    with pytest.raises(InvalidInputError, match="who spoke"):
        book.quick_log.understand(line, TODAY)
    assert acme


PEOPLE: dict[str, tuple[list[str], str]] = {
    "@jane": (["Jane Doe"], ""),
    "@JANE": (["Jane Doe"], ""),
    "@doe": (["Jane Doe"], ""),
    "@jane.doe": (["Jane Doe"], ""),
    "@jane_doe": (["Jane Doe"], ""),
    "@jane.d": (["Jane Doe"], ""),
    "@ben @okri": (["Ben Okri"], ""),
    "@ben @jane": (["Ben Okri", "Jane Doe"], ""),
    "@zoë": (["Zoë Müller"], ""),
    "@zoe": (["Zoë Müller"], ""),
    "@o'brien": (["Ann-Marie O'Brien"], ""),
    "@ann-marie": (["Ann-Marie O'Brien"], ""),
    "@jan": ([], "@jan"),  # Jan and Jane: nobody is guessed
    "@carol hello": ([], "hello @carol"),
    "@jane hello @carol": (["Jane Doe"], "hello @carol"),
}


@pytest.mark.parametrize("typed", PEOPLE)
def test_people_are_those_of_the_client_and_unknown_ones_stay_in_the_words(book: Book, acme: int, typed: str) -> None:
    people, words = PEOPLE[typed]
    found = book.quick_log.log(f"acme <call {typed}", TODAY)
    assert [person.name for person in found.people] == people
    (contact,) = book.contacts.of_client(acme)
    assert contact.summary == words
    assert len(contact.people) == len(people)


def test_who_left_is_meant_only_where_nobody_else_can_be(book: Book, acme: int) -> None:
    gone = PersonDraft(client_id=acme, name="Benedict Gone", left_on=date(2026, 1, 1))
    book.people.add(gone)
    book.people.add(PersonDraft(client_id=acme, name="Carla Gone", left_on=date(2026, 1, 1)))
    assert [p.name for p in book.quick_log.understand("acme > @ben hi", TODAY).people] == ["Ben Okri"]
    assert [p.name for p in book.quick_log.understand("acme > @carla hi", TODAY).people] == ["Carla Gone"]


DUE: dict[str, date | None] = {
    "!send costs fri": date(2026, 11, 27),
    "!send costs tomorrow": date(2026, 11, 25),
    "!send costs tue": date(2026, 12, 1),
    "!send costs by 12 Dec": date(2026, 12, 12),
    "!send costs 3 Jan": date(2027, 1, 3),
    "!send costs on 2026-12-31": date(2026, 12, 31),
    "!send costs +2w": date(2026, 12, 8),
    "!send costs soon": None,
    "!send costs": None,
}


@pytest.mark.parametrize("typed", DUE)
def test_a_promise_reads_its_date_word_ahead(book: Book, acme: int, typed: str) -> None:
    (promise,) = book.quick_log.understand(f"acme > {typed}", TODAY).promises
    assert (promise.what, promise.due) == ("send costs soon" if "soon" in typed else "send costs", DUE[typed])
    assert acme


def test_a_voicemail_does_not_count_and_a_purpose_is_kept(book: Book, acme: int) -> None:
    book.quick_log.log("acme > voicemail #sell again", TODAY)
    (contact,) = book.contacts.of_client(acme)
    assert (contact.counts, contact.purpose, contact.summary) == (False, Purpose.SELL, "again")


def test_on_a_clients_page_the_line_has_no_client(book: Book, acme: int) -> None:
    found = book.quick_log.log("<mail @jane bexley is mentioned", TODAY, client_id=acme)
    assert found.client.id == acme
    assert found.contact.summary == "bexley is mentioned"


def test_a_contact_with_its_promises_is_one_step(book: Book, acme: int, rows: Callable[[Book], Rows]) -> None:
    before, steps = rows(book), len(book.history.steps())
    book.quick_log.log("acme <>met @jane @ben 1h #ask all of it !one fri !two ?three +1w", TODAY)
    assert len(book.history.steps()) == steps + 1
    assert len(book.promises.of_client(acme)) == 3
    book.history.undo()
    assert rows(book) == before


def test_a_contact_longer_than_a_day_is_refused_whole(book: Book, acme: int, rows: Callable[[Book], Rows]) -> None:
    before = rows(book)
    with pytest.raises(InvalidInputError, match="between 0 minutes and a day"):
        book.quick_log.log("acme > call 99h !send costs", TODAY)
    assert rows(book) == before
    assert acme
