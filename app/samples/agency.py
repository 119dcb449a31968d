"""The sample agency: a fictional PR firm with its clients over four years, the same for the same day and seed."""

from datetime import date, timedelta
from random import Random

from app.domain.clients import ClientDraft, StageRow
from app.domain.firm import Firm
from app.domain.vocabulary import Stage, Tier
from app.samples.cast import Cast
from app.samples.costs import Costs
from app.samples.days import ago, workday
from app.samples.dialogue import Dialogue
from app.samples.drafts import BookDrafts
from app.samples.feedback import add_answer, add_feedback, was_asked
from app.samples.fees import Fees, number_documents
from app.samples.people import add_colleagues, add_people
from app.samples.phrases import Phrases
from app.samples.plans import add_plans
from app.samples.promises import add_promises
from app.samples.specs import AgencySpec, read

SEED = 1926
DAYS = 1461


def sample_agency(today: date, seed: int = SEED) -> BookDrafts:
    """Make up the whole book, every date counted back from `today`."""
    spec = read()
    firm = Firm(
        name=spec.name,
        currency=spec.currency,
        year_starts=spec.year_starts,
        hourly_cost=100 * spec.hourly_cost,
    )
    book = BookDrafts(firm, today)
    colleagues = add_colleagues(book, spec, today)
    phrases = Phrases(spec.phrases)
    answers = iter(spec.answers)
    for client in spec.clients:
        # Each client has dice of its own, so that a change to one leaves the others as they were.
        cast = Cast(
            client, add_people(book, client, len(book.clients.drafts) + 1), colleagues, _dice(seed, client.code)
        )
        dialogue = _add_client(book, spec, cast, phrases)
        if was_asked(client) and (answer := next(answers, None)):
            add_answer(dialogue, answer)
    Costs(book, spec, _dice(seed, "agency")).add_general(spec.general_costs, DAYS)
    number_documents(book)
    return book


def _dice(seed: int, name: str) -> Random:
    return Random(f"{seed}/{name}")


def _add_client(book: BookDrafts, agency: AgencySpec, cast: Cast, phrases: Phrases) -> Dialogue:
    spec, client_id = cast.spec, len(book.clients.drafts) + 1
    first_bill = Fees(book, agency, cast.random).add_client(spec, client_id)
    Costs(book, agency, cast.random).add_client(spec, client_id, first_bill)
    book.clients.add(_client(book.today, cast, first_bill))
    for alias in spec.aliases:
        book.aliases.add((client_id, alias))
    for row in spec.stages:
        since = ago(book.today, row["ago"])
        book.stages.add(StageRow(client_id=client_id, stage=Stage(row["stage"]), since=since, reason=row["reason"]))
    dialogue = Dialogue(book, phrases, client_id, cast)
    dialogue.add_past(first_bill)
    for line in (*spec.recent, *spec.planned):
        dialogue.add_line(line)
    add_promises(book, client_id, cast, dialogue.written)
    for feedback in spec.feedback:
        add_feedback(dialogue, feedback)
    add_plans(book, spec, client_id, cast.colleagues)
    return dialogue


def _client(today: date, cast: Cast, first_bill: date | None) -> ClientDraft:
    spec, random = cast.spec, cast.random
    won = None
    known = None if spec.known is None else ago(today, spec.known)
    if first_bill is not None and known is not None:
        won = max(known, workday(first_bill - timedelta(days=random.randint(6, 24)), today))
    tier, snooze = spec.tier, spec.snooze
    return ClientDraft(
        name=spec.name,
        code=spec.code,
        owner_id=cast.colleagues[spec.owner].id,
        tier=Tier(tier["tier"]) if tier else None,
        tier_reason=tier["reason"] if tier else "",
        tier_since=ago(today, tier["ago"]) if tier else None,
        first_contact=known if known and random.random() < 0.4 else None,
        won=won,
        sector=spec.sector,
        source=spec.source,
        currency=spec.currency,
        cadence_days=spec.cadence,
        preferred_cadence_days=spec.preference.get("days"),
        preferred_channel=spec.preference.get("channel", ""),
        do_not_contact=spec.do_not_contact,
        snoozed_until=ago(today, snooze["until"]) if snooze else None,
        snooze_reason=snooze["reason"] if snooze else "",
        notes=spec.notes,
        tags=spec.tags,
    )
