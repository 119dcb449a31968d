"""Books made up: the sample agency, and the loads of the benches. Neither can be undone: they begin so."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path

from sqlalchemy import Table

from app.data import nouns, schema
from app.data.database import Database
from app.data.lock import user
from app.data.recorder import Recorder, Row
from app.data.rows import values_of
from app.data.seeding import seeding, stored_row
from app.domain.firm import Firm
from app.samples import loads
from app.samples.agency import SEED, sample_agency
from app.samples.drafts import BookDrafts
from app.samples.loads import LOADS, LoadMaker, Size

ROWS_AT_ONCE = 50_000


def demo_book(path: Path, today: date, *, seed: int = SEED) -> None:
    """Make the sample book at a free place: a fictional PR agency, every date counted back from `today`.

    The same day and seed give the same rows. Raises as `Database.create` does; leaves no half-made book.
    """
    drafts = sample_agency(today, seed)
    with _new(path, drafts.firm) as database, seeding(database) as recorder:
        _write(recorder, drafts)


def load_book(path: Path, size: Size, today: date, seed: int = SEED) -> None:
    """Make a book of a bench's size (PERFORMANCE), in parts, so that memory does not grow with it."""
    maker = LoadMaker(LOADS[size], today, seed)
    with _new(path, Firm(name=f"Load {size}", hourly_cost=6_500)) as database:
        for table, columns, rows in (
            (schema.colleague, loads.COLLEAGUE_COLUMNS, maker.colleagues()),
            (schema.hourly_cost, loads.HOURLY_COST_COLUMNS, maker.hourly_costs()),
            (schema.client, loads.CLIENT_COLUMNS, maker.clients()),
            (schema.person, loads.PERSON_COLUMNS, maker.people()),
            (schema.engagement, loads.ENGAGEMENT_COLUMNS, maker.engagements()),
            (schema.fee, loads.FEE_COLUMNS, maker.fees()),
            (schema.contact, loads.CONTACT_COLUMNS, maker.contacts()),
            (schema.contact_person, ("contact_id", "person_id"), ((row[0], row[1]) for row in maker.present())),
            (schema.contact_colleague, ("contact_id", "colleague_id"), ((row[0], row[2]) for row in maker.present())),
        ):
            _pour(database, table, columns, rows)


@contextmanager
def _new(path: Path, firm: Firm) -> Iterator[Database]:
    Database.create(path, firm)
    database = None
    try:
        database = Database.open(path, user(), write=True)
        yield database
    except BaseException:
        if database:
            database.close()
        path.unlink()
        raise
    database.close()


def _pour(database: Database, table: Table, columns: Sequence[str], rows: Iterable[Row]) -> None:
    whole = map(stored_row(table, columns), rows)
    while part := list(islice(whole, ROWS_AT_ONCE)):
        with seeding(database) as recorder:
            recorder.insert_stored(table, part)


def _write(recorder: Recorder, drafts: BookDrafts) -> None:
    nouns_of: Sequence[tuple[Table, Sequence[object]]] = (
        (nouns.COLLEAGUES.table, drafts.colleagues.drafts),
        (nouns.HOURLY_COSTS.table, drafts.hourly_costs.drafts),
        (schema.client, drafts.clients.drafts),
        (schema.stage, drafts.stages.drafts),
        (nouns.PEOPLE.table, drafts.people.drafts),
        (nouns.ENGAGEMENTS.table, drafts.engagements.drafts),
        (nouns.FEES.table, drafts.fees.drafts),
        (nouns.COSTS.table, drafts.costs.drafts),
        (schema.contact, drafts.contacts.drafts),
        (nouns.PROMISES.table, drafts.promises.drafts),
        (nouns.FEEDBACK.table, drafts.feedback.drafts),
        (nouns.PLANS.table, drafts.plans.drafts),
        (nouns.OBJECTIVES.table, drafts.objectives.drafts),
        (nouns.ACTIONS.table, drafts.actions.drafts),
    )
    for table, rows in nouns_of:
        recorder.insert_many(table, [values_of(draft, table) for draft in rows])
    tags = [(number, tag) for number, client in enumerate(drafts.clients.drafts, 1) for tag in client.tags]
    recorder.insert_many(schema.client_tag, [{"client_id": owner, "tag": tag} for owner, tag in tags])
    names = [{"client_id": owner, "name": name} for owner, name in drafts.aliases.drafts]
    recorder.insert_many(schema.client_alias, names)
    for table, column, field in (
        (schema.contact_person, "person_id", "people"),
        (schema.contact_colleague, "colleague_id", "colleagues"),
    ):
        present = [
            {"contact_id": number, column: who}
            for number, contact in enumerate(drafts.contacts.drafts, 1)
            for who in getattr(contact, field)
        ]
        recorder.insert_many(table, present)
