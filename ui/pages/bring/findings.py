"""What a list that was brought in shows at once: sentences that are true of the book, none where there is nothing."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from app.domain.metrics.warnings import Rule, WarningKind
from app.exchange.importing import Plan
from app.exchange.lists.fields import Kind
from app.services.book import Book
from app.services.book_figures import BookFigures
from app.words import brought

BOUGHT = WarningKind.PURCHASE_GAP
OLD = timedelta(days=365)


def findings(book: Book, planned: Plan, day: date) -> tuple[str, ...]:
    """Say what a list that was just brought in shows on a day.

    What a book of old data shows is said for the day of its newest fee.
    """
    inserts = planned.batch.inserts
    said: list[str] = []
    dated = next((inserts[table].columns for table in ("fee", "cost", "contact") if table in inserts), {})
    days = dated.get("on", [])
    if days and "direction" in dated:
        said.append(brought.who_spoke(Counter(dated["direction"]), min(days), max(days)))
    elif days:
        said += _money(book, dated, days)
    later = sum(on > day for on in days)
    if later:
        said.append(brought.dated_later(later, day))
    newest = book.figures.newest_fee_day()
    if newest is None:
        return (*said, brought.fees_come_next())
    looked_at = newest if newest <= day - OLD else day
    if planned.kind is Kind.FEES:
        said += _about_fees(book.figures.on(looked_at))
    return tuple(filter(None, said))


def _money(book: Book, columns: dict[str, list[object]], days: Sequence[date]) -> list[str]:
    currency = book.firm.get().currency
    amounts: Counter[str] = Counter()
    originals = columns.get("original") or columns["amount"]
    for minor, written in zip(originals, columns.get("currency") or [currency] * len(originals), strict=True):
        amounts[str(written)] += minor if isinstance(minor, int) else 0
    said = [brought.come_to(amounts, min(days), max(days))]
    uncounted = sum(amount is None for amount in columns["amount"])
    return [*said, brought.without_rate(uncounted)] if uncounted else said


def _about_fees(figures: BookFigures) -> list[str]:
    found = figures.portfolio.concentration
    largest = figures.of(found.standings[0].client).client.name if found.standings else ""
    late = sorted(
        (warning for warning in figures.warnings if warning.rule is Rule.RHYTHM and warning.kind is BOUGHT),
        key=lambda warning: -(warning.days or 0),
    )
    names = list(dict.fromkeys(figures.of(warning.client).client.name for warning in late))
    return [brought.who_brings(found, largest, figures.as_of), brought.overdue(names, figures.as_of)]
