"""Feedback of the sample agency, each as far round its loop as it came."""

from datetime import date

from app.domain.feedback import FeedbackDraft
from app.domain.vocabulary import Channel, FeedbackKind
from app.samples.cast import Present
from app.samples.days import ago, workday
from app.samples.dialogue import Dialogue
from app.samples.people import Somebody
from app.samples.specs import AnswerSpec, ClientSpec, FeedbackSpec

ASKED_FROM = 650
ASKED_AFTER = 300


def add_feedback(dialogue: Dialogue, spec: FeedbackSpec) -> None:
    """Add a feedback; telling the client is a contact of its own."""
    today, cast = dialogue.book.today, dialogue.cast
    on = workday(ago(today, spec.ago), today)
    person = cast.person(spec.who)
    owner = cast.colleagues.get(spec.owner)

    def later(days: int | None) -> date | None:
        return None if days is None else max(on, workday(ago(today, days), today))

    told = later(spec.told)
    dialogue.book.feedback.add(
        FeedbackDraft(
            client_id=dialogue.client_id,
            on=on,
            verbatim=spec.says,
            person_id=person.id,
            kind=FeedbackKind(spec.kind),
            channel=Channel(spec.via),
            work_score=spec.work,
            service_score=spec.service,
            nps=spec.nps,
            owner_id=owner.id if owner else None,
            owned_on=later(spec.owned),
            action=spec.action,
            acted_on=later(spec.acted),
            told_on=told,
            told_contact_id=_told(dialogue, told, spec, person, owner) if told and owner else None,
        )
    )


def was_asked(spec: ClientSpec) -> bool:
    """Tell whether a client was with us long enough to have been asked in an earlier year."""
    if spec.talk is None or spec.known is None or spec.mood == "cool":
        return False
    return spec.known > max(ASKED_FROM, spec.talk.last + ASKED_AFTER)


def add_answer(dialogue: Dialogue, answer: AnswerSpec) -> None:
    """Add an answer of an earlier year, its loop closed."""
    cast = dialogue.cast
    spec, random = cast.spec, cast.random
    if spec.talk is None or spec.known is None:
        return
    back = random.randint(max(spec.talk.last + 40, 400), spec.known - 220)
    person = next((who for who in cast.people if who.here(back)), cast.people[0])
    owned = back - random.randint(0, 2)
    acted = owned - random.randint(3, 9)
    feedback = FeedbackSpec(
        ago=back,
        who=person.first,
        kind=answer.kind,
        via=random.choice((Channel.FORM, Channel.CALL, Channel.MAIL)),
        says=answer.says,
        work=answer.work,
        service=answer.service,
        nps=answer.nps,
        owner=spec.owner,
        owned=owned,
        action=answer.did,
        acted=acted if answer.did else None,
        told=owned if answer.kind == FeedbackKind.PRAISE else acted - random.randint(1, 8),
        did=answer.did[:1].lower() + answer.did[1:],
    )
    add_feedback(dialogue, feedback)


def _told(dialogue: Dialogue, on: date, spec: FeedbackSpec, person: Somebody, owner: Somebody) -> int:
    written = dialogue.spoken.get(on)
    if written is not None:
        return written
    did = "" if spec.kind == FeedbackKind.PRAISE else spec.did
    return dialogue.tell(on, did, Present((person,), (owner,)))
