"""An action typed as one line: owner, day, length, cost and objective are read, the rest is its title."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.action_entry import ActionEntry, ActionReaders, parse_action

FRIDAY = date(2026, 11, 27)
READERS = ActionReaders(
    owner={"jv": 1, "ak": 2}.get,
    day={"fri": FRIDAY, "5 dec": date(2026, 12, 5), "12 mar 2027": date(2027, 3, 12)}.get,
    amount={"£240": 240_00}.get,
    objective={"fill": 5}.get,
)


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("Pitch regional radio jv fri 2h", ActionEntry("Pitch regional radio", 1, FRIDAY, 120)),
        ("Pitch regional radio 2h £240 fri ak", ActionEntry("Pitch regional radio", 2, FRIDAY, 120, 240_00)),
        ("Lunch with Helen by 5 dec", ActionEntry("Lunch with Helen", due=date(2026, 12, 5))),
        ("Lunch 12 mar 2027 1h30", ActionEntry("Lunch", due=date(2027, 3, 12), minutes=90)),
        ("Call 45 min", ActionEntry("Call", minutes=45)),
        ("Call 1.5 h jv", ActionEntry("Call", 1, minutes=90)),
        ("#fill Tell jv about fri night", ActionEntry("Tell jv about fri night", objective_id=5)),
        ("Answer question #7 jv", ActionEntry("Answer question #7", 1)),
        ("jv", ActionEntry("jv")),
        ("fri 2h", ActionEntry("fri", minutes=120)),
        ("Ring twice 2h 3h", ActionEntry("Ring twice 2h", minutes=180)),
        ("", ActionEntry()),
    ],
)
def test_a_line_is_read_from_its_end(line: str, entry: ActionEntry) -> None:
    assert parse_action(line, READERS) == entry


@given(st.text(max_size=60))
def test_no_line_fails_and_none_loses_its_title(line: str) -> None:
    entry = parse_action(line, READERS)
    first = line.split(maxsplit=1)[0].strip(" ,;") if line.split() else ""
    assert not first or first.startswith("#") or entry.title.startswith(first)
