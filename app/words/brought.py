"""What a list that was brought in says at once: what came, what of it does not count yet, and what it shows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from app.domain.metrics.concentration import Concentration
from app.domain.vocabulary import Direction
from app.words import formats, portfolio
from app.words.catalogue import tr, trn


def come_to(amounts: Mapping[str, int], first: date, last: date) -> str:
    """Say what fees or costs come to, by currency in minor units, to be held against the accounts."""
    money = [formats.money(minor, currency, pence=True) for currency, minor in amounts.items()]
    when = formats.day(first)
    if last != first:
        when = tr("{first} to {last}").format(first=when, last=formats.day(last))
    return tr("Together {money}, {when}.").format(money=formats.listed(money, 4), when=when)


def without_rate(fees: int) -> str:
    """Say how many fees count nowhere yet."""
    return trn(
        "{n} fee in another currency counts nowhere until it has a rate.",
        "{n} fees in other currencies count nowhere until they have a rate.",
        fees,
    )


def dated_later(rows: int, day: date) -> str:
    """Say how many rows are later than the day that is shown."""
    words = trn("{n} is dated after {{day}}", "{n} are dated after {{day}}", rows).format(day=formats.day(day))
    return tr("{later}, the day shown: what you see now is without them.").format(later=words)


def who_brings(found: Concentration, largest: str, day: date) -> str:
    """Say how few bring how much of all fees, and what losing the largest would cost."""
    title, few = portfolio.pareto_title(found)
    share = found.largest_share
    if share is None or not few or found.n < 2:
        return ""
    sentence = tr("{few} to {day}.").format(few=title, day=formats.day(day))
    if few == 1:
        return sentence
    alone = tr("Losing {client} would cost {share}.").format(client=largest, share=formats.share(share))
    return f"{sentence} {alone}"


def overdue(names: Sequence[str], day: date) -> str:
    """Name clients that have not bought for longer than they usually do, the longest first."""
    if not names:
        return ""
    clients = portfolio.count(len(names), "client has", "clients have")
    words = tr("{clients} not bought for longer than their own rhythm on {day}: {names}.")
    return words.format(clients=clients, day=formats.day(day), names=formats.listed(names))


def who_spoke(directions: Counter[Direction], first: date, last: date) -> str:
    """Say from when to when contacts reach, and how many of the one-way ones are theirs."""
    when = formats.day(first)
    if last != first:
        when = tr("{first} to {last}").format(first=when, last=formats.day(last))
    theirs, ours = directions[Direction.IN], directions[Direction.OUT]
    if not theirs + ours:
        return f"{when}."
    share = formats.share(Fraction(theirs, theirs + ours))
    words = tr("{when}. In {theirs} they spoke to us, in {ours} we to them: {share} are theirs.")
    return words.format(when=when, theirs=f"{theirs:,}", ours=f"{ours:,}", share=share)


def fees_come_next() -> str:
    """Say what is best brought in where the book has no fees."""
    return tr("Fees come next: bring in your list of invoices, and every client's worth stands beside its name.")
