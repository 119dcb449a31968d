"""From the start of the process to Today, filled."""

from collections.abc import Iterator

from measuring import Bench, Figure


def measure(bench: Bench) -> Iterator[Figure]:
    """Start the program with book L, and a window with an empty table."""
    book = str(bench.load("L"))
    ours, bare = bench.race(lambda: bench.started("today", book), lambda: bench.started("bare"))
    yield Figure("process start to Today filled, book L", ours, 4, 2.5, bare, "a bare window with an empty table")
