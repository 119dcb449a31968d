"""The log of the dialogue: who was there, what was promised, what came of feedback."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.checking import InvalidInputError
from app.domain.clients import ClientDraft
from app.domain.colleagues import ColleagueDraft
from app.domain.contacts import ContactDraft
from app.domain.feedback import FeedbackDraft
from app.domain.people import PersonDraft
from app.domain.promises import PromiseDraft
from app.domain.records import draft_of
from app.domain.vocabulary import Channel, Direction, PromiseBy
from app.errors import AskedWrongError
from app.services.book import Book

DAY = date(2026, 3, 31)
Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def acme(book: Book) -> int:
    """Add a client with three people, and three of us."""
    client = book.clients.add(ClientDraft(name="Acme"))
    for name in ("Jane", "Ben", "Cara"):
        book.people.add(PersonDraft(client_id=client, name=name))
        book.colleagues.add(ColleagueDraft(name=f"our {name}"))
    return client


def contact(client: int, on: date = DAY, at: str = "", **more: object) -> ContactDraft:
    draft = ContactDraft(client_id=client, on=on, at=at, direction=Direction.BOTH, channel=Channel.CALL)
    return replace(draft, **more)


def test_who_was_present_is_kept_in_the_order_typed(book: Book, acme: int) -> None:
    key = book.contacts.log(contact(acme, people=(3, 1), colleagues=(2,)))
    assert (book.contacts.get(key).people, book.contacts.get(key).colleagues) == ((3, 1), (2,))


def test_who_was_present_changes_alone(book: Book, acme: int, rows: Callable[[Book], Rows]) -> None:
    key = book.contacts.log(contact(acme, people=(1, 2), colleagues=(1,)))
    before = rows(book)
    book.contacts.change(key, contact(acme, people=(2, 3), colleagues=()))
    assert (set(book.contacts.get(key).people), book.contacts.get(key).colleagues) == ({2, 3}, ())
    assert [step.what for step in book.history.steps(1)] == ["change contact"]
    book.history.undo()
    assert rows(book) == before
    assert draft_of(ContactDraft, book.contacts.get(key)) == contact(acme, people=(1, 2), colleagues=(1,))


def test_the_same_person_twice_is_there_once(book: Book, acme: int) -> None:
    key = book.contacts.log(contact(acme, people=(1, 1), colleagues=(2, 2)))
    assert (book.contacts.get(key).people, book.contacts.get(key).colleagues) == ((1,), (2,))


def test_promises_go_with_the_contact_and_stay_when_it_is_deleted(book: Book, acme: int) -> None:
    wrong_client = PromiseDraft(client_id=999, what="send", due=DAY)
    key = book.contacts.log(contact(acme), [wrong_client, PromiseDraft(client_id=acme, what="pay", by=PromiseBy.THEM)])
    assert {(promise.client_id, promise.contact_id) for promise in book.promises.every()} == {(acme, key)}
    book.contacts.delete([key])
    assert {promise.contact_id for promise in book.promises.every()} == {None}
    book.history.undo()
    assert {promise.contact_id for promise in book.promises.every()} == {key}


def test_a_wrong_promise_logs_nothing(book: Book, acme: int) -> None:
    with pytest.raises(InvalidInputError, match="A promise needs words"):
        book.contacts.log(contact(acme), [PromiseDraft(client_id=acme, what=" ")])
    assert book.contacts.every() == []


def test_a_contact_with_nobody_is_refused(book: Book) -> None:
    with pytest.raises(AskedWrongError, match="This client no longer exists"):
        book.contacts.log(contact(999))


def test_a_planned_contact_is_called_so(book: Book, acme: int) -> None:
    book.contacts.log(contact(acme, planned=True))
    assert book.history.steps(1)[0].what == "plan contact with Acme"


def test_the_dialogue_is_newest_first_and_of_one_day_the_last_logged(book: Book, acme: int) -> None:
    earlier = book.contacts.log(contact(acme, DAY - timedelta(1), "23:00"))
    noon, first, second = (book.contacts.log(contact(acme, DAY, at)) for at in ("12:00", "", ""))
    nine = book.contacts.log(contact(acme, DAY, "09:00"))
    found = [entry.id for entry in book.contacts.of_client(acme)]
    assert found == [noon, nine, second, first, earlier]
    assert [entry.id for entry in book.contacts.every()] == found


def test_a_person_deleted_leaves_the_contact_and_comes_back_into_it(book: Book, acme: int) -> None:
    key = book.contacts.log(contact(acme, people=(1, 2)))
    book.people.delete([1])
    assert book.contacts.get(key).people == (2,)
    book.history.undo()
    assert set(book.contacts.get(key).people) == {1, 2}


# -- promises and feedback -----------------------------------------------------------------------------


def test_a_promise_is_kept_broken_and_open_again(book: Book, acme: int) -> None:
    key = book.promises.add(PromiseDraft(client_id=acme, what="send"))
    book.promises.keep(key, DAY)
    assert (book.promises.get(key).kept_on, book.promises.get(key).broken_on) == (DAY, None)
    assert not book.promises.get(key).is_open(DAY)
    assert book.promises.get(key).is_open(DAY - timedelta(1))
    book.promises.give_up(key, DAY)
    assert (book.promises.get(key).kept_on, book.promises.get(key).broken_on) == (None, DAY)
    book.promises.reopen(key)
    assert book.promises.get(key).is_open(DAY)
    assert [step.what for step in book.history.steps(3)] == ["reopen promise", "promise broken", "promise kept"]


def test_the_loop_is_received_owned_acted_told(book: Book, acme: int, rows: Callable[[Book], Rows]) -> None:
    key = book.feedback.add(FeedbackDraft(client_id=acme, on=DAY, verbatim="late again"))
    before = rows(book)
    book.feedback.own(key, 1, DAY + timedelta(1))
    book.feedback.act(key, "we hired", DAY + timedelta(2))
    told = book.feedback.tell(key, contact(acme, DAY + timedelta(3), summary="told Jane"))
    found = book.feedback.get(key)
    assert (found.owner_id, found.owned_on, found.action, found.acted_on, found.told_on, found.told_contact_id) == (
        *(1, DAY + timedelta(1)),
        *("we hired", DAY + timedelta(2)),
        *(DAY + timedelta(3), told),
    )
    assert [entry.summary for entry in book.contacts.of_client(acme)] == ["told Jane"]
    for _ in range(3):
        book.history.undo()
    assert rows(book) == before


@pytest.mark.parametrize("step", ["own", "act", "tell"])
def test_a_loop_is_not_closed_before_the_feedback_came(book: Book, acme: int, step: str) -> None:
    key = book.feedback.add(FeedbackDraft(client_id=acme, on=DAY, verbatim="late again"))
    early = DAY - timedelta(1)
    acts = {
        "own": lambda: book.feedback.own(key, 1, early),
        "act": lambda: book.feedback.act(key, "x", early),
        "tell": lambda: book.feedback.tell(key, contact(acme, early)),
    }
    with pytest.raises(InvalidInputError, match="before the feedback came"):
        acts[step]()
    assert book.contacts.every() == []
    assert book.history.steps(1)[0].what == "add feedback"


@pytest.mark.parametrize("step", ["own", "act", "tell"])
def test_feedback_that_is_gone_is_said_so(book: Book, acme: int, step: str) -> None:
    acts = {
        "own": lambda: book.feedback.own(999, 1, DAY),
        "act": lambda: book.feedback.act(999, "x", DAY),
        "tell": lambda: book.feedback.tell(999, contact(acme)),
    }
    with pytest.raises(AskedWrongError, match="This feedback no longer exists"):
        acts[step]()
    assert book.contacts.every() == []


def test_the_contact_that_tells_is_checked_like_any(book: Book, acme: int) -> None:
    key = book.feedback.add(FeedbackDraft(client_id=acme, on=DAY, verbatim="late again"))
    with pytest.raises(InvalidInputError):
        book.feedback.tell(key, contact(acme, minutes=-5))
    assert book.contacts.every() == []


@pytest.mark.parametrize("act", ["keep", "give_up", "reopen"])
def test_a_promise_that_is_gone_is_said_so(book: Book, act: str) -> None:
    acts = {
        "keep": lambda: book.promises.keep(9, DAY),
        "give_up": lambda: book.promises.give_up(9, DAY),
        "reopen": lambda: book.promises.reopen(9),
    }
    with pytest.raises(AskedWrongError, match="This promise no longer exists"):
        acts[act]()
