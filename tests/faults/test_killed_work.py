"""Workers killed at random instants, as a crash or a power switch does."""

from pathlib import Path
from random import Random
from time import monotonic

import pytest

from tests.faults.judge import Judge
from tests.faults.kit import Nursery, Tally, copy_of, said_in
from tests.faults.workloads import book_in, fingerprint

WORKLOADS = ("edit", "bulk", "import", "backup", "restore")
Desk = tuple[Path, Path]


def kill_often(nursery: Nursery, tally: Tally, desk: Desk, workload: str, rounds: int) -> None:
    """Run a workload again and again, killed each time before its end."""
    template, place = desk
    with copy_of(template, place):
        before, begun = fingerprint(book_in(place)), monotonic()
        nursery.run(workload, place)
        longest, said = monotonic() - begun, said_in(place)
    judge, chance = Judge(tally, workload, before, said), Random(rounds)
    for number in range(rounds):
        with copy_of(template, place):
            nursery.run(workload, place, seconds=chance.uniform(0.001, longest))
            judge.look(place, f"kill -9, round {number}")
    assert tally.wrong() == []


@pytest.mark.parametrize("workload", WORKLOADS)
def test_killed_a_few_times(nursery: Nursery, tally: Tally, desk: Desk, workload: str) -> None:
    kill_often(nursery, tally, desk, workload, 4)


@pytest.mark.full
@pytest.mark.parametrize("workload", WORKLOADS)
def test_killed_often(nursery: Nursery, tally: Tally, desk: Desk, workload: str) -> None:
    kill_often(nursery, tally, desk, workload, 200 if workload == "backup" else 100)
