"""Contacts: the mail log's references, dialogue, selling share, cadence."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from app.domain.metrics.cadence import Cadence, CadenceSource, ContactState, cadence, overdue
from app.domain.metrics.contacts import NO_CONTACTS, ContactRow, ContactSeries, counting, dialogue
from app.domain.metrics.reasons import Reason
from app.domain.metrics.rhythm import pooled_kappa, rhythm
from app.domain.vocabulary import Channel, Direction, Purpose, Stage, Tier

AS_OF = date(2026, 6, 30)


def close(value: float | None) -> object:
    return None if value is None else pytest.approx(value, abs=1e-6, rel=0)


def number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def test_every_listed_correspondent_of_the_mail_log(
    reference: Callable[[str], dict[str, Any]], table: Callable[[str], list[dict[str, str]]]
) -> None:
    want = reference("mail_contacts")
    as_of = date.fromisoformat(want["as_of"])
    rows: defaultdict[str, list[ContactRow]] = defaultdict(list)
    for row in table("mail_contacts_egoA.csv"):
        day = date.fromisoformat(row["datetime"][:10])
        rows[row["contact_id"]].append(ContactRow(day, Direction(row["direction"])))
    assert sum(map(len, rows.values())) == want["contacts_in_file"]
    series = {key: ContactSeries.from_rows(contacts) for key, contacts in rows.items()}
    assert sum(dialogue(s, as_of).ever.total for s in series.values()) == want["contacts_upto_as_of"]
    kappa = pooled_kappa(s.last_gaps(as_of) for s in series.values())
    assert (kappa.raw, kappa.clients, kappa.used) == (
        close(want["kappa_wheat_morrison"]),
        want["kappa_clients"],
        close(want["kappa_used"]),
    )
    assert len(want["clients"]) == 20
    for expected in want["clients"]:
        contacts = series[expected["client"]]
        d = dialogue(contacts, as_of)
        gap = overdue(contacts.last_day(as_of), expected["cadence_days"], as_of)
        own = rhythm(contacts.last_gaps(as_of), gap.days, kappa.used, gap.cadence)
        assert expected == {
            "client": expected["client"],
            "contacts": d.ever.total,
            "inbound": d.ever.inbound,
            "outbound": d.ever.outbound,
            "in_365": d.year.inbound,
            "out_365": d.year.outbound,
            "in_90": d.quarter.inbound,
            "out_90": d.quarter.outbound,
            "dialogue_share_all": close(number(d.ever.dialogue_share)),
            "dialogue_share_365": close(number(d.share)),
            "last_inbound": d.last_inbound and d.last_inbound.isoformat(),
            "last_outbound": d.last_outbound and d.last_outbound.isoformat(),
            "outbound_since_last_inbound": d.outbound_since_last_inbound,
            "cadence_days": gap.cadence,
            "overdue_days": gap.overdue_days,
            "overdue_ratio": close(number(gap.ratio)),
            "rhythm": {
                "gaps_used": own.gaps_used,
                "median_gap": close(number(own.median_gap)),
                "mean_gap": close(number(own.mean_gap)),
                "current_gap": own.current_gap,
                "ratio": close(number(own.ratio)),
                "kappa": close(own.kappa),
                "p_longer": close(own.p_longer),
            },
        }, expected["client"]


@pytest.mark.parametrize(
    ("channel", "given", "counts"),
    [
        (Channel.MEETING, {}, True),
        (Channel.MAIL, {}, True),
        (Channel.NEWSLETTER, {}, False),
        (Channel.VOICEMAIL, {}, False),
        (Channel.CALL, {"completed": False}, False),
        (Channel.MAIL, {"automatic": True}, False),
        (None, {}, True),
    ],
)
def test_what_counts(channel: Channel | None, given: dict[str, bool], *, counts: bool) -> None:
    assert counting(channel, **given) is counts


def made(*directions: Direction, purpose: Purpose | None = None) -> list[ContactRow]:
    return [ContactRow(AS_OF - timedelta(days=3 * n), d, purpose) for n, d in enumerate(reversed(directions))]


IN, OUT, BOTH = Direction.IN, Direction.OUT, Direction.BOTH


def test_a_conversation_counts_half_and_is_a_reply() -> None:
    d = dialogue(ContactSeries.from_rows(made(OUT, BOTH, OUT, OUT)), AS_OF)
    assert d.share == Fraction(1, 8)
    assert d.outbound_since_last_inbound == 2
    assert not d.monologue
    assert not d.unanswered


def test_monologue_and_its_opposite() -> None:
    talking = dialogue(ContactSeries.from_rows(made(IN, OUT, OUT, OUT, OUT, OUT)), AS_OF)
    assert talking.monologue
    assert talking.unanswered
    calling = dialogue(ContactSeries.from_rows(made(IN, IN, IN, IN, IN, OUT)), AS_OF)
    assert calling.they_do_the_calling
    assert not calling.monologue


def test_few_contacts_are_raw_and_withheld() -> None:
    d = dialogue(ContactSeries.from_rows(made(IN, OUT, OUT)), AS_OF)
    assert d.share == Fraction(1, 3)
    assert dict(d.withheld)["dialogue_share_365"] is Reason.FEW_CONTACTS
    nothing = dialogue(NO_CONTACTS, AS_OF)
    assert (nothing.share, nothing.selling_share, nothing.last) == (None, None, None)


def test_what_does_not_count_is_not_in_the_dialogue() -> None:
    letters = [ContactRow(AS_OF, OUT, counts=False)] * 9
    assert dialogue(ContactSeries.from_rows([*made(IN, OUT), *letters]), AS_OF).ever.total == 2


def test_selling_share_leaves_out_what_has_no_purpose() -> None:
    rows = made(OUT, OUT, BOTH, purpose=Purpose.SELL) + made(OUT, IN, purpose=Purpose.SERVE) + made(OUT, OUT)
    d = dialogue(ContactSeries.from_rows(rows), AS_OF)
    assert d.selling_share == Fraction(3, 4)
    assert d.without_purpose == 2
    assert d.sells_too_much


def test_windows_are_open_at_the_left() -> None:
    rows = [ContactRow(AS_OF - timedelta(days=365), OUT), ContactRow(AS_OF - timedelta(days=364), OUT)]
    assert dialogue(ContactSeries.from_rows(rows), AS_OF).year.total == 1


def test_who_decides_the_cadence() -> None:
    given = {"preference": 90, "own": 40, "service_level": 20}
    assert cadence(Stage.NEW, Tier.GOLD, **given) == Cadence(90, CadenceSource.PREFERENCE)
    assert cadence(Stage.NEW, Tier.GOLD, own=40, service_level=20) == Cadence(40, CadenceSource.OWN)
    assert cadence(Stage.NEW, Tier.GOLD, service_level=20) == Cadence(20, CadenceSource.SERVICE_LEVEL)
    assert cadence(Stage.NEW, Tier.GOLD) == Cadence(21, CadenceSource.TABLE)
    assert cadence(Stage.ENDED, Tier.GOLD, **given).days is None
    assert cadence(Stage.NEW, Tier.LIGHT, **given).days is None


@pytest.mark.parametrize(
    ("stage", "days"),
    [
        (Stage.PROSPECT, (14, 21, 45, 21, 45)),
        (Stage.INCUBATING, (14, 21, 45, 21, 45)),
        (Stage.NEW, (14, 21, 30, 21, 30)),
        (Stage.WON_BACK, (14, 21, 30, 21, 30)),
        (Stage.ESTABLISHED, (30, 60, 120, 60, 120)),
        (Stage.AT_RISK, (7, 14, 30, 14, 30)),
        (Stage.DORMANT, (60, 90, 180, 90, 180)),
    ],
)
def test_the_table(stage: Stage, days: tuple[int, ...]) -> None:
    tiers = (Tier.PLATINUM, Tier.GOLD, Tier.IRON, Tier.LEAD, None)
    assert tuple(cadence(stage, tier).days for tier in tiers) == days


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (0, ContactState.OK),
        (23, ContactState.OK),
        (24, ContactState.DUE_SOON),
        (30, ContactState.DUE_SOON),
        (31, ContactState.OVERDUE),
        (59, ContactState.OVERDUE),
        (60, ContactState.BADLY),
    ],
)
def test_overdue(days: int, state: ContactState) -> None:
    gap = overdue(AS_OF - timedelta(days=days), 30, AS_OF)
    assert gap.state is state
    assert gap.ratio == Fraction(days, 30)
    assert gap.overdue_days == days - 30


def test_no_clock_without_contact_or_cadence() -> None:
    assert overdue(None, 30, AS_OF).state is ContactState.NEVER
    assert overdue(None, 30, AS_OF).ratio is None
    assert overdue(AS_OF, None, AS_OF).state is ContactState.NONE
