"""Customer equity, the score of the firm: what it comes to and what it is made of (METRICS V13)."""

from dataclasses import dataclass
from fractions import Fraction

from app.domain.metrics.contribution import FULL_COVERAGE
from app.domain.metrics.equity import CustomerEquity, customer_equity
from app.domain.vocabulary import Stage
from app.services.book_figures import BookFigures
from app.services.client_figures import ClientFigures
from app.words import formats
from app.words.catalogue import tr, trn
from app.words.explanations import Amounts
from ui.widgets.explanation import ExplanationRow, ExplanationView


@dataclass(frozen=True, slots=True)
class Equity:
    """The sum, and the clients with and without a value."""

    found: CustomerEquity
    counted: tuple[ClientFigures, ...]
    left_out: int


def equity_of(book: BookFigures) -> Equity:
    """Add up the current clients: neither ended ones nor those who never bought; a value withheld is left out."""
    current = [f for f in book.clients.values() if f.fees.n and f.stage.stage is not Stage.ENDED]
    counted = tuple(f for f in current if f.value.discounted_withheld is None and f.value.finite is not None)
    return Equity(customer_equity(f.value.finite for f in counted), counted, len(current) - len(counted))


def overstated(equity: Equity) -> str:
    """Say that costs are missing, without which the value is too high; nothing where enough are known (METRICS V1)."""
    fees = sum(f.contribution_12.fees for f in equity.counted)
    covered = sum((f.contribution_12.fees * (f.contribution_12.coverage or 0) for f in equity.counted), Fraction())
    share = Fraction(covered, fees) if fees > 0 else None
    if share is None or share >= FULL_COVERAGE:
        return ""
    return tr("overstated: costs known for {share}").format(share=formats.share(share))


def explained(equity: Equity, book: BookFigures) -> ExplanationView:
    """Show the sum tier by tier, the share of the largest client, and what the figure is not."""
    amounts = Amounts(book.firm.currency, pence=False)
    tiers = [
        (level.name, [f.value.finite or Fraction() for f in equity.counted if f.tier is level.tier])
        for level in book.tiers
    ]
    tiers = [(name, values) for name, values in tiers if values]
    shown = amounts.adding_up(equity.found.total, [sum(values, Fraction()) for _, values in tiers])
    rows = tuple(
        ExplanationRow("", name, trn("{n} client", "{n} clients", len(values)), amounts.show(amount))
        for (name, values), amount in zip(tiers, shown, strict=True)
    )
    largest = max(equity.counted, key=lambda f: f.value.finite or Fraction())
    paragraphs = [tr("It compares with itself under the same settings; it is not what the firm could be sold for.")]
    if equity.found.largest_share is not None:
        share = formats.share(equity.found.largest_share)
        paragraphs.insert(
            0, tr("{client} alone is worth {share} of it.").format(client=largest.client.name, share=share)
        )
    missing = overstated(equity)
    if missing:
        paragraphs.append(f"{missing[:1].upper()}{missing[1:]} {tr('of the fees.')}")
    note = tr("Each client's lifetime value over 5 years, discounted; losses count, ended relationships do not.")
    if equity.left_out:
        out = trn("{n} client without a value left out", "{n} clients without a value left out", equity.left_out)
        note = f"{note} {out}."
    return ExplanationView(
        tr("Customer equity"),
        tr("rule V13, as of {day}").format(day=formats.day(book.as_of)),
        tr("{total} = the lifetime values of {clients}").format(
            total=amounts.show(equity.found.total),
            clients=trn("{n} client", "{n} clients", equity.found.clients),
        ),
        rows,
        tuple(paragraphs),
        note,
    )
