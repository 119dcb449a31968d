"""A kill, a failing disk, a full disk, at every write, flush, removal and renaming of what the program does."""

from pathlib import Path

import pytest

from tests.faults.judge import Judge
from tests.faults.kit import KINDS, Fault, Nursery, Tally, copy_of, said_in, why_not_traced
from tests.faults.workloads import book_in, broken, fingerprint

WORKLOADS = ("edit", "bulk", "import", "backup", "restore", "damaged", "migrate")
Desk = tuple[Path, Path]

pytestmark = pytest.mark.skipif(bool(why_not_traced()), reason=f"NO FAULT IS INJECTED AT A WRITE: {why_not_traced()}")


def learn(nursery: Nursery, tally: Tally, desk: Desk, workload: str) -> tuple[Judge, list[Fault]]:
    """Run a workload undisturbed: what it leads to, and every place where something can go wrong."""
    template, place = desk
    with copy_of(template, place):
        before = fingerprint(book_in(place))
        if workload == "damaged":
            broken(place)
        status, calls = nursery.run(workload, place, count=True)
        said = said_in(place)
    assert (status, said[-1]) == (0, "end"), said
    assert not any(line.startswith("refused") for line in said), said
    judge = Judge(tally, workload, before, said)
    faults = [Fault(call, number, kind) for call in sorted(calls) for number in range(1, calls[call] + 1)
              for kind in KINDS]  # fmt: skip
    return judge, faults


def inject(nursery: Nursery, desk: Desk, judge: Judge, faults: list[Fault]) -> None:
    """Let every fault happen, each to a fresh copy."""
    template, place = desk
    for fault in faults:
        with copy_of(template, place):
            if judge.workload == "damaged":
                broken(place)
            nursery.run(judge.workload, place, fault)
            judge.look(place, fault)


@pytest.mark.parametrize("workload", WORKLOADS)
def test_a_sample_of_faults_loses_nothing(nursery: Nursery, tally: Tally, desk: Desk, workload: str) -> None:
    judge, faults = learn(nursery, tally, desk, workload)
    inject(nursery, desk, judge, faults[:: len(faults) // 12 | 1])
    assert tally.wrong() == []


@pytest.mark.full
@pytest.mark.parametrize("workload", WORKLOADS)
def test_every_fault_at_every_write_loses_nothing(nursery: Nursery, tally: Tally, desk: Desk, workload: str) -> None:
    judge, faults = learn(nursery, tally, desk, workload)
    inject(nursery, desk, judge, faults)
    assert tally.wrong() == []


def test_the_blind_control_is_seen_to_fail(nursery: Nursery, tally: Tally, desk: Desk) -> None:
    """Without SQLite's journal a kill must do harm, and this kit must see it, or its silence means nothing."""
    control = Tally()
    judge, faults = learn(nursery, control, desk, "blind")
    kills = [fault for fault in faults if fault.kind == KINDS[0]]
    inject(nursery, desk, judge, kills[:: len(kills) // 12 | 1])
    harm = len(control.lost) + len(control.half)
    assert harm > 3
    tally.blind = f"Control without a journal: {harm} of {control.injected} kills seen to do harm, as they must."


def test_after_an_io_error_the_book_is_checked_before_anything_is_written(
    nursery: Nursery, tally: Tally, desk: Desk
) -> None:
    """RELIABILITY 3, case 35; the damage done meanwhile lies where no change would come upon it."""
    template, place = desk
    with copy_of(template, place):
        status, calls = nursery.run("doubt", place, count=True)
        assert (status, said_in(place)[-1]) == (0, "end")
    doubted = 0
    for call in ("pwrite64", "fdatasync", "fsync"):
        # The first are of the opening, which no change was made in yet; the last of the closing.
        for number in range(1, calls[call] + 1, 3):
            with copy_of(template, place):
                nursery.run("doubt", place, Fault(call, number, "error=EIO"))
                said = said_in(place)
            tally.injected += 1
            assert said[-1] == "end", (call, number, said)
            assert ("spoiled" in said) is ("found" in said), (call, number, said)
            doubted += "found" in said
    assert doubted > 5
