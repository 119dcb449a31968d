"""Lists brought into a real book: identity, multisets, what is taken when, one step to undo (COMMANDS)."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.data import schema
from app.domain.clients import ClientDraft
from app.domain.colleagues import ColleagueDraft
from app.domain.fees import Fee
from app.domain.firm import Firm
from app.domain.vocabulary import FeeKind, Stage, Tier
from app.errors import AppError, AskedWrongError, CancelledError
from app.exchange.comparing.matching import KnownRow, ListRow, pair
from app.exchange.comparing.naming import Match
from app.exchange.comparing.outcome import Existing
from app.exchange.importing import Choices, Plan, apply, plan
from app.exchange.lists.fields import Kind
from app.exchange.lists.reading import Wishes, prepare
from app.exchange.reading.files import open_list
from app.exchange.reading.progress import Watch
from app.services.book import Book, new_book, open_book

TODAY = date(2026, 11, 22)
FEES = "client|code|date|amount|document"
ADDING = Choices()


@dataclass
class Desk:
    """An open book and a folder for lists."""

    book: Book
    folder: Path

    def plan(self, kind: Kind, *lines: str, choices: Choices = ADDING) -> Plan:
        """Plan a list whose cells are parted by `|`; its counts always add up."""
        path = self.folder / "list.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        prepared = prepare(open_list(path), Wishes(kind), "GBP", TODAY)
        prepared.insist()
        planned = plan(self.book.imports, prepared, choices, TODAY)
        counted = planned.new + planned.changed + planned.same + planned.skipped + len(planned.problems)
        assert planned.rows == counted == len(lines) - 1
        return planned

    def bring(
        self,
        kind: Kind,
        *lines: str,
        existing: Existing = Existing.ADD,
        match: Match | None = None,
        same_as: dict[str, int] | None = None,
    ) -> Plan:
        """Plan and apply."""
        planned = self.plan(kind, *lines, choices=Choices(match, existing, same_as or {}))
        apply(self.book.imports, planned)
        assert self.book.problems() == []
        return planned

    def names(self) -> list[tuple[str, str]]:
        """Give the clients' names and codes."""
        return [(client.name, client.code) for client in self.book.clients.every()]

    def fees(self) -> list[Fee]:
        """Give the fees in the order written."""
        return sorted(self.book.fees.every(), key=lambda fee: fee.id)

    def tables(self) -> dict[str, list[tuple[object, ...]]]:
        """Give the rows of every data table."""
        connection = sqlite3.connect(f"file:{self.book.path}?mode=ro", uri=True)
        try:
            return {t.name: connection.execute(f'SELECT * FROM "{t.name}" ORDER BY id').fetchall() for t in schema.DATA}
        finally:
            connection.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Open a new book."""
    path = tmp_path / "b.rapport"
    new_book(path, Firm(name="Test"))
    book = open_book(path, write=True)
    yield Desk(book, tmp_path)
    book.close()


def counts(planned: Plan) -> tuple[int, int, int, int, int]:
    """Give new, changed, same, skipped, problems."""
    return planned.new, planned.changed, planned.same, planned.skipped, len(planned.problems)


def test_fees_create_their_clients_and_coming_again_add_nothing(desk: Desk) -> None:
    lines = (FEES, "Acme|A1|2026-01-01|5|1", "Beta||2026-01-02|6.50|2", "Acme|A1|2026-01-03|-1|3")
    planned = desk.bring(Kind.FEES, *lines)
    assert counts(planned) == (3, 0, 0, 0, 0)
    assert planned.new_clients == ("Acme", "Beta")
    assert desk.names() == [("Acme", "A1"), ("Beta", "")]
    assert [(fee.document, fee.amount, fee.kind) for fee in desk.fees()] == [
        ("1", 500, FeeKind.INVOICE),
        ("2", 650, FeeKind.INVOICE),
        ("3", -100, FeeKind.CREDIT),
    ]
    before = desk.tables()
    again = desk.bring(Kind.FEES, *lines)
    assert counts(again) == (0, 0, 3, 0, 0)
    assert again.batch.empty
    assert desk.tables() == before
    assert [step.what for step in desk.book.history.steps()] == ["import of 3 fees"]


def test_one_undo_takes_back_all_and_redo_brings_it_again(desk: Desk) -> None:
    desk.book.clients.add(ClientDraft(name="Acme"))
    before = desk.tables()
    desk.bring(Kind.FEES, f"{FEES}|engagement", "ACME Ltd|A1|2026-01-01|5|1|Spring", "Beta||2026-01-01|5|1|")
    after = desk.tables()
    desk.book.history.undo()
    assert desk.tables() == before
    desk.book.history.redo()
    assert desk.tables() == after


def test_updates_are_undone_with_the_rest(desk: Desk) -> None:
    desk.bring(Kind.FEES, FEES, "Acme||2026-01-01|5|1", "Acme||2026-01-01|6|2")
    before = desk.tables()
    changed = (FEES, "Acme||2026-01-01|7|1", "Acme||2026-01-01|6|2", "New||2026-01-01|6|3")
    planned = desk.bring(Kind.FEES, *changed, existing=Existing.UPDATE)
    assert counts(planned) == (1, 1, 1, 0, 0)
    assert planned.taken == 2
    assert [fee.amount for fee in desk.fees()] == [700, 600, 600]
    assert desk.book.history.steps()[0].what == "import of 2 fees"
    desk.book.history.undo()
    assert desk.tables() == before


def test_changed_rows_are_listed_and_taken_only_on_update(desk: Desk) -> None:
    desk.bring(Kind.FEES, FEES, "Acme||2026-01-01|5|1")
    lines = (FEES, "Acme||2026-01-02|7|1")
    added = desk.bring(Kind.FEES, *lines)
    assert counts(added) == (0, 1, 0, 0, 0)
    assert added.changes[0].changes == {"date": (date(2026, 1, 1), date(2026, 1, 2)), "amount": (500, 700)}
    assert (added.changes[0].row, added.changes[0].about, added.changes[0].taken) == (2, "1", False)
    assert desk.fees()[0].amount == 500
    skipped = desk.bring(Kind.FEES, *lines, existing=Existing.SKIP)
    assert counts(skipped) == (0, 0, 0, 1, 0)
    updated = desk.bring(Kind.FEES, *lines, existing=Existing.UPDATE)
    assert counts(updated) == (0, 1, 0, 0, 0)
    assert (desk.fees()[0].amount, desk.fees()[0].on) == (700, date(2026, 1, 2))
    assert counts(desk.bring(Kind.FEES, *lines)) == (0, 0, 1, 0, 0)


def test_fees_without_a_document_are_known_by_day_kind_amount_and_currency(desk: Desk) -> None:
    header = "client|date|amount|service"
    desk.bring(Kind.FEES, header, "Acme|2026-01-01|5|PR", "Acme|2026-01-01|5|PR", "Acme|2026-01-01|6|")
    planned = desk.bring(
        Kind.FEES, header, "Acme|2026-01-01|5|Web", *["Acme|2026-01-01|5|PR"] * 3, "Acme|2026-01-02|5|PR"
    )
    # Two equal rows pair first; the third PR and the Web row find no partner left.
    assert counts(planned) == (3, 0, 2, 0, 0)
    assert any("says the same as another of the list" in notice for notice in desk.bring(
        Kind.FEES, header, *["Zed|2026-01-01|1|"] * 2).notices)  # fmt: skip


def test_equal_rows_of_one_document_pair_first_and_the_rest_in_order(desk: Desk) -> None:
    desk.bring(Kind.FEES, FEES, *(f"Acme||2026-01-01|{amount}|7" for amount in (1, 2, 3)))
    planned = desk.bring(Kind.FEES, FEES, *(f"Acme||2026-01-01|{amount}|7" for amount in (3, 9, 1, 8)))
    assert counts(planned) == (1, 1, 2, 0, 0)
    assert planned.changes[0].changes == {"amount": (200, 900)}
    assert [fee.amount for fee in desk.fees()] == [100, 200, 300, 800]


@given(
    book=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=7),
    listed=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=7),
)
def test_pairing_is_by_multiset(book: list[tuple[int, int]], listed: list[tuple[int, int]]) -> None:
    known: dict[object, list[KnownRow]] = {}
    for place, (key, said) in enumerate(book):
        known.setdefault(key, []).append(KnownRow(place, (said,)))
    pairs = pair([ListRow(key, (said,)) for key, said in listed], known)
    used = [found.id for found in pairs if found]
    assert len(used) == len(set(used))
    for key in range(3):
        in_book = [said for one, said in book if one == key]
        in_list = [said for one, said in listed if one == key]
        paired = [(said, found) for (one, said), found in zip(listed, pairs, strict=True) if one == key and found]
        assert len(paired) == min(len(in_book), len(in_list))
        equal = sum(min(in_book.count(said), in_list.count(said)) for said in range(3))
        assert sum(found.said == (said,) for said, found in paired) == equal


def test_a_row_that_says_less_is_the_same(desk: Desk) -> None:
    desk.bring(Kind.FEES, f"{FEES}|service|engagement", "Acme||2026-01-01|5|1|PR|Spring")
    assert counts(desk.bring(Kind.FEES, FEES, "Acme||2026-01-01|5|1")) == (0, 0, 1, 0, 0)
    assert counts(desk.bring(Kind.FEES, f"{FEES}|service", "Acme||2026-01-01|5|1|")) == (0, 0, 1, 0, 0)
    planned = desk.plan(Kind.FEES, f"{FEES}|engagement", "Acme||2026-01-01|5|1|Autumn")
    assert planned.changes[0].changes == {"engagement": ("Spring", "Autumn")}


def test_names_that_differ_in_form_are_one_unless_codes_differ(desk: Desk) -> None:
    desk.book.clients.add(ClientDraft(name="Acme Ltd", code="A1"))
    planned = desk.bring(
        Kind.FEES,
        FEES,
        "ACME Incorporated||2026-01-01|1|1",
        "Acmé|A1|2026-01-01|1|2",
        "ACME LIMITED|A2|2026-01-01|1|3",
        "Beta GmbH||2026-01-01|1|4",
        "beta||2026-01-01|1|5",
    )
    assert desk.names() == [("ACME LIMITED", "A2"), ("Acme Ltd", "A1"), ("Beta GmbH", "")]
    assert planned.notices == (
        "“ACME Incorporated” and “Acme Ltd” are taken as one client.",
        "“beta” and “Beta GmbH” are taken as one client.",
        "“ACME LIMITED” (A2) and “Acme Ltd” (A1) stay apart: their codes differ.",
    )


def test_near_names_stay_apart_told_and_an_answer_makes_them_one_with_an_alias(desk: Desk) -> None:
    castellan = desk.book.clients.add(ClientDraft(name="Castellan Foods"))
    lines = (FEES, "Castelan Food||2026-01-01|1|1")
    planned = desk.plan(Kind.FEES, *lines)
    assert [(near.name, near.known) for near in planned.near] == [("Castelan Food", "Castellan Foods")]
    assert planned.told() == ["“Castelan Food” is near “Castellan Foods”; it stays a client of its own."]
    assert planned.told(asked=["Castelan Food"]) == []
    assert planned.new_clients == ("Castelan Food",)
    desk.bring(Kind.FEES, *lines, same_as={"Castelan Food": castellan})
    assert desk.book.clients.get(castellan).aliases == ("Castelan Food",)
    again = desk.bring(Kind.FEES, *lines)
    assert counts(again) == (0, 0, 1, 0, 0)
    assert len(desk.names()) == 1


def test_an_answer_that_names_a_deleted_client_is_no_answer(desk: Desk) -> None:
    desk.bring(Kind.FEES, FEES, "Acme||2026-01-01|1|1", same_as={"Acme": 99})
    assert desk.names() == [("Acme", "")]


def test_names_that_differ_in_figures_are_not_near(desk: Desk) -> None:
    assert not desk.plan(Kind.FEES, FEES, "Studio One 11||2026-01-01|1|1", "Studio One 12||2026-01-01|1|2").near


def test_the_match_is_by_code_before_name_or_by_name_alone(desk: Desk) -> None:
    desk.book.clients.add(ClientDraft(name="Acme", code="A1"))
    desk.book.clients.add(ClientDraft(name="Beta", code="B1"))
    lines = (FEES, "Acme|B1|2026-01-01|1|1")
    desk.bring(Kind.FEES, *lines)
    beta = desk.book.clients.find("Beta").id
    assert desk.fees()[0].client_id == beta
    desk.book.history.undo()
    desk.bring(Kind.FEES, *lines, match=Match.NAME)
    assert desk.fees()[0].client_id == desk.book.clients.find("Acme").id


def test_a_code_in_the_column_of_names_finds_its_client(desk: Desk) -> None:
    acme = desk.book.clients.add(ClientDraft(name="Acme", code="ACM"))
    desk.bring(Kind.FEES, "client|date|amount", "acm|2026-01-01|1")
    assert desk.fees()[0].client_id == acme


def test_a_code_fills_the_client_it_belongs_to_and_that_is_told(desk: Desk) -> None:
    desk.book.clients.add(ClientDraft(name="Acme"))
    planned = desk.bring(Kind.FEES, FEES, "ACME Ltd|A1|2026-01-01|1|1")
    assert "1 client of the book gets the code that the list gives them." in planned.notices
    assert desk.names() == [("Acme", "A1")]


def test_credits_find_their_invoice_in_the_list_or_in_the_book(desk: Desk) -> None:
    header = f"{FEES}|kind|linked_to"
    desk.bring(Kind.FEES, header, "Acme||2026-01-01|5|1|invoice|")
    planned = desk.bring(
        Kind.FEES,
        header,
        "Acme||2026-02-03|5|C1|credit|1",
        "Acme||2026-02-04|6|C2|credit|2",
        "Acme||2026-02-01|6|2|invoice|",
        "Acme||2026-02-05|7|C3|credit|9",
        "Beta||2026-02-05|7|C4|credit|2",
    )
    by_document = {fee.document: fee for fee in desk.fees()}
    assert by_document["C1"].linked_fee_id == by_document["1"].id
    assert by_document["C2"].linked_fee_id == by_document["2"].id
    assert by_document["C3"].linked_fee_id is None
    assert "2 credits name an invoice that is neither in the list nor in the book." in planned.notices
    again = desk.plan(Kind.FEES, header, "Acme||2026-02-03|5|C1|credit|1", "Acme||2026-02-04|6|C2|credit|2")
    assert counts(again) == (0, 0, 2, 0, 0)


def test_foreign_fees_are_converted_once_at_their_rate(desk: Desk) -> None:
    header = "client|date|amount|document|currency|rate|disbursement"
    desk.bring(Kind.FEES, header, "A|2026-01-01|100|1|EUR|0.85|yes", "A|2026-01-01|100|2|EUR||no")
    assert [(fee.original, fee.amount, fee.disbursement) for fee in desk.fees()] == [
        (10_000, 8_500, True),
        (10_000, None, False),
    ]
    desk.bring(Kind.FEES, header, "A|2026-01-01|100|2|EUR|0.9|", existing=Existing.UPDATE)
    assert desk.fees()[1].amount == 9_000


CLIENTS = "client|code|won|ended|stage|tier|owner|sector|cadence_days|tags|notes"


def test_a_new_client_has_all_that_the_list_says(desk: Desk) -> None:
    planned = desk.bring(Kind.CLIENTS, CLIENTS, "Acme|A1|2020-01-01|2022-02-02||gold|Jane Smith|Food|30|big; loud|hm")
    client = desk.book.clients.find("A1")
    assert (client.won, client.sector, client.cadence_days, client.notes) == (date(2020, 1, 1), "Food", 30, "hm")
    assert (client.tier, client.tier_since, client.tier_reason) == (Tier.GOLD, TODAY, "as the list says")
    assert client.tags == ("big", "loud")
    assert client.owner_id is not None
    assert desk.book.colleagues.get(client.owner_id).initials == "JS"
    assert [(row.stage, row.since) for row in desk.book.clients.stages()] == [(Stage.ENDED, date(2022, 2, 2))]
    assert planned.notices == ("1 colleague not known before: Jane Smith.",)
    line = "Acme|A1|2020-01-01|2022-02-02||gold|JS|Food|30|loud; big|hm"
    assert counts(desk.bring(Kind.CLIENTS, CLIENTS, line)) == (0, 0, 1, 0, 0)


def test_empty_fields_are_filled_always_and_others_altered_on_update_only(desk: Desk) -> None:
    jane = desk.book.colleagues.add(ColleagueDraft(name="Jane", initials="JS"))
    acme = desk.book.clients.add(ClientDraft(name="Acme", sector="Food", tags=("big",)))
    line = "ACME Ltd|A1|2020-01-01||new||js|Drink||loud|"
    filled = desk.bring(Kind.CLIENTS, CLIENTS, line)
    client = desk.book.clients.get(acme)
    assert counts(filled) == (0, 1, 0, 0, 0)
    assert filled.changes[0].taken
    assert (client.name, client.code, client.won, client.owner_id) == ("Acme", "A1", date(2020, 1, 1), jane)
    assert (client.sector, client.tags) == ("Food", ("big", "loud"))
    assert [(row.stage, row.since) for row in desk.book.clients.stages(acme)] == [(Stage.NEW, TODAY)]
    left = desk.bring(Kind.CLIENTS, CLIENTS, line)
    assert left.changes[0].changes == {"sector": ("Food", "Drink")}
    assert not left.changes[0].taken
    desk.bring(Kind.CLIENTS, CLIENTS, line, existing=Existing.UPDATE)
    assert desk.book.clients.get(acme).sector == "Drink"
    assert counts(desk.bring(Kind.CLIENTS, CLIENTS, line)) == (0, 0, 1, 0, 0)
    assert counts(desk.bring(Kind.CLIENTS, CLIENTS, line, existing=Existing.SKIP)) == (0, 0, 0, 1, 0)


def test_a_client_made_from_a_code_gets_its_name_from_the_list_of_clients(desk: Desk) -> None:
    desk.bring(Kind.FEES, "customer_id|date|amount", "ALFKI|2026-01-01|5")
    assert desk.names() == [("ALFKI", "ALFKI")]
    planned = desk.bring(Kind.CLIENTS, "customer_id|company", "ALFKI|Alfreds Futterkiste")
    assert counts(planned) == (0, 1, 0, 0, 0)
    assert desk.names() == [("Alfreds Futterkiste", "ALFKI")]


def test_a_client_twice_in_a_list_is_the_same_or_a_problem(desk: Desk) -> None:
    planned = desk.bring(Kind.CLIENTS, "client|sector", "Acme|Food", "ACME Ltd|Food", "Acme|Drink")
    assert counts(planned) == (1, 0, 1, 0, 1)
    assert planned.problems[0].sentence() == "“Acme” stands in row 2 already. Leave one of the two rows out."
    assert planned.problems[0].row == 4


def test_dates_beside_the_fees_are_accepted_and_told(desk: Desk) -> None:
    desk.bring(Kind.FEES, FEES, "Acme||2026-01-01|5|1", "Acme||2026-06-01|5|2")
    planned = desk.bring(Kind.CLIENTS, "client|won|ended", "Acme|2026-02-01|2026-03-01")
    assert planned.notices == (
        "1 client has a first contact or a won date after its first fee.",
        "1 client has an end before its last fee.",
    )
    assert desk.book.clients.find("Acme").won == date(2026, 2, 1)


def test_people_are_filled_and_altered_like_clients(desk: Desk) -> None:
    header = "client|name|role|email"
    assert counts(desk.bring(Kind.PEOPLE, header, "Acme|Jane Doe|CEO|", "Acme|Joe||")) == (2, 0, 0, 0, 0)
    planned = desk.bring(Kind.PEOPLE, header, "Acme|jane doe|Boss|j@acme.org", "Acme|Joe||")
    assert counts(planned) == (0, 1, 1, 0, 0)
    jane = next(person for person in desk.book.people.every() if person.name == "Jane Doe")
    assert (jane.role, jane.email) == ("CEO", "j@acme.org")


def test_costs_with_and_without_a_client(desk: Desk) -> None:
    lines = (
        "client|date|amount|kind|note",
        "|2026-01-01|10|acquisition|ads",
        "Acme|2026-01-01|10|service|",
        "Acme|2026-01-01|10|service|",
    )
    assert counts(desk.bring(Kind.COSTS, *lines)) == (3, 0, 0, 0, 0)
    assert [cost.client_id is None for cost in desk.book.costs.every()].count(True) == 1
    assert counts(desk.bring(Kind.COSTS, *lines)) == (0, 0, 3, 0, 0)


def test_contacts_with_their_people_and_colleagues(desk: Desk) -> None:
    header = "client|date|time|direction|channel|people|owner|summary|note|minutes"
    line = "Acme|2026-01-01|14:30|in|call|Jane Doe; Joe|JS|spoke|secret|"
    desk.book.colleagues.add(ColleagueDraft(name="Jill Stone", initials="JS"))
    planned = desk.bring(Kind.CONTACTS, header, line, "Acme|2026-01-02||out|newsletter||||news|")
    assert counts(planned) == (2, 0, 0, 0, 0)
    assert planned.notices == ("2 people not known before: Jane Doe, Joe.",)
    newsletter, call = desk.book.contacts.every()
    assert (call.at, call.counts, newsletter.counts) == ("14:30", True, False)
    people = {person.id: person.name for person in desk.book.people.every()}
    assert [people[person] for person in call.people] == ["Jane Doe", "Joe"]
    assert len(call.colleagues) == 1
    assert counts(desk.bring(Kind.CONTACTS, header, line)) == (0, 0, 1, 0, 0)
    changed = desk.bring(Kind.CONTACTS, header, line.replace("Joe", "Joe; Jim") + "20", existing=Existing.UPDATE)
    assert counts(changed) == (0, 1, 0, 0, 0)
    call = desk.book.contacts.get(call.id)
    assert (len(call.people), call.minutes) == (3, 20)


def test_several_colleagues_of_a_contact_stand_in_one_cell(desk: Desk) -> None:
    lines = ("client|date|direction|owner", "Acme|2026-01-01|in|Jill Stone, Tom Price")
    assert counts(desk.bring(Kind.CONTACTS, *lines)) == (1, 0, 0, 0, 0)
    assert [found.name for found in desk.book.colleagues.every()] == ["Jill Stone", "Tom Price"]
    assert counts(desk.bring(Kind.CONTACTS, *lines)) == (0, 0, 1, 0, 0)
    more = (lines[0], "Acme|2026-01-01|in|Tom Price; Ann Lee")
    assert counts(desk.bring(Kind.CONTACTS, *more, existing=Existing.UPDATE)) == (0, 1, 0, 0, 0)
    (contact,) = desk.book.contacts.every()
    assert len(contact.colleagues) == 3


def test_feedback_with_its_person(desk: Desk) -> None:
    lines = ("client|date|person|verbatim|nps", "Acme|2026-01-01|Jane|Lovely|9", "Acme|2026-01-01|||8")
    assert counts(desk.bring(Kind.FEEDBACK, *lines)) == (2, 0, 0, 0, 0)
    assert counts(desk.bring(Kind.FEEDBACK, *lines)) == (0, 0, 2, 0, 0)
    changed = desk.bring(Kind.FEEDBACK, lines[0], "Acme|2026-01-01|Jane|Lovely|10", existing=Existing.UPDATE)
    assert counts(changed) == (0, 1, 0, 0, 0)
    assert sorted(found.nps or 0 for found in desk.book.feedback.every()) == [8, 10]


def test_problems_and_drafts_are_counted_and_left_out(desk: Desk) -> None:
    planned = desk.bring(
        Kind.FEES, f"{FEES}|status", "Acme||2026-01-01|5|1|paid", "Acme||x|5|2|paid", "Acme||2026-01-01|5|3|draft"
    )
    assert counts(planned) == (1, 0, 0, 1, 1)
    assert len(desk.fees()) == 1


def test_cancelling_leaves_the_book_as_it_was(desk: Desk) -> None:
    before = desk.tables()
    planned = desk.plan(Kind.FEES, FEES, *(f"Acme||2026-01-01|5|{number}" for number in range(50)))
    with pytest.raises(CancelledError):
        apply(desk.book.imports, planned, Watch(cancelled=lambda: True))
    assert desk.tables() == before
    assert desk.book.history.steps() == []


def test_progress_reaches_the_end(desk: Desk) -> None:
    told: list[tuple[int, int]] = []
    planned = desk.plan(Kind.FEES, FEES, *(f"Acme||2026-01-01|5|{number}" for number in range(50)))
    apply(desk.book.imports, planned, Watch(report=lambda done, total: told.append((done, total))))
    assert told[-1] == (51, 51)


def test_a_plan_is_refused_once_the_book_has_changed(desk: Desk) -> None:
    planned = desk.plan(Kind.FEES, FEES, "Acme||2026-01-01|5|1")
    desk.book.clients.add(ClientDraft(name="Acme"))
    before = desk.tables()
    with pytest.raises(AppError, match="has changed since"):
        apply(desk.book.imports, planned)
    assert desk.tables() == before
    planned = desk.plan(Kind.FEES, FEES, "Acme||2026-01-01|5|1")
    desk.book.history.undo()
    with pytest.raises(AppError, match="has changed since"):
        apply(desk.book.imports, planned)


def test_the_listeners_hear_which_clients_an_import_touched(desk: Desk) -> None:
    heard: list[frozenset[int] | None] = []
    desk.book.listen(lambda change: heard.append(change.clients))
    desk.bring(Kind.FEES, FEES, "Acme||2026-01-01|5|1")
    assert heard == [frozenset({desk.book.clients.find("Acme").id})]


def test_large_lists_are_written_in_chunks_with_credits_last(desk: Desk) -> None:
    lines = [f"Acme||2026-01-{number % 28 + 1:02}|5|{number}|invoice|" for number in range(12_000)]
    lines.insert(0, "Acme||2026-02-01|5|C1|credit|11999")
    desk.bring(Kind.FEES, f"{FEES}|kind|linked_to", *lines)
    by_document = {fee.document: fee for fee in desk.fees()}
    assert by_document["C1"].linked_fee_id == by_document["11999"].id
    desk.book.history.undo()
    assert desk.fees() == []
    with pytest.raises(AskedWrongError):
        desk.book.clients.find("Acme")


@pytest.fixture(scope="module")
def shared_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Open one book for many examples."""
    folder = tmp_path_factory.mktemp("shared")
    new_book(folder / "b.rapport", Firm(name="Test"))
    book = open_book(folder / "b.rapport", write=True)
    yield Desk(book, folder)
    book.close()


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Acme", "ACME Ltd", "Acme Inc", "Beta", "b1"]),
        st.sampled_from(["", "A1", "B1"]),
        st.sampled_from(["2026-01-01", "2026-01-02"]),
        st.sampled_from(["5", "-5", "7.25"]),
        st.sampled_from(["", "1", "2"]),
    ),
    min_size=1,
    max_size=8,
)


