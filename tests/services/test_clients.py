"""Clients: add, find, change, many at once, merge, delete; each one step."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.checking import InvalidInputError
from app.domain.clients import ClientDraft
from app.domain.colleagues import ColleagueDraft
from app.domain.contacts import ContactDraft
from app.domain.costs import CostDraft
from app.domain.engagements import EngagementDraft
from app.domain.feedback import FeedbackDraft
from app.domain.fees import FeeDraft
from app.domain.people import PersonDraft
from app.domain.plans import PlanDraft
from app.domain.promises import PromiseDraft
from app.domain.records import draft_of
from app.domain.vocabulary import CostKind, Direction, Stage, Tier
from app.errors import AskedWrongError
from app.services.book import Book

DAY = date(2026, 3, 31)
Rows = dict[str, list[tuple[object, ...]]]
Read = Callable[[Book], Rows]


def furnish(book: Book, client: int, times: int) -> None:
    """Give a client some of everything that can belong to one."""
    for number in range(times):
        day = DAY - timedelta(number)
        person = book.people.add(PersonDraft(client_id=client, name=f"P{client}{number}"))
        contact = book.contacts.log(
            ContactDraft(client_id=client, on=day, direction=Direction.BOTH, people=(person,)),
            [PromiseDraft(client_id=client, what="w", person_id=person)],
        )
        job = book.engagements.add(EngagementDraft(client_id=client, name="job"))
        fee = FeeDraft(client_id=client, on=day, original=100, currency="GBP", amount=None, engagement_id=job)
        book.fees.add(fee)
        book.costs.add(CostDraft(on=day, amount=5, kind=CostKind.SERVICE, client_id=client))
        book.feedback.add(FeedbackDraft(client_id=client, on=day, verbatim="v", told_contact_id=contact))
        book.plans.add(PlanDraft(client_id=client, title="P", starts=day, ends=day))
        book.clients.set_stage(client, Stage.ESTABLISHED, day)
        book.clients.add_alias(client, f"other {client}.{number}")


@pytest.fixture
def two(book: Book) -> tuple[int, int]:
    """Add two clients with unequal belongings."""
    kept = book.clients.add(ClientDraft(name="Acme Ltd", code="A1", tags=("north", "big")))
    lost = book.clients.add(ClientDraft(name="ACME Steel", code="A2", tags=("big", "steel"), sector="Steel"))
    furnish(book, kept, 2)
    furnish(book, lost, 3)
    return kept, lost


# -- finding -------------------------------------------------------------------------------------------


def test_a_client_is_found_by_code_name_or_other_name_in_any_case(book: Book) -> None:
    key = book.clients.add(ClientDraft(name="Müller & Söhne", code="x-9"))
    book.clients.add_alias(key, "Mueller")
    for ref in ("Müller & Söhne", "MÜLLER & SÖHNE", "X-9", " x-9 ", "mueller"):
        assert book.clients.find(ref).id == key


def test_a_code_beats_another_name_and_a_name_beats_a_code(book: Book) -> None:
    first = book.clients.add(ClientDraft(name="Acme", code="7"))
    second = book.clients.add(ClientDraft(name="Bexley", code="8"))
    assert book.clients.find("7").id == first
    assert book.clients.find("8").id == second


def test_the_first_words_of_one_name_are_enough(book: Book) -> None:
    northgate = book.clients.add(ClientDraft(name="Northgate Museums"))
    book.clients.add(ClientDraft(name="Alder & Finch"))
    book.clients.add(ClientDraft(name="Alder Brook"))
    assert book.clients.find("northgate").id == northgate
    for ref in ("north", "alder", "museums"):
        with pytest.raises(AskedWrongError, match="No client is called"):
            book.clients.find(ref)
    short = book.clients.add(ClientDraft(name="Northgate"))
    assert book.clients.find("northgate").id == short


@pytest.mark.parametrize(
    ("ref", "offers"),
    [("Northwnd", "“Northwind”"), ("northwind traders ltd", "“Northwind”"), ("NORTHWNID", "“Northwind”")],
)
def test_an_unknown_ref_offers_the_nearest_names(book: Book, ref: str, offers: str) -> None:
    for name in ("Northwind", "Acme", "Zed Holdings"):
        book.clients.add(ClientDraft(name=name))
    with pytest.raises(AskedWrongError, match="No client is called") as refused:
        book.clients.find(ref)
    assert offers in refused.value.mend
    assert "Zed" not in refused.value.mend


@pytest.mark.parametrize("ref", ["", "   ", "qqqqqq", "\x00"])
def test_what_is_near_nothing_offers_nothing(book: Book, ref: str) -> None:
    book.clients.add(ClientDraft(name="Acme"))
    with pytest.raises(AskedWrongError) as refused:
        book.clients.find(ref)
    assert "Did you mean" not in refused.value.mend


# -- names taken ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "draft",
    [
        ClientDraft(name="acme"),
        ClientDraft(name="A1"),
        ClientDraft(name="New", code="a1"),
        ClientDraft(name="New", code="ACME"),
        ClientDraft(name="The Acme Company"),
        ClientDraft(name=" Acme "),
    ],
)
def test_a_name_or_code_in_use_is_refused(book: Book, rows: Read, draft: ClientDraft) -> None:
    key = book.clients.add(ClientDraft(name="Acme", code="A1"))
    book.clients.add_alias(key, "The Acme Company")
    before, steps = rows(book), book.history.steps()
    with pytest.raises(InvalidInputError, match="taken by another client"):
        book.clients.add(draft)
    other = book.clients.add(ClientDraft(name="Bexley"))
    with pytest.raises(InvalidInputError, match="taken by another client"):
        book.clients.change(other, draft)
    book.history.undo()
    assert rows(book) == before
    assert book.history.steps()[1:] == steps
    # Its own names are its own.
    book.clients.change(key, ClientDraft(name="The Acme Company", code="acme"))


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (ClientDraft(name=" "), "name"),
        (ClientDraft(name="\u200b\u200e"), "name"),
        (ClientDraft(name="A", cadence_days=0), "cadence_days"),
        (ClientDraft(name="A", preferred_cadence_days=9999), "preferred_cadence_days"),
        (ClientDraft(name="A", currency="Euro"), "currency"),
        (ClientDraft(name="A", first_contact=DAY, won=DAY - timedelta(1)), "won"),
    ],
)
def test_what_is_wrong_is_named_at_its_field(book: Book, draft: ClientDraft, field: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        book.clients.add(draft)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert book.clients.every() == []


def test_another_name_is_neither_empty_nor_somebody_elses(book: Book) -> None:
    acme = book.clients.add(ClientDraft(name="Acme"))
    book.clients.add(ClientDraft(name="Bexley", code="B"))
    for taken in ("", "  ", "bexley", "B"):
        with pytest.raises(InvalidInputError):
            book.clients.add_alias(acme, taken)
    book.clients.add_alias(acme, " Acme Inc ")
    book.clients.add_alias(acme, "acme inc")
    assert book.clients.get(acme).aliases == ("Acme Inc",)


# -- changing ------------------------------------------------------------------------------------------


def test_every_field_is_kept_as_given(book: Book) -> None:
    owner = book.colleagues.add(ColleagueDraft(name="Ana"))
    draft = ClientDraft(
        name="Acme",
        code="A1",
        owner_id=owner,
        tier=Tier.GOLD,
        tier_reason="promised",
        tier_since=DAY,
        first_contact=DAY - timedelta(9),
        won=DAY,
        last_contact=DAY,
        sector="Steel",
        source="Fair",
        currency="EUR",
        cadence_days=30,
        preferred_cadence_days=60,
        preferred_channel="mail",
        do_not_contact=True,
        snoozed_until=DAY,
        snooze_reason="away",
        notes="=1+1 <b>x</b>\n\U0001f389",
        tags=("b", "a"),
    )
    key = book.clients.add(draft)
    assert draft_of(ClientDraft, book.clients.get(key)) == draft
    bare = ClientDraft(name="Acme")
    book.clients.change(key, bare)
    assert draft_of(ClientDraft, book.clients.get(key)) == bare
    book.history.undo()
    assert draft_of(ClientDraft, book.clients.get(key)) == draft


def test_the_same_again_is_no_step(book: Book, two: tuple[int, int]) -> None:
    steps = book.history.steps()
    for key in two:
        book.clients.change(key, draft_of(ClientDraft, book.clients.get(key)))
    book.clients.set_owner(two, None)
    book.clients.add_tag(two, "big")
    book.clients.delete([])
    book.clients.delete([999])
    assert book.history.steps() == steps


def test_a_client_gone_is_said_so(book: Book) -> None:
    for act in (
        lambda: book.clients.get(999),
        lambda: book.clients.change(999, ClientDraft(name="Typed in vain")),
        lambda: book.clients.set_stage(999, Stage.ENDED, DAY),
        lambda: book.clients.add_alias(999, "x"),
    ):
        with pytest.raises(AskedWrongError, match="no longer exists"):
            act()
    assert book.history.steps() == []


BULK: dict[str, tuple[Callable[[Book, list[int]], None], dict[str, Any], str]] = {
    "owner": (lambda book, keys: book.clients.set_owner(keys, 1), {"owner_id": 1}, "change owner of 3 clients"),
    "tier": (
        lambda book, keys: book.clients.pin_tier(keys, Tier.LIGHT, DAY, "why"),
        {"tier": Tier.LIGHT, "tier_since": DAY, "tier_reason": "why"},
        "change tier of 3 clients",
    ),
    "tag": (lambda book, keys: book.clients.add_tag(keys, " new "), {"tags": ("old", "new")}, "tag of 3 clients"),
}


@pytest.mark.parametrize("what", BULK)
def test_many_clients_are_changed_in_one_step(book: Book, rows: Read, what: str) -> None:
    act, expected, words = BULK[what]
    book.colleagues.add(ColleagueDraft(name="Ana"))
    keys = [book.clients.add(ClientDraft(name=f"C{number}", tags=("old",))) for number in range(4)]
    before = rows(book)
    act(book, keys[:3])
    for key in keys[:3]:
        client = book.clients.get(key)
        assert {name: getattr(client, name) for name in expected} == expected
    assert draft_of(ClientDraft, book.clients.get(keys[3])) == ClientDraft(name="C3", tags=("old",))
    assert book.history.steps(1)[0].what == words
    book.history.undo()
    assert rows(book) == before


def test_a_tier_unpinned_forgets_its_reason(book: Book) -> None:
    key = book.clients.add(ClientDraft(name="A", tier=Tier.GOLD, tier_since=DAY, tier_reason="why"))
    book.clients.pin_tier([key], None, DAY, "not used")
    client = book.clients.get(key)
    assert (client.tier, client.tier_since, client.tier_reason) == (None, None, "")


def test_a_thousand_clients_change_hands_in_one_step(book: Book) -> None:
    owner = book.colleagues.add(ColleagueDraft(name="Ana"))
    with book.database.write("many") as recorder:
        from app.data import schema

        ids = recorder.insert_many(schema.client, [{"name": f"C{n}", "do_not_contact": False} for n in range(1000)])
    book.clients.set_owner(ids, owner)
    assert {client.owner_id for client in book.clients.every()} == {owner}
    book.history.undo()
    assert {client.owner_id for client in book.clients.every()} == {None}


def test_a_snooze_is_visible_and_ends(book: Book) -> None:
    key = book.clients.add(ClientDraft(name="Acme"))
    book.clients.snooze(key, DAY, "on holiday")
    assert (book.clients.get(key).snoozed_until, book.clients.get(key).snooze_reason) == (DAY, "on holiday")
    assert book.history.steps(1)[0].what == "snooze of 1 client"
    book.clients.snooze(key, None)
    assert (book.clients.get(key).snoozed_until, book.clients.get(key).snooze_reason) == (None, "")


def test_a_stage_set_twice_on_one_day_is_one_stage(book: Book) -> None:
    key = book.clients.add(ClientDraft(name="Acme"))
    book.clients.set_stage(key, Stage.AT_RISK, DAY, "late")
    book.clients.set_stage(key, Stage.ENDED, DAY, "gone")
    book.clients.set_stage(key, Stage.WON_BACK, DAY + timedelta(400))
    assert [(row.stage, row.since, row.reason) for row in book.clients.stages(key)] == [
        (Stage.ENDED, DAY, "gone"),
        (Stage.WON_BACK, DAY + timedelta(400), ""),
    ]
    assert book.history.steps(1)[0].what == "set Acme to won back"
    book.clients.remove_stage(book.clients.stages(key)[0].id)
    assert [row.stage for row in book.clients.stages(key)] == [Stage.WON_BACK]


# -- merging and deleting ------------------------------------------------------------------------------


def test_a_merge_loses_nothing_and_undo_restores_exactly(book: Book, rows: Read, two: tuple[int, int]) -> None:
    kept, lost = two
    before = rows(book)
    mine, theirs = book.clients.counts(kept), book.clients.counts(lost)
    book.clients.merge(kept, lost)
    after = book.clients.counts(kept)
    for table, count in after.items():
        expected = mine[table] + theirs[table]
        extra = {"client_tag": -1, "client_alias": 2}.get(table, 0)  # “big” was on both; its old name and code
        assert count == expected + extra, table
    client = book.clients.get(kept)
    assert (client.name, client.code, client.sector) == ("Acme Ltd", "A1", "Steel")
    assert set(client.tags) == {"north", "big", "steel"}
    assert {"ACME Steel", "A2"} <= set(client.aliases)
    assert book.clients.find("acme steel").id == book.clients.find("a2").id == kept
    with pytest.raises(AskedWrongError):
        book.clients.get(lost)
    assert book.problems() == []
    book.history.undo()
    assert rows(book) == before
    book.history.redo()
    assert book.clients.counts(kept) == after


def test_a_merge_keeps_the_longest_and_the_latest(book: Book) -> None:
    early, late = DAY - timedelta(900), DAY
    kept = book.clients.add(ClientDraft(name="A", first_contact=late, won=late, last_contact=early))
    lost = book.clients.add(ClientDraft(name="B", first_contact=early, won=early, last_contact=late))
    book.clients.merge(kept, lost)
    client = book.clients.get(kept)
    assert (client.first_contact, client.won, client.last_contact) == (early, early, late)


def test_a_merge_fills_only_what_is_empty(book: Book) -> None:
    kept = book.clients.add(ClientDraft(name="A", sector="Mine", cadence_days=9))
    lost = book.clients.add(
        ClientDraft(name="B", code="B7", sector="Theirs", cadence_days=30, notes="theirs", preferred_channel="mail")
    )
    book.clients.merge(kept, lost)
    client = book.clients.get(kept)
    assert (client.sector, client.cadence_days) == ("Mine", 9)
    assert (client.code, client.notes, client.preferred_channel) == ("B7", "theirs", "mail")
    assert client.aliases == ("B",)


def test_a_client_is_not_merged_with_itself_or_nobody(book: Book, rows: Read, two: tuple[int, int]) -> None:
    before = rows(book)
    with pytest.raises(InvalidInputError):
        book.clients.merge(two[0], two[0])
    with pytest.raises(AskedWrongError):
        book.clients.merge(two[0], 999)
    assert rows(book) == before


def test_deleting_takes_everything_and_undo_brings_it_back(book: Book, rows: Read, two: tuple[int, int]) -> None:
    before = rows(book)
    book.clients.delete(two)
    assert book.clients.every() == []
    assert not any(book.clients.counts(two[0]).values())
    assert rows(book)["contact_person"] == []
    assert book.history.steps(1)[0].what == "delete 2 clients"
    book.history.undo()
    assert rows(book) == before


def test_entered_words_stand_in_no_step_longer_than_a_menu_bears(book: Book) -> None:
    book.clients.add(ClientDraft(name="x" * 500 + "\nsecond line"))
    (step,) = book.history.steps()
    assert step.what == f"add client “{'x' * 39}…”"


def test_a_draft_with_braces_is_only_text(book: Book) -> None:
    key = book.clients.add(ClientDraft(name="{what} %s {0}"))
    book.clients.set_stage(key, Stage.ENDED, DAY)
    book.clients.change(key, replace(draft_of(ClientDraft, book.clients.get(key)), name="{client}"))
    assert [step.what for step in book.history.steps()] == [
        "change client “{client}”",
        "set {what} %s {0} to ended",
        "add client “{what} %s {0}”",
    ]
