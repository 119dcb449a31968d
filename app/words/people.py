"""What is said about the people of a client: coverage, and when each was last spoken to."""

from datetime import date

from app.domain.metrics.people import Coverage
from app.words import formats
from app.words.catalogue import tr, trn


def coverage_line(value: Coverage, as_of: date) -> str:
    """Write “3 people, 1 decides; Helen Sørby has not been spoken to since May.”."""
    if not value.here:
        return tr("Nobody is recorded here yet.")
    counts = trn("{n} person", "{n} people", value.here)
    if value.deciding:
        counts += ", " + trn("{n} decides", "{n} decide", value.deciding)
    else:
        counts += ", " + tr("who decides is not known")
    told = [counts]
    if value.silent is not None:
        told.append(silence(value.silent.name, value.silent_since, as_of))
    if value.carrier is not None:
        told.append(tr("everything hangs on {name}").format(name=value.carrier.name))
    return "; ".join(told) + "."


def silence(name: str, since: date | None, as_of: date) -> str:
    """Say since when a person was not spoken to."""
    if since is None:
        return tr("no word with {name} is recorded").format(name=name)
    month = formats.full_month(since) if (as_of - since).days < MONTH_NAMED else formats.month_year(since)
    return tr("{name} has not been spoken to since {month}").format(name=name, month=month)


def last_spoken(day: date | None, as_of: date) -> str:
    """Write how long ago a person was last spoken to, with the day where it is of this year: “63 days, 22 Sep”."""
    if day is None:
        return tr("never")
    days = (as_of - day).days
    if days == 0:
        return tr("today")
    return f"{formats.days(days)}, {formats.short_day(day, as_of)}" if day.year == as_of.year else formats.days(days)


# From ten months on, a month without its year would be read as the coming one.
MONTH_NAMED = 300
