"""Who of a client's people is covered: who decides, who was not spoken to, who alone carries the relationship."""

from datetime import date, timedelta

from app.domain.metrics.people import by_influence, coverage
from app.domain.people import Person
from app.domain.vocabulary import Influence
from app.words.people import coverage_line, last_spoken

DAY = date(2026, 11, 24)
HELEN = Person(id=1, client_id=1, name="Helen Sørby", influence=Influence.DECIDES)
DANA = Person(id=2, client_id=1, name="Dana Whitlock", influence=Influence.INFLUENCES)
RAVI = Person(id=3, client_id=1, name="Ravi Amari", influence=Influence.USES)
GONE = Person(id=4, client_id=1, name="Ann", influence=Influence.DECIDES, left_on=DAY)
PEOPLE = (RAVI, GONE, DANA, HELEN)


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def test_who_decides_comes_first_and_who_left_last() -> None:
    assert by_influence(PEOPLE, DAY) == [HELEN, DANA, RAVI, GONE]
    assert by_influence(PEOPLE, ago(1)) == [GONE, HELEN, DANA, RAVI], (
        "who leaves on the day is gone, the day before not"
    )


def test_the_most_influential_of_those_not_spoken_to_is_named() -> None:
    found = coverage(PEOPLE, {1: date(2026, 5, 12), 2: ago(30), 3: ago(91)}, DAY)
    assert (found.here, found.deciding, found.silent, found.silent_since) == (3, 1, HELEN, date(2026, 5, 12))
    assert coverage_line(found, DAY) == "3 people, 1 decides; Helen Sørby has not been spoken to since May."


def test_ninety_days_are_not_yet_silence() -> None:
    assert coverage([HELEN], {1: ago(90)}, DAY).silent is None
    assert coverage([HELEN], {1: ago(91)}, DAY).silent is HELEN


def test_one_of_several_spoken_to_within_half_a_year_carries_it_all() -> None:
    assert coverage(PEOPLE, {2: ago(180)}, DAY).carrier is DANA
    assert coverage(PEOPLE, {2: ago(180), 3: ago(179)}, DAY).carrier is None
    assert coverage([DANA], {2: ago(3)}, DAY).carrier is None, "one person alone hangs on nobody else"


def test_words_for_nobody_unknown_deciders_and_never() -> None:
    assert coverage_line(coverage([], {}, DAY), DAY) == "Nobody is recorded here yet."
    assert coverage_line(coverage([RAVI], {}, DAY), DAY) == (
        "1 person, who decides is not known; no word with Ravi Amari is recorded."
    )
    assert coverage_line(coverage([HELEN], {1: date(2025, 5, 12)}, DAY), DAY).endswith("since May 2025.")
    assert last_spoken(date(2026, 9, 22), DAY) == "63 days, 22 Sep"
    assert last_spoken(date(2025, 11, 24), DAY) == "365 days"
    assert (last_spoken(DAY, DAY), last_spoken(None, DAY)) == ("today", "never")
