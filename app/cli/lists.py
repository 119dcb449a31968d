"""`rapport import`: a list read, compared, told, and taken as one step (COMMANDS “Reading a list”)."""

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Any

from app.cli import output
from app.domain.checking import InvalidInputError, Problem
from app.domain.parsing import DateOrder, DecimalMark
from app.exchange.comparing.naming import Match
from app.exchange.comparing.outcome import ChangedRow, Existing
from app.exchange.importing import Choices, Plan, apply, plan
from app.exchange.lists.fields import Kind
from app.exchange.lists.reading import Wishes, prepare
from app.exchange.reading.csv_lists import SEPARATORS, TextChoice
from app.exchange.reading.files import open_list
from app.services.book import Book
from app.words import importing as words
from app.words.catalogue import trn

SHOWN_PROBLEMS = 20
LISTED_CHANGES = 1_000


def bring(book: Book, asked: argparse.Namespace) -> int:
    """Import a list; gives the exit code: 2 where problems kept everything out, the answer told all the same."""
    today = date.today()
    currency = book.firm.get().currency
    prepared = prepare(
        open_list(asked.file, TextChoice(asked.encoding, SEPARATORS.get(asked.separator))),
        _wishes(asked),
        currency,
        today,
    )
    prepared.insist()
    choices = Choices(match=Match(asked.match) if asked.match else None, existing=Existing(asked.existing))
    planned = plan(book.imports, prepared, choices, today)
    kept_out = bool(planned.problems) and not asked.skip_problems and not asked.dry_run
    if not asked.dry_run and not kept_out:
        apply(book.imports, planned)
    if asked.json:
        output.say_json(_answer(planned, currency))
    else:
        _print(planned, currency, dry=asked.dry_run, kept_out=kept_out)
    if kept_out:
        output.complain(
            trn("{n} row has problems", "{n} rows have problems", len(planned.problems)) + ", so nothing was imported."
            " Mend the list, or leave those rows out with --skip-problems.",
            2,
            as_json=False,
        )
    return 2 if kept_out else 0


def _wishes(asked: argparse.Namespace) -> Wishes:
    columns = {}
    for pair in asked.map:
        field, equals, column = pair.partition("=")
        if not equals or not field:
            raise InvalidInputError(
                Problem("map", f"“{pair}” is no mapping.", "Write --map FIELD=COLUMN, such as --map client=Customer.")
            )
        columns[field.strip()] = column
    return Wishes(
        kind=Kind(asked.kind),
        sheet=asked.sheet,
        columns=columns,
        date_order=DateOrder(asked.date_order) if asked.date_order else None,
        decimal=DecimalMark(asked.decimal) if asked.decimal else None,
    )


def _answer(planned: Plan, currency: str) -> dict[str, Any]:
    return {
        "rows": planned.rows,
        "new": planned.new,
        "changed": planned.changed,
        "same": planned.same,
        "skipped": planned.skipped,
        "problems": [
            {"row": found.row, "column": found.field, "problem": found.problem, "mend": found.mend}
            for found in planned.problems
        ],
        "notices": [*planned.told(), *_differences(planned.changes, currency, LISTED_CHANGES)],
    }


def _differences(changes: Sequence[ChangedRow], currency: str, most: int) -> list[str]:
    """List the changed rows with what differs, and say of those left as they are how to take them."""
    said = []
    for changed in changes[:most]:
        parts = [f"{name} {before} → {after}" for name, before, after in words.changes(changed.changes, currency)]
        left = ", ".join(words.field(name) for name in changed.changes if name in changed.left)
        hint = f" ({left} left; --existing update takes what differs)" if left else ""
        said.append(f"Row {changed.row}, {changed.about}: {'; '.join(parts)}{hint}.")
    if len(changes) > most:
        said.append(trn("And {n} more row differs.", "And {n} more rows differ.", len(changes) - most))
    return said


def _print(planned: Plan, currency: str, *, dry: bool, kept_out: bool) -> None:
    verb = "Would import" if dry else "Nothing imported of" if kept_out else "Imported"
    rows = trn("{n} row", "{n} rows", planned.rows)
    output.say(
        f"{verb} {rows}: {planned.new:,} new, {planned.changed:,} changed, {planned.same:,} the same,"
        f" {planned.skipped:,} left out, {len(planned.problems):,} with problems."
    )
    if planned.new_clients:
        output.say(f"New clients: {len(planned.new_clients):,}.")
    for notice in planned.told():
        output.say(f"  {notice}")
    for line in _differences(planned.changes, currency, SHOWN_PROBLEMS):
        output.say(f"  {line}")
    for found in planned.problems[:SHOWN_PROBLEMS]:
        place = f"Row {found.row}, {found.field}" if found.field else f"Row {found.row}"
        output.say(f"  {place}: {found.sentence()}")
    if len(planned.problems) > SHOWN_PROBLEMS:
        output.say(f"  and {len(planned.problems) - SHOWN_PROBLEMS:,} more")
