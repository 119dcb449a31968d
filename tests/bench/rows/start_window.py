"""From the start of the process to a painted window."""

from collections.abc import Iterator

from measuring import Bench, Figure


def measure(bench: Bench) -> Iterator[Figure]:
    """Start the program without a book, and a window with an empty table."""
    ours, bare = bench.race(lambda: bench.started("frame"), lambda: bench.started("bare"))
    yield Figure("process start to a painted window", ours, 1.6, 1.25, bare, "a bare window with an empty table")
