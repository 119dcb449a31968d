"""Memory at L with Today and Clients shown."""

from collections.abc import Iterator

from measuring import Bench, Figure


def measure(bench: Bench) -> Iterator[Figure]:
    """Take the largest resident size of each process."""
    bare = bench.asked("bare-memory")["MiB"]
    ours = bench.asked("memory", str(bench.load("L")))["MiB"]
    yield Figure("peak memory, Today and Clients shown, L", ours, 4, 2.5, bare, "the bare window", unit="MiB")
