"""One client as a row of the table: figures worked out once for a day, with the reason of every dash.

Usage: `rows = rows_of(figures.on(day), colleagues)`; a `Shown` is an amount in minor units, or None with `why` not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

from app.domain.colleagues import Colleague
from app.domain.metrics.cadence import ContactState
from app.domain.metrics.contacts import MIN_CONTACTS
from app.domain.metrics.reasons import Flag, Reason
from app.domain.metrics.rfm import withheld as rfm_withheld
from app.domain.money import round_half_away
from app.domain.names import fold
from app.domain.vocabulary import Tier
from app.services.book_figures import BookFigures
from app.services.client_figures import ClientFigures
from app.words import names, sentences


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure of a cell: its value, None for a dash, and a sentence: the reason of the dash, or what to know of it."""

    value: int | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    """What all rows are written with: colleagues, names of tiers, and why nobody has scores, if so."""

    us: Mapping[int, Colleague]
    tiers: Mapping[Tier, str]
    few_buyers: Reason | None


class ClientRow:
    """What the table knows of a client; what stands in cells is worked out when a cell is shown or sorted by."""

    def __init__(self, figures: ClientFigures, words: _Words) -> None:
        self.figures = figures
        self.id = figures.client.id
        self.name = figures.client.name
        self._words = words

    @property
    def state(self) -> ContactState:
        """Where the client stands against its cadence."""
        return self.figures.contact.state

    @property
    def tier(self) -> str:
        """The firm's name of the tier."""
        return self._words.tiers.get(self.figures.tier) or names.name(self.figures.tier)

    @property
    def stage(self) -> str:
        """The name of the stage."""
        return names.name(self.figures.stage.stage)

    @property
    def owner(self) -> str:
        """The owner's initials, else its name."""
        owner = self._owner
        return (owner.initials or owner.name) if owner else ""

    @property
    def owner_name(self) -> str:
        """The owner's name."""
        return self._owner.name if self._owner else ""

    @property
    def tags(self) -> str:
        """All tags."""
        return ", ".join(self.figures.client.tags)

    @cached_property
    def sought(self) -> str:
        """The folded text the filter looks into."""
        client = self.figures.client
        words = (client.name, client.code, *client.aliases, *client.tags, self.owner_name, self.owner)
        return _folded("\n".join(filter(None, words)))

    @cached_property
    def tfi(self) -> Shown:
        """TFI, and what to know of it."""
        return Shown(_whole(self.figures.fees.tfi), _about_tfi(self.figures))

    @cached_property
    def lifetime(self) -> Shown:
        """The discounted value of five years."""
        value = self.figures.value
        return _unless(value.discounted_withheld, value.finite)

    @cached_property
    def expected(self) -> Shown:
        """The expected value."""
        expected = self.figures.value.expected
        return _unless(None if expected.shown is not None else expected.withheld, expected.shown)

    @cached_property
    def fees(self) -> Shown:
        """The fees of 12 months."""
        return _unless(self._never_bought, self.figures.fees.last_12_months)

    @cached_property
    def observed(self) -> Shown:
        """All fees so far."""
        return _unless(self._never_bought, self.figures.fees.observed)

    @cached_property
    def profit(self) -> Shown:
        """The contribution of 12 months."""
        return _profit(self.figures, self._held)

    @cached_property
    def so_far(self) -> Shown:
        """What the client was worth so far."""
        held = self._held
        return _unless(held if held is Reason.NO_COSTS else None, self.figures.historic)

    @cached_property
    def rfm(self) -> Shown:
        """The scores as one number."""
        return _rfm(self.figures, self._words.few_buyers)

    @cached_property
    def dialogue(self) -> Shown:
        """Their share of the dialogue, per cent."""
        return _dialogue(self.figures)

    @property
    def _owner(self) -> Colleague | None:
        key = self.figures.client.owner_id
        return None if key is None else self._words.us.get(key)

    @property
    def _never_bought(self) -> Reason | None:
        return Reason.NO_PURCHASE if self.figures.fees.documents == 0 else None

    @cached_property
    def _held(self) -> Reason | None:
        return dict(self.figures.contribution_12.withheld).get("contribution")


def rows_of(book: BookFigures, colleagues: Iterable[Colleague]) -> list[ClientRow]:
    """Make the rows of a day, by name."""
    words = _Words(
        us={colleague.id: colleague for colleague in colleagues},
        tiers={level.tier: level.name for level in book.tiers},
        few_buyers=dict(rfm_withheld(book.portfolio.with_purchase)).get("RFM"),
    )
    return sorted((ClientRow(figures, words) for figures in book.clients.values()), key=lambda row: _folded(row.name))


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
