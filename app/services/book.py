"""A book opened: every service of it, wired once."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.data.copying import Cancelled, never
from app.data.database import Database
from app.data.lock import user
from app.data.seal import Seals
from app.domain.backups import Reason, SealState
from app.domain.changes import ChangeSet
from app.domain.checking import InvalidInputError
from app.domain.firm import Firm
from app.domain.firm import check as check_firm
from app.domain.opening import Notice
from app.errors import BookInUseError, NewerBookError, ReadOnlyBookError, WayOut
from app.paths import Paths
from app.services.backups import Backups
from app.services.clients import Clients
from app.services.contacts import Contacts
from app.services.costs import Costs
from app.services.engagements import Engagements
from app.services.feedback import FeedbackLoop
from app.services.fees import Fees
from app.services.figures import Figures
from app.services.firm import Colleagues, FirmSettings
from app.services.health import HealthCheck
from app.services.history import History
from app.services.imports import Imports
from app.services.opening import Around, look_around, must_be_a_place_to_write
from app.services.people import People
from app.services.plans import Actions, Objectives, Plans
from app.services.promises import Promises
from app.services.quick_log import QuickLog
from app.services.record_history import NounService, RecordHistory
from app.services.search import Search
from app.services.today import Today
from app.services.trash import Trash
from app.settings import SettingsFile

if TYPE_CHECKING:
    from app.services.explanations import Explanations
    from app.services.reviews import Reviews


@dataclass(frozen=True, slots=True)
class Book:
    """One open book: the file and what a person can do with it."""

    database: Database
    firm: FirmSettings
    colleagues: Colleagues
    clients: Clients
    people: People
    plans: Plans
    objectives: Objectives
    actions: Actions
    promises: Promises
    engagements: Engagements
    fees: Fees
    costs: Costs
    contacts: Contacts
    feedback: FeedbackLoop
    quick_log: QuickLog
    imports: Imports
    history: History
    record_history: RecordHistory
    trash: Trash
    figures: Figures
    today: Today
    search: Search
    backups: Backups
    health: HealthCheck
    backs_up_at_close: bool = False
    why_not_writable: str = ""
    ways_out: tuple[WayOut, ...] = ()
    around: Around = field(default_factory=Around)

    @property
    def reviews(self) -> "Reviews":
        """What gathers a client's review; imported when asked for, as no page begins with it."""
        from app.services.reviews import Reviews

        return Reviews(self.database, self.figures)

    @property
    def explanations(self) -> "Explanations":
        """What explains a figure; imported when asked for."""
        from app.services.explanations import Explanations

        return Explanations(self.database, self.figures)

    @property
    def path(self) -> Path:
        """Where the book lies."""
        return self.database.path

    @property
    def writable(self) -> bool:
        """Whether this opening may change the book."""
        return self.database.writable

    def listen(self, listener: Callable[[ChangeSet], None]) -> None:
        """Hear of every change set after its commit, in the thread that wrote it."""
        self.database.listeners.append(listener)

    @property
    def book_id(self) -> str:
        """The book's own id, which stays with every copy."""
        return self.database.book_id

    @property
    def noticed(self) -> tuple[Notice, ...]:
        """What a person should hear of this opening."""
        return (*self.database.noticed, *self.around.noticed)

    @property
    def left_open(self) -> bool:
        """Whether this program was ended, the last time, before it could close the book."""
        return self.database.left_open

    @property
    def seal(self) -> SealState:
        """Whether the file is as this program last closed or copied it on this computer."""
        return self.database.seal

    def problems(self) -> list[str]:
        """Check structure and keys of the whole file."""
        return self.database.problems()

    @property
    def in_place(self) -> bool:
        """Whether the file at the book's place is still the one that was opened."""
        return self.database.in_place

    def look_for_others(self) -> bool:
        """Tell whether another program has changed the book since the last look; listeners then hear of it too."""
        return self.database.look_for_others()

    def save_copy(self, target: Path, cancelled: Cancelled = never) -> None:
        """Write a whole, checked copy under another name; CancelledError leaves nothing of it."""
        self.database.copy_to(target, cancelled=cancelled)

    def close(self) -> None:
        """Close the file; a window's is backed up first, where it has changed."""
        if self.backs_up_at_close:
            self.backups.at_close()
        self.database.close()


