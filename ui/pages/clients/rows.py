"""One client as a row of the table: figures worked out once for a day, with the reason of every dash.

Usage: `rows = rows_of(figures.on(day), colleagues)`; a `Shown` is an amount in minor units, or None with `why` not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from app.domain.colleagues import Colleague
from app.domain.metrics.cadence import ContactState
from app.domain.metrics.contacts import MIN_CONTACTS
from app.domain.metrics.reasons import Flag, Reason
from app.domain.metrics.rfm import withheld as rfm_withheld
from app.domain.money import round_half_away
from app.domain.names import fold
from app.services.figures import BookFigures, ClientFigures
from app.words import names, sentences


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure of a cell: its value, None for a dash, and a sentence: the reason of the dash, or what to know of it."""

    value: int | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class ClientRow:
    """What the table knows of a client; `sought` is the folded text the filter looks into."""

    id: int
    name: str
    tier: str
    stage: str
    owner: str
    owner_name: str
    tags: str
    tfi: Shown
    lifetime: Shown
    expected: Shown
    fees: Shown
    observed: Shown
    profit: Shown
    so_far: Shown
    rfm: Shown
    dialogue: Shown
    figures: ClientFigures
    sought: str

    @property
    def state(self) -> ContactState:
        """Where the client stands against its cadence."""
        return self.figures.contact.state


def rows_of(book: BookFigures, colleagues: Iterable[Colleague]) -> list[ClientRow]:
    """Make the rows of a day, by name."""
    us = {colleague.id: colleague for colleague in colleagues}
    tiers = {level.tier: level.name for level in book.tiers}
    few_buyers = dict(rfm_withheld(book.portfolio.with_purchase)).get("RFM")
    found = [
        _row(figures, us, tiers.get(figures.tier) or names.name(figures.tier), few_buyers)
        for figures in book.clients.values()
    ]
    return sorted(found, key=lambda row: _folded(row.name))


def _row(figures: ClientFigures, us: dict[int, Colleague], tier: str, few_buyers: Reason | None) -> ClientRow:
    client, fees, value = figures.client, figures.fees, figures.value
    owner = us.get(client.owner_id) if client.owner_id is not None else None
    initials = (owner.initials or owner.name) if owner else ""
    stage = names.name(figures.stage.stage)
    held = dict(figures.contribution_12.withheld).get("contribution")
    never_bought = Reason.NO_PURCHASE if fees.documents == 0 else None
    words = (client.name, client.code, *client.aliases, *client.tags, owner.name if owner else "", initials)
    return ClientRow(
        id=client.id,
        name=client.name,
        tier=tier,
        stage=stage,
        owner=initials,
        owner_name=owner.name if owner else "",
        tags=", ".join(client.tags),
        tfi=Shown(_whole(fees.tfi), _about_tfi(figures)),
        lifetime=_unless(value.discounted_withheld, value.finite),
        expected=_unless(value.expected_withheld, value.expected),
        fees=_unless(never_bought, fees.last_12_months),
        observed=_unless(never_bought, fees.observed),
        profit=_profit(figures, held),
        so_far=_unless(held if held is Reason.NO_COSTS else None, figures.historic),
        rfm=_rfm(figures, few_buyers),
        dialogue=_dialogue(figures),
        figures=figures,
        sought=_folded("\n".join(filter(None, words))),
    )


@lru_cache(maxsize=65_536)
def _folded(text: str) -> str:
    # Names hardly change, and folding them anew is half the time of making the rows.
    return fold(text)


def _whole(amount: Fraction | int | None) -> int | None:
    return amount if amount is None or isinstance(amount, int) else round_half_away(amount)


def _unless(reason: Reason | None, amount: Fraction | int | None) -> Shown:
    return Shown(_whole(amount)) if reason is None else Shown(None, sentences.no_figure(reason))


def _about_tfi(figures: ClientFigures) -> str:
    fees = figures.fees
    if fees.why_not is not None:
        return sentences.no_figure(fees.why_not)
    told = [str(fees.evidence)] if fees.evidence else []
    told += [str(flag) for flag in fees.flags if flag in {Flag.LONG_TAIL, Flag.BUNCHED, Flag.WITHOUT_RATE}]
    return "; ".join(told)


def _profit(figures: ClientFigures, held: Reason | None) -> Shown:
    if held is Reason.NO_COSTS:
        return Shown(None, sentences.no_figure(held))
    return Shown(_whole(figures.contribution_12.amount), sentences.no_figure(held))


def _rfm(figures: ClientFigures, few: Reason | None) -> Shown:
    if figures.rfm is None:
        return Shown(None, sentences.no_figure(Reason.NO_PURCHASE))
    return Shown(None, sentences.no_figure(few)) if few else Shown(int(figures.rfm.text))


def _dialogue(figures: ClientFigures) -> Shown:
    spoken = figures.dialogue
    if spoken is None or spoken.year.total < MIN_CONTACTS or spoken.share is None:
        return Shown(None, sentences.no_figure(Reason.FEW_CONTACTS))
    return Shown(round_half_away(spoken.share * 100))
