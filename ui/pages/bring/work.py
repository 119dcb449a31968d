"""The work behind the page, off the window's thread: arrange and open files, read and compare, write."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from app.domain.checking import InvalidInputError
from app.domain.parsing import DateOrder, DecimalMark
from app.errors import AppError, AskedWrongError
from app.exchange.comparing.outcome import Existing
from app.exchange.importing import Choices, Plan, apply, plan
from app.exchange.lists.fields import Kind
from app.exchange.lists.guessing import guess_kind
from app.exchange.lists.reading import Prepared, Wishes, prepare
from app.exchange.lists.sheets import make_sheet
from app.exchange.reading.csv_lists import TextChoice
from app.exchange.reading.files import ListFile, open_list
from app.exchange.reading.progress import Watch
from app.services.book import Book
from app.services.imports import Imports
from app.words import importing
from app.words.catalogue import tr
from ui.pages.bring.findings import findings
from ui.pages.bring.read_as import ReadAs, read_as
from ui.tasks.runner import Cancelled, Report

# Whoever is named in a list should be known before it: clients before their people, fees and contacts.
ORDER = (Kind.CLIENTS, Kind.PEOPLE, Kind.FEES, Kind.COSTS, Kind.CONTACTS, Kind.FEEDBACK)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person has chosen so far; what is None is found."""

    kind: Kind | None = None
    sheet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None
    decimal: DecimalMark | None = None
    encoding: str | None = None
    delimiter: str | None = None
    existing: Existing = Existing.ADD
    same_as: Mapping[str, int] = field(default_factory=dict)

    def mapped(self, prepared: Prepared, column: str, to: str | None) -> "Wanted":
        """Say which field a column holds, None for no field; what was understood of the other columns stays."""
        header = prepared.sheet.header
        held = {name: header[index] for name, index in prepared.mapping.columns.items()}
        columns = dict(self.columns) | held
        for name, known in held.items():
            if known == column:
                columns[name] = ""
        if to is not None:
            columns[to] = column
        return replace(self, columns=columns)

    def named(self, name: str, client_id: int | None) -> "Wanted":
        """Say which client a name of the list is, None for a client of its own."""
        others = {other: known for other, known in self.same_as.items() if other != name}
        return replace(self, same_as=others if client_id is None else others | {name: client_id})


@dataclass(frozen=True, slots=True)
class Understood:
    """What a list is, and what bringing it in would do; no plan while something must be asked first.

    `unsure` says what could not be found: which sheet, or what its rows are.
    """

    file: ListFile
    wanted: Wanted
    prepared: Prepared
    plan: Plan | None
    read_as: tuple[ReadAs, ...]
    unsure: str = ""


def further_sheets(file: ListFile, done: Collection[str]) -> tuple[str, ...]:
    """Name the visible sheets of a file that look like lists and were not brought in."""
    found = []
    for sheet in file.sheets:
        grid = file.grids.get(sheet.name)
        if grid is None or sheet.hidden or sheet.name in done:
            continue
        with suppress(AskedWrongError):
            if guess_kind(make_sheet(grid)).kind is not None:
                found.append(sheet.name)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Arranging:
    """Puts several files in the order in which they are best brought in; those that cannot be read come last."""

    files: tuple[Path, ...]
    currency: str

    def __call__(self, report: Report, cancelled: Cancelled) -> list[Path]:
        """Do the work."""
        places = {}
        for file in self.files:
            watch = watched(report, cancelled, tr("Looking at {name}").format(name=file.name))
            watch.step(0, 0)
            places[file] = self._place(file, watch)
        return sorted(self.files, key=places.__getitem__)

    def _place(self, file: Path, watch: Watch) -> int:
        try:
            kind = prepare(open_list(file, watch=watch), Wishes(), self.currency, date.today(), watch).kind
        except (AppError, InvalidInputError):
            return len(ORDER)
        return ORDER.index(kind) if kind in ORDER else len(ORDER)


@dataclass(frozen=True, slots=True)
class Opening:
    """Opens a file and understands it as far as it goes."""

    path: Path
    wanted: Wanted
    imports: Imports
    currency: str

    def __call__(self, report: Report, cancelled: Cancelled) -> Understood:
        """Do the work."""
        watch = watched(report, cancelled, tr("Reading {name}").format(name=self.path.name))
        file = open_list(self.path, watch=watch)
        return Understanding(file, self.wanted, self.imports, self.currency)(report, cancelled)


@dataclass(frozen=True, slots=True)
class Understanding:
    """Reads a list again with what the person has chosen, and compares it with the book."""

    file: ListFile
    wanted: Wanted
    imports: Imports
    currency: str

    def __call__(self, report: Report, cancelled: Cancelled) -> Understood:
        """Do the work."""
        watch = watched(report, cancelled, tr("Comparing with the book"))
        today = date.today()
        file = self._file(watch)
        prepared, unsure = self._prepared(file, today, watch)
        planned = None
        if prepared.mapping.without_doubts():
            choices = Choices(existing=self.wanted.existing, same_as=self.wanted.same_as)
            planned = plan(self.imports, prepared, choices, today, watch)
        return Understood(file, self.wanted, prepared, planned, read_as(file, prepared, self.currency, today), unsure)

    def _file(self, watch: Watch) -> ListFile:
        wanted, file = self.wanted, self.file
        fits = wanted.encoding in (file.asked.encoding, file.encoding)
        if not file.encoding or (fits and wanted.delimiter in (file.asked.delimiter, file.delimiter)):
            return file
        return open_list(file.path, TextChoice(wanted.encoding, wanted.delimiter), watch)

    def _prepared(self, file: ListFile, today: date, watch: Watch) -> tuple[Prepared, str]:
        wanted = self.wanted
        wishes = Wishes(
            kind=wanted.kind,
            sheet=wanted.sheet,
            columns=wanted.columns,
            date_order=wanted.date_order,
            decimal=wanted.decimal,
        )
        first = next((sheet.name for sheet in file.sheets if not sheet.hidden), None)
        # What cannot be found is shown as well as it goes, for the person to choose; the last try is refused as it is.
        tries = [(wishes, "")]
        if wishes.sheet is None and first:
            wishes = replace(wishes, sheet=first)
            tries.append((wishes, importing.which_sheet()))
        if wishes.kind is None:
            tries.append((replace(wishes, kind=Kind.CLIENTS), importing.which_kind()))
        for tried, unsure in tries[:-1]:
            try:
                return prepare(file, tried, self.currency, today, watch), unsure
            except AskedWrongError:
                continue
        tried, unsure = tries[-1]
        return prepare(file, tried, self.currency, today, watch), unsure


@dataclass(frozen=True, slots=True)
class Bringing:
    """Writes what was planned, as one step, and looks at what it shows on a day."""

    book: Book
    plan: Plan
    day: date

    def __call__(self, report: Report, cancelled: Cancelled) -> tuple[Plan, tuple[str, ...]]:
        """Do the work."""
        apply(self.book.imports, self.plan, watched(report, cancelled, tr("Bringing in")))
        return self.plan, findings(self.book, self.plan, self.day)


def watched(report: Report, cancelled: Cancelled, words: str) -> Watch:
    """Join a task's report with what the reading and comparing call."""

    def step(done: int, total: int) -> None:
        report(done, total, words)

    return Watch(step, cancelled)
