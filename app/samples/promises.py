"""Promises of the sample agency: the hand-written ones, and those that came out of a call or a meeting."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from app.domain.promises import PromiseDraft
from app.domain.vocabulary import PromiseBy
from app.samples.cast import Cast, Present
from app.samples.days import ago, workday
from app.samples.drafts import BookDrafts
from app.samples.phrases import Phrases, Scene

BROKEN = {PromiseBy.US: 0.04, PromiseBy.THEM: 0.1}


def add_promises(book: BookDrafts, client_id: int, cast: Cast, contacts: Mapping[date, int]) -> None:
    """Add the hand-written promises, each to the contact of its day if there is one."""
    today = book.today
    for spec in cast.spec.promises:
        colleague = cast.colleagues.get(spec.from_)
        book.promises.add(
            PromiseDraft(
                client_id=client_id,
                what=spec.what,
                by=PromiseBy(spec.by),
                due=workday(ago(today, spec.due), today),
                contact_id=contacts.get(workday(ago(today, spec.made), today)),
                person_id=cast.person(spec.who).id,
                colleague_id=colleague.id if colleague else None,
                kept_on=None if spec.kept is None else workday(ago(today, spec.kept), today),
            )
        )


def add_drawn_promise(
    book: BookDrafts,
    phrases: Phrases,
    *,
    client_id: int,
    contact: int,
    scene: Scene,
    present: Present,
    random: Random,
) -> None:
    """Add a promise made in a contact long enough ago to be kept by now, or broken."""
    today = book.today
    by = PromiseBy.US if random.random() < 0.66 else PromiseBy.THEM
    _, what = phrases.draw(random, f"promises.{by}", str(client_id), scene)
    due = workday(scene.day + timedelta(days=random.randint(4, 14)), today)
    done = workday(due + timedelta(days=random.choice((-3, -2, -1, -1, 0, 0, 0, 1, 4))), today)
    broken = random.random() < BROKEN[by]
    book.promises.add(
        PromiseDraft(
            client_id=client_id,
            what=what,
            by=by,
            due=due,
            contact_id=contact,
            person_id=present.people[0].id,
            colleague_id=present.colleagues[0].id if by is PromiseBy.US else None,
            kept_on=None if broken else max(scene.day, done),
            broken_on=workday(due + timedelta(days=9), today) if broken else None,
        )
    )
