"""The start of the frozen program against the start from source, without a book, until every page was shown once."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from measuring import Bench, Figure, NotMeasuredError, seconds_of

ROOT = Path(__file__).resolve().parents[3]
FROZEN = ROOT / "dist" / "rapport" / ("rapport.exe" if sys.platform == "win32" else "rapport")


def measure(bench: Bench) -> Iterator[Figure]:
    """Start and end both in turn."""
    if not FROZEN.exists():
        raise NotMeasuredError("NOT MEASURED: there is no frozen program; `python3 dev.py package` makes it")
    frozen, source = bench.race(
        lambda: seconds_of(lambda: shown(bench, str(FROZEN))),
        lambda: seconds_of(lambda: shown(bench, sys.executable, str(ROOT / "main.py"))),
    )
    yield Figure("the frozen program started, shown and ended", frozen, 1.5, 1, source, "the same from source")


def shown(bench: Bench, *program: str) -> None:
    """Start a program with a profile of its own, and wait until it has shown itself and ended."""
    command = [*program, "--quit-after-shown", "--data-dir", str(bench.folder / "started")]
    subprocess.run(command, env=bench.surroundings, capture_output=True, check=True)
