"""Today: whom to speak to, in which order, and what is promised and waiting (METRICS C2, C3)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.clients import ClientDraft
from app.domain.contacts import ContactDraft
from app.domain.engagements import EngagementDraft
from app.domain.feedback import FeedbackDraft
from app.domain.fees import FeeDraft
from app.domain.metrics.cadence import CadenceSource
from app.domain.metrics.warnings import Rule, Severity, SilenceKind, WarningKind
from app.domain.people import PersonDraft
from app.domain.plans import ActionDraft, PlanDraft
from app.domain.promises import PromiseDraft
from app.domain.records import draft_of
from app.domain.vocabulary import Channel, Direction, EngagementKind, FeedbackKind, Stage, Tier
from app.services.book import Book
from app.services.today import TodayList

DAY = date(2026, 6, 30)


def ago(days: int) -> date:
    return DAY - timedelta(days)


def client(
    book: Book, name: str, *, fees: tuple[int, ...] = (), amount: int = 100_000, spoke: int | None = None
) -> int:
    """Add a client with fees some days ago and a last conversation."""
    key = book.clients.add(ClientDraft(name=name))
    for back in fees:
        draft = FeeDraft(client_id=key, on=ago(back), original=amount, currency="GBP", amount=None)
        book.fees.add(draft)
    if spoke is not None:
        talk(book, key, spoke)
    return key


def talk(
    book: Book, key: int, back: int, direction: Direction = Direction.BOTH, words: str = "", **more: object
) -> int:
    """Log a contact some days ago."""
    draft = ContactDraft(client_id=key, on=ago(back), direction=direction, channel=Channel.CALL, summary=words)
    return book.contacts.log(replace(draft, **more))


def names(found: TodayList) -> list[str]:
    """Name who waits, in order."""
    return [row.client.client.name for row in found.waiting]


YEARLY = (700, 600, 500, 400, 300, 200, 150)


def test_the_list_is_ordered_by_gap_times_fees_of_the_year(book: Book) -> None:
    # All established and of one tier by hand, so that the cadence is 60 days each.
    big = client(book, "Big", fees=YEARLY, amount=300_000, spoke=70)  # 70/60 x 3 fees of the year
    silent = client(book, "Silent", fees=YEARLY, amount=100_000, spoke=150)  # badly, but small
    small = client(book, "Small", fees=YEARLY, amount=100_000, spoke=70)
    fine = client(book, "Fine", fees=YEARLY, amount=900_000, spoke=10)
    book.clients.pin_tier([big, silent, small, fine], Tier.GOLD, DAY)
    found = book.today.on(DAY)
    contact_gaps = [w.client for row in found.waiting for w in row.warnings if w.kind is WarningKind.CONTACT_GAP]
    assert contact_gaps == ["Big", "Silent", "Small"]
    figures = found.figures.clients
    assert [figures[key].contact.days for key in (big, silent, small, fine)] == [70, 150, 70, 10]
    severities = {w.client: w.severity for w in found.figures.warnings if w.kind is WarningKind.CONTACT_GAP}
    assert severities == {"Big": Severity.OVERDUE, "Silent": Severity.BADLY, "Small": Severity.OVERDUE}


def test_who_has_no_fees_counts_with_the_median_of_its_tier(book: Book) -> None:
    client(book, "Paying", fees=(150, 20), amount=100, spoke=70)
    prospect = client(book, "Prospect", spoke=40)
    assert book.figures.on(DAY).clients[prospect].stage.stage is Stage.INCUBATING
    assert names(book.today.on(DAY)) == ["Paying", "Prospect"]


def test_never_spoken_to_is_a_group_of_its_own_and_no_silence(book: Book) -> None:
    bought = client(book, "Bought", fees=(30,))
    new = client(book, "New")
    found = book.today.on(DAY)
    assert {figures.client.id for figures in found.never} == {bought, new}
    assert found.waiting == ()
    book.clients.spoke_last(bought, ago(5))
    found = book.today.on(DAY)
    assert {figures.client.id for figures in found.never} == {new}
    assert found.figures.clients[bought].contact.days == 5


def test_the_last_contact_is_the_later_of_logged_and_entered_and_never_ahead(book: Book) -> None:
    key = client(book, "Acme", fees=YEARLY, spoke=90)
    for entered, days in ((ago(40), 40), (ago(200), 90), (ago(-5), 90)):
        book.clients.spoke_last(key, entered)
        assert book.figures.on(DAY).clients[key].contact.days == days
    assert book.figures.on(ago(100)).clients[key].contact.days is None  # then, neither had happened


@pytest.mark.parametrize(
    "more",
    [{"counts": False}, {"planned": True}, {"channel": Channel.VOICEMAIL, "counts": False}],
)
def test_what_does_not_count_sets_no_clock(book: Book, more: dict[str, object]) -> None:
    key = client(book, "Acme", fees=YEARLY, spoke=90)
    talk(book, key, 1, **more)
    assert book.figures.on(DAY).clients[key].contact.days == 90


def test_a_preference_outranks_the_own_cadence_the_tier_and_the_table(book: Book) -> None:
    key = client(book, "Acme", fees=YEARLY, spoke=30)

    def decided() -> tuple[int | None, CadenceSource]:
        found = book.figures.on(DAY).clients[key].cadence
        return found.days, found.source

    assert decided() == (30, CadenceSource.TABLE)  # the only client with fees is Platinum
    book.firm.change_tiers(
        replace(level, contact_days=25) for level in book.firm.tiers() if level.tier is Tier.PLATINUM
    )
    assert decided() == (25, CadenceSource.SERVICE_LEVEL)
    book.clients.change(key, replace(draft_of(ClientDraft, book.clients.get(key)), cadence_days=50))
    assert decided() == (50, CadenceSource.OWN)
    book.clients.change(key, replace(draft_of(ClientDraft, book.clients.get(key)), preferred_cadence_days=100))
    assert decided() == (100, CadenceSource.PREFERENCE)
    assert names(book.today.on(DAY)) == []


def test_the_firms_own_table_is_read(book: Book) -> None:
    key = client(book, "Acme", fees=YEARLY, spoke=30)
    book.firm.change_cadence(
        replace(cell, days=7) for cell in book.firm.cadence() if cell.stage is Stage.ESTABLISHED and cell.column == "A"
    )
    figures = book.figures.on(DAY).clients[key]
    assert (figures.stage.stage, figures.cadence.days) == (Stage.ESTABLISHED, 7)


def test_a_pinned_tier_stays_and_a_light_client_is_left_in_peace(book: Book) -> None:
    key = client(book, "Acme", fees=YEARLY, spoke=300)
    assert (book.figures.on(DAY).clients[key].tier, book.figures.on(DAY).clients[key].tier_pinned) == (
        Tier.PLATINUM,
        False,
    )
    book.clients.pin_tier([key], Tier.LIGHT, DAY, "asked for peace")
    figures = book.figures.on(DAY).clients[key]
    assert (figures.tier, figures.tier_pinned, figures.warnings) == (Tier.LIGHT, True, ())
    assert names(book.today.on(DAY)) == []
    book.clients.pin_tier([key], None, DAY)
    assert names(book.today.on(DAY)) == ["Acme"]


def test_an_ended_client_is_left_in_peace(book: Book) -> None:
    key = client(book, "Acme", fees=YEARLY, spoke=300)
    book.clients.set_stage(key, Stage.ENDED, ago(10))
    assert names(book.today.on(DAY)) == []
    assert names(book.today.on(ago(20))) == ["Acme"]


SILENCES = {
    "snoozed to the day": ({"snoozed_until": DAY}, SilenceKind.SNOOZED),
    "snoozed until yesterday": ({"snoozed_until": ago(1)}, None),
    "asked not to be contacted": ({"do_not_contact": True}, SilenceKind.ASKED_NOT),
}


@pytest.mark.parametrize("name", SILENCES)
def test_what_is_silenced_is_shown_apart(book: Book, name: str) -> None:
    change, kind = SILENCES[name]
    key = client(book, "Acme", fees=YEARLY, spoke=300)
    book.clients.change(key, replace(draft_of(ClientDraft, book.clients.get(key)), **change))
    found = book.today.on(DAY)
    if kind is None:
        assert (names(found), found.silenced) == (["Acme"], ())
    else:
        (row,) = found.silenced
        assert found.waiting == ()
        assert row.warnings[0].silence is not None
        assert row.warnings[0].silence.kind is kind


@pytest.mark.parametrize(("ahead", "silent"), [(-1, False), (0, True), (7, True), (8, False)])
def test_a_planned_contact_within_a_week_silences(book: Book, ahead: int, silent: bool) -> None:
    key = client(book, "Acme", fees=YEARLY, spoke=300)
    talk(book, key, -ahead, planned=True)
    found = book.today.on(DAY)
    assert (len(found.silenced), len(found.waiting)) == ((1, 0) if silent else (0, 1))
    assert found.figures.clients[key].next_planned == (ago(-ahead) if ahead >= 0 else None)


def test_a_client_whose_rhythm_broke_is_warned_by_its_purchases(book: Book) -> None:
    key = client(book, "Acme", fees=tuple(range(200, 561, 30)), spoke=1)
    (warning,) = book.figures.on(DAY).clients[key].warnings
    assert (warning.kind, warning.rule, warning.days) == (WarningKind.PURCHASE_GAP, Rule.RHYTHM, 200)
    assert names(book.today.on(DAY)) == ["Acme"]


def test_their_last_words_are_the_last_they_spoke(book: Book) -> None:
    key = client(book, "Acme", fees=YEARLY)
    talk(book, key, 300, Direction.IN, "old")
    talk(book, key, 200, Direction.IN, "the first of the day")
    talk(book, key, 200, Direction.BOTH, "the last of the day")
    talk(book, key, 150, Direction.IN, "")
    talk(book, key, 120, Direction.OUT, "ours")
    talk(book, key, -5, Direction.IN, "not yet")
    talk(book, key, 110, Direction.IN, "planned", planned=True)
    (row,) = book.today.on(DAY).waiting
    assert row.last_words is not None
    assert row.last_words.summary == "the last of the day"


def test_promises_due_within_a_fortnight_and_without_a_day(book: Book) -> None:
    key = client(book, "Acme", fees=YEARLY, spoke=300)
    for what, due in (("late", ago(9)), ("soon", ago(-14)), ("far", ago(-15)), ("some day", None), ("kept", DAY)):
        promise = book.promises.add(PromiseDraft(client_id=key, what=what, due=due))
        if what == "kept":
            book.promises.keep(promise, DAY)
    found = book.today.on(DAY)
    assert [promise.what for promise in found.promises] == ["late", "soon", "some day"]
    assert found.waiting[0].promise is not None
    assert found.waiting[0].promise.what == "late"
    assert "kept" in {promise.what for promise in book.today.on(ago(1)).promises}


def test_feedback_waits_until_the_client_is_told_oldest_first(book: Book) -> None:
    key = client(book, "Acme", fees=YEARLY, spoke=1)

    def said(words: str, back: int, **more: object) -> None:
        draft = FeedbackDraft(client_id=key, on=ago(back), verbatim=words)
        book.feedback.add(replace(draft, **more))

    said("newer", 3)
    said("older", 30, acted_on=ago(2))
    said("told", 20, told_on=ago(1))
    said("praise acted on", 20, kind=FeedbackKind.PRAISE, acted_on=ago(1))
    said("praise", 20, kind=FeedbackKind.PRAISE)
    said("not yet", -1)
    assert [waiting.verbatim for waiting in book.today.on(DAY).feedback] == ["older", "praise", "newer"]
    assert "told" in {waiting.verbatim for waiting in book.today.on(ago(2)).feedback}


def test_a_retainer_is_spoken_of_before_its_contract_ends_unless_one_follows(book: Book) -> None:
    def retainer(key: int, name: str, ends: date | None, kind: EngagementKind = EngagementKind.RETAINER) -> None:
        book.engagements.add(EngagementDraft(client_id=key, name=name, kind=kind, starts=ago(300), ends=ends))

    acme, bexley, castellan = (client(book, name, fees=YEARLY, spoke=1) for name in ("Acme", "Bexley", "Castellan"))
    retainer(acme, "Far", ago(-91))
    retainer(bexley, "Over", ago(1))
    retainer(bexley, "Project", ago(-5), EngagementKind.PROJECT)
    assert book.today.on(DAY).ending == ()
    retainer(acme, "Near", ago(-90))
    retainer(bexley, "Next", ago(-12))
    retainer(castellan, "Renewed", ago(-20))
    retainer(castellan, "Follows", None)
    assert [found.name for found in book.today.on(DAY).ending] == ["Next"]
    assert [found.name for found in book.today.on(ago(-1)).ending] == ["Next", "Far"]
    book.clients.set_stage(bexley, Stage.ENDED, ago(1))
    assert book.today.on(DAY).ending == ()


def test_first_days_and_people(book: Book) -> None:
    new = client(book, "New", fees=(99,), spoke=1)
    client(book, "Old", fees=(100,), spoke=1)
    book.people.add(PersonDraft(client_id=new, name="Jane"))
    found = book.today.on(DAY)
    assert [figures.client.name for figures in found.first_days] == ["New"]
    assert [person.name for person in found.people.values()] == ["Jane"]


def test_an_empty_book_has_an_empty_day(book: Book) -> None:
    found = book.today.on(DAY)
    assert (found.waiting, found.silenced, found.never, found.promises, found.feedback) == ((), (), (), (), ())
    assert found.figures.portfolio.clients == 0


def test_two_clients_under_one_ref_are_told_apart(book: Book) -> None:
    """A code may equal another's name in an old or imported book: no figure is mixed up."""
    first = client(book, "Acme", fees=(30, 10), amount=100, spoke=5)
    second = client(book, "Bexley", fees=(20,), amount=700, spoke=90)
    with book.database.write("as lists may") as recorder:
        from app.data import schema

        recorder.update(schema.client, second, {"code": "Acme"})
    figures = book.figures.on(DAY)
    assert {key: found.fees.observed for key, found in figures.clients.items()} == {first: 200, second: 700}
    assert len(figures.ids) == 2
    assert names(book.today.on(DAY))


def test_what_plans_lag_behind_in_is_what_was_due_before_the_day_and_not_done_by_it(book: Book) -> None:
    key = client(book, "Acme")
    plan = book.plans.add(PlanDraft(client_id=key, title="Plan A", starts=ago(100), ends=ago(-100)))
    for title, due, done in (
        ("late", 9, None),
        ("done later", 8, -1),
        ("done in time", 7, 7),
        ("due on the day", 0, None),
        ("some day", None, None),
    ):
        book.actions.add(
            ActionDraft(
                plan_id=plan,
                title=title,
                due=None if due is None else ago(due),
                done_on=None if done is None else ago(done),
            )
        )
    found = book.today.on(DAY).overdue
    assert [(each.client_id, each.title, each.due) for each in found] == [
        (key, "late", ago(9)),
        (key, "done later", ago(8)),
    ]
