"""A fee added until every figure on screen is right again: at XL against S, for the cost grows with the change."""

from collections.abc import Iterator

from measuring import Bench, Figure, NotMeasuredError


def measure(bench: Bench) -> Iterator[Figure]:
    """Add fees while Clients is shown."""
    if bench.quick:
        raise NotMeasuredError("left out of a quick run: a book of a million fees takes a minute to make")
    small, large = (bench.asked("fee-added", str(bench.load(size)), str(bench.runs)) for size in ("S", "XL"))
    yield Figure("a fee added to every figure right, book XL", large["seconds"], 3, 1.2, small["seconds"], "book S")
