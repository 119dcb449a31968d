"""What was deleted comes back as it was, as one more step; else the sentence says what is missing."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from app.data import schema
from app.data.history import pack, unpack
from app.domain.changes import RecordRef
from app.domain.clients import ClientDraft
from app.domain.colleagues import ColleagueDraft
from app.domain.contacts import ContactDraft
from app.domain.costs import CostDraft
from app.domain.engagements import EngagementDraft
from app.domain.fees import FeeDraft
from app.domain.people import PersonDraft
from app.domain.plans import ActionDraft, ObjectiveDraft, PlanDraft
from app.domain.promises import PromiseDraft
from app.domain.records import draft_of
from app.domain.vocabulary import Channel, CostKind, Direction, FeeKind, Stage
from app.errors import AppError, AskedWrongError
from app.services.book import Book

Rows = dict[str, list[tuple[object, ...]]]
Read = Callable[[Book], Rows]
DAY = date(2026, 3, 31)


def fee(client_id: int, original: int = 120_000, document: str = "INV-1") -> FeeDraft:
    return FeeDraft(client_id=client_id, on=DAY, original=original, currency="GBP", amount=original, document=document)


def full_client(book: Book, name: str = "Acme") -> int:
    """Make a client with something in every table."""
    ana = book.colleagues.add(ColleagueDraft(name=f"Ana of {name}"))
    client = book.clients.add(ClientDraft(name=name, code=name[:3].upper(), owner_id=ana, tags=("key", "north")))
    book.clients.add_alias(client, f"{name} Ltd")
    book.clients.set_stage(client, Stage.AT_RISK, DAY, "silent")
    jo = book.people.add(PersonDraft(client_id=client, name="Jo"))
    project = book.engagements.add(EngagementDraft(client_id=client, name="Site"))
    invoice = book.fees.add(replace(fee(client), engagement_id=project))
    book.fees.add(replace(fee(client, -20_000, "C-1"), kind=FeeKind.CREDIT, linked_fee_id=invoice))
    book.costs.add(CostDraft(client_id=client, on=DAY, amount=500, kind=CostKind.SERVICE, note="lunch"))
    book.contacts.log(
        ContactDraft(
            client_id=client,
            on=DAY,
            direction=Direction.BOTH,
            channel=Channel.CALL,
            summary="drafts",
            people=(jo,),
            colleagues=(ana,),
        ),
        [PromiseDraft(client_id=client, what="send costs", person_id=jo)],
    )
    plan = book.plans.add(PlanDraft(client_id=client, title="Plan", starts=DAY, ends=DAY))
    goal = book.objectives.add(ObjectiveDraft(plan_id=plan, title="Fill the hall"))
    book.actions.add(ActionDraft(plan_id=plan, title="Pitch", objective_id=goal, owner_id=ana))
    return client


def only(book: Book) -> int:
    (entry,) = book.trash.entries()
    return entry.step_id


def test_a_client_comes_back_with_all_that_belonged_to_it(book: Book, rows: Read) -> None:
    client = full_client(book)
    before = rows(book)
    book.clients.delete([client])
    (entry,) = book.trash.entries()
    assert entry.things == "client Acme"
    assert entry.belongings == (
        "2 fees, 1 action, 1 contact, 1 cost, 1 engagement, 1 objective, 1 person, 1 plan, 1 promise"
        " and 1 stage set by hand"
    )
    assert not entry.taken_back
    done = book.trash.bring_back(entry.step_id)
    assert rows(book) == before
    assert (done.what, done.without) == ("client Acme", 0)
    assert done.rows == entry.count
    assert book.trash.entries() == []
    assert book.history.next_steps()[0].what == "bring back client Acme"  # type: ignore[union-attr]


def test_bringing_back_is_a_step_that_can_be_undone_and_redone(book: Book, rows: Read) -> None:
    client = full_client(book)
    before = rows(book)
    book.clients.delete([client])
    gone = rows(book)
    book.trash.bring_back(only(book))
    book.history.undo()
    assert rows(book) == gone
    assert [entry.things for entry in book.trash.entries()] == ["client Acme"]
    book.history.redo()
    assert rows(book) == before
    book.history.undo()
    book.history.undo()
    assert rows(book) == before


def test_links_cut_by_the_deletion_are_tied_again_unless_taken_since(book: Book, rows: Read) -> None:
    client = full_client(book)
    (contact,) = book.contacts.of_client(client)
    invoice = next(fee for fee in book.fees.of_client(client) if fee.kind is FeeKind.INVOICE)
    before = rows(book)
    book.contacts.delete([contact.id])
    book.fees.delete([invoice.id])
    assert [promise.contact_id for promise in book.promises.every()] == [None]
    for entry in book.trash.entries():
        book.trash.bring_back(entry.step_id)
    assert rows(book) == before

    book.fees.delete([invoice.id])
    other = book.fees.add(fee(client, 20_000, "INV-2"))
    (credit,) = [fee for fee in book.fees.of_client(client) if fee.kind is FeeKind.CREDIT]
    book.fees.link(credit.id, other)
    book.trash.bring_back(book.trash.entries()[0].step_id)
    assert book.fees.get(credit.id).linked_fee_id == other


def test_each_kind_of_thing_is_named(book: Book) -> None:
    client = full_client(book)
    book.people.delete([book.people.of_client(client)[0].id])
    book.contacts.delete([book.contacts.of_client(client)[0].id])
    book.costs.delete([book.costs.of_client(client)[0].id])
    book.promises.delete([book.promises.of_client(client)[0].id])
    book.clients.remove_stage(book.clients.stages(client)[0].id)
    book.actions.delete([book.plans.whole(client)[0].actions[0].id])
    book.fees.delete([each.id for each in book.fees.of_client(client)])
    assert [entry.things for entry in book.trash.entries()] == [
        "2 fees: INV-1, 31 Mar 2026, £1,200 and C-1, 31 Mar 2026, −£200 of Acme",
        "action Pitch",
        "stage set by hand At risk from 31 Mar 2026 of Acme",
        "promise send costs of Acme",
        "cost lunch, 31 Mar 2026, £5 of Acme",
        "contact Call of 31 Mar 2026: drafts of Acme",
        "person Jo of Acme",
    ]
    assert {entry.who for entry in book.trash.entries()} == {book.database.who}
    for entry in book.trash.entries():
        book.trash.bring_back(entry.step_id)
    assert book.trash.entries() == []


def test_edits_are_no_deletions(book: Book) -> None:
    client = full_client(book)
    book.clients.change(client, replace(draft_of(ClientDraft, book.clients.get(client)), tags=()))
    (contact,) = book.contacts.of_client(client)
    book.contacts.change(contact.id, replace(contact, people=(), colleagues=()))
    assert book.trash.entries() == []


def test_what_it_belongs_to_must_be_there(book: Book, rows: Read) -> None:
    client = full_client(book)
    jo = book.people.of_client(client)[0].id
    whole = rows(book)
    book.people.delete([jo])
    book.clients.delete([client])
    gone = rows(book)
    acme, person = book.trash.entries()
    with pytest.raises(AppError, match="It belongs to the client Acme, no longer in the book") as refused:
        book.trash.bring_back(person.step_id)
    assert "Bring that back first" in refused.value.mend
    assert rows(book) == gone
    book.trash.bring_back(acme.step_id)
    book.trash.bring_back(person.step_id)
    assert rows(book) == whole


def test_links_to_what_is_gone_are_left_out_and_counted(book: Book) -> None:
    client = full_client(book)
    ana = book.clients.get(client).owner_id
    book.clients.delete([client])
    book.colleagues.delete([ana])
    colleague, acme = book.trash.entries()
    assert colleague.things == "colleague Ana of Acme"
    done = book.trash.bring_back(acme.step_id)
    # Her as the owner, as the one who does the action, and as present at the contact.
    assert done.without == 3
    assert book.clients.get(client).owner_id is None
    assert book.contacts.of_client(client)[0].colleagues == ()
    assert book.database.problems() == []


def test_a_name_taken_meanwhile_is_refused(book: Book, rows: Read) -> None:
    client = full_client(book)
    book.clients.delete([client])
    other = book.clients.add(ClientDraft(name="acme"))
    before = rows(book)
    with pytest.raises(AppError, match="“Acme” is taken: the client acme goes by it now"):
        book.trash.bring_back(only(book))
    assert rows(book) == before
    book.clients.change(other, ClientDraft(name="Acorn"))
    book.trash.bring_back(only(book))
    assert book.clients.get(client).name == "Acme"


def test_what_was_deleted_twice_stands_there_once_as_it_was_last(book: Book) -> None:
    client = book.clients.add(ClientDraft(name="Acme"))
    book.clients.delete([client])
    book.trash.bring_back(only(book))
    book.clients.change(client, ClientDraft(name="Acme & Sons"))
    book.clients.delete([client])
    (entry,) = book.trash.entries()
    assert entry.things == "client Acme & Sons"
    book.trash.bring_back(entry.step_id)
    assert book.clients.get(client).name == "Acme & Sons"


def test_an_undone_deletion_is_not_in_the_trash(book: Book) -> None:
    client = book.clients.add(ClientDraft(name="Acme"))
    book.clients.delete([client])
    book.history.undo()
    assert book.trash.entries() == []


def test_what_undo_took_away_for_good_can_still_be_brought_back(book: Book) -> None:
    book.clients.add(ClientDraft(name="Acme", notes="two hours of typing"))
    book.history.undo()
    (entry,) = book.trash.entries()
    assert entry.taken_back
    book.clients.add(ClientDraft(name="Bexley"))
    assert book.history.next_steps()[1] is None
    book.trash.bring_back(only(book))
    assert [client.notes for client in book.clients.every()] == ["two hours of typing", ""]
    assert book.trash.entries() == []


def test_bringing_back_twice_is_refused(book: Book) -> None:
    client = book.clients.add(ClientDraft(name="Acme"))
    book.clients.delete([client])
    step = only(book)
    book.trash.bring_back(step)
    with pytest.raises(AskedWrongError, match="nothing left to bring back"):
        book.trash.bring_back(step)


def test_a_merge_does_not_lose_the_other_client(book: Book) -> None:
    keep, lose = book.clients.add(ClientDraft(name="Acme")), book.clients.add(ClientDraft(name="Acme Ltd"))
    book.fees.add(fee(lose))
    book.clients.merge(keep, lose)
    with pytest.raises(AppError, match="the client Acme goes by it now"):
        book.trash.bring_back(only(book))
    assert [each.client_id for each in book.fees.every()] == [keep]


def test_five_thousand_deleted_rows_come_back(book: Book, rows: Read) -> None:
    clients = [book.clients.add(ClientDraft(name=name)) for name in ("Acme", "Bexley")]
    with book.database.write("import") as recorder:
        same = {
            "on": DAY,
            "original": 5,
            "currency": "GBP",
            "amount": 5,
            "kind": FeeKind.INVOICE,
            "disbursement": False,
        }
        recorder.insert_many(schema.fee, [same | {"client_id": clients[n % 2]} for n in range(10_000)])
    before = rows(book)
    book.fees.delete([each.id for each in book.fees.of_client(clients[0])])
    (entry,) = book.trash.entries()
    assert entry.things == "5,000 fees: 31 Mar 2026, £0.05, 31 Mar 2026, £0.05 and 4,998 more of Acme"
    book.trash.bring_back(entry.step_id)
    assert rows(book) == before
    book.history.undo()


def test_rows_of_an_older_schema_are_left_out(book: Book) -> None:
    """As after an update of the book that gave clients and tags another column."""
    client = book.clients.add(ClientDraft(name="Acme", tags=("key",)))
    book.clients.change(client, ClientDraft(name="Acme", notes="x"))
    book.clients.delete([client])
    with book.database.read() as connection:
        kept = connection.exec_driver_sql("SELECT id, rows FROM change WHERE operation = 'delete'").all()
        changed = connection.exec_driver_sql("SELECT id, rows FROM change WHERE operation = 'update'").all()
    with closing(sqlite3.connect(book.path)) as other, other:
        for number, blob in kept:
            shorter = pack(tuple(row[:-1] for row in unpack(blob) or ()))
            other.execute("UPDATE change SET rows = ? WHERE id = ?", (shorter, number))
        for number, _ in changed:
            other.execute("UPDATE change SET rows = ? WHERE id = ?", (pack(((client, [["was", "", "x"]]),)), number))
    assert book.trash.entries() == []
    told = book.record_history.changes(RecordRef("client", client))
    assert [line.field for line in told] == ["The client was deleted", "The client was added"]
    assert book.record_history.title(RecordRef("client", client)) == "a client no longer known"
