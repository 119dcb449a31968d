"""What one client's figures on a day are by themselves: made of its rows alone, so they hold until those change."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.domain.metrics.contacts import Dialogue, dialogue
from app.domain.metrics.contribution import Acquisition, Contribution, acquisition, contribution, historic_value
from app.domain.metrics.feedback_loop import FeedbackLoop, feedback_loop
from app.domain.metrics.incubation import Incubation, incubation
from app.domain.metrics.purchases import FeeSeries
from app.domain.metrics.tfi import FeeFigures, fee_figures
from app.domain.periods import last_years
from app.domain.vocabulary import StartRule
from app.services.series import ClientSeries


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """One client's own figures, minor units, and the series they were made of; `known` is its fees as of the day."""

    series: ClientSeries
    known: FeeSeries
    fees: FeeFigures
    contact_gaps: tuple[int, ...]
    last_contact: date | None
    next_planned: date | None
    dialogue: Dialogue | None
    contribution: Contribution
    contribution_12: Contribution
    amount: Fraction
    amount_12: Fraction
    historic: Fraction
    acquisition: Acquisition
    incubation: Incubation
    loop: FeedbackLoop

    @classmethod
    def of(cls, series: ClientSeries, as_of: date, rule: StartRule) -> "OwnFigures":
        """Work them out for a day."""
        known = series.fees.on(as_of)
        fees = fee_figures(known, as_of, series.relationship, rule)
        so_far = contribution(fees, known, series.costs)
        year = contribution(fees, known, series.costs, last_years(as_of))
        won = acquisition(fees, series.costs)
        return cls(
            series=series,
            known=known,
            fees=fees,
            contact_gaps=series.contacts.last_gaps(as_of),
            last_contact=_last_contact(series, as_of),
            next_planned=series.next_planned(as_of),
            dialogue=dialogue(series.contacts, as_of) if series.contacts.days else None,
            contribution=so_far,
            contribution_12=year,
            amount=so_far.amount,
            amount_12=year.amount,
            historic=historic_value(so_far, won),
            acquisition=won,
            incubation=incubation(fees),
            loop=feedback_loop(series.loops, as_of),
        )


def _last_contact(series: ClientSeries, as_of: date) -> date | None:
    """Give the later of the day logged and the day entered."""
    logged, entered = series.contacts.last_day(as_of), series.client.last_contact
    return max((day for day in (logged, entered) if day is not None and day <= as_of), default=None)
