"""A writer killed at random instants: the book is as before or after a step, never between (RELIABILITY P1)."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from app.data import schema
from app.data.database import Database

ROOT = Path(__file__).resolve().parents[2]
ROWS = 1_500
# One process that has everything imported forks a writer whenever asked: a round costs milliseconds.
NURSERY = """
import os, sys
from datetime import date
from pathlib import Path
from app.data import schema
from app.data.database import Database

ROWS = int(sys.argv[1])

def work(path):
    database = Database.open(path, "ben", write=True)
    print("begun", flush=True)
    while True:
        with database.write(f"import of {ROWS} fees") as recorder:
            clients = recorder.insert_many(
                schema.client, [{"name": f"C{n}", "do_not_contact": False} for n in range(20)]
            )
            fees = [
                {"client_id": clients[n % 20], "on": date(2026, 1, 1 + n % 28), "original": n, "amount": n,
                 "currency": "GBP", "kind": "invoice", "disbursement": False}
                for n in range(ROWS)
            ]
            ids = recorder.insert_many(schema.fee, fees)
            recorder.update_many(schema.client, {who: {"notes": "imported"} for who in clients})
            recorder.delete(schema.fee, ids[:10])
        print("saved", flush=True)
        database.undo()
        print("undone", flush=True)
        database.redo()
        print("redone", flush=True)

for line in sys.stdin:
    child = os.fork()
    if not child:
        work(Path(line.rstrip("\\n")))
    print(child, flush=True)
    os.waitpid(child, 0)
    print("dead", flush=True)
"""


class Nursery:
    """Starts writers and kills them."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", NURSERY, str(ROWS)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @property
    def pipes(self) -> tuple[IO[str], IO[str]]:
        """Give what it is told and what it says."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        return self.process.stdin, self.process.stdout

    def round(self, path: Path, seconds: float) -> list[str]:
        """Let a writer work for a while and kill it; gives what it said was done."""
        told, says = self.pipes
        told.write(f"{path}\n")
        told.flush()
        said: list[str] = []
        child = 0
        while "begun" not in said or not child:
            line = says.readline().rstrip()
            assert line not in {"", "dead"}, self.process.communicate()[1]
            if line.isdigit():
                child = int(line)
            else:
                said.append(line)
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        while (line := says.readline().rstrip()) != "dead":
            said.append(line)
        return said[1:]


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    """Start the process that forks writers."""
    started = Nursery()
    yield started
    started.process.communicate()


def rounds(nursery: Nursery, path: Path, count: int, seed: int) -> set[str]:
    """Kill a writer again and again; gives after which word each kill came."""
    chance = random.Random(seed)
    met: set[str] = set()
    known: dict[int, bool] = {}
    for _ in range(count):
        said = nursery.round(path, chance.uniform(0, 0.25))
        met.add(said[-1] if said else "nothing")
        database = Database.open(path, "anna", write=True)
        assert database.problems() == []
        steps = {step.id: step.undone for step in reversed(database.steps(10_000))}
        with database.read() as connection:
            rows = {
                table.name: connection.exec_driver_sql(f'SELECT COUNT(*) FROM "{table.name}"').scalar_one()
                for table in (schema.client, schema.fee)
            }
            notes = connection.exec_driver_sql("SELECT COUNT(*) FROM client WHERE notes = 'imported'").scalar_one()
        database.close()
        done = sum(not undone for undone in steps.values())
        assert rows == {"client": 20 * done, "fee": (ROWS - 10) * done}
        assert notes == 20 * done
        # Nothing that was said to be saved is lost; what was under way is done or not.
        new = list(steps)[len(known) :]
        saved = said.count("saved")
        assert saved <= len(new) <= saved + 1
        assert {number: steps[number] for number in known} == known
        if said and said[-1] == "redone":
            assert not any(steps[number] for number in new[:saved])
        elif said and said[-1] == "undone":
            assert len(new) == saved
        known = steps
    return met


def test_a_writer_killed_twenty_times_leaves_the_book_whole(nursery: Nursery, path: Path) -> None:
    assert len(rounds(nursery, path, 20, seed=7)) > 1


@pytest.mark.full
@pytest.mark.parametrize("seed", range(10))
def test_a_writer_killed_three_hundred_times_leaves_the_book_whole(nursery: Nursery, path: Path, seed: int) -> None:
    """Thirty times each, in ten books."""
    assert {"nothing", "saved"} & rounds(nursery, path, 30, seed)
