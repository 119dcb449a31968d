"""The work behind the page, off the window's thread: open the file, read and compare, write."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from app.domain.parsing import DateOrder, DecimalMark
from app.exchange.comparing.outcome import Existing
from app.exchange.importing import Choices, Plan, apply, plan
from app.exchange.lists.fields import Kind
from app.exchange.lists.reading import Prepared, Wishes, prepare
from app.exchange.reading.files import ListFile, open_list
from app.exchange.reading.progress import Watch
from app.services.imports import Imports
from app.words.catalogue import tr
from ui.tasks.runner import Cancelled, Report


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person has chosen so far; what is None is found."""

    kind: Kind | None = None
    sheet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None
    decimal: DecimalMark | None = None
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


@dataclass(frozen=True, slots=True)
class Understood:
    """What a list is, and what bringing it in would do; no plan while something must be asked first."""

    file: ListFile
    wanted: Wanted
    prepared: Prepared
    plan: Plan | None


@dataclass(frozen=True, slots=True)
class Opening:
    """Opens a file and understands it as far as it goes."""

    path: Path
    imports: Imports
    currency: str

    def __call__(self, report: Report, cancelled: Cancelled) -> Understood:
        """Do the work."""
        watch = watched(report, cancelled, tr("Reading {name}").format(name=self.path.name))
        file = open_list(self.path, watch=watch)
        return Understanding(file, Wanted(), self.imports, self.currency)(report, cancelled)


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
        wanted = self.wanted
        wishes = Wishes(
            kind=wanted.kind,
            sheet=wanted.sheet,
            columns=wanted.columns,
            date_order=wanted.date_order,
            decimal=wanted.decimal,
        )
        prepared = prepare(self.file, wishes, self.currency, today, watch)
        planned = None
        if prepared.mapping.without_doubts():
            choices = Choices(existing=wanted.existing, same_as=wanted.same_as)
            planned = plan(self.imports, prepared, choices, today, watch)
        return Understood(self.file, wanted, prepared, planned)


@dataclass(frozen=True, slots=True)
class Bringing:
    """Writes what was planned, as one step."""

    imports: Imports
    plan: Plan

    def __call__(self, report: Report, cancelled: Cancelled) -> Plan:
        """Do the work."""
        apply(self.imports, self.plan, watched(report, cancelled, tr("Bringing in")))
        return self.plan


def watched(report: Report, cancelled: Cancelled, words: str) -> Watch:
    """Join a task's report with what the reading and comparing call."""

    def step(done: int, total: int) -> None:
        report(done, total, words)

    return Watch(step, cancelled)
