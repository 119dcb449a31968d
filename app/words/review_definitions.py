"""What each figure of a review means, and the rule of METRICS it follows."""

from dataclasses import dataclass
from datetime import date

from app.domain.reviews import Period
from app.domain.vocabulary import StartRule
from app.words import formats
from app.words.catalogue import tr
from app.words.review import days_of


@dataclass(frozen=True, slots=True)
class Definition:
    """One figure, what it means, and its rule; {placeholders} are filled in for the review at hand."""

    figure: str
    meaning: str
    rule: str


_SHARED = (
    Definition("As of", "Every figure holds for {day}; what is dated later is left out.", "0"),
    Definition(
        "Period",
        "Contacts, feedback and fees of the period are those of {period}. S, T, L and TFI always rest on all"
        " documents.",
        "0",
    ),
    Definition(
        "Fee",
        "A document's amount without tax and without expenses recharged. A foreign document is converted once, at the"
        " rate of its day.",
        "0, P6",
    ),
    Definition("Observed fees", "The plain sum of all fee documents, credit notes included.", "P2"),
    Definition(
        "Purchase",
        "A day whose fee documents come to more than nothing, however many they are. A credit note that belongs to an"
        " invoice counts on the invoice's day.",
        "P1, P3, P4",
    ),
    Definition("S", "Average spend per purchase: observed fees ÷ purchases.", "P7"),
    Definition(
        "T",
        "Average time between purchases: the mean of the gaps, in days. The pause between two periods of a relationship"
        " is no gap.",
        "P8",
    ),
    Definition(
        "L", "Length of the relationship in days, from the {start} to the as-of day, or to the day it ended.", "P9"
    ),
    Definition(
        "TFI",
        "Total fee income by formula, S × (L ÷ T). It differs from the observed fees by three parts: the first"
        " purchase is not a gap, the time before it and the time since the last one are counted as if fees ran on.",
        "P7 to P9, 1.3",
    ),
    Definition(
        "Dialogue share",
        "(Contacts in which {they} spoke + half of the conversations) ÷ all personal contacts of the period."
        " Newsletters, voicemails and posts do not count.",
        "C1, C7",
    ),
    Definition(
        "Scores",
        "Means of the latest answer of each person in the period, from 0 to 10, with the number of answers n.",
        "C10",
    ),
    Definition("Came back", "The day on which whoever gave the feedback was told what was done.", "C9"),
)
_INSIDE = (
    Definition(
        "Contribution",
        "Fees − delivery − service − retention − time at its hourly cost. Time up to the first purchase belongs to the"
        " cost per capture.",
        "V1, V10",
    ),
    Definition("Cost coverage", "The part of the invoiced fees whose delivery cost is recorded.", "V1"),
    Definition("Value so far", "Contribution since the beginning less what winning the client cost.", "V2"),
    Definition("Expected value", "Contribution of the last 12 months × the years clients stay on average.", "V3, V4"),
    Definition(
        "Discounted value",
        "Contribution of five more years, each weighted with the chance to keep the client, and discounted.",
        "V5, V6",
    ),
    Definition("Incubation", "Days from the first contact to the first purchase.", "V11"),
    Definition("Payback", "The day on which the contribution had repaid the cost per capture.", "V12"),
    Definition("Gap", "Days since the last counted contact, against the cadence of the client.", "C2, C3"),
    Definition("Rhythm", "How likely a silence this long is, judged by the client's own gaps.", "C4"),
)
_STARTS = {
    StartRule.FIRST_PURCHASE: "first purchase",
    StartRule.WON: "day the client was won",
    StartRule.FIRST_CONTACT: "first contact",
}


def counted_from(rule: StartRule) -> str:
    """Say from when a relationship is counted."""
    return tr(_STARTS[rule])


def definitions(as_of: date, period: Period, rule: StartRule, *, to_client: bool) -> list[Definition]:
    """Give the definitions a review needs, filled in."""
    values = {
        "day": formats.day(as_of),
        "period": days_of(period),
        "start": counted_from(rule),
        "they": tr("you") if to_client else tr("they"),
    }
    wanted = _SHARED if to_client else _SHARED + _INSIDE
    return [Definition(tr(one.figure), tr(one.meaning).format(**values), one.rule) for one in wanted]
