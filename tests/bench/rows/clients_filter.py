"""A letter typed into the filter of Clients, 5,000 clients."""

from collections.abc import Iterator

from measuring import Bench, Figure, NotMeasuredError


def measure(bench: Bench) -> Iterator[Figure]:
    """Type a first and a second letter."""
    if bench.quick:
        raise NotMeasuredError("left out of a quick run: a book of 5,000 clients takes a minute to make")
    found = bench.asked("clients-filter", str(bench.load("XL")), str(bench.runs))
    yield Figure("first letter in the clients filter, 5,000 clients", found["first"], 0.016, 0.005)
    yield Figure("second letter in the clients filter", found["second"], 0.016, 0.005)
