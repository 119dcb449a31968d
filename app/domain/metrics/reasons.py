"""Why a figure is a dash, why the window withholds one, and what a figure is flagged with; words live in app.words."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a figure is missing, or shown raw only (METRICS 0: minimums hide, they do not change)."""

    NO_PURCHASE = "no purchase yet"
    ONE_PURCHASE = "one purchase: no rhythm yet"
    ONE_PURCHASE_EACH = "one purchase in every episode: no rhythm yet"
    CREDITS_EXCEED = "credits exceed invoices"
    UNDER_90_DAYS = "under 90 days since the first purchase"
    NO_GAPS = "no gap yet"
    NO_CONTACT = "no contact recorded"
    FEW_CONTACTS = "fewer than 4 contacts in 365 days"
    FEW_BUYERS = "fewer than 10 clients in the earlier year"
    FEW_BUYERS_LONG = "fewer than 10 clients in the two earlier years"
    NO_BUYERS = "no client bought in the earlier year"
    LONG_INTERVALS = "median time between purchases over 180 days: use two-year windows"
    SHORT_HISTORY = "history of less than 2 years"
    FEW_LAPSED = "fewer than 5 ended or lapsed clients"
    NONE_LAPSED = "no client has ended or lapsed"
    CAPPED = "years retained capped by the setting"
    FEW_CLIENTS = "too few clients"
    NO_COSTS = "no costs recorded"
    COSTS_INCOMPLETE = "costs recorded for less than 80 % of fees"
    NO_HISTORY = "under 90 days old: the segment's mean is used"
    NOT_BUYING = "only for clients who are still buying"
    ENDED = "the relationship has ended"
    NO_RETENTION = "no retention rate yet"
    NO_CONTACT_BEFORE = "no contact recorded before the first invoice"
    NONE_WON = "nobody won yet"
    NO_FEES = "no fees"
    NO_RETENTION_SPEND = "no retention spend recorded"
    FEW_ANSWERS = "fewer than 10 answers"
    COMPARE_NOT = "10 to 29 answers: too few to compare"
    LOW_COVERAGE = "known for less than half of its parts"


class Flag(StrEnum):
    """What stands beside a client's figures (METRICS 1.2, 1.5, P6, V11, V12)."""

    START_AFTER_FIRST = "start date is after the first invoice"
    LONG_TAIL = "TFI counts purchases that have not happened"
    BUNCHED = "purchases bunched: T is not a rhythm"
    CREDITS_EXCEED = "credits exceed invoices: no TFI"
    WITHOUT_RATE = "documents without a rate are not counted"
    NO_CONTACT_BEFORE = "no contact recorded before the first invoice"
    NO_LONGER_COVERED = "no longer covered"


Withheld = tuple[tuple[str, Reason], ...]
"""Figure name -> reason, as pairs: `dict(result.withheld)`. The figure itself stays raw."""