def open_book(path: Path, *, write: bool, paths: Paths | None = None, day: date | None = None) -> Book:
    """Open an existing book; never creates. Raises as `Database.open` says.

    Its backups and seals are in `paths`: those of this person, unless given. The figures of `day` are worked out while
    the file is checked.
    """
    paths = paths or Paths.of_person()
    seals = Seals(paths.seals)
    if write:
        must_be_a_place_to_write(path, paths)

    def keep(old: Database) -> None:
        Backups(old, paths).before(Reason.MIGRATION, pinned=True)

    kept: dict[Database, Figures] = {}

    def begin(opened: Database) -> None:
        kept[opened] = Figures(opened)
        if day:
            kept[opened].on(day)

    database = Database.open(path, user(), write=write, seals=seals, before_update=keep, meanwhile=begin)
    backups = Backups(database, paths, second_place(paths))
    figures = kept.get(database) or Figures(database)
    clients, colleagues, people = Clients(database), Colleagues(database), People(database)
    plans, objectives, actions = Plans(database), Objectives(database), Actions(database)
    engagements, fees, costs = Engagements(database), Fees(database), Costs(database)
    contacts, promises, feedback = Contacts(database), Promises(database), FeedbackLoop(database)
    by_table: dict[str, NounService] = {
        "client": clients,
        "colleague": colleagues,
        "person": people,
        "plan": plans,
        "objective": objectives,
        "action": actions,
        "engagement": engagements,
        "fee": fees,
        "cost": costs,
        "contact": contacts,
        "promise": promises,
        "feedback": feedback,
    }
    return Book(
        database=database,
        firm=FirmSettings(database),
        colleagues=colleagues,
        clients=clients,
        people=people,
        plans=plans,
        objectives=objectives,
        actions=actions,
        promises=promises,
        engagements=engagements,
        fees=fees,
        costs=costs,
        contacts=contacts,
        feedback=feedback,
        quick_log=QuickLog(clients, people, contacts),
        imports=Imports(database),
        history=History(database),
        record_history=RecordHistory(database, by_table),
        trash=Trash(database),
        figures=figures,
        today=Today(database, figures),
        search=Search(database),
        backups=backups,
        health=HealthCheck(database, backups, seals),
    )


def second_place(paths: Paths) -> Path | None:
    """Give the second folder for backups that this person chose."""
    with suppress(OSError):
        chosen = SettingsFile(paths.settings).current.second_backups
        return Path(chosen) if chosen else None
    return None


def open_for_window(path: Path, paths: Paths | None = None, day: date | None = None) -> Book:
    """Open a book to change it, or, where that cannot be, to read it: `why_not_writable` then says why.

    It is backed up when it is closed, where it has changed, and before changes of many rows. The figures of `day` are
    worked out while the file is checked.
    """
    try:
        book = replace(open_book(path, write=True, paths=paths, day=day), backs_up_at_close=True)
        book.database.before_many = book.backups.before_many
        book.look_for_others()
    except (NewerBookError, ReadOnlyBookError, BookInUseError) as error:
        book = open_book(path, write=False, paths=paths, day=day)
        book = replace(book, why_not_writable=error.sentence, ways_out=error.ways)
    last = next(iter(book.history.steps(1)), None) if book.writable else None
    return replace(book, around=look_around(book.path, last.when if last else None))


def new_book(path: Path, firm: Firm) -> None:
    """Make a new book; refuses a place where something is already."""
    problems = check_firm(firm)
    if problems:
        raise InvalidInputError(*problems)
    Database.create(path, firm)
