"""The sample book shows every state a relationship can be in, the same for the same day, and cannot be undone."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from app.cli.demo import demo
from app.domain import clients, colleagues, contacts, costs, engagements, feedback, fees, people, plans, promises
from app.domain.checking import Problem
from app.domain.clients import ClientDraft
from app.domain.metrics.warnings import Severity, SilenceKind, WarningKind
from app.domain.names import name_key
from app.domain.records import draft_of
from app.domain.vocabulary import (
    Channel,
    CostKind,
    Direction,
    EngagementKind,
    FeedbackKind,
    FeeKind,
    Influence,
    PromiseBy,
    Purpose,
    Sentiment,
    Stage,
    Tier,
)
from app.errors import AskedWrongError
from app.samples.agency import sample_agency
from app.samples.days import month_start, workday
from app.samples.drafts import BookDrafts, Rows
from app.samples.loads import LOADS, LoadMaker
from app.services.book import Book, open_book
from app.services.book_figures import BookFigures
from app.services.client_figures import ClientFigures
from app.services.samples import demo_book, load_book

TODAY = date(2026, 11, 22)
WELL_KNOWN = (
    "Tesco", "Sainsbury's", "Marks & Spencer", "Boots", "BrewDog", "Fuller's", "Greggs", "Heinz", "Baxters",
    "Twinings", "Yorkshire Tea", "Brompton", "Raleigh", "Barbour", "Rohan", "Specsavers", "Bupa", "Berry Bros & Rudd",
    "Northgate", "Foxtons", "Premier Inn", "Red Funnel", "CalMac", "Peabody", "Aggregate Industries", "WHSmith",
    "Rymans", "Keysight", "Royal Delft", "Foster + Partners", "Edelman", "Brunswick", "Freuds", "Weber Shandwick",
    "Dunelm", "Howdens", "Pickfords", "Faber", "Bloomsbury", "National Trust", "Riverford", "Warburtons", "Hiscox",
    "Carpetright",
)  # fmt: skip


@pytest.fixture(scope="module")
def drafts() -> BookDrafts:
    return sample_agency(TODAY)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    path = tmp_path_factory.mktemp("samples") / "sample.rapport"
    demo_book(path, TODAY)
    opened = open_book(path, write=True)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def figures(book: Book) -> BookFigures:
    return book.figures.on(TODAY)


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = open_book(path, write=False)
    try:
        with book.database.read() as connection:
            tables = connection.exec_driver_sql(
                "SELECT name FROM pragma_table_list WHERE type = 'table' AND name NOT IN ('meta', 'sqlite_sequence')"
            ).scalars()
            return {
                name: [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}" ORDER BY 1')]
                for name in tables.all()
            }
    finally:
        book.close()


def by_name(figures: BookFigures, name: str) -> ClientFigures:
    return next(found for found in figures.clients.values() if found.client.name == name)


def test_same_day_gives_the_same_book_whatever_was_made_before(tmp_path: Path) -> None:
    for name in ("one", "two"):
        demo_book(tmp_path / f"{name}.rapport", TODAY)
        sample_agency(date(2031, 2, 3))
    assert rows_of(tmp_path / "one.rapport") == rows_of(tmp_path / "two.rapport")


def test_another_day_moves_every_date_and_keeps_what_is_told(drafts: BookDrafts) -> None:
    later = sample_agency(TODAY + timedelta(days=400))
    assert [client.name for client in later.clients.drafts] == [client.name for client in drafts.clients.drafts]
    assert max(contact.on for contact in later.contacts.drafts) - max(
        contact.on for contact in drafts.contacts.drafts
    ) >= timedelta(days=395)
    assert later != drafts


def test_another_seed_gives_another_past(drafts: BookDrafts) -> None:
    assert sample_agency(TODAY, seed=1).contacts != drafts.contacts


def test_nothing_can_be_undone_until_somebody_does_something(tmp_path: Path) -> None:
    path = tmp_path / "sample.rapport"
    demo_book(path, TODAY)
    before = rows_of(path)
    assert before["change_set"] == []
    assert before["change"] == []
    book = open_book(path, write=True)
    try:
        assert book.history.next_steps() == (None, None)
        with pytest.raises(AskedWrongError):
            book.history.undo()
        first = book.clients.every()[0]
        book.clients.change(first.id, replace(draft_of(ClientDraft, first), notes="Changed by hand."))
        book.history.undo()
        with pytest.raises(AskedWrongError):
            book.history.undo()
    finally:
        book.close()
    after = rows_of(path)
    own = {"change_set", "change"}
    assert {name: rows for name, rows in after.items() if name not in own} == {
        name: rows for name, rows in before.items() if name not in own
    }


def test_the_file_is_whole_and_its_keys_hold(book: Book) -> None:
    assert book.problems() == []


def test_a_place_already_taken_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.rapport"
    path.write_text("mine")
    with pytest.raises(AskedWrongError):
        demo_book(path, TODAY)
    assert path.read_text() == "mine"


def test_the_command_says_where_the_book_is(tmp_path: Path) -> None:
    path = tmp_path / "sample.rapport"
    assert str(path) in demo(path, TODAY)
    assert path.exists()


def test_every_draft_passes_the_checks_of_its_noun(drafts: BookDrafts) -> None:
    checks: tuple[tuple[Callable[[Any], tuple[Problem, ...]], Rows[Any]], ...] = (
        (colleagues.check, drafts.colleagues),
        (clients.check, drafts.clients),
        (people.check, drafts.people),
        (engagements.check, drafts.engagements),
        (fees.check, drafts.fees),
        (costs.check, drafts.costs),
        (contacts.check, drafts.contacts),
        (promises.check, drafts.promises),
        (feedback.check, drafts.feedback),
        (plans.check, drafts.plans),
        (plans.check_objective, drafts.objectives),
        (plans.check_action, drafts.actions),
    )
    wrong = [(draft, found) for check, rows in checks for draft in rows.drafts if (found := check(draft))]
    assert wrong == []


def test_whoever_is_named_belongs_there_and_was_there(drafts: BookDrafts) -> None:
    for contact in drafts.contacts.drafts:
        for person_id in contact.people:
            person = drafts.people.get(person_id)
            assert person.client_id == contact.client_id
            assert person.left_on is None or contact.on <= person.left_on
        for colleague_id in contact.colleagues:
            active = drafts.colleagues.get(colleague_id).active
            assert active or contact.on < TODAY - timedelta(days=390)


def test_what_points_to_something_points_to_the_same_client(drafts: BookDrafts) -> None:
    for promise in drafts.promises.drafts:
        assert promise.person_id is not None
        assert drafts.people.get(promise.person_id).client_id == promise.client_id
        if promise.contact_id is not None:
            assert drafts.contacts.get(promise.contact_id).client_id == promise.client_id
    for said in drafts.feedback.drafts:
        assert said.person_id is not None
        assert drafts.people.get(said.person_id).client_id == said.client_id
        if said.told_contact_id is not None:
            assert drafts.contacts.get(said.told_contact_id).on == said.told_on


def test_credits_and_fees_belong_to_their_own_client(drafts: BookDrafts) -> None:
    for fee in drafts.fees.drafts:
        if fee.linked_fee_id is not None:
            assert drafts.fees.get(fee.linked_fee_id).client_id == fee.client_id
            assert drafts.fees.get(fee.linked_fee_id).on <= fee.on
        if fee.engagement_id is not None:
            assert drafts.engagements.get(fee.engagement_id).client_id == fee.client_id


def test_every_stage_and_every_tier_is_there(figures: BookFigures) -> None:
    assert {found.stage.stage for found in figures.clients.values()} == set(Stage)
    assert {found.tier for found in figures.clients.values()} == set(Tier)
    by_hand = {found.stage.stage for found in figures.clients.values() if found.stage.by_hand}
    assert {Stage.ENDED, Stage.WON_BACK, Stage.DORMANT} <= by_hand
    assert any(found.stage.stage is Stage.WON_BACK and not found.stage.by_hand for found in figures.clients.values())
    pinned = [found for found in figures.clients.values() if found.tier_pinned]
    assert all(found.client.tier_reason and found.client.tier_since for found in pinned)
    assert Tier.PLATINUM in {found.tier for found in pinned}


@pytest.mark.parametrize("today", [TODAY, date(2027, 3, 31), date(2028, 2, 29), date(2029, 1, 1)])
def test_on_any_day_one_client_brings_a_third_and_a_handful_wait(tmp_path: Path, today: date) -> None:
    path = tmp_path / "sample.rapport"
    demo_book(path, today)
    book = open_book(path, write=False)
    try:
        figures = book.figures.on(today)
    finally:
        book.close()
    incomes = [found.fees.last_12_months for found in figures.clients.values()]
    assert Fraction(33, 100) <= Fraction(max(incomes), sum(incomes)) <= Fraction(37, 100)
    assert 150_000_000 <= sum(found.fees.observed for found in figures.clients.values()) <= 300_000_000
    assert 6 <= sum(1 for warning in figures.warnings if warning.silence is None) <= 10
    assert {found.stage.stage for found in figures.clients.values()} == set(Stage)


def test_warnings_of_every_kind_and_everything_that_silences_one(figures: BookFigures) -> None:
    assert {warning.kind for warning in figures.warnings} == set(WarningKind)
    assert {warning.severity for warning in figures.warnings} == set(Severity)
    silenced = {warning.client: warning.silence.kind for warning in figures.warnings if warning.silence}
    assert set(silenced.values()) == set(SilenceKind)
    never = [warning for warning in figures.warnings if warning.kind is WarningKind.NEVER_CONTACTED]
    assert 2 <= len(never) <= 3


def test_the_two_overdue_ones_have_a_rhythm_that_convinces(figures: BookFigures) -> None:
    museums = by_name(figures, "Northgate Museums")
    assert museums.contact.days is not None
    assert 63 <= museums.contact.days <= 66
    assert museums.contact_rhythm is not None
    assert 15 <= (museums.contact_rhythm.median_gap or 0) <= 30
    kitchens = by_name(figures, "Marlpit Kitchens")
    assert kitchens.purchases is not None
    assert kitchens.purchases.gaps_used == 12
    assert kitchens.purchases.p_longer is not None
    assert 0.0005 < kitchens.purchases.p_longer < 0.01


def test_one_client_hears_a_monologue_with_two_offers(book: Book, figures: BookFigures) -> None:
    lettings = by_name(figures, "Brightwater Lettings")
    assert lettings.dialogue is not None
    assert lettings.dialogue.monologue
    assert lettings.dialogue.outbound_since_last_inbound == 6
    latest = book.contacts.of_client(lettings.client.id)[:6]
    assert {contact.direction for contact in latest} == {Direction.OUT}
    assert sum(contact.purpose is Purpose.SELL for contact in latest) == 2


def test_preferences_cadences_and_single_persons(book: Book, figures: BookFigures) -> None:
    every = book.clients.every()
    asked = [client for client in every if client.preferred_cadence_days]
    assert asked
    assert all(client.preferred_channel for client in asked)
    assert any(client.cadence_days for client in every)
    assert any(client.do_not_contact for client in every)
    assert any(client.snoozed_until and client.snoozed_until > TODAY and client.snooze_reason for client in every)
    assert any(len(book.people.of_client(client.id)) == 1 and "single person" in client.tags for client in every)
    soon = [found.next_planned for found in figures.clients.values() if found.next_planned]
    assert any(day <= TODAY + timedelta(days=7) for day in soon)
    for client in every:
        assert client.sector
        assert client.source
        assert client.code
        assert client.owner_id
        assert client.tags
    assert any(client.aliases for client in every)


def test_the_money_shows_every_kind_of_document(book: Book, figures: BookFigures) -> None:
    documents = book.fees.every()
    credit_notes = [fee for fee in documents if fee.kind is FeeKind.CREDIT]
    assert {fee.linked_fee_id is None for fee in credit_notes} == {True, False}
    assert {fee.currency for fee in documents} == {"GBP", "EUR", "USD"}
    assert len(book.fees.without_rate()) == 1
    assert any(fee.disbursement for fee in documents)
    assert any(fee.on > TODAY for fee in documents)
    assert len({fee.document for fee in documents}) == len(documents)
    bills = [fee for fee in documents if fee.kind is FeeKind.INVOICE and not fee.disbursement]
    assert sum(fee.delivery_cost is not None for fee in bills) > len(bills) * 0.85
    spent = book.costs.every()
    assert {cost.kind for cost in spent} == set(CostKind)
    assert any(cost.client_id is None and cost.kind is CostKind.ACQUISITION for cost in spent)
    assert any(cost.engagement_id for cost in spent)
    assert figures.ranking.largest_share is not None
    losing = [
        found for found in figures.clients.values() if found.contribution_12.amount < 0 < found.fees.last_12_months
    ]
    assert losing


def test_a_retainer_is_billed_month_by_month(book: Book) -> None:
    retainers = [job for job in book.engagements.every() if job.kind is EngagementKind.RETAINER]
    assert {1, 3} <= {job.billed_every_months for job in retainers}
    food = next(client for client in book.clients.every() if client.name == "Castellan Foods")
    current = next(job for job in retainers if job.client_id == food.id and job.ends and job.ends > TODAY)
    bills = sorted(fee.on for fee in book.fees.of_client(food.id) if fee.engagement_id == current.id)
    assert bills == [month_start(TODAY, months) for months in range(12, -1, -1)]


def test_promises_of_both_sides_in_every_state(book: Book) -> None:
    owed = book.promises.every()
    for by in PromiseBy:
        mine = [promise for promise in owed if promise.by is by]
        waiting = [promise for promise in mine if promise.is_open(TODAY)]
        assert any(promise.due and promise.due < TODAY for promise in waiting)
        assert any(promise.due and promise.due >= TODAY for promise in waiting)
        assert any(promise.kept_on for promise in mine)
        assert any(promise.broken_on for promise in mine)
    assert sum(promise.is_open(TODAY) for promise in owed) < 25


def test_feedback_at_every_step_of_its_loop(book: Book) -> None:
    said = book.feedback.every()
    steps = {
        (item.owned_on is not None, item.acted_on is not None, item.told_on is not None)
        for item in said
        if item.kind is not FeedbackKind.PRAISE
    }
    assert {(False, False, False), (True, False, False), (True, True, False), (True, True, True)} <= steps
    assert {item.kind for item in said} == set(FeedbackKind)
    assert sum(item.work_score is not None and item.service_score is not None for item in said) > 40
    assert sum(item.nps is not None for item in said) >= 10
    assert all(item.verbatim for item in said)
    assert len({item.verbatim for item in said}) == len(said)


def test_plans_with_actions_done_open_and_overdue(book: Book) -> None:
    actions = book.actions.every()
    assert any(action.done_on for action in actions)
    assert any(action.done_on is None and action.due and action.due < TODAY for action in actions)
    assert any(action.done_on is None and action.due and action.due >= TODAY for action in actions)
    assert any(action.cost for action in actions)
    assert all(action.owner_id and action.minutes and action.objective_id for action in actions)
    every = book.plans.every()
    assert len(every) >= 8
    assert all(plan.goals and plan.expected_fee for plan in every if plan.starts > TODAY - timedelta(days=365))
    objectives = book.objectives.every()
    assert all(objective.measure and objective.baseline and objective.target for objective in objectives)


def test_people_and_colleagues_of_every_sort(book: Book) -> None:
    everybody = book.people.every()
    assert {person.influence for person in everybody} >= {Influence.DECIDES, Influence.INFLUENCES, Influence.USES}
    assert {person.sentiment for person in everybody} == set(Sentiment)
    assert any(person.left_on for person in everybody)
    assert any(person.drivers for person in everybody)
    assert len({person.name for person in everybody}) == len(everybody)
    us = book.colleagues.every()
    assert 7 <= len(us) <= 9
    assert sum(not colleague.active for colleague in us) == 1
    steps = Counter(cost.colleague_id for cost in book.colleagues.costs())
    assert all(steps[colleague.id] >= 2 for colleague in us)


def test_nobody_is_somebody(book: Book) -> None:
    names = [client.name for client in book.clients.every()]
    keys = [name_key(name) for name in names]
    assert 38 <= len(names) <= 46
    assert len(set(keys)) == len(keys)
    assert not set(keys) & {name_key(name) for name in WELL_KNOWN}
    addresses = [person.email for person in book.people.every() if person.email]
    assert addresses
    assert all(address.endswith(".example") for address in addresses)


def test_contacts_read_as_if_written_by_people(drafts: BookDrafts) -> None:
    everything = drafts.contacts.drafts
    assert len(everything) > 1_200
    summaries, notes = Counter(c.summary for c in everything), Counter(c.note for c in everything if c.note)
    assert max(summaries.values()) <= 4
    assert max(notes.values()) <= 6
    assert not set(summaries) & set(notes)
    for text in (*summaries, *notes, *(promise.what for promise in drafts.promises.drafts)):
        assert text
        assert not set(text) & set("{}[]|_"), text
        assert not text[0].islower(), text
        assert "  " not in text
        assert " the the " not in text
    assert {contact.channel for contact in everything} >= set(Channel) - {Channel.POST, Channel.FORM, Channel.OTHER}
    assert {contact.direction for contact in everything} == set(Direction)
    assert {contact.purpose for contact in everything} == {*Purpose, None}
    assert {contact.counts for contact in everything} == {True, False}
    assert any(len(contact.people) > 1 and len(contact.colleagues) > 1 for contact in everything)
    assert len(notes) < len(everything) / 4
    assert all(contact.on <= TODAY or contact.planned for contact in everything)
    assert all(contact.on == workday(contact.on, TODAY) for contact in everything)


def test_the_small_load_has_the_rows_it_promises(tmp_path: Path) -> None:
    for name in ("one", "two"):
        load_book(tmp_path / f"{name}.rapport", "S", TODAY, seed=3)
    rows = rows_of(tmp_path / "one.rapport")
    assert len(rows["client"]) == 50
    assert len(rows["client"]) + len(rows["fee"]) + len(rows["contact"]) == 2_000
    assert len(rows["contact_person"]) == len(rows["contact"])
    assert rows["change_set"] == []
    assert rows == rows_of(tmp_path / "two.rapport")
    book = open_book(tmp_path / "one.rapport", write=False)
    try:
        assert book.problems() == []
        figures = book.figures.on(TODAY)
        assert len(figures.clients) == 50
        assert sum(found.fees.documents for found in figures.clients.values()) == len(rows["fee"])
        documents = book.fees.every()
        assert any(fee.linked_fee_id for fee in documents)
        for fee in documents:
            assert fees.check(fee) == ()
            assert fee.linked_fee_id is None or book.fees.get(fee.linked_fee_id).client_id == fee.client_id
    finally:
        book.close()


def test_the_largest_load_is_never_held_whole() -> None:
    maker = LoadMaker(LOADS["XL"], TODAY, 3)
    first = list(islice(maker.fees(), 1_000))
    assert len({row[6] for row in first}) == 1_000
    assert len(list(islice(maker.contacts(), 1_000))) == 1_000
    assert len({row[0] for row in maker.clients()}) == 5_000