@given(first=ROWS, second=ROWS, existing=st.sampled_from(Existing))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_list_comes_again_as_the_same_and_any_import_can_be_undone(
    shared_desk: Desk, first: Sequence[tuple[str, ...]], second: Sequence[tuple[str, ...]], existing: Existing
) -> None:
    start = shared_desk.tables()
    lines = [FEES, *("|".join(row) for row in first)]
    shared_desk.bring(Kind.FEES, *lines)
    assert counts(shared_desk.bring(Kind.FEES, *lines))[:3] == (0, 0, len(first))
    middle = shared_desk.tables()
    planned = shared_desk.bring(Kind.FEES, FEES, *("|".join(row) for row in second), existing=existing)
    if not planned.batch.empty:
        shared_desk.book.history.undo()
    assert shared_desk.tables() == middle
    shared_desk.book.history.undo()
    assert shared_desk.tables() == start


@pytest.mark.parametrize(
    ("rows", "new", "skipped", "problems"),
    [
        (["Acme|A1|2026-01-01|5|1", "Beta|B1|2026-01-02|7|2", "Total|||12|"], 2, 1, 0),
        (["Acme|A1|2026-01-01|5|1", "Zwischensumme:|||5|", "Beta|B1|2026-01-02|7|2", "SUMME|||12 EUR|2"], 2, 2, 0),
        (["Acme|A1|2026-01-01|5|1", "||Total|5|"], 1, 1, 0),
        # A firm may be called so, and a row of its own is none that adds up.
        (["Total|T1|2026-01-01|5|1", "Acme|A1|2026-01-01|5|2"], 2, 0, 0),
        (["Acme|A1|2026-01-01|5|1", "Total Energies|||12|"], 1, 0, 1),
        (["Acme|A1|2026-01-01|5|1", "|||12|"], 1, 0, 1),
        (["Acme|A1|2026-01-01|5|1", "Total of what they owe|||12|"], 1, 0, 1),
        # A formula that was never worked out leaves the word alone.
        (["Acme|A1|2026-01-01|5|1", "Total||||"], 1, 1, 0),
        # Without a word it is a total if its amount says so, and nothing else stands in it.
        (["Acme|A1|2026-01-01|5|1", "Beta|B1|2026-01-02|7|2", "|||12|"], 2, 1, 0),
        (["Acme|A1|2026-01-01|5|1", "Beta|B1|2026-01-02|7|2", "|||12|3"], 2, 0, 1),
        (["Acme|A1|2026-01-01|5|1", "Beta|B1|2026-01-02|7|2", "|||11|"], 2, 0, 1),
        (
            ["Acme||2026-01-01|5|1", "Beta||2026-01-02|7|2", "|||12|", "Acme||2026-01-01|1|3", "|||1|", "|||13|"],
            3,
            3,
            0,
        ),
    ],
)
def test_rows_that_add_others_up_are_left_out_and_told(
    desk: Desk, rows: list[str], new: int, skipped: int, problems: int
) -> None:
    planned = desk.plan(Kind.FEES, FEES, *rows)
    assert (planned.new, planned.skipped, len(planned.problems)) == (new, skipped, problems)
    assert any(notice.startswith("Left out: ") for notice in planned.notices) == bool(skipped)


