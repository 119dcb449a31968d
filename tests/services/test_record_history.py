"""Who changed what of a record, in words, and one field taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.domain.changes import RecordChange, RecordRef
from app.domain.checking import InvalidInputError
from app.domain.clients import ClientDraft
from app.domain.colleagues import ColleagueDraft
from app.domain.contacts import ContactDraft
from app.domain.fees import FeeDraft
from app.domain.people import PersonDraft
from app.domain.plans import ActionDraft, PlanDraft
from app.domain.records import draft_of
from app.domain.vocabulary import Channel, Direction, Influence, Stage
from app.errors import AskedWrongError
from app.services.book import Book

Rows = dict[str, list[tuple[object, ...]]]
DAY = date(2026, 3, 31)


def told(book: Book, table: str, row_id: int) -> list[tuple[str, str, str]]:
    return [(line.field, line.old, line.new) for line in book.record_history.changes(RecordRef(table, row_id))]


def line_of(book: Book, table: str, row_id: int, field: str) -> RecordChange:
    return next(line for line in book.record_history.changes(RecordRef(table, row_id)) if line.field == field)


@pytest.fixture
def acme(book: Book) -> int:
    """Add a client."""
    return book.clients.add(ClientDraft(name="Acme", tags=("key",)))


def change(book: Book, client: int, **values: object) -> None:
    book.clients.change(client, replace(draft_of(ClientDraft, book.clients.get(client)), **values))


def test_every_change_of_a_client_is_told_newest_first(book: Book, acme: int) -> None:
    ana = book.colleagues.add(ColleagueDraft(name="Ana Ruiz"))
    change(book, acme, owner_id=ana, won=DAY, cadence_days=30)
    change(book, acme, do_not_contact=True, notes="Call\nbefore noon")
    book.clients.set_stage(acme, Stage.AT_RISK, DAY, "silent")
    change(book, acme, tags=("north",))
    book.clients.add_alias(acme, "Acme Ltd")
    assert told(book, "client", acme) == [
        ("Other name", "–", "Acme Ltd"),
        ("Tag", "–", "north"),
        ("Tag", "key", "–"),
        ("Stage", "–", "At risk from 31 Mar 2026"),
        ("Do not contact", "no", "yes"),
        ("Notes", "–", "Call before noon"),
        ("Owner", "–", "Ana Ruiz"),
        ("Won on", "–", "31 Mar 2026"),
        ("Cadence", "–", "30 days"),
        ("The client was added", "", ""),
    ]
    first = book.record_history.changes(RecordRef("client", acme))[-1]
    assert (first.who, first.what) == (book.database.who, "add client “Acme”")
    assert first.when.tzinfo is not None


def test_a_colleague_who_has_left_the_book_is_still_named(book: Book, acme: int) -> None:
    ana = book.colleagues.add(ColleagueDraft(name="Ana Ruiz"))
    change(book, acme, owner_id=ana)
    book.colleagues.delete([ana])
    assert told(book, "client", acme)[:2] == [("Owner", "Ana Ruiz", "–"), ("Owner", "–", "Ana Ruiz")]


def test_money_is_in_the_currency_of_its_time(book: Book, acme: int) -> None:
    draft = FeeDraft(client_id=acme, on=DAY, original=120_000, currency="GBP", amount=None, document="INV-1")
    fee = book.fees.add(draft)
    book.fees.change(fee, replace(draft, original=130_050))
    book.fees.change(fee, replace(draft, original=200_000, currency="EUR", rate=Decimal("0.85")))
    assert told(book, "fee", fee) == [
        ("Amount", "£1,300.50", "€2,000"),
        ("Currency", "GBP", "EUR"),
        ("Rate", "–", "0.85"),
        ("Amount", "£1,200", "£1,300.50"),
        ("The fee was added", "", ""),
    ]
    assert book.record_history.title(RecordRef("fee", fee)) == "INV-1, 31 Mar 2026, €2,000"


def test_one_field_is_taken_back_and_the_others_stay(book: Book, acme: int) -> None:
    change(book, acme, notes="wrong", sector="Retail")
    change(book, acme, code="AC")
    line = line_of(book, "client", acme, "Notes")
    assert book.record_history.can_take_back(line)
    book.record_history.take_back(line)
    client = book.clients.get(acme)
    assert (client.notes, client.sector, client.code) == ("", "Retail", "AC")
    assert told(book, "client", acme)[0] == ("Notes", "wrong", "–")
    book.history.undo()
    assert book.clients.get(acme).notes == "wrong"


def test_what_follows_from_a_field_follows_when_it_is_taken_back(book: Book, acme: int) -> None:
    draft = FeeDraft(client_id=acme, on=DAY, original=100_000, currency="EUR", amount=None, rate=Decimal("0.9"))
    fee = book.fees.add(draft)
    book.fees.change(fee, replace(draft, original=200_000))
    assert book.fees.get(fee).amount == 180_000
    book.record_history.take_back(line_of(book, "fee", fee, "Amount"))
    found = book.fees.get(fee)
    assert (found.original, found.amount) == (100_000, 90_000)


def test_a_tag_that_went_comes_back_and_one_that_came_goes(book: Book, acme: int) -> None:
    change(book, acme, tags=("north",))
    went = next(line for line in book.record_history.changes(RecordRef("client", acme)) if line.old == "key")
    came = next(line for line in book.record_history.changes(RecordRef("client", acme)) if line.new == "north")
    book.record_history.take_back(went)
    assert book.clients.get(acme).tags == ("north", "key")
    book.record_history.take_back(came)
    assert book.clients.get(acme).tags == ("key",)


def test_who_was_there_is_part_of_a_contact(book: Book, acme: int) -> None:
    jo = book.people.add(PersonDraft(client_id=acme, name="Jo", influence=Influence.DECIDES))
    contact = book.contacts.log(
        ContactDraft(client_id=acme, on=DAY, direction=Direction.OUT, channel=Channel.CALL, people=(jo,))
    )
    book.contacts.change(contact, replace(book.contacts.get(contact), people=(), direction=Direction.BOTH, minutes=20))
    assert told(book, "contact", contact) == [
        ("Who was there", "Jo", "–"),
        ("Direction", "We spoke", "A conversation"),
        ("Minutes", "–", "20 min"),
        ("The contact was added", "", ""),
    ]
    book.record_history.take_back(line_of(book, "contact", contact, "Who was there"))
    assert book.contacts.get(contact).people == (jo,)


def test_deleted_and_brought_back_stand_in_the_history(book: Book, acme: int) -> None:
    change(book, acme, notes="x")
    book.clients.delete([acme])
    assert told(book, "client", acme)[0] == ("The client was deleted", "", "")
    assert book.record_history.title(RecordRef("client", acme)) == "Acme"
    book.trash.bring_back(book.trash.entries()[0].step_id)
    assert [field for field, _, _ in told(book, "client", acme)] == [
        "The client was brought back",
        "The client was deleted",
        "Notes",
        "The client was added",
    ]


def test_steps_taken_back_are_no_part_of_it(book: Book, acme: int) -> None:
    change(book, acme, notes="x")
    book.history.undo()
    assert [field for field, _, _ in told(book, "client", acme)] == ["The client was added"]


def test_others_changed_in_the_same_step_are_not_told(book: Book, acme: int) -> None:
    bexley = book.clients.add(ClientDraft(name="Bexley"))
    cole = book.clients.add(ClientDraft(name="Cole"))
    book.clients.add_tag([acme, cole], "key")
    ana = book.colleagues.add(ColleagueDraft(name="Ana"))
    book.clients.set_owner([acme, cole], ana)
    assert told(book, "client", bexley) == [("The client was added", "", "")]
    assert told(book, "client", cole)[:2] == [("Owner", "–", "Ana"), ("Tag", "–", "key")]
    book.clients.delete([acme, cole])
    assert told(book, "client", bexley) == [("The client was added", "", "")]


def test_a_value_that_no_longer_fits_is_refused(book: Book, acme: int) -> None:
    plan = book.plans.add(PlanDraft(client_id=acme, title="Plan", starts=date(2026, 1, 1), ends=date(2026, 6, 30)))
    book.plans.change(plan, replace(book.plans.get(plan), ends=date(2026, 12, 31)))
    book.plans.change(plan, replace(book.plans.get(plan), starts=date(2026, 9, 1)))
    with pytest.raises(InvalidInputError):
        book.record_history.take_back(line_of(book, "plan", plan, "Until"))
    assert book.plans.get(plan).ends == date(2026, 12, 31)


def test_a_link_to_what_is_gone_cannot_be_taken_back(book: Book, acme: int) -> None:
    ana = book.colleagues.add(ColleagueDraft(name="Ana"))
    plan = book.plans.add(PlanDraft(client_id=acme, title="Plan", starts=DAY, ends=DAY))
    action = book.actions.add(ActionDraft(plan_id=plan, title="Pitch", owner_id=ana))
    book.colleagues.delete([ana])
    with pytest.raises(AskedWrongError, match="no longer exists"):
        book.record_history.take_back(line_of(book, "action", action, "Owner"))


def test_what_cannot_be_taken_back_says_so(book: Book, acme: int) -> None:
    added = book.record_history.changes(RecordRef("client", acme))[0]
    assert not book.record_history.can_take_back(added)
    with pytest.raises(AskedWrongError):
        book.record_history.take_back(added)
    change(book, acme, notes="x")
    line = line_of(book, "client", acme, "Notes")
    book.record_history.take_back(line)
    with pytest.raises(AskedWrongError, match="already"):
        book.record_history.take_back(line)
    change(book, acme, notes="y")
    book.clients.delete([acme])
    with pytest.raises(AskedWrongError, match="no longer exists"):
        book.record_history.take_back(line)


def test_a_large_import_is_one_line(book: Book, acme: int, rows: Callable[[Book], Rows]) -> None:
    from app.data import schema

    with book.database.write("import of 300 fees") as recorder:
        same = {"on": DAY, "original": 5, "currency": "GBP", "amount": 5, "kind": "invoice", "disbursement": False}
        ids = recorder.insert_many(schema.fee, [same | {"client_id": acme} for _ in range(300)])
        recorder.update_many(schema.fee, {row_id: {"service": "design"} for row_id in ids[100:]})
    assert told(book, "fee", ids[50]) == [("The fee was added", "", "")]
    assert told(book, "fee", ids[150]) == [("Service", "–", "design"), ("The fee was added", "", "")]
    assert len(rows(book)["fee"]) == 300
