"""Stages, warnings, what silences them, today's order, feedback loops, explanations."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from app.domain.metrics.cadence import overdue
from app.domain.metrics.explanation import RowUse, explain_tfi
from app.domain.metrics.feedback_loop import LoopRow, feedback_loop
from app.domain.metrics.purchases import NO_FEES, FeeRow, FeeSeries
from app.domain.metrics.relationship import NO_DATES, Relationship, StageRow
from app.domain.metrics.retainers import Retainer, end_notice, missing_invoice
from app.domain.metrics.rhythm import rhythm
from app.domain.metrics.stages import stage_on
from app.domain.metrics.tfi import fee_figures
from app.domain.metrics.warnings import (
    GapWarning,
    Rule,
    Severity,
    SilenceKind,
    TodayClient,
    WarningInput,
    WarningKind,
    fees_for_order,
    todays_order,
    warnings_for,
)
from app.domain.vocabulary import Stage, Tier

AS_OF = date(2026, 6, 30)


def ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


def stage(purchases: list[int], dates: Relationship = NO_DATES, *, contacted: bool = True) -> Stage:
    fees = FeeSeries.from_rows([FeeRow(ago(days), 100) for days in purchases])
    figures = fee_figures(fees, AS_OF, dates)
    own = rhythm(fees.last_gaps(AS_OF), figures.recency, 1.0)
    return stage_on(figures, fees, dates, own, contacted).stage


def test_stages_derived() -> None:
    assert stage([], contacted=False) is Stage.PROSPECT
    assert stage([]) is Stage.INCUBATING
    assert stage([99]) is Stage.NEW
    assert stage([100]) is Stage.ESTABLISHED
    assert stage([365]) is Stage.ESTABLISHED
    assert stage([366]) is Stage.DORMANT
    assert stage(list(range(200, 600, 20))) is Stage.AT_RISK
    assert stage([10, 40, 70, 100, 130]) is Stage.ESTABLISHED
    assert stage([99, 465, 500]) is Stage.WON_BACK
    assert stage([50, 99, 465, 500]) is Stage.WON_BACK
    assert stage([100, 466, 500]) is not Stage.WON_BACK
    assert stage([99, 464, 500]) is Stage.ESTABLISHED
    # used to buy every 250 days: 400 are no lapse, 501 are
    assert stage([50, 450, 700]) is Stage.ESTABLISHED
    assert stage([50, 551, 801]) is Stage.WON_BACK


def test_the_latest_row_by_hand_rules() -> None:
    rows = (StageRow(ago(300), Stage.ENDED), StageRow(ago(10), Stage.AT_RISK), StageRow(ago(-1), Stage.NEW))
    assert stage([20, 50], Relationship(stages=rows)) is Stage.AT_RISK
    assert stage([20, 50], Relationship(stages=rows[:1])) is Stage.ENDED
    fees = FeeSeries.from_rows([FeeRow(ago(20), 100)])
    got = stage_on(fee_figures(fees, AS_OF), fees, Relationship(stages=rows), None, contacted=True)
    assert (got.since, got.by_hand) == (ago(10), True)


def given(days: int | None = 10, cadence: int | None = 30) -> WarningInput:
    contact = overdue(None if days is None else ago(days), cadence, AS_OF)
    return WarningInput("A", Stage.ESTABLISHED, Tier.GOLD, contact)


@pytest.mark.parametrize(
    ("days", "severity"),
    [
        (23, None),
        (24, Severity.DUE),
        (30, Severity.DUE),
        (31, Severity.OVERDUE),
        (59, Severity.OVERDUE),
        (60, Severity.BADLY),
    ],
)
def test_contact_gap(days: int, severity: Severity | None) -> None:
    found = warnings_for(given(days), AS_OF)
    assert [w.severity for w in found] == ([] if severity is None else [severity])
    for warning in found:
        assert (warning.kind, warning.rule, warning.since, warning.days) == (
            WarningKind.CONTACT_GAP,
            Rule.CADENCE,
            ago(days),
            days,
        )
        assert warning.ratio == Fraction(days, 30)


def test_a_broken_habit_is_due_before_the_cadence() -> None:
    habit = rhythm([2] * 12, 20, 1.0, 30)
    assert habit.p_longer is not None
    assert habit.p_longer < 0.05
    (warning,) = warnings_for(replace(given(20), contact_rhythm=habit), AS_OF)
    assert (warning.severity, warning.rule) == (Severity.DUE, Rule.RHYTHM)


def test_never_contacted_has_no_clock() -> None:
    (warning,) = warnings_for(given(None), AS_OF)
    assert (warning.kind, warning.severity, warning.days, warning.since) == (
        WarningKind.NEVER_CONTACTED,
        Severity.DUE,
        None,
        None,
    )
    assert warnings_for(given(None, None), AS_OF) == ()


def test_purchase_gap() -> None:
    even = [30] * 12
    for silence, severity in ((60, None), (75, Severity.DUE), (200, Severity.OVERDUE)):
        own = rhythm(even, silence, 1.0)
        found = warnings_for(replace(given(1), purchases=own, last_purchase=ago(silence)), AS_OF)
        assert [w.severity for w in found] == ([] if severity is None else [severity])
    (warning,) = found
    assert (warning.kind, warning.since, warning.days, warning.urgency) == (
        WarningKind.PURCHASE_GAP,
        ago(200),
        200,
        Fraction(200, 30),
    )
    assert warnings_for(replace(given(1), purchases=own, retainer_only=True), AS_OF) == ()


def retainer(
    name: str, months: int, starts: date | None, ends: date | None, invoices: tuple[date, ...] = ()
) -> Retainer:
    return Retainer(name, months, starts, ends, tuple(day.toordinal() for day in invoices))


@pytest.mark.parametrize(
    ("billed", "due"),
    [
        # Billed in its own rhythm: one period after the last invoice, more than ten days ago.
        (retainer("R", 1, date(2025, 1, 1), None, (date(2026, 5, 19),)), date(2026, 6, 19)),
        (retainer("R", 1, date(2025, 1, 1), None, (date(2026, 5, 20),)), None),
        (retainer("R", 3, date(2025, 1, 1), None, (date(2026, 2, 28), date(2026, 3, 15))), date(2026, 6, 15)),
        (retainer("R", 1, None, None, (date(2026, 1, 31),)), date(2026, 2, 28)),
        # Nothing came yet: the first may come with the end of the first period.
        (retainer("R", 1, date(2026, 5, 1), None), date(2026, 6, 1)),
        (retainer("R", 1, date(2026, 6, 1), None), None),
        (retainer("R", 1, None, None), None),
        # None is due after the end, and one that is booked ahead has not come yet.
        (retainer("R", 1, date(2025, 1, 1), date(2026, 5, 31), (date(2026, 5, 1),)), None),
        (retainer("R", 1, None, None, (date(2026, 5, 1), date(2026, 7, 1))), date(2026, 6, 1)),
    ],
)
def test_an_invoice_of_a_retainer_is_missing(billed: Retainer, due: date | None) -> None:
    found = missing_invoice([billed], AS_OF)
    assert (found.due if found else None) == due


def test_a_missing_invoice_warns_in_the_place_of_a_rhythm() -> None:
    monthly, quarterly = retainer("M", 1, None, None, (ago(45),)), retainer("Q", 3, None, None, (ago(110),))
    late = missing_invoice([monthly, quarterly], AS_OF)
    assert late is not None
    assert (late.retainer, late.missing) == ("Q", 18)
    client = replace(given(1), purchases=rhythm([30] * 12, 200, 1.0), retainer_only=True, missing_invoice=late)
    (warning,) = warnings_for(client, AS_OF)
    assert (warning.kind, warning.rule, warning.severity) == (WarningKind.PURCHASE_GAP, Rule.RETAINER, Severity.DUE)
    assert (warning.since, warning.days, warning.missing) == (ago(110), 110, late)
    gone = missing_invoice([replace(monthly, invoices=(ago(90).toordinal(),))], AS_OF)
    (warning,) = warnings_for(replace(client, missing_invoice=gone), AS_OF)
    assert warning.severity is Severity.OVERDUE


def test_silences_are_visible() -> None:
    def kinds(client: WarningInput) -> list[SilenceKind | None]:
        return [w.silence and w.silence.kind for w in warnings_for(client, AS_OF)]

    late = given(90)
    assert kinds(late) == [None]
    assert kinds(replace(late, next_planned=ago(-7))) == [SilenceKind.PLANNED]
    assert kinds(replace(late, next_planned=ago(-8))) == [None]
    assert kinds(replace(late, snoozed_until=AS_OF)) == [SilenceKind.SNOOZED]
    assert kinds(replace(late, snoozed_until=ago(1))) == [None]
    assert kinds(replace(late, asked_not=True, next_planned=AS_OF)) == [SilenceKind.ASKED_NOT]


def test_ended_and_light_clients_are_left_in_peace() -> None:
    contact = overdue(ago(900), 30, AS_OF)
    assert warnings_for(WarningInput("A", Stage.ENDED, Tier.GOLD, contact), AS_OF) == ()
    assert warnings_for(WarningInput("A", Stage.NEW, Tier.LIGHT, contact), AS_OF) == ()


def gap(client: str, urgency: int | None, kind: WarningKind = WarningKind.CONTACT_GAP) -> GapWarning:
    worth = None if urgency is None else Fraction(urgency)
    return GapWarning(client, kind, Severity.DUE, Rule.CADENCE, None, None, urgency=worth)


def test_todays_order() -> None:
    fees = fees_for_order(
        [
            TodayClient("small", Tier.GOLD, 100),
            TodayClient("big", Tier.GOLD, 900),
            TodayClient("none", Tier.GOLD, 0),
            TodayClient("lead", Tier.LEAD, -5),
        ]
    )
    assert fees == {"small": 100, "big": 900, "none": 500, "lead": 500}
    assert fees_for_order([TodayClient("A", None, 0)]) == {"A": 0}
    never = WarningKind.NEVER_CONTACTED
    found = [gap("big", None, never), gap("small", 6), gap("none", 1), gap("big", 1), gap("small", None, never)]
    assert [(w.client, w.kind) for w in todays_order(found, fees)] == [
        ("big", WarningKind.CONTACT_GAP),
        ("small", WarningKind.CONTACT_GAP),
        ("none", WarningKind.CONTACT_GAP),
        ("big", never),
        ("small", never),
    ]


def test_feedback_loop() -> None:
    rows = [
        LoopRow(ago(40), told=ago(35)),
        LoopRow(ago(30), told=ago(10)),
        LoopRow(ago(20)),
        LoopRow(ago(20), praise=True, answered=ago(19)),
        LoopRow(ago(20), answered=ago(19)),
        LoopRow(ago(9)),
        LoopRow(ago(10)),
        LoopRow(ago(-1)),
        LoopRow(ago(500), told=ago(400)),
        LoopRow(ago(12), told=ago(-2)),
    ]
    got = feedback_loop(rows, AS_OF)
    assert (got.received, got.open, got.oldest_open) == (9, 5, 20)
    assert (got.closed, got.median_days) == (3, 5)
    assert (got.due, got.told_in_time, got.share_in_time) == (8, 2, Fraction(1, 4))
    assert feedback_loop([], AS_OF).share_in_time is None


def test_every_row_has_its_use() -> None:
    rows = [
        FeeRow(date(2025, 7, 1), 1000, id=1),
        FeeRow(date(2025, 7, 20), -100, id=2, linked_to=1),
        FeeRow(date(2025, 8, 1), 0, id=3),
        FeeRow(date(2025, 9, 1), -50, id=4),
        FeeRow(date(2026, 9, 1), 900, id=5),
        FeeRow(date(2026, 1, 1), 70, id=6, disbursement=True),
        FeeRow(date(2026, 1, 1), None, id=7, currency="EUR", original=5),
        FeeRow(date(2026, 2, 1), 500, id=8),
    ]
    told = explain_tfi(rows, AS_OF)
    assert {row.row.id: row.use for row in told.rows} == {
        1: RowUse.PURCHASE,
        2: RowUse.MOVED,
        3: RowUse.ZERO,
        4: RowUse.NETTED,
        5: RowUse.BOOKED_AHEAD,
        6: RowUse.DISBURSEMENT,
        7: RowUse.WITHOUT_RATE,
        8: RowUse.PURCHASE,
    }
    assert [(p.day, p.amount, p.documents) for p in told.purchases] == [
        (date(2025, 7, 1), 900, 2),
        (date(2026, 2, 1), 500, 1),
    ]
    assert told.figures == fee_figures(FeeSeries.from_rows(rows), AS_OF)
    assert told.spend == Fraction(1350, 2)
    assert explain_tfi([], AS_OF).figures == fee_figures(NO_FEES, AS_OF)


@pytest.mark.parametrize(
    ("left", "notice"), [(91, None), (90, 90), (61, 90), (60, 60), (31, 60), (30, 30), (0, 30), (-1, None)]
)
def test_a_contracts_end_is_noticed_in_three_steps(left: int, notice: int | None) -> None:
    assert end_notice(AS_OF + timedelta(days=left), AS_OF) == notice
    assert end_notice(None, AS_OF) is None