@pytest.mark.parametrize(
    ("total", "told"),
    [
        ("Total|||12.00|", ["Left out: 1 total; it agrees with the rows."]),
        # A row whose client is missing is added up too; a cent may be lost by rounding.
        ("Total|||12.01|", ["Left out: 1 total; it agrees with the rows."]),
        (
            "Total|||19|",
            [
                "Left out: 1 row that adds others up.",
                "Row 5 says £19.00, the rows above it come to £12.00: one may be missing, or counted twice.",
            ],
        ),
        ("Total||||", ["Left out: 1 row that adds others up."]),
    ],
)
def test_a_total_is_held_against_the_rows(desk: Desk, total: str, told: list[str]) -> None:
    planned = desk.plan(Kind.FEES, FEES, "Acme||2026-01-01|5|1", "||2026-01-02|4|2", "Beta||2026-01-03|3|3", total)
    assert [notice for notice in planned.notices if "Left out" in notice or "Row" in notice] == told


def test_a_total_among_credits_and_drafts_is_not_contradicted(desk: Desk) -> None:
    head = FEES + "|kind|status"
    rows = (
        "Acme||2026-01-01|5|1|invoice|sent",
        "Acme||2026-01-01|2|2|credit|sent",
        "Acme||2026-01-01|9|3|invoice|sent",
    )
    planned = desk.plan(Kind.FEES, head, *rows, "Total|||12|||")
    assert planned.skipped == 1
    assert not any("missing" in notice for notice in planned.notices)
    planned = desk.plan(Kind.FEES, head, *rows[::2], "Beta||2026-01-01|7|4|invoice|draft", "Total|||14|||")
    assert planned.skipped == 2
    assert not any("missing" in notice for notice in planned.notices)


