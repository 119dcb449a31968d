"""What one client's figures on a day are by themselves: made of its rows alone, so they hold until those change."""

from datetime import date
from fractions import Fraction
from functools import cached_property

from app.domain.metrics.contacts import Dialogue, dialogue
from app.domain.metrics.contribution import Acquisition, Contribution, acquisition, contribution, historic_value
from app.domain.metrics.feedback_loop import FeedbackLoop, feedback_loop
from app.domain.metrics.incubation import Incubation, incubation
from app.domain.metrics.portfolio import ClientFees
from app.domain.metrics.tfi import fee_figures
from app.domain.periods import last_years
from app.domain.vocabulary import StartRule
from app.services.series import ClientSeries


class OwnFigures:
    """One client's own figures, minor units, and the series they are made of; `known` is its fees as of the day.

    What concerns costs, dialogue and feedback is worked out when first asked for.
    """

    def __init__(self, series: ClientSeries, as_of: date, rule: StartRule) -> None:
        self.series = series
        self.as_of = as_of
        self.known = series.fees.on(as_of)
        self.fees = fee_figures(self.known, as_of, series.relationship, rule)
        self.contact_gaps = series.contacts.last_gaps(as_of)
        self.last_contact = _last_contact(series, as_of)
        self.next_planned = series.next_planned(as_of)
        self._given: ClientFees | None = None

    def for_portfolio(self, ref: str) -> ClientFees:
        """Give what the portfolio is made of, kept; `ref` is what the metrics call the client by."""
        if self._given is None or self._given.client != ref:
            self._given = ClientFees(ref, self.known, self.fees)
        return self._given

    @cached_property
    def dialogue(self) -> Dialogue | None:
        """Who speaks; None without a contact."""
        return dialogue(self.series.contacts, self.as_of) if self.series.contacts.days else None

    @cached_property
    def contribution(self) -> Contribution:
        """V1 from the beginning."""
        return contribution(self.fees, self.known, self.series.costs)

    @cached_property
    def contribution_12(self) -> Contribution:
        """V1 of the last 12 months."""
        return contribution(self.fees, self.known, self.series.costs, last_years(self.as_of))

    @property
    def amount(self) -> Fraction:
        """The contribution from the beginning."""
        return self.contribution.amount

    @property
    def amount_12(self) -> Fraction:
        """The contribution of the last 12 months."""
        return self.contribution_12.amount

    @property
    def historic(self) -> Fraction:
        """V2."""
        return historic_value(self.contribution, self.acquisition)

    @cached_property
    def acquisition(self) -> Acquisition:
        """What it cost to win the client."""
        return acquisition(self.fees, self.series.costs)

    @property
    def incubation(self) -> Incubation:
        """From the first contact to the first fee."""
        return incubation(self.fees)

    @cached_property
    def loop(self) -> FeedbackLoop:
        """How its feedback was answered."""
        return feedback_loop(self.series.loops, self.as_of)


def _last_contact(series: ClientSeries, as_of: date) -> date | None:
    """Give the later of the day logged and the day entered."""
    logged, entered = series.contacts.last_day(as_of), series.client.last_contact
    return max((day for day in (logged, entered) if day is not None and day <= as_of), default=None)
