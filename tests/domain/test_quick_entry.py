"""One typed line into a contact and its promises (SCREENS “Log a contact”)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.quick_entry import Entry, PromiseEntry, parse_entry
from app.domain.vocabulary import Channel, Direction, PromiseBy, Purpose

FRIDAY = date(2026, 11, 27)
DAYS = {"fri": FRIDAY, "friday": FRIDAY, "next week": date(2026, 11, 30), "12 dec": date(2026, 12, 12)}
DAYS |= {"2026-12-01": date(2026, 12, 1), "+2w": date(2026, 12, 6), "end of month": date(2026, 11, 30)}


def day_of(text: str) -> date | None:
    return DAYS.get(text.lower())


def ours(what: str, due: date | None = None) -> PromiseEntry:
    return PromiseEntry(PromiseBy.US, what, due)


def theirs(what: str, due: date | None = None) -> PromiseEntry:
    return PromiseEntry(PromiseBy.THEM, what, due)


IN, OUT, BOTH = Direction.IN, Direction.OUT, Direction.BOTH

LINES: dict[str, Entry] = {
    # the design's own line
    "acme <call @jane 20m liked the draft; !send costs fri": Entry(
        client="acme",
        direction=IN,
        channel=Channel.CALL,
        people=("jane",),
        minutes=20,
        words="liked the draft",
        promises=(ours("send costs", FRIDAY),),
    ),
    # who spoke, and where the client ends
    "acme > hello": Entry(client="acme", direction=OUT, words="hello"),
    "acme <> hello": Entry(client="acme", direction=BOTH, words="hello"),
    "acme<hello": Entry(client="acme", direction=IN, words="hello"),
    "acme><call": Entry(client="acme", direction=OUT, words="<call"),
    "Hollis & Marsh Ltd <mail thanks": Entry(
        client="Hollis & Marsh Ltd", direction=IN, channel=Channel.MAIL, words="thanks"
    ),
    "A-17 > x > y": Entry(client="A-17", direction=OUT, words="x > y"),
    "  acme   >   two   words  ": Entry(client="acme", direction=OUT, words="two words"),
    "acme": Entry(client="acme"),
    "": Entry(),
    "> hello": Entry(direction=OUT, words="hello"),
    "acme >": Entry(client="acme", direction=OUT),
    # channels: the first word only
    "acme <>met at their office": Entry(
        client="acme", direction=BOTH, channel=Channel.MEETING, words="at their office"
    ),
    "acme <> Zoom: budget": Entry(client="acme", direction=BOTH, channel=Channel.VIDEO, words="budget"),
    "acme > will call again": Entry(client="acme", direction=OUT, words="will call again"),
    "acme > call mail": Entry(client="acme", direction=OUT, channel=Channel.CALL, words="mail"),
    "acme > @jo call": Entry(client="acme", direction=OUT, channel=Channel.CALL, people=("jo",)),
    "acme > voicemail": Entry(client="acme", direction=OUT, channel=Channel.VOICEMAIL),
    "acme <>lunch with the board": Entry(client="acme", direction=BOTH, channel=Channel.LUNCH, words="with the board"),
    # people
    "acme <@jane @ben.okri, hi": Entry(client="acme", direction=IN, people=("jane", "ben.okri"), words="hi"),
    "acme < @ home": Entry(client="acme", direction=IN, words="@ home"),
    "acme < write to a@b.example": Entry(client="acme", direction=IN, words="write to a@b.example"),
    # minutes
    "acme <> 90min talk": Entry(client="acme", direction=BOTH, minutes=90, words="talk"),
    "acme <> 1h talk": Entry(client="acme", direction=BOTH, minutes=60, words="talk"),
    "acme <> 1h30m talk": Entry(client="acme", direction=BOTH, minutes=90, words="talk"),
    "acme <> talk 2H": Entry(client="acme", direction=BOTH, minutes=120, words="talk"),
    "acme <> 20m then 30m": Entry(client="acme", direction=BOTH, minutes=20, words="then 30m"),
    "acme <> 20 m talk": Entry(client="acme", direction=BOTH, words="20 m talk"),
    "acme <> h m": Entry(client="acme", direction=BOTH, words="h m"),
    # purposes
    "acme > #sell the extension": Entry(client="acme", direction=OUT, purpose=Purpose.SELL, words="the extension"),
    "acme > thanks #Reward": Entry(client="acme", direction=OUT, purpose=Purpose.REWARD, words="thanks"),
    "acme > we are #1": Entry(client="acme", direction=OUT, words="we are #1"),
    # promises
    "acme < ok; ?sign the offer next week": Entry(
        client="acme", direction=IN, words="ok", promises=(theirs("sign the offer", DAYS["next week"]),)
    ),
    "acme > !send costs by fri": Entry(client="acme", direction=OUT, promises=(ours("send costs", FRIDAY),)),
    "acme > !send costs !call Jo ?pay 12 dec": Entry(
        client="acme",
        direction=OUT,
        promises=(ours("send costs"), ours("call Jo"), theirs("pay", DAYS["12 dec"])),
    ),
    "acme > !send costs until end of month; all well": Entry(
        client="acme", direction=OUT, words="all well", promises=(ours("send costs", DAYS["end of month"]),)
    ),
    "acme > !send costs 2026-12-01": Entry(
        client="acme", direction=OUT, promises=(ours("send costs", DAYS["2026-12-01"]),)
    ),
    "acme > !report +2w": Entry(client="acme", direction=OUT, promises=(ours("report", DAYS["+2w"]),)),
    "acme > !friday": Entry(client="acme", direction=OUT, promises=(ours("friday"),)),
    "acme > !by fri": Entry(client="acme", direction=OUT, promises=(ours("by", FRIDAY),)),
    "acme < ok;!send costs": Entry(client="acme", direction=IN, words="ok", promises=(ours("send costs"),)),
    "acme < !call @jo about #sell 20m": Entry(
        client="acme", direction=IN, promises=(ours("call @jo about #sell 20m"),)
    ),
    # marks that are only marks
    "acme < great! really? yes": Entry(client="acme", direction=IN, words="great! really? yes"),
    "acme < wow !! and ?! so": Entry(client="acme", direction=IN, words="wow !! and ?! so"),
    "acme < a ! alone": Entry(client="acme", direction=IN, words="a ! alone"),
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_understood(line: str) -> None:
    assert parse_entry(line, day_of) == LINES[line]


WITHIN: dict[str, Entry] = {
    "<call liked it": Entry(direction=IN, channel=Channel.CALL, words="liked it"),
    "call > liked it": Entry(direction=OUT, channel=Channel.CALL, words="liked it"),
    "liked it": Entry(words="liked it"),
    "mail @jo liked it !send fri": Entry(
        channel=Channel.MAIL, people=("jo",), words="liked it", promises=(ours("send", FRIDAY),)
    ),
    "": Entry(),
}


@pytest.mark.parametrize("line", WITHIN)
def test_within_a_clients_page_a_line_has_no_client(line: str) -> None:
    assert parse_entry(line, day_of, with_client=False) == WITHIN[line]


@given(st.text(st.sampled_from("acme <>!?@#;. 20mhcallfri\n\x00é"), max_size=60), st.booleans())
def test_any_line_is_understood_somehow_and_no_word_is_lost(line: str, with_client: bool) -> None:
    """What is not understood is words: each word typed stands in some part of the entry."""
    entry = parse_entry(line, day_of, with_client=with_client)
    kept = " ".join([entry.client, entry.words, *entry.people, *(promise.what for promise in entry.promises)])
    for letter in "é":
        assert kept.count(letter) == line.count(letter)
    assert all(promise.what for promise in entry.promises)
    assert entry.minutes is None or entry.minutes >= 0