def test_a_total_below_a_list_of_clients_becomes_no_client(desk: Desk) -> None:
    desk.bring(Kind.CLIENTS, "name|code|sector", "Acme|A1|Steel", "Beta|B1|Boats", "Total|2|")
    assert desk.names() == [("Acme", "A1"), ("Beta", "B1")]


@pytest.mark.parametrize(("first", "second"), [("1", ""), ("", "1")])
def test_a_fee_like_one_that_only_here_or_there_has_a_number_is_told(desk: Desk, first: str, second: str) -> None:
    desk.bring(Kind.FEES, FEES, f"Acme||2026-01-01|5|{first}", f"Acme||2026-01-02|5|{first and 2}")
    planned = desk.plan(Kind.FEES, FEES, *[f"ACME Ltd||2026-01-01|5|{second}"] * 2, f"Acme||2026-01-03|5|{second}")
    (told,) = [notice for notice in planned.notices if "already" in notice]
    assert told.startswith("1 fee may be in the book already")
    assert planned.new == 3


def test_fees_with_other_numbers_are_other_fees(desk: Desk) -> None:
    desk.bring(Kind.FEES, FEES, "Acme||2026-01-01|5|1")
    planned = desk.plan(Kind.FEES, FEES, "Acme||2026-01-01|5|2")
    assert not any("already" in notice for notice in planned.notices)


def test_heads_said_again_on_every_page_are_left_out_and_told(desk: Desk) -> None:
    rows = ["Acme||2026-01-01|5|1", "Client|Code|Date|Amount|Document", "Beta||2026-01-02|7|2", "client|||amount|"]
    planned = desk.plan(Kind.FEES, FEES, *rows)
    assert (planned.new, planned.skipped, planned.problems) == (2, 2, ())
    assert "Left out: 2 rows that repeat the heads of the columns." in planned.notices


@pytest.mark.parametrize(("last", "new"), [("Total|5|7", 2), ("Total|5|8", 3), ("Total|x|7", 3), ("Totality|5|7", 3)])
def test_a_total_below_months_side_by_side_becomes_no_client(desk: Desk, last: str, new: int) -> None:
    planned = desk.plan(Kind.CLIENTS, "client|Jan 2025|Feb 2025|Mar 2025", "Acme|5|3|", "Beta||4|1", f"{last}|1")
    assert planned.new == new
    assert any(notice.startswith("No amounts are taken. Months stand side by side") for notice in planned.notices)
