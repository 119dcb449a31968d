"""What a figure of the bench is, and how it is taken: medians of runs that alternate with those of the peer."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.samples.loads import Size
from app.services.samples import load_book

HERE = Path(__file__).resolve().parent
QUIET = {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "qt.text.font.db=false"}


class NotMeasuredError(Exception):
    """A row cannot be measured here; its sentence says why."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    `measured` and `peer` are in the same unit, "s" or "MiB". With a peer, `must` and `goal` are multiples of it;
    without one they are in the unit itself, and seconds are those of the processor, for the machine may be shared.
    Without `must` it is a figure to know, nothing to hold.
    """

    name: str
    measured: float
    must: float | None = None
    goal: float | None = None
    peer: float | None = None
    against: str = ""
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """Give what is held against must and goal."""
        return self.measured / self.peer if self.peer else self.measured

    @property
    def verdict(self) -> str:
        """Say whether it holds."""
        if self.must is None:
            return ""
        if self.goal is not None and self.ratio <= self.goal:
            return "goal"
        return "held" if self.ratio <= self.must else "MISSED"


@dataclass(frozen=True, slots=True)
class Bench:
    """What a row needs: a folder of its own, the loads, and the way to measure."""

    folder: Path
    quick: bool
    today: date = field(default_factory=date.today)

    @property
    def runs(self) -> int:
        """How often everything is measured."""
        return 3 if self.quick else 5

    def load(self, size: Size) -> Path:
        """Give a book of a load, made when first asked for."""
        path = self.folder / f"{size}.rapport"
        if not path.exists():
            load_book(path, size, self.today)
        return path

    def race(self, ours: Callable[[], float], peer: Callable[[], float]) -> tuple[float, float]:
        """Run both in turn, once to warm up and then some times; each gives its seconds. Gives both medians."""
        runs = [(ours(), peer()) for _ in range(self.runs + 1)][1:]
        return statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)

    def median(self, ours: Callable[[], float]) -> float:
        """Run some times after one to warm up; gives the median of the seconds."""
        return statistics.median([ours() for _ in range(self.runs + 1)][1:])

    @property
    def surroundings(self) -> dict[str, str]:
        """Give the variables of a child: no screen, and modules compiled but once, as on any machine of a person."""
        own = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        return own | QUIET | {"PYTHONPYCACHEPREFIX": str(self.folder / "bytecode")}

    def started(self, *arguments: str) -> float:
        """Start a child of `children.py` and give the seconds until it says that it is there."""
        begun = time.perf_counter()
        with subprocess.Popen(
            command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.surroundings
        ) as child:
            assert child.stdout is not None
            said = child.stdout.readline()
            seconds = time.perf_counter() - begun
            _, complaint = child.communicate()
        if said.strip() != b"there":
            raise NotMeasuredError(f"{arguments[0]} did not get there: {last_line(complaint)}")
        return seconds

    def asked(self, *arguments: str) -> dict[str, float]:
        """Run a child of `children.py` and give the figures it writes as JSON."""
        child = subprocess.run(command(*arguments), capture_output=True, env=self.surroundings, check=False)
        if child.returncode:
            raise NotMeasuredError(f"{arguments[0]} failed: {last_line(child.stderr)}")
        found: dict[str, float] = json.loads(child.stdout.splitlines()[-1])
        return found


def command(*arguments: str) -> list[str]:
    """Give the command of a child."""
    return [sys.executable, str(HERE / "children.py"), *arguments]


def last_line(complaint: bytes) -> str:
    """Give the last thing a program said."""
    return (complaint.decode(errors="replace").splitlines() or ["it said nothing"])[-1]


def seconds_of(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Give the seconds that a piece of work takes."""
    begun = clock()
    work()
    return clock() - begun
